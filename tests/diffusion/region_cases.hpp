#pragma once

#include <string>
#include <vector>

#include "matrix_rows.hpp"

#include "crosshead/diffusion/region.hpp"
#include "crosshead/graph/enumeration.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::diffusion {

// Heads, claims and answers that the tests of weight regions share.

using crosshead::testing::matrix;
using exact::AlgebraicNumber;
using exact::Rational;
using exact::RationalMatrix;
using Subject = RegionClaim::Subject;

/// All heads of the family on n nodes: feedforward, self-loops everywhere, unique sink.
inline std::vector<RationalMatrix> family(int n) {
  std::vector<std::string> names;
  for (int j = 1; j <= n; ++j) names.push_back(std::to_string(j));
  std::vector<RationalMatrix> result;
  for (const auto code : graph::family_codes(graph::GraphFamily::unique_sink, n)) {
    result.push_back(
        heads::diffusion_matrix(graph::family_graph(graph::GraphFamily::unique_sink, n, code), names)
            .matrix.value());
  }
  return result;
}

inline bool contains(const WeightRegion& region, const Rational& b) {
  for (const RegionInterval& set : region.holds) {
    const int from = set.from.compare(b), to = set.to.compare(b);
    if ((from < 0 || (from == 0 && set.from_closed)) && (to > 0 || (to == 0 && set.to_closed))) return true;
  }
  return false;
}

inline RationalMatrix mean(const RationalMatrix& first, const RationalMatrix& second, const Rational& b) {
  return exact::weighted_sum({first, second}, {b, 1 - b});
}

/// The claim at one weight, by the fidelity of that one matrix.
inline bool holds_at(const RegionClaim& claim, const Fidelity& at) {
  const auto value = [&](int j) { return at.nodes[static_cast<std::size_t>(j)].supremum; };
  const Rational left = claim.subject == Subject::minimax ? at.minimax : value(claim.node);
  const Rational right = claim.subject == Subject::nodes ? value(claim.other) : claim.threshold;
  return (claim.strict ? left > right : left >= right) != claim.complement;
}

inline RegionClaim at_least(const Rational& threshold) {
  RegionClaim claim;
  claim.strict = false;
  claim.threshold = threshold;
  return claim;
}

inline RegionClaim more_than(const Rational& threshold) {
  RegionClaim claim;
  claim.threshold = threshold;
  return claim;
}

}  // namespace crosshead::diffusion
