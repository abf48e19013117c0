// Minimax fidelity of random 8-node, 2-head systems (mean and both heads, decided): this library against
// FLINT's rational matrix powers with the plain tail-mass argument. Both read the same matrices and must
// agree.
#include <algorithm>

#include "random_systems.hpp"
#include <benchmark/benchmark.h>
#include <flint/fmpq_mat.h>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/graph/families.hpp"
#include "crosshead/heads/head_system.hpp"

namespace {

using crosshead::exact::Rational;
using crosshead::exact::RationalMatrix;

constexpr int kNodes = 8;
constexpr int kSystems = 64;

/// Mean, head 1, head 2 of feedforward graphs with self-loops, a unique sink and one source (node 0).
std::vector<RationalMatrix> matrices() {
  crosshead::testing::RandomSystems random(8);
  const std::vector<std::string> names(kNodes, "node");
  std::vector<RationalMatrix> result;
  for (int k = 0; k < kSystems; ++k) {
    std::vector<RationalMatrix> heads;
    while (heads.size() < 2) {
      const auto graph = random.feedforward(kNodes, true);
      bool one_source = true;
      for (int j = 1; j < kNodes; ++j) one_source = one_source && graph.predecessors(j).size() > 1;
      if (!one_source || !crosshead::graph::has_unique_sink(graph, kNodes - 1)) continue;
      heads.push_back(*crosshead::heads::diffusion_matrix(graph, names).matrix);
    }
    result.push_back(crosshead::exact::weighted_sum(heads, {Rational(1, 2), Rational(1, 2)}));
    result.push_back(heads[0]);
    result.push_back(heads[1]);
  }
  return result;
}

/// Minimax fidelity by powers of an fmpq_mat. Node 0 is the only absorbing node and the sink hears every
/// node, so its supremum is 1; any other is decided when the mass on it and the nodes after it is no larger
/// than its best.
Rational minimax_by_powers(const fmpq_mat_t matrix) {
  fmpq_mat_t power;
  fmpq_mat_init_set(power, matrix);
  std::vector<Rational> best(kNodes, Rational(0));
  best[0] = 1;
  fmpq_t mass, largest;
  fmpq_init(mass);
  fmpq_init(largest);
  std::vector<bool> open(kNodes, true);
  open[0] = false;
  int left = kNodes - 1;
  while (left > 0) {
    fmpq_zero(mass);
    for (int j = kNodes - 1; j > 0; --j) {
      const fmpq* value = fmpq_mat_entry(power, kNodes - 1, j);
      fmpq_add(mass, mass, value);
      if (!open[static_cast<std::size_t>(j)]) continue;
      Rational& record = best[static_cast<std::size_t>(j)];
      fmpq_set_mpq(largest, record.backend().data());
      if (fmpq_cmp(value, largest) > 0) {
        fmpq_get_mpq(record.backend().data(), value);
        fmpq_set(largest, value);
      }
      if (fmpq_cmp(mass, largest) <= 0) {
        open[static_cast<std::size_t>(j)] = false;
        --left;
      }
    }
    fmpq_mat_mul(power, power, matrix);
  }
  fmpq_clear(mass);
  fmpq_clear(largest);
  fmpq_mat_clear(power);
  return *std::min_element(best.begin(), best.end());
}

void minimax_fidelity_crosshead(benchmark::State& state) {
  const auto systems = matrices();
  for (auto _ : state) {
    for (const RationalMatrix& matrix : systems) {
      benchmark::DoNotOptimize(crosshead::diffusion::minimax_fidelity(matrix, kNodes - 1, {}).value);
    }
  }
  state.SetItemsProcessed(state.iterations() * kSystems);
}
BENCHMARK(minimax_fidelity_crosshead)->Unit(benchmark::kMicrosecond);

void minimax_fidelity_flint_powers(benchmark::State& state) {
  const auto systems = matrices();
  std::vector<fmpq_mat_struct> flint(systems.size());
  for (std::size_t k = 0; k < systems.size(); ++k) {
    fmpq_mat_init(&flint[k], kNodes, kNodes);
    for (int i = 0; i < kNodes; ++i) {
      for (const auto& entry : systems[k].row(i)) {
        fmpq_set_mpq(fmpq_mat_entry(&flint[k], i, entry.column), entry.value.backend().data());
      }
    }
    if (minimax_by_powers(&flint[k]) != crosshead::diffusion::fidelity(systems[k], kNodes - 1, {}).minimax) {
      state.SkipWithError("the two disagree");
      return;
    }
  }
  for (auto _ : state) {
    for (const auto& matrix : flint) benchmark::DoNotOptimize(minimax_by_powers(&matrix));
  }
  state.SetItemsProcessed(state.iterations() * kSystems);
  for (auto& matrix : flint) fmpq_mat_clear(&matrix);
}
BENCHMARK(minimax_fidelity_flint_powers)->Unit(benchmark::kMicrosecond);

}  // namespace
