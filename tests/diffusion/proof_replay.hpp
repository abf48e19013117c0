#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "crosshead/diffusion/fidelity_proof.hpp"

namespace crosshead::testing {

/// Replays proofs as src/certificate/FORMAT.md, section 4, states them: rational rows and nothing else.
/// Shares no step with the code that finds proofs.
class ProofReplay {
 public:
  using Rational = exact::Rational;
  using Row = std::vector<Rational>;
  using Argument = diffusion::TailArgument;

  ProofReplay(const exact::RationalMatrix& diffusion, int sink, int first_step)
      : n_(static_cast<std::size_t>(diffusion.size())),
        sink_(static_cast<std::size_t>(sink)),
        first_(static_cast<std::size_t>(first_step)),
        d_(n_, Row(n_)) {
    for (std::size_t i = 0; i < n_; ++i) {
      for (const auto& entry : diffusion.row(static_cast<int>(i))) {
        d_[i][static_cast<std::size_t>(entry.column)] = entry.value;
      }
    }
    Row start(n_);
    start[sink_] = 1;
    x_.push_back(start);
    visited_.assign(n_, false);
    for (std::size_t t = 0; t < n_; ++t) {
      for (std::size_t k = 0; k < n_; ++k) visited_[k] = visited_[k] || x(t)[k] > 0;
    }
  }

  /// The first condition that fails, or nothing.
  std::string objection(int node, const Rational& phi, bool attained, const diffusion::FidelityProof& proof) {
    const auto j = static_cast<std::size_t>(node);
    switch (proof.argument) {
      case Argument::unreachable:
        if (j == sink_ || visited_[j]) return "the node is visited";
        return phi == 0 && attained ? "" : "phi is 0, attained";
      case Argument::superharmonic:
        return superharmonic(j, phi, attained, proof);
      case Argument::absorbing_limit:
        return absorbing(j, phi, attained, proof.vector);
      case Argument::contraction:
        return contraction(j, phi, attained, proof);
      case Argument::recurrence:
        return recurrence(j, phi, attained, proof);
      case Argument::undecided:
        break;
    }
    return "not a proof";
  }

 private:
  const Row& x(std::size_t t) {
    while (x_.size() <= t) x_.push_back(times(x_.back()));
    return x_[t];
  }

  Row times(const Row& row) const {
    Row next(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      if (row[i] == 0) continue;
      for (std::size_t k = 0; k < n_; ++k) {
        if (d_[i][k] != 0) next[k] += row[i] * d_[i][k];
      }
    }
    return next;
  }

  Rational dot(const Row& a, const Row& b) const {
    Rational sum = 0;
    for (std::size_t k = 0; k < n_; ++k) sum += a[k] * b[k];
    return sum;
  }

  bool mass_is_kept() const {
    for (std::size_t k = 0; k < n_; ++k) {
      if (visited_[k] && dot(d_[k], Row(n_, 1)) != 1) return false;
    }
    return true;
  }

  /// phi is s_j(t), smaller before and not larger up to T.
  std::string first_maximum(std::size_t j, const Rational& phi, std::int64_t time, std::int64_t horizon) {
    const auto t = static_cast<std::size_t>(time), last = static_cast<std::size_t>(horizon);
    if (time < static_cast<std::int64_t>(first_) || horizon < time) return "first_step <= t <= T";
    for (std::size_t r = first_; r <= last; ++r) {
      if (r < t && x(r)[j] >= phi) return "phi is reached before t";
      if (r == t && x(r)[j] != phi) return "phi is not s_j(t)";
      if (r > t && x(r)[j] > phi) return "phi is exceeded by T";
    }
    return "";
  }

  std::string superharmonic(std::size_t j, const Rational& phi, bool attained,
                            const diffusion::FidelityProof& proof) {
    const Row& h = proof.vector;
    if (!attained) return "attained";
    if (h.size() != n_) return "length of h";
    const std::string maximum = first_maximum(j, phi, proof.time, proof.horizon);
    if (!maximum.empty()) return maximum;
    if (h[j] < 1) return "h_j >= 1";
    for (std::size_t k = 0; k < n_; ++k) {
      if (h[k] < 0) return "h >= 0";
      if (visited_[k] && dot(d_[k], h) > h[k]) return "D h <= h";
    }
    return dot(x(static_cast<std::size_t>(proof.horizon)), h) <= phi ? "" : "x_T . h <= phi";
  }

  std::string absorbing(std::size_t j, const Rational& phi, bool attained, const Row& y) {
    if (attained) return "not attained";
    if (y.size() != n_ || d_[j][j] != 1 || y[j] != 1) return "D_jj = 1, y_j = 1";
    std::vector<bool> reaches(n_);
    reaches[j] = true;
    for (std::size_t round = 0; round < n_; ++round) {
      for (std::size_t k = 0; k < n_; ++k) {
        for (std::size_t l = 0; l < n_; ++l) reaches[k] = reaches[k] || (d_[k][l] > 0 && reaches[l]);
      }
    }
    for (std::size_t k = 0; k < n_; ++k) {
      if (y[k] < 0) return "y >= 0";
      if (visited_[k] && dot(d_[k], y) != y[k]) return "D y = y";
      if (visited_[k] && y[k] > 0 && !reaches[k]) return "a path to j";
    }
    if (phi != y[sink_]) return "phi = y_tau";
    for (std::size_t k = 0; k < n_; ++k) {
      if (k != j && y[k] > 0 && x(n_)[k] > 0) return "";
    }
    return "some mass is on its way for ever";
  }

  std::string contraction(std::size_t j, const Rational& phi, bool attained,
                          const diffusion::FidelityProof& proof) {
    if (!attained || !mass_is_kept() || proof.laws.empty()) return "attained, rows that sum to 1, laws";
    const std::string maximum = first_maximum(j, phi, proof.time, proof.horizon);
    if (!maximum.empty()) return maximum;
    const std::size_t q = proof.laws.size();
    Rational largest = 0;
    for (std::size_t r = 0; r < q; ++r) {
      const Row& law = proof.laws[r];
      if (law.size() != n_ || dot(law, Row(n_, 1)) != 1) return "laws sum to 1";
      for (std::size_t k = 0; k < n_; ++k) {
        if (law[k] < 0 || (law[k] != 0 && !visited_[k])) return "laws on visited nodes";
      }
      if (times(law) != proof.laws[(r + 1) % q]) return "y_r D = y_{r+1}";
      largest = std::max(largest, law[j]);
    }
    const auto horizon = static_cast<std::size_t>(proof.horizon);
    const Row& law = proof.laws[horizon % q];
    Rational distance = 0;
    for (std::size_t k = 0; k < n_; ++k) distance += abs(x(horizon)[k] - law[k]) / 2;
    return largest + distance <= phi ? "" : "the limit and the distance to it";
  }

  std::string recurrence(std::size_t j, const Rational& phi, bool attained,
                         const diffusion::FidelityProof& proof) {
    const auto horizon = static_cast<std::size_t>(proof.horizon);
    const std::size_t m = proof.roots.size();
    if (attained || !mass_is_kept() || horizon < first_) return "not attained, rows that sum to 1";
    if (m == 0 || proof.roots.front() <= 0 || proof.roots.back() >= 1) return "roots in (0, 1)";
    if (!std::is_sorted(proof.roots.begin(), proof.roots.end())) return "ascending roots";
    for (std::size_t t = first_; t <= horizon; ++t) {
      if (phi - x(t)[j] <= 0) return "a_t > 0";
    }
    for (std::size_t i = 1; i < m; ++i) {
      if (difference(i, horizon, j, phi, proof.roots) < 0) return "a^i_T >= 0";
    }
    for (std::size_t t = horizon; t <= horizon + n_; ++t) {
      if (difference(m, t, j, phi, proof.roots) != 0) return "a^m_t = 0";
    }
    return "";
  }

  Rational difference(std::size_t i, std::size_t t, std::size_t j, const Rational& phi, const Row& roots) {
    std::vector<Rational> a;
    for (std::size_t k = 0; k <= i; ++k) a.push_back(phi - x(t + k)[j]);
    for (std::size_t level = 1; level <= i; ++level) {
      for (std::size_t k = 0; k + level <= i; ++k) a[k] = a[k + 1] - roots[level - 1] * a[k];
    }
    return a[0];
  }

  std::size_t n_, sink_, first_;
  std::vector<Row> d_;
  std::vector<Row> x_;
  std::vector<bool> visited_;
};

}  // namespace crosshead::testing
