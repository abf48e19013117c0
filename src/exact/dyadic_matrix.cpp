#include "crosshead/exact/dyadic_matrix.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace crosshead::exact {
namespace {

using Wide = unsigned __int128;

constexpr int kLimb = 64;
static_assert(sizeof(mp_limb_t) * 8 == kLimb && GMP_NAIL_BITS == 0);

/// value = significand 2^exponent with an odd significand, or 0.
struct Parts {
  std::uint64_t significand = 0;
  int exponent = 0;
};

Parts parts_of(double value) {
  if (!std::isfinite(value) || value < 0) throw std::logic_error("DyadicMatrix: not a nonnegative number");
  if (value == 0) return {};
  Parts parts;
  const double fraction = std::frexp(value, &parts.exponent);
  constexpr int kBits = std::numeric_limits<double>::digits;
  parts.significand = static_cast<std::uint64_t>(std::ldexp(fraction, kBits));
  const int zeros = std::countr_zero(parts.significand);
  parts.significand >>= zeros;
  parts.exponent += zeros - kBits;
  return parts;
}

int floor_divided(int a) {
  return a >= 0 ? a / kLimb : -((-a + kLimb - 1) / kLimb);
}

}  // namespace

DyadicMatrix::DyadicMatrix(int size)
    : size_(size), limbs_(static_cast<std::size_t>(size) * static_cast<std::size_t>(size)) {}

void DyadicMatrix::cover(int low, int high) {
  const int new_low = std::min(low, low_);
  const std::size_t new_width =
      static_cast<std::size_t>(std::max(high, low_ + static_cast<int>(width_) - 1) - new_low + 1);
  if (new_low == low_ && new_width == width_) return;
  const auto moved = static_cast<std::ptrdiff_t>(low_ - new_low);
  std::vector<mp_limb_t> wider(limbs_.size() / width_ * new_width);
  for (std::size_t entry = 0; entry < limbs_.size() / width_; ++entry) {
    std::copy_n(limbs_.begin() + static_cast<std::ptrdiff_t>(entry * width_), width_,
                wider.begin() + static_cast<std::ptrdiff_t>(entry * new_width) + moved);
  }
  limbs_ = std::move(wider);
  low_ = new_low;
  width_ = new_width;
}

void DyadicMatrix::add(const std::vector<double>& values, double weight) {
  if (values.size() * width_ != limbs_.size()) throw std::logic_error("DyadicMatrix: sizes differ");
  const Parts factor = parts_of(weight);
  int lowest = 0, highest = 0;
  bool any = false;
  for (const double value : values) {
    const Parts parts = parts_of(value);
    if (parts.significand == 0 || factor.significand == 0) continue;
    const int exponent = parts.exponent + factor.exponent;
    const int top = exponent + std::bit_width(parts.significand) + std::bit_width(factor.significand);
    lowest = any ? std::min(lowest, exponent) : exponent;
    highest = any ? std::max(highest, top) : top;
    any = true;
  }
  if (!any) return;
  // One limb of room for the carries of up to 2^64 summands.
  cover(floor_divided(lowest), floor_divided(highest) + 1);
  for (std::size_t entry = 0; entry < values.size(); ++entry) {
    const Parts parts = parts_of(values[entry]);
    if (parts.significand == 0) continue;
    const int exponent = parts.exponent + factor.exponent;
    const int word = floor_divided(exponent), shift = exponent - kLimb * word;
    const Wide product = static_cast<Wide>(parts.significand) * factor.significand;
    const mp_limb_t pieces[3] = {static_cast<mp_limb_t>(product << shift),
                                 static_cast<mp_limb_t>((product << shift) >> kLimb),
                                 shift == 0 ? 0 : static_cast<mp_limb_t>(product >> (2 * kLimb - shift))};
    mp_limb_t* place = limbs_.data() + entry * width_ + static_cast<std::size_t>(word - low_);
    mp_limb_t* const end = limbs_.data() + (entry + 1) * width_;
    mp_limb_t carry = 0;
    for (int k = 0; place != end && (k < 3 || carry != 0); ++k, ++place) {
      const Wide sum = static_cast<Wide>(*place) + (k < 3 ? pieces[k] : 0) + carry;
      *place = static_cast<mp_limb_t>(sum);
      carry = static_cast<mp_limb_t>(sum >> kLimb);
    }
  }
}

bool DyadicMatrix::is_zero(int i, int j) const {
  return std::all_of(limbs(i, j), limbs(i, j) + width_, [](mp_limb_t limb) { return limb == 0; });
}

std::optional<int> DyadicMatrix::lowest_bit(int i, int j) const {
  const mp_limb_t* entry = limbs(i, j);
  for (std::size_t k = 0; k < width_; ++k) {
    if (entry[k] != 0) return exponent() + kLimb * static_cast<int>(k) + std::countr_zero(entry[k]);
  }
  return std::nullopt;
}

namespace {

Rational scaled(Integer numerator, int exponent) {
  return Rational(std::move(numerator), Integer(1) << static_cast<unsigned>(-exponent));
}

Integer integer_of(const mp_limb_t* limbs, std::size_t width) {
  Integer value;
  mpz_import(value.backend().data(), width, -1, sizeof(mp_limb_t), 0, 0, limbs);
  return value;
}

}  // namespace

Rational DyadicMatrix::at(int i, int j) const {
  return scaled(integer_of(limbs(i, j), width_), exponent());
}

Rational DyadicMatrix::row_sum(int i) const {
  std::vector<mp_limb_t> sum(width_ + 1);
  for (int j = 0; j < size_; ++j) {
    sum[width_] += mpn_add_n(sum.data(), sum.data(), limbs(i, j), static_cast<mp_size_t>(width_));
  }
  return scaled(integer_of(sum.data(), width_ + 1), exponent());
}

}  // namespace crosshead::exact
