// Two heads and the order of their nodes (REGION.md, section 1). Nodes count from 0 here.
#pragma once

#include "src/checker/system.hpp"

namespace crosshead::checker {

inline int node_below(size_t n, const Json& json) {
  const size_t k = json.integer(1);
  json.require(k <= n, "no such node");
  return static_cast<int>(k - 1);
}

// Two heads whose union has no cycle but self-loops and pairs of nodes that hear only each other.
struct TwoHeads {
  TwoHeads(int nodes, int its_sink, const Json& given, Matrix one, Matrix other)
      : n(nodes),
        sink(its_sink),
        place(n, n),
        partner(n, -1),
        first(std::move(one)),
        second(std::move(other)) {
    auto add = [&](const Json& node) {
      const int k = node_below(n, node);
      node.require(place[k] == n, "a node that stands before");
      place[k] = static_cast<int>(order.size());
      order.push_back(k);
      return k;
    };
    for (size_t p = 0; p < given.size(); ++p) {
      const bool pair = json_is_array(given[p].value);
      given[p].require(!pair || (given[p].size() == 2 && order.size() == 2 * p),
                       "pairs of nodes stand first");
      const int k = add(pair ? given[p][0] : given[p]);
      if (pair) partner[k] = add(given[p][1]), partner[partner[k]] = k;
    }
    given.require(static_cast<int>(order.size()) == n, "a node is missing");
    spend(40L * n * n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        given.require((first[i][j] == 0 && second[i][j] == 0) || i == j || partner[i] == j ||
                          (partner[i] < 0 && place[j] < place[i]),
                      "a matrix has an entry against the order");
  }
  int n, sink;
  vector<int> order = {}, place, partner;
  Matrix first, second;
};

}  // namespace crosshead::checker
