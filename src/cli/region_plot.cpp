#include "region_plot.hpp"

#include <map>
#include <tuple>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::cli {

using exact::Rational;
using nlohmann::ordered_json;

ordered_json plot_json(const RegionReport& report, int samples) {
  ordered_json weights = ordered_json::array(), rounded_weights = ordered_json::array();
  ordered_json values = ordered_json::array(), rounded_values = ordered_json::array();
  std::vector<ordered_json> nodes(report.nodes.size(), ordered_json::array());
  // Samples by the node and time that decide them; time -1: a limit.
  std::map<std::tuple<int, std::int64_t>, ordered_json> curves;
  for (int i = 0; i < samples; ++i) {
    const Rational b(i, samples - 1);
    const auto at =
        diffusion::fidelity(exact::weighted_sum(report.matrices, {b, 1 - b}), report.sink, report.convention);
    weights.push_back(exact::to_string(b));
    rounded_weights.push_back(exact::to_double(b));
    for (std::size_t j = 0; j < nodes.size(); ++j) {
      const auto& node = at.nodes[j];
      nodes[j].push_back(node.decided && !node.unbounded ? ordered_json(exact::to_double(node.supremum))
                                                         : ordered_json(nullptr));
    }
    if (!at.defined || !at.decided) {
      values.push_back(nullptr);
      rounded_values.push_back(nullptr);
      continue;
    }
    values.push_back(exact::to_string(at.minimax));
    rounded_values.push_back(exact::to_double(at.minimax));
    const int node = at.minimax_nodes.front();
    const std::int64_t time = at.nodes[static_cast<std::size_t>(node)].time.value_or(-1);
    ordered_json& places = curves[{node, time}];
    if (places.is_null()) places = ordered_json::array();
    places.push_back(i);
  }
  ordered_json node_series = ordered_json::array(), curve_series = ordered_json::array();
  for (std::size_t j = 0; j < nodes.size(); ++j) {
    node_series.push_back({{"node", report.nodes[j]}, {"rounded", std::move(nodes[j])}});
  }
  for (const auto& [key, places] : curves) {
    const auto [node, time] = key;
    ordered_json curve = {{"node", report.nodes[static_cast<std::size_t>(node)]}};
    if (time >= 0) {
      const auto signal =
          diffusion::signal_in_weight(report.matrices[0], report.matrices[1], report.sink, node, time);
      ordered_json coefficients = ordered_json::array();
      for (int k = 0; k <= signal.numerator.degree(); ++k)
        coefficients.push_back(signal.numerator.coefficient(k).str());
      curve["time"] = time;
      curve["polynomial"] = coefficients;
      curve["denominator"] = signal.denominator.str();
    } else {
      curve["time"] = nullptr;
    }
    curve["samples"] = places;
    curve_series.push_back(std::move(curve));
  }
  return {{"b", weights},         {"b_rounded", rounded_weights},
          {"minimax", values},    {"minimax_rounded", rounded_values},
          {"nodes", node_series}, {"curves", curve_series}};
}

}  // namespace crosshead::cli
