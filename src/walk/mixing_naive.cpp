// The oracle: dense rational powers of W, every column's total variation distance computed from its
// definition.
#include <algorithm>

#include "crosshead/walk/mixing.hpp"

namespace crosshead::walk {
namespace {

using exact::DenseMatrix;
using exact::Rational;

/// Half the L1 distance between column j and the point mass at the sink.
Rational total_variation(const DenseMatrix& power, int j, int sink) {
  Rational sum = 0;
  for (Eigen::Index i = 0; i < power.rows(); ++i) {
    const Rational difference = power(i, j) - (i == sink ? 1 : 0);
    sum += difference < 0 ? Rational(-difference) : difference;
  }
  return sum / 2;
}

}  // namespace

std::vector<MixingTime> mixing_times_naive(const exact::RationalMatrix& walk, int sink,
                                           const std::vector<std::string>& nodes,
                                           const std::vector<Rational>& epsilons,
                                           const MixingConvention& convention, const Limits& limits) {
  const Absorption absorption = absorption_at(walk, sink, nodes);
  const int n = walk.size();
  std::vector<MixingTime> results(epsilons.size());
  for (std::size_t k = 0; k < epsilons.size(); ++k) {
    results[k].epsilon = epsilons[k];
    results[k].defined = absorption.certain;
    results[k].decided = !absorption.certain;
    results[k].reason = absorption.reason;
  }
  const DenseMatrix step = exact::to_dense(walk);
  DenseMatrix power = DenseMatrix::Constant(n, n, Rational(0));
  for (int i = 0; i < n; ++i) power(i, i) = 1;
  int worst_before = -1;
  for (std::int64_t t = 0; t <= limits.steps; ++t) {
    Rational largest = -1, sum = 0;
    int worst = 0;
    for (int j = 0; j < n; ++j) {
      const Rational distance = total_variation(power, j, sink);
      sum += distance;
      if (distance > largest) {
        largest = distance;
        worst = j;
      }
    }
    const Rational judged = convention.start == Start::worst ? largest : Rational(sum / n);
    bool pending = false;
    for (MixingTime& result : results) {
      if (result.decided) continue;
      const bool near = convention.distance == Distance::total_variation ? judged <= result.epsilon
                                                                         : 2 * judged < result.epsilon;
      if (near) {
        result.decided = true;
        result.time = t;
        result.worst_start = worst_before < 0 ? worst : worst_before;
        result.method = "exact";
      } else {
        result.beyond = t;
        pending = true;
      }
    }
    if (!pending) break;
    worst_before = worst;
    power = (power * step).eval();
  }
  return results;
}

}  // namespace crosshead::walk
