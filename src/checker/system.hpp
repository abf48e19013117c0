// Head systems (sections 2 and 3): heads, their mean, walk and diffusion matrices over one common denominator
// each.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "src/checker/json.hpp"
#include "src/checker/matrix.hpp"

namespace crosshead::checker {

struct Head {
  // The entries of the diffusion or the walk matrix; nothing where it is undefined.
  std::optional<std::vector<Entry>> entries(bool of_walk) const;

  int n;
  std::string text;  // canonical
  bool has_edges;
  std::vector<Entry> graph = {};
  std::optional<std::vector<Entry>> diffusion = {}, walk = {};  // those given as matrices
};

// A head or the mean of all: the graph (entry (i, j) for an edge j -> i) and the matrices, made when first
// needed.
class Chain {
 public:
  enum Start { signal, absorbed, walks, all_walks };
  Chain(int n, int sink, const std::vector<std::pair<std::shared_ptr<Head>, mpq_class>>& parts);
  const std::optional<Matrix>& diffusion() { return matrix(false); }
  const std::optional<Matrix>& walk() { return matrix(true); }
  Powers* powers(Start start);  // null where the matrix is undefined
  bool has_walk();
  bool absorption_is_certain();
  mpq_class distance(long t, bool average);        // if absorption is certain
  Number enclosed_distance(long t, bool average);  // the same, by fixed-point bounds
  mpq_class moves(int j, long t, long k);          // if the walk is defined

  const int n, sink;
  Matrix graph;

 private:
  const std::optional<Matrix>& matrix(bool of_walk);

  std::vector<std::pair<std::shared_ptr<Head>, mpq_class>> parts_;  // with positive weights
  std::optional<std::optional<Matrix>> matrices_[2];
  std::map<int, Powers> powers_;
  std::vector<Row> moved_;  // row k: probability of k moves in the first moved_.size() - 1 steps, by start
};

struct System {
  int n = 0, sink = 0;
  std::vector<std::shared_ptr<Head>> heads;
  std::vector<mpq_class> weights;
  std::vector<std::shared_ptr<Chain>> chains;  // the mean, then the heads; built when first needed

  Chain& chain(int k);  // 0 for the mean
  std::string text() const;
  std::shared_ptr<System> with_weights(std::vector<mpq_class> replaced) const;
};
using SystemPointer = std::shared_ptr<System>;

SystemPointer read_system(const Json& json);
std::vector<mpq_class> read_rationals(const Json& json, std::size_t count);
std::string rationals_text(const std::vector<mpq_class>& values);

}  // namespace crosshead::checker
