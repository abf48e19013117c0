#include "crosshead/crosscheck/layer_metrics.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {

void require_causal_rows(const LayerAttention& layer, const std::string& file, const std::string& place) {
  const auto fail = [&](int head, int row, const std::string& what) {
    throw exact::InputError(file, fmt::format("{}, head {}, row {}", place, head + 1, row + 1), what);
  };
  for (int h = 0; h < layer.heads; ++h) {
    for (int i = 0; i < layer.nodes; ++i) {
      double sum = 0;
      for (int j = 0; j < layer.nodes; ++j) {
        const float entry = layer.at(h, i, j);
        if (!std::isfinite(entry)) fail(h, i, fmt::format("the entry of column {} is not finite", j + 1));
        if (entry < 0) fail(h, i, fmt::format("the entry of column {} is negative", j + 1));
        if (j > i && entry != 0) {
          fail(h, i, fmt::format("the entry of column {} is not 0: attention must be causal", j + 1));
        }
        sum += static_cast<double>(entry);
      }
      if (!(std::fabs(sum - 1) <= kLargestDefect)) {
        fail(h, i, fmt::format("the sum is {:.6g}, further than {} from 1", sum, kLargestDefect));
      }
    }
  }
}

std::string name_of(MinimumPlace place) {
  switch (place) {
    case MinimumPlace::sink:
      return "sink";
    case MinimumPlace::elsewhere:
      return "elsewhere";
    case MinimumPlace::both:
      return "both";
    case MinimumPlace::open:
      return "open";
  }
  return "open";
}

Minimax minimum_over(const std::vector<Enclosure>& values, int sink) {
  Minimax result;
  const auto before = [](const Enclosure& a, const Enclosure& b) {
    return a.upper != b.upper ? a.upper < b.upper : a.lower < b.lower;
  };
  const auto least = std::min_element(values.begin(), values.end(), before);
  result.node = static_cast<int>(least - values.begin());
  result.value = {least->lower, least->upper};
  for (const Enclosure& value : values) result.value.lower = std::min(result.value.lower, value.lower);

  bool other = false, other_is_zero = false;
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (static_cast<int>(j) == sink) continue;
    other = other || values[j].lower <= result.value.upper;
    other_is_zero = other_is_zero || values[j].upper == 0;
  }
  const Enclosure& at_sink = values[static_cast<std::size_t>(sink)];
  if (at_sink.lower > result.value.upper) {
    result.place = MinimumPlace::elsewhere;
  } else if (!other) {
    result.place = MinimumPlace::sink;
  } else if (at_sink.upper == 0 && other_is_zero) {
    result.place = MinimumPlace::both;
  }
  return result;
}

}  // namespace crosshead::crosscheck
