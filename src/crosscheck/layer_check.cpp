#include "crosshead/crosscheck/layer_check.hpp"

#include <algorithm>
#include <utility>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;
using exact::UsageError;

exact::RationalMatrix matrix_or_refusal(heads::MatrixOrReason found) {
  if (!found.matrix) throw UsageError("cross-check: " + found.reason);
  return *std::move(found.matrix);
}

/// The image of `value`, which every type must hold.
double representable(const Rational& value, const std::vector<FloatType>& types, const std::string& what) {
  for (const FloatType type : types) {
    if (holds(format_of(type), value)) continue;
    const std::string text = exact::to_string(value);
    constexpr std::size_t kShort = 40;
    throw UsageError(name_of(type) + " cannot hold " + what + " = " +
                     (text.size() <= kShort ? text : "about " + std::to_string(exact::to_double(value))) +
                     ": the input must be the same on all sides, so choose a type that holds it");
  }
  return exact::to_double(value);
}

/// What the backend takes: heads [H, n, n] and weights [H] as doubles, and the matrices they are images of.
struct Input {
  std::vector<exact::RationalMatrix> matrices;
  std::vector<double> heads, weights;
};

Input input_of(const heads::HeadSystem& system, const std::vector<FloatType>& types) {
  const auto nodes = static_cast<std::size_t>(system.size());
  Rational sum = 0;
  for (const Rational& weight : system.weights) sum += weight;
  if (sum != 1)
    throw UsageError("cross-check: the head weights sum to " + exact::to_string(sum) + ", expected 1");
  Input input;
  for (std::size_t h = 0; h < system.heads.size(); ++h) {
    const std::string name = "head " + std::to_string(h + 1);
    input.matrices.push_back(
        matrix_or_refusal(diffusion_of(system, static_cast<int>(h), heads::Reading::as_stored)));
    input.weights.push_back(representable(system.weights[h], types, "the weight of " + name));
    const std::size_t first = input.heads.size();
    input.heads.resize(first + nodes * nodes, 0.0);
    for (std::size_t i = 0; i < nodes; ++i) {
      for (const auto& entry : input.matrices.back().row(static_cast<int>(i))) {
        input.heads[first + i * nodes + static_cast<std::size_t>(entry.column)] = representable(
            entry.value, types,
            name + ", entry [" + std::to_string(i + 1) + ", " + std::to_string(entry.column + 1) + "]");
      }
    }
  }
  return input;
}

/// Minimax fidelities of the mean and the heads in one arithmetic.
template <typename Value>
Verdicts verdicts_of(const Value& mean, const std::vector<Value>& heads) {
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
  if (found.minimax_nodes != path.exact.minimax_nodes) {
    nodes.push_back({Flip::Verdict::minimax_nodes, head, 0});
  }
  for (std::size_t j = 0; j < found.time.size(); ++j) {
    if (found.time[j] != path.exact.time[j]) {
      times.push_back({Flip::Verdict::peak_time, head, static_cast<int>(j)});
    }
  }
}

TypeVerdicts judged(const LayerCheck& layer, std::size_t type) {
  TypeVerdicts result;
  result.type = layer.options.types[type];
  std::vector<double> heads;
  for (const PathCheck& head : layer.heads) heads.push_back(head.signals[type].horizon.minimax);
  result.verdicts = verdicts_of(layer.mean.signals[type].horizon.minimax, heads);

  const auto add = [&](Flip::Verdict verdict, bool differs) {
    if (differs) result.flips.push_back({verdict, std::nullopt, 0});
  };
  add(Flip::Verdict::amplifies, result.verdicts.amplifies != layer.exact.amplifies);
  add(Flip::Verdict::attenuates, result.verdicts.attenuates != layer.exact.attenuates);
  add(Flip::Verdict::best_heads, result.verdicts.best_heads != layer.exact.best_heads);
  std::vector<Flip> nodes, times;
  add_path_flips(nodes, times, layer.mean, type, std::nullopt);
  for (std::size_t h = 0; h < layer.heads.size(); ++h) {
    add_path_flips(nodes, times, layer.heads[h], type, static_cast<int>(h));
  }
  result.flips.insert(result.flips.end(), nodes.begin(), nodes.end());
  result.flips.insert(result.flips.end(), times.begin(), times.end());
  return result;
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

bool LayerCheck::within() const {
  const auto path_within = [](const PathCheck& path) {
    return std::all_of(path.signals.begin(), path.signals.end(),
                       [](const SignalCheck& signal) { return signal.within(); });
  };
  return path_within(mean) && std::all_of(heads.begin(), heads.end(), path_within);
}

LayerCheck check_layer(attention::FloatBackend& backend, const heads::HeadSystem& system,
                       const CrosscheckOptions& options) {
  if (options.types.empty()) throw UsageError("cross-check: no float type is chosen");
  if (options.steps < 1) throw UsageError("cross-check: at least one step is needed");
  if (system.sink != system.size() - 1)
    throw UsageError("cross-check: the float path needs the sink to be last");
  const Input input = input_of(system, options.types);
  const auto count = static_cast<std::int64_t>(system.heads.size()), nodes = std::int64_t{system.size()};

  std::vector<FloatSignal> mean;
  std::vector<std::vector<FloatSignal>> alone(system.heads.size());
  for (const FloatType type : options.types) {
    mean.push_back(
        {type,
         backend.run(input.heads, input.weights, 1, count, nodes, options.steps, type, options.device, false)
             .signal});
    const std::vector<double> ones(input.weights.size(), 1.0);
    const std::vector<double> signals =
        backend.run(input.heads, ones, count, 1, nodes, options.steps, type, options.device, false).signal;
    const auto length = static_cast<std::ptrdiff_t>(signals.size() / alone.size());
    for (std::size_t h = 0; h < alone.size(); ++h) {
      const auto begin = signals.begin() + static_cast<std::ptrdiff_t>(h) * length;
      alone[h].push_back({type, std::vector<double>(begin, begin + length)});
    }
  }

  LayerCheck result;
  result.system = system.name;
  result.weights = system.weights;
  result.nodes = system.size();
  result.options = options;
  result.backend = backend.description();
  const auto positive = std::count_if(system.weights.begin(), system.weights.end(),
                                      [](const Rational& weight) { return weight > 0; });
  const bool single = positive == 1;  // and then its weight is 1
  result.mean = check_path(matrix_or_refusal(mean_diffusion(system, heads::Reading::as_stored)),
                           single ? 0 : static_cast<int>(positive), mean, options.steps, options.underflow);
  for (std::size_t h = 0; h < alone.size(); ++h) {
    result.heads.push_back(check_path(input.matrices[h], 0, alone[h], options.steps, options.underflow));
  }
  std::vector<Rational> minimax;
  for (const PathCheck& head : result.heads) minimax.push_back(head.exact.minimax);
  result.exact = verdicts_of(result.mean.exact.minimax, minimax);
  for (std::size_t type = 0; type < options.types.size(); ++type)
    result.types.push_back(judged(result, type));
  return result;
}

}  // namespace crosshead::crosscheck
