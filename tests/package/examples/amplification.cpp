// Two heads on four nodes: does their mean beat both of them? (Section 3 of the paper)
#include <iostream>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/graph/digraph.hpp"
#include "crosshead/heads/head_system.hpp"

using namespace crosshead;

namespace {

heads::Head head(const std::vector<std::pair<int, int>>& edges) {
  heads::Head result;
  result.graph.emplace(4, true);  // self-loops everywhere
  for (const auto& [from, to] : edges) result.graph->add_edge(from, to);
  return result;
}

}  // namespace

int main() {
  heads::HeadSystem system;
  system.nodes = {"1", "2", "3", "tau"};
  system.sink = 3;
  system.heads = {head({{0, 3}, {1, 2}, {2, 3}}), head({{0, 1}, {1, 2}, {2, 3}})};
  system.weights = {exact::Rational(1, 2), exact::Rational(1, 2)};

  std::vector<diffusion::Fidelity> single;
  for (int k = 0; k < 2; ++k) {
    const auto matrix = *heads::diffusion_of(system, k, heads::Reading::as_stored).matrix;
    single.push_back(diffusion::fidelity(matrix, system.sink, {}));
    std::cout << "head " << k + 1 << ": " << single.back().minimax << '\n';
  }
  const auto mean = *heads::mean_diffusion(system, heads::Reading::as_stored).matrix;
  const diffusion::Fidelity merged = diffusion::fidelity(mean, system.sink, {});
  std::cout << "mean: " << merged.minimax << '\n';
  std::cout << "amplifies: " << diffusion::name_of(diffusion::amplifies(merged, single)) << '\n';
}
