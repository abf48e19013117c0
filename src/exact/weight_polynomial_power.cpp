// Powers of a weighted sum of matrices as polynomials in the weights. Exponent vectors of one degree are
// numbered in descending lexicographic order; only two degrees are held at a time. The number of a vector is
// a sum of binomial coefficients of its tail sums, so adding one letter is a table look-up for each weight.
#include "crosshead/exact/weight_polynomial_power.hpp"

#include <cstdint>
#include <map>
#include <utility>

#include "crosshead/exact/integer_matrix_list.hpp"

namespace crosshead::exact {
namespace {

using Wide = unsigned __int128;

/// rank(a) = sum over i < H of C(tail_i + H - i - 1, H - i), tail_i = a_{i+1} + ... + a_H: that many vectors
/// of the same degree come before a.
class Ranks {
 public:
  Ranks(int weights, int degree) : weights_(weights), width_(degree + 2) {
    // at(i, tail) = C(tail + H - i - 1, H - i): sums over the simplices of the later weights.
    table_.assign(static_cast<std::size_t>(weights) * static_cast<std::size_t>(width_), 0);
    for (int i = weights - 1; i >= 1; --i) {
      for (int tail = 1; tail < width_; ++tail) {
        at(i, tail) = i == weights - 1 ? static_cast<std::size_t>(tail) : at(i, tail - 1) + at(i + 1, tail);
      }
    }
  }

  std::size_t& at(int i, int tail) {
    return table_[static_cast<std::size_t>(i) * static_cast<std::size_t>(width_) +
                  static_cast<std::size_t>(tail)];
  }
  /// Numbers of a + e_1, ..., a + e_H among the vectors of one more degree.
  void following(const std::vector<int>& a, std::vector<std::size_t>& numbers) {
    // a + e_h: the tails before h grow by one. Start with h = H, where all do.
    numbers.resize(static_cast<std::size_t>(weights_));
    int tail = 0;
    std::size_t unchanged = 0;
    for (int i = weights_ - 1; i >= 1; --i) {
      tail += a[static_cast<std::size_t>(i)];
      numbers[static_cast<std::size_t>(i)] = tail_sum(a, i) + unchanged;
      unchanged += at(i, tail);
    }
    numbers[0] = unchanged;
  }

 private:
  /// Sum over 1 <= i <= h of at(i, tail_i + 1).
  std::size_t tail_sum(const std::vector<int>& a, int h) {
    int tail = 0;
    for (int i = weights_ - 1; i > h; --i) tail += a[static_cast<std::size_t>(i)];
    std::size_t sum = 0;
    for (int i = h; i >= 1; --i) {
      tail += a[static_cast<std::size_t>(i)];
      sum += at(i, tail + 1);
    }
    return sum;
  }

  int weights_, width_;
  std::vector<std::size_t> table_;
};

/// The next exponent vector of the same degree in descending lexicographic order; false after the last.
bool advance(std::vector<int>& a) {
  const int last = static_cast<int>(a.size()) - 1;
  int i = last - 1;
  while (i >= 0 && a[static_cast<std::size_t>(i)] == 0) --i;
  if (i < 0) return false;
  const int moved = a[static_cast<std::size_t>(last)] + 1;
  a[static_cast<std::size_t>(last)] = 0;
  --a[static_cast<std::size_t>(i)];
  a[static_cast<std::size_t>(i) + 1] = moved;
  return true;
}

std::vector<int> first_exponents(std::size_t weights, int degree) {
  std::vector<int> a(weights, 0);
  a[0] = degree;
  return a;
}

/// REQUIRES: 0 <= value, and it fits.
template <typename Number>
Number converted(const Integer& value) {
  if constexpr (std::is_same_v<Number, Integer>) {
    return value;
  } else {
    const mpz_srcptr limbs = value.backend().data();
    Number result = mpz_getlimbn(limbs, 0);
    if constexpr (sizeof(Number) > 8) result |= Number(mpz_getlimbn(limbs, 1)) << 64;
    return result;
  }
}

void append(WeightPolynomial& polynomial, const std::vector<int>& exponents, std::uint64_t value) {
  const mp_limb_t limb = value;
  polynomial.append(exponents, std::span(&limb, 1));
}
void append(WeightPolynomial& polynomial, const std::vector<int>& exponents, const Wide& value) {
  const mp_limb_t limbs[2] = {static_cast<mp_limb_t>(value), static_cast<mp_limb_t>(value >> 64)};
  polynomial.append(exponents, std::span(limbs));
}
void append(WeightPolynomial& polynomial, const std::vector<int>& exponents, const Integer& value) {
  polynomial.append(exponents, value);
}

template <typename Number>
void add_product(Number& sum, const Number& a, const Number& b) {
  if constexpr (std::is_same_v<Number, Integer>) {
    mpz_addmul(sum.backend().data(), a.backend().data(), b.backend().data());
  } else {
    sum += a * b;
  }
}

/// Row vectors of all exponent vectors of one degree, after one another: shape monomials x n.
template <typename Number>
std::optional<std::vector<Number>> rows_of_degree(const IntegerMatrixList& matrices, int start, int degree,
                                                  const KeepGoing& keep_going) {
  struct Entry {
    int row, column;
    Number value;
  };
  const auto n = static_cast<std::size_t>(matrices.size());
  const auto heads = static_cast<std::size_t>(matrices.count());
  std::vector<std::vector<Entry>> entries(heads);
  for (std::size_t h = 0; h < heads; ++h) {
    for (int i = 0; i < matrices.size(); ++i) {
      for (const auto& entry : matrices.row(static_cast<int>(h), i)) {
        entries[h].push_back({i, entry.column, converted<Number>(entry.value * matrices.row_factor(i))});
      }
    }
  }
  Ranks ranks(matrices.count(), degree);
  std::vector<Number> rows(n, Number(0)), next;
  rows[static_cast<std::size_t>(start)] = 1;
  std::vector<std::size_t> targets;
  for (int r = 0; r < degree; ++r) {
    next.assign(monomial_count(matrices.count(), r + 1).convert_to<std::size_t>() * n, Number(0));
    std::vector<int> a = first_exponents(heads, r);
    std::size_t source = 0;
    do {
      if (keep_going && source % 256 == 0 && !keep_going()) return std::nullopt;
      ranks.following(a, targets);
      const Number* from = rows.data() + n * source++;
      for (std::size_t h = 0; h < heads; ++h) {
        Number* to = next.data() + n * targets[h];
        for (const Entry& entry : entries[h]) add_product(to[entry.column], from[entry.row], entry.value);
      }
    } while (advance(a));
    rows.swap(next);
  }
  return rows;
}

template <typename Number>
std::optional<std::vector<WeightPolynomial>> polynomials(const IntegerMatrixList& matrices, int start,
                                                         int degree, const KeepGoing& keep_going) {
  auto rows = rows_of_degree<Number>(matrices, start, degree, keep_going);
  if (!rows) return std::nullopt;
  const auto n = static_cast<std::size_t>(matrices.size());
  const Integer denominator =
      boost::multiprecision::pow(matrices.denominator(), static_cast<unsigned>(degree));
  std::vector<WeightPolynomial> result(n, WeightPolynomial(matrices.count(), denominator));
  for (std::size_t j = 0; j < n; ++j) {
    std::size_t terms = 0;
    for (std::size_t k = j; k < rows->size(); k += n) terms += (*rows)[k] != 0 ? 1U : 0U;
    result[j].reserve(terms);
  }
  std::vector<int> a = first_exponents(static_cast<std::size_t>(matrices.count()), degree);
  std::size_t place = 0;
  do {
    for (std::size_t j = 0; j < n; ++j, ++place) {
      if ((*rows)[place] != 0) append(result[j], a, (*rows)[place]);
    }
  } while (advance(a));
  return result;
}

/// Every number of the recurrence is at most S^degree, S the largest sum over a row of all matrices together.
Integer largest_number(const IntegerMatrixList& matrices, int degree) {
  Integer largest = 1;
  for (int i = 0; i < matrices.size(); ++i) {
    Integer sum = 0;
    for (int h = 0; h < matrices.count(); ++h) {
      for (const auto& entry : matrices.row(h, i)) sum += entry.value;
    }
    largest = std::max(largest, Integer(sum * matrices.row_factor(i)));
  }
  return boost::multiprecision::pow(largest, static_cast<unsigned>(degree));
}

}  // namespace

Integer monomial_count(int weights, int degree) {
  Integer result;
  mpz_bin_uiui(result.backend().data(), static_cast<unsigned long>(degree + weights - 1),
               static_cast<unsigned long>(weights - 1));
  return result;
}

std::optional<std::vector<WeightPolynomial>> power_row(const std::vector<RationalMatrix>& matrices, int start,
                                                       int degree, const KeepGoing& keep_going) {
  const IntegerMatrixList list(matrices);
  // Without the power of a long bound: two limbs decide.
  const Integer bound = degree <= 128 ? largest_number(list, degree) : Integer(Integer(1) << 128);
  if (bound < Integer(1) << 64) return polynomials<std::uint64_t>(list, start, degree, keep_going);
  if (bound < Integer(1) << 128) return polynomials<Wide>(list, start, degree, keep_going);
  return polynomials<Integer>(list, start, degree, keep_going);
}

std::vector<WeightPolynomial> power_row_naive(const std::vector<RationalMatrix>& matrices, int start,
                                              int degree) {
  const int n = matrices.front().size();
  std::vector<DenseMatrix> dense;
  for (const RationalMatrix& matrix : matrices) dense.push_back(to_dense(matrix));
  // Sums by letter counts, largest exponent vector first.
  std::map<std::vector<int>, DenseMatrix, std::greater<>> sums;
  std::vector<std::size_t> word(static_cast<std::size_t>(degree), 0);
  while (true) {
    DenseMatrix product = DenseMatrix::Identity(n, n);
    std::vector<int> counts(dense.size(), 0);
    for (const std::size_t letter : word) {
      product = DenseMatrix(product * dense[letter]);
      ++counts[letter];
    }
    const auto [place, fresh] = sums.try_emplace(counts, product);
    if (!fresh) place->second += product;
    std::size_t k = 0;
    while (k < word.size() && ++word[k] == dense.size()) word[k++] = 0;
    if (k == word.size()) break;
  }
  Integer common = 1;
  for (const auto& [counts, sum] : sums) {
    for (int j = 0; j < n; ++j) {
      common = boost::multiprecision::lcm(common, boost::multiprecision::denominator(sum(start, j)));
    }
  }
  std::vector<WeightPolynomial> result(static_cast<std::size_t>(n),
                                       WeightPolynomial(static_cast<int>(dense.size()), common));
  for (const auto& [counts, sum] : sums) {
    for (int j = 0; j < n; ++j) {
      const Rational scaled = sum(start, j) * common;
      result[static_cast<std::size_t>(j)].append(counts, boost::multiprecision::numerator(scaled));
    }
  }
  return result;
}

}  // namespace crosshead::exact
