#include "crosscheck_run.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>

#include "crosscheck_against.hpp"
#include "crosscheck_output.hpp"
#include "json_parts.hpp"
#include "progress.hpp"
#include "report_file.hpp"
#include <fmt/format.h>

#include "crosshead/crosscheck/dyadic_systems.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::cli {
namespace {

using attention::Device;
using crosscheck::Acceptance;
using crosscheck::AcceptanceRule;
using crosscheck::LayerCheck;
using crosscheck::PathCheck;
using crosscheck::SignalCheck;
using exact::Rational;
using exact::UsageError;
using nlohmann::ordered_json;

Rational number(const std::string& option, const std::string& text) {
  try {
    const Rational value = exact::parse_rational(text);
    if (value >= 0) return value;
  } catch (const exact::NumberError& error) {
    throw UsageError(option + ": " + error.what());
  }
  throw UsageError(option + ": the number is negative");
}

std::int64_t budget(const std::string& text) {
  constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
  if (text == "all") return kAll;
  const Rational value = number("--exact", text);
  return value < Rational(kAll)
             ? exact::Integer(numerator(value) / denominator(value)).convert_to<std::int64_t>()
             : kAll;
}

/// The devices that were asked for, or those that are there; the others go to `absent`.
std::vector<Device> devices(const CrosscheckRequest& given, const attention::FloatBackend& backend,
                            std::vector<std::string>& absent) {
  std::vector<Device> found;
  const auto asked = [&](const std::string& name) {
    return std::find(given.devices.begin(), given.devices.end(), name) != given.devices.end();
  };
  if (given.devices.empty() || asked("cpu")) found.push_back(Device::cpu);
  if (asked("cuda") && !backend.has_cuda()) {
    throw exact::MissingComponent(
        "no CUDA device: this machine has none, or this LibTorch was built without CUDA");
  }
  if (backend.has_cuda()) {
    if (given.devices.empty() || asked("cuda")) found.push_back(Device::cuda);
  } else {
    absent.emplace_back("cuda");
  }
  return found;
}

/// One cross-check from its options to its exit code.
class CrosscheckRun {
 public:
  CrosscheckRun(const CrosscheckRequest& given, const GlobalOptions& global)
      : given_(given), global_(global) {
    report_.input = given.input;
    report_.against = given.against;
    report_.rule = crosscheck::parse_rule(given.rule);
    options_.steps = given.steps.value_or(100);
    options_.underflow =
        given.underflow == "flushed" ? crosscheck::Underflow::flushed : crosscheck::Underflow::gradual;
    options_.exact_budget = budget(given.exact);
    options_.causal = given.causal;
    if (given.largest_defect != "inf") options_.largest_defect = number("--max-defect", given.largest_defect);
    if (given.dyadic) {
      if (!given.input.file.empty() || !given.against.empty())
        throw UsageError("--dyadic brings its own systems: give it no FILE and no --against");
    } else if (given.input.file.empty()) {
      throw UsageError("FILE is required, or --dyadic");
    }
    if (given.against.empty() && report_.rule.kind == AcceptanceRule::Kind::baseline)
      throw UsageError("--rule baseline=K compares --against with LibTorch; there is nothing to compare");
  }

  int run() {
    prepare();
    ProgressLine line(global_.quiet);
    const auto layers = static_cast<std::int64_t>(report_.source.layers.size());
    for (std::size_t k = 0; k < report_.source.layers.size(); ++k) {
      const auto start = std::chrono::steady_clock::now();
      crosscheck::LayerInput input = report_.source.layer(k);
      const auto paths = static_cast<std::int64_t>(input.weights.size()) + 1;
      if (signals_) input.given = [this, k](std::optional<int> head) { return signals_->of(k, head); };
      std::int64_t done = 0;
      report_.checks.push_back(crosscheck::check_layer(backend_.get(), input, options_, [&] {
        line.show(std::min(static_cast<std::int64_t>(k) * paths + done++, layers * paths), layers * paths, 0,
                  input.system);
      }));
      report_.seconds.push_back(
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      judge(k);
    }
    line.clear();
    if (!given_.junit.empty()) exact::replace_file(given_.junit, crosscheck_junit(report_));
    if (!given_.report.empty()) write_page();
    print(global_.json ? document_text(crosscheck_json(report_)) : crosscheck_table(report_));
    return exit_code();
  }

 private:
  void write_page() const {
    const ordered_json document = crosscheck_json(report_);
    const std::string subject =
        "Floating-point signals of " + report_.input.file + " against exact values and a proven bound.";
    write_report(
        page_of("Floats against exact values", subject,
                {report::ladder_section(report::error_rungs(document), report_.checks.front().backend + "."),
                 report::misses_section(document)}),
        given_.report);
  }

  /// The backend, the layers and the user's signals.
  void prepare() {
    for (const std::string& name : given_.types) {
      const attention::FloatType type = crosscheck::float_type_named(name);
      if (std::find(types_.begin(), types_.end(), type) == types_.end()) types_.push_back(type);
    }
    const bool baseline = report_.rule.kind == AcceptanceRule::Kind::baseline;
    if (given_.against.empty() || baseline) load_backend();
    if (given_.dyadic) {
      options_.predict_exactness = true;
      use_dyadic_systems();
    } else {
      if (!given_.against.empty() && backend_ == nullptr) {
        report_.source = read_crosscheck_source(given_.input, nullptr);
      } else {
        CrosscheckInput input = given_.input;
        input.device = options_.devices.front();
        report_.source = read_crosscheck_source(input, backend_.get());
      }
    }
    options_.types = types_;
    options_.chain = given_.against.empty();
    if (given_.against.empty()) return;
    const crosscheck::LayerInput first = report_.source.layer(0);
    signals_ = std::make_unique<UserSignals>(
        given_.against,
        SignalSizes{report_.source.layers.size(), first.weights.size(), first.nodes.size(), given_.steps});
    options_.steps = signals_->steps();
    options_.types = baseline ? signals_->types() : std::vector<attention::FloatType>{};
    if (baseline) {
      options_.devices = {Device::cpu};
    } else {
      options_.devices.clear();
    }
    report_.used = signals_->used();
    report_.ignored = signals_->ignored();
  }

  void load_backend() {
    backend_ = attention::load_float_backend();
    options_.devices = devices(given_, *backend_, report_.absent);
    report_.environment = backend_->environment();
  }

  void use_dyadic_systems() {
    const auto systems = std::make_shared<std::vector<heads::HeadSystem>>(crosscheck::dyadic_systems());
    report_.input.file = "dyadic systems";
    report_.source.weights = "of each system";
    report_.source.layers.assign(systems->size(), std::nullopt);
    report_.source.layer = [systems](std::size_t k) { return crosscheck::layer_input((*systems)[k]); };
  }

  /// The signal of LibTorch in the same type on the same path.
  static const SignalCheck* baseline_of(const PathCheck& path, const SignalCheck& signal) {
    const auto found = std::find_if(path.signals.begin(), path.signals.end(), [&](const SignalCheck& other) {
      return other.source == "cpu" && other.type == signal.type;
    });
    return found == path.signals.end() ? nullptr : &*found;
  }

  void judge(std::size_t layer) {
    const LayerCheck& check = report_.checks[layer];
    const std::string label = layer_label(report_, layer), place = label.empty() ? "" : label + ", ";
    const auto judge_path = [&](const PathCheck& path, std::optional<int> head) {
      for (std::size_t k = 0; k < path.signals.size(); ++k) {
        const SignalCheck& signal = path.signals[k];
        const bool library = k < crosscheck::own_signals(options_);
        if (library && signals_) continue;  // the baseline itself
        CrosscheckVerdict verdict{layer, head, k, {}, {}};
        verdict.acceptance = crosscheck::judge(report_.rule, signal, baseline_of(path, signal));
        verdict.name = place + path_label(head) + ", " + signal_label(signal);
        if (!signal.exactness_confirmed)
          verdict.acceptance = {Acceptance::Answer::missed, "floats are not exact as long as they must be"};
        report_.verdicts.push_back(std::move(verdict));
      }
    };
    judge_path(check.mean, std::nullopt);
    for (std::size_t h = 0; h < check.heads.size(); ++h) judge_path(check.heads[h], static_cast<int>(h));
  }

  int exit_code() const {
    int result = kHolds;
    for (const CrosscheckVerdict& verdict : report_.verdicts) {
      if (verdict.acceptance.answer == Acceptance::Answer::missed) return kFailed;
      if (verdict.acceptance.answer == Acceptance::Answer::undecided) result = kUndecided;
    }
    return result;
  }

  const CrosscheckRequest& given_;
  const GlobalOptions& global_;
  crosscheck::CrosscheckOptions options_;
  std::vector<attention::FloatType> types_;
  std::shared_ptr<attention::FloatBackend> backend_;
  std::unique_ptr<UserSignals> signals_;
  CrosscheckReport report_;
};

}  // namespace

int run_crosscheck(const CrosscheckRequest& given, const GlobalOptions& global) {
  return CrosscheckRun(given, global).run();
}

}  // namespace crosshead::cli
