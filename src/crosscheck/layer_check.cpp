#include "crosshead/crosscheck/layer_check.hpp"

#include <algorithm>
#include <utility>

#include "float_mean.hpp"
#include "layer_input.hpp"
#include "layer_verdicts.hpp"

#include "crosshead/attention/float_chain.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::Device;
using attention::FloatType;
using exact::Rational;
using exact::UsageError;

/// Checks one layer: its heads one after another, then the mean that they add up to.
class LayerRun {
 public:
  LayerRun(attention::FloatBackend* backend, const LayerInput& input, const CrosscheckOptions& options)
      : backend_(backend),
        input_(input),
        options_(options),
        nodes_(input.nodes.size()),
        exact_mean_(static_cast<int>(nodes_)) {
    for (const FloatType type : options.types) means_.emplace_back(type, nodes_ * nodes_);
    operands_hold_.assign(options.types.size(), true);
    const auto positive = std::count_if(input.weights.begin(), input.weights.end(),
                                        [](const Rational& weight) { return weight > 0; });
    // A single positive weight is 1: nothing is added.
    summands_ = positive == 1 ? 0 : static_cast<int>(positive);
    // One share of the budget for each head and one for the mean.
    budget_ = options.exact_budget / (static_cast<std::int64_t>(input.weights.size()) + 1);
  }

  PathCheck head(int h, RowReport& rows) {
    const std::vector<double> values = input_.head(h);
    require_held(input_, values, h, options_.types);
    const auto weight = exact::to_double(input_.weights[static_cast<std::size_t>(h)]);
    exact::DyadicMatrix matrix(static_cast<int>(nodes_));
    matrix.add(values);
    rows = row_sums(input_, matrix, head_label(h), options_.largest_defect);
    add_leaks(rows, input_, values, head_label(h), options_.causal);
    exact_mean_.add(values, weight);
    for (FloatMean& mean : means_) mean.add(values, weight);
    std::vector<MeanFormation> formation;
    std::vector<std::vector<double>> inputs(options_.types.size(), values);
    for (std::size_t type = 0; type < options_.types.size(); ++type) {
      const bool hold = operands_hold(options_.types[type], values);
      operands_hold_[type] = operands_hold_[type] && hold;
      formation.push_back({0, hold});
    }
    return path(matrix, inputs, formation, h);
  }

  PathCheck mean(RowReport& rows) {
    std::vector<MeanFormation> formation;
    std::vector<std::vector<double>> inputs;
    for (std::size_t type = 0; type < options_.types.size(); ++type) {
      formation.push_back({summands_, operands_hold_[type]});
      inputs.push_back(means_[type].values());
    }
    rows = row_sums(input_, exact_mean_, "the mean", options_.largest_defect);
    return path(exact_mean_, inputs, formation, std::nullopt);
  }

 private:
  static bool operands_hold(FloatType type, const std::vector<double>& values) {
    const FloatFormat format = operand_format_of(type);
    return std::all_of(values.begin(), values.end(),
                       [&](double value) { return value == 0 || holds(format, value); });
  }

  /// Whether a float matrix is the exact one, bit for bit.
  static bool same(const exact::DyadicMatrix& matrix, const std::vector<double>& values) {
    exact::DyadicMatrix given(matrix.size());
    given.add(values);
    for (int i = 0; i < matrix.size(); ++i) {
      for (int j = 0; j < matrix.size(); ++j) {
        if (matrix.at(i, j) != given.at(i, j)) return false;
      }
    }
    return true;
  }

  FloatSignal chain_signal(const std::vector<double>& values) const {
    const std::vector<float> matrix(values.begin(), values.end());
    const float one = 1;
    const auto n = static_cast<std::int64_t>(nodes_);
    const attention::ChainResult found =
        attention::float_chain({matrix.data(), &one, 1, 1, n, options_.steps}, true);
    // The head, and the head merged alone: the same twice.
    const auto length = static_cast<std::ptrdiff_t>((options_.steps + 1) * n);
    FloatSignal signal;
    signal.values.assign(found.signal.begin(), found.signal.begin() + length);
    signal.source = "chain";
    return signal;
  }

  /// The matrix `inputs[k]` in type k on every device, and what was given.
  PathCheck path(const exact::DyadicMatrix& matrix, const std::vector<std::vector<double>>& inputs,
                 const std::vector<MeanFormation>& formation, std::optional<int> head) {
    std::vector<FloatSignal> signals;
    std::vector<MeanFormation> formations;
    PathOptions options{options_.steps, options_.underflow, budget_, {}};
    for (const Device device : options_.devices) {
      for (std::size_t type = 0; type < options_.types.size(); ++type) {
        FloatSignal signal;
        signal.type = options_.types[type];
        signal.device = device;
        signal.source = device == Device::cpu ? "cpu" : "cuda";
        signal.values = backend_
                            ->run(inputs[type], {1.0}, 1, 1, static_cast<std::int64_t>(nodes_),
                                  options_.steps, signal.type, device, false)
                            .signal;
        signals.push_back(std::move(signal));
        formations.push_back(formation[type]);
        options.matrix_exact.push_back(options_.predict_exactness && same(matrix, inputs[type]) &&
                                       operands_hold(options_.types[type], inputs[type]));
      }
    }
    const auto narrow = std::find(options_.types.begin(), options_.types.end(), FloatType::float32);
    if (options_.chain && narrow != options_.types.end()) {
      const auto type = static_cast<std::size_t>(narrow - options_.types.begin());
      signals.push_back(chain_signal(inputs[type]));
      formations.push_back(formation[type]);
      options.matrix_exact.push_back(options_.predict_exactness && same(matrix, inputs[type]));
    }
    if (input_.given) {
      for (FloatSignal& signal : input_.given(head)) {
        signals.push_back(std::move(signal));
        formations.push_back({head ? 0 : summands_, false});
        options.matrix_exact.push_back(false);
      }
    }
    return check_path(matrix, formations, signals, options);
  }

  attention::FloatBackend* backend_;
  const LayerInput& input_;
  const CrosscheckOptions& options_;
  std::size_t nodes_;
  std::int64_t budget_ = 0;
  int summands_ = 0;  ///< of an entry of the mean
  exact::DyadicMatrix exact_mean_;
  std::vector<FloatMean> means_;
  std::vector<bool> operands_hold_;
};

/// Whether `holds` is true of every signal of every path.
template <typename Predicate>
bool every_signal(const LayerCheck& layer, Predicate holds) {
  const auto path_holds = [&](const PathCheck& path) {
    return std::all_of(path.signals.begin(), path.signals.end(), holds);
  };
  return path_holds(layer.mean) && std::all_of(layer.heads.begin(), layer.heads.end(), path_holds);
}

}  // namespace

std::size_t own_signals(const CrosscheckOptions& options) {
  const bool narrow =
      std::find(options.types.begin(), options.types.end(), FloatType::float32) != options.types.end();
  return options.devices.size() * options.types.size() + (options.chain && narrow ? 1 : 0);
}

bool LayerCheck::within() const {
  return every_signal(*this, [](const SignalCheck& signal) { return signal.within(); });
}

bool LayerCheck::exactness_confirmed() const {
  return every_signal(*this, [](const SignalCheck& signal) { return signal.exactness_confirmed; });
}

LayerCheck check_layer(attention::FloatBackend* backend, const LayerInput& input,
                       const CrosscheckOptions& options, const std::function<void()>& progress) {
  if (!input.given && (options.types.empty() || options.devices.empty()))
    throw UsageError("cross-check: no float type is chosen");
  if (options.steps < 1) throw UsageError("cross-check: at least one step is needed");
  Rational sum = 0;
  for (const Rational& weight : input.weights) sum += weight;
  if (sum != 1)
    throw UsageError("cross-check: the head weights sum to " + exact::to_string(sum) + ", expected 1");
  const auto tell = [&] {
    if (progress) progress();
  };
  LayerCheck result;
  result.system = input.system;
  result.weights = input.weights;
  result.nodes = static_cast<int>(input.nodes.size());
  result.node_names = input.nodes;
  result.options = options;
  if (backend != nullptr) result.backend = backend->description();
  LayerRun run(backend, input, options);
  result.head_rows.resize(input.weights.size());
  for (std::size_t h = 0; h < input.weights.size(); ++h) {
    tell();
    result.heads.push_back(run.head(static_cast<int>(h), result.head_rows[h]));
  }
  tell();
  result.mean = run.mean(result.mean_rows);
  result.exact = exact_verdicts(result.mean, result.heads);
  for (std::size_t type = 0; type < own_signals(options); ++type)
    result.types.push_back(judged(result, type));
  return result;
}

LayerCheck check_layer(attention::FloatBackend& backend, const heads::HeadSystem& system,
                       const CrosscheckOptions& options) {
  return check_layer(&backend, layer_input(system), options);
}

}  // namespace crosshead::crosscheck
