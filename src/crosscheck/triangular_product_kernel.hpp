// Included once for each instruction set, which names itself in CROSSHEAD_TRIANGULAR. Four rows at a time go
// into the result, so that it is loaded and stored once for four products. Rows stop at their diagonals: half
// the work of heads/word_product_kernel.hpp, whose right factor is full and therefore packed. No code of
// other headers is used: it would be compiled for this instruction set and might be shared with everybody.
#include "triangular_product.hpp"

namespace crosshead::crosscheck::CROSSHEAD_TRIANGULAR {
namespace {

constexpr std::size_t kRows = 4;

/// y += x a over the rows `first` to `last` - 1; row i reaches as far as its diagonal, rounded up to whole
/// lanes.
void add_rows(const double* __restrict x, const double* __restrict a, std::size_t first, std::size_t last,
              std::size_t stride, double* __restrict y) {
  std::size_t i = first;
  for (; i + kRows <= last; i += kRows) {
    const double x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
    const double *a0 = a + i * stride, *a1 = a0 + stride, *a2 = a1 + stride, *a3 = a2 + stride;
    const std::size_t end = (i + kRows + kRowLanes - 1) / kRowLanes * kRowLanes;
    for (std::size_t j = 0; j < end; ++j) y[j] += (x0 * a0[j] + x1 * a1[j]) + (x2 * a2[j] + x3 * a3[j]);
  }
  for (; i < last; ++i) {
    const double* row = a + i * stride;
    const std::size_t end = (i + 1 + kRowLanes - 1) / kRowLanes * kRowLanes;
    for (std::size_t j = 0; j < end; ++j) y[j] += x[i] * row[j];
  }
}

}  // namespace

void multiply_row(const double* x, const double* a, std::size_t n, std::size_t stride, double* y) {
  for (std::size_t j = 0; j < stride; ++j) y[j] = 0;
  add_rows(x, a, 0, n, stride, y);
}

void multiply_triangles(const double* a, const double* b, std::size_t n, std::size_t stride, double* c) {
  for (std::size_t i = 0; i < n; ++i) {
    double* row = c + i * stride;
    for (std::size_t j = 0; j < stride; ++j) row[j] = 0;
    add_rows(a + i * stride, b, 0, i + 1, stride, row);
  }
}

}  // namespace crosshead::crosscheck::CROSSHEAD_TRIANGULAR
