#include <algorithm>

#include "crosscheck_output.hpp"
#include "line_width.hpp"
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
std::string two_digits(const Rational& value) {
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

/// "layer 0, ": where something is, before what it is.
std::string layer_prefix(const CrosscheckReport& report, std::size_t layer) {
  const std::string label = layer_label(report, layer);
  return label.empty() ? "" : label + ", ";
}

/// The mean first, then every head.
std::vector<std::pair<std::string, const PathCheck*>> paths_of(const LayerCheck& check) {
  std::vector<std::pair<std::string, const PathCheck*>> paths{{path_label(std::nullopt), &check.mean}};
  for (std::size_t h = 0; h < check.heads.size(); ++h) {
    paths.emplace_back(path_label(static_cast<int>(h)), &check.heads[h]);
  }
  return paths;
}

std::string flip_text(const Flip& flip, const std::vector<std::string>& nodes) {
  std::string name = crosscheck::name_of(flip.verdict);
  switch (flip.verdict) {
    case Flip::Verdict::minimax_nodes:
      return fmt::format("{} of {}", name, path_label(flip.head));
    case Flip::Verdict::peak_time:
      return fmt::format("{} of {}, node {}", name, path_label(flip.head),
                         nodes[static_cast<std::size_t>(flip.node)]);
    default:
      return name;
  }
}

class CrosscheckText {
 public:
  explicit CrosscheckText(const CrosscheckReport& report) : report_(report) {}

  std::string text() {
    const LayerCheck& first = report_.checks.front();
    std::string text =
        wrapped("input    ",
                fmt::format("{}: {} layer{}, {} head{}, {} nodes; signals over t = 0..{}", report_.input.file,
                            report_.checks.size(), report_.checks.size() == 1 ? "" : "s", first.heads.size(),
                            first.heads.size() == 1 ? "" : "s", first.nodes, first.options.steps));
    text += wrapped("weights  ", report_.source.weights);
    if (!report_.source.tokens.empty()) text += wrapped("tokens   ", report_.source.tokens);
    if (!report_.against.empty()) {
      text += wrapped("against  ", fmt::format("{}: {}", report_.against, fmt::join(report_.used, ", ")));
      if (!report_.ignored.empty())
        text += fmt::format("ignored  {} other arrays: see --json\n", report_.ignored.size());
    }
    std::string floats;
    for (const auto& [name, value] : report_.environment)
      floats += fmt::format("{}{} {}", floats.empty() ? "" : "; ", name, value);
    if (!floats.empty())
      text +=
          wrapped("floats   ", floats + "; " + crosscheck::name_of(first.options.underflow) + " underflow");
    for (const std::string& device : report_.absent)
      text += wrapped("absent   ", device + ": no such device here");
    text += wrapped("exact    ", exact_text());
    text += rows_text();
    TextTable table({"signal", "error", "bound", "share", "ulps", "worst at", "flips"});
    for (std::size_t k = 0; k < report_.checks.size(); ++k) {
      const std::string layer = layer_label(report_, k);
      if (!layer.empty()) table.add({layer, "", "", "", "", "", ""});
      for (const std::string& label : labels(report_.checks[k])) add_row(table, k, label);
    }
    return text + "\n" + table.text() + notes();
  }

 private:
  /// Every kind of signal of a layer, in order.
  static std::vector<std::string> labels(const LayerCheck& check) {
    std::vector<std::string> found;
    for (const auto& [name, path] : paths_of(check)) {
      for (const SignalCheck& signal : path->signals) {
        const std::string label = signal_label(signal);
        if (std::find(found.begin(), found.end(), label) == found.end()) found.push_back(label);
      }
    }
    return found;
  }

  /// How far exact values reach, over all paths.
  std::string exact_text() const {
    const std::int64_t steps = report_.checks.front().options.steps;
    std::int64_t least = steps;
    for (const LayerCheck& check : report_.checks) {
      for (const auto& [name, path] : paths_of(check)) least = std::min(least, path->exact_through);
    }
    if (least == steps) return "every value, as a rational";
    return fmt::format("rationals up to t = {} at least, then certain enclosures (--exact N allows more)",
                       least);
  }

  std::string rows_text() const {
    Rational defect = 0;
    std::string where, leak;
    double largest = 0;
    for (std::size_t k = 0; k < report_.checks.size(); ++k) {
      const LayerCheck& check = report_.checks[k];
      for (std::size_t h = 0; h < check.head_rows.size(); ++h) {
        const crosscheck::RowReport& rows = check.head_rows[h];
        const std::string place = layer_prefix(report_, k) + path_label(static_cast<int>(h));
        if (rows.defect.largest > defect) {
          defect = rows.defect.largest;
          where = fmt::format(" ({}, row {})", place,
                              check.node_names[static_cast<std::size_t>(rows.defect.row)]);
        }
        if (rows.largest_leak > largest) {
          largest = rows.largest_leak;
          leak = fmt::format("{:.3g} ({}, query {}, key {})", largest, place,
                             check.node_names[static_cast<std::size_t>(rows.leak_query)],
                             check.node_names[static_cast<std::size_t>(rows.leak_key)]);
        }
      }
    }
    return wrapped("rows     ",
                   fmt::format("sums are off 1 by at most {}{}; above the diagonal: {}", two_digits(defect),
                               where, leak.empty() ? "nothing" : "at most " + leak));
  }

  void add_row(TextTable& table, std::size_t k, const std::string& label) {
    const LayerCheck& check = report_.checks[k];
    crosscheck::BoundedError error;
    Rational share;
    std::uint64_t ulps = 0;
    std::string where = "-";
    std::size_t flips = 0;
    for (const auto& [name, path] : paths_of(check)) {
      for (const SignalCheck& signal : path->signals) {
        if (signal_label(signal) != label) continue;
        share = std::max(share, signal.share.value);
        ulps = std::max(ulps, signal.ulps.value);
        if (signal.signal.error > error.error) {
          error = signal.signal;
          where = fmt::format("{}, t {}, {}", name, error.place.time,
                              check.node_names[static_cast<std::size_t>(error.place.node)]);
        }
        crosscheck::UnitHistogram& counts = histogram_of(label);
        for (std::size_t c = 0; c < counts.size(); ++c) counts[c] += signal.histogram[c];
        note_exactness(signal, name, k);
      }
    }
    for (const crosscheck::TypeVerdicts& type : check.types) {
      if (type.source + " " + crosscheck::name_of(type.type) != label) continue;
      flips = type.flips.size();
      for (const Flip& flip : type.flips) {
        flips_.push_back(
            fmt::format("{}{}: {}", layer_prefix(report_, k), label, flip_text(flip, check.node_names)));
      }
    }
    table.add({(layer_label(report_, k).empty() ? "" : "  ") + label, two_digits(error.error),
               two_digits(error.bound), percent(share), std::to_string(ulps), where, std::to_string(flips)});
  }

  void note_exactness(const SignalCheck& signal, const std::string& name, std::size_t k) {
    if (!signal.exact_through) return;
    const std::string first = signal.first_error
                                  ? fmt::format("first error at t {}", signal.first_error->time)
                                  : std::string("no error");
    const std::string last = signal.unrepresentable_at
                                 ? fmt::format("cannot be exact at t {}", *signal.unrepresentable_at)
                                 : std::string("representable throughout");
    const std::string line =
        fmt::format("{}, {}, {}: exact up to t {} predicted, {}; {}", report_.checks[k].system, name,
                    signal_label(signal), *signal.exact_through, last, first);
    (signal.exactness_confirmed ? exactness_ : failures_).push_back(line);
  }

  crosscheck::UnitHistogram& histogram_of(const std::string& label) {
    for (auto& [name, counts] : histograms_) {
      if (name == label) return counts;
    }
    return histograms_.emplace_back(label, crosscheck::UnitHistogram{}).second;
  }

  /// "0: 81.2%, 1: 18.1%, 2-3: 0.7%".
  static std::string shares(const crosscheck::UnitHistogram& counts) {
    std::int64_t total = 0;
    for (const std::int64_t count : counts) total += count;
    std::string text;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (counts[k] == 0) continue;
      const std::uint64_t low = k == 0 ? 0 : std::uint64_t{1} << (k - 1);
      const std::string range = k < 2 ? std::to_string(low) : fmt::format("{}-{}", low, low + (low - 1));
      text += fmt::format("{}{}: {:.3g}%", text.empty() ? "" : ", ", range,
                          100.0 * static_cast<double>(counts[k]) / static_cast<double>(total));
    }
    return text;
  }

  std::string notes() {
    constexpr std::size_t kShown = 12;
    std::string text = "\n";
    const auto list = [&](const std::string& label, const std::vector<std::string>& lines) {
      for (std::size_t k = 0; k < std::min(lines.size(), kShown); ++k) text += wrapped(label, lines[k]);
      if (lines.size() > kShown) text += fmt::format("{}{} more: see --json\n", label, lines.size() - kShown);
    };
    for (const auto& [label, counts] : histograms_)
      text += wrapped("ulps     ", label + ": " + shares(counts));
    list("exactly  ", exactness_);
    list("flipped  ", flips_);
    std::vector<std::string> open;
    for (const CrosscheckVerdict& verdict : report_.verdicts) {
      if (verdict.acceptance.answer == crosscheck::Acceptance::Answer::missed)
        failures_.push_back(verdict.name + ": " + verdict.acceptance.reason);
      if (verdict.acceptance.answer == crosscheck::Acceptance::Answer::undecided)
        open.push_back(verdict.name + ": " + verdict.acceptance.reason);
    }
    list("undecided", open);
    list("FAILED   ", failures_);
    if (!failures_.empty() || !open.empty()) return text;
    return text + (report_.rule.kind == crosscheck::AcceptanceRule::Kind::bound
                       ? std::string("every error is within its proven bound\n")
                       : fmt::format("every signal keeps the rule {}\n", crosscheck::name_of(report_.rule)));
  }

  const CrosscheckReport& report_;
  std::vector<std::pair<std::string, crosscheck::UnitHistogram>> histograms_;
  std::vector<std::string> flips_, failures_, exactness_;
};

}  // namespace

std::string path_label(std::optional<int> head) {
  return head ? fmt::format("head {}", *head + 1) : "mean";
}

std::string layer_label(const CrosscheckReport& report, std::size_t layer) {
  const std::optional<int>& index = report.source.layers[layer];
  if (index) return fmt::format("layer {}", *index);
  return report.source.layers.size() > 1 ? report.checks[layer].system : "";
}

std::string signal_label(const SignalCheck& signal) {
  const bool device = signal.source == "cpu" || signal.source == "cuda" || signal.source == "chain";
  return device ? signal.source + " " + crosscheck::name_of(signal.type) : signal.source;
}

std::string crosscheck_table(const CrosscheckReport& report) {
  return CrosscheckText(report).text();
}

}  // namespace crosshead::cli
