#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crosshead/crosscheck/layer_check.hpp"
#include "crosshead/exact/dyadic_matrix.hpp"

namespace crosshead::crosscheck {

std::string head_label(int head);

/// Refuses entries and weights that some side of the comparison could not hold.
void require_held(const LayerInput& input, const std::vector<double>& values, int h,
                  const std::vector<attention::FloatType>& types);

/// How far the rows of a matrix are from summing to 1; refuses a row that is off by more than allowed.
RowReport row_sums(const LayerInput& input, const exact::DyadicMatrix& matrix, const std::string& what,
                   const std::optional<exact::Rational>& largest_defect);

/// Adds what a head hears of what comes later; refuses it where attention is to be causal.
void add_leaks(RowReport& rows, const LayerInput& input, const std::vector<double>& values,
               const std::string& what, bool causal);

}  // namespace crosshead::crosscheck
