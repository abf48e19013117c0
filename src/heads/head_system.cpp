#include "crosshead/heads/head_system.hpp"

#include <algorithm>
#include <stdexcept>

namespace crosshead::heads {
namespace {

using exact::Rational;
using exact::RationalMatrix;

std::string label(const HeadSystem& system, int head) {
  const std::string& name = system.heads[static_cast<std::size_t>(head)].name;
  return name.empty() ? "head " + std::to_string(head + 1) : name;
}

/// The mean of one matrix per head of positive weight, or the first reason why there is none.
template <typename MatrixOf>
MatrixOrReason mean_of(const HeadSystem& system, const MatrixOf& matrix_of) {
  std::vector<RationalMatrix> matrices;
  std::vector<Rational> weights;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    const Rational& weight = system.weights[static_cast<std::size_t>(h)];
    if (weight == 0) continue;
    MatrixOrReason head = matrix_of(h);
    if (!head.matrix) return {std::nullopt, label(system, h) + ": " + head.reason};
    matrices.push_back(std::move(*head.matrix));
    weights.push_back(weight);
  }
  return {exact::weighted_sum(matrices, weights), ""};
}

MatrixOrReason walk_on(const RationalMatrix& diffusion, const HeadSystem& system, AttentionWalk walk) {
  if (walk == AttentionWalk::published) return {published_walk(diffusion, system.sink), ""};
  return successor_normalised(diffusion, system.nodes);
}

bool has_own_walk(const Head& head) {
  return head.graph || head.walk;
}

}  // namespace

MatrixOrReason walk_matrix(const graph::Digraph& graph, const std::vector<std::string>& nodes) {
  const int n = graph.size();
  RationalMatrix walk(n);
  for (int j = 0; j < n; ++j) {
    if (graph.successors(j).empty()) {
      return {std::nullopt, "the walk matrix is undefined: node " + nodes[static_cast<std::size_t>(j)] +
                                " has out-degree 0"};
    }
  }
  for (int i = 0; i < n; ++i) {
    for (int j : graph.predecessors(i)) {
      walk.append(i, j, Rational(1, static_cast<int>(graph.successors(j).size())));
    }
  }
  return {std::move(walk), ""};
}

MatrixOrReason diffusion_matrix(const graph::Digraph& graph, const std::vector<std::string>& nodes) {
  const int n = graph.size();
  RationalMatrix diffusion(n);
  for (int i = 0; i < n; ++i) {
    const auto& sources = graph.predecessors(i);
    if (sources.empty()) {
      return {std::nullopt, "the diffusion matrix is undefined: node " + nodes[static_cast<std::size_t>(i)] +
                                " has in-degree 0"};
    }
    for (int j : sources) diffusion.append(i, j, Rational(1, static_cast<int>(sources.size())));
  }
  return {std::move(diffusion), ""};
}

MatrixOrReason attention_matrix(const AttentionMatrix& attention, Reading reading) {
  const int n = attention.nodes;
  RationalMatrix matrix(n);
  for (int i = 0; i < n; ++i) {
    const double* row = attention.values.data() + static_cast<std::ptrdiff_t>(i) * n;
    Rational sum = 0;
    if (reading == Reading::normalised) {
      for (int j = 0; j < n; ++j) {
        if (row[j] != 0) sum += exact::exact_value(row[j]);
      }
      if (sum == 0) {
        return {std::nullopt, "normalised attention is undefined: row " + std::to_string(i + 1) + " is zero"};
      }
    }
    for (int j = 0; j < n; ++j) {
      if (row[j] == 0) continue;
      const Rational value = exact::exact_value(row[j]);
      matrix.append(i, j, reading == Reading::normalised ? Rational(value / sum) : value);
    }
  }
  return {std::move(matrix), ""};
}

MatrixOrReason successor_normalised(const RationalMatrix& diffusion, const std::vector<std::string>& nodes) {
  const std::vector<Rational> sums = diffusion.column_sums();
  RationalMatrix walk(diffusion.size());
  for (int j = 0; j < diffusion.size(); ++j) {
    if (sums[static_cast<std::size_t>(j)] == 0) {
      return {std::nullopt, "the successor-normalised walk is undefined: no node attends to node " +
                                nodes[static_cast<std::size_t>(j)]};
    }
  }
  for (int i = 0; i < diffusion.size(); ++i) {
    for (const auto& entry : diffusion.row(i)) {
      walk.append(i, entry.column, entry.value / sums[static_cast<std::size_t>(entry.column)]);
    }
  }
  return {std::move(walk), ""};
}

RationalMatrix published_walk(const RationalMatrix& diffusion, int sink) {
  std::vector<Rational> used(static_cast<std::size_t>(diffusion.size()));
  std::vector<std::vector<RationalMatrix::Entry>> rows(used.size());
  for (int i = 0; i < diffusion.size(); ++i) {
    for (const auto& entry : diffusion.row(i)) {
      Rational& before = used[static_cast<std::size_t>(entry.column)];
      const Rational share = std::min(entry.value, Rational(1 - before));
      before += share;
      rows[static_cast<std::size_t>(i)].push_back({entry.column, share});
    }
  }
  RationalMatrix walk(diffusion.size());
  for (int i = 0; i < diffusion.size(); ++i) {
    auto next = rows[static_cast<std::size_t>(i)].begin();
    for (int j = 0; j < diffusion.size(); ++j) {
      Rational value = i == sink ? Rational(1 - used[static_cast<std::size_t>(j)]) : Rational(0);
      if (next != rows[static_cast<std::size_t>(i)].end() && next->column == j) value += (next++)->value;
      walk.append(i, j, std::move(value));
    }
  }
  return walk;
}

MatrixOrReason diffusion_of(const HeadSystem& system, int head, Reading reading) {
  const Head& h = system.heads[static_cast<std::size_t>(head)];
  if (h.graph) return diffusion_matrix(*h.graph, system.nodes);
  if (h.diffusion) return {h.diffusion, ""};
  if (h.attention) return attention_matrix(*h.attention, reading);
  return {std::nullopt, "the diffusion matrix is undefined: only a walk matrix is given"};
}

MatrixOrReason walk_of(const HeadSystem& system, int head, Reading reading, AttentionWalk walk) {
  const Head& h = system.heads[static_cast<std::size_t>(head)];
  if (h.graph) return walk_matrix(*h.graph, system.nodes);
  if (h.walk) return {h.walk, ""};
  MatrixOrReason diffusion = diffusion_of(system, head, reading);
  return diffusion.matrix ? walk_on(*diffusion.matrix, system, walk) : diffusion;
}

MatrixOrReason mean_diffusion(const HeadSystem& system, Reading reading) {
  return mean_of(system, [&](int head) { return diffusion_of(system, head, reading); });
}

bool walks_on_mean_diffusion(const HeadSystem& system) {
  for (std::size_t h = 0; h < system.heads.size(); ++h) {
    if (system.weights[h] != 0 && !has_own_walk(system.heads[h])) return true;
  }
  return false;
}

MatrixOrReason mean_walk(const HeadSystem& system, Reading reading, AttentionWalk walk) {
  if (!walks_on_mean_diffusion(system)) {
    return mean_of(system, [&](int head) { return walk_of(system, head, reading, walk); });
  }
  MatrixOrReason mean = mean_diffusion(system, reading);
  return mean.matrix ? walk_on(*mean.matrix, system, walk) : mean;
}

graph::Digraph support(const RationalMatrix& matrix) {
  graph::Digraph result(matrix.size());
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) result.add_edge(entry.column, i);
  }
  return result;
}

graph::Digraph graph_of(const HeadSystem& system, int head) {
  const Head& h = system.heads[static_cast<std::size_t>(head)];
  if (h.graph) return *h.graph;
  std::vector<graph::Digraph> parts;
  if (h.diffusion) parts.push_back(support(*h.diffusion));
  if (h.walk) parts.push_back(support(*h.walk));
  if (h.attention) {
    const int n = h.attention->nodes;
    graph::Digraph stored(n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) {
        if (h.attention->values[static_cast<std::size_t>(i) * static_cast<std::size_t>(n) +
                                static_cast<std::size_t>(j)] != 0) {
          stored.add_edge(j, i);
        }
      }
    }
    parts.push_back(std::move(stored));
  }
  if (parts.empty()) throw std::logic_error("a head needs edges, a matrix or attention");
  return graph::union_of(parts);
}

graph::Digraph union_graph(const HeadSystem& system) {
  std::vector<graph::Digraph> parts;
  for (std::size_t h = 0; h < system.heads.size(); ++h) {
    if (system.weights[h] != 0) parts.push_back(graph_of(system, static_cast<int>(h)));
  }
  return graph::union_of(parts);
}

Defect row_defect(const RationalMatrix& matrix) {
  Defect defect;
  for (int i = 0; i < matrix.size(); ++i) {
    Rational difference = matrix.row_sum(i) - 1;
    if (difference < 0) difference = -difference;
    if (difference > defect.largest) defect = {std::move(difference), i};
  }
  return defect;
}

}  // namespace crosshead::heads
