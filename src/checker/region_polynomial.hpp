// Polynomials in one variable with integer coefficients, and quotients of them (REGION.md, section 2).
#pragma once

#include "src/checker/values.hpp"

namespace crosshead::checker {

struct Polynomial : vector<mpz_class> {  // the constant first, the last not 0
  Polynomial(std::initializer_list<mpz_class> all = {}) : vector(all) { trim(); }
  void trim() {
    while (!empty() && back() == 0) pop_back();
  }
  size_t limbs() const {
    size_t all = 0;
    for (const mpz_class& a : *this) all += 1 + mpz_size(a.get_mpz_t());
    return all;
  }
  void add(const Polynomial& p, const Polynomial& q, bool minus = false) {  // their product
    if (p.empty() || q.empty()) return;
    spend(50 + 6 * p.limbs() * q.limbs());
    resize(std::max(size(), p.size() + q.size() - 1));
    for (size_t i = 0; i < p.size(); ++i)
      for (size_t j = 0; j < q.size(); ++j)
        (minus ? mpz_submul : mpz_addmul)((*this)[i + j].get_mpz_t(), p[i].get_mpz_t(), q[j].get_mpz_t());
    trim();
  }
  // Divides by g if this is a multiple of it with integer coefficients.
  bool divide(const Polynomial& g) {
    Polynomial rest = *this, quotient;
    for (; rest.size() >= g.size(); rest.pop_back()) {
      spend(50 + 6 * mpz_size(rest.back().get_mpz_t()) * g.limbs() + size());
      if (!mpz_divisible_p(rest.back().get_mpz_t(), g.back().get_mpz_t())) return false;
      const mpz_class factor = rest.back() / g.back();
      quotient.insert(quotient.begin(), factor);
      for (size_t i = 0; i < g.size(); ++i) rest[rest.size() - g.size() + i] -= factor * g[i];
    }
    rest.trim();
    return rest.empty() && (*this = quotient, true);
  }
  // The sign that all coefficients but zeros share, 0 where there is none.
  optional<int> sign() const {
    const int last = empty() ? 0 : sgn(back());
    for (const mpz_class& a : *this)
      if (last != 0 && sgn(a) == -last) return {};
    return last;
  }
};
inline Polynomial operator*(const Polynomial& p, const Polynomial& q) {
  Polynomial result;
  result.add(p, q);
  return result;
}
inline Polynomial operator+(Polynomial p, const Polynomial& q) {
  return p.add(q, {1}), p;
}
inline Polynomial operator-(Polynomial p, const Polynomial& q) {
  return p.add(q, {1}, true), p;
}

struct Quotient {
  Quotient(Polynomial p = {}, Polynomial q = {1}) : over(std::move(p)), under(std::move(q)) {}
  Quotient(const mpq_class& x) : over{x.get_num()}, under{x.get_den()} {}
  Polynomial over, under;  // the latter positive
};
inline Quotient operator*(const Quotient& a, const Quotient& b) {
  return {a.over * b.over, a.under * b.under};
}
inline Quotient operator+(const Quotient& a, const Quotient& b) {
  return b.over.empty() ? a : Quotient(a.over * b.under + b.over * a.under, a.under * b.under);
}
inline Quotient operator-(const Quotient& a, const Quotient& b) {
  return a + b * mpq_class(-1);
}

}  // namespace crosshead::checker
