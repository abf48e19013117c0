// Example 3.13: two heads with minimax fidelity 3/8 whose mean has 1/2; and the graph of the published Figure
// 3 script.
#include <algorithm>

#include "example_claims.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Fidelity;
using diffusion::FidelityConvention;
using diffusion::Truth;
using exact::Rational;

struct ThreeValues {
  Fidelity first, second, mean;
};

ThreeValues fidelities(const LedgerEntry& entry, const FidelityConvention& convention) {
  const int tau = entry.required_system().sink;
  return {diffusion::fidelity(diffusion_required(entry, 0), tau, convention),
          diffusion::fidelity(diffusion_required(entry, 1), tau, convention),
          diffusion::fidelity(diffusion_required(entry, -1), tau, convention)};
}

/// Equality of the three minimax fidelities with the printed ones, undecided if one of them is.
ReadingOutcome compare_values(const LedgerEntry& entry, const std::string& reading,
                              const ThreeValues& values) {
  const auto shown = [](const Fidelity& f) { return f.decided ? exact::to_string(f.minimax) : "undecided"; };
  ReadingOutcome outcome;
  outcome.reading = reading;
  outcome.evidence =
      "heads " + shown(values.first) + ", " + shown(values.second) + "; combined " + shown(values.mean);
  if (values.first.decided && values.second.decided && values.mean.decided) {
    outcome.truth = truth_of(values.first.minimax == entry.value("head_1") &&
                             values.second.minimax == entry.value("head_2") &&
                             values.mean.minimax == entry.value("combined"));
  }
  return outcome;
}

std::string name_of(const FidelityConvention& convention) {
  return "supremum over t >= " + std::to_string(convention.first_step) +
         (convention.sink_counts ? ", sink counted" : ", sink left out");
}

/// Under every reading of (23) and (25).
Outcome values(const LedgerEntry& entry) {
  Outcome outcome{"the printed heads, weights 1/2, four readings", {}};
  for (const int first_step : {1, 0}) {
    for (const bool sink_counts : {true, false}) {
      const FidelityConvention convention{first_step, sink_counts};
      outcome.readings.push_back(compare_values(entry, name_of(convention), fidelities(entry, convention)));
    }
  }
  return outcome;
}

/// Every node has a path to the sink in both heads.
Outcome paths(const LedgerEntry& entry) {
  const heads::HeadSystem& system = entry.required_system();
  bool all = true;
  std::string evidence;
  for (int head = 0; head < static_cast<int>(system.heads.size()); ++head) {
    const std::vector<bool> reaches = graph::reaching(heads::graph_of(system, head), system.sink);
    const auto count = std::count(reaches.begin(), reaches.end(), true);
    all = all && count == system.size();
    evidence += (head == 0 ? "head " : ", head ") + std::to_string(head + 1) + ": " + std::to_string(count) +
                " of " + std::to_string(system.size()) + " nodes";
  }
  return {"both heads", {{"a path to tau in each head", truth_of(all), evidence}}};
}

/// Is each node's supremum in the mean a maximum?
Outcome attained(const LedgerEntry& entry) {
  const heads::HeadSystem& system = entry.required_system();
  const Fidelity mean = fidelities(entry, {}).mean;
  ReadingOutcome reading{"max in (28) exists at every node of the combined system", Truth::yes, ""};
  for (int node = 0; node < system.size(); ++node) {
    const auto& fidelity = mean.nodes[static_cast<std::size_t>(node)];
    if (!fidelity.decided) reading.truth = Truth::undecided;
    if (fidelity.decided && !fidelity.attained && reading.truth == Truth::yes) reading.truth = Truth::no;
    if (!fidelity.decided || !fidelity.attained) {
      reading.evidence += (reading.evidence.empty() ? "" : "; ") +
                          describe(fidelity, system.nodes[static_cast<std::size_t>(node)]) + " (" +
                          diffusion::name_of(fidelity.argument) + ")";
    }
  }
  return {"the combined system, t >= 1", {reading}};
}

/// One order of the nodes in which both heads are feedforward.
Outcome hypotheses(const LedgerEntry& entry) {
  const heads::HeadSystem& system = entry.required_system();
  bool printed_order = true;
  std::string violation;
  for (int head = 0; head < static_cast<int>(system.heads.size()); ++head) {
    if (const auto edge = graph::first_backward_edge(heads::graph_of(system, head))) {
      printed_order = false;
      violation = "head " + std::to_string(head + 1) + " has " +
                  system.nodes[static_cast<std::size_t>(edge->first)] + " -> " +
                  system.nodes[static_cast<std::size_t>(edge->second)];
    }
  }
  const bool some_order = graph::topological_order(heads::union_graph(system)).has_value();
  return {"the printed heads",
          {{"Def. 2.1 in the printed order", truth_of(printed_order), violation},
           {"Def. 2.1 in any common order", truth_of(some_order),
            some_order ? "an order exists" : "the union has a cycle through distinct nodes"}}};
}

/// max over 1 <= t <= horizon of the signal, minimised over the nodes besides the sink: what the script
/// computes.
Rational truncated_minimax(const exact::RationalMatrix& matrix, int sink, int horizon) {
  const auto signal = diffusion::signal(matrix, sink, horizon);
  std::optional<Rational> least;
  for (int j = 0; j < matrix.size(); ++j) {
    if (j == sink) continue;
    Rational best = 0;
    for (std::size_t t = 1; t < signal.size(); ++t)
      best = std::max(best, signal[t][static_cast<std::size_t>(j)]);
    if (!least || best < *least) least = best;
  }
  return least.value_or(0);
}

/// The published script's graph against the printed values, as it computes (T = 20) and by the definition.
Outcome figure3(const LedgerEntry& entry) {
  constexpr int kHorizon = 20;
  const int tau = entry.required_system().sink;
  const Rational first = truncated_minimax(diffusion_required(entry, 0), tau, kHorizon);
  const Rational second = truncated_minimax(diffusion_required(entry, 1), tau, kHorizon);
  const Rational mean = truncated_minimax(diffusion_required(entry, -1), tau, kHorizon);
  const auto shown = [](const Rational& value) { return "~" + std::to_string(exact::to_double(value)); };
  Outcome outcome{"the script's heads, weights 1/2", {}};
  outcome.readings.push_back({"as the script computes: 1 <= t <= 20, sink left out",
                              truth_of(first == entry.value("head_1") && second == entry.value("head_2") &&
                                       mean == entry.value("combined")),
                              "heads " + shown(first) + ", " + shown(second) + "; combined " + shown(mean)});
  for (const bool sink_counts : {false, true}) {
    const FidelityConvention convention{1, sink_counts};
    outcome.readings.push_back(compare_values(entry, name_of(convention), fidelities(entry, convention)));
  }
  return outcome;
}

}  // namespace

void add_example_3_13(std::map<std::string, Evaluator>& evaluators) {
  evaluators["E3.13-matrices"] = [](const LedgerEntry& entry) {
    return compare_matrices(entry, {{"head_1", 0}, {"head_2", 1}, {"combined", -1}});
  };
  evaluators["E3.13-paths"] = paths;
  evaluators["E3.13-values"] = values;
  evaluators["E3.13-attained"] = attained;
  evaluators["E3.13-hypotheses"] = hypotheses;
  evaluators["E3.13-figure3"] = figure3;
}

}  // namespace crosshead::claim
