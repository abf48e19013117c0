// Bits of codes against the graphs that they stand for, and heads that share their values with earlier ones.
#include "head_classes.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "code_bits.hpp"
#include "head_table.hpp"
#include "spaces.hpp"
#include <gtest/gtest.h>

#include "crosshead/walk/mixing.hpp"

namespace crosshead::search {
namespace {

std::vector<Space> families(int most_nodes) {
  std::vector<Space> spaces;
  for (const Family family : {Family::unique_sink, Family::union_sink, Family::optional_loops}) {
    for (int nodes = 1; nodes <= most_nodes; ++nodes) {
      if (nodes > 1 || family == Family::optional_loops) spaces.push_back(space_of(family, nodes, 1));
    }
  }
  return spaces;
}

/// Edges under a renaming of the nodes.
std::set<std::pair<int, int>> edges_of(const graph::Digraph& graph, const std::vector<int>& names) {
  std::set<std::pair<int, int>> edges;
  for (int from = 0; from < graph.size(); ++from) {
    for (const int to : graph.successors(from)) {
      edges.emplace(names[static_cast<std::size_t>(from)], names[static_cast<std::size_t>(to)]);
    }
  }
  return edges;
}

/// Whether one is the other with its nodes but the last renamed, by trying all renamings.
bool relabelled(const graph::Digraph& one, const graph::Digraph& other) {
  std::vector<int> names(static_cast<std::size_t>(one.size())), same;
  std::iota(names.begin(), names.end(), 0);
  same = names;
  const auto target = edges_of(other, same);
  do {
    if (edges_of(one, names) == target) return true;
  } while (std::next_permutation(names.begin(), names.end() - 1));
  return false;
}

TEST(CodeBits, AreTheGraphsEdges) {
  for (const Space& given : families(5)) {
    const SystemSpace space(given);
    SCOPED_TRACE(describe(given));
    const CodeBits bits(given.family, given.nodes);
    for (std::uint32_t head = 0; head < space.codes().size(); ++head) {
      const auto code = static_cast<std::uint32_t>(space.codes()[head]);
      const graph::Digraph graph = space.graph(head);
      std::uint32_t stuck = 0;
      for (int from = 0; from < given.nodes; ++from) {
        const std::vector<int>& targets = graph.successors(from);
        EXPECT_EQ(bits.outdegree(code, from), static_cast<int>(targets.size()));
        EXPECT_EQ(bits.indegree(code, from), static_cast<int>(graph.predecessors(from).size()));
        bool forward = false;
        for (int to = 0; to < given.nodes; ++to) {
          const bool edge = std::find(targets.begin(), targets.end(), to) != targets.end();
          forward = forward || (edge && to != from);
          if (from <= to) {
            EXPECT_EQ(bits.has(code, from, to), edge);
          }
        }
        if (!forward && from + 1 < given.nodes) stuck |= 1U << static_cast<unsigned>(from);
      }
      EXPECT_EQ(bits.edges(code), graph.edge_count());
      EXPECT_EQ(space.edges(head), graph.edge_count());
      EXPECT_EQ(space.stuck_nodes(head), stuck);
    }
  }
}

TEST(EarlierRelabellings, AreRelabellings) {
  for (const Space& given : families(4)) {
    const SystemSpace space(given);
    SCOPED_TRACE(describe(given));
    const std::vector<std::uint32_t> earlier = earlier_relabellings(space);
    ASSERT_EQ(earlier.size(), space.codes().size());
    for (std::uint32_t head = 0; head < earlier.size(); ++head) {
      ASSERT_LE(earlier[head], head);
      EXPECT_TRUE(relabelled(space.graph(head), space.graph(earlier[head]))) << head;
    }
  }
}

// Of three nodes a, b and the sink: a and b without an edge between them can change places. Unique sinks then
// leave the edges to the sink alone, so that there is one such graph, its own mirror image; the others are
// a->b with a->sink or without. With the sink unique in the union only, a->sink and b->sink are mirror
// images.
TEST(EarlierRelabellings, OfThreeNodesByHand) {
  EXPECT_EQ(earlier_relabellings(SystemSpace(space_of(Family::unique_sink, 3, 1))),
            (std::vector<std::uint32_t>{0, 1, 2}));
  // Codes have the places (1,2), (1,3), (2,3): 010 is the mirror image of 001.
  EXPECT_EQ(earlier_relabellings(SystemSpace(space_of(Family::union_sink, 3, 2))),
            (std::vector<std::uint32_t>{0, 1, 1, 3, 4, 5, 6, 7}));
}

TEST(EarlierRelabellings, LeaveAQuarterOfSevenNodes) {
  const std::vector<std::uint32_t> earlier =
      earlier_relabellings(SystemSpace(space_of(Family::unique_sink, 7, 1)));
  std::size_t own = 0;
  for (std::uint32_t head = 0; head < earlier.size(); ++head) own += earlier[head] == head ? 1 : 0;
  EXPECT_LT(100 * own, 28 * earlier.size());
}

/// The table's values, most of them taken over, against each head's own.
TEST(HeadTable, HasEveryHeadsValue) {
  for (const Space& given : families(4)) {
    if (given.nodes == 1) continue;
    const SystemSpace space(given);
    std::vector<std::string> names;
    for (int node = 1; node <= given.nodes; ++node) names.push_back(std::to_string(node));
    for (const Question& question : all_questions()) {
      SCOPED_TRACE(describe(given) + ", " + describe(question));
      const HeadTable table(space, question, 2);
      for (std::uint32_t head = 0; head < space.codes().size(); ++head) {
        const heads::MatrixOrReason matrix = question.about_mixing()
                                                 ? heads::walk_matrix(space.graph(head), names)
                                                 : heads::diffusion_matrix(space.graph(head), names);
        std::optional<exact::Rational> expected;
        if (matrix.matrix && question.about_mixing()) {
          const auto mixing = walk::mixing_times_naive(*matrix.matrix, given.nodes - 1, names,
                                                       {question.epsilon}, question.mixing, {})
                                  .front();
          ASSERT_TRUE(!mixing.defined || mixing.decided);
          if (mixing.defined) expected = mixing.time;
        } else if (matrix.matrix) {
          const auto fidelity = diffusion::fidelity(*matrix.matrix, given.nodes - 1, question.fidelity);
          ASSERT_TRUE(!fidelity.defined || fidelity.decided);
          if (fidelity.defined) expected = fidelity.minimax;
        }
        const bool defined = (table.undefined(head / kLanes) >> head % kLanes & 1U) == 0;
        ASSERT_EQ(table.undecided(head / kLanes) >> head % kLanes & 1U, 0U);
        ASSERT_EQ(defined, expected.has_value()) << head;
        if (defined) {
          ASSERT_EQ(table.values()[table.value_at(head)], *expected) << head;
        }
      }
    }
  }
}

}  // namespace
}  // namespace crosshead::search
