// The row vector in extended floats is a sum of products as the theorem describes, so it is its own proof.
// Its unit roundoff, 2^-64 on this project's processors, leaves enclosures that decide what floats of 53 bits
// and fewer do.
#include "reference.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace crosshead::crosscheck {
namespace {

using exact::Integer;
using exact::Interval;
using exact::Rational;

using Extended = std::numeric_limits<long double>;
constexpr int kWordBits = 64;
static_assert(Extended::radix == 2 && Extended::digits >= std::numeric_limits<double>::digits);

/// Numbers are cut off after a word, so no more digits are claimed.
constexpr int kDigits = Extended::digits < kWordBits ? Extended::digits : kWordBits;
/// Cutting off after 64 bits is an error of at most 2^-63: less than three roundings. A quotient of two such
/// numbers, rounded: less than 2^-61, or 16 roundings.
constexpr int kCutRoundings = 3, kQuotientRoundings = 16;
constexpr long double kQuotientSlack = 0x1p-61L + 2 * Extended::epsilon();

FloatFormat extended_format() {
  return {kDigits, Extended::min_exponent - kDigits, Extended::max_exponent - 1};
}

/// The leading 64 bits of a positive integer as a number in [1/2, 1), cut off, and the exponent that belongs
/// to it.
std::pair<long double, std::int64_t> leading_bits(const Integer& value) {
  mpz_srcptr raw = value.backend().data();
  const std::size_t size = mpz_size(raw);
  const std::size_t bits = mpz_sizeinbase(raw, 2);
  const mp_limb_t top = mpz_getlimbn(raw, static_cast<mp_size_t>(size - 1));
  const int zeros = std::countl_zero(top);
  mp_limb_t word = top << zeros;
  if (zeros > 0 && size > 1)
    word |= mpz_getlimbn(raw, static_cast<mp_size_t>(size - 2)) >> (kWordBits - zeros);
  return {std::ldexp(static_cast<long double>(word), -kWordBits), static_cast<std::int64_t>(bits)};
}

/// The number exactly. REQUIRES: finite, >= 0.
Rational exact_value_of(long double value) {
  if (value == 0) return 0;
  int exponent = 0;
  const long double fraction = std::frexp(value, &exponent);
  // Two words hold the significand of every type up to 128 bits.
  const long double scaled = std::ldexp(fraction, kWordBits);
  const long double high = std::floor(scaled);
  const long double low = std::ldexp(scaled - high, kWordBits);
  Integer significand(static_cast<std::uint64_t>(high));
  significand = (significand << kWordBits) + static_cast<std::uint64_t>(low);
  const int shift = exponent - 2 * kWordBits;
  if (shift >= 0) return Rational(significand << static_cast<unsigned>(shift));
  return Rational(significand, Integer(1) << static_cast<unsigned>(-shift));
}

/// A number not below `bound` >= 0, by little.
long double above(const Rational& bound) {
  constexpr long double kMore = 1 + 0x1p-40L, kTiny = 0x1p-1000L;
  return static_cast<long double>(exact::to_double(bound)) * kMore + kTiny;
}

}  // namespace

Reference::Reference(const exact::RationalMatrix& matrix)
    : nodes_(matrix.size()),
      matrix_(std::make_unique<exact::IntegerMatrix>(matrix)),
      row_(std::make_unique<exact::RowIteration>(*matrix_, nodes_ - 1)) {
  std::tie(denominator_, denominator_exponent_) = leading_bits(row_->denominator());
}

Reference::Reference(const exact::DyadicMatrix& matrix, std::shared_ptr<const MatrixShape> shape,
                     std::int64_t limb_operations)
    : nodes_(matrix.size()),
      matrix_(std::make_unique<exact::IntegerMatrix>(matrix)),
      row_(std::make_unique<exact::RowIteration>(*matrix_, nodes_ - 1)),
      limb_operations_(limb_operations),
      given_(&matrix),
      shape_(std::move(shape)) {
  std::tie(denominator_, denominator_exponent_) = leading_bits(row_->denominator());
}

void Reference::step() {
  // A step costs a little more than the one before it.
  if (!enclosing_ && given_ != nullptr && row_->limb_operations() > limb_operations_) start_enclosing();
  if (enclosing_) {
    step_enclosing();
  } else {
    row_->step();
    std::tie(denominator_, denominator_exponent_) = leading_bits(row_->denominator());
    ++exact_through_;
  }
  ++time_;
}

void Reference::start_enclosing() {
  const auto n = static_cast<std::size_t>(nodes_);
  values_.resize(n);
  Integer total = 0;
  for (int j = 0; j < nodes_; ++j) {
    values_[static_cast<std::size_t>(j)] = near(j).near;
    total += row_->numerator(j);
  }
  entries_.resize(n * n);
  row_ends_.resize(n);
  for (int i = 0; i < nodes_; ++i) {
    for (int j = 0; j < nodes_; ++j) {
      const long double entry = entry_of(i, j);
      entries_[static_cast<std::size_t>(i) * n + static_cast<std::size_t>(j)] = entry;
      if (entry != 0) row_ends_[static_cast<std::size_t>(i)] = static_cast<std::size_t>(j) + 1;
    }
  }
  const FloatFormat format = extended_format();
  bound_ = std::make_unique<RoundingBound>(shape_, nodes_ - 1, MeanFormation{kCutRoundings, false},
                                           FloatArithmetic{format, format, std::nullopt, false},
                                           Underflow::gradual);
  std::vector<bool> reached(n);
  for (std::size_t j = 0; j < n; ++j) reached[j] = values_[j] != 0;
  bound_->restart(reached, kQuotientRoundings, Rational(total, row_->denominator()));
  row_.reset();
  matrix_.reset();
  enclosing_ = true;
}

long double Reference::entry_of(int i, int j) const {
  const mp_limb_t* limbs = given_->limbs(i, j);
  std::size_t top = given_->width();
  while (top > 0 && limbs[top - 1] == 0) --top;
  if (top == 0) return 0;
  const int zeros = std::countl_zero(limbs[top - 1]);
  mp_limb_t word = limbs[top - 1] << zeros;
  if (zeros > 0 && top > 1) word |= limbs[top - 2] >> (kWordBits - zeros);
  return std::ldexp(static_cast<long double>(word),
                    given_->exponent() + kWordBits * static_cast<int>(top - 1) - zeros);
}

void Reference::step_enclosing() {
  const std::size_t n = values_.size();
  next_.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const long double factor = values_[i];
    if (factor == 0) continue;
    const long double* row = entries_.data() + i * n;
    for (std::size_t j = 0; j < row_ends_[i]; ++j) next_[j] += factor * row[j];
  }
  std::swap(values_, next_);
  bound_->step();
  const long double absolute = above(bound_->absolute());
  slack_.assign(n, 0);
  for (int j = 0; j < nodes_; ++j) {
    if (!bound_->reached(j)) continue;
    const long double value = values_[static_cast<std::size_t>(j)];
    // |near - x| <= g x + a, hence |near - x| / near <= (g + a / near) / (1 - g).
    const long double g = above(bound_->relative(j));
    slack_[static_cast<std::size_t>(j)] =
        value > 0 && g < 0.5L ? (g + absolute / value) / (1 - g) * (1 + 0x1p-40L) : Extended::infinity();
  }
}

bool Reference::positive(int node) const {
  return enclosing_ ? bound_->reached(node) : row_->numerator(node) != 0;
}

NearValue Reference::near(int node) const {
  if (enclosing_) {
    const auto j = static_cast<std::size_t>(node);
    return {values_[j], slack_[j]};
  }
  const Integer& numerator = row_->numerator(node);
  if (numerator == 0) return {};
  const auto [bits, exponent] = leading_bits(numerator);
  const std::int64_t scale = exponent - denominator_exponent_;
  if (scale < Extended::min_exponent + 2) return {0, Extended::infinity()};
  if (scale > Extended::max_exponent - 2) return {Extended::infinity(), Extended::infinity()};
  return {std::ldexp(bits / denominator_, static_cast<int>(scale)), kQuotientSlack};
}

Interval Reference::value(int node) const {
  if (!enclosing_) {
    const Rational value = row_->value(node);
    return {value, value};
  }
  if (!positive(node)) return {0, 0};
  const Rational near = exact_value_of(values_[static_cast<std::size_t>(node)]);
  const Rational g = bound_->relative(node), a = bound_->absolute();
  const Rational lower = (near - a) / (1 + g);
  // g < 1: fewer than 2^60 roundings.
  return {lower > 0 ? lower : Rational(0), Rational((near + a) / (1 - g))};
}

double Reference::nearest_to(const FloatFormat& format, int node, double other, bool& open) const {
  open = false;
  if (!enclosing_) return nearest(format, row_->numerator(node), row_->denominator());
  const Interval ends = value(node);
  const double low = nearest(format, ends.lower), high = nearest(format, ends.upper);
  if (low == high) return low;
  open = true;
  if (!std::isfinite(high)) return low;
  return ulp_distance(format, other, low) > ulp_distance(format, other, high) ? low : high;
}

}  // namespace crosshead::crosscheck
