#include <algorithm>

#include <nlohmann/json.hpp>

#include "crosshead/exact/error.hpp"
#include "crosshead/graph/families.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::heads {
namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}
std::string quoted(const exact::Rational& value) {
  return quoted(exact::to_string(value));
}

template <typename Item>
std::string quoted_list(const std::vector<Item>& items) {
  std::string list;
  for (const Item& item : items) list += (list.empty() ? "" : ", ") + quoted(item);
  return "[" + list + "]";
}

/// `self_loops` true: they are said once for the document and left out here.
std::string edges_text(const graph::Digraph& graph, const std::vector<std::string>& nodes, bool self_loops) {
  std::string list;
  for (int from = 0; from < graph.size(); ++from) {
    for (int to : graph.successors(from)) {
      if (self_loops && from == to) continue;
      list += (list.empty() ? "[" : ", [") + quoted(nodes[static_cast<std::size_t>(from)]) + ", " +
              quoted(nodes[static_cast<std::size_t>(to)]) + "]";
    }
  }
  return "[" + list + "]";
}

std::string matrix_text(const exact::RationalMatrix& matrix) {
  std::string text;
  for (int i = 0; i < matrix.size(); ++i) {
    std::vector<std::string> row(static_cast<std::size_t>(matrix.size()), "0");
    for (const auto& entry : matrix.row(i))
      row[static_cast<std::size_t>(entry.column)] = exact::to_string(entry.value);
    text += (i > 0 ? ",\n       " : "\n       ") + quoted_list(row);
  }
  return "[" + text + "]";
}

}  // namespace

std::string write_system(const HeadSystem& system) {
  std::vector<const graph::Digraph*> graphs;
  for (const Head& head : system.heads) {
    if (head.graph) graphs.push_back(&*head.graph);
  }
  const bool self_loops = !graphs.empty() && std::all_of(graphs.begin(), graphs.end(), [](const auto* graph) {
    return graph::has_all_self_loops(*graph);
  });

  std::string heads;
  for (const Head& head : system.heads) {
    heads += (heads.empty() ? "\n    {\"name\": " : ",\n    {\"name\": ") + quoted(head.name);
    if (head.graph) heads += ",\n     \"edges\": " + edges_text(*head.graph, system.nodes, self_loops);
    if (head.diffusion) heads += ",\n     \"diffusion\": " + matrix_text(*head.diffusion);
    if (head.walk) heads += ",\n     \"walk\": " + matrix_text(*head.walk);
    if (head.attention) {
      const MatrixOrReason matrix = attention_matrix(*head.attention, Reading::as_stored);
      if (row_defect(*matrix.matrix).largest != 0) {
        throw exact::UsageError(
            "the attention of " + head.name +
            " has rows that do not sum to exactly 1; a system file can only name its tensor");
      }
      heads += ",\n     \"diffusion\": " + matrix_text(*matrix.matrix);
    }
    heads += "}";
  }

  std::string text = "{\n  \"schema\": \"crosshead.system/1\",\n  \"name\": " + quoted(system.name);
  text += ",\n  \"nodes\": " + quoted_list(system.nodes);
  if (system.sink != system.size() - 1) {
    text += ",\n  \"sink\": " + quoted(system.nodes[static_cast<std::size_t>(system.sink)]);
  }
  if (self_loops) text += ",\n  \"self_loops\": true";
  text += ",\n  \"heads\": [" + heads + "\n  ],\n  \"weights\": " + quoted_list(system.weights) + "\n}\n";
  return text;
}

}  // namespace crosshead::heads
