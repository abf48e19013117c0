#include "crosshead/search/symmetry.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "spaces.hpp"
#include <gtest/gtest.h>

#include "crosshead/search/exhaustive.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;

/// Classes of the systems of a space by joining every system with all its relabelled ones: drawn as graphs,
/// looked up as graphs, nothing of codes or their order.
class Classes {
 public:
  explicit Classes(const SystemSpace& space) : space_(space), parent_(space.candidates()) {
    std::iota(parent_.begin(), parent_.end(), std::uint64_t{0});
    for (std::uint32_t head = 0; head < space.codes().size(); ++head)
      head_of_[drawn(space.graph(head))] = head;
    for (std::uint64_t rank = 0; rank < space.candidates(); ++rank) {
      if (space.in_family(space.at(rank))) join_all(rank);
    }
  }

  std::uint64_t root(std::uint64_t rank) {
    while (parent_[rank] != rank) rank = parent_[rank] = parent_[parent_[rank]];
    return rank;
  }

  std::uint64_t count(const std::function<bool(const SystemIndex&)>& counted) {
    std::map<std::uint64_t, bool> roots;
    for (std::uint64_t rank = 0; rank < space_.candidates(); ++rank) {
      const SystemIndex system = space_.at(rank);
      if (!space_.in_family(system)) continue;
      const bool one = counted(system);
      const auto [entry, fresh] = roots.emplace(root(rank), one);
      EXPECT_EQ(entry->second, one) << "a claim tells apart two namings of one system";
    }
    return static_cast<std::uint64_t>(
        std::count_if(roots.begin(), roots.end(), [](const auto& entry) { return entry.second; }));
  }

 private:
  using Drawing = std::vector<std::pair<int, int>>;

  static Drawing drawn(const graph::Digraph& graph) {
    Drawing edges;
    for (int from = 0; from < graph.size(); ++from) {
      for (const int to : graph.successors(from)) edges.emplace_back(from, to);
    }
    return edges;
  }

  void join_all(std::uint64_t rank) {
    const SystemIndex system = space_.at(rank);
    std::vector<int> names(static_cast<std::size_t>(space_.space().nodes));
    std::iota(names.begin(), names.end(), 0);
    do {
      std::vector<std::pair<std::uint32_t, Rational>> renamed;
      for (std::size_t place = 0; place < system.heads.size(); ++place) {
        Drawing edges = drawn(space_.graph(system.heads[place]));
        for (auto& [from, to] : edges) {
          from = names[static_cast<std::size_t>(from)];
          to = names[static_cast<std::size_t>(to)];
        }
        std::sort(edges.begin(), edges.end());
        const auto found = head_of_.find(edges);
        if (found == head_of_.end()) break;
        renamed.emplace_back(found->second, space_.space().weights[system.weights][place]);
      }
      if (renamed.size() < system.heads.size()) continue;
      if (!space_.space().ordered) std::sort(renamed.begin(), renamed.end());
      SystemIndex other;
      WeightVector weights;
      for (const auto& [head, weight] : renamed) {
        other.heads.push_back(head);
        weights.push_back(weight);
      }
      const auto& vectors = space_.space().weights;
      other.weights =
          static_cast<std::uint32_t>(std::find(vectors.begin(), vectors.end(), weights) - vectors.begin());
      ASSERT_LT(other.weights, vectors.size());
      parent_[root(space_.rank_of(other))] = root(rank);
    } while (std::next_permutation(names.begin(), names.end() - 1));
  }

  const SystemSpace& space_;
  std::map<Drawing, std::uint32_t> head_of_;
  std::vector<std::uint64_t> parent_;
};

class Orbits : public ::testing::TestWithParam<Space> {};

TEST_P(Orbits, CanonicalSystemsCountTheClasses) {
  const SystemSpace space(GetParam());
  SCOPED_TRACE(describe(space.space()));
  Classes classes(space);
  const std::uint64_t systems = classes.count([](const SystemIndex&) { return true; });
  for (const BuiltIn claim : {BuiltIn::amplifies, BuiltIn::mixes_slower}) {
    const Question question{claim, {}, {1, 4}};
    const ExhaustiveSearch search(space, question, 1, true);
    const Result result = search.run(space.all());
    EXPECT_EQ(result.counts.orbits, systems);
    EXPECT_EQ(result.counts.witness_orbits, classes.count([&](const SystemIndex& system) {
      return search.decide(system).outcome == Outcome::witness;
    }));
    const Symmetry symmetry(space);
    const Result naive = search_each(space, *naive_claim(space, question), space.all(), &symmetry);
    EXPECT_EQ(naive.counts.orbits, result.counts.orbits);
    EXPECT_EQ(naive.counts.witness_orbits, result.counts.witness_orbits);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Search, Orbits,
    ::testing::Values(space_of(Family::unique_sink, 3, 2), space_of(Family::unique_sink, 4, 1),
                      space_of(Family::unique_sink, 4, 2), space_of(Family::unique_sink, 4, 2, true),
                      space_of(Family::unique_sink, 4, 3), space_of(Family::union_sink, 4, 2),
                      space_of(Family::optional_loops, 3, 2), space_of(Family::unique_sink, 5, 2),
                      Space{Family::unique_sink, 4, 2, false, inner_grid(2, 3)},
                      Space{Family::unique_sink, 3, 3, false,
                            permutations_of({Rational(1, 2), Rational(1, 4), Rational(1, 4)})}),
    [](const auto& info) { return std::to_string(info.index); });

/// Pairs of nonempty digraphs on labelled nodes whose union is acyclic, with each node other than the sink
/// having an edge in both, up to all permutations of these nodes: Burnside's lemma, without any order of the
/// nodes.
std::uint64_t classes_of_labelled_pairs(int nodes) {
  const int others = nodes - 1;
  std::vector<std::pair<int, int>> edges;
  for (int from = 0; from < others; ++from) {
    for (int to = 0; to < nodes; ++to) {
      if (to != from) edges.emplace_back(from, to);
    }
  }
  const auto acyclic = [&](std::uint32_t set) {
    for (std::uint32_t left = (1U << others) - 1; left != 0;) {
      std::uint32_t heads = 0;
      for (std::size_t e = 0; e < edges.size(); ++e) {
        const auto [from, to] = edges[e];
        if ((set >> e & 1) != 0 && (left >> from & 1) != 0 && to < others && (left >> to & 1) != 0)
          heads |= 1U << from;
      }
      if (heads == left) return false;
      left = heads;
    }
    return true;
  };
  std::vector<std::uint32_t> graphs;
  for (std::uint32_t set = 0; set < 1U << edges.size(); ++set) {
    std::uint32_t leaving = 0;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if ((set >> e & 1) != 0) leaving |= 1U << edges[e].first;
    }
    if (leaving == (1U << others) - 1 && acyclic(set)) graphs.push_back(set);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t a = 0; a < graphs.size(); ++a) {
    for (std::size_t b = a + 1; b < graphs.size(); ++b) {
      if (acyclic(graphs[a] | graphs[b])) pairs.emplace_back(graphs[a], graphs[b]);
    }
  }
  std::vector<int> names(static_cast<std::size_t>(nodes));
  std::iota(names.begin(), names.end(), 0);
  std::uint64_t fixed = 0, permutations = 0;
  do {
    ++permutations;
    const auto image = [&](std::uint32_t set) {
      std::uint32_t result = 0;
      for (std::size_t e = 0; e < edges.size(); ++e) {
        if ((set >> e & 1) == 0) continue;
        const std::pair moved(names[static_cast<std::size_t>(edges[e].first)],
                              names[static_cast<std::size_t>(edges[e].second)]);
        result |= 1U << (std::find(edges.begin(), edges.end(), moved) - edges.begin());
      }
      return result;
    };
    for (const auto& [a, b] : pairs) {
      fixed += std::minmax({image(a), image(b)}) == std::pair(a, b) ? 1 : 0;
    }
  } while (std::next_permutation(names.begin(), names.end() - 1));
  EXPECT_EQ(fixed % permutations, 0U);
  return fixed / permutations;
}

TEST(Symmetry, BurnsideCountsTheSameOrbits) {
  for (const int nodes : {2, 3, 4}) {
    const Space given = space_of(Family::unique_sink, nodes, 2);
    if (system_count(given) == 0) {
      EXPECT_EQ(classes_of_labelled_pairs(nodes), 0U);
      continue;
    }
    const SystemSpace space(given);
    EXPECT_EQ(ExhaustiveSearch(space, {}, 1, true).run(space.all()).counts.orbits,
              classes_of_labelled_pairs(nodes));
  }
}

}  // namespace
}  // namespace crosshead::search
