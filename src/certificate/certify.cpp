// From an evaluation to a reading that can be replayed: attention becomes exact entries, and every fact that
// is not recomputed by a checker gets its proof.
#include "crosshead/certificate/certify.hpp"

#include <map>
#include <memory>
#include <stdexcept>

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::certificate {
namespace {

using diffusion::Truth;
using heads::HeadSystem;
using heads::MatrixOrReason;

constexpr heads::Reading kAsStored = heads::Reading::as_stored;

std::string chain_name(int head) {
  return head < 0 ? "the mean" : "head " + std::to_string(head + 1);
}

std::string fact_name(const claim::Fact& fact) {
  if (fact.kind == claim::Fact::Kind::fidelity) {
    return "the fidelity of node " + std::to_string(fact.node + 1) + " of " + chain_name(fact.head);
  }
  return "the mixing time of " + chain_name(fact.head) + " at " + exact::to_string(fact.epsilon);
}

/// The proofs of one system, chain by chain.
class SystemProver {
 public:
  SystemProver(const HeadSystem& system, const claim::Convention& convention)
      : system_(system), convention_(convention) {}

  /// Completes the fact, or says why it cannot be proved.
  std::string prove(const claim::Fact& source, Fact& fact) {
    fact.kind = source.kind;
    fact.head = source.head;
    if (source.kind != claim::Fact::Kind::fidelity) {
      fact.epsilon = source.epsilon;
      fact.time = source.time;
      const MatrixOrReason& walk = walk_of(source.head);
      if (!walk.matrix) return walk.reason;
      return too_long(*walk.matrix, source.time);
    }
    fact.node = source.node;
    fact.phi = source.fidelity.supremum;
    fact.attained = source.fidelity.attained;
    const Chain& chain = chain_of(source.head);
    if (!chain.prover) return chain.diffusion.reason;
    diffusion::ProofOrReason proof = chain.prover->prove(source.node, source.fidelity);
    if (!proof.proof) return proof.reason;
    fact.proof = std::move(*proof.proof);
    return too_long(*chain.diffusion.matrix, fact.proof.horizon);
  }

 private:
  struct Chain {
    MatrixOrReason diffusion;
    std::unique_ptr<diffusion::FidelityProver> prover;
  };

  static std::string too_long(const exact::RationalMatrix& matrix, std::int64_t steps) {
    if (replay_cost(matrix, steps) <= kMostReplayCost) return "";
    return "a replay of " + std::to_string(steps) + " steps is too much work";
  }

  const Chain& chain_of(int head) {
    const auto [found, added] = chains_.try_emplace(head);
    Chain& chain = found->second;
    if (added) {
      chain.diffusion = head < 0 ? heads::mean_diffusion(system_, kAsStored)
                                 : heads::diffusion_of(system_, head, kAsStored);
      if (chain.diffusion.matrix) {
        chain.prover = std::make_unique<diffusion::FidelityProver>(*chain.diffusion.matrix, system_.sink,
                                                                   convention_.fidelity);
      }
    }
    return chain;
  }

  const MatrixOrReason& walk_of(int head) {
    const auto [found, added] = walks_.try_emplace(head);
    if (added) {
      found->second =
          head < 0 ? heads::mean_walk(system_, kAsStored) : heads::walk_of(system_, head, kAsStored);
    }
    return found->second;
  }

  const HeadSystem& system_;
  const claim::Convention& convention_;
  std::map<int, Chain> chains_;
  std::map<int, MatrixOrReason> walks_;
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

double replay_cost(const exact::RationalMatrix& matrix, std::int64_t steps) {
  double entries = 0;
  for (int i = 0; i < matrix.size(); ++i) entries += static_cast<double>(matrix.row(i).size());
  const double limbs = static_cast<double>(msb(exact::IntegerMatrix(matrix).denominator()) + 1) / 64;
  const auto t = static_cast<double>(steps);
  return entries * t * (1 + limbs * limbs * t / 2);
}

ReadingOrReason certify(const Statement& statement, const claim::Evaluation& evaluation) {
  if (evaluation.truth != Truth::yes && evaluation.truth != Truth::no) {
    return {std::nullopt, "the formula has no truth value: " + evaluation.note};
  }
  if (!evaluation.certifiable) return {std::nullopt, evaluation.note};
  Reading reading;
  reading.statement = statement;
  reading.truth = evaluation.truth == Truth::yes;
  reading.enumerated = evaluation.enumerated;
  reading.witness = evaluation.witness;
  const claim::Convention& convention = statement.convention;
  if (reading.statement.given) {
    const std::string reason = fit(*reading.statement.given, convention);
    if (!reason.empty()) return {std::nullopt, "the given system: " + reason};
  }
  for (auto& [name, system] : reading.statement.files) {
    const std::string reason = fit(system, convention);
    if (!reason.empty()) return {std::nullopt, "the system \"" + name + "\": " + reason};
  }
  for (const claim::UsedSystem& used : evaluation.systems) {
    ListedSystem& listed = reading.systems.emplace_back();
    listed.system = used.system;
    const std::string unfit = fit(listed.system, convention);
    if (!unfit.empty()) return {std::nullopt, unfit};
    SystemProver prover(listed.system, convention);
    for (const claim::Fact& source : used.facts) {
      const std::string reason = prover.prove(source, listed.facts.emplace_back());
      if (!reason.empty()) {
        return {std::nullopt, "no proof for " + fact_name(source) + " of system " +
                                  std::to_string(reading.systems.size()) + ": " + reason};
      }
    }
  }
  return {std::move(reading), ""};
}

}  // namespace crosshead::certificate
