// Head systems (sections 2 and 3): heads, their mean, walk and diffusion matrices over one common denominator
// each.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "src/checker/json.hpp"
#include "src/checker/number.hpp"

namespace crosshead::checker {

using Row = std::vector<mpz_class>;  // numerators; nodes count from 0 inside the checker

struct Entry {
  int row, column;
  mpq_class value;
};

// A nonnegative square matrix, its positive entries by rows.
struct Matrix {
  Matrix(int n, const std::vector<Entry>& entries);  // entries of the same place are added
  mpq_class at(int i, int j) const;
  Row sums(bool of_columns) const;
  Row row_times(const Row& x) const;     // x M, over the denominator of x times that of M
  Row times_column(const Row& y) const;  // M y, likewise
  std::vector<bool> reach(int i) const;  // the k with a path of positive entries M_ij, M_jl, ..., M_.k
  Matrix rounded(bool up) const;         // to multiples of 2^-256
  std::vector<std::vector<std::pair<int, mpz_class>>> rows;
  mpz_class denominator = 1;
};

// The row vectors x M^t, all kept.
class Powers {
 public:
  Powers(Matrix matrix, const Row& start);
  ~Powers();
  Powers(const Powers&) = delete;
  const Row& row(long t);
  const mpz_class& denominator(long t) { return row(t), denominators_[t]; }
  mpq_class at(long t, int j);

 private:
  Matrix matrix_;
  std::vector<Row> rows_;
  std::vector<mpz_class> denominators_;
  std::size_t stored_ = 0;
};

// A head or the mean of all: the graph (entry (i, j) for an edge j -> i) and the matrices that are defined.
struct Chain {
  enum Start { signal, absorbed, walks, all_walks };
  Powers* powers(Start start);  // null where the matrix is undefined
  bool has_walk() const;
  bool absorption_is_certain() const;
  mpq_class distance(long t, bool average);              // if absorption is certain
  Number enclosed_distance(long t, bool average) const;  // the same, by fixed-point bounds
  mpq_class moves(int j, long t, long k);                // if the walk is defined

  int n, sink;
  Matrix graph;
  std::optional<Matrix> walk, diffusion;
  std::map<int, Powers> kept_powers = {};
  std::vector<Row> moved = {};  // row k: probability of k moves in the first moved.size() - 1 steps, by start
};

struct Head {
  std::string text;  // canonical
  bool walks;        // has edges or a walk of its own
  std::vector<Entry> graph;
  std::optional<std::vector<Entry>> walk, diffusion;
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
