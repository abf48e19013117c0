// Bounds on the completions of a prefix, by backward dynamic programming over blocks of letters. Proofs are
// in word_search.hpp; here is what floating point does to them. All operands are nonnegative and nothing
// underflows (the floors), so a computed number is within a factor (1 + 2^-53)^(+-q) of the exact one, q the
// number of roundings on the way; where an operand was raised, upper bounds stay upper bounds.
#include "word_bounds.hpp"

#include <algorithm>
#include <limits>

#include "word_product.hpp"

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/exact/share_tasks.hpp"

namespace crosshead::heads {
namespace {

using exact::Rational;

/// Multiply-adds and bytes that the windows of all lengths may take.
constexpr double kWindowWork = 4e10, kWindowBytes = 256e6;

/// Correctly rounded where it is normal; raised to `floor` below it.
double upper_entry(const Rational& value, double floor) {
  if (value == 0) return 0;
  return value < exact::exact_value(floor) ? floor : exact::to_double(value);
}

}  // namespace

double Scaled::in_units(std::int64_t unit) const {
  if (mantissa == 0) return 0;
  const std::int64_t shift = exponent - unit;
  if (shift > 4000) return std::numeric_limits<double>::infinity();
  return shift < -4000 ? 0.0 : std::ldexp(mantissa, static_cast<int>(shift));
}

bool operator<(const Scaled& a, const Scaled& b) {
  if (a.mantissa == 0 || b.mantissa == 0) return a.mantissa < b.mantissa;
  int left = 0, right = 0;
  const double x = std::frexp(a.mantissa, &left), y = std::frexp(b.mantissa, &right);
  if (a.exponent + left != b.exponent + right) return a.exponent + left < b.exponent + right;
  return x < y;
}

Rational exact_of(const Scaled& value) {
  Rational result = exact::exact_value(value.mantissa);
  const auto shift = static_cast<mp_bitcnt_t>(std::abs(value.exponent));
  if (value.exponent >= 0) {
    mpq_mul_2exp(result.backend().data(), result.backend().data(), shift);
  } else {
    mpq_div_2exp(result.backend().data(), result.backend().data(), shift);
  }
  return result;
}

Scaled scaled_down(const Rational& value) {
  if (value == 0) return {};
  const Rational dyadic = exact::rounded_down(value, 53);
  // dyadic = p / 2^a or p: p has few significant bits.
  long exponent = 0;
  const double top = mpz_get_d_2exp(&exponent, mpq_numref(dyadic.backend().data()));
  const auto bottom = static_cast<std::int64_t>(mpz_sizeinbase(mpq_denref(dyadic.backend().data()), 2)) - 1;
  return {top, exponent - bottom};
}

int WordBounds::affordable_window(std::size_t letters, std::size_t nodes, int steps, double columns) {
  const auto m = static_cast<double>(nodes), h = static_cast<double>(letters), t = static_cast<double>(steps);
  if (letters == 1) return 1;
  int window = 0;
  for (double count = h;
       window < steps && count <= columns && t * m * count * sizeof(double) <= kWindowBytes &&
       t * m * m * count * h <= kWindowWork;
       count *= h) {
    ++window;
  }
  return window;
}

WordBounds::WordBounds(const std::vector<exact::RationalMatrix>& matrices,
                       const std::vector<Rational>& weights, const std::vector<int>& nodes,
                       std::size_t target, int steps, int window, int threads)
    : size_(nodes.size()), width_(padded(nodes.size())), window_(window), threads_(threads) {
  slack_ = 4.0 * static_cast<double>(size_ + 3) * static_cast<double>(steps + 8) * 0x1p-53;
  std::vector<int> place(static_cast<std::size_t>(matrices.front().size()), -1);
  for (std::size_t k = 0; k < nodes.size(); ++k)
    place[static_cast<std::size_t>(nodes[k])] = static_cast<int>(k);
  for (std::size_t h = 0; h < matrices.size(); ++h) {
    auto& upper = upper_matrices_.emplace_back(size_ * width_, 0.0);
    std::vector<double> sums(width_, 0.0);
    for (std::size_t k = 0; k < size_; ++k) {
      for (const auto& entry : matrices[h].row(nodes[k])) {
        const int column = place[static_cast<std::size_t>(entry.column)];
        if (column < 0) continue;
        const double value = upper_entry(weights[h] * entry.value, kMatrixFloor);
        if (value == kMatrixFloor) raised_ = static_cast<double>(size_) * kMatrixFloor;
        upper[k * width_ + static_cast<std::size_t>(column)] = value;
        sums[static_cast<std::size_t>(column)] += value;
      }
    }
    auto& lower = lower_matrices_.emplace_back(upper);
    for (double& value : lower) value = value <= kMatrixFloor ? 0.0 : value;
    largest_column_sum_ =
        std::max(largest_column_sum_, *std::max_element(sums.begin(), sums.end()) * margin());
  }

  std::vector<double> start(width_, 0.0), column(size_ * kLanes, 0.0);
  start[target] = 1;
  column[target * kLanes] = 1;
  windows_.push_back(column);
  largest_.push_back(start);
  least_.push_back(start);
  exponents_.push_back(0);
  for (int r = 1; r <= steps; ++r) {
    // Words of the window and one more letter; the last letter is then left to each node.
    const std::vector<double> all = extended(r);
    const std::size_t from_stride = all.size() / size_, count = window_columns(r), stride = padded(count);
    const std::size_t group = r <= window_ ? 1 : letters();
    std::vector<double> next(size_ * stride, 0.0), best(width_, 0.0);
    for (std::size_t k = 0; k < size_; ++k) {
      for (std::size_t w = 0; w < count; ++w) {
        const double* first = all.data() + k * from_stride + w * group;
        next[k * stride + w] = *std::max_element(first, first + group);
        best[k] = std::max(best[k], next[k * stride + w]);
      }
    }
    int shift = 0;
    (void)std::frexp(*std::max_element(best.begin(), best.end()), &shift);
    for (auto* values : {&next, &best}) {
      for (double& value : *values) {
        if (value > 0) value = std::max(std::ldexp(value, -shift), kBoundFloor);
      }
    }
    const std::int64_t unit = exponent(r - 1) + shift;

    // The least completion: every node takes its worst letter. In the units of the largest.
    std::vector<double> worst(width_, 0.0);
    std::fill_n(worst.begin(), size_, std::numeric_limits<double>::infinity());
    const int from = static_cast<int>(std::clamp<std::int64_t>(exponent(r - 1) - unit, -2000, 2000));
    for (const auto& matrix : lower_matrices_) {
      for (std::size_t k = 0; k < size_; ++k) {
        double sum = 0;
        for (std::size_t l = 0; l < size_; ++l) sum += matrix[k * width_ + l] * least_.back()[l];
        worst[k] = std::min(worst[k], sum);
      }
    }
    for (double& value : worst) {
      value = std::ldexp(value, from);
      if (value < kBoundFloor) value = 0;
    }
    windows_.push_back(std::move(next));
    largest_.push_back(std::move(best));
    least_.push_back(std::move(worst));
    exponents_.push_back(unit);
  }
}

std::vector<double> WordBounds::applied(const std::vector<double>& columns, std::size_t count) const {
  const std::size_t stride = columns.size() / size_, total = padded(count * letters());
  std::vector<double> result(size_ * total, 0.0);
  exact::share_tasks(threads_, letters(), [&](std::size_t h) {
    std::vector<double> product(size_ * stride);
    multiply(upper_matrices_[h].data(), size_, width_, size_, columns.data(), stride, product.data());
    for (std::size_t k = 0; k < size_; ++k) {
      for (std::size_t c = 0; c < count; ++c) {
        const double value = product[k * stride + c];
        result[k * total + h * count + c] = value > 0 ? std::max(value, kBoundFloor) : 0.0;
      }
    }
  });
  return result;
}

std::size_t WordBounds::window_columns(int r) const {
  std::size_t count = 1;
  for (int letter = 0; letter < std::min(r, window_); ++letter) count *= letters();
  return count;
}

}  // namespace crosshead::heads
