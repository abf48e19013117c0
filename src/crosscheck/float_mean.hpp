#pragma once

#include <vector>

#include "crosshead/attention/float_backend.hpp"

namespace crosshead::crosscheck {

/// The mean of heads in the arithmetic of a float type: one multiplication and one addition for each head, in
/// order, each rounded. Narrow types round each head, then the mean, to their operands' format; sums are
/// float32.
class FloatMean {
 public:
  FloatMean(attention::FloatType type, std::size_t entries);

  /// Adds weight * values. REQUIRES: numbers of the type (float32 for narrow ones).
  void add(const std::vector<double>& values, double weight);
  /// Exact images of the mean's entries.
  std::vector<double> values() const;

 private:
  attention::FloatType type_;
  bool first_ = true;
  std::vector<double> wide_;
  std::vector<float> narrow_;
};

}  // namespace crosshead::crosscheck
