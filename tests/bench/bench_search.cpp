// All pairs of 6-node heads decided for `amplifies`: the search, its rational oracle, and plain
// double-precision loops that prove nothing. The oracle must agree on the slice that it is timed on, or the
// run fails; for the plain loops the wrong verdicts are counted. The machine's measured rate of fused
// multiply-adds says how far the search is from the limit.
#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "crosshead/search/shard_run.hpp"

namespace {

using namespace crosshead;

constexpr int kNodes = 6;
constexpr int kPlainSteps = 20;  ///< powers that the plain loops take
constexpr std::uint64_t kOraclePairs = 4000;
constexpr std::uint64_t kPlainPairs = 200'000;

const search::SystemSpace& space() {
  static const search::SystemSpace all(
      {search::Family::unique_sink, kNodes, 2, false, search::uniform_weights(2)});
  return all;
}

const search::ExhaustiveSearch& fast_search() {
  static const search::ExhaustiveSearch search(space(), {}, 2);
  return search;
}

/// Ranks from the middle of the family.
search::RankRange slice(std::uint64_t count) {
  return {space().candidates() / 3, count};
}

void count_pairs(benchmark::State& state, std::uint64_t pairs) {
  state.counters["pairs"] = static_cast<double>(pairs);
  state.counters["pairs_per_second"] =
      benchmark::Counter(static_cast<double>(pairs), benchmark::Counter::kIsIterationInvariantRate);
}

void search_all_pairs(benchmark::State& state) {
  const search::ExhaustiveSearch& search = fast_search();
  search::Answer answer;
  while (state.KeepRunning()) {
    answer = search::run_in_threads(search, space().all(), static_cast<int>(state.range(0)), {});
  }
  count_pairs(state, space().candidates());
  state.counters["left_open"] = static_cast<double>(answer.result.counts.filter_undecided);
}
BENCHMARK(search_all_pairs)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void search_setup(benchmark::State& state) {
  while (state.KeepRunning()) {
    const search::SystemSpace all(
        {search::Family::unique_sink, kNodes, 2, false, search::uniform_weights(2)});
    const search::ExhaustiveSearch search(all, {}, 2);
    benchmark::DoNotOptimize(search.instructions());
  }
}
BENCHMARK(search_setup)->UseRealTime()->Unit(benchmark::kMillisecond);

void rational_oracle(benchmark::State& state) {
  const auto claim = search::naive_claim(space(), {});
  const search::RankRange range = slice(kOraclePairs);
  search::Result naive;
  while (state.KeepRunning()) naive = search::search_each(space(), *claim, range);
  const search::Result fast = fast_search().run(range);
  if (naive.counts.witnesses != fast.counts.witnesses || naive.counts.ties != fast.counts.ties ||
      naive.first != fast.first || naive.extreme != fast.extreme) {
    state.SkipWithError("the two disagree");
    return;
  }
  count_pairs(state, range.count);
}
BENCHMARK(rational_oracle)->UseRealTime()->Unit(benchmark::kMillisecond);

struct PlainHead {
  double diffusion[kNodes][kNodes] = {};
  double minimax = 0;
};

/// Algorithm 2 with the supremum over t = 1, ..., T: matrix powers, the largest entry of the sink's row, the
/// least node.
double minimax_by_powers(const double (&matrix)[kNodes][kNodes]) {
  double power[kNodes][kNodes], best[kNodes] = {};
  std::copy(&matrix[0][0], &matrix[0][0] + kNodes * kNodes, &power[0][0]);
  for (int t = 1;; ++t) {
    for (int j = 0; j < kNodes; ++j) best[j] = std::max(best[j], power[kNodes - 1][j]);
    if (t == kPlainSteps) return *std::min_element(best, best + kNodes);
    double next[kNodes][kNodes] = {};
    for (int i = 0; i < kNodes; ++i) {
      for (int k = 0; k < kNodes; ++k) {
        for (int j = 0; j < kNodes; ++j) next[i][j] += power[i][k] * matrix[k][j];
      }
    }
    std::copy(&next[0][0], &next[0][0] + kNodes * kNodes, &power[0][0]);
  }
}

/// The same with this project's row vector.
double minimax_by_row_vector(const double (&matrix)[kNodes][kNodes]) {
  double row[kNodes], best[kNodes] = {};
  std::copy(matrix[kNodes - 1], matrix[kNodes - 1] + kNodes, row);
  for (int t = 1;; ++t) {
    for (int j = 0; j < kNodes; ++j) best[j] = std::max(best[j], row[j]);
    if (t == kPlainSteps) return *std::min_element(best, best + kNodes);
    for (int j = 0; j < kNodes; ++j) {
      double sum = 0;
      for (int k = j; k < kNodes; ++k) sum += row[k] * matrix[k][j];
      row[j] = sum;
    }
  }
}

template <typename Minimax>
void plain_loop(benchmark::State& state, const Minimax& minimax) {
  std::vector<PlainHead> heads(space().codes().size());
  for (std::uint32_t head = 0; head < heads.size(); ++head) {
    const graph::Digraph graph = space().graph(head);
    for (int i = 0; i < kNodes; ++i) {
      const auto& sources = graph.predecessors(i);
      for (const int j : sources) heads[head].diffusion[i][j] = 1.0 / static_cast<double>(sources.size());
    }
    heads[head].minimax = minimax(heads[head].diffusion);
  }
  const auto amplifies = [&](std::uint32_t a, std::uint32_t b) {
    double mean[kNodes][kNodes];
    for (int i = 0; i < kNodes; ++i) {
      for (int j = 0; j < kNodes; ++j) mean[i][j] = (heads[a].diffusion[i][j] + heads[b].diffusion[i][j]) / 2;
    }
    return minimax(mean) > std::max(heads[a].minimax, heads[b].minimax);
  };
  const search::RankRange range = slice(kPlainPairs);
  std::uint64_t witnesses = 0;
  while (state.KeepRunning()) {
    witnesses = 0;
    space().for_each_run(range, [&](const search::Run& run) {
      for (std::uint32_t last = run.begin; last < run.end; ++last) {
        witnesses += amplifies(run.prefix.front(), last) ? 1 : 0;
      }
    });
    benchmark::DoNotOptimize(witnesses);
  }
  count_pairs(state, range.count);
  const search::Result exact = fast_search().run(range);
  state.counters["witnesses"] = static_cast<double>(witnesses);
  state.counters["true_witnesses"] = static_cast<double>(exact.counts.witnesses);
}

void plain_double_powers(benchmark::State& state) {
  plain_loop(state, minimax_by_powers);
}
BENCHMARK(plain_double_powers)->UseRealTime()->Unit(benchmark::kMillisecond);

void plain_double_row_vector(benchmark::State& state) {
  plain_loop(state, minimax_by_row_vector);
}
BENCHMARK(plain_double_row_vector)->UseRealTime()->Unit(benchmark::kMillisecond);

// Twelve independent chains of multiply-adds, enough to hide their latency.
constexpr int kChains = 12;
constexpr std::int64_t kLinks = 20'000'000;
constexpr int kWidest = 8;
typedef double Wide __attribute__((vector_size(8 * kWidest)));

#define CROSSHEAD_FMA_CHAINS(name, flags)                                         \
  flags double name() {                                                           \
    Wide chain[kChains];                                                          \
    for (int c = 0; c < kChains; ++c) chain[c] = Wide{} + c;                      \
    const Wide factor = Wide{} + 0.999999, summand = Wide{} + 1e-9;               \
    for (std::int64_t link = 0; link < kLinks; ++link) {                          \
      for (int c = 0; c < kChains; ++c) chain[c] = chain[c] * factor + summand;   \
    }                                                                             \
    double sum = 0;                                                               \
    for (int c = 0; c < kChains; ++c) sum += chain[c][0] + chain[c][kWidest - 1]; \
    return sum;                                                                   \
  }

#ifdef __x86_64__
CROSSHEAD_FMA_CHAINS(chains_avx512, __attribute__((target("avx512f,fma,prefer-vector-width=512"))))
CROSSHEAD_FMA_CHAINS(chains_avx2, __attribute__((target("avx2,fma"))))
#endif
CROSSHEAD_FMA_CHAINS(chains_baseline, )

void fma_peak(benchmark::State& state) {
  auto* chains = chains_baseline;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) chains = chains_avx2;
  if (__builtin_cpu_supports("avx512f")) chains = chains_avx512;
#endif
  const auto threads = static_cast<int>(state.range(0));
  while (state.KeepRunning()) {
    std::vector<std::jthread> workers;
    for (int thread = 0; thread < threads; ++thread) {
      workers.emplace_back([&] { benchmark::DoNotOptimize(chains()); });
    }
  }
  state.counters["fma_per_second"] =
      benchmark::Counter(static_cast<double>(threads) * kChains * kLinks * kWidest,
                         benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(fma_peak)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
