// Which instruction set the products use: the widest that this machine has.
#include "triangular_product.hpp"

#include "crosshead/exact/instruction_set.hpp"

namespace crosshead::crosscheck {

#define CROSSHEAD_DECLARE(set)                                                              \
  namespace set {                                                                           \
  void multiply_row(const double*, const double*, std::size_t, std::size_t, double*);       \
  void multiply_triangles(const double*, const double*, std::size_t, std::size_t, double*); \
  }
CROSSHEAD_DECLARE(baseline)
#ifdef CROSSHEAD_X86_TRIANGLES
CROSSHEAD_DECLARE(avx2)
CROSSHEAD_DECLARE(avx512)
#endif
#undef CROSSHEAD_DECLARE

namespace {

struct Products {
  decltype(&baseline::multiply_row) row;
  decltype(&baseline::multiply_triangles) triangles;
};

const Products& products() {
  constexpr Products any{baseline::multiply_row, baseline::multiply_triangles};
#ifdef CROSSHEAD_X86_TRIANGLES
  static const Products chosen = exact::widest(any, {avx2::multiply_row, avx2::multiply_triangles},
                                               {avx512::multiply_row, avx512::multiply_triangles});
#else
  static const Products chosen = any;
#endif
  return chosen;
}

}  // namespace

void multiply_row(const double* x, const double* a, std::size_t n, std::size_t stride, double* y) {
  products().row(x, a, n, stride, y);
}

void multiply_triangles(const double* a, const double* b, std::size_t n, std::size_t stride, double* c) {
  products().triangles(a, b, n, stride, c);
}

}  // namespace crosshead::crosscheck
