#include "crosshead/crosscheck/rounding_bound.hpp"

#include <algorithm>

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Rational;

/// Bounds are kept short by rounding them up; 2^-128 relative is far below what they bound.
Rational shortened(const Rational& value) {
  constexpr unsigned kBits = 128;
  return exact::rounded_up(value, kBits);
}

}  // namespace

std::string name_of(Underflow underflow) {
  return underflow == Underflow::gradual ? "gradual" : "flushed";
}

RoundingBound::RoundingBound(const exact::RationalMatrix& mean, int start, int summands,
                             const FloatFormat& format, Underflow underflow)
    : format_(format),
      unit_(format.unit_roundoff()),
      sources_(static_cast<std::size_t>(mean.size())),
      roundings_(static_cast<std::size_t>(mean.size()), -1),
      most_roundings_(static_cast<std::size_t>(mean.size()), 0),
      summands_(summands) {
  const bool flushed = underflow == Underflow::flushed;
  loss_ = flushed ? Rational(3 * format.smallest_normal()) : Rational(format.smallest() / 2);
  read_loss_ = flushed ? Rational(mean.size() * format.smallest_normal()) : Rational(0);
  roundings_[index(start)] = 0;
  for (int i = 0; i < mean.size(); ++i) {
    for (const auto& entry : mean.row(i)) sources_[index(entry.column)].push_back(i);
    row_sum_ = std::max(row_sum_, mean.row_sum(i));
  }
  row_sum_ = shortened(row_sum_);
  for (const auto& column : sources_) {
    largest_column_ = std::max(largest_column_, static_cast<std::int64_t>(column.size()));
  }
  if (summands > 0) {
    mean_loss_ = shortened(summands * loss_ * (1 + growth(summands - 1)));
  } else {
    mean_loss_ = flushed ? loss_ : Rational(0);
  }
  check_range();
}

const Rational& RoundingBound::growth(std::int64_t count) const {
  while (static_cast<std::int64_t>(growth_.size()) <= count) {
    growth_.push_back(shortened(growth_.back() * (1 + unit_) + unit_));
  }
  return growth_[static_cast<std::size_t>(count)];
}

const Rational& RoundingBound::relative(int node) const {
  return growth(roundings(node));
}

void RoundingBound::step() {
  const int n = static_cast<int>(roundings_.size());
  const std::int64_t most = *std::max_element(roundings_.begin(), roundings_.end());
  std::vector<std::int64_t> next(roundings_.size(), -1);
  for (std::size_t j = 0; j < next.size(); ++j) {
    std::int64_t terms = 0, deepest = -1;
    for (const int i : sources_[j]) {
      if (!reached(i)) continue;
      ++terms;
      deepest = std::max(deepest, roundings(i));
    }
    if (terms > 0) next[j] = terms + summands_ + deepest;
  }
  // `most` is -1 only when the whole signal is zero, and then total_ may be anything.
  const Rational passed_on = (absolute_ + read_loss_) * ((1 + growth(summands_)) * row_sum_ + n * mean_loss_);
  const Rational lost_in_mean = n * mean_loss_ * (1 + growth(std::max<std::int64_t>(most, 0))) * total_;
  const Rational lost_in_sums = n * largest_column_ * loss_;
  absolute_ = shortened((1 + growth(largest_column_)) * (passed_on + lost_in_mean + lost_in_sums));
  total_ = shortened(total_ * row_sum_);
  roundings_ = std::move(next);
  for (std::size_t j = 0; j < roundings_.size(); ++j) {
    most_roundings_[j] = std::max(most_roundings_[j], roundings_[j]);
  }
  most_absolute_ = std::max(most_absolute_, absolute_);
  ++time_;
  check_range();
}

void RoundingBound::check_range() {
  const std::int64_t most = *std::max_element(roundings_.begin(), roundings_.end());
  const Rational largest = format_.largest();
  const Rational signal = total_ * (1 + growth(std::max<std::int64_t>(most, 0))) + absolute_;
  const Rational entry = row_sum_ * (1 + growth(summands_)) + mean_loss_;
  in_range_ = in_range_ && signal <= largest && entry <= largest;
}

}  // namespace crosshead::crosscheck
