#include "crosshead/crosscheck/rounding_bound.hpp"

#include <algorithm>

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;

/// Bounds are kept short by rounding them up; 2^-128 relative is far below what they bound.
Rational shortened(const Rational& value) {
  constexpr unsigned kBits = 128;
  return exact::rounded_up(value, kBits);
}

FloatArithmetic plain(const FloatFormat& format) {
  return {format, format, std::nullopt, false};
}

}  // namespace

std::string name_of(Underflow underflow) {
  return underflow == Underflow::gradual ? "gradual" : "flushed";
}

FloatArithmetic arithmetic_of(FloatType type, attention::Device device) {
  if (type == FloatType::float32 || type == FloatType::float64) return plain(format_of(type));
  return {format_of(FloatType::float32), format_of(type), operand_format_of(type),
          device == attention::Device::cuda};
}

MatrixShape shape_of(const exact::RationalMatrix& matrix) {
  MatrixShape shape;
  shape.sources.resize(static_cast<std::size_t>(matrix.size()));
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i))
      shape.sources[static_cast<std::size_t>(entry.column)].push_back(i);
    shape.row_sum = std::max(shape.row_sum, matrix.row_sum(i));
  }
  shape.row_sum = shortened(shape.row_sum);
  return shape;
}

MatrixShape shape_of(const exact::DyadicMatrix& matrix) {
  MatrixShape shape;
  shape.sources.resize(static_cast<std::size_t>(matrix.size()));
  for (int i = 0; i < matrix.size(); ++i) {
    for (int j = 0; j < matrix.size(); ++j) {
      if (!matrix.is_zero(i, j)) shape.sources[static_cast<std::size_t>(j)].push_back(i);
    }
    shape.row_sum = std::max(shape.row_sum, matrix.row_sum(i));
  }
  shape.row_sum = shortened(shape.row_sum);
  return shape;
}

RoundingBound::RoundingBound(const exact::RationalMatrix& mean, int start, int summands,
                             const FloatFormat& format, Underflow underflow)
    : RoundingBound(std::make_shared<const MatrixShape>(shape_of(mean)), start, {summands, false},
                    plain(format), underflow) {}

RoundingBound::RoundingBound(std::shared_ptr<const MatrixShape> shape, int start, const MeanFormation& mean,
                             const FloatArithmetic& arithmetic, Underflow underflow)
    : shape_(std::move(shape)),
      largest_(arithmetic.results.largest()),
      growth_(arithmetic.sums.unit_roundoff() * (arithmetic.matrix_unit ? 2 : 1)),
      operand_growth_(arithmetic.operands
                          ? Rational(arithmetic.operands->unit_roundoff() * (arithmetic.matrix_unit ? 2 : 1))
                          : Rational(0)),
      roundings_(shape_->sources.size(), -1),
      most_roundings_(shape_->sources.size(), 0),
      summands_(mean.summands),
      per_term_(arithmetic.matrix_unit ? 2 : 1) {
  const bool flushed = underflow == Underflow::flushed;
  const int nodes = shape_->size();
  loss_ =
      flushed ? Rational(3 * arithmetic.sums.smallest_normal()) : Rational(arithmetic.sums.smallest() / 2);
  read_loss_ = flushed ? Rational(nodes * arithmetic.sums.smallest_normal()) : Rational(0);
  roundings_[index(start)] = 0;
  for (const auto& column : shape_->sources) {
    largest_column_ = std::max(largest_column_, static_cast<std::int64_t>(column.size()));
  }
  if (summands_ > 0) {
    mean_loss_ = shortened(summands_ * loss_ * (1 + growth_(summands_ - 1)));
  } else {
    mean_loss_ = flushed ? loss_ : Rational(0);
  }
  if (arithmetic.operands) {
    // Half the smallest number, or all of it where operands are cut off.
    const Rational lost = arithmetic.operands->smallest() / (arithmetic.matrix_unit ? 1 : 2);
    const std::int64_t entry_roundings = (mean.operands_hold_heads ? 0 : 1) + (summands_ > 0 ? 1 : 0);
    operands_a_step_ = entry_roundings + 1;
    if (entry_roundings > 0) {
      mean_loss_ = shortened((mean_loss_ + entry_roundings * lost) * (1 + growth_(summands_)) *
                             (1 + operand_growth_(2)));
    }
    read_loss_ += nodes * lost;
    if (arithmetic.results.precision < arithmetic.sums.precision) store_loss_ = nodes * lost;
  }
  check_range();
}

void RoundingBound::restart(const std::vector<bool>& positive, std::int64_t roundings,
                            const Rational& total) {
  for (std::size_t j = 0; j < roundings_.size(); ++j) roundings_[j] = positive[j] ? roundings : -1;
  total_ = shortened(total);
  absolute_ = static_cast<int>(roundings_.size()) * loss_;
  operand_roundings_ = 0;
}

const Rational& RoundingBound::Growth::operator()(std::int64_t count) const {
  while (static_cast<std::int64_t>(table_.size()) <= count) {
    table_.push_back(shortened(table_.back() * (1 + unit_) + unit_));
  }
  return table_[static_cast<std::size_t>(count)];
}

Rational RoundingBound::relative_of(std::int64_t roundings) const {
  const Rational& sums = growth_(roundings);
  if (operand_roundings_ == 0) return sums;
  const Rational& operands = operand_growth_(operand_roundings_);
  return shortened(sums + operands + sums * operands);
}

Rational RoundingBound::relative_so_far(int node) const {
  const std::int64_t most = most_roundings_[index(node)];
  return most == 0 ? Rational(0) : relative_of(most);
}

void RoundingBound::step() {
  const int n = static_cast<int>(roundings_.size());
  const std::int64_t most = *std::max_element(roundings_.begin(), roundings_.end());
  std::vector<std::int64_t> next(roundings_.size(), -1);
  for (std::size_t j = 0; j < next.size(); ++j) {
    std::int64_t terms = 0, deepest = -1;
    for (const int i : shape_->sources[j]) {
      if (!reached(i)) continue;
      ++terms;
      deepest = std::max(deepest, roundings(i));
    }
    if (terms > 0) next[j] = per_term_ * terms + summands_ + deepest;
  }
  // `most` is -1 only when the whole signal is zero, and then total_ may be anything.
  const Rational operands = 1 + operand_growth_(operands_a_step_);
  const Rational in_sum = 1 + growth_(per_term_ * largest_column_);
  const Rational passed_on =
      (absolute_ + read_loss_) * ((1 + growth_(summands_)) * operands * shape_->row_sum + n * mean_loss_);
  const Rational lost_in_mean =
      n * mean_loss_ * (1 + relative_of(std::max<std::int64_t>(most, 0))) * operands * total_;
  const Rational lost_in_sums = n * per_term_ * largest_column_ * loss_;
  absolute_ = shortened(in_sum * operands * (passed_on + lost_in_mean + lost_in_sums) + store_loss_);
  total_ = shortened(total_ * shape_->row_sum);
  operand_roundings_ += operands_a_step_;
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
  const Rational signal = total_ * (1 + relative_of(std::max<std::int64_t>(most, 0))) + absolute_;
  const Rational entry = shape_->row_sum * (1 + growth_(summands_)) * (1 + operand_growth_(2)) + mean_loss_;
  in_range_ = in_range_ && signal <= largest_ && entry <= largest_;
}

}  // namespace crosshead::crosscheck
