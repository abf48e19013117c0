#include "crosshead/diffusion/region_simplex.hpp"

#include <gtest/gtest.h>

#include "crosshead/diffusion/region.hpp"
#include "crosshead/diffusion/region_maximum.hpp"
#include "crosshead/graph/enumeration.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using exact::RationalMatrix;

std::vector<std::string> names(int n) {
  std::vector<std::string> result;
  for (int j = 1; j <= n; ++j) result.push_back(std::to_string(j));
  return result;
}

std::vector<graph::Digraph> graphs(int n) {
  std::vector<graph::Digraph> result;
  for (const auto code : graph::family_codes(graph::GraphFamily::unique_sink, n)) {
    result.push_back(graph::family_graph(graph::GraphFamily::unique_sink, n, code));
  }
  return result;
}

RationalMatrix diffusion(const graph::Digraph& graph) {
  return heads::diffusion_matrix(graph, names(graph.size())).matrix.value();
}

TEST(SimplexMaximum, OfTwoHeadsEnclosesTheExactMaximum) {
  const auto all = graphs(4);
  int compared = 0;
  for (std::size_t a = 0; a < all.size(); a += 4) {
    for (std::size_t b = a + 1; b < all.size(); b += 5) {
      const RationalMatrix first = diffusion(all[a]), second = diffusion(all[b]);
      const SimplexMaximum best = simplex_maximum({first, second}, 3, {}, Rational(1, 200), 5000);
      ASSERT_TRUE(best.defined);
      EXPECT_EQ(minimax_fidelity(exact::weighted_sum({first, second}, best.weights), 3, {}).value,
                best.lower);
      EXPECT_LE(best.lower, best.upper);
      const WeightMaximum exact = weight_maximum(first, second, 3, {});
      if (!exact.exact) continue;
      ++compared;
      EXPECT_GE(exact.algebraic->compare(best.lower), 0);
      EXPECT_LE(exact.algebraic->compare(best.upper), 0);
    }
  }
  EXPECT_GT(compared, 8);
}

TEST(SimplexMaximum, OfThreeHeadsIsNotExceededOnAGrid) {
  const auto all = graphs(4);
  for (const auto& [a, b, c] : {std::array{0, 8, 14}, {2, 3, 20}, {5, 10, 18}}) {
    const std::vector<RationalMatrix> heads{diffusion(all[static_cast<std::size_t>(a)]),
                                            diffusion(all[static_cast<std::size_t>(b)]),
                                            diffusion(all[static_cast<std::size_t>(c)])};
    const SimplexMaximum best = simplex_maximum(heads, 3, {}, Rational(1, 100), 3000);
    for (int i = 0; i <= 12; ++i) {
      for (int k = 0; i + k <= 12; ++k) {
        const std::vector<Rational> weights{Rational(i, 12), Rational(k, 12), Rational(12 - i - k, 12)};
        EXPECT_LE(minimax_fidelity(exact::weighted_sum(heads, weights), 3, {}).value, best.upper);
      }
    }
    EXPECT_EQ(minimax_fidelity(exact::weighted_sum(heads, best.weights), 3, {}).value, best.lower);
    EXPECT_TRUE(!best.reached || best.upper - best.lower <= Rational(1, 100));
  }
}

TEST(SimplexMaximum, StopsAtItsBudgetAndRefusesCycles) {
  const auto head = [](const std::vector<std::pair<int, int>>& edges) {
    graph::Digraph graph(4, true);
    for (const auto& [from, to] : edges) graph.add_edge(from - 1, to - 1);
    return diffusion(graph);
  };
  const std::vector<RationalMatrix> heads{head({{1, 2}, {2, 3}, {3, 4}}), head({{1, 4}, {2, 3}, {3, 4}}),
                                          head({{1, 3}, {2, 4}, {3, 4}})};
  const SimplexMaximum hasty = simplex_maximum(heads, 3, {}, Rational(1, 1'000'000), 20);
  EXPECT_FALSE(hasty.reached);
  EXPECT_LE(hasty.simplices, 22);
  EXPECT_GT(hasty.upper - hasty.lower, Rational(1, 1'000'000));
  graph::Digraph forward(2, true), backward(2, true);
  forward.add_edge(0, 1);
  backward.add_edge(1, 0);
  const SimplexMaximum cyclic =
      simplex_maximum({diffusion(forward), diffusion(backward)}, 1, {}, Rational(1, 10), 10);
  EXPECT_FALSE(cyclic.defined);
  EXPECT_NE(cyclic.reason.find("cycle"), std::string::npos);
}

TEST(RegionOfMixing, AgreesWithMixingTimesAtManyWeights) {
  const auto all = graphs(4);
  const Rational eps(1, 4);
  int faster_somewhere = 0, faster_at_half = 0;
  for (std::size_t a = 0; a < all.size(); ++a) {
    for (std::size_t b = a + 1; b < all.size(); ++b) {
      const RationalMatrix first = heads::walk_matrix(all[a], names(4)).matrix.value(),
                           second = heads::walk_matrix(all[b], names(4)).matrix.value();
      const auto time = [&](const RationalMatrix& walk) {
        return walk::mixing_times(walk, 3, names(4), {eps}, {}).front().time;
      };
      RegionClaim claim;
      claim.subject = RegionClaim::Subject::absorbed;
      claim.strict = false;
      claim.threshold = 1 - eps;
      claim.steps = std::min(time(first), time(second)) - 1;
      const WeightRegion region = weight_region(first, second, 3, claim, {});
      ASSERT_TRUE(region.decided());
      faster_somewhere += region.holds.empty() ? 0 : 1;
      for (int k = 0; k <= 20; ++k) {
        const Rational weight(k, 20);
        bool inside = false;
        for (const RegionInterval& set : region.holds) {
          const int from = set.from.compare(weight), to = set.to.compare(weight);
          inside = inside ||
                   ((from < 0 || (from == 0 && set.from_closed)) && (to > 0 || (to == 0 && set.to_closed)));
        }
        EXPECT_EQ(inside, time(exact::weighted_sum({first, second}, {weight, 1 - weight})) <= claim.steps);
        faster_at_half += k == 10 && inside ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(faster_at_half, 9);
  EXPECT_GT(faster_somewhere, 9);
}

TEST(SignalInWeight, IsThePolynomialOfTheMean) {
  const auto all = graphs(4);
  for (std::size_t a = 0; a + 3 < all.size(); a += 3) {
    const RationalMatrix first = diffusion(all[a]), second = diffusion(all[a + 3]);
    for (const Rational& b : {Rational(0), Rational(1), Rational(2, 7)}) {
      const auto rows = signal(exact::weighted_sum({first, second}, {b, 1 - b}), 3, 6);
      for (int t = 0; t <= 6; ++t) {
        for (int j = 0; j < 4; ++j) {
          const SignalPolynomial polynomial = signal_in_weight(first, second, 3, j, t);
          EXPECT_LE(polynomial.numerator.degree(), t);
          EXPECT_EQ(polynomial.numerator.at(b) / Rational(polynomial.denominator),
                    rows[static_cast<std::size_t>(t)][static_cast<std::size_t>(j)]);
        }
      }
    }
  }
}

}  // namespace
}  // namespace crosshead::diffusion
