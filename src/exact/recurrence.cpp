#include "crosshead/exact/recurrence.hpp"

#include <algorithm>

#include <flint/fmpz.h>
#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>

namespace crosshead::exact {

std::vector<Rational> shortest_recurrence(const std::vector<Rational>& sequence) {
  std::vector<Rational> current, previous;  // the recurrence, and the one before its last change of length
  Rational previous_error = 0;
  std::size_t previous_index = 0;
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    Rational error = sequence[t];
    for (std::size_t k = 0; k < current.size(); ++k) error -= current[k] * sequence[t - k - 1];
    if (error == 0) continue;
    if (current.empty()) {
      current.assign(t + 1, Rational(0));
      previous_error = error;
      previous_index = t;
      continue;
    }
    const Rational scale = error / previous_error;
    std::vector<Rational> correction(t - previous_index - 1, Rational(0));
    correction.push_back(scale);
    for (const Rational& coefficient : previous) correction.push_back(-scale * coefficient);
    if (correction.size() < current.size()) correction.resize(current.size());
    for (std::size_t k = 0; k < current.size(); ++k) correction[k] += current[k];
    if (t + previous.size() >= previous_index + current.size()) {
      previous = current;
      previous_error = error;
      previous_index = t;
    }
    current = std::move(correction);
  }
  return current;
}

std::optional<std::vector<Rational>> rational_roots(const std::vector<Rational>& recurrence) {
  Integer common = 1;
  for (const Rational& coefficient : recurrence) common = lcm(common, denominator(coefficient));
  fmpz_poly_t polynomial;
  fmpz_poly_init(polynomial);
  const auto set = [&](std::size_t power, const Integer& value) {
    fmpz_t coefficient;
    fmpz_init(coefficient);
    fmpz_set_mpz(coefficient, value.backend().data());
    fmpz_poly_set_coeff_fmpz(polynomial, static_cast<slong>(power), coefficient);
    fmpz_clear(coefficient);
  };
  const std::size_t m = recurrence.size();
  set(m, common);
  for (std::size_t k = 0; k < m; ++k) {
    set(m - 1 - k, -numerator(recurrence[k]) * (common / denominator(recurrence[k])));
  }
  fmpz_poly_factor_t factors;
  fmpz_poly_factor_init(factors);
  fmpz_poly_factor(factors, polynomial);
  std::optional<std::vector<Rational>> roots(std::in_place);
  for (slong k = 0; k < factors->num; ++k) {
    const fmpz_poly_struct* factor = factors->p + k;
    if (fmpz_poly_degree(factor) != 1) {
      roots.reset();
      break;
    }
    Integer constant, leading;
    fmpz_get_mpz(constant.backend().data(), fmpz_poly_get_coeff_ptr(factor, 0));
    fmpz_get_mpz(leading.backend().data(), fmpz_poly_get_coeff_ptr(factor, 1));
    roots->insert(roots->end(), static_cast<std::size_t>(factors->exp[k]), Rational(-constant, leading));
  }
  fmpz_poly_factor_clear(factors);
  fmpz_poly_clear(polynomial);
  if (roots) std::sort(roots->begin(), roots->end());
  return roots;
}

bool stays_nonnegative(const std::vector<Rational>& sequence, std::size_t from,
                       const std::vector<Rational>& roots) {
  std::vector<Rational> window(sequence.begin() + static_cast<std::ptrdiff_t>(from),
                               sequence.begin() + static_cast<std::ptrdiff_t>(from + roots.size()));
  for (const Rational& root : roots) {
    if (root <= 0 || window.front() < 0) return false;
    for (std::size_t t = 0; t + 1 < window.size(); ++t) window[t] = window[t + 1] - root * window[t];
    window.pop_back();
  }
  return true;
}

}  // namespace crosshead::exact
