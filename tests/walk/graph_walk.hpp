#pragma once

#include <string>
#include <vector>

#include "crosshead/graph/digraph.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::testing {

/// The walk of a graph whose nodes all have a walk.
inline exact::RationalMatrix walk_on(const graph::Digraph& graph) {
  const std::vector<std::string> names(static_cast<std::size_t>(graph.size()), "v");
  return heads::walk_matrix(graph, names).matrix.value();
}

}  // namespace crosshead::testing
