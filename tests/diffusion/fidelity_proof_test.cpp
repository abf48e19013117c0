// Every proof that the prover gives is replayed by the text of FORMAT.md, section 4; hand-made cases say
// which proof and which numbers are expected.
#include "crosshead/diffusion/fidelity_proof.hpp"

#include <filesystem>
#include <map>

#include "diffusion/proof_replay.hpp"
#include "random_systems.hpp"
#include <gtest/gtest.h>

#include "crosshead/heads/system_file.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using exact::RationalMatrix;
using testing::ProofReplay;
using testing::RandomSystems;

RationalMatrix matrix_of(const std::vector<std::vector<const char*>>& rows) {
  RationalMatrix matrix(static_cast<int>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      matrix.append(static_cast<int>(i), static_cast<int>(j), exact::parse_rational(rows[i][j]));
    }
  }
  return matrix;
}

std::vector<Rational> vector_of(const std::vector<const char*>& texts) {
  std::vector<Rational> vector;
  for (const char* text : texts) vector.push_back(exact::parse_rational(text));
  return vector;
}

FidelityProof proof_of(const RationalMatrix& matrix, int node, int first_step = 1) {
  const FidelityConvention convention{first_step, true};
  const int sink = matrix.size() - 1;
  const Fidelity decided = fidelity(matrix, sink, convention);
  const NodeFidelity& found = decided.nodes[static_cast<std::size_t>(node)];
  FidelityProver prover(matrix, sink, convention);
  const ProofOrReason answer = prover.prove(node, found);
  EXPECT_TRUE(answer.proof) << answer.reason;
  if (!answer.proof) return {};
  EXPECT_EQ(
      ProofReplay(matrix, sink, first_step).objection(node, found.supremum, found.attained, *answer.proof),
      "");
  return *answer.proof;
}

/// How many proofs of each kind were replayed, and how many decided suprema had none, by reason.
struct Tally {
  std::map<TailArgument, int> proofs;
  std::map<std::string, int> without;
  int decided = 0;
};

void replay_all(const RationalMatrix& matrix, int sink, const FidelityConvention& convention, Tally& tally) {
  const Fidelity found = fidelity(matrix, sink, convention, {2'000, 20'000'000});
  FidelityProver prover(matrix, sink, convention);
  ProofReplay replay(matrix, sink, convention.first_step);
  for (int j = 0; j < matrix.size(); ++j) {
    const NodeFidelity& node = found.nodes[static_cast<std::size_t>(j)];
    const ProofOrReason answer = prover.prove(j, node);
    if (!node.decided || node.unbounded) {
      ASSERT_FALSE(answer.proof);
      ASSERT_NE(answer.reason, "");
      continue;
    }
    ++tally.decided;
    if (!answer.proof) {
      ++tally.without[answer.reason];
      continue;
    }
    ASSERT_EQ(answer.reason, "");
    ++tally.proofs[answer.proof->argument];
    ASSERT_EQ(replay.objection(j, node.supremum, node.attained, *answer.proof), "")
        << "node " << j << " of " << matrix.size() << ", sink " << sink << ", "
        << name_of(answer.proof->argument);
    // The replay has teeth: a value off by a little is refused.
    ASSERT_NE(replay.objection(j, node.supremum + Rational(1, 1'000'003), node.attained, *answer.proof), "");
    ASSERT_NE(replay.objection(j, node.supremum, !node.attained, *answer.proof), "");
  }
}

// Two nodes, the sink hears both equally: s_1(t) = 1 - 2^-t and s_2(t) = 2^-t.
TEST(FidelityProof, LazyPair) {
  const RationalMatrix matrix = matrix_of({{"1", "0"}, {"1/2", "1/2"}});
  const FidelityProof source = proof_of(matrix, 0);
  EXPECT_EQ(source.argument, TailArgument::absorbing_limit);
  EXPECT_EQ(source.vector, vector_of({"1", "1"}));
  const FidelityProof sink = proof_of(matrix, 1);
  EXPECT_EQ(sink.argument, TailArgument::superharmonic);
  EXPECT_EQ(sink.vector, vector_of({"0", "1"}));
  EXPECT_EQ(sink.time, 1);
  EXPECT_EQ(sink.horizon, 1);
}

// A signal that passes through: 1 -> 2 -> 3, node 3 without a loop. s_2 is 1 at t = 1 and 1/2 at t = 2; ever
// reaching node 2 from node 3 is certain, from node 1 impossible.
TEST(FidelityProof, PassingThrough) {
  const RationalMatrix matrix = matrix_of({{"1", "0", "0"}, {"1/2", "1/2", "0"}, {"0", "1", "0"}});
  const FidelityProof middle = proof_of(matrix, 1);
  EXPECT_EQ(middle.argument, TailArgument::superharmonic);
  EXPECT_EQ(middle.vector, vector_of({"0", "1", "1"}));
  EXPECT_EQ(middle.time, 1);
  EXPECT_EQ(middle.horizon, 1);
}

// x_1 = (1/4, 1/4, 1/2). Node 2 is ever reached from the sink with probability 1/4 / (1 - 1/2) = 1/2, so that
// x_t . h = s_2(t) + 2^-t / 2: 1/2, 3/8, 1/4 at t = 1, 2, 3, while s_2 is 1/4, 1/4, 3/16.
TEST(FidelityProof, LeastHorizon) {
  const RationalMatrix matrix = matrix_of({{"1", "0", "0"}, {"1/2", "1/2", "0"}, {"1/4", "1/4", "1/2"}});
  const FidelityProof proof = proof_of(matrix, 1);
  EXPECT_EQ(proof.vector, vector_of({"0", "1", "1/2"}));
  EXPECT_EQ(proof.time, 1);
  EXPECT_EQ(proof.horizon, 3);
}

TEST(FidelityProof, UnreachableNode) {
  EXPECT_EQ(proof_of(matrix_of({{"1", "0"}, {"0", "1"}}), 0).argument, TailArgument::unreachable);
}

// All mass arrives at the absorbing node in two steps: attained, so by the superharmonic argument.
TEST(FidelityProof, AttainedAbsorbingNode) {
  const FidelityProof proof = proof_of(matrix_of({{"1", "0", "0"}, {"1", "0", "0"}, {"1/2", "1/2", "0"}}), 0);
  EXPECT_EQ(proof.argument, TailArgument::superharmonic);
  EXPECT_EQ(proof.vector, vector_of({"1", "1", "1"}));
  EXPECT_EQ(proof.time, 2);
  EXPECT_EQ(proof.horizon, 2);
}

// Rows above 1: node 1 absorbs, the sink keeps 1/2 and sends 3/4, so 3/2 arrives in the end.
TEST(FidelityProof, AbsorbingBeyondOne) {
  const FidelityProof proof = proof_of(matrix_of({{"1", "0"}, {"3/4", "1/2"}}), 0);
  EXPECT_EQ(proof.argument, TailArgument::absorbing_limit);
  EXPECT_EQ(proof.vector, vector_of({"1", "3/2"}));
}

// The two nodes exchange mass; the law of the limit is (3/4, 1/4) and s_1 = 3/4 (1 - (-1/3)^t): its maximum 1
// is at t = 1.
TEST(FidelityProof, AlternatingApproach) {
  const FidelityProof proof = proof_of(matrix_of({{"2/3", "1/3"}, {"1", "0"}}), 0);
  EXPECT_EQ(proof.time, 1);
}

// A class {1, 2} with law (1/2, 1/2) that the sink feeds slowly: s_1 grows towards 1/2 with the rate 1/2.
TEST(FidelityProof, GapWithPositiveRoots) {
  const FidelityProof proof =
      proof_of(matrix_of({{"1/2", "1/2", "0"}, {"1/2", "1/2", "0"}, {"1/4", "1/4", "1/2"}}), 0);
  EXPECT_EQ(proof.argument, TailArgument::recurrence);
  EXPECT_EQ(proof.roots, vector_of({"1/2"}));
  EXPECT_EQ(proof.horizon, 1);
}

// A class {1, 2} of period 2 that the sink feeds by halves: along the even steps s_2 grows towards 2/3 and
// never gets there; along the odd ones it stays smaller. Only monotone approaches have proofs.
TEST(FidelityProof, NoneForLimitsAlongResidues) {
  const RationalMatrix matrix = matrix_of({{"0", "1", "0"}, {"1", "0", "0"}, {"1/2", "0", "1/2"}});
  const Fidelity decided = fidelity(matrix, 2, {});
  ASSERT_TRUE(decided.nodes[1].decided);
  EXPECT_EQ(decided.nodes[1].supremum, Rational(2, 3));
  EXPECT_FALSE(decided.nodes[1].attained);
  FidelityProver prover(matrix, 2, {});
  EXPECT_EQ(prover.prove(1, decided.nodes[1]).reason,
            "the signal's recurrence has characteristic roots outside (0, 1)");
}

// The mass alternates between {1, 2} and {3, 4} and is spread evenly after one step: at odd times the law is
// (1/2, 1/2, 0, 0, 0). At t = 1 it is (3/4, 1/4, 0, 0, 0), at a distance of 1/4.
TEST(FidelityProof, ContractionToAlternatingLaws) {
  const RationalMatrix matrix = matrix_of({{"0", "0", "1/2", "1/2", "0"},
                                           {"0", "0", "1/2", "1/2", "0"},
                                           {"1/2", "1/2", "0", "0", "0"},
                                           {"1/2", "1/2", "0", "0", "0"},
                                           {"3/4", "1/4", "0", "0", "0"}});
  const FidelityProof proof = proof_of(matrix, 0);
  EXPECT_EQ(proof.argument, TailArgument::contraction);
  EXPECT_EQ(proof.time, 1);
  EXPECT_EQ(proof.horizon, 1);
  ASSERT_EQ(proof.laws.size(), 2U);
  EXPECT_EQ(proof.laws[0], vector_of({"0", "0", "1/2", "1/2", "0"}));
  EXPECT_EQ(proof.laws[1], vector_of({"1/2", "1/2", "0", "0", "0"}));
}

TEST(FidelityProof, NoneForUndecidedAndUnbounded) {
  const RationalMatrix matrix = matrix_of({{"1", "0"}, {"1/2", "1/2"}});
  FidelityProver prover(matrix, 1, {});
  EXPECT_EQ(prover.prove(0, NodeFidelity{}).reason, "the supremum is undecided");
  NodeFidelity unbounded;
  unbounded.decided = unbounded.unbounded = true;
  EXPECT_EQ(prover.prove(0, unbounded).reason, "the signal is unbounded");
}

TEST(FidelityProof, RandomFeedforwardSystems) {
  RandomSystems random(20250702);
  Tally tally;
  for (int k = 0; k < 3000 && !HasFatalFailure(); ++k) {
    const int n = 1 + random.below(6);
    const RationalMatrix matrix = random.stochastic(random.feedforward(n, random.chance(2)));
    replay_all(matrix, random.chance(4) ? random.below(n) : n - 1, {random.below(2), true}, tally);
  }
  EXPECT_GT(tally.proofs[TailArgument::superharmonic], 2000);
  EXPECT_GT(tally.proofs[TailArgument::absorbing_limit], 500);
  EXPECT_GT(tally.proofs[TailArgument::unreachable], 200);
  EXPECT_TRUE(tally.without.empty());
}

TEST(FidelityProof, RandomDefectiveAttention) {
  RandomSystems random(294);
  Tally tally;
  for (int k = 0; k < 1500 && !HasFatalFailure(); ++k) {
    const int n = 2 + random.below(5);
    replay_all(random.weighted(random.feedforward(n, random.chance(2)), 40), n - 1, {random.below(2), true},
               tally);
  }
  EXPECT_GT(tally.proofs[TailArgument::superharmonic], 1000);
  for (const auto& [reason, count] : tally.without) ADD_FAILURE() << count << " times: " << reason;
}

TEST(FidelityProof, RandomCyclicSystems) {
  RandomSystems random(4242);
  Tally tally;
  for (int k = 0; k < 1500 && !HasFatalFailure(); ++k) {
    const int n = 2 + random.below(4);
    const graph::Digraph graph = random.with_backward_edges(n);
    replay_all(random.chance(2) ? random.stochastic(graph) : random.uniform(graph), random.below(n),
               {random.below(2), true}, tally);
  }
  EXPECT_GT(tally.proofs[TailArgument::contraction], 200);
  EXPECT_GT(tally.proofs[TailArgument::recurrence], 5);
  // What has no proof is known by its reason, and rare.
  int without = 0;
  for (const auto& [reason, count] : tally.without) {
    without += count;
    EXPECT_TRUE(reason == "the signal's recurrence has characteristic roots outside (0, 1)" ||
                reason == "a limit that is also attained, by its recurrence")
        << count << " times: " << reason;
  }
  EXPECT_LT(100 * without, tally.decided);
}

// Forty nodes of dyadic entries: the vectors are the search's own, over 2^62.
TEST(FidelityProof, LargeDyadicSystems) {
  RandomSystems random(7);
  Tally tally;
  for (int k = 0; k < 3 && !HasFatalFailure(); ++k) {
    const int n = 40;
    RationalMatrix matrix(n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j <= i; ++j) {
        matrix.append(i, j, i == 0 ? Rational(1) : Rational(1 + random.below(1 << 20), (1 << 19) * (i + 1)));
      }
    }
    replay_all(matrix, n - 1, {1, true}, tally);
  }
  for (const auto& [reason, count] : tally.without) ADD_FAILURE() << count << " times: " << reason;
}

TEST(FidelityProof, SystemsOfTheProject) {
  Tally tally;
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(CROSSHEAD_SOURCE_DIR) + "/proofs/systems")) {
    if (file.path().extension() != ".json") continue;
    const heads::HeadSystem system = heads::read_system(file.path(), nullptr);
    for (int head = -1; head < static_cast<int>(system.heads.size()); ++head) {
      const heads::MatrixOrReason matrix = head < 0
                                               ? heads::mean_diffusion(system, heads::Reading::as_stored)
                                               : heads::diffusion_of(system, head, heads::Reading::as_stored);
      if (!matrix.matrix) continue;
      for (int first_step : {0, 1}) {
        replay_all(*matrix.matrix, system.sink, {first_step, true}, tally);
        if (HasFatalFailure()) FAIL() << file.path();
      }
    }
  }
  EXPECT_GT(tally.decided, 100);
  // cyclic-with-periodic-class.json alone has limits along residues.
  ASSERT_LE(tally.without.size(), 1U);
  if (!tally.without.empty()) {
    EXPECT_EQ(tally.without.begin()->first,
              "the signal's recurrence has characteristic roots outside (0, 1)");
  }
}

}  // namespace
}  // namespace crosshead::diffusion
