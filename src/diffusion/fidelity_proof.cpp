// Proofs of decided suprema: the vectors behind the superharmonic and the absorbing argument are the
// probabilities of ever reaching the node (a triangular or linear solve), the laws of the contraction are the
// stationary laws of a power, the roots of the recurrence those of the signal itself.
#include "crosshead/diffusion/fidelity_proof.hpp"

#include <algorithm>

#include "fidelity_proof_limits.hpp"
#include "superharmonic.hpp"

#include "crosshead/exact/linear_solve.hpp"

namespace crosshead::diffusion {

using exact::Rational;
using exact::RationalMatrix;

namespace {

/// Up to this many nodes, horizons up to this many steps and entries of up to this many bits, the exact
/// probabilities of reaching the node are solved for and the horizon is the least.
constexpr int kExactNodes = 32;
constexpr std::int64_t kExactSteps = 512;
constexpr unsigned kReadableBits = 200;

ProofOrReason none(std::string reason) {
  return {std::nullopt, std::move(reason)};
}

bool readable(const std::vector<Rational>& vector) {
  return std::all_of(vector.begin(), vector.end(), [](const Rational& value) {
    return msb(denominator(value)) < kReadableBits && msb(numerator(value) + 1) < kReadableBits;
  });
}

Rational product(const std::vector<Rational>& row, const std::vector<Rational>& column) {
  Rational sum = 0;
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (row[k] != 0 && column[k] != 0) sum += row[k] * column[k];
  }
  return sum;
}

}  // namespace

class FidelityProver::Work {
 public:
  Work(const RationalMatrix& diffusion, int sink, const FidelityConvention& convention)
      : matrix_(diffusion),
        convention_(convention),
        structure_(diffusion, sink),
        rounded_(diffusion, structure_),
        history_(diffusion, sink) {}

  ProofOrReason prove(int j, const NodeFidelity& fidelity) {
    if (!fidelity.decided) return none("the supremum is undecided");
    if (fidelity.unbounded) return none("the signal is unbounded");
    switch (fidelity.argument) {
      case TailArgument::unreachable:
        return {FidelityProof{}, ""};
      case TailArgument::superharmonic:
        return superharmonic_proof(j, fidelity);
      case TailArgument::absorbing_limit:
        return absorbing_proof(j, fidelity);
      case TailArgument::contraction:
        return contraction_proof(j, fidelity);
      case TailArgument::recurrence:
        return recurrence_proof(j, fidelity);
      case TailArgument::undecided:
        break;
    }
    return none("no argument for the supremum is known");
  }

 private:
  /// Whether what the sink hears keeps its mass.
  bool stochastic() const {
    for (std::size_t k = 0; k < structure_.heard.size(); ++k) {
      if (structure_.heard[k] && structure_.row_sums[k] != 1) return false;
    }
    return true;
  }

  /// The vector that is 1 at j and, at the other feeders of j, harmonic: the probability of ever reaching j.
  /// Nothing if some sum diverges.
  std::optional<std::vector<Rational>> reaching(int j) const {
    const std::vector<int> feeders = structure_.feeders(j);
    const auto n = static_cast<std::size_t>(matrix_.size());
    if (structure_.order) {
      std::vector<std::optional<int>> pinned(n, 0);
      for (int k : feeders) pinned[static_cast<std::size_t>(k)].reset();
      pinned[static_cast<std::size_t>(j)] = 1;
      return exact::first_step_solve(matrix_, *structure_.order, pinned, 0);
    }
    std::vector<int> place(n, -1), unknown;
    for (int k : feeders) {
      if (k == j) continue;
      place[static_cast<std::size_t>(k)] = static_cast<int>(unknown.size());
      unknown.push_back(k);
    }
    const auto m = static_cast<Eigen::Index>(unknown.size());
    exact::DenseMatrix system = exact::DenseMatrix::Constant(m, m, Rational(0));
    exact::DenseVector right = exact::DenseVector::Constant(m, Rational(0));
    for (Eigen::Index k = 0; k < m; ++k) {
      system(k, k) = 1;
      for (const auto& entry : matrix_.row(unknown[static_cast<std::size_t>(k)])) {
        const int l = place[static_cast<std::size_t>(entry.column)];
        if (l >= 0) system(k, l) -= entry.value;
        if (entry.column == j) right(k) += entry.value;
      }
    }
    const auto solution = exact::solve(system, right);
    if (!solution) return std::nullopt;
    std::vector<Rational> vector(n);
    vector[static_cast<std::size_t>(j)] = 1;
    for (Eigen::Index k = 0; k < m; ++k) {
      vector[static_cast<std::size_t>(unknown[static_cast<std::size_t>(k)])] = (*solution)(k);
    }
    return vector;
  }

  ProofOrReason superharmonic_proof(int j, const NodeFidelity& fidelity) {
    FidelityProof proof;
    proof.argument = TailArgument::superharmonic;
    proof.time = fidelity.time.value();
    if (matrix_.size() <= kExactNodes && fidelity.horizon <= kExactSteps) {
      auto vector = reaching(j);
      if (vector && readable(*vector)) {
        for (std::int64_t t = proof.time; t <= fidelity.horizon; ++t) {
          if (product(history_.row(t), *vector) > fidelity.supremum) continue;
          proof.horizon = t;
          proof.vector = std::move(*vector);
          return {std::move(proof), ""};
        }
      }
    }
    const auto h = superharmonic(rounded_, structure_, j);
    if (!h) return none("no superharmonic vector of moderate size is known");
    proof.horizon = std::max(fidelity.horizon, proof.time);
    proof.vector.resize(static_cast<std::size_t>(matrix_.size()));
    for (std::size_t k = 0; k < h->nodes.size(); ++k) {
      proof.vector[static_cast<std::size_t>(h->nodes[k])] =
          Rational(exact::Integer(h->weights[k]), exact::Integer(1) << Superharmonic::kBits);
    }
    return {std::move(proof), ""};
  }

  ProofOrReason absorbing_proof(int j, const NodeFidelity& fidelity) const {
    auto vector = reaching(j);
    if (!vector || (*vector)[static_cast<std::size_t>(structure_.sink)] != fidelity.supremum) {
      return none("the probabilities of ending in the node are not known");
    }
    FidelityProof proof;
    proof.argument = TailArgument::absorbing_limit;
    proof.vector = std::move(*vector);
    return {std::move(proof), ""};
  }

  ProofOrReason contraction_proof(int j, const NodeFidelity& fidelity) {
    if (!stochastic()) return none("rows that the sink hears do not sum to 1");
    const std::vector<std::vector<Rational>>& laws = limit_laws();
    if (laws.empty()) return none("the closed classes have too large a common period");
    Rational largest = 0;
    for (const auto& law : laws) largest = std::max(largest, law[static_cast<std::size_t>(j)]);
    // The search measures the distance on the feeders of its nodes alone: here it may take longer to fall.
    const std::int64_t latest = fidelity.horizon + kExactSteps;
    for (std::int64_t t = fidelity.time.value(); t <= latest; ++t) {
      const auto& row = history_.row(t);
      const auto& law = laws[static_cast<std::size_t>(t) % laws.size()];
      Rational distance = 0;
      for (std::size_t k = 0; k < row.size(); ++k) {
        if (row[k] > law[k]) distance += row[k] - law[k];
      }
      if (largest + distance > fidelity.supremum) continue;
      FidelityProof proof;
      proof.argument = TailArgument::contraction;
      proof.time = *fidelity.time;
      proof.horizon = t;
      proof.laws = laws;
      return {std::move(proof), ""};
    }
    return none("the distance to the limit law of the whole chain falls too slowly");
  }

  ProofOrReason recurrence_proof(int j, const NodeFidelity& fidelity) {
    if (!stochastic()) return none("rows that the sink hears do not sum to 1");
    if (fidelity.attained) return none("a limit that is also attained, by its recurrence");
    const auto proof = prove_by_recurrence(history_, j, fidelity.supremum, convention_.first_step,
                                           std::max<std::int64_t>(fidelity.horizon, matrix_.size()));
    if (!proof) return none("the signal's recurrence has characteristic roots outside (0, 1)");
    return {*proof, ""};
  }

  const std::vector<std::vector<Rational>>& limit_laws() {
    if (!laws_) laws_ = laws_of_the_limit(matrix_, structure_);
    return *laws_;
  }

  const RationalMatrix& matrix_;
  FidelityConvention convention_;
  Structure structure_;
  RoundedMatrix rounded_;
  SignalHistory history_;
  std::optional<std::vector<std::vector<Rational>>> laws_;
};

FidelityProver::FidelityProver(const RationalMatrix& diffusion, int sink,
                               const FidelityConvention& convention)
    : work_(std::make_unique<Work>(diffusion, sink, convention)) {}

FidelityProver::~FidelityProver() = default;

ProofOrReason FidelityProver::prove(int node, const NodeFidelity& fidelity) {
  return work_->prove(node, fidelity);
}

}  // namespace crosshead::diffusion
