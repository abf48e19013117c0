#pragma once

#include <array>
#include <optional>

#include "region_chain.hpp"

#include "crosshead/diffusion/region.hpp"

namespace crosshead::diffusion {

/// Signs of a polynomial left of the dividing root of a piece, at it, and right of it; all equal on pieces
/// without one.
struct SideSigns {
  std::array<int, 3> at{};
};

/// One piece of [0, 1] with its chain: a point, an open interval, or an open interval divided by one root.
///
/// Signs are read off coefficients. With a dividing polynomial g (one change of sign among its coefficients:
/// exactly one root in the interval) a polynomial is also decided when it is g^m times one whose coefficients
/// have one sign.
class RegionScene {
 public:
  using Polynomial = exact::UnivariatePolynomial;

  RegionScene(const MatrixPair& pair, const exact::Rational& lower, const exact::Rational& upper)
      : chain_(pair, lower, upper), place_{lower, upper} {}

  const exact::Interval& place() const { return place_; }

  /// REQUIRES: `root` is a polynomial in z with exactly one change of sign.
  void divide_at(Polynomial root);
  void undivided() { root_.reset(); }
  bool is_divided() const { return root_.has_value(); }

  RegionChain& chain() { return chain_; }
  /// Nothing where the coefficients do not tell.
  std::optional<SideSigns> signs(const Polynomial& polynomial) const;

  /// s_node(t) - bar times something positive.
  std::optional<Polynomial> signal_above(int node, std::int64_t t, const exact::Rational& bar);
  /// The two bounds of RegionProof::gates - bar.
  std::optional<std::array<Polynomial, 2>> gated_above(int node, std::int64_t t,
                                                       const std::vector<bool>& gates,
                                                       const std::vector<bool>& inflow,
                                                       const exact::Rational& bar);

  /// The bound from below that the item means, and the same - bar.
  std::optional<RegionChain::Quotient> lower(const RegionProof::Lower& item);
  std::optional<Polynomial> lower_above(const RegionProof::Lower& item, const exact::Rational& bar);

 private:
  RegionChain chain_;
  exact::Interval place_;
  std::optional<Polynomial> root_;
  int left_ = 0;  ///< sign of the root polynomial on its left
};

/// value - bar times something positive.
exact::UnivariatePolynomial minus_bar(const RegionChain::Quotient& value, const exact::Rational& bar);

/// a - b times something positive.
exact::UnivariatePolynomial difference(const RegionChain::Quotient& a, const RegionChain::Quotient& b);

}  // namespace crosshead::diffusion
