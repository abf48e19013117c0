// Guided searches as a whole: they find what enumeration finds, and the same on any number of threads.
#include "crosshead/search/guided.hpp"

#include <map>

#include "spaces.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/certificates.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using ::testing::HasSubstr;

constexpr BuiltIn kClaims[] = {BuiltIn::amplifies, BuiltIn::attenuates, BuiltIn::mixes_faster,
                               BuiltIn::mixes_slower};

Question question_of(BuiltIn claim, const Rational& epsilon) {
  Question question;
  question.claim = claim;
  question.epsilon = epsilon;
  return question;
}

GuidedSpace uniform(int nodes, int heads) {
  return {nodes, heads, uniform_weights(heads).front(), 0};
}

Rational side(const exact::RationalMatrix& matrix, const std::vector<std::string>& nodes, bool mixing) {
  const int sink = static_cast<int>(nodes.size()) - 1;
  if (!mixing) return diffusion::minimax_fidelity(matrix, sink, {}).value;
  return walk::mixing_times(matrix, sink, nodes, {Rational(1, 4)}, {}).front().time;
}

/// The largest value of every objective by enumeration: sides of the single heads and of every mean.
std::map<std::pair<BuiltIn, Measure>, Rational> largest_values(const Space& choice) {
  const SystemSpace space(choice);
  std::vector<std::string> nodes;
  for (int node = 1; node <= choice.nodes; ++node) nodes.push_back(std::to_string(node));
  std::map<std::pair<BuiltIn, Measure>, Rational> best;
  for (const bool mixing : {false, true}) {
    std::vector<exact::RationalMatrix> matrices;
    std::vector<Rational> singles;
    for (std::uint32_t head = 0; head < space.codes().size(); ++head) {
      const graph::Digraph graph = space.graph(head);
      matrices.push_back(
          *(mixing ? heads::walk_matrix(graph, nodes) : heads::diffusion_matrix(graph, nodes)).matrix);
      singles.push_back(side(matrices.back(), nodes, mixing));
    }
    for (std::uint64_t rank = 0; rank < space.candidates(); ++rank) {
      const SystemIndex system = space.at(rank);
      std::vector<exact::RationalMatrix> parts;
      Rational low = singles[system.heads.front()], high = low;
      for (const std::uint32_t head : system.heads) {
        parts.push_back(matrices[head]);
        low = std::min(low, singles[head]);
        high = std::max(high, singles[head]);
      }
      const Rational mean = side(exact::weighted_sum(parts, choice.weights[system.weights]), nodes, mixing);
      const auto offer = [&](BuiltIn claim, const Rational& above, const Rational& below) {
        for (const auto& [measure, value] : {std::pair{Measure::gain, Rational(above - below)},
                                             std::pair{Measure::ratio, Rational(above / below)}}) {
          const auto [at, first] = best.try_emplace({claim, measure}, value);
          if (!first) at->second = std::max(at->second, value);
        }
      };
      offer(mixing ? BuiltIn::mixes_slower : BuiltIn::amplifies, mean, high);
      offer(mixing ? BuiltIn::mixes_faster : BuiltIn::attenuates, low, mean);
    }
  }
  return best;
}

void expect_optimum(const GuidedSpace& space, const Space& family, const GuidedEffort& effort) {
  const auto largest = largest_values(family);
  ASSERT_EQ(largest.size(), 8U);
  for (const auto& [objective, value] : largest) {
    SCOPED_TRACE(name_of(objective.first) + " " + name_of(objective.second));
    const Objective wanted{question_of(objective.first, {1, 4}), objective.second};
    const GuidedAnswer answer = search_guided(space, wanted, effort, 2, {});
    EXPECT_TRUE(answer.complete);
    EXPECT_EQ(answer.finished, effort.restarts);
    EXPECT_EQ(answer.steps, effort.steps * static_cast<std::uint64_t>(effort.restarts));
    ASSERT_TRUE(answer.best.has_value());
    EXPECT_EQ(answer.best->value, value);
    EXPECT_EQ(exact_value(answer.best->system, wanted), value);
  }
}

TEST(Guided, FindsTheOptimumOfPairsOfFourNodes) {
  expect_optimum(uniform(4, 2), space_of(Family::unique_sink, 4, 2), {2'000, 4, 1});
}

TEST(Guided, FindsTheOptimumOfPairsOfFiveNodes) {
  expect_optimum(uniform(5, 2), space_of(Family::unique_sink, 5, 2), {20'000, 8, 1});
}

TEST(Guided, FindsTheOptimumOfTriplesAndOfFreeWeights) {
  expect_optimum(uniform(4, 3), space_of(Family::unique_sink, 4, 3), {5'000, 4, 1});
  expect_optimum({4, 2, {}, 7}, {Family::unique_sink, 4, 2, false, inner_grid(2, 7)}, {5'000, 6, 1});
  const WeightVector weights{{1, 3}, {2, 3}};
  expect_optimum({4, 2, weights, 0}, {Family::unique_sink, 4, 2, true, {weights}}, {5'000, 4, 1});
}

// The smallest family: three graphs, all of them heads.
TEST(Guided, WorksWhereThereIsNothingToMove) {
  const GuidedAnswer answer = search_guided(uniform(3, 3), {}, {100, 1, 1}, 1, {});
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.best->value,
            largest_values(space_of(Family::unique_sink, 3, 3)).at({BuiltIn::amplifies, Measure::gain}));
}

TEST(Guided, GivesTheSameAnswerOnAnyNumberOfThreads) {
  for (const BuiltIn claim : kClaims) {
    const Objective objective{question_of(claim, {1, 10}), Measure::ratio};
    const GuidedSpace space{8, 3, {}, 12};
    const GuidedAnswer one = search_guided(space, objective, {3'000, 5, 42}, 1, {});
    for (const int threads : {2, 5, 8}) {
      const GuidedAnswer many = search_guided(space, objective, {3'000, 5, 42}, threads, {});
      EXPECT_EQ(many.best->value, one.best->value);
      EXPECT_EQ(many.best->restart, one.best->restart);
      EXPECT_EQ(many.steps, one.steps);
      EXPECT_EQ(many.best->system.weights, one.best->system.weights);
      for (std::size_t h = 0; h < 3; ++h)
        EXPECT_EQ(many.best->system.heads[h].graph, one.best->system.heads[h].graph);
    }
  }
}

TEST(Guided, TellsHowEachRestartClimbed) {
  for (const BuiltIn claim : kClaims) {
    const Objective objective{question_of(claim, {1, 4}), Measure::gain};
    const GuidedEffort effort{3'000, 70, 3};
    const GuidedAnswer answer = search_guided({7, 2, {}, 12}, objective, effort, 2, {});
    ASSERT_EQ(answer.climbs.size(), 64U) << "only those of the first restarts are kept";
    Rational largest = *answer.climbs.front().value;
    for (const GuidedClimb& climb : answer.climbs) {
      EXPECT_TRUE(climb.finished);
      EXPECT_EQ(climb.steps, effort.steps);
      ASSERT_FALSE(climb.points.empty());
      EXPECT_EQ(climb.points.front().steps, 0U);
      EXPECT_LE(climb.points.back().steps, effort.steps);
      for (std::size_t k = 1; k < climb.points.size(); ++k) {
        EXPECT_LT(climb.points[k - 1].steps, climb.points[k].steps);
        // Whole steps count more than the fractions that steer as well.
        EXPECT_LT(climb.points[k - 1].value, climb.points[k].value);
      }
      EXPECT_NEAR(climb.points.back().value, exact::to_double(*climb.value), 1e-12);
      largest = std::max(largest, *climb.value);
    }
    EXPECT_GE(answer.best->value, largest);
    if (answer.best->restart < 64) {
      EXPECT_EQ(answer.climbs[static_cast<std::size_t>(answer.best->restart)].value, answer.best->value);
    }
    const GuidedAnswer again = search_guided({7, 2, {}, 12}, objective, effort, 1, {});
    for (std::size_t k = 0; k < again.climbs.size(); ++k) {
      ASSERT_EQ(again.climbs[k].points.size(), answer.climbs[k].points.size());
      EXPECT_EQ(again.climbs[k].points.back().value, answer.climbs[k].points.back().value);
    }
  }
}

TEST(Guided, SeedsMatter) {
  const Objective objective;
  const GuidedAnswer a = search_guided(uniform(12, 2), objective, {200, 1, 1}, 1, {});
  const GuidedAnswer b = search_guided(uniform(12, 2), objective, {200, 1, 2}, 1, {});
  EXPECT_NE(a.best->system.heads[0].graph, b.best->system.heads[0].graph);
}

TEST(Guided, ReportsTheBestSoFarWhenStopped) {
  const Objective objective;
  const GuidedAnswer answer =
      search_guided(uniform(10, 2), objective, {4'000'000'000, 3, 1}, 2, [](std::uint64_t) { return false; });
  EXPECT_FALSE(answer.complete);
  EXPECT_EQ(answer.finished, 0);
  EXPECT_LT(answer.steps, 4'000'000'000U);
  ASSERT_TRUE(answer.best.has_value());
  EXPECT_EQ(exact_value(answer.best->system, objective), answer.best->value);
}

TEST(Guided, CertifiesWhatItFound) {
  for (const BuiltIn claim : kClaims) {
    for (const Measure measure : {Measure::gain, Measure::ratio}) {
      const Objective objective{question_of(claim, {1, 4}), measure};
      const GuidedAnswer answer = search_guided({6, 3, {}, 5}, objective, {500, 1, 1}, 1, {});
      const auto certified = value_certificate(answer.best->system, objective, answer.best->value, "found");
      ASSERT_TRUE(certified.text.has_value()) << certified.reason;
      EXPECT_THAT(*certified.text,
                  HasSubstr(term_of(objective) + " = " + exact::to_string(answer.best->value)));
      const auto wrong = value_certificate(answer.best->system, objective, answer.best->value + 1, "found");
      EXPECT_FALSE(wrong.text.has_value());
      EXPECT_THAT(wrong.reason, HasSubstr("is no"));
    }
  }
}

TEST(Guided, WritesValuesInTheClaimLanguage) {
  EXPECT_EQ(term_of({question_of(BuiltIn::amplifies, {1, 4}), Measure::gain}),
            "phi_min(mean) - (max h in heads: phi_min(head h))");
  EXPECT_EQ(term_of({question_of(BuiltIn::attenuates, {1, 4}), Measure::ratio}),
            "(min h in heads: phi_min(head h)) / phi_min(mean)");
  EXPECT_EQ(term_of({question_of(BuiltIn::mixes_faster, {1, 10}), Measure::gain}),
            "(min h in heads: t_mix(head h, 1/10)) - t_mix(mean, 1/10)");
  EXPECT_EQ(term_of({question_of(BuiltIn::mixes_slower, {1, 4}), Measure::ratio}),
            "t_mix(mean, 1/4) / (max h in heads: t_mix(head h, 1/4))");
}

std::string complaint(const GuidedSpace& space, const Objective& objective = {},
                      const GuidedEffort& effort = {}) {
  try {
    search_guided(space, objective, effort, 1, {});
  } catch (const exact::UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(Guided, RefusesWhatItCannotSearch) {
  EXPECT_EQ(complaint(uniform(65, 2)), "a guided search is over 2 to 64 nodes, not 65");
  EXPECT_EQ(complaint(uniform(1, 2)), "a guided search is over 2 to 64 nodes, not 1");
  EXPECT_EQ(complaint(uniform(8, 17)), "a guided search is over 2 to 16 heads, not 17");
  EXPECT_EQ(complaint(uniform(8, 1)), "a guided search is over 2 to 16 heads, not 1");
  EXPECT_EQ(complaint(uniform(2, 2)), "there are no 2 distinct heads on 2 nodes: the family has 1 graph");
  EXPECT_EQ(complaint(uniform(3, 4)), "there are no 4 distinct heads on 3 nodes: the family has 3 graphs");
  for (const int denominator : {2, 1001, -1}) {
    EXPECT_EQ(complaint({5, 3, {}, denominator}),
              "free weights are multiples of 1/D with D from the number of heads, 3, to 1000, not " +
                  std::to_string(denominator));
  }
  EXPECT_EQ(complaint({5, 2, uniform_weights(2).front(), 4}), "weights are given or free, not both");
  const std::string weights = "a guided search needs 2 positive weights with sum 1, one for each head";
  EXPECT_EQ(complaint({5, 2, {}, 0}), weights);
  EXPECT_EQ(complaint({5, 2, {{1, 2}, {1, 3}}, 0}), weights);
  EXPECT_EQ(complaint({5, 2, {1, 0}, 0}), weights);
  EXPECT_EQ(complaint({5, 2, uniform_weights(3).front(), 0}), weights);
  EXPECT_EQ(complaint(uniform(5, 2), {}, {0, 1, 1}),
            "a guided search takes at least one step and one restart");
  EXPECT_EQ(complaint(uniform(5, 2), {}, {1, 0, 1}),
            "a guided search takes at least one step and one restart");
  EXPECT_EQ(complaint(uniform(5, 2), {question_of(BuiltIn::mixes_faster, 1), Measure::gain}),
            "a guided search needs a threshold of at least 10^-30 and below 1, not 1");
  EXPECT_EQ(complaint(uniform(5, 2),
                      {question_of(BuiltIn::mixes_slower, smallest_steerable_epsilon() / 2), Measure::gain}),
            "a guided search needs a threshold of at least 10^-30 and below 1, not 1/" +
                ("2" + std::string(30, '0')));
  EXPECT_THROW(measure_named("most"), exact::UsageError);
  EXPECT_EQ(measure_named("ratio"), Measure::ratio);
}

}  // namespace
}  // namespace crosshead::search
