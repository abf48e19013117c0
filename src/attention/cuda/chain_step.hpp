#pragma once

// The arithmetic of one chain as the threads of a device do it, and as the host does it in the tests: the
// very same functions. A matrix is a lower triangle, row i at i (i + 1) / 2, or all of it, row i at i n.

#ifdef __CUDACC__
#define CROSSHEAD_CHAIN __host__ __device__ __forceinline__
#else
#define CROSSHEAD_CHAIN inline
#endif

namespace crosshead::attention::chain {

/// a * b + c, rounded once.
CROSSHEAD_CHAIN float fused(float a, float b, float c) {
#ifdef __CUDA_ARCH__
  return __fmaf_rn(a, b, c);
#else
  return __builtin_fmaf(a, b, c);
#endif
}
/// a * b and a + b, each rounded, never contracted to one rounding.
CROSSHEAD_CHAIN float product(float a, float b) {
#ifdef __CUDA_ARCH__
  return __fmul_rn(a, b);
#else
  volatile float rounded = a * b;
  return rounded;
#endif
}
CROSSHEAD_CHAIN float sum(float a, float b) {
#ifdef __CUDA_ARCH__
  return __fadd_rn(a, b);
#else
  volatile float rounded = a + b;
  return rounded;
#endif
}

/// How a matrix lies in memory: only entries (i, j) with j <= i when `triangle`.
struct Layout {
  int nodes = 0;
  bool triangle = true;

  CROSSHEAD_CHAIN int row(int i) const { return triangle ? i * (i + 1) / 2 : i * nodes; }
  CROSSHEAD_CHAIN int width(int i) const { return triangle ? i + 1 : nodes; }
  CROSSHEAD_CHAIN int first_row(int j) const { return triangle ? j : 0; }
  CROSSHEAD_CHAIN int entries() const { return row(nodes); }
};

/// Entry `place` (of n * n, row-major) of one system of a sample: a head, or the heads merged.
/// heads: [H, n, n] of the sample; weights: [H].
CROSSHEAD_CHAIN float entry(const float* heads, const float* weights, int head_count, int system, long square,
                            long place) {
  if (system < head_count) return heads[system * square + place];
  float mean = product(heads[place], weights[0]);
  for (int h = 1; h < head_count; ++h) mean = sum(mean, product(heads[h * square + place], weights[h]));
  return mean;
}

/// Entry j of x D: the work of one thread in a step. Rows ascend.
CROSSHEAD_CHAIN float step(const Layout& layout, const float* matrix, const float* x, int j) {
  float next = 0;
  int i = layout.first_row(j);
  const float* column = matrix + layout.row(i) + j;
  for (; i < layout.nodes; ++i) {
    next = fused(x[i], *column, next);
    column += layout.triangle ? i + 1 : layout.nodes;
  }
  return next;
}

/// The maximum over t >= 1 so far of one node's signal, with its first time.
struct Peak {
  float value = 0;
  int time = 1;

  CROSSHEAD_CHAIN void include(float signal, int t) {
    if (t == 1 || signal > value) {
      value = signal;
      time = t;
    }
  }
};

}  // namespace crosshead::attention::chain
