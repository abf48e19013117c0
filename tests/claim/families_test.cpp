// Families of systems: how many there are, in which order they come, and what they are made of.
#include <set>

#include "system_families.hpp"
#include <gtest/gtest.h>

#include "crosshead/exact/matrix.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;
using Systems = std::vector<std::shared_ptr<CurrentSystem>>;

Systems all(SystemFamily family, int nodes, int heads, std::int64_t denominator = 1) {
  SystemFamilies families({}, {}, {});
  Systems systems;
  EXPECT_TRUE(families.for_each_set(family, nodes, heads, denominator, [&](const auto& system) {
    systems.push_back(system);
    return true;
  }));
  return systems;
}

std::size_t distinct(const Systems& systems) {
  std::set<std::string> keys;
  for (const auto& system : systems) keys.insert(system->key());
  return keys.size();
}

/// The code of a head as the format lists its places: entries of the matrix, or edges.
std::vector<Rational> code(SystemFamily family, const heads::Head& head, int n) {
  std::vector<Rational> places;
  for (int a = 0; a < n; ++a) {
    for (int b = 0; b < n; ++b) {
      if (family == SystemFamily::chains) {
        if (b >= a) places.push_back(head.walk->at(b, a));
      } else if (family == SystemFamily::diffusions) {
        if (b <= a) places.push_back(head.diffusion->at(a, b));
      } else if (a < b || (family == SystemFamily::digraphs && a != b)) {
        places.emplace_back(head.graph->has_edge(a, b) ? 1 : 0);
      }
    }
  }
  if (family == SystemFamily::optional_loops) {
    for (int j = 0; j < n; ++j) places.emplace_back(head.graph->has_edge(j, j) ? 1 : 0);
  }
  return places;
}

int measure(const heads::Head& head) {
  if (head.graph) return head.graph->edge_count();
  return heads::support(head.walk ? *head.walk : *head.diffusion).edge_count();
}

/// Totals of edges first, then lists of codes, strictly ascending; codes ascend within a set.
void expect_ordered(SystemFamily family, const Systems& systems) {
  std::pair<int, std::vector<std::vector<Rational>>> last{-1, {}};
  for (const auto& system : systems) {
    std::pair<int, std::vector<std::vector<Rational>>> next{0, {}};
    for (int h = 0; h < system->head_count(); ++h) {
      next.first += measure(system->head(h).head());
      next.second.push_back(code(family, system->head(h).head(), system->size()));
      if (h > 0) {
        EXPECT_LT(next.second[next.second.size() - 2], next.second.back());
      }
    }
    EXPECT_LT(last, next);
    last = std::move(next);
  }
}

TEST(Families, CountsAndOrder) {
  struct Case {
    SystemFamily family;
    int nodes, heads;
    std::int64_t denominator;
    std::size_t count;
  };
  const Case cases[] = {
      {SystemFamily::unique_sink, 1, 1, 1, 1},
      {SystemFamily::unique_sink, 2, 2, 1, 0},
      {SystemFamily::unique_sink, 3, 2, 1, 3},
      {SystemFamily::unique_sink, 4, 2, 1, 210},
      {SystemFamily::unique_sink, 4, 3, 1, 1330},
      {SystemFamily::unique_sink, 5, 1, 1, 315},
      {SystemFamily::unique_sink, 5, 2, 1, 49455},
      {SystemFamily::feedforward, 3, 3, 1, 56},
      {SystemFamily::optional_loops, 3, 1, 1, 64},
      {SystemFamily::optional_loops, 2, 2, 1, 28},
      {SystemFamily::digraphs, 3, 2, 1, 2016},
      {SystemFamily::digraphs, 2, 4, 1, 1},
      // chains: columns of 3 and 2 places, compositions of d without W_jj = 1: (6 - 1)(3 - 1) for d = 2.
      {SystemFamily::chains, 1, 1, 3, 1},
      {SystemFamily::chains, 2, 1, 3, 3},
      {SystemFamily::chains, 3, 1, 2, 10},
      {SystemFamily::chains, 3, 2, 2, 45},
      {SystemFamily::chains, 3, 1, 3, 27},
      // diffusions, n = 2: D_21 > 0, d of them; n = 3: d (C(d+2, 2) - (d + 1)) + C(d, 2).
      {SystemFamily::diffusions, 1, 1, 2, 1},
      {SystemFamily::diffusions, 2, 1, 5, 5},
      {SystemFamily::diffusions, 3, 1, 2, 7},
      {SystemFamily::diffusions, 3, 1, 3, 21},
      {SystemFamily::diffusions, 3, 2, 2, 21},
  };
  for (const Case& one : cases) {
    const Systems systems = all(one.family, one.nodes, one.heads, one.denominator);
    EXPECT_EQ(systems.size(), one.count) << one.nodes << " nodes, " << one.heads << " heads";
    EXPECT_EQ(distinct(systems), one.count);
    if (one.count < 5000) expect_ordered(one.family, systems);
  }
}

TEST(Families, MatricesAreWhatTheFormatSays) {
  for (const auto& system : all(SystemFamily::chains, 3, 1, 4)) {
    const exact::RationalMatrix& walk = *system->head(0).head().walk;
    for (const Rational& sum : walk.column_sums()) EXPECT_EQ(sum, 1);
    for (int j = 0; j < 3; ++j) {
      if (j < 2) {
        EXPECT_LT(walk.at(j, j), 1);
      }
      for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(denominator(Rational(4 * walk.at(i, j))), 1);
        if (i < j) {
          EXPECT_EQ(walk.at(i, j), 0);
        }
      }
    }
  }
  for (const auto& system : all(SystemFamily::diffusions, 3, 1, 4)) {
    const exact::RationalMatrix& diffusion = *system->head(0).head().diffusion;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(diffusion.row_sum(i), 1);
    for (int j = 0; j < 2; ++j) {
      Rational below = 0;
      for (int i = j + 1; i < 3; ++i) below += diffusion.at(i, j);
      EXPECT_GT(below, 0);
    }
  }
}

TEST(Families, HeadsAreSharedBetweenSystems) {
  const Systems pairs = all(SystemFamily::unique_sink, 4, 2);
  std::set<const Chain*> chains;
  for (const auto& system : pairs) {
    chains.insert(&system->head(0));
    chains.insert(&system->head(1));
  }
  EXPECT_EQ(chains.size(), 21U);
}

TEST(Families, SingleSystems) {
  const SystemFamilies families({}, {}, {});
  const auto local = families.single(SystemFamily::local, 4, 2, {});
  EXPECT_EQ(local->head(0).graph().edge_count(), 4 + 3 + 2);
  EXPECT_EQ(families.single(SystemFamily::local, 4, 0, {})->head(0).graph().edge_count(), 4);
  EXPECT_EQ(families.single(SystemFamily::line, 4, 0, {})->head(0).graph().edge_count(), 4 + 3);
  EXPECT_EQ(families.single(SystemFamily::star, 4, 0, {})->head(0).graph().edge_count(), 4 + 3);
  EXPECT_EQ(families.single(SystemFamily::full, 4, 0, {})->head(0).graph().edge_count(), 10);
  const auto lazy = families.single(SystemFamily::lazy_line, 3, 0, {Rational(1, 3), Rational(0)});
  ASSERT_EQ(lazy->head_count(), 2);
  EXPECT_EQ(lazy->weights(), (std::vector<Rational>{Rational(1, 2), Rational(1, 2)}));
  const exact::RationalMatrix& walk = *lazy->head(0).walk().matrix;
  EXPECT_EQ(walk.at(0, 0), Rational(2, 3));
  EXPECT_EQ(walk.at(1, 0), Rational(1, 3));
  EXPECT_EQ(walk.at(2, 1), Rational(1, 3));
  EXPECT_EQ(walk.at(2, 2), 1);
  EXPECT_EQ(lazy->head(1).graph().edge_count(), 3);
  EXPECT_FALSE(lazy->head(0).diffusion().matrix);
}

TEST(Families, RefusesBlocksThatAreTooLarge) {
  SystemFamilies families({}, {}, {});
  const auto never = [](const auto&) { return false; };
  EXPECT_THROW(families.for_each_set(SystemFamily::unique_sink, 8, 1, 1, never), BlockTooLarge);
  EXPECT_THROW(families.for_each_set(SystemFamily::unique_sink, 6, 3, 1, never), BlockTooLarge);
  EXPECT_THROW(families.for_each_set(SystemFamily::digraphs, 1000, 1, 1, never), BlockTooLarge);
  EXPECT_THROW(families.for_each_set(SystemFamily::chains, 4, 1, 100'000'000, never), BlockTooLarge);
  EXPECT_THROW(families.for_each_set(SystemFamily::diffusions, 5, 1, 50, never), BlockTooLarge);
}

TEST(Families, TheLeastFidelityAloneIsTheLeastOfAll) {
  const auto expect_same = [](const Systems& systems, const Convention& convention) {
    for (const auto& system : systems) {
      const auto again = CurrentSystem::of(system->to_system(), convention, {}, {});
      const diffusion::Minimax& fast = again->mean().minimax();
      const auto plain = CurrentSystem::of(system->to_system(), convention, {}, {});
      const diffusion::Fidelity& full = plain->mean().fidelity();
      ASSERT_TRUE(fast.decided && full.decided);
      ASSERT_EQ(fast.value, full.minimax);
      ASSERT_EQ(plain->mean().minimax().value, full.minimax);
    }
  };
  Convention other;
  other.fidelity = {0, false};
  for (const Convention& convention : {Convention{}, other}) {
    expect_same(all(SystemFamily::unique_sink, 4, 2), convention);
    expect_same(all(SystemFamily::feedforward, 3, 2), convention);
    expect_same(all(SystemFamily::diffusions, 3, 2, 3), convention);
  }
}

}  // namespace
}  // namespace crosshead::claim
