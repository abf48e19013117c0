#include <algorithm>

#include "crosscheck_output.hpp"
#include "text_table.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

using crosscheck::Flip;
using crosscheck::LayerCheck;
using crosscheck::PathCheck;
using crosscheck::SignalCheck;
using exact::Rational;

/// Two significant digits, rounded up.
std::string brief(const Rational& value) {
  if (value == 0) return "0";
  std::string text = fmt::format("{:.1e}", exact::to_double(value));
  const Rational printed = exact::parse_rational(text);
  if (printed >= value) return text;
  const std::size_t e = text.find('e');
  const Rational digit = exact::parse_rational("0.1" + text.substr(e));
  return fmt::format("{:.1e}", exact::to_double(printed + digit));
}

std::string percent(const Rational& share) {
  const Rational hundredfold = share * 100;
  exact::Integer whole = numerator(hundredfold) / denominator(hundredfold);
  if (whole * denominator(hundredfold) != numerator(hundredfold)) ++whole;
  return whole.str() + "%";
}

std::string layer_label(const CrosscheckLayer& layer) {
  return layer.index ? std::to_string(*layer.index) : "-";
}

std::string path_label(std::optional<int> head) {
  return head ? fmt::format("head {}", *head + 1) : "mean";
}

/// The mean first, then every head.
std::vector<std::pair<std::string, const PathCheck*>> paths_of(const LayerCheck& check) {
  std::vector<std::pair<std::string, const PathCheck*>> paths{{path_label(std::nullopt), &check.mean}};
  for (std::size_t h = 0; h < check.heads.size(); ++h) {
    paths.emplace_back(path_label(static_cast<int>(h)), &check.heads[h]);
  }
  return paths;
}

std::string flip_text(const Flip& flip, const heads::HeadSystem& system) {
  std::string name = crosscheck::name_of(flip.verdict);
  switch (flip.verdict) {
    case Flip::Verdict::minimax_nodes:
      return fmt::format("{} of {}", name, path_label(flip.head));
    case Flip::Verdict::peak_time:
      return fmt::format("{} of {}, node {}", name, path_label(flip.head),
                         system.nodes[static_cast<std::size_t>(flip.node)]);
    default:
      return name;
  }
}

class Table {
 public:
  Table(const CrosscheckInput& input, const CrosscheckSource& source, const std::vector<LayerCheck>& checks)
      : input_(input), source_(source), checks_(checks) {}

  std::string text() {
    const LayerCheck& first = checks_.front();
    std::string text =
        wrapped("input    ", fmt::format("{}: {} layer{}, {} heads, {} nodes; signals over t = 0..{}",
                                         input_.file, checks_.size(), checks_.size() == 1 ? "" : "s",
                                         first.heads.size(), first.nodes, first.options.steps));
    text += wrapped("weights  ", source_.weights);
    if (!source_.tokens.empty()) text += wrapped("tokens   ", source_.tokens);
    text += wrapped("floats   ", fmt::format("{}; on {}; {} underflow", first.backend,
                                             first.options.device == attention::Device::cpu ? "cpu" : "cuda",
                                             crosscheck::name_of(first.options.underflow)));
    TextTable table({"layer", "type", "error", "bound", "of bound", "ulps", "worst at", "minimax", "flips"},
                    26);
    for (std::size_t k = 0; k < checks_.size(); ++k) {
      for (std::size_t type = 0; type < checks_[k].types.size(); ++type) add_row(table, k, type);
    }
    return text + "\n" + table.text() + notes();
  }

 private:
  void add_row(TextTable& table, std::size_t k, std::size_t type) {
    const LayerCheck& check = checks_[k];
    const heads::HeadSystem& system = source_.layers[k].system;
    crosscheck::BoundedError error;
    Rational share;
    std::uint64_t ulps = 0;
    std::string where = "-";
    for (const auto& [label, path] : paths_of(check)) {
      const SignalCheck& signal = path->signals[type];
      share = std::max(share, signal.share.value);
      ulps = std::max(ulps, signal.ulps.value);
      if (signal.signal.error > error.error) {
        error = signal.signal;
        where = fmt::format("{}, t {}, node {}", label, error.place.time,
                            system.nodes[static_cast<std::size_t>(error.place.node)]);
      }
      note_failure(signal, label, k, system);
    }
    const auto& minimax = check.mean.signals[type].minimax;
    const crosscheck::TypeVerdicts& verdicts = check.types[type];
    for (const Flip& flip : verdicts.flips) {
      flips_.push_back(fmt::format("layer {}, {}: {}", layer_label(source_.layers[k]),
                                   crosscheck::name_of(verdicts.type), flip_text(flip, system)));
    }
    table.add({layer_label(source_.layers[k]), crosscheck::name_of(verdicts.type), brief(error.error),
               brief(error.bound), percent(share), std::to_string(ulps), where,
               minimax ? brief(minimax->error) : "-", std::to_string(verdicts.flips.size())});
  }

  void note_failure(const SignalCheck& signal, const std::string& label, std::size_t k,
                    const heads::HeadSystem& system) {
    const std::string place = fmt::format("layer {}, {}, {}", layer_label(source_.layers[k]), label,
                                          crosscheck::name_of(signal.type));
    if (!signal.in_range) {
      failures_.push_back(place + ": the signal may leave the range of the type, so no bound is proven");
    } else if (signal.first_violation) {
      failures_.push_back(fmt::format("{}: {} of {} entries are beyond the proven bound, first t {}, node {}",
                                      place, signal.violations, signal.entries, signal.first_violation->time,
                                      system.nodes[static_cast<std::size_t>(signal.first_violation->node)]));
    }
  }

  std::string notes() const {
    constexpr std::size_t kShown = 12;
    std::string text = "\n";
    const auto list = [&](const std::string& label, const std::vector<std::string>& lines) {
      for (std::size_t k = 0; k < std::min(lines.size(), kShown); ++k) text += wrapped(label, lines[k]);
      if (lines.size() > kShown) text += fmt::format("{}{} more: see --json\n", label, lines.size() - kShown);
    };
    list("flipped  ", flips_);
    list("FAILED   ", failures_);
    if (failures_.empty()) text += "every error is within its proven bound\n";
    return text;
  }

  const CrosscheckInput& input_;
  const CrosscheckSource& source_;
  const std::vector<LayerCheck>& checks_;
  std::vector<std::string> flips_, failures_;
};

}  // namespace

std::string crosscheck_table(const CrosscheckInput& input, const CrosscheckSource& source,
                             const std::vector<LayerCheck>& checks) {
  return Table(input, source, checks).text();
}

}  // namespace crosshead::cli
