// Compiled without contraction: a fused multiply-add would round once where devices round twice.
#include "float_mean.hpp"

#include "crosshead/crosscheck/float_format.hpp"

namespace crosshead::crosscheck {

using attention::FloatType;

FloatMean::FloatMean(FloatType type, std::size_t entries) : type_(type) {
  if (type == FloatType::float64) {
    wide_.resize(entries);
  } else {
    narrow_.resize(entries);
  }
}

void FloatMean::add(const std::vector<double>& values, double weight) {
  const bool begin = first_;
  first_ = false;
  if (type_ == FloatType::float64) {
    for (std::size_t k = 0; k < wide_.size(); ++k) {
      const double product = values[k] * weight;
      wide_[k] = begin ? product : wide_[k] + product;
    }
    return;
  }
  const FloatFormat operands = operand_format_of(type_);
  const bool rounds = type_ != FloatType::float32;
  const auto share = static_cast<float>(weight);
  for (std::size_t k = 0; k < narrow_.size(); ++k) {
    const double given = rounds ? nearest(operands, static_cast<long double>(values[k])) : values[k];
    const float product = static_cast<float>(given) * share;
    narrow_[k] = begin ? product : narrow_[k] + product;
  }
}

std::vector<double> FloatMean::values() const {
  if (type_ == FloatType::float64) return wide_;
  std::vector<double> result(narrow_.begin(), narrow_.end());
  if (type_ == FloatType::float32) return result;
  const FloatFormat operands = operand_format_of(type_);
  for (double& value : result) value = nearest(operands, static_cast<long double>(value));
  return result;
}

}  // namespace crosshead::crosscheck
