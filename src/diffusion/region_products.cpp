#include "region_products.hpp"

#include <flint/fmpz_vec.h>

namespace crosshead::diffusion {

using Polynomial = exact::UnivariatePolynomial;

void add_product(Polynomial& sum, const Polynomial& a, const Polynomial& b) {
  if (a.is_zero() || b.is_zero()) return;
  fmpz_poly_struct* s = sum.raw();
  const fmpz_poly_struct* f = a.raw();
  const slong length = f->length, total = length + b.raw()->length - 1;
  fmpz_poly_fit_length(s, total);
  if (s->length < total) {
    _fmpz_vec_zero(s->coeffs + s->length, total - s->length);
    _fmpz_poly_set_length(s, total);
  }
  for (slong shift = 0; shift < b.raw()->length; ++shift) {
    const fmpz* factor = b.raw()->coeffs + shift;
    if (fmpz_is_zero(factor) == 0) _fmpz_vec_scalar_addmul_fmpz(s->coeffs + shift, f->coeffs, length, factor);
  }
}

void add_product(RegionChain::Quotient& sum, const RegionChain::Quotient& term, const Polynomial& weight) {
  if (term.numerator.is_zero()) return;
  sum.numerator = sum.numerator * term.denominator + term.numerator * weight * sum.denominator;
  sum.denominator = sum.denominator * term.denominator;
}

}  // namespace crosshead::diffusion
