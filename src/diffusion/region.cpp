// The weights where a claim holds: which question is put to the pieces of [0, 1], and what is refused.
#include "crosshead/diffusion/region.hpp"

#include <algorithm>
#include <stdexcept>

#include "region_order.hpp"
#include "region_search.hpp"

#include "crosshead/graph/digraph.hpp"

namespace crosshead::diffusion {
namespace {

using exact::RationalMatrix;

/// Beyond this the polynomials of the exact path take hours.
constexpr int kMostNodes = 48;
/// Determinants of polynomials, and powers of a class that must come close to its stationary law.
constexpr std::size_t kLargestClass = 12, kCheapClass = 2;
constexpr int kClassDepth = 20;

std::size_t largest_class(const RegionOrder& order) {
  std::size_t size = 1;
  for (const auto& members : order.closed) size = std::max(size, members.size());
  return size;
}

/// Why the pair is outside what is covered; empty if it is inside. Lowers limits where halving is costly.
std::string refusal(const RationalMatrix& first, const RationalMatrix& second, RegionLimits& limits) {
  if (first.size() > kMostNodes) return "more than 48 nodes: the exact polynomials would be too large";
  graph::Digraph both(first.size());
  for (const RationalMatrix* matrix : {&first, &second}) {
    for (int i = 0; i < matrix->size(); ++i) {
      for (const auto& entry : matrix->row(i)) {
        both.add_edge(entry.column, i);
        if (entry.column == i && entry.value > 1) {
          return "a diagonal entry exceeds 1: signals can grow without bound";
        }
      }
    }
  }
  const auto order = region_order(both);
  if (!order) return "the union of the heads has a cycle that hears a node outside it";
  if (largest_class(*order) > kLargestClass) {
    return "more than 12 nodes of the union hear each other and no other node";
  }
  if (largest_class(*order) > kCheapClass) limits.depth = std::min(limits.depth, kClassDepth);
  return "";
}

/// Whether node j takes part in the comparison.
bool counts(const RegionClaim& claim, const FidelityConvention& convention, int sink, int j) {
  if (claim.subject == RegionClaim::Subject::absorbed) return true;
  if (claim.subject == RegionClaim::Subject::minimax) return convention.sink_counts || j != sink;
  return j == claim.node;
}

/// Puts the claim to all of [0, 1], or to one weight.
WeightRegion answer(const RationalMatrix& first, const RationalMatrix& second, int sink,
                    const RegionClaim& claim, const FidelityConvention& convention, RegionLimits limits,
                    const std::optional<exact::Rational>& weight) {
  if (first.size() != second.size()) throw std::invalid_argument("heads of different sizes");
  WeightRegion region;
  region.reason = refusal(first, second, limits);
  region.defined = region.reason.empty();
  if (!region.defined) return region;
  std::vector<int> nodes;
  for (int j = 0; j < first.size(); ++j) {
    if (counts(claim, convention, sink, j)) nodes.push_back(j);
  }
  if (nodes.empty()) {
    region.defined = false;
    region.reason = "no node besides the sink counts";
    return region;
  }
  if (claim.subject == RegionClaim::Subject::absorbed && claim.steps < 0) {  // no time is negative
    if (claim.complement)
      region.holds.push_back({exact::AlgebraicNumber(0), exact::AlgebraicNumber(1), true, true});
    return region;
  }
  const MatrixPair pair(first, second, sink);
  const RegionEstimator estimator(pair, convention.first_step, limits.steps);
  const auto question = [&] {
    switch (claim.subject) {
      case RegionClaim::Subject::nodes:
        return node_question(estimator, claim, convention.first_step);
      case RegionClaim::Subject::absorbed:
        return mixing_question(estimator, pair.size, claim);
      default:
        return threshold_question(estimator, nodes, claim, convention.first_step);
    }
  }();
  region.pieces =
      weight ? search_point(pair, *question, limits, *weight) : search_pieces(pair, *question, limits);
  join_pieces(region.pieces, !claim.complement, region);
  return region;
}

}  // namespace

// With b = z / (1 + z) the chain on (0, 1) gives sum c_i z^i over (d (1 + z))^t: sum c_i b^i (1 - b)^(t - i)
// over d^t.
SignalPolynomial signal_in_weight(const RationalMatrix& first, const RationalMatrix& second, int sink,
                                  int node, std::int64_t t) {
  using Polynomial = exact::UnivariatePolynomial;
  const MatrixPair pair(first, second, sink);
  RegionChain chain(pair, 0, 1);
  const Polynomial& homogeneous = chain.signal(node, t);
  const Polynomial b(std::vector<exact::Integer>{0, 1}), rest(std::vector<exact::Integer>{1, -1});
  Polynomial sum, power_of_rest(std::vector<exact::Integer>{1});
  for (std::int64_t i = t; i >= 0; --i) {
    sum = sum * b + power_of_rest * homogeneous.coefficient(static_cast<int>(i));
    power_of_rest = power_of_rest * rest;
  }
  return {std::move(sum), boost::multiprecision::pow(pair.denominator, static_cast<unsigned>(t))};
}

WeightRegion weight_region(const RationalMatrix& first, const RationalMatrix& second, int sink,
                           const RegionClaim& claim, const FidelityConvention& convention,
                           const RegionLimits& limits) {
  return answer(first, second, sink, claim, convention, limits, std::nullopt);
}

WeightRegion weight_region_at(const exact::Rational& weight, const RationalMatrix& first,
                              const RationalMatrix& second, int sink, const RegionClaim& claim,
                              const FidelityConvention& convention, const RegionLimits& limits) {
  return answer(first, second, sink, claim, convention, limits, weight);
}

}  // namespace crosshead::diffusion
