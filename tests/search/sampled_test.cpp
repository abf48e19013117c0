// Sizes that the plain rational search cannot finish: every rank of random slices, and random systems one by
// one.
#include <random>

#include "spaces.hpp"
#include <gtest/gtest.h>

#include "crosshead/search/exhaustive.hpp"

namespace crosshead::search {
namespace {

class Samples : public ::testing::TestWithParam<Space> {};

TEST_P(Samples, SlicesAgreeWithExactDecisions) {
  const SystemSpace space(GetParam());
  std::mt19937_64 random(20250703);
  for (const Question& question : all_questions()) {
    SCOPED_TRACE(describe(space.space()) + ", " + describe(question));
    const ExhaustiveSearch search(space, question, 2);
    constexpr std::uint64_t kSlice = 400;
    for (int slice = 0; slice < 8; ++slice) {
      const RankRange range{random() % (space.candidates() - kSlice), kSlice};
      Result expected;
      for (std::uint64_t rank = range.first; rank < range.first + range.count; ++rank) {
        const SystemIndex system = space.at(rank);
        if (space.in_family(system)) expected.include(space, system, search.decide(system));
      }
      const Result found = search.run(range);
      EXPECT_EQ(found.counts.systems, expected.counts.systems);
      EXPECT_EQ(found.counts.witnesses, expected.counts.witnesses) << range.first;
      EXPECT_EQ(found.counts.ties, expected.counts.ties) << range.first;
      EXPECT_EQ(found.counts.undefined, expected.counts.undefined);
      EXPECT_EQ(found.first, expected.first);
      EXPECT_EQ(found.extreme, expected.extreme);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Search, Samples,
                         ::testing::Values(space_of(Family::unique_sink, 6, 2),
                                           space_of(Family::unique_sink, 6, 4),
                                           space_of(Family::optional_loops, 5, 2),
                                           Space{Family::union_sink, 6, 2, true, inner_grid(2, 9)}),
                         [](const auto& info) { return std::to_string(info.index); });

/// A few heads of a large family, so that the oracle need not look at all of them.
class OneSystem {
 public:
  OneSystem(const SystemSpace& space, const SystemIndex& index) : system_(space.system(index)) {}

  diffusion::Truth amplifies() const {
    const int sink = system_.sink;
    const auto fidelity = [&](const heads::MatrixOrReason& matrix) {
      return diffusion::fidelity(*matrix.matrix, sink, {});
    };
    std::vector<diffusion::Fidelity> singles;
    for (int head = 0; head < static_cast<int>(system_.heads.size()); ++head) {
      singles.push_back(fidelity(heads::diffusion_of(system_, head, heads::Reading::as_stored)));
    }
    return diffusion::amplifies(fidelity(heads::mean_diffusion(system_, heads::Reading::as_stored)), singles);
  }

 private:
  heads::HeadSystem system_;
};

TEST(SampledPairs, RationalArithmeticAgreesOnSixAndSevenNodes) {
  std::mt19937_64 random(7);
  for (const int nodes : {6, 7}) {
    const SystemSpace space(space_of(Family::unique_sink, nodes, 2));
    const ExhaustiveSearch search(space, {}, 2);
    int witnesses = 0;
    for (int sample = 0; sample < 3000; ++sample) {
      const std::uint64_t rank = random() % space.candidates();
      const Result result = search.run({rank, 1});
      const bool witness = OneSystem(space, space.at(rank)).amplifies() == diffusion::Truth::yes;
      EXPECT_EQ(result.counts.witnesses, witness ? 1U : 0U) << "rank " << rank << " of " << nodes << " nodes";
      witnesses += witness ? 1 : 0;
    }
    EXPECT_GT(witnesses, 300);
  }
}

}  // namespace
}  // namespace crosshead::search
