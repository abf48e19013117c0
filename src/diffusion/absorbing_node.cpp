#include "absorbing_node.hpp"

#include "closed_class.hpp"

#include "crosshead/exact/linear_solve.hpp"

namespace crosshead::diffusion {

using exact::Rational;

namespace {

/// Whether all mass from the sink ends in the absorbing node j: no heard node loses any or keeps it for ever.
bool takes_everything(const Structure& structure, int j) {
  if (!structure.order) return false;
  for (std::size_t k = 0; k < structure.heard.size(); ++k) {
    if (!structure.heard[k]) continue;
    if (structure.row_sums[k] != 1) return false;
    if (static_cast<int>(k) != j && structure.loops[k] == 1) return false;
  }
  return true;
}

}  // namespace

Rational absorbed_weight(const exact::RationalMatrix& matrix, const Structure& structure, int j) {
  if (takes_everything(structure, j)) return 1;
  const std::vector<int> feeders = structure.feeders(j);
  if (structure.order) {
    std::vector<std::optional<int>> pinned(static_cast<std::size_t>(matrix.size()), 0);
    for (int k : feeders) pinned[static_cast<std::size_t>(k)].reset();
    pinned[static_cast<std::size_t>(j)] = 1;
    const auto weights = exact::first_step_solve(matrix, *structure.order, pinned, 0);
    return weights.value()[static_cast<std::size_t>(structure.sink)];
  }
  return absorption_probability(matrix, feeders, {j}, structure.sink);
}

bool keeps_coming(const Structure& structure, int j) {
  const std::vector<int> feeders = structure.feeders(j);
  std::vector<int> index(static_cast<std::size_t>(structure.graph.size()), -1);
  int count = 0;
  for (int k : feeders) {
    if (k != j) index[static_cast<std::size_t>(k)] = count++;
  }
  graph::Digraph on_the_way(count);
  for (int k : feeders) {
    for (int target : structure.graph.successors(k)) {
      const int a = index[static_cast<std::size_t>(k)], b = index[static_cast<std::size_t>(target)];
      if (a < 0 || b < 0) continue;
      if (a == b) return true;
      on_the_way.add_edge(a, b);
    }
  }
  return !graph::topological_order(on_the_way);
}

}  // namespace crosshead::diffusion
