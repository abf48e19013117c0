#pragma once

#include <flint/fmpq.h>
#if __has_include(<flint/arb_mat.h>)  // FLINT 3; before it, Arb keeps its headers elsewhere
#include <flint/arb_mat.h>
#else
#include <arb_mat.h>
#endif

#include "crosshead/exact/rational.hpp"

namespace crosshead::exact {

/// Owns a real number that is known by a ball: a midpoint of many bits and a radius (Arb).
class Ball {
 public:
  Ball() { arb_init(value_); }
  ~Ball() { arb_clear(value_); }
  Ball(const Ball&) = delete;
  Ball& operator=(const Ball&) = delete;
  arb_ptr get() { return value_; }
  arb_srcptr get() const { return value_; }

 private:
  arb_t value_;
};

/// Owns a matrix of balls, [rows, columns], zero at first.
class BallMatrix {
 public:
  BallMatrix(slong rows, slong columns) { arb_mat_init(matrix_, rows, columns); }
  ~BallMatrix() { arb_mat_clear(matrix_); }
  BallMatrix(const BallMatrix&) = delete;
  BallMatrix& operator=(const BallMatrix&) = delete;
  BallMatrix(BallMatrix&& other) noexcept {
    arb_mat_init(matrix_, 0, 0);
    arb_mat_swap(matrix_, other.matrix_);
  }
  BallMatrix& operator=(BallMatrix&&) = delete;
  arb_mat_struct* get() { return matrix_; }
  const arb_mat_struct* get() const { return matrix_; }
  arb_ptr at(slong i, slong j) { return arb_mat_entry(matrix_, i, j); }
  arb_srcptr at(slong i, slong j) const { return arb_mat_entry(matrix_, i, j); }

 private:
  arb_mat_t matrix_;
};

/// Makes `ball` enclose a rational, rounded to so many bits.
inline void set_rational(arb_ptr ball, const Rational& value, slong precision) {
  fmpq_t fraction;
  fmpq_init(fraction);
  fmpq_set_mpq(fraction, value.backend().data());
  arb_set_fmpq(ball, fraction, precision);
  fmpq_clear(fraction);
}

}  // namespace crosshead::exact
