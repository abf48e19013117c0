#include "crosshead/graph/digraph.hpp"

#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"

namespace crosshead::graph {
namespace {

using ::testing::ElementsAre;

Digraph random_graph(std::mt19937_64& random, int n) {
  Digraph graph(n);
  for (int a = 0; a < n; ++a) {
    for (int b = 0; b < n; ++b) {
      if (random() % 4 == 0) graph.add_edge(a, b);
    }
  }
  return graph;
}

/// Plain Floyd-Warshall closure: path[a][b], the empty path included.
std::vector<std::vector<bool>> paths_naive(const Digraph& graph) {
  const auto n = static_cast<std::size_t>(graph.size());
  std::vector<std::vector<bool>> path(n, std::vector<bool>(n));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b)
      path[a][b] = a == b || graph.has_edge(static_cast<int>(a), static_cast<int>(b));
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (path[a][k] && path[k][b]) path[a][b] = true;
      }
    }
  }
  return path;
}

TEST(Digraph, KeepsEachEdgeOnceAndSorted) {
  Digraph graph(3, true);
  EXPECT_TRUE(graph.add_edge(0, 2));
  EXPECT_TRUE(graph.add_edge(0, 1));
  EXPECT_FALSE(graph.add_edge(0, 2));
  EXPECT_THAT(graph.successors(0), ElementsAre(0, 1, 2));
  EXPECT_THAT(graph.predecessors(2), ElementsAre(0, 2));
  EXPECT_EQ(graph.edge_count(), 5);
  EXPECT_THROW(graph.add_edge(0, 3), std::out_of_range);
  EXPECT_THROW(graph.add_edge(-1, 0), std::out_of_range);
}

TEST(Digraph, FeedforwardAndUniqueSinkAreChecked) {
  Digraph graph(3, true);
  graph.add_edge(0, 1);
  EXPECT_TRUE(is_feedforward(graph));
  EXPECT_THAT(sinks(graph), ElementsAre(1, 2));
  EXPECT_FALSE(has_unique_sink(graph, 2));
  graph.add_edge(1, 2);
  EXPECT_TRUE(has_unique_sink(graph, 2));
  EXPECT_FALSE(has_unique_sink(graph, 1));
  graph.add_edge(2, 0);
  EXPECT_EQ(first_backward_edge(graph), std::pair(2, 0));
  EXPECT_TRUE(sinks(graph).empty());
}

TEST(Digraph, ReachabilityAndComponentsEqualTheClosure) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 500; ++trial) {
    const int n = 1 + static_cast<int>(random() % 8);
    const Digraph graph = random_graph(random, n);
    const auto path = paths_naive(graph);
    const Components components = strongly_connected_components(graph);
    const auto order = topological_order(graph);
    bool cyclic = false;
    for (int a = 0; a < n; ++a) {
      const auto u = static_cast<std::size_t>(a);
      const auto from = reachable_from(graph, a);
      const auto to = reaching(graph, a);
      for (int b = 0; b < n; ++b) {
        const auto v = static_cast<std::size_t>(b);
        ASSERT_EQ(from[v], path[u][v]);
        ASSERT_EQ(to[v], path[v][u]);
        ASSERT_EQ(components.component[u] == components.component[v], path[u][v] && path[v][u]);
        if (graph.has_edge(a, b)) {
          ASSERT_GE(components.component[u], components.component[v]);
        }
        cyclic = cyclic || (a != b && path[u][v] && path[v][u]);
      }
    }
    ASSERT_EQ(order.has_value(), !cyclic);
    if (order) {
      std::vector<int> place(static_cast<std::size_t>(n));
      for (int k = 0; k < n; ++k) place[static_cast<std::size_t>((*order)[static_cast<std::size_t>(k)])] = k;
      for (int a = 0; a < n; ++a) {
        for (int b : graph.successors(a)) {
          if (a == b) continue;
          ASSERT_LT(place[static_cast<std::size_t>(a)], place[static_cast<std::size_t>(b)]);
        }
      }
    }
  }
}

TEST(Digraph, PeriodIsTheGcdOfCycleLengths) {
  Digraph cycle(6);
  for (int a = 0; a < 6; ++a) cycle.add_edge(a, (a + 1) % 6);
  EXPECT_EQ(period(cycle, {0, 1, 2, 3, 4, 5}), 6);
  cycle.add_edge(1, 0);
  EXPECT_EQ(period(cycle, {0, 1, 2, 3, 4, 5}), 2);
  cycle.add_edge(3, 3);
  EXPECT_EQ(period(cycle, {0, 1, 2, 3, 4, 5}), 1);
  EXPECT_EQ(period(Digraph(2), {1}), 0);
}

TEST(Families, HaveTheirEdges) {
  EXPECT_EQ(line(4).edge_count(), 4 + 3);
  EXPECT_EQ(star(4).edge_count(), 4 + 3);
  EXPECT_EQ(full(4).edge_count(), 4 + 6);
  EXPECT_EQ(local(5, 2).edge_count(), 5 + 4 + 3);
  for (const Digraph& graph : {line(5), star(5), full(5), local(5, 2)}) {
    EXPECT_TRUE(is_feedforward(graph));
    EXPECT_TRUE(has_unique_sink(graph, 4));
  }
  EXPECT_EQ(line(1).edge_count(), 1);
  EXPECT_THROW(local(3, 0), std::invalid_argument);
}

TEST(Digraph, SelfLoopsAreAskedOfEveryNode) {
  EXPECT_TRUE(has_all_self_loops(Digraph(3, true)));
  Digraph graph(2);
  graph.add_edge(0, 0);
  EXPECT_FALSE(has_all_self_loops(graph));
}

TEST(Families, UniqueSinkGraphsAreCountedAndListedOnce) {
  EXPECT_EQ(unique_sink_count(6), 31u * 15 * 7 * 3);
  EXPECT_EQ(unique_sink_count(7), 615195u);
  for (int n = 1; n <= 5; ++n) {
    std::set<std::vector<std::vector<int>>> seen;
    for (std::uint64_t rank = 0; rank < unique_sink_count(n); ++rank) {
      const Digraph graph = unique_sink_graph(n, rank);
      ASSERT_TRUE(is_feedforward(graph));
      ASSERT_TRUE(has_unique_sink(graph, n - 1));
      std::vector<std::vector<int>> edges;
      for (int a = 0; a < n; ++a) edges.push_back(graph.successors(a));
      seen.insert(edges);
    }
    // Independent count: all feedforward graphs with self-loops, filtered by the predicate.
    const int free = n * (n - 1) / 2;
    std::uint64_t expected = 0;
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << free; ++bits) {
      Digraph graph(n, true);
      int bit = 0;
      for (int a = 0; a < n; ++a) {
        for (int b = a + 1; b < n; ++b, ++bit) {
          if (bits >> bit & 1) graph.add_edge(a, b);
        }
      }
      if (has_unique_sink(graph, n - 1)) ++expected;
    }
    EXPECT_EQ(seen.size(), expected);
  }
  EXPECT_THROW(unique_sink_graph(3, 3), std::invalid_argument);
}

}  // namespace
}  // namespace crosshead::graph
