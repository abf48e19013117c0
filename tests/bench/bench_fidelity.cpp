// Minimax fidelity of random 8-node, 2-head systems (mean and both heads): this library against FLINT's
// rational matrix powers, with the same rule that decides when to stop and with the 100 powers that Algorithm
// 2 takes. All read the same matrices and must agree.
#include <algorithm>

#include "random_pairs.hpp"
#include <benchmark/benchmark.h>
#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>

#include "crosshead/diffusion/fidelity.hpp"

namespace {

using crosshead::bench::kNodes;
using crosshead::exact::Rational;
using crosshead::exact::RationalMatrix;

/// Matrices that the slow peer gets through in one repetition.
constexpr std::size_t kFew = 6;
constexpr int kAlgorithmSteps = 100;

class FlintMatrix {
 public:
  explicit FlintMatrix(const RationalMatrix& matrix) {
    fmpq_mat_init(value_, kNodes, kNodes);
    for (int i = 0; i < kNodes; ++i) {
      for (const auto& entry : matrix.row(i)) {
        fmpq_set_mpq(fmpq_mat_entry(value_, i, entry.column), entry.value.backend().data());
      }
    }
  }
  FlintMatrix(const FlintMatrix& other) { fmpq_mat_init_set(value_, other.value_); }
  ~FlintMatrix() { fmpq_mat_clear(value_); }
  FlintMatrix& operator=(const FlintMatrix&) = delete;

  const fmpq* sink_entry(int j) const { return fmpq_mat_entry(value_, kNodes - 1, j); }
  void multiply(const FlintMatrix& other) { fmpq_mat_mul(value_, value_, other.value_); }

 private:
  fmpq_mat_t value_;
};

class FlintRational {
 public:
  FlintRational() { fmpq_init(value_); }
  FlintRational(const FlintRational& other) : FlintRational() { fmpq_set(value_, other.value_); }
  ~FlintRational() { fmpq_clear(value_); }
  FlintRational& operator=(const FlintRational& other) {
    fmpq_set(value_, other.value_);
    return *this;
  }
  fmpq* get() { return value_; }
  bool operator<(const FlintRational& other) const { return fmpq_cmp(value_, other.value_) < 0; }
  Rational to_rational() const {
    Rational result;
    fmpq_get_mpq(result.backend().data(), value_);
    return result;
  }

 private:
  fmpq_t value_;
};

/// Powers until every node is decided. Node 0 is the only absorbing node and the sink hears every node, so
/// its supremum is 1; any other is decided when the mass on it and the nodes after it is no larger than its
/// best.
Rational minimax_by_powers(const FlintMatrix& matrix) {
  FlintMatrix power(matrix);
  std::vector<FlintRational> best(kNodes);
  fmpq_one(best[0].get());
  std::vector<bool> open(kNodes, true);
  FlintRational mass;
  for (int left = kNodes - 1; left > 0;) {
    fmpq_zero(mass.get());
    for (int j = kNodes - 1; j > 0; --j) {
      const auto node = static_cast<std::size_t>(j);
      const fmpq* value = power.sink_entry(j);
      fmpq_add(mass.get(), mass.get(), value);
      if (!open[node]) continue;
      if (fmpq_cmp(value, best[node].get()) > 0) fmpq_set(best[node].get(), value);
      if (fmpq_cmp(mass.get(), best[node].get()) <= 0) {
        open[node] = false;
        --left;
      }
    }
    if (left > 0) power.multiply(matrix);
  }
  return std::min_element(best.begin(), best.end())->to_rational();
}

/// Algorithm 2: the largest of 100 powers for every node, then the least.
Rational minimax_by_all_powers(const FlintMatrix& matrix) {
  FlintMatrix power(matrix);
  std::vector<FlintRational> best(kNodes);
  for (int t = 1; t <= kAlgorithmSteps; ++t) {
    if (t > 1) power.multiply(matrix);
    for (int j = 0; j < kNodes; ++j) {
      FlintRational& record = best[static_cast<std::size_t>(j)];
      if (fmpq_cmp(power.sink_entry(j), record.get()) > 0) fmpq_set(record.get(), power.sink_entry(j));
    }
  }
  return std::min_element(best.begin(), best.end())->to_rational();
}

Rational minimax(const RationalMatrix& matrix) {
  return crosshead::diffusion::minimax_fidelity(matrix, kNodes - 1, {}).value;
}

void count_matrices(benchmark::State& state, std::size_t matrices) {
  state.counters["matrices"] = static_cast<double>(matrices);
  state.counters["per_matrix"] =
      benchmark::Counter(static_cast<double>(matrices),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void minimax_fidelity_crosshead(benchmark::State& state) {
  const auto matrices = crosshead::bench::random_pairs();
  while (state.KeepRunning()) {
    for (const RationalMatrix& matrix : matrices) benchmark::DoNotOptimize(minimax(matrix));
  }
  count_matrices(state, matrices.size());
}
BENCHMARK(minimax_fidelity_crosshead)->Unit(benchmark::kMicrosecond);

/// Every node's supremum with time and proof, where the others find the minimum alone.
void all_fidelities_crosshead(benchmark::State& state) {
  const auto matrices = crosshead::bench::random_pairs();
  while (state.KeepRunning()) {
    for (const RationalMatrix& matrix : matrices) {
      benchmark::DoNotOptimize(crosshead::diffusion::fidelity(matrix, kNodes - 1, {}).minimax);
    }
  }
  count_matrices(state, matrices.size());
}
BENCHMARK(all_fidelities_crosshead)->Unit(benchmark::kMicrosecond);

template <typename Peer>
void run_flint(benchmark::State& state, std::size_t count, const Peer& peer) {
  const auto matrices = crosshead::bench::random_pairs();
  std::vector<FlintMatrix> flint;
  for (std::size_t k = 0; k < std::min(count, matrices.size()); ++k) {
    flint.emplace_back(matrices[k]);
    if (peer(flint.back()) != minimax(matrices[k])) {
      state.SkipWithError("the two disagree");
      return;
    }
  }
  while (state.KeepRunning()) {
    for (const FlintMatrix& matrix : flint) benchmark::DoNotOptimize(peer(matrix));
  }
  count_matrices(state, flint.size());
}

void minimax_fidelity_flint_powers(benchmark::State& state) {
  run_flint(state, SIZE_MAX, minimax_by_powers);
}
BENCHMARK(minimax_fidelity_flint_powers)->Unit(benchmark::kMicrosecond);

void minimax_fidelity_flint_100_powers(benchmark::State& state) {
  run_flint(state, kFew, minimax_by_all_powers);
}
BENCHMARK(minimax_fidelity_flint_100_powers)->Unit(benchmark::kMicrosecond);

}  // namespace
