// One exact (or enclosed) iteration serves all signals. Whether an entry is within its bound is decided with
// the exact numbers; the reported quotients are rounded up, because 5000-bit fractions need no reader.
#include "crosshead/crosscheck/path_check.hpp"

#include <algorithm>
#include <memory>

#include "comparison.hpp"
#include "reference.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Interval;
using exact::Rational;

/// Collects the maxima over t >= 1 of values that are known exactly, and later of enclosures.
class HorizonCollector {
 public:
  explicit HorizonCollector(std::size_t nodes)
      : best_(nodes),
        near_best_(nodes, 0),
        time_(nodes, 1),
        rival_(nodes),
        top_(nodes),
        top_time_(nodes, 0) {}

  void note(const Place& place, const Reference& reference) {
    if (place.time < 1) return;
    const auto j = static_cast<std::size_t>(place.node);
    // A value that is certainly smaller than the best so far needs no fraction.
    const NearValue seen = reference.near(place.node);
    constexpr long double kSafe = 0x1p-40L;
    if (seen.slack < kSafe && seen.near * (1 + kSafe) < near_best_[j] * (1 - kSafe)) return;
    const Interval value = reference.value(place.node);
    if (!reference.exact()) include_enclosure(j, place.time, value.upper);
    if (value.lower > best_[j]) {
      best_[j] = value.lower;
      near_best_[j] = static_cast<long double>(exact::to_double(value.lower));
      time_[j] = place.time;
    }
  }

  ExactHorizon finished() const {
    ExactHorizon horizon;
    horizon.fidelity = best_;
    horizon.time = time_;
    for (std::size_t j = 0; j < best_.size(); ++j) {
      const bool enclosed = top_time_[j] != 0 && top_time_[j] == time_[j];
      horizon.upper.push_back(std::max(best_[j], top_[j]));
      // Exact values come first: an enclosure that only reaches the best of them attains it later.
      horizon.time_decided.push_back(enclosed ? rival_[j] < best_[j] : top_[j] <= best_[j]);
    }
    horizon.minimax = *std::min_element(best_.begin(), best_.end());
    horizon.minimax_upper = *std::min_element(horizon.upper.begin(), horizon.upper.end());
    bool all_exact = true;
    for (std::size_t j = 0; j < best_.size(); ++j) {
      if (best_[j] > horizon.minimax_upper) continue;
      horizon.minimax_nodes.push_back(static_cast<int>(j));
      all_exact = all_exact && best_[j] == horizon.upper[j];
    }
    horizon.minimax_nodes_decided = all_exact || horizon.minimax_nodes.size() == 1;
    return horizon;
  }

 private:
  /// The largest upper end of an enclosure with its time, and the next largest.
  void include_enclosure(std::size_t j, std::int64_t time, const Rational& upper) {
    if (upper > top_[j]) {
      rival_[j] = top_[j];
      top_[j] = upper;
      top_time_[j] = time;
    } else {
      rival_[j] = std::max(rival_[j], upper);
    }
  }

  std::vector<Rational> best_;
  std::vector<long double> near_best_;
  std::vector<std::int64_t> time_;
  std::vector<Rational> rival_, top_;
  std::vector<std::int64_t> top_time_;
};

void require_shapes(int nodes, const std::vector<FloatSignal>& signals, std::int64_t steps) {
  if (steps < 1) throw exact::UsageError("cross-check: at least one step is needed");
  for (const FloatSignal& signal : signals) {
    const std::int64_t rows = steps + 1 - signal.first;
    if (nodes == 0 || rows < 1 ||
        signal.values.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(nodes)) {
      throw exact::UsageError("cross-check: a signal has " + std::to_string(signal.values.size()) +
                              " entries, expected " + std::to_string(rows) + " times " +
                              std::to_string(nodes));
    }
  }
}

PathCheck compare_all(Reference& reference, int nodes, std::vector<Comparison>& comparisons,
                      std::int64_t steps) {
  PathCheck result;
  HorizonCollector horizon(static_cast<std::size_t>(nodes));
  while (true) {
    for (int j = 0; j < nodes; ++j) {
      const Place place{reference.time(), j};
      horizon.note(place, reference);
      for (Comparison& comparison : comparisons) comparison.compare(place, reference);
    }
    if (reference.time() == steps) break;
    reference.step();
    for (Comparison& comparison : comparisons) comparison.step();
  }
  result.exact = horizon.finished();
  result.exact_through = reference.exact_through();
  for (Comparison& comparison : comparisons) result.signals.push_back(comparison.finished(result.exact));
  return result;
}

/// 0 ulp as long as that is certain, and an error where a value is no number of the type.
void judge_exactness(SignalCheck& signal, const ExactSteps& predicted, std::int64_t steps) {
  signal.exact_through = predicted.through;
  signal.unrepresentable_at = predicted.unrepresentable;
  const std::int64_t first = signal.first_error ? signal.first_error->time : steps + 1;
  const bool kept = first > predicted.through;
  const bool shows = !predicted.unrepresentable || *predicted.unrepresentable < signal.first ||
                     first <= *predicted.unrepresentable;
  signal.exactness_confirmed = kept && shows;
}

}  // namespace

PathCheck check_path(const exact::RationalMatrix& mean, int summands, const std::vector<FloatSignal>& signals,
                     std::int64_t steps, Underflow underflow) {
  require_shapes(mean.size(), signals, steps);
  const auto shape = std::make_shared<const MatrixShape>(shape_of(mean));
  std::vector<Comparison> comparisons;
  for (const FloatSignal& signal : signals)
    comparisons.emplace_back(shape, MeanFormation{summands, false}, signal, underflow);
  Reference reference(mean);
  return compare_all(reference, mean.size(), comparisons, steps);
}

PathCheck check_path(const exact::DyadicMatrix& mean, const std::vector<MeanFormation>& formation,
                     const std::vector<FloatSignal>& signals, const PathOptions& options) {
  require_shapes(mean.size(), signals, options.steps);
  const auto shape = std::make_shared<const MatrixShape>(shape_of(mean));
  std::vector<Comparison> comparisons;
  std::vector<FloatArithmetic> predicted;
  for (std::size_t k = 0; k < signals.size(); ++k) {
    comparisons.emplace_back(shape, formation[k], signals[k], options.underflow);
    if (k < options.matrix_exact.size() && options.matrix_exact[k])
      predicted.push_back(arithmetic_of(signals[k].type, signals[k].device));
  }
  Reference reference(mean, shape, options.exact_budget);
  PathCheck result = compare_all(reference, mean.size(), comparisons, options.steps);
  if (predicted.empty()) return result;
  const std::vector<ExactSteps> exactness =
      exact_steps(mean, predicted, std::max<std::int64_t>(result.exact_through, 1));
  std::size_t next = 0;
  for (std::size_t k = 0; k < signals.size(); ++k) {
    if (k < options.matrix_exact.size() && options.matrix_exact[k])
      judge_exactness(result.signals[k], exactness[next++], options.steps);
  }
  return result;
}

}  // namespace crosshead::crosscheck
