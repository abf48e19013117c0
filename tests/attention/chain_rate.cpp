// How fast the device runs float chains of 100 steps, and what share that is of its limits: reading the
// attention once, or its multiply-adds, whichever takes longer.
#include <algorithm>
#include <cstdio>
#include <vector>

#include "crosshead/attention/float_chain.hpp"
#include "crosshead/exact/error.hpp"

int main() {
  using crosshead::attention::ChainBatch;
  try {
    const auto device = crosshead::attention::load_cuda_chain();
    std::printf("%s: %.3g float32 operations, %.3g bytes a second at most\n", device->name().c_str(),
                device->peak_operations(), device->peak_bytes());
    std::printf("%6s %8s %12s %14s %14s %10s\n", "nodes", "systems", "seconds", "systems/s", "limit (s)",
                "share");
    for (const std::int64_t nodes : {32, 64, 100, 128, 224, 320}) {
      const std::int64_t heads = 4, steps = 100,
                         batch = std::max<std::int64_t>(1, 40'000'000 / (heads * nodes * nodes));
      if (nodes > device->most_causal_nodes()) continue;
      std::vector<float> values(static_cast<std::size_t>(batch * heads * nodes * nodes), 0.0F);
      for (std::int64_t row = 0; row < batch * heads * nodes; ++row) {
        const auto width = row % nodes + 1;
        std::fill_n(values.begin() + row * nodes, width, 1.0F / static_cast<float>(width));
      }
      const std::vector<float> weights(static_cast<std::size_t>(batch * heads), 0.25F);
      const ChainBatch given{values.data(), weights.data(), batch, heads, nodes, steps};
      const double seconds = device->kernel_seconds(given, 10);
      const auto systems = static_cast<double>(batch * (heads + 1));
      const double operations = systems * static_cast<double>(steps * nodes * (nodes + 1));
      // A causal matrix has half its entries; one reading of a head serves it and the merged system.
      const double bytes = static_cast<double>(batch * heads * nodes * (nodes + 1) / 2 * 4);
      const double limit = std::max(operations / device->peak_operations(), bytes / device->peak_bytes());
      std::printf("%6d %8.0f %12.6f %14.0f %14.6f %9.0f%%\n", static_cast<int>(nodes), systems, seconds,
                  systems / seconds, limit, 100 * limit / seconds);
    }
    return 0;
  } catch (const crosshead::exact::MissingComponent& missing) {
    std::printf("skipped: %s\n", missing.what());
    return 0;
  }
}
