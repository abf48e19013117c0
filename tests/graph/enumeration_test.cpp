// Families against a naive list of all graphs with the property, and sets against all sets sorted at once.
#include "crosshead/graph/enumeration.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

#include "crosshead/graph/families.hpp"

namespace crosshead::graph {
namespace {

using Matrix = std::vector<std::vector<bool>>;  // [j][i]: an edge j -> i

Matrix adjacency(const Digraph& graph) {
  const auto n = static_cast<std::size_t>(graph.size());
  Matrix result(n, std::vector<bool>(n));
  for (std::size_t j = 0; j < n; ++j) {
    for (const int i : graph.successors(static_cast<int>(j))) result[j][static_cast<std::size_t>(i)] = true;
  }
  return result;
}

bool belongs(GraphFamily family, const Matrix& edge) {
  const std::size_t n = edge.size();
  for (std::size_t j = 0; j < n; ++j) {
    std::size_t forward = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (i < j && edge[j][i] && family != GraphFamily::digraphs) return false;
      forward += i > j && edge[j][i] ? 1 : 0;
    }
    if (!edge[j][j] && family != GraphFamily::optional_loops) return false;
    if (family == GraphFamily::unique_sink && j + 1 < n && forward == 0) return false;
  }
  return true;
}

/// All n x n matrices of bits with the property.
std::set<Matrix> naive_family(GraphFamily family, std::size_t n) {
  std::set<Matrix> found;
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << (n * n); ++bits) {
    Matrix edge(n, std::vector<bool>(n));
    for (std::size_t k = 0; k < n * n; ++k) edge[k / n][k % n] = (bits >> k & 1) != 0;
    if (belongs(family, edge)) found.insert(std::move(edge));
  }
  return found;
}

constexpr GraphFamily kFamilies[] = {GraphFamily::unique_sink, GraphFamily::feedforward,
                                     GraphFamily::optional_loops, GraphFamily::digraphs};

TEST(Enumeration, ListsEveryGraphOfAFamilyOnce) {
  for (const GraphFamily family : kFamilies) {
    for (int n = 1; n <= 4; ++n) {
      const std::vector<GraphCode> codes = family_codes(family, n);
      EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
      std::set<Matrix> listed;
      for (const GraphCode code : codes) listed.insert(adjacency(family_graph(family, n, code)));
      EXPECT_EQ(listed.size(), codes.size());
      EXPECT_EQ(listed, naive_family(family, static_cast<std::size_t>(n)));
      EXPECT_EQ(family_count(family, n), codes.size());
    }
  }
}

TEST(Enumeration, CountsByClosedForms) {
  const int unique_sink[] = {1, 1, 3, 21, 315, 9765, 615195};
  for (int n = 1; n <= 7; ++n) {
    EXPECT_EQ(family_count(GraphFamily::unique_sink, n), unique_sink[n - 1]);
    EXPECT_EQ(family_count(GraphFamily::unique_sink, n), unique_sink_count(n));
  }
  EXPECT_EQ(family_count(GraphFamily::feedforward, 5), 1 << 10);
  EXPECT_EQ(family_count(GraphFamily::optional_loops, 5), 1 << 15);
  EXPECT_EQ(family_count(GraphFamily::digraphs, 5), 1 << 20);
  EXPECT_EQ(family_codes(GraphFamily::unique_sink, 6).size(), 9765U);
}

TEST(Enumeration, CodesFollowThePlacesOfTheFormat) {
  // Places (1,2), (1,3), (2,3): the first code of a unique sink is 011.
  const std::vector<GraphCode> codes = family_codes(GraphFamily::unique_sink, 3);
  ASSERT_EQ(codes, (std::vector<GraphCode>{0b011, 0b101, 0b111}));
  const Digraph first = family_graph(GraphFamily::unique_sink, 3, codes[0]);
  EXPECT_TRUE(first.has_edge(0, 2) && first.has_edge(1, 2) && !first.has_edge(0, 1));
  // Places (1,2), (1,1), (2,2) of optional loops.
  const Digraph loop = family_graph(GraphFamily::optional_loops, 2, 0b010);
  EXPECT_EQ(loop.edge_count(), 1);
  EXPECT_TRUE(loop.has_edge(0, 0));
  // Places (1,2), (2,1) of digraphs; self-loops are no places.
  const Digraph back = family_graph(GraphFamily::digraphs, 2, 0b01);
  EXPECT_TRUE(back.has_edge(1, 0) && back.has_edge(0, 0) && back.has_edge(1, 1) && !back.has_edge(0, 1));
}

TEST(Enumeration, RefusesListsThatAreTooLong) {
  EXPECT_THROW(family_codes(GraphFamily::digraphs, 7), std::invalid_argument);
  EXPECT_THROW(family_codes(GraphFamily::unique_sink, 0), std::invalid_argument);
  EXPECT_THROW(family_codes(GraphFamily::optional_loops, 100), std::invalid_argument);
}

std::vector<std::vector<int>> naive_sets(const std::vector<int>& measures, std::size_t size) {
  std::vector<std::vector<int>> sets;
  for (std::uint32_t bits = 0; bits < 1U << measures.size(); ++bits) {
    std::vector<int> set;
    for (std::size_t k = 0; k < measures.size(); ++k) {
      if (bits >> k & 1) set.push_back(static_cast<int>(k));
    }
    if (set.size() == size) sets.push_back(std::move(set));
  }
  const auto total = [&](const std::vector<int>& set) {
    return std::accumulate(set.begin(), set.end(), 0,
                           [&](int sum, int item) { return sum + measures[static_cast<std::size_t>(item)]; });
  };
  std::sort(sets.begin(), sets.end(),
            [&](const auto& a, const auto& b) { return std::pair(total(a), a) < std::pair(total(b), b); });
  return sets;
}

TEST(OrderedSets, VisitsAllSetsInOrder) {
  const std::vector<std::vector<int>> lists = {
      {}, {4}, {2, 2, 2}, {5, 0, 3, 1, 3, 0, 2, 9, 1}, {1, 2, 3, 4, 5, 6, 7, 8}, {7, 7, 0, 0, 7, 0, 7, 1}};
  for (const std::vector<int>& measures : lists) {
    for (int size = 1; size <= 5; ++size) {
      const OrderedSets sets(measures, size);
      std::vector<std::vector<int>> visited;
      EXPECT_TRUE(sets.for_each([&](const std::vector<int>& set) {
        visited.push_back(set);
        return true;
      }));
      EXPECT_EQ(visited, naive_sets(measures, static_cast<std::size_t>(size)));
      EXPECT_EQ(sets.count(), visited.size());
    }
  }
}

TEST(OrderedSets, StopsWhenToldTo) {
  int visits = 0;
  EXPECT_FALSE(OrderedSets({1, 1, 1, 1}, 2).for_each([&](const std::vector<int>&) { return ++visits < 3; }));
  EXPECT_EQ(visits, 3);
  EXPECT_THROW(OrderedSets({1}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace crosshead::graph
