// How long floats stay exact: every partial sum of a column is a multiple of the coarsest common unit of its
// products and at most the whole sum, so it is a number of the format when the whole sum is at most 2^p
// units.
#include <algorithm>

#include "crosshead/crosscheck/path_check.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Integer;

/// x = odd 2^low, 2^high <= x < 2^(high + 1).
struct Span {
  int low = 0, high = 0;
};

Span span_of(const Integer& numerator, int denominator_exponent) {
  return {static_cast<int>(lsb(numerator)) - denominator_exponent,
          static_cast<int>(msb(numerator)) - denominator_exponent};
}

bool holds(const FloatFormat& format, const Span& span) {
  return span.high - span.low < format.precision && span.low >= format.smallest_exponent &&
         span.high <= format.largest_exponent;
}

/// One type on its way through the steps.
struct Prediction {
  FloatArithmetic arithmetic;
  ExactSteps result;
  bool exact = true;
};

}  // namespace

std::vector<ExactSteps> exact_steps(const exact::DyadicMatrix& matrix,
                                    const std::vector<FloatArithmetic>& arithmetics, std::int64_t steps) {
  const int n = matrix.size();
  const exact::IntegerMatrix integers(matrix);
  const int unit_exponent = static_cast<int>(msb(integers.denominator()));
  exact::RowIteration row(integers, n - 1);
  std::vector<Prediction> predictions;
  for (const FloatArithmetic& arithmetic : arithmetics) predictions.push_back({arithmetic, {}, true});
  const auto unfinished = [](const Prediction& prediction) { return !prediction.result.unrepresentable; };
  std::vector<Span> spans(static_cast<std::size_t>(n));
  std::vector<bool> positive(static_cast<std::size_t>(n));
  const auto read = [&] {
    const int exponent = unit_exponent * static_cast<int>(row.time());
    for (int j = 0; j < n; ++j) {
      const auto k = static_cast<std::size_t>(j);
      positive[k] = row.numerator(j) != 0;
      if (positive[k]) spans[k] = span_of(row.numerator(j), exponent);
    }
  };
  read();
  while (row.time() < steps && std::any_of(predictions.begin(), predictions.end(), unfinished)) {
    // The coarsest common unit of the products of each column, while some type is still exact.
    std::vector<std::optional<int>> units(static_cast<std::size_t>(n));
    const bool needed = std::any_of(predictions.begin(), predictions.end(),
                                    [](const Prediction& prediction) { return prediction.exact; });
    for (int i = 0; needed && i < n; ++i) {
      if (!positive[static_cast<std::size_t>(i)]) continue;
      for (int j = 0; j < n; ++j) {
        const std::optional<int> entry = matrix.lowest_bit(i, j);
        if (!entry) continue;
        std::optional<int>& unit = units[static_cast<std::size_t>(j)];
        const int product = *entry + spans[static_cast<std::size_t>(i)].low;
        unit = std::min(unit.value_or(product), product);
      }
    }
    row.step();
    read();
    for (Prediction& prediction : predictions) {
      const FloatArithmetic& arithmetic = prediction.arithmetic;
      bool representable = true, safe = prediction.exact;
      for (std::size_t j = 0; j < spans.size(); ++j) {
        if (!positive[j]) continue;
        representable = representable && holds(arithmetic.results, spans[j]);
        if (needed) safe = safe && holds(arithmetic.sums, Span{*units[j], spans[j].high});
        safe = safe && holds(arithmetic.results, spans[j]) &&
               (!arithmetic.operands || holds(*arithmetic.operands, spans[j]));
      }
      prediction.exact = safe;
      if (safe) prediction.result.through = row.time();
      if (!representable && !prediction.result.unrepresentable)
        prediction.result.unrepresentable = row.time();
    }
  }
  std::vector<ExactSteps> results;
  for (const Prediction& prediction : predictions) results.push_back(prediction.result);
  return results;
}

}  // namespace crosshead::crosscheck
