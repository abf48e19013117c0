#include "crosshead/exact/integer_row.hpp"

#include <algorithm>
#include <stdexcept>

namespace crosshead::exact {
namespace {

mpz_srcptr raw(const Integer& value) {
  return value.backend().data();
}
mpz_ptr raw(Integer& value) {
  return value.backend().data();
}

void lcm_into(Integer& result, const Integer& value) {
  mpz_lcm(raw(result), raw(result), raw(value));
}

std::size_t limbs(const Integer& value) {
  return mpz_size(raw(value));
}

Integer denominator_of(const Rational& value) {
  Integer result;
  mpz_set(raw(result), mpq_denref(value.backend().data()));
  return result;
}

Integer exact_quotient(const Integer& a, const Integer& b) {
  Integer result;
  mpz_divexact(raw(result), raw(a), raw(b));
  return result;
}

/// value * multiple, an integer because the denominator of value divides multiple.
Integer integer_multiple(const Rational& value, const Integer& multiple) {
  Integer result;
  mpz_divexact(raw(result), raw(multiple), mpq_denref(value.backend().data()));
  mpz_mul(raw(result), raw(result), mpq_numref(value.backend().data()));
  return result;
}

/// Rounds value = p/q to bits significant bits: floor(p 2^s / q) / 2^s with s = bits - log2(value).
Rational rounded(const Rational& value, unsigned bits, bool up) {
  if (value == 0) return value;
  const auto p = mpq_numref(value.backend().data());
  const auto q = mpq_denref(value.backend().data());
  const long shift = static_cast<long>(bits) - static_cast<long>(mpz_sizeinbase(p, 2)) +
                     static_cast<long>(mpz_sizeinbase(q, 2));
  Integer top, bottom;
  mpz_mul_2exp(raw(top), p, static_cast<mp_bitcnt_t>(std::max(shift, 0L)));
  mpz_mul_2exp(raw(bottom), q, static_cast<mp_bitcnt_t>(std::max(-shift, 0L)));
  Integer quotient;
  if (up) {
    mpz_cdiv_q(raw(quotient), raw(top), raw(bottom));
  } else {
    mpz_fdiv_q(raw(quotient), raw(top), raw(bottom));
  }
  Rational result(quotient);
  if (shift >= 0) {
    mpq_div_2exp(result.backend().data(), result.backend().data(), static_cast<mp_bitcnt_t>(shift));
  } else {
    mpq_mul_2exp(result.backend().data(), result.backend().data(), static_cast<mp_bitcnt_t>(-shift));
  }
  return result;
}

}  // namespace

Integer row_denominator(const RationalMatrix& matrix, int i) {
  Integer result = 1;
  for (const auto& entry : matrix.row(i)) lcm_into(result, denominator_of(entry.value));
  return result;
}

Rational rounded_down(const Rational& value, unsigned bits) {
  return rounded(value, bits, false);
}
Rational rounded_up(const Rational& value, unsigned bits) {
  return rounded(value, bits, true);
}

IntegerMatrix::IntegerMatrix(const RationalMatrix& matrix) {
  const int n = matrix.size();
  columns_.resize(static_cast<std::size_t>(n));
  denominator_ = 1;
  std::vector<Integer> by_row(static_cast<std::size_t>(n), 1), by_column(static_cast<std::size_t>(n), 1);
  std::size_t entries = 0;
  for (int i = 0; i < n; ++i) {
    for (const auto& entry : matrix.row(i)) {
      if (entry.value < 0) throw std::logic_error("IntegerMatrix: a negative entry");
      const Integer denominator = denominator_of(entry.value);
      lcm_into(by_row[static_cast<std::size_t>(i)], denominator);
      lcm_into(by_column[static_cast<std::size_t>(entry.column)], denominator);
      ++entries;
    }
  }
  for (const Integer& row : by_row) lcm_into(denominator_, row);

  // Cost of one step in limbs: folding everything into the entries, or one factor per row or per column.
  const auto split_cost = [&](const std::vector<Integer>& local) {
    std::size_t entry_limbs = 0, total = 0;
    for (const Integer& value : local) entry_limbs = std::max(entry_limbs, limbs(value));
    for (const Integer& value : local) total += limbs(denominator_) - limbs(value) + 1;
    return entries * entry_limbs + total;
  };
  const std::size_t folded = entries * limbs(denominator_);
  const std::size_t rows = split_cost(by_row), columns = split_cost(by_column);
  const bool use_rows = rows < folded && rows <= columns;
  const bool use_columns = !use_rows && columns < folded;
  if (use_rows) {
    for (const Integer& value : by_row) row_factors_.push_back(exact_quotient(denominator_, value));
  }
  if (use_columns) {
    for (const Integer& value : by_column) column_factors_.push_back(exact_quotient(denominator_, value));
  }
  for (int i = 0; i < n; ++i) {
    for (const auto& entry : matrix.row(i)) {
      const auto j = static_cast<std::size_t>(entry.column);
      const Integer& multiple = use_rows      ? by_row[static_cast<std::size_t>(i)]
                                : use_columns ? by_column[j]
                                              : denominator_;
      const Integer value = integer_multiple(entry.value, multiple);
      entry_limbs_ = std::max(entry_limbs_, limbs(value));
      for (std::size_t k = 0; k < limbs(value); ++k) {
        const mp_limb_t limb = mpz_getlimbn(raw(value), static_cast<mp_size_t>(k));
        if (limb != 0) columns_[j].push_back({i, static_cast<int>(k), limb});
      }
    }
  }
}

IntegerMatrix::IntegerMatrix(const DyadicMatrix& matrix) {
  const int n = matrix.size();
  columns_.resize(static_cast<std::size_t>(n));
  int unit = 0;  // every entry is a multiple of 2^unit
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) unit = std::min(unit, matrix.lowest_bit(i, j).value_or(0));
  }
  denominator_ = Integer(1) << static_cast<unsigned>(-unit);
  const auto dropped = static_cast<unsigned>(unit - matrix.exponent());
  const std::size_t skipped = dropped / GMP_LIMB_BITS;
  const unsigned bits = dropped % GMP_LIMB_BITS;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const mp_limb_t* limbs = matrix.limbs(i, j);
      for (std::size_t k = skipped; k < matrix.width(); ++k) {
        mp_limb_t limb = limbs[k] >> bits;
        if (bits > 0 && k + 1 < matrix.width()) limb |= limbs[k + 1] << (GMP_LIMB_BITS - bits);
        if (limb == 0) continue;
        columns_[static_cast<std::size_t>(j)].push_back({i, static_cast<int>(k - skipped), limb});
        entry_limbs_ = std::max(entry_limbs_, k - skipped + 1);
      }
    }
  }
}

RowIteration::RowIteration(const IntegerMatrix& matrix, int start)
    : matrix_(matrix),
      numerators_(static_cast<std::size_t>(matrix.size())),
      next_(static_cast<std::size_t>(matrix.size())) {
  numerators_[static_cast<std::size_t>(start)] = 1;
}

void RowIteration::step() {
  if (!matrix_.row_factors_.empty()) {
    for (std::size_t i = 0; i < numerators_.size(); ++i) {
      limb_operations_ += static_cast<std::int64_t>(limbs(numerators_[i]) * limbs(matrix_.row_factors_[i]));
      mpz_mul(raw(numerators_[i]), raw(numerators_[i]), raw(matrix_.row_factors_[i]));
    }
  }
  std::size_t longest = 0;
  for (const Integer& value : numerators_) longest = std::max(longest, limbs(value));
  // Room for every product plus one limb of carries: fewer than 2^64 summands.
  const std::size_t room = longest + matrix_.entry_limbs_ + 1;
  for (std::size_t j = 0; j < next_.size(); ++j) {
    if (matrix_.columns_[j].empty()) {
      next_[j] = 0;
      continue;
    }
    mp_limb_t* sum = mpz_limbs_write(raw(next_[j]), static_cast<mp_size_t>(room));
    std::fill_n(sum, room, 0);
    for (const auto& [row, offset, limb] : matrix_.columns_[j]) {
      const Integer& factor = numerators_[static_cast<std::size_t>(row)];
      const std::size_t length = limbs(factor);
      if (length == 0) continue;
      limb_operations_ += static_cast<std::int64_t>(length);
      mp_limb_t* place = sum + offset;
      mp_limb_t carry =
          mpn_addmul_1(place, mpz_limbs_read(raw(factor)), static_cast<mp_size_t>(length), limb);
      for (place += length; carry != 0; ++place) {
        *place += carry;
        carry = *place < carry ? 1 : 0;
      }
    }
    mpz_limbs_finish(raw(next_[j]), static_cast<mp_size_t>(room));
    if (!matrix_.column_factors_.empty()) {
      limb_operations_ += static_cast<std::int64_t>(limbs(next_[j]) * limbs(matrix_.column_factors_[j]));
      mpz_mul(raw(next_[j]), raw(next_[j]), raw(matrix_.column_factors_[j]));
    }
  }
  std::swap(numerators_, next_);
  mpz_mul(raw(power_), raw(power_), raw(matrix_.denominator_));
  ++time_;
}

}  // namespace crosshead::exact
