// The float path beside its peers, in one run: float chains, which keep a matrix in the nearest cache for all
// steps; LibTorch's row vector, one batched product a step; and LibTorch's matrix powers, as Algorithm 2 of
// the paper goes. Every peer must agree within the proven bounds before it is timed. Prints one table.
//
// usage: bench_chain [ROUNDS]   with 0 rounds the peers are compared and nothing is timed
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/attention/float_chain.hpp"
#include "crosshead/attention/sequences.hpp"
#include "crosshead/exact/error.hpp"

namespace {

using crosshead::attention::ChainBatch;
using crosshead::attention::ChainResult;
using crosshead::attention::Device;
using crosshead::attention::FloatPath;
using crosshead::attention::FloatType;

/// Causal softmax rows of random logits, one head for each sample.
std::vector<float> random_attention(std::int64_t batch, std::int64_t nodes) {
  crosshead::attention::RandomStream random(1, 0, 0);
  std::vector<float> values(static_cast<std::size_t>(batch * nodes * nodes), 0.0F);
  for (std::int64_t row = 0; row < batch * nodes; ++row) {
    float* entries = values.data() + row * nodes;
    double sum = 0;
    for (std::int64_t j = 0; j <= row % nodes; ++j) {
      const double entry = std::exp(2 * random.normal());
      entries[j] = static_cast<float>(entry);
      sum += entry;
    }
    for (std::int64_t j = 0; j <= row % nodes; ++j) entries[j] = static_cast<float>(entries[j] / sum);
  }
  return values;
}

double best_seconds(int rounds, const std::function<void()>& work) {
  double best = 1e300;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

/// Whether two float paths may both be within their bounds of the same exact signal.
bool agree(const ChainResult& chain, const FloatPath& path) {
  const std::int64_t rows = chain.steps + 1;
  for (std::int64_t sample = 0; sample < chain.batch; ++sample) {
    for (std::int64_t t = 0; t < rows; ++t) {
      const auto& bound = chain.bounds[static_cast<std::size_t>(t)];
      for (std::int64_t j = 0; j < chain.nodes; ++j) {
        // The merged system of a single head of weight 1.
        const double a = static_cast<double>(
            chain.signal[static_cast<std::size_t>(((sample * 2 + 1) * rows + t) * chain.nodes + j)]);
        const double b = path.signal[static_cast<std::size_t>((sample * rows + t) * chain.nodes + j)];
        // Powers sum more terms, but no more than n products for each entry and step.
        if (std::fabs(a - b) > 3 * (bound.relative * std::max(a, b) + bound.absolute)) return false;
      }
    }
  }
  return true;
}

int run(int rounds) {
  const auto backend = crosshead::attention::load_float_backend();
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (rounds > 0) {
    std::printf("%s, %d threads; best of %d rounds, milliseconds for each system of 100 steps\n\n",
                backend->description().c_str(), cores, rounds);
    std::printf("%6s %6s %12s %12s %12s %12s %10s %10s\n", "nodes", "batch", "chain 1", "chain all",
                "row vector", "powers", "ratio 1", "ratio all");
  }
  struct Case {
    std::int64_t nodes, batch;
  };
  for (const auto& [nodes, batch] :
       {Case{32, 256}, Case{64, 128}, Case{100, 64}, Case{128, 32}, Case{224, 16}, Case{512, 4}}) {
    const std::int64_t steps = 100;
    const std::vector<float> heads = random_attention(batch, nodes);
    const std::vector<float> weights(static_cast<std::size_t>(batch), 1.0F);
    const ChainBatch given{heads.data(), weights.data(), batch, 1, nodes, steps};
    const std::vector<double> wide(heads.begin(), heads.end()), shares(weights.begin(), weights.end());
    const auto row_vector = [&] {
      return backend->run(wide, shares, batch, 1, nodes, steps, FloatType::float32, Device::cpu, false);
    };
    const auto powers = [&] {
      return backend->run_powers_naive(wide, shares, batch, 1, nodes, steps, FloatType::float32, Device::cpu);
    };
    const ChainResult chain = crosshead::attention::float_chain(given, true, cores);
    if (!agree(chain, row_vector()) || !agree(chain, powers())) {
      std::fprintf(stderr, "bench_chain: the peers disagree on %d nodes\n", static_cast<int>(nodes));
      return 1;
    }
    if (rounds == 0) {
      std::printf("the peers agree on %d systems of %d nodes\n", static_cast<int>(batch),
                  static_cast<int>(nodes));
      continue;
    }
    // A batch of B heads is 2 B systems for the chain: each head alone, and merged.
    const auto per = [&](double seconds, std::int64_t systems) {
      return 1000 * seconds / static_cast<double>(systems);
    };
    const double one =
        per(best_seconds(rounds, [&] { crosshead::attention::float_chain(given, true, 1); }), 2 * batch);
    const double all =
        per(best_seconds(rounds, [&] { crosshead::attention::float_chain(given, true, cores); }), 2 * batch);
    const double row = per(best_seconds(rounds, row_vector), batch);
    const double power = per(best_seconds(rounds, powers), batch);
    std::printf("%6d %6d %12.4f %12.4f %12.4f %12.4f %10.1f %10.1f\n", static_cast<int>(nodes),
                static_cast<int>(batch), one, all, row, power, power / one, power / all);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? std::max(0, std::atoi(argv[1])) : 5);
  } catch (const crosshead::exact::MissingComponent& missing) {
    std::printf("skipped: %s\n", missing.what());
    return 0;
  }
}
