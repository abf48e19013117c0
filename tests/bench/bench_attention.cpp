// A trained model's attention (100 positions, one layer of 4 heads, float32 as stored): node fidelities of
// every head and of the mean, and the analysis without hitting times (exact ones run to a hundred thousand
// digits each).
#include "attention_inputs.hpp"
#include <benchmark/benchmark.h>

#include "crosshead/claim/analysis.hpp"

namespace {

using crosshead::bench::trained_layer;

void attention_fidelity(benchmark::State& state) {
  const auto system = trained_layer(state, static_cast<int>(state.range(0)));
  if (!system) return;
  std::vector<crosshead::exact::RationalMatrix> matrices;
  const auto reading = crosshead::heads::Reading::as_stored;
  matrices.push_back(*crosshead::heads::mean_diffusion(*system, reading).matrix);
  for (int h = 0; h < static_cast<int>(system->heads.size()); ++h) {
    matrices.push_back(*crosshead::heads::diffusion_of(*system, h, reading).matrix);
  }
  std::int64_t steps = 0, undecided = 0;
  while (state.KeepRunning()) {
    steps = undecided = 0;
    for (const auto& matrix : matrices) {
      const auto result = crosshead::diffusion::fidelity(matrix, system->sink, {});
      steps = std::max(steps, result.steps);
      for (const auto& node : result.nodes) undecided += node.decided ? 0 : 1;
    }
  }
  state.counters["steps"] = static_cast<double>(steps);
  state.counters["undecided"] = static_cast<double>(undecided);
}
BENCHMARK(attention_fidelity)->Unit(benchmark::kMillisecond)->DenseRange(0, 3)->ArgName("layer");

void attention_analysis(benchmark::State& state) {
  const auto system = trained_layer(state, static_cast<int>(state.range(0)));
  if (!system) return;
  crosshead::claim::AnalysisOptions options;
  options.epsilons = {crosshead::exact::Rational(1, 4)};
  options.hitting_times = false;
  while (state.KeepRunning()) {
    const auto analysis = crosshead::claim::analyze(*system, options);
    benchmark::DoNotOptimize(analysis.decided());
  }
}
BENCHMARK(attention_analysis)->Unit(benchmark::kMillisecond)->DenseRange(0, 3)->ArgName("layer");

}  // namespace
