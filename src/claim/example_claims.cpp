#include "example_claims.hpp"

#include <algorithm>

#include "crosshead/exact/error.hpp"

namespace crosshead::claim {

int node_named(const LedgerEntry& entry, const std::string& name) {
  const auto& nodes = entry.required_system().nodes;
  const auto found = std::find(nodes.begin(), nodes.end(), name);
  if (found == nodes.end())
    throw exact::InputError(entry.file.string(), "system", "no node is named '" + name + "'");
  return static_cast<int>(found - nodes.begin());
}

exact::RationalMatrix diffusion_required(const LedgerEntry& entry, int head) {
  const heads::HeadSystem& system = entry.required_system();
  if (head >= static_cast<int>(system.heads.size())) {
    throw exact::InputError(entry.file.string(), "system",
                            "head " + std::to_string(head + 1) + " is missing");
  }
  heads::MatrixOrReason matrix = head < 0 ? heads::mean_diffusion(system, heads::Reading::as_stored)
                                          : heads::diffusion_of(system, head, heads::Reading::as_stored);
  if (!matrix.matrix) throw exact::InputError(entry.file.string(), "system", matrix.reason);
  return std::move(*matrix.matrix);
}

Outcome compare_matrices(const LedgerEntry& entry, const std::map<std::string, int>& head_of_key) {
  Outcome outcome;
  outcome.domain = "the printed matrices, entry by entry";
  const auto& nodes = entry.required_system().nodes;
  int entries = 0;
  for (const auto& [key, head] : head_of_key) {
    const exact::RationalMatrix& printed = entry.matrix(key);
    const exact::RationalMatrix computed = diffusion_required(entry, head);
    if (printed.size() != computed.size()) {
      throw exact::InputError(entry.file.string(), "printed", "'" + key + "' has the wrong size");
    }
    for (int i = 0; i < computed.size(); ++i) {
      for (int j = 0; j < computed.size(); ++j, ++entries) {
        if (printed.at(i, j) == computed.at(i, j)) continue;
        outcome.readings.push_back({"Def. 3.1 and (26)", diffusion::Truth::no,
                                    key + " has " + exact::to_string(printed.at(i, j)) + " printed at (" +
                                        nodes[static_cast<std::size_t>(i)] + ", " +
                                        nodes[static_cast<std::size_t>(j)] + "), the definition gives " +
                                        exact::to_string(computed.at(i, j))});
        return outcome;
      }
    }
  }
  outcome.readings.push_back(
      {"Def. 3.1 and (26)", diffusion::Truth::yes, "all " + std::to_string(entries) + " entries agree"});
  return outcome;
}

std::string describe(const diffusion::NodeFidelity& node, const std::string& name) {
  if (!node.decided) return "phi(" + name + ") undecided";
  const std::string value = "phi(" + name + ") = " + exact::to_string(node.supremum);
  if (!node.attained) return value + ", approached but never attained";
  return value + " at t = " + std::to_string(*node.time);
}

std::map<std::string, Evaluator> example_evaluators() {
  std::map<std::string, Evaluator> evaluators;
  add_example_3_8(evaluators);
  add_example_3_13(evaluators);
  return evaluators;
}

}  // namespace crosshead::claim
