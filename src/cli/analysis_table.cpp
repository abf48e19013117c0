#include "analysis_table.hpp"

#include <algorithm>

#include "line_width.hpp"
#include "text_table.hpp"
#include <fmt/format.h>

#include "crosshead/exact/interval.hpp"

namespace crosshead::cli {
namespace {

using diffusion::Truth;
using exact::Rational;

std::string brief_or_dash(const std::optional<Rational>& value) {
  return value ? brief(*value) : "-";
}

std::string brief_interval(const exact::Interval& value) {
  return value.is_exact() ? brief(value.lower) : fmt::format("~{:.7g}", exact::to_double(value.lower));
}

std::string yes_or_no(bool value) {
  return value ? "yes" : "no";
}

class AnalysisText {
 public:
  AnalysisText(const claim::Analysis& analysis, const heads::HeadSystem& system,
               const claim::AnalysisOptions& options)
      : analysis_(analysis), system_(system), options_(options) {}

  std::string text() {
    std::string result =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{}", opening(), checks(), mixing(), minimax(), nodes(), verdicts());
    if (!notes_.empty()) {
      result += "\n";
      constexpr std::size_t kNotes = 24;
      for (std::size_t k = 0; k < std::min(notes_.size(), kNotes); ++k)
        result += wrapped("note: ", notes_[k]);
      if (notes_.size() > kNotes)
        result += fmt::format("{} more notes: see --json\n", notes_.size() - kNotes);
    }
    return result;
  }

 private:
  std::string node(int index) const { return analysis_.nodes[static_cast<std::size_t>(index)]; }

  /// The combined system and then every head: number, name and analysis.
  struct Part {
    std::string label;
    std::string weight;
    const claim::SystemAnalysis* analysis;
  };
  std::vector<Part> parts() const {
    std::vector<Part> list{{"combined", "", &analysis_.combined}};
    for (std::size_t h = 0; h < analysis_.heads.size(); ++h) {
      list.push_back({analysis_.heads[h].name, brief(system_.weights[h]), &analysis_.heads[h]});
    }
    return list;
  }

  void note(const std::string& text) {
    if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
  }

  std::string opening() const {
    const claim::Convention& convention = analysis_.convention;
    const std::size_t n = analysis_.nodes.size();
    const std::size_t count = analysis_.heads.size();
    std::string text = wrapped(
        "system      ", fmt::format("{}: {} node{}, sink {}, {} head{}", analysis_.system, n,
                                    n == 1 ? "" : "s", node(analysis_.sink), count, count == 1 ? "" : "s"));
    const bool l1 = convention.mixing.distance == walk::Distance::l1;
    text +=
        wrapped("convention  ",
                fmt::format("suprema over t >= {}; the sink {}; {}; {} start; attention {}",
                            convention.fidelity.first_step,
                            convention.fidelity.sink_counts ? "counts" : "is left out",
                            l1 ? "L1 < epsilon" : "total variation <= epsilon",
                            convention.mixing.start == walk::Start::average ? "average" : "worst",
                            convention.reading == heads::Reading::normalised ? "normalised" : "as stored"));
    return text;
  }

  std::string checks() {
    TextTable table({"", "weight", "feedforward", "unique sink", "forward probability"});
    for (const Part& part : parts()) {
      const claim::SystemAnalysis& a = *part.analysis;
      table.add({part.label, part.weight, yes_or_no(a.checks.feedforward), yes_or_no(a.checks.unique_sink),
                 brief_or_dash(a.forward_probability)});
      if (!a.checks.feedforward_violation.empty()) {
        note(fmt::format("{} is not feedforward: {}", part.label, a.checks.feedforward_violation));
      }
      if (!a.checks.unique_sink_violation.empty()) {
        note(fmt::format("{} has no unique sink: {}", part.label, a.checks.unique_sink_violation));
      }
      if (a.row_defect && a.row_defect->largest != 0) {
        note(fmt::format("{}: row sums miss 1 by up to {} (node {})", part.label,
                         brief(a.row_defect->largest), node(a.row_defect->row)));
      }
    }
    return table.text();
  }

  std::string mixing_cell(const std::string& label, const walk::MixingTime& mixing) {
    if (!mixing.defined) {
      note(fmt::format("{}: mixing time undefined: {}", label, mixing.reason));
      return "undefined";
    }
    if (!mixing.decided) return fmt::format("undecided, > {}", mixing.beyond);
    return mixing.worst_start < 0 ? std::to_string(mixing.time)
                                  : fmt::format("{} from {}", mixing.time, node(mixing.worst_start));
  }

  /// One line per threshold would hide the comparison, so thresholds are columns, two at a time.
  std::string mixing() {
    constexpr std::size_t kColumns = 2;
    std::string text;
    const auto& epsilons = options_.epsilons;
    for (std::size_t first = 0; first < epsilons.size(); first += kColumns) {
      const std::size_t last = std::min(first + kColumns, epsilons.size());
      std::vector<std::string> heading{"mixing time"};
      for (std::size_t e = first; e < last; ++e)
        heading.push_back(fmt::format("epsilon {}", brief(epsilons[e])));
      TextTable table(heading);
      for (const Part& part : parts()) {
        std::vector<std::string> row{part.label};
        for (std::size_t e = first; e < last; ++e) {
          row.push_back(e < part.analysis->mixing.size() ? mixing_cell(part.label, part.analysis->mixing[e])
                                                         : "undefined");
        }
        table.add(row);
      }
      text += (text.empty() ? "" : "\n") + table.text();
    }
    return text;
  }

  std::string minimax() {
    TextTable table({"fidelity", "minimax", "at node", "attained"});
    for (const Part& part : parts()) {
      const diffusion::Fidelity& fidelity = part.analysis->fidelity;
      if (!fidelity.defined) {
        note(fmt::format("{}: fidelity undefined: {}", part.label, fidelity.reason));
        table.add({part.label, "undefined", "-", "-"});
      } else if (!fidelity.decided) {
        table.add({part.label, "undecided", "-", "-"});
      } else {
        std::string names;
        for (const int index : fidelity.minimax_nodes)
          names += fmt::format("{}{}", names.empty() ? "" : " ", node(index));
        table.add({part.label, brief(fidelity.minimax), names, yes_or_no(fidelity.attained)});
      }
      note_undecided(part.label, fidelity);
    }
    return table.text();
  }

  void note_undecided(const std::string& label, const diffusion::Fidelity& fidelity) {
    for (std::size_t j = 0; j < fidelity.nodes.size(); ++j) {
      const diffusion::NodeFidelity& node = fidelity.nodes[j];
      if (node.decided) continue;
      note(fmt::format("{}: the fidelity of {} is undecided, at least {}{}{}", label, analysis_.nodes[j],
                       brief(node.lower),
                       node.upper ? fmt::format(" and at most {}", brief(*node.upper)) : "",
                       node.note.empty() ? "" : fmt::format(": {}", node.note)));
    }
  }

  std::string nodes() {
    const claim::SystemAnalysis& a = analysis_.combined;
    TextTable table({"combined, node", "fidelity", "first at t", "mean hitting time",
                     fmt::format("cut at {}", options_.cutoff)});
    for (std::size_t j = 0; j < analysis_.nodes.size(); ++j) {
      std::vector<std::string> row{analysis_.nodes[j], "undefined", "-"};
      if (j < a.fidelity.nodes.size()) {
        const diffusion::NodeFidelity& fidelity = a.fidelity.nodes[j];
        row[1] = !fidelity.decided    ? "undecided"
                 : fidelity.unbounded ? "unbounded"
                                      : brief(fidelity.supremum);
        if (fidelity.decided && !fidelity.unbounded)
          row[2] = fidelity.time ? std::to_string(*fidelity.time) : "never";
        if (!fidelity.decided && !fidelity.note.empty())
          note(fmt::format("{}: {}", analysis_.nodes[j], fidelity.note));
      }
      row.push_back(j < a.expected_hitting.size() ? brief_or_dash(a.expected_hitting[j]) : "-");
      row.push_back(j < a.truncated_hitting.size() ? brief_interval(a.truncated_hitting[j]) : "-");
      table.add(row);
    }
    return table.text();
  }

  std::string verdicts() const {
    std::string best;
    for (const int head : analysis_.best_heads) {
      best +=
          fmt::format("{}{}", best.empty() ? "" : ", ", analysis_.heads[static_cast<std::size_t>(head)].name);
    }
    std::string text = wrapped("best head   ", best.empty() ? "none" : best);
    text += fmt::format("amplifies   {}\n", said(analysis_.amplifies));
    text += fmt::format("attenuates  {}\n", said(analysis_.attenuates));
    for (const claim::MixingVerdict& verdict : analysis_.mixing_verdicts) {
      text += wrapped("mixing      ",
                      fmt::format("epsilon {}: faster than every head: {}; slower: {}",
                                  brief(verdict.epsilon), said(verdict.faster), said(verdict.slower)));
    }
    return text;
  }

  static std::string said(Truth truth) {
    if (truth == Truth::yes || truth == Truth::no) return yes_or_no(truth == Truth::yes);
    return diffusion::name_of(truth);
  }

  const claim::Analysis& analysis_;
  const heads::HeadSystem& system_;
  const claim::AnalysisOptions& options_;
  std::vector<std::string> notes_;
};

}  // namespace

std::string analysis_table(const claim::Analysis& analysis, const heads::HeadSystem& system,
                           const claim::AnalysisOptions& options) {
  return AnalysisText(analysis, system, options).text();
}

}  // namespace crosshead::cli
