// Example 3.8: two heads u -> v and v -> tau, whose composition opens a path that neither has.
#include "example_claims.hpp"

namespace crosshead::claim {
namespace {

using exact::DenseMatrix;
using exact::Rational;

DenseMatrix head_matrix(const LedgerEntry& entry, int head) {
  return exact::to_dense(diffusion_required(entry, head));
}

Rational product_entry(const DenseMatrix& left, const DenseMatrix& right, int i, int j) {
  Rational sum = 0;
  for (Eigen::Index k = 0; k < left.cols(); ++k) sum += left(i, k) * right(k, j);
  return sum;
}

/// (Delta_h^2)_{tau u} = 0 for each head, and no larger power changes that.
Outcome singles(const LedgerEntry& entry) {
  Outcome outcome{"both heads; two steps, and every number of steps", {}};
  const int u = node_named(entry, "u"), tau = entry.required_system().sink;
  bool two_steps = true, always = true;
  std::string evidence;
  for (int head = 0; head < 2; ++head) {
    const DenseMatrix matrix = head_matrix(entry, head);
    const Rational value = product_entry(matrix, matrix, tau, u);
    const auto fidelity = diffusion::fidelity(diffusion_required(entry, head), tau, {});
    const auto& node = fidelity.nodes[static_cast<std::size_t>(u)];
    two_steps = two_steps && value == entry.value("single");
    always = always && node.decided && node.supremum == 0;
    evidence += (head == 0 ? "head 1: " : ", head 2: ") + exact::to_string(value);
  }
  outcome.readings.push_back({"t = 2", truth_of(two_steps), evidence});
  outcome.readings.push_back(
      {"every t (node fidelity of u)", truth_of(always), "u never reaches tau in either head"});
  return outcome;
}

/// (Delta_2 Delta_1)_{tau u}: head 2 next to the sink. The other order contributes nothing.
Outcome cross(const LedgerEntry& entry) {
  const int u = node_named(entry, "u"), tau = entry.required_system().sink;
  const DenseMatrix first = head_matrix(entry, 0), second = head_matrix(entry, 1);
  const Rational value = product_entry(second, first, tau, u), other = product_entry(first, second, tau, u);
  return {"the word (2, 1) of length two",
          {{"(Delta_2 Delta_1)_{tau u}", truth_of(value == entry.value("cross") && value > 0),
            "value " + exact::to_string(value) + "; the word (1, 2) gives " + exact::to_string(other)}}};
}

/// (Dbar^2)_{tau u} as a polynomial in the weights: its three coefficients decide it for all weights at once.
Outcome sum(const LedgerEntry& entry) {
  const int u = node_named(entry, "u"), tau = entry.required_system().sink;
  const DenseMatrix first = head_matrix(entry, 0), second = head_matrix(entry, 1);
  const Rational b1_squared = product_entry(first, first, tau, u);
  const Rational b2_squared = product_entry(second, second, tau, u);
  const Rational mixed = product_entry(first, second, tau, u) + product_entry(second, first, tau, u);
  const bool holds = b1_squared == 0 && b2_squared == 0 && mixed == entry.value("coefficient");
  return {"all weights (the polynomial's coefficients)",
          {{"(Dbar^2)_{tau u} in b1, b2", truth_of(holds),
            exact::to_string(b1_squared) + " b1^2 + " + exact::to_string(mixed) + " b1 b2 + " +
                exact::to_string(b2_squared) + " b2^2"}}};
}

/// "Lifts fidelity from 0 to b1 b2 / 4": true of the two-step signal, not of the node fidelity of Def. 3.9.
Outcome lifted(const LedgerEntry& entry) {
  const int u = node_named(entry, "u"), tau = entry.required_system().sink;
  const Rational coefficient = entry.value("coefficient");
  constexpr int kParts = 8;
  bool signal_holds = true, fidelity_holds = true;
  std::string signal_evidence, fidelity_evidence;
  for (int part = 1; part < kParts; ++part) {
    const Rational b1(part, kParts), b2 = 1 - b1;
    const exact::RationalMatrix mean =
        exact::weighted_sum({diffusion_required(entry, 0), diffusion_required(entry, 1)}, {b1, b2});
    const Rational claimed = b1 * b2 * coefficient;
    const Rational two_steps = diffusion::signal(mean, tau, 2)[2][static_cast<std::size_t>(u)];
    const diffusion::Fidelity result = diffusion::fidelity(mean, tau, {});
    const diffusion::NodeFidelity& node = result.nodes[static_cast<std::size_t>(u)];
    signal_holds = signal_holds && two_steps == claimed;
    fidelity_holds = fidelity_holds && node.decided && node.supremum == claimed;
    if (2 * part == kParts) {
      signal_evidence = "at b1 = b2 = 1/2 the signal is " + exact::to_string(two_steps);
      fidelity_evidence = "at b1 = b2 = 1/2 " + describe(node, "u") + ", not " + exact::to_string(claimed);
    }
  }
  return {"b1 = k/8, k = 1..7",
          {{"signal of u after two steps (22)", truth_of(signal_holds), signal_evidence},
           {"node fidelity of u (Def. 3.9)", truth_of(fidelity_holds), fidelity_evidence}}};
}

/// Def. 2.1 and 2.2 for each head: feedforward yes, unique sink no.
Outcome hypotheses(const LedgerEntry& entry) {
  const heads::HeadSystem& system = entry.required_system();
  Outcome outcome{"both heads and their union", {}};
  bool every_head = true;
  std::string evidence;
  for (int head = 0; head < static_cast<int>(system.heads.size()); ++head) {
    const graph::Digraph graph = heads::graph_of(system, head);
    every_head = every_head && graph::is_feedforward(graph) && graph::has_unique_sink(graph, system.sink);
    evidence += (head == 0 ? "sinks of head " : "; of head ") + std::to_string(head + 1) + ":";
    for (int node : graph::sinks(graph)) evidence += " " + system.nodes[static_cast<std::size_t>(node)];
  }
  const bool in_union = graph::has_unique_sink(heads::union_graph(system), system.sink);
  outcome.readings.push_back({"Def. 2.1 and 2.2 in every head", truth_of(every_head),
                              evidence + (in_union ? "; the union has tau alone" : "")});
  return outcome;
}

}  // namespace

void add_example_3_8(std::map<std::string, Evaluator>& evaluators) {
  evaluators["E3.8-matrices"] = [](const LedgerEntry& entry) {
    return compare_matrices(entry, {{"head_1", 0}, {"head_2", 1}});
  };
  evaluators["E3.8-singles"] = singles;
  evaluators["E3.8-cross"] = cross;
  evaluators["E3.8-sum"] = sum;
  evaluators["E3.8-fidelity"] = lifted;
  evaluators["E3.8-hypotheses"] = hypotheses;
}

}  // namespace crosshead::claim
