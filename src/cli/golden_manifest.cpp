#include "golden_manifest.hpp"

#include <utility>

#include "json_parts.hpp"
#include <fmt/format.h>

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/heads/names.hpp"

namespace crosshead::cli {
namespace {

using attention::FloatType;
using crosscheck::GoldenPath;
using exact::Rational;
using nlohmann::ordered_json;

/// Long fractions say no more than their decimals to a reader; the arrays have the numbers.
ordered_json interval(const diffusion::NodeFidelity& node) {
  return {exact::to_double(node.lower),
          node.upper ? ordered_json(exact::to_double(*node.upper)) : ordered_json(nullptr)};
}

ordered_json convention(const crosscheck::GoldenOptions& options) {
  ordered_json result = fidelity_json(options.fidelity);
  result["reading"] = heads::name_of(options.reading);
  if (options.mixing) {
    result.update(mixing_json(walk::MixingConvention{}));
    result["attention_walk"] = heads::name_of(options.attention_walk);
  }
  return result;
}

ordered_json types(const crosscheck::GoldenOptions& options) {
  ordered_json result = ordered_json::object();
  for (const FloatType type : options.types) {
    result[crosscheck::name_of(type)] =
        type == FloatType::bfloat16 ? "stored as uint16: the upper half of the float32 with the same value"
                                    : "stored as " + crosscheck::name_of(type);
  }
  return result;
}

/// Where values are no attained suprema, or none at all.
class Exceptions {
 public:
  void include(const ordered_json& layer, const std::string& name, const GoldenPath& path,
               const std::vector<std::string>& nodes) {
    const ordered_json place = {{"layer", layer}, {"path", name}};
    add_undefined(place, "signal and fidelity", path.no_diffusion);
    add_undefined(place, "distances", path.no_mixing);
    ordered_json limit = ordered_json::array();
    for (std::size_t j = 0; j < path.exact.nodes.size(); ++j) {
      const diffusion::NodeFidelity& node = path.exact.nodes[j];
      if (!node.decided) {
        ordered_json entry = place;
        entry.update({{"node", nodes[j]}, {"interval", interval(node)}, {"note", node.note}});
        undecided.push_back(std::move(entry));
      } else if (!node.attained) {
        limit.push_back(nodes[j]);
      }
    }
    if (limit.empty()) return;
    ordered_json entry = place;
    entry["nodes"] = std::move(limit);
    limits.push_back(std::move(entry));
  }

  ordered_json limits = ordered_json::array(), undecided = ordered_json::array(),
               undefined = ordered_json::array();

 private:
  void add_undefined(const ordered_json& place, const std::string& what, const std::string& reason) {
    if (reason.empty()) return;
    ordered_json entry = place;
    entry.update({{"what", what}, {"reason", reason}});
    undefined.push_back(std::move(entry));
  }
};

}  // namespace

ordered_json golden_manifest(const CrosscheckSource& source, const std::vector<heads::HeadSystem>& systems,
                             const std::vector<crosscheck::GoldenSystem>& values,
                             const std::vector<crosscheck::GoldenArray>& arrays,
                             const crosscheck::GoldenOptions& options) {
  ordered_json inputs = ordered_json::array(), layers = ordered_json::array(),
               epsilons = ordered_json::array(), listed = ordered_json::array();
  for (const std::string& file : source.files)
    inputs.push_back({{"file", file}, {"sha256", certificate::sha256_of_file(file)}});
  for (const Rational& epsilon : options.epsilons) epsilons.push_back(exact::to_string(epsilon));
  Exceptions exceptions;
  for (std::size_t k = 0; k < systems.size(); ++k) {
    const heads::HeadSystem& system = systems[k];
    const ordered_json index = source.layers[k] ? ordered_json(*source.layers[k]) : ordered_json(nullptr);
    ordered_json weights = ordered_json::array(), names = ordered_json::array();
    for (const Rational& weight : system.weights) weights.push_back(exact::to_string(weight));
    exceptions.include(index, "mean", values[k].mean, system.nodes);
    for (std::size_t h = 0; h < system.heads.size(); ++h) {
      names.push_back(heads::label_of(system, static_cast<int>(h)));
      exceptions.include(index, fmt::format("head {}", h + 1), values[k].heads[h], system.nodes);
    }
    layers.push_back({{"layer", index}, {"system", system.name}, {"heads", names}, {"weights", weights}});
  }
  for (const crosscheck::GoldenArray& array : arrays) {
    listed.push_back({{"name", array.name},
                      {"dtype", attention::name_of(array.tensor.dtype)},
                      {"shape", array.tensor.shape},
                      {"axes", array.axes}});
  }
  ordered_json result = {
      {"schema", "crosshead.golden/1"},
      {"inputs", inputs},
      {"nodes", systems.front().nodes},
      {"sink", systems.front().nodes[static_cast<std::size_t>(systems.front().sink)]},
      {"layers", layers},
      {"weights", source.weights},
      {"convention", convention(options)},
      {"steps", options.steps},
      {"rounding", "each number once, from its exact rational, to nearest, ties to even"},
      {"types", types(options)},
      {"signal", "s_node(step) = (D^step)[sink, node], step = 0.." + std::to_string(options.steps)},
      {"fidelity", "supremum of the signal over all steps from first_step on; minimax is its least node"},
      {"fidelity_time",
       "first step that attains it; -1: approached, never attained; -2: undecided; -3: undefined"}};
  if (options.mixing) {
    result["distance"] = "total variation between the walk from a node and the sink, after each step";
    result["mixing_time"] =
        "first step whose worst distance is at most epsilon; -2: later than the last step; -3: undefined";
    result["epsilons"] = epsilons;
  }
  result["limits"] = exceptions.limits;
  result["undecided"] = exceptions.undecided;
  result["undefined"] = exceptions.undefined;
  result["arrays"] = listed;
  return result;
}

}  // namespace crosshead::cli
