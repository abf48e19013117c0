#include <cmath>
#include <limits>

#include "crosscheck_output.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::BoundedError;
using crosscheck::Flip;
using crosscheck::LayerCheck;
using crosscheck::PathCheck;
using crosscheck::Place;
using crosscheck::SignalCheck;
using crosscheck::Verdicts;
using exact::Rational;
using nlohmann::ordered_json;

/// The least double that is not below `value`. REQUIRES: value >= 0, in the range of double.
double rounded_up(const Rational& value) {
  const double near = exact::to_double(value);
  if (!std::isfinite(near)) return std::numeric_limits<double>::max();
  return exact::exact_value(near) < value ? std::nextafter(near, std::numeric_limits<double>::infinity())
                                          : near;
}

/// A layer's names are needed wherever a node or a place is printed.
class LayerJson {
 public:
  LayerJson(const CrosscheckLayer& layer, const LayerCheck& check) : layer_(layer), check_(check) {}

  ordered_json document() const {
    ordered_json weights = ordered_json::array(), paths = ordered_json::array(),
                 types = ordered_json::array();
    for (const Rational& weight : check_.weights) weights.push_back(exact::to_string(weight));
    paths.push_back(path(check_.mean, "mean", nullptr));
    for (std::size_t h = 0; h < check_.heads.size(); ++h)
      paths.push_back(path(check_.heads[h], "head", h + 1));
    for (const auto& type : check_.types) {
      ordered_json flips = ordered_json::array();
      for (const Flip& flip : type.flips) flips.push_back(flip_json(flip));
      types.push_back({{"type", crosscheck::name_of(type.type)},
                       {"verdicts", verdicts(type.verdicts)},
                       {"flips", flips}});
    }
    return {{"layer", layer_.index ? ordered_json(*layer_.index) : ordered_json(nullptr)},
            {"system", check_.system},
            {"nodes", check_.nodes},
            {"weights", weights},
            {"within", check_.within()},
            {"exact", verdicts(check_.exact)},
            {"types", types},
            {"paths", paths}};
  }

 private:
  ordered_json node(int index) const { return layer_.system.nodes[static_cast<std::size_t>(index)]; }

  ordered_json place(const Place& at) const { return {{"time", at.time}, {"node", node(at.node)}}; }

  ordered_json bounded(const std::optional<BoundedError>& error) const {
    if (!error) return nullptr;
    return {{"error", rounded_up(error->error)},
            {"bound", rounded_up(error->bound)},
            {"at", place(error->place)}};
  }

  ordered_json nodes(const std::vector<int>& indices) const {
    ordered_json list = ordered_json::array();
    for (const int index : indices) list.push_back(node(index));
    return list;
  }

  static ordered_json verdicts(const Verdicts& found) {
    ordered_json best = ordered_json::array();
    for (const int head : found.best_heads) best.push_back(head + 1);
    return {{"amplifies", found.amplifies}, {"attenuates", found.attenuates}, {"best_heads", best}};
  }

  ordered_json flip_json(const Flip& flip) const {
    ordered_json entry = {{"verdict", crosscheck::name_of(flip.verdict)}};
    if (flip.verdict == Flip::Verdict::minimax_nodes || flip.verdict == Flip::Verdict::peak_time) {
      entry["head"] = flip.head ? ordered_json(*flip.head + 1) : ordered_json(nullptr);
    }
    if (flip.verdict == Flip::Verdict::peak_time) entry["node"] = node(flip.node);
    return entry;
  }

  ordered_json signal(const SignalCheck& found) const {
    ordered_json entry = {{"type", crosscheck::name_of(found.type)},
                          {"within", found.within()},
                          {"signal", bounded(found.signal)},
                          {"largest_bound", rounded_up(found.bound.value)},
                          {"ulps", found.ulps.value},
                          {"ulps_at", place(found.ulps.place)},
                          {"share_of_bound", rounded_up(found.share.value)},
                          {"share_at", place(found.share.place)},
                          {"fidelity", bounded(found.fidelity)},
                          {"minimax", bounded(found.minimax)},
                          {"minimax_value", found.horizon.minimax},
                          {"minimax_nodes", nodes(found.horizon.minimax_nodes)},
                          {"fidelity_times", found.horizon.time},
                          {"entries", found.entries},
                          {"correctly_rounded", found.correctly_rounded},
                          {"below_normal", found.below_normal},
                          {"in_range", found.in_range},
                          {"violations", found.violations},
                          {"first_violation", nullptr}};
    if (found.first_violation) entry["first_violation"] = place(*found.first_violation);
    return entry;
  }

  ordered_json path(const PathCheck& found, const std::string& name, const ordered_json& head) const {
    ordered_json signals = ordered_json::array();
    for (const SignalCheck& check : found.signals) signals.push_back(signal(check));
    return {{"path", name},
            {"head", head},
            {"minimax", exact::to_string(found.exact.minimax)},
            {"minimax_nodes", nodes(found.exact.minimax_nodes)},
            {"fidelity_times", found.exact.time},
            {"signals", signals}};
  }

  const CrosscheckLayer& layer_;
  const LayerCheck& check_;
};

}  // namespace

ordered_json crosscheck_json(const CrosscheckInput& input, const CrosscheckSource& source,
                             const std::vector<LayerCheck>& checks) {
  const crosscheck::CrosscheckOptions& options = checks.front().options;
  ordered_json layers = ordered_json::array();
  bool within = true;
  for (std::size_t k = 0; k < checks.size(); ++k) {
    layers.push_back(LayerJson(source.layers[k], checks[k]).document());
    within = within && checks[k].within();
  }
  return {{"schema", "crosshead.crosscheck/1"},
          {"file", input.file},
          {"backend", checks.front().backend},
          {"device", options.device == attention::Device::cpu ? "cpu" : "cuda"},
          {"steps", options.steps},
          {"underflow", crosscheck::name_of(options.underflow)},
          {"weights", source.weights},
          {"tokens", source.tokens.empty() ? ordered_json(nullptr) : ordered_json(source.tokens)},
          {"within", within},
          {"layers", layers}};
}

}  // namespace crosshead::cli
