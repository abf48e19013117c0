// A polynomial on the simplex of convex weights: FLINT substitutes b_H = 1 - b_1 - ... - b_{H-1}.
#include <memory>

#include <flint/fmpq.h>
#include <flint/fmpq_mpoly.h>

#include "crosshead/exact/weight_polynomial.hpp"

namespace crosshead::exact {
namespace {

/// Polynomials over Q in `variables` variables, terms in lexicographic order.
class Ring {
 public:
  explicit Ring(int variables) { fmpq_mpoly_ctx_init(context_, variables, ORD_LEX); }
  ~Ring() { fmpq_mpoly_ctx_clear(context_); }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  const fmpq_mpoly_ctx_struct* get() const { return context_; }

 private:
  fmpq_mpoly_ctx_t context_;
};

class Polynomial {
 public:
  explicit Polynomial(const Ring& ring) : ring_(ring) { fmpq_mpoly_init(value_, ring_.get()); }
  ~Polynomial() { fmpq_mpoly_clear(value_, ring_.get()); }
  Polynomial(const Polynomial&) = delete;
  Polynomial& operator=(const Polynomial&) = delete;
  fmpq_mpoly_struct* get() { return value_; }

 private:
  const Ring& ring_;
  fmpq_mpoly_t value_;
};

}  // namespace

WeightPolynomial WeightPolynomial::on_simplex() const {
  const int left = weights_ - 1;
  const Ring from(weights_), to(left);
  Polynomial whole(from), image(to);
  std::vector<ulong> powers(static_cast<std::size_t>(weights_));
  fmpq_t coefficient;
  fmpq_init(coefficient);
  for (std::size_t k = 0; k < terms(); ++k) {
    const auto exponent = exponents(k);
    for (std::size_t h = 0; h < powers.size(); ++h) powers[h] = static_cast<ulong>(exponent[h]);
    const Rational value = this->coefficient(k);
    fmpq_set_mpq(coefficient, value.backend().data());
    fmpq_mpoly_push_term_fmpq_ui(whole.get(), coefficient, powers.data(), from.get());
  }
  fmpq_mpoly_reduce(whole.get(), from.get());

  std::vector<std::unique_ptr<Polynomial>> images;
  std::vector<fmpq_mpoly_struct*> arguments;
  for (int h = 0; h < weights_; ++h) {
    images.push_back(std::make_unique<Polynomial>(to));
    arguments.push_back(images.back()->get());
    if (h < left) {
      fmpq_mpoly_gen(arguments.back(), h, to.get());
      continue;
    }
    fmpq_mpoly_set_si(arguments.back(), 1, to.get());
    for (int other = 0; other < left; ++other) {
      fmpq_mpoly_sub(arguments.back(), arguments.back(), arguments[static_cast<std::size_t>(other)],
                     to.get());
    }
  }
  fmpq_mpoly_compose_fmpq_mpoly(image.get(), whole.get(), arguments.data(), from.get(), to.get());

  // Coefficients times the common denominator are integers.
  const slong count = fmpq_mpoly_length(image.get(), to.get());
  std::vector<Rational> values;
  Integer common = 1;
  for (slong k = 0; k < count; ++k) {
    fmpq_mpoly_get_term_coeff_fmpq(coefficient, image.get(), k, to.get());
    Rational value;
    fmpq_get_mpq(value.backend().data(), coefficient);
    common = boost::multiprecision::lcm(common, boost::multiprecision::denominator(value));
    values.push_back(std::move(value));
  }
  fmpq_clear(coefficient);
  WeightPolynomial result(left, common);
  std::vector<ulong> read(static_cast<std::size_t>(left) + 1);
  for (slong k = 0; k < count; ++k) {
    fmpq_mpoly_get_term_exp_ui(read.data(), image.get(), k, to.get());
    const std::vector<int> exponent(read.begin(), read.begin() + left);
    const Rational scaled = values[static_cast<std::size_t>(k)] * common;
    result.append(exponent, boost::multiprecision::numerator(scaled));
  }
  return result;
}

}  // namespace crosshead::exact
