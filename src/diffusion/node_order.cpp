#include "crosshead/diffusion/node_order.hpp"

#include <algorithm>

#include "region_order.hpp"

namespace crosshead::diffusion {

std::optional<std::vector<std::vector<int>>> node_order(
    const std::vector<const exact::RationalMatrix*>& matrices) {
  graph::Digraph both(matrices.front()->size());
  for (const exact::RationalMatrix* matrix : matrices) {
    for (int i = 0; i < matrix->size(); ++i) {
      for (const auto& entry : matrix->row(i)) both.add_edge(entry.column, i);
    }
  }
  const auto order = region_order(both);
  if (!order) return std::nullopt;
  std::vector<std::vector<int>> groups = order->closed;
  if (std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.size() > 2; })) {
    return std::nullopt;
  }
  for (const int node : order->nodes) {
    if (order->closed_class[static_cast<std::size_t>(node)] < 0) groups.push_back({node});
  }
  return groups;
}

}  // namespace crosshead::diffusion
