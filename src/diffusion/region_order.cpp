#include "region_order.hpp"

#include <algorithm>

namespace crosshead::diffusion {

std::optional<RegionOrder> region_order(const graph::Digraph& support) {
  RegionOrder order;
  order.closed_class.assign(static_cast<std::size_t>(support.size()), -1);
  if (auto nodes = graph::topological_order(support)) {
    order.nodes = std::move(*nodes);
    return order;
  }
  const auto components = graph::strongly_connected_components(support);
  for (std::size_t c = components.members.size(); c-- > 0;) {
    const std::vector<int>& members = components.members[c];
    order.nodes.insert(order.nodes.end(), members.begin(), members.end());
    if (members.size() == 1) continue;
    for (const int node : members) {
      const auto& sources = support.predecessors(node);
      if (!std::all_of(sources.begin(), sources.end(), [&](int source) {
            return std::find(members.begin(), members.end(), source) != members.end();
          })) {
        return std::nullopt;
      }
      order.closed_class[static_cast<std::size_t>(node)] = static_cast<int>(order.closed.size());
    }
    order.closed.push_back(members);
  }
  return order;
}

}  // namespace crosshead::diffusion
