#include "layer_verdicts.hpp"

#include <algorithm>

namespace crosshead::crosscheck {
namespace {

using exact::Rational;

/// Minimax fidelities of the mean and the heads in floating point.
Verdicts verdicts_of(double mean, const std::vector<double>& heads) {
  const auto [least, most] = std::minmax_element(heads.begin(), heads.end());
  Verdicts verdicts{mean > *most, mean < *least, {}};
  for (std::size_t h = 0; h < heads.size(); ++h) {
    if (heads[h] == *most) verdicts.best_heads.push_back(static_cast<int>(h));
  }
  return verdicts;
}

void add_path_flips(std::vector<Flip>& nodes, std::vector<Flip>& times, const PathCheck& path,
                    std::size_t type, std::optional<int> head) {
  const HorizonFidelity<double>& found = path.signals[type].horizon;
  if (path.exact.minimax_nodes_decided && found.minimax_nodes != path.exact.minimax_nodes) {
    nodes.push_back({Flip::Verdict::minimax_nodes, head, 0});
  }
  for (std::size_t j = 0; j < found.time.size(); ++j) {
    if (path.exact.time_decided[j] && found.time[j] != path.exact.time[j]) {
      times.push_back({Flip::Verdict::peak_time, head, static_cast<int>(j)});
    }
  }
}

}  // namespace

std::string name_of(Flip::Verdict verdict) {
  switch (verdict) {
    case Flip::Verdict::amplifies:
      return "amplifies";
    case Flip::Verdict::attenuates:
      return "attenuates";
    case Flip::Verdict::best_heads:
      return "best heads";
    case Flip::Verdict::minimax_nodes:
      return "minimax nodes";
    case Flip::Verdict::peak_time:
      return "peak time";
  }
  return "";
}

Verdicts exact_verdicts(const PathCheck& mean, const std::vector<PathCheck>& heads) {
  const auto lower = [](const PathCheck& path) -> const Rational& { return path.exact.minimax; };
  const auto upper = [](const PathCheck& path) -> const Rational& { return path.exact.minimax_upper; };
  Rational most_lower = lower(heads.front()), most_upper = upper(heads.front()),
           least_lower = lower(heads.front()), least_upper = upper(heads.front());
  for (const PathCheck& head : heads) {
    most_lower = std::max(most_lower, lower(head));
    most_upper = std::max(most_upper, upper(head));
    least_lower = std::min(least_lower, lower(head));
    least_upper = std::min(least_upper, upper(head));
  }
  Verdicts verdicts;
  verdicts.amplifies = lower(mean) > most_upper;
  verdicts.amplifies_decided = verdicts.amplifies || upper(mean) <= most_lower;
  verdicts.attenuates = upper(mean) < least_lower;
  verdicts.attenuates_decided = verdicts.attenuates || lower(mean) >= least_upper;
  bool all_exact = true;
  for (std::size_t h = 0; h < heads.size(); ++h) {
    if (upper(heads[h]) < most_lower) continue;
    verdicts.best_heads.push_back(static_cast<int>(h));
    all_exact = all_exact && lower(heads[h]) == upper(heads[h]);
  }
  verdicts.best_heads_decided = all_exact || verdicts.best_heads.size() == 1;
  return verdicts;
}

TypeVerdicts judged(const LayerCheck& layer, std::size_t type) {
  TypeVerdicts result;
  result.type = layer.mean.signals[type].type;
  result.source = layer.mean.signals[type].source;
  std::vector<double> heads;
  for (const PathCheck& head : layer.heads) heads.push_back(head.signals[type].horizon.minimax);
  result.verdicts = verdicts_of(layer.mean.signals[type].horizon.minimax, heads);

  const auto add = [&](Flip::Verdict verdict, bool decided, bool differs) {
    if (decided && differs) result.flips.push_back({verdict, std::nullopt, 0});
  };
  const Verdicts& exact = layer.exact;
  add(Flip::Verdict::amplifies, exact.amplifies_decided, result.verdicts.amplifies != exact.amplifies);
  add(Flip::Verdict::attenuates, exact.attenuates_decided, result.verdicts.attenuates != exact.attenuates);
  add(Flip::Verdict::best_heads, exact.best_heads_decided, result.verdicts.best_heads != exact.best_heads);
  std::vector<Flip> nodes, times;
  add_path_flips(nodes, times, layer.mean, type, std::nullopt);
  for (std::size_t h = 0; h < layer.heads.size(); ++h) {
    add_path_flips(nodes, times, layer.heads[h], type, static_cast<int>(h));
  }
  result.flips.insert(result.flips.end(), nodes.begin(), nodes.end());
  result.flips.insert(result.flips.end(), times.begin(), times.end());
  return result;
}

}  // namespace crosshead::crosscheck
