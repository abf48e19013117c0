#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/exact/matrix.hpp"

namespace crosshead::testing {

/// How a plain program may evaluate a sum of products: the theorem covers all of these.
enum class Order { ascending, descending, shuffled, pairwise, fused };
inline constexpr Order kOrders[] = {Order::ascending, Order::descending, Order::shuffled, Order::pairwise,
                                    Order::fused};

/// Operands of fewer bits: rounded to nearest multiples of 2^smallest and to `precision` significant bits.
struct NarrowOperands {
  int precision = 24, smallest = -149;
  bool results = false;  ///< results are rounded as well

  double rounded(double value) const {
    int exponent = 0;
    std::frexp(value, &exponent);
    const int unit = std::max(exponent - precision, smallest);
    return std::ldexp(std::nearbyint(std::ldexp(value, -unit)), unit);  // ties to even by default
  }
};
inline NarrowOperands narrow_operands_of(attention::FloatType type) {
  switch (type) {
    case attention::FloatType::float16:
      return {11, -24, true};
    case attention::FloatType::bfloat16:
      return {8, -133, true};
    case attention::FloatType::tf32:
      return {11, -136, false};
    default:
      return {};
  }
}

/// The float path by plain loops in `Float`, one addition order per object.
template <typename Float>
class PlainPath {
 public:
  PlainPath(Order order, bool flushes, std::uint64_t seed, const NarrowOperands& operands = {})
      : order_(order), flushes_(flushes), random_(seed), operands_(operands) {}

  /// heads [H, n, n], weights [H] -> signal [T+1, n] from the last node.
  std::vector<double> signal(const std::vector<double>& heads, const std::vector<double>& weights,
                             std::size_t n, std::int64_t steps) {
    std::vector<Float> mean(n * n), row(n, Float(0));
    for (std::size_t entry = 0; entry < n * n; ++entry) {
      std::vector<Float> a, w;
      for (std::size_t h = 0; h < weights.size(); ++h) {
        a.push_back(operand(static_cast<Float>(heads[h * n * n + entry])));
        w.push_back(static_cast<Float>(weights[h]));
      }
      mean[entry] = operand(sum_of_products(a, w));
    }
    row[n - 1] = 1;
    std::vector<double> result(row.begin(), row.end());
    for (std::int64_t t = 0; t < steps; ++t) {
      std::vector<Float> next(n);
      for (std::size_t j = 0; j < n; ++j) {
        std::vector<Float> column;
        for (std::size_t i = 0; i < n; ++i) column.push_back(mean[i * n + j]);
        std::vector<Float> read = row;
        for (Float& value : read) value = operand(value);
        next[j] = sum_of_products(read, column);
        if (operands_.results) next[j] = operand(next[j]);
      }
      row = next;
      result.insert(result.end(), row.begin(), row.end());
    }
    return result;
  }

 private:
  Float operand(Float value) const {
    return operands_.precision < 24 ? static_cast<Float>(operands_.rounded(value)) : value;
  }

  Float flushed(Float value) const {
    return flushes_ && std::fabs(value) < std::numeric_limits<Float>::min() ? Float(0) : value;
  }

  Float sum_of_products(const std::vector<Float>& a, const std::vector<Float>& b) {
    std::vector<std::size_t> index(a.size());
    for (std::size_t k = 0; k < index.size(); ++k) index[k] = k;
    if (order_ == Order::descending) std::reverse(index.begin(), index.end());
    if (order_ == Order::shuffled) std::shuffle(index.begin(), index.end(), random_);
    std::vector<Float> terms;
    Float fused = 0;
    for (const std::size_t k : index) {
      const Float x = flushed(a[k]), y = flushed(b[k]);
      if (order_ == Order::fused) {
        fused = flushed(std::fma(x, y, fused));
      } else {
        volatile Float product = x * y;  // no contraction by the compiler: `fused` does that
        terms.push_back(flushed(product));
      }
    }
    if (order_ == Order::fused) return fused;
    while (order_ == Order::pairwise && terms.size() > 1) {
      std::vector<Float> sums;
      for (std::size_t k = 0; k + 1 < terms.size(); k += 2) sums.push_back(flushed(terms[k] + terms[k + 1]));
      if (terms.size() % 2 == 1) sums.push_back(terms.back());
      terms = sums;
    }
    Float sum = 0;
    for (const Float term : terms) sum = flushed(sum + term);
    return sum;
  }

  Order order_;
  bool flushes_;
  std::mt19937_64 random_;
  NarrowOperands operands_;
};

/// A backend of plain loops, for tests without LibTorch.
class PlainBackend : public attention::FloatBackend {
 public:
  std::string description() const override { return "plain loops"; }
  bool has_cuda() const override { return false; }
  attention::FloatPath run(const std::vector<double>& heads, const std::vector<double>& weights,
                           std::int64_t batch, std::int64_t head_count, std::int64_t nodes,
                           std::int64_t steps, attention::FloatType type, attention::Device, bool) override {
    attention::FloatPath path;
    const auto block = static_cast<std::ptrdiff_t>(head_count * nodes * nodes);
    for (std::ptrdiff_t b = 0; b < batch; ++b) {
      const std::vector<double> own(heads.begin() + b * block, heads.begin() + (b + 1) * block);
      const std::vector<double> shares(weights.begin() + b * head_count,
                                       weights.begin() + (b + 1) * head_count);
      const auto n = static_cast<std::size_t>(nodes);
      const auto signal = type == attention::FloatType::float64
                              ? PlainPath<double>(Order::ascending, false, 0).signal(own, shares, n, steps)
                              : PlainPath<float>(Order::ascending, false, 0, narrow_operands_of(type))
                                    .signal(own, shares, n, steps);
      path.signal.insert(path.signal.end(), signal.begin(), signal.end());
    }
    return path;
  }
  attention::FloatPath run_powers_naive(const std::vector<double>&, const std::vector<double>&, std::int64_t,
                                        std::int64_t, std::int64_t, std::int64_t, attention::FloatType,
                                        attention::Device) override {
    throw std::logic_error("no powers here");
  }
  attention::ModelAttention attention_of(const attention::ModelSource&, const std::vector<std::int64_t>&,
                                         attention::Device) override {
    throw std::logic_error("no models here");
  }
  bool train(const attention::TrainOptions&,
             const std::function<bool(const attention::TrainProgress&)>&) override {
    throw std::logic_error("no training here");
  }
};

/// Random nonnegative heads that float64 holds for that type, float32 for every other one: half of them
/// causal, entries from several laws, rows with sums near 1 or not, zeros, and entries small enough for
/// subnormal results.
struct RandomLayer {
  std::size_t nodes = 1, head_count = 1;
  std::vector<double> heads, weights;  ///< [H, n, n], [H] as k / 2^20

  RandomLayer(std::mt19937_64& random, attention::FloatType type) {
    const auto below = [&](std::uint64_t bound) { return random() % bound; };
    nodes = 1 + below(7);
    head_count = 1 + below(4);
    const bool causal = below(2) == 0, tiny = below(4) == 0, normalised = below(4) != 0;
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    for (std::size_t row = 0; row < head_count * nodes; ++row) {
      std::vector<double> entries(nodes, 0.0);
      double sum = 0;
      for (std::size_t j = 0; j < nodes; ++j) {
        if (below(4) == 0 || (causal && j > row % nodes)) continue;
        const int exponent = tiny ? -static_cast<int>(below(60)) : -static_cast<int>(below(6));
        sum += entries[j] = std::ldexp(0.5 + uniform(random) / 2, exponent);
      }
      for (const double entry : entries) {
        const double scaled = normalised && sum > 0 ? entry / sum : entry;
        const bool narrow = type != attention::FloatType::float64;
        heads.push_back(narrow ? static_cast<double>(static_cast<float>(scaled)) : scaled);
      }
    }
    std::uint64_t left = 1U << 20;
    for (std::size_t h = 0; h < head_count; ++h) {
      const std::uint64_t units = h + 1 == head_count ? left : below(left + 1);
      weights.push_back(std::ldexp(static_cast<double>(units), -20));
      left -= units;
    }
  }

  int positive_weights() const {
    return static_cast<int>(std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }));
  }
  /// m of the theorem.
  int summands() const { return positive_weights() == 1 ? 0 : positive_weights(); }

  exact::RationalMatrix mean() const {
    exact::RationalMatrix matrix(static_cast<int>(nodes));
    for (std::size_t entry = 0; entry < nodes * nodes; ++entry) {
      exact::Rational value = 0;
      for (std::size_t h = 0; h < head_count; ++h) {
        value += exact::exact_value(weights[h]) * exact::exact_value(heads[h * nodes * nodes + entry]);
      }
      matrix.append(static_cast<int>(entry / nodes), static_cast<int>(entry % nodes), value);
    }
    return matrix;
  }
};

}  // namespace crosshead::testing
