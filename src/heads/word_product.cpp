// Which instruction set the products use: the widest that this machine has.
#include "word_product.hpp"

#include <vector>

#include "crosshead/exact/instruction_set.hpp"

namespace crosshead::heads {

#define CROSSHEAD_DECLARE(set)                                                                             \
  namespace set {                                                                                          \
  void multiply(const double*, std::size_t, std::size_t, std::size_t, const double*, std::size_t, double*, \
                double*);                                                                                  \
  GainAndLoss compare(const double*, const double*, double, const double*, const double*, std::size_t);    \
  }
CROSSHEAD_DECLARE(baseline)
#ifdef CROSSHEAD_X86_PRODUCTS
CROSSHEAD_DECLARE(avx2)
CROSSHEAD_DECLARE(avx512)
#endif
#undef CROSSHEAD_DECLARE

namespace {

struct Products {
  decltype(&baseline::multiply) multiply;
  decltype(&baseline::compare) compare;
};

const Products& products() {
  constexpr Products any{baseline::multiply, baseline::compare};
#ifdef CROSSHEAD_X86_PRODUCTS
  static const Products chosen =
      exact::widest(any, {avx2::multiply, avx2::compare}, {avx512::multiply, avx512::compare});
#else
  static const Products chosen = any;
#endif
  return chosen;
}

}  // namespace

void multiply(const double* a, std::size_t rows, std::size_t stride, std::size_t depth, const double* b,
              std::size_t columns, double* c) {
  static thread_local std::vector<double> packed;
  packed.resize(depth * 2 * kLanes);
  products().multiply(a, rows, stride, depth, b, columns, c, packed.data());
}

GainAndLoss compare(const double* y, const double* x, double up, const double* least, const double* most,
                    std::size_t length) {
  return products().compare(y, x, up, least, most, length);
}

}  // namespace crosshead::heads
