#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::diffusion {

/// The data that proves a node fidelity (23) to a reader who only multiplies: what the proof objects of
/// src/certificate/FORMAT.md, section 4, hold. Which fields mean something depends on `argument`.
struct FidelityProof {
  TailArgument argument = TailArgument::unreachable;
  std::int64_t time = 0;                           ///< superharmonic, contraction: first t with s_j(t) = phi
  std::int64_t horizon = 0;                        ///< T, all but unreachable and absorbing
  std::vector<exact::Rational> vector;             ///< h (superharmonic) or y (absorbing), length n
  std::vector<std::vector<exact::Rational>> laws;  ///< contraction: one law per residue, each of length n
  std::vector<exact::Rational> roots;              ///< recurrence: ascending, all in (0, 1)

  bool operator==(const FidelityProof&) const = default;
};

/// A proof, or the reason why there is none.
struct ProofOrReason {
  std::optional<FidelityProof> proof;
  std::string reason;  ///< empty when there is a proof
};

/// Turns decided suprema of one diffusion matrix into proofs.
///
/// Up to 32 nodes the vectors are exact probabilities of ever reaching the node, as long as they are short
/// enough to be read, and the horizon is the least that they allow. Otherwise they are the integers over 2^62
/// of the search, rounded so that every inequality still holds, with the horizon at which the search stopped.
class FidelityProver {
 public:
  /// REQUIRES: `diffusion` nonnegative; it must outlive the prover.
  FidelityProver(const exact::RationalMatrix& diffusion, int sink, const FidelityConvention& convention);
  ~FidelityProver();
  FidelityProver(const FidelityProver&) = delete;
  FidelityProver& operator=(const FidelityProver&) = delete;

  /// REQUIRES: `fidelity` is what diffusion::fidelity says of `node` for the same matrix and convention.
  /// There is no proof of what is undecided or unbounded, of limits along residues of a period or with
  /// characteristic roots outside (0, 1), and of closed classes where the sink hears rows that do not sum
  /// to 1.
  ProofOrReason prove(int node, const NodeFidelity& fidelity);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace crosshead::diffusion
