#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "crosshead/diffusion/region.hpp"
#include "crosshead/exact/interval.hpp"
#include "crosshead/exact/matrix.hpp"
#include "crosshead/exact/univariate_polynomial.hpp"

namespace crosshead::diffusion {

/// Two diffusion matrices with weights (b, 1 - b), as integers over one common denominator.
struct MatrixPair {
  /// REQUIRES: equal sizes, no negative entry.
  MatrixPair(const exact::RationalMatrix& first, const exact::RationalMatrix& second, int sink);

  int size;
  int sink;
  exact::Integer denominator;
  std::vector<exact::Integer> first, second;  ///< row-major numerators
};

/// The chain x_t = e_sink D(b)^t for b in an open interval (l, r), or at one point l = r, without rounding.
///
/// With b = (l + r z) / (1 + z), z > 0, the matrix is D(b) = (D(l) + z D(r)) / (1 + z): an interval of
/// weights is a pair of heads again. Every x_t is a row of polynomials in z with nonnegative coefficients
/// over one^t, where one = scale (1 + z), or scale alone at a point. These coefficients are Bernstein
/// coefficients up to positive factors; where those of a difference have one sign, so has the difference on
/// the whole interval.
class RegionChain {
 public:
  using Polynomial = exact::UnivariatePolynomial;

  /// A quotient of polynomials that are nonnegative on the interval, the denominator positive.
  struct Quotient {
    Polynomial numerator, denominator;
  };

  RegionChain(const MatrixPair& pair, const exact::Rational& lower, const exact::Rational& upper);

  int size() const { return size_; }
  /// s_j(t) times one^t. Rows are kept: asking for time t takes the steps up to t once.
  const Polynomial& signal(int j, std::int64_t t) {
    extend(t);
    return rows_[static_cast<std::size_t>(t)][static_cast<std::size_t>(j)];
  }
  /// one^t.
  const Polynomial& unit(std::int64_t t) {
    extend(t);
    return units_[static_cast<std::size_t>(t)];
  }

  /// Whether D_jj(b) = 1: the signal never decreases.
  bool absorbing(int j) const;
  /// Whether j belongs to a closed class of two or more nodes (RegionOrder).
  bool recurrent(int j) const { return class_of(j) >= 0; }
  bool has_limit(int j) const { return absorbing(j) || recurrent(j); }
  /// All s_j(r), r >= t, are at most the largest of these.
  struct Later {
    std::vector<Quotient> bounds;
    bool certified = true;  ///< as in RegionProof::uncertified
  };
  /// Bounds to choose from: the tail, or for closed classes what region_class.cpp says. None where no such
  /// bound exists.
  std::vector<Later> later(int j, std::int64_t t);

  /// The probability h_sink of ever reaching j: the supremum where j is absorbing. In a closed class the
  /// limit of averages over time, no larger than the supremum. Nothing where a feeder lies on a cycle or
  /// keeps all its mass, so that no elimination along the order exists.
  std::optional<Quotient> limit(int j);
  /// The mean of s_j(r) over the random times of `item`. Nothing without an order. With square roots
  /// of the weight, b = w^2, the piece must touch the end at a distance that is a square, and the variable is
  /// another one: signs on the whole piece are all that the quotient may be asked for.
  std::optional<Quotient> averaged(const RegionProof::Lower& item) const;
  /// x_t . h >= s_j(r) for all r >= t, h_k the probability of ever reaching j from k: D h <= h and h_j = 1.
  std::optional<Quotient> tail(int j, std::int64_t t);
  /// The two bounds of RegionProof::gates: x_t . g, and what the gates and what is on its way let through.
  /// Nothing where one of them does not exist.
  std::optional<std::array<Quotient, 2>> gated(int j, std::int64_t t, const std::vector<bool>& gates,
                                               const std::vector<bool>& inflow);

  /// u of RegionProof::slow: u_k over a denominator, and for each slow node m its kappa_m and the
  /// probabilities w_m of reaching it, with kappa_m w_m(k) = passed reach(k) over the denominator.
  struct SlowPotential;
  /// What RegionProof::slow compares at a time, and what must not be negative there.
  struct SlowBounds {
    std::array<Quotient, 2> bounds;
    Polynomial rest;
  };
  /// 0 and what nodes that are not slow keep at a step at either end of the interval, below 1, descending.
  std::vector<exact::Rational> fast_rates(const std::vector<int>& slow) const;
  /// Nothing where some sign is not read off.
  std::optional<SlowPotential> slow_potential(int j, const std::vector<int>& slow,
                                              const exact::Rational& rate);
  SlowBounds slow_bounds(const SlowPotential& u, std::int64_t t);

  /// Differences, times something positive, that must not be positive for the levels of RegionProof::feeder
  /// to bound all signals of `proof.node` from the horizon on; empty where some bound does not exist.
  std::vector<Polynomial> level_excesses(const RegionProof& proof);

 private:
  struct Reach {
    bool exists = false;
    std::vector<Polynomial> numerators;
    Polynomial denominator;
  };
  bool stays_nonnegative(const SlowPotential& u, const exact::Rational& rate) const;
  const Polynomial& entry(int k, int l) const { return entries_[static_cast<std::size_t>(k * size_ + l)]; }
  const Reach& reach(int j);
  /// Probabilities of reaching j before a gate.
  Reach reach_before(int j, const std::vector<bool>& gates) const;
  /// Matrix, 1 and rate weight for `averaged`.
  struct Averaging {
    std::vector<Polynomial> entries;
    Polynomial one, weight;
  };
  std::optional<Averaging> averaging(const RegionProof::Lower& item) const;
  Polynomial dot(std::int64_t t, const std::vector<Polynomial>& vector);
  std::vector<std::optional<Quotient>> bounds(int j, std::int64_t t, const std::vector<bool>& inflow);
  void extend(std::int64_t t);
  int class_of(int j) const { return class_of_.empty() ? -1 : class_of_[static_cast<std::size_t>(j)]; }
  /// Probabilities of reaching one of the targets, which are closed together, before a gate.
  Reach eliminate(const std::vector<int>& targets, const std::vector<bool>& gates) const;
  std::optional<Quotient> class_limit(int j) const;
  Later class_later(int j, std::int64_t t);
  std::vector<Later> pair_later(int j, int other, std::int64_t t);
  /// Reaching the class of j; nothing where it loses mass or the elimination fails.
  std::optional<Reach> reach_class(int j) const;
  /// pi_member times something positive, the same for all members of a class.
  Polynomial stationary_weight(const std::vector<int>& members, int member) const;

  int size_, sink_;
  exact::Rational width_;
  std::vector<Polynomial> entries_;
  Polynomial one_, first_weight_;  ///< 1 and b, over the same denominator
  std::vector<std::vector<Polynomial>> rows_;
  std::vector<Polynomial> units_;
  std::optional<std::vector<int>> order_;
  std::vector<std::vector<int>> classes_;
  std::vector<int> class_of_;  ///< empty without an order
  std::vector<std::optional<Reach>> reach_;
};

struct RegionChain::SlowPotential {
  struct Feeder {
    Polynomial passed;
    const Reach* reach;  ///< of the chain that made it
  };
  int node = -1;
  std::vector<Polynomial> numerators;
  Polynomial denominator;
  std::vector<Feeder> feeders;
};

}  // namespace crosshead::diffusion
