// Entries are integers times 2^-149, so squares are integers times 2^-298: sums in GMP, one integer root
// each.
#include "crosshead/crosscheck/norm_weights.hpp"

#include <cmath>

#include "float32_integer.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Integer;
using exact::Rational;

constexpr mp_bitcnt_t kExtraBits = 128;  ///< of a square, before its root: 64 bits of the root's fraction

/// floor(2^213 sqrt(sum of squares)), and whether that is the root itself.
struct ScaledRoot {
  Integer floor;
  bool exact = false;
};

ScaledRoot root_of(const Integer& squares) {
  Integer scaled, root, remainder;
  mpz_mul_2exp(scaled.backend().data(), squares.backend().data(), kExtraBits);
  mpz_sqrtrem(root.backend().data(), remainder.backend().data(), scaled.backend().data());
  return {root, remainder == 0};
}

}  // namespace

EnclosedWeights norm_weights(const attention::Tensor& out_proj, std::int64_t heads,
                             const std::filesystem::path& file, const std::string& name) {
  const auto count = static_cast<std::size_t>(heads);
  const auto width = static_cast<std::size_t>(out_proj.shape.at(1));
  const std::size_t block = width / count;
  std::vector<Integer> squares(count, Integer(0));
  Integer entry;
  for (std::size_t k = 0; k < out_proj.values.size(); ++k) {
    const double value = out_proj.values[k];
    if (!std::isfinite(value)) {
      throw exact::InputError(file.string(), name, "element " + std::to_string(k) + " is not finite");
    }
    set_float32_integer(entry, value);
    mpz_addmul(squares[k % width / block].backend().data(), entry.backend().data(), entry.backend().data());
  }
  std::vector<Integer> low, high;
  Integer low_sum = 0, high_sum = 0;
  for (const Integer& square : squares) {
    const ScaledRoot root = root_of(square);
    low.push_back(root.floor);
    high.push_back(root.exact ? root.floor : Integer(root.floor + 1));
    low_sum += low.back();
    high_sum += high.back();
  }
  if (high_sum == 0) throw exact::InputError(file.string(), name, "is zero, so the heads have no weights");
  EnclosedWeights weights;
  for (std::size_t h = 0; h < count; ++h) {
    // x / (x + rest) grows with x and falls with the rest.
    const Integer low_total = low[h] + (high_sum - high[h]), high_total = high[h] + (low_sum - low[h]);
    const Rational lower = low[h] == 0 ? Rational(0) : Rational(low[h], low_total);
    const Rational upper = high[h] == 0 ? Rational(0) : Rational(high[h], high_total);
    weights.intervals.push_back({lower, upper});
    weights.nearest.push_back(exact::to_double((lower + upper) / 2));
  }
  return weights;
}

EnclosedWeights exact_weights(const std::vector<Rational>& weights) {
  EnclosedWeights result;
  for (const Rational& weight : weights) {
    result.intervals.push_back({weight, weight});
    result.nearest.push_back(exact::to_double(weight));
  }
  return result;
}

}  // namespace crosshead::crosscheck
