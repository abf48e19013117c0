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

/// The largest double that is not above `value`.
double rounded_down(const Rational& value) {
  const double near = exact::to_double(value);
  return exact::exact_value(near) > value ? std::nextafter(near, 0.0) : near;
}

/// A layer's names are needed wherever a node or a place is printed.
class LayerJson {
 public:
  LayerJson(std::optional<int> layer, const LayerCheck& check) : layer_(layer), check_(check) {}

  ordered_json document() const {
    ordered_json weights = ordered_json::array(), paths = ordered_json::array(),
                 types = ordered_json::array();
    for (const Rational& weight : check_.weights) weights.push_back(exact::to_string(weight));
    paths.push_back(path(check_.mean, "mean", nullptr, check_.mean_rows));
    for (std::size_t h = 0; h < check_.heads.size(); ++h)
      paths.push_back(path(check_.heads[h], "head", h + 1, check_.head_rows[h]));
    for (const auto& type : check_.types) {
      ordered_json flips = ordered_json::array();
      for (const Flip& flip : type.flips) flips.push_back(flip_json(flip));
      types.push_back({{"type", crosscheck::name_of(type.type)},
                       {"device", type.source},
                       {"verdicts", verdicts(type.verdicts)},
                       {"flips", flips}});
    }
    return {{"layer", layer_ ? ordered_json(*layer_) : ordered_json(nullptr)},
            {"system", check_.system},
            {"nodes", check_.nodes},
            {"weights", weights},
            {"within", check_.within()},
            {"exact", verdicts(check_.exact)},
            {"types", types},
            {"paths", paths}};
  }

 private:
  ordered_json node(int index) const { return check_.node_names[static_cast<std::size_t>(index)]; }

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

  /// null where enclosures do not tell.
  static ordered_json verdicts(const Verdicts& found) {
    ordered_json best = ordered_json::array();
    for (const int head : found.best_heads) best.push_back(head + 1);
    const auto decided = [](bool known, const ordered_json& value) {
      return known ? value : ordered_json(nullptr);
    };
    return {{"amplifies", decided(found.amplifies_decided, found.amplifies)},
            {"attenuates", decided(found.attenuates_decided, found.attenuates)},
            {"best_heads", decided(found.best_heads_decided, best)}};
  }

  ordered_json rows(const crosscheck::RowReport& found) const {
    ordered_json leak = nullptr;
    if (found.leaks > 0) {
      leak = {{"entries", found.leaks},
              {"largest", found.largest_leak},
              {"query", node(found.leak_query)},
              {"key", node(found.leak_key)}};
    }
    return {{"defect", rounded_up(found.defect.largest)},
            {"defect_exact", exact::to_string(found.defect.largest)},
            {"defect_node", node(found.defect.row)},
            {"leakage", leak}};
  }

  /// Counts of 0, 1, 2 to 3, 4 to 7, ... units, up to the last that is not zero.
  static ordered_json histogram(const crosscheck::UnitHistogram& counts) {
    std::size_t length = counts.size();
    while (length > 1 && counts[length - 1] == 0) --length;
    return std::vector<std::int64_t>(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(length));
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
                          {"source", found.source},
                          {"first_step", found.first},
                          {"within", found.within()},
                          {"signal", bounded(found.signal)},
                          {"largest_bound", rounded_up(found.bound.value)},
                          {"ulps", found.ulps.value},
                          {"ulps_at", place(found.ulps.place)},
                          {"ulp_histogram", histogram(found.histogram)},
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
                          {"below_normal_error", rounded_up(found.below_error)},
                          {"invalid", found.invalid},
                          {"undecided", found.open},
                          {"rounding_undecided", found.rounding_open},
                          {"in_range", found.in_range},
                          {"violations", found.violations},
                          {"first_violation", nullptr}};
    if (found.first_violation) entry["first_violation"] = place(*found.first_violation);
    entry["first_error"] = found.first_error ? place(*found.first_error) : ordered_json(nullptr);
    if (found.exact_through) {
      entry["exactness"] = {
          {"exact_through", *found.exact_through},
          {"cannot_be_exact_at",
           found.unrepresentable_at ? ordered_json(*found.unrepresentable_at) : ordered_json(nullptr)},
          {"confirmed", found.exactness_confirmed}};
    }
    return entry;
  }

  ordered_json path(const PathCheck& found, const std::string& name, const ordered_json& head,
                    const crosscheck::RowReport& row_report) const {
    ordered_json signals = ordered_json::array(), times = ordered_json::array();
    for (const SignalCheck& check : found.signals) signals.push_back(signal(check));
    for (std::size_t j = 0; j < found.exact.time.size(); ++j)
      times.push_back(found.exact.time_decided[j] ? ordered_json(found.exact.time[j])
                                                  : ordered_json(nullptr));
    const bool exact = found.exact.minimax == found.exact.minimax_upper;
    return {{"path", name},
            {"head", head},
            {"exact_through", found.exact_through},
            {"minimax", exact ? ordered_json(exact::to_string(found.exact.minimax)) : ordered_json(nullptr)},
            {"minimax_interval", {rounded_down(found.exact.minimax), rounded_up(found.exact.minimax_upper)}},
            {"minimax_nodes", nodes(found.exact.minimax_nodes)},
            {"minimax_nodes_decided", found.exact.minimax_nodes_decided},
            {"fidelity_times", times},
            {"rows", rows(row_report)},
            {"signals", signals}};
  }

  std::optional<int> layer_;
  const LayerCheck& check_;
};

}  // namespace

ordered_json crosscheck_json(const CrosscheckReport& report) {
  const crosscheck::CrosscheckOptions& options = report.checks.front().options;
  ordered_json layers = ordered_json::array(), devices = ordered_json::array(),
               environment = ordered_json::object(), misses = ordered_json::array();
  bool within = true;
  for (std::size_t k = 0; k < report.checks.size(); ++k) {
    layers.push_back(LayerJson(report.source.layers[k], report.checks[k]).document());
    within = within && report.checks[k].within();
  }
  for (const attention::Device device : options.devices)
    devices.push_back(device == attention::Device::cpu ? "cpu" : "cuda");
  for (const auto& [name, value] : report.environment) environment[name] = value;
  std::size_t accepted = 0;
  for (const CrosscheckVerdict& verdict : report.verdicts) {
    const bool passes = verdict.acceptance.answer == crosscheck::Acceptance::Answer::accepted;
    accepted += passes ? 1 : 0;
    if (passes) continue;
    const bool missed = verdict.acceptance.answer == crosscheck::Acceptance::Answer::missed;
    misses.push_back({{"signal", verdict.name},
                      {"answer", missed ? "missed" : "undecided"},
                      {"reason", verdict.acceptance.reason}});
  }
  ordered_json against = nullptr;
  if (!report.against.empty())
    against = {{"file", report.against}, {"arrays", report.used}, {"ignored", report.ignored}};
  return {
      {"schema", "crosshead.crosscheck/1"},
      {"file", report.input.file},
      {"against", against},
      {"backend", report.checks.front().backend},
      {"devices", devices},
      {"absent", report.absent},
      {"environment", environment},
      {"steps", options.steps},
      {"underflow", crosscheck::name_of(options.underflow)},
      {"weights", report.source.weights},
      {"tokens", report.source.tokens.empty() ? ordered_json(nullptr) : ordered_json(report.source.tokens)},
      {"rule", crosscheck::name_of(report.rule)},
      {"accepted", accepted},
      {"not_accepted", misses},
      {"within", within},
      {"layers", layers}};
}

}  // namespace crosshead::cli
