// An exhibit is made of the witness that the decision carries. What kind of curves it gets follows from the
// facts that the reading needed, or from what its formula speaks of.
#include "audit_exhibits.hpp"

#include <fmt/format.h>

#include "crosshead/report/drawing.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/printed_figure.hpp"
#include "crosshead/report/system_figures.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::cli {
namespace {

using claim::DecidedReading;
using claim::Fact;
using claim::WitnessValue;

/// The system that decides a reading, and what is to be shown of it.
struct Shown {
  std::optional<heads::HeadSystem> system;
  bool mixing = false, fidelity = false;
  exact::Rational epsilon{1, 4};
};

void note_facts(Shown& shown, const claim::UsedSystem& used) {
  for (const Fact& fact : used.facts) {
    if (fact.kind == Fact::Kind::fidelity) shown.fidelity = true;
    if (fact.kind != Fact::Kind::mixing_time && fact.kind != Fact::Kind::mixing_time_l1) continue;
    shown.mixing = true;
    shown.epsilon = fact.epsilon;
  }
}

/// The weights that the witness names: exactly, or some inside of its interval.
void set_weights(heads::HeadSystem& system, const WitnessValue& value) {
  if (value.weights.size() == system.heads.size()) {
    system.weights = value.weights;
  } else if (value.between && system.heads.size() == 2) {
    const exact::Rational b = (value.between->lower + value.between->upper) / 2;
    system.weights = {b, 1 - b};
  }
}

Shown shown_of(const DecidedReading& decided) {
  const claim::Evaluation& evaluation = decided.evaluation;
  Shown shown;
  shown.system = decided.reading->given;
  if (!evaluation.witness && evaluation.systems.size() == 1) note_facts(shown, evaluation.systems.front());
  if (evaluation.witness) {
    for (const WitnessValue& value : *evaluation.witness) {
      if (!value.system || *value.system >= evaluation.systems.size()) continue;
      shown.system = evaluation.systems[*value.system].system;
      note_facts(shown, evaluation.systems[*value.system]);
    }
    for (const WitnessValue& value : *evaluation.witness) {
      if (shown.system) set_weights(*shown.system, value);
      if (value.name == "eps" && value.number && *value.number > 0) shown.epsilon = *value.number;
    }
  }
  const std::string& formula = decided.reading->formula.text;
  const auto speaks_of = [&](const char* word) { return formula.find(word) != std::string::npos; };
  if (!shown.mixing && !shown.fidelity) {
    shown.mixing = speaks_of("t_mix") || speaks_of("distance(");
    shown.fidelity = speaks_of("phi") || speaks_of("attained") || speaks_of("signal(");
  }
  return shown;
}

/// 2N/p with the forward probability that the formula takes, where it is about that bound.
report::TimeBound bound_of(const DecidedReading& decided, const heads::HeadSystem& system) {
  const std::string& formula = decided.reading->formula.text;
  if (formula.find("2 * N") == std::string::npos) return {};
  exact::Rational mean = 0, largest = 0;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    const auto walk = heads::walk_of(system, h, decided.reading->convention.reading);
    const auto forward =
        walk.matrix ? walk::forward_probability(*walk.matrix, system.sink) : std::optional<exact::Rational>();
    if (!forward || *forward == 0) return {};
    mean += system.weights[static_cast<std::size_t>(h)] * *forward;
    largest = std::max(largest, *forward);
  }
  const exact::Rational twice = 2 * (system.size() - 1);
  if (formula.find("max h in heads: p(head h)") != std::string::npos) return {"2N/max p", twice / largest};
  return {"2N/p", twice / mean};
}

std::string html_of(const DecidedReading& decided, const Shown& shown, const std::string& id) {
  const heads::HeadSystem& system = *shown.system;
  const claim::Convention& convention = decided.reading->convention;
  const bool walk = shown.mixing || decided.reading->formula.text.find("W(") != std::string::npos;
  std::string html =
      report::system_drawing(system, walk ? report::EdgeWeights::walk : report::EdgeWeights::diffusion, id);
  html += report::comparison_table(system, convention, shown.epsilon);
  std::vector<report::Figure> figures;
  if (shown.mixing)
    figures.push_back(report::distance_figure(system, convention, shown.epsilon, id + "-distance",
                                              bound_of(decided, system)));
  if (shown.fidelity)
    figures.push_back(report::signal_figure(system, convention.fidelity, id + "-signal", false));
  for (const report::Figure& figure : figures) {
    if (!figure.panels.empty()) html += report::figure_html(figure);
  }
  return html;
}

bool refutes(const DecidedReading& decided) {
  return decided.reading->role != claim::Role::fact && decided.evaluation.truth == diffusion::Truth::no;
}

}  // namespace

report::Exhibits exhibits_of(const std::vector<Audited>& results) {
  report::Exhibits exhibits;
  for (const Audited& audited : results) {
    if (!audited.decision) continue;
    bool printed = false;
    int count = 0;
    for (const DecidedReading& decided : audited.decision->readings) {
      if (!refutes(decided)) continue;
      const std::string id = fmt::format("exhibit-{}-{}", report::anchor(audited.entry->id), ++count);
      report::Exhibit exhibit{decided.reading->name, decided.reading->formula.text,
                              decided.evaluation.explanation, ""};
      const Shown shown = shown_of(decided);
      if (shown.system) {
        exhibit.html = html_of(decided, shown, id);
      } else if (!printed && !audited.entry->printed.tables.empty()) {
        const report::Figure figure = report::printed_figure(audited.entry->printed.tables, id + "-printed");
        if (!figure.panels.empty()) exhibit.html = report::figure_html(figure);
        printed = true;
      }
      exhibits[audited.entry->id].push_back(std::move(exhibit));
    }
  }
  return exhibits;
}

}  // namespace crosshead::cli
