// From an evaluation to a reading that can be replayed: attention becomes exact entries, and every fact that
// is not recomputed by a checker gets its proof.
#include "crosshead/certificate/certify.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>

#include "document.hpp"
#include "spell_out.hpp"

#include "crosshead/certificate/region_document.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::certificate {
namespace {

using diffusion::Truth;
using heads::HeadSystem;
using heads::MatrixOrReason;

constexpr heads::Reading kAsStored = heads::Reading::as_stored;

double entries(const exact::RationalMatrix& matrix) {
  double count = 0;
  for (int i = 0; i < matrix.size(); ++i) count += static_cast<double>(matrix.row(i).size());
  return count;
}

/// Limbs of the least common denominator of all entries, as far as the matrix may be long.
double denominator_limbs(const exact::RationalMatrix& matrix) {
  const double most = kMostMatrixLength / (1 + entries(matrix)) + 1;
  exact::Integer common = 1;
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) {
      common = lcm(common, denominator(entry.value));
      if (static_cast<double>(msb(common)) > 64 * most) return most;
    }
  }
  return static_cast<double>(msb(common) + 1) / 64;
}

std::string chain_name(int head) {
  return head < 0 ? "the mean" : "head " + std::to_string(head + 1);
}

std::string fact_name(const claim::Fact& fact) {
  if (fact.kind == claim::Fact::Kind::fidelity) {
    return "the fidelity of node " + std::to_string(fact.node + 1) + " of " + chain_name(fact.head);
  }
  if (fact.kind == claim::Fact::Kind::weight_region) return "a weight region";
  return "the mixing time of " + chain_name(fact.head) + " at " + exact::to_string(fact.epsilon);
}

/// The proofs of one system, chain by chain. `budget` is the work that a replay may still take: a chain costs
/// what its longest run of steps does.
class SystemProver {
 public:
  SystemProver(const HeadSystem& system, const claim::Convention& convention, double& budget)
      : system_(system), convention_(convention), budget_(budget) {}

  /// Completes the fact, or says why it cannot be proved.
  std::string prove(const claim::Fact& source, Fact& fact) {
    fact.kind = source.kind;
    if (source.kind == claim::Fact::Kind::mixing_time && convention_.mixing.distance == walk::Distance::l1) {
      fact.kind = claim::Fact::Kind::mixing_time_l1;
    }
    fact.head = source.head;
    if (source.kind == claim::Fact::Kind::fidelity) return prove_fidelity(source, fact);
    if (source.kind == claim::Fact::Kind::weight_region) {
      fact.region = canonical_text(document_of(*source.region, convention_.fidelity.sink_counts));
      return "";
    }
    fact.epsilon = source.epsilon;
    fact.time = source.time;
    Run& run = walks_[source.head];
    if (!run.prepared) {
      run.matrix = source.head < 0 ? heads::mean_walk(system_, kAsStored)
                                   : heads::walk_of(system_, source.head, kAsStored);
      run.prepared = true;
    }
    if (!run.matrix.matrix) return run.matrix.reason;
    return charge(run, source.time, mixing_replay_cost);
  }

 private:
  struct Run {
    bool prepared = false;
    MatrixOrReason matrix;
    std::unique_ptr<diffusion::FidelityProver> prover;  ///< of diffusion matrices
    std::int64_t steps = 0;
    double cost = 0;
  };

  std::string prove_fidelity(const claim::Fact& source, Fact& fact) {
    fact.node = source.node;
    fact.phi = source.fidelity.supremum;
    fact.attained = source.fidelity.attained;
    Run& run = diffusions_[source.head];
    if (!run.prepared) {
      run.matrix = source.head < 0 ? heads::mean_diffusion(system_, kAsStored)
                                   : heads::diffusion_of(system_, source.head, kAsStored);
      run.prepared = true;
      if (run.matrix.matrix) {
        run.prover = std::make_unique<diffusion::FidelityProver>(*run.matrix.matrix, system_.sink,
                                                                 convention_.fidelity);
      }
    }
    if (!run.prover) return run.matrix.reason;
    diffusion::ProofOrReason proof = run.prover->prove(source.node, source.fidelity);
    if (!proof.proof) return proof.reason;
    fact.proof = std::move(*proof.proof);
    if (fact.proof.argument == diffusion::TailArgument::unreachable) {
      fact.proof.argument = diffusion::TailArgument::superharmonic;  // h = e_j is zero where the signal goes
      fact.proof.time = fact.proof.horizon = convention_.fidelity.first_step;
      fact.proof.vector.assign(static_cast<std::size_t>(system_.size()), 0);
      fact.proof.vector[static_cast<std::size_t>(source.node)] = 1;
    }
    return charge(run, fact.proof.horizon, replay_cost);
  }

  template <typename Cost>
  std::string charge(Run& run, std::int64_t steps, const Cost& cost_of) {
    if (steps <= run.steps) return "";
    const double cost = cost_of(*run.matrix.matrix, steps);
    if (cost - run.cost > budget_) return "a replay of " + std::to_string(steps) + " steps is too much work";
    budget_ -= cost - run.cost;
    run.cost = cost;
    run.steps = steps;
    return "";
  }

  const HeadSystem& system_;
  const claim::Convention& convention_;
  double& budget_;
  std::map<int, Run> diffusions_, walks_;  ///< by head, -1 for the mean
};

/// Whether some walk of the system depends on the reading of attention as a walk.
bool walks_on_diffusion(const HeadSystem& system) {
  for (const heads::Head& head : system.heads) {
    if (!head.graph && !head.walk) return true;
  }
  return false;
}

/// Replaces attention; returns the reason why the system does not fit into a certificate, if there is one.
std::string fit(HeadSystem& system, const claim::Convention& convention) {
  if (convention.attention_walk == heads::AttentionWalk::published && walks_on_diffusion(system)) {
    return "a walk on attention as the published program samples it";
  }
  SystemOrReason exact = with_exact_entries(system, convention.reading);
  if (!exact.system) return exact.reason;
  system = std::move(*exact.system);
  return "";
}

}  // namespace

SystemOrReason with_exact_entries(const HeadSystem& system, heads::Reading reading) {
  HeadSystem result = system;
  for (std::size_t h = 0; h < result.heads.size(); ++h) {
    heads::Head& head = result.heads[h];
    if (!head.attention) continue;
    MatrixOrReason matrix = heads::attention_matrix(*head.attention, reading);
    if (!matrix.matrix) return {std::nullopt, "head " + std::to_string(h + 1) + ": " + matrix.reason};
    head.diffusion = std::move(*matrix.matrix);
    head.attention.reset();
  }
  return {std::move(result), ""};
}

double matrix_length(const exact::RationalMatrix& matrix) {
  return entries(matrix) * denominator_limbs(matrix);
}

double replay_cost(const exact::RationalMatrix& matrix, std::int64_t steps) {
  constexpr double kKept = 100;
  const double limbs = denominator_limbs(matrix);
  const auto t = static_cast<double>(steps);
  const double grown = 1 + limbs * t / 2;
  return t * (entries(matrix) * (1 + limbs) * grown + kKept * matrix.size() * grown);
}

double mixing_replay_cost(const exact::RationalMatrix& walk, std::int64_t steps) {
  constexpr double kFixedLength = 8;
  const double bounded = kFixedLength * (matrix_length(walk) + entries(walk) * static_cast<double>(steps));
  return std::min(replay_cost(walk, steps), bounded);
}

ReadingOrReason certify(const Statement& statement, const claim::Evaluation& evaluation) {
  if (evaluation.truth != Truth::yes && evaluation.truth != Truth::no) {
    return {std::nullopt, "the formula has no truth value: " + evaluation.note};
  }
  if (!evaluation.certifiable) return {std::nullopt, evaluation.note};
  Reading reading;
  reading.statement = statement;
  reading.truth = evaluation.truth == Truth::yes;
  reading.witness = evaluation.witness;
  try {
    spell_out(evaluation, reading);
  } catch (const std::invalid_argument& impossible) {
    return {std::nullopt, impossible.what()};
  }
  const claim::Convention& convention = statement.convention;
  if (reading.statement.given) {
    const std::string reason = fit(*reading.statement.given, convention);
    if (!reason.empty()) return {std::nullopt, "the given system: " + reason};
  }
  double budget = kMostReplayCost;
  for (const claim::UsedSystem& used : evaluation.systems) {
    ListedSystem& listed = reading.systems.emplace_back();
    listed.system = used.system;
    const std::string unfit = fit(listed.system, convention);
    if (!unfit.empty()) return {std::nullopt, unfit};
    SystemProver prover(listed.system, convention, budget);
    for (const claim::Fact& source : used.facts) {
      Fact fact;
      const std::string reason = prover.prove(source, fact);
      // In L1 the text's two names of a mixing time are one.
      if (std::find(listed.facts.begin(), listed.facts.end(), fact) != listed.facts.end()) continue;
      listed.facts.push_back(std::move(fact));
      if (!reason.empty()) {
        return {std::nullopt, "no proof for " + fact_name(source) + " of system " +
                                  std::to_string(reading.systems.size()) + ": " + reason};
      }
    }
  }
  return {std::move(reading), ""};
}

}  // namespace crosshead::certificate
