// Mixing time (Def. 2.7) by one row vector. The distance of start j after t steps is 1 - (W^t)_{tau j}, so
// iterating e_tau^T W serves every start at once, and since the distance never increases the first time
// within eps is decided the moment it is seen. Long chains switch to ball arithmetic by squaring
// (mixing_enclosed.cpp); a tie that balls cannot separate comes back to the exact iteration until the limits
// are reached.
#include "crosshead/walk/mixing.hpp"

#include <algorithm>

#include "mixing_rule.hpp"

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::walk {
namespace {

using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;
using exact::RowIteration;

/// Exact work before the enclosed search is tried, in limb operations and steps.
constexpr std::int64_t kExactFirst = 5'000'000;
constexpr std::int64_t kExactFirstSteps = 20'000;
/// Squaring keeps up to 62 dense matrices of balls: beyond this many nodes only the exact iteration is used.
constexpr int kLargestEnclosed = 256;

int least_absorbed(const RowIteration& row, int n) {
  int least = 0;
  for (int j = 1; j < n; ++j) {
    if (row.numerator(j) < row.numerator(least)) least = j;
  }
  return least;
}

Integer total_absorbed(const RowIteration& row, int n) {
  Integer total = 0;
  for (int j = 0; j < n; ++j) total += row.numerator(j);
  return total;
}

/// least/denominator (or total/(n denominator)) against the threshold.
bool within(const RowIteration& row, int n, int least, const AbsorbedThreshold& rule, Start start) {
  const Integer mass = start == Start::worst ? row.numerator(least) : total_absorbed(row, n);
  const Integer whole = start == Start::worst ? row.denominator() : Integer(row.denominator() * n);
  const Integer left = mass * denominator(rule.least), right = whole * numerator(rule.least);
  return rule.strict ? left > right : left >= right;
}

/// Exact iteration up to the given work; stops early when every eps is decided.
class ExactSearch {
 public:
  ExactSearch(const exact::IntegerMatrix& matrix, int sink, std::vector<MixingTime>& results,
              const MixingConvention& convention)
      : n_(matrix.size()), row_(matrix, sink), results_(results), convention_(convention) {
    worst_before_ = least_absorbed(row_, n_);
    record();
  }

  bool pending() const {
    return std::any_of(results_.begin(), results_.end(), [](const MixingTime& m) { return !m.decided; });
  }

  void advance(std::int64_t steps, std::int64_t limb_operations) {
    while (pending() && row_.time() < steps && row_.limb_operations() < limb_operations) {
      worst_before_ = worst_;
      row_.step();
      record();
    }
    for (MixingTime& result : results_) {
      if (!result.decided) result.beyond = row_.time();
    }
  }

 private:
  void record() {
    worst_ = least_absorbed(row_, n_);
    for (MixingTime& result : results_) {
      if (result.decided) continue;
      if (!within(row_, n_, worst_, threshold(result.epsilon, convention_.distance), convention_.start))
        continue;
      result.decided = true;
      result.time = row_.time();
      result.worst_start = worst_before_;
      result.method = "exact";
    }
  }

  int n_;
  RowIteration row_;
  std::vector<MixingTime>& results_;
  const MixingConvention& convention_;
  int worst_ = 0, worst_before_ = 0;
};

}  // namespace

Absorption absorption_at(const RationalMatrix& walk, int sink, const std::vector<std::string>& nodes) {
  const auto name = [&](int node) { return nodes[static_cast<std::size_t>(node)]; };
  if (walk.at(sink, sink) != 1)
    return {false, "the sink " + name(sink) + " is left with positive probability"};
  const std::vector<bool> reaches = graph::reaching(heads::support(walk), sink);
  for (int j = 0; j < walk.size(); ++j) {
    if (!reaches[static_cast<std::size_t>(j)]) {
      return {false, "node " + name(j) + " never reaches the sink " + name(sink)};
    }
  }
  return {true, ""};
}

std::vector<MixingTime> mixing_times(const RationalMatrix& walk, int sink,
                                     const std::vector<std::string>& nodes,
                                     const std::vector<Rational>& epsilons,
                                     const MixingConvention& convention, const Limits& limits) {
  const Absorption absorption = absorption_at(walk, sink, nodes);
  std::vector<MixingTime> results;
  for (const Rational& epsilon : epsilons) {
    MixingTime result;
    result.epsilon = epsilon;
    result.defined = absorption.certain;
    result.decided = !absorption.certain;  // undefined is an answer, not an open question
    result.reason = absorption.reason;
    results.push_back(std::move(result));
  }
  if (!absorption.certain) return results;

  const exact::IntegerMatrix matrix(walk);
  ExactSearch search(matrix, sink, results, convention);
  search.advance(std::min(limits.steps, kExactFirstSteps), std::min(limits.limb_operations, kExactFirst));
  if (search.pending() && walk.size() <= kLargestEnclosed) {
    for (MixingTime& result : results) {
      if (result.decided) continue;
      const EnclosedTime enclosed =
          enclosed_mixing_time(walk, sink, threshold(result.epsilon, convention.distance), convention.start);
      if (!enclosed.decided) continue;
      result.decided = true;
      result.time = enclosed.time;
      result.worst_start = enclosed.worst_start;
      result.method = "enclosed";
      result.beyond = -1;
    }
  }
  search.advance(limits.steps, limits.limb_operations);
  for (MixingTime& result : results) {
    if (!result.decided) {
      result.reason = "not within eps after " + std::to_string(result.beyond) + " exact steps";
      if (walk.size() <= kLargestEnclosed) {
        result.reason += ", and a distance that ball arithmetic cannot tell from eps lies ahead";
      }
    }
  }
  return results;
}

std::vector<ProfilePoint> distance_profile(const RationalMatrix& walk, int sink, std::int64_t steps,
                                           const MixingConvention& convention) {
  const exact::IntegerMatrix matrix(walk);
  RowIteration row(matrix, sink);
  std::vector<ProfilePoint> profile;
  const int n = walk.size();
  for (std::int64_t t = 0; t <= steps; ++t) {
    const int least = least_absorbed(row, n);
    const Rational absorbed = convention.start == Start::worst
                                  ? row.value(least)
                                  : Rational(total_absorbed(row, n), row.denominator() * n);
    const Rational distance = 1 - absorbed;
    profile.push_back({convention.distance == Distance::l1 ? Rational(2 * distance) : distance, least});
    if (t < steps) row.step();
  }
  return profile;
}

std::optional<Rational> forward_probability(const RationalMatrix& walk, int sink) {
  std::vector<Rational> forward(static_cast<std::size_t>(walk.size()));
  for (int i = 0; i < walk.size(); ++i) {
    for (const auto& entry : walk.row(i)) {
      if (entry.column < i) forward[static_cast<std::size_t>(entry.column)] += entry.value;
    }
  }
  std::optional<Rational> least;
  for (int j = 0; j < walk.size(); ++j) {
    const Rational& value = forward[static_cast<std::size_t>(j)];
    if (j != sink && (!least || value < *least)) least = value;
  }
  return least;
}

}  // namespace crosshead::walk
