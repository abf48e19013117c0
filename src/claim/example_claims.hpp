#pragma once

#include <map>
#include <string>

#include "crosshead/claim/ledger.hpp"

namespace crosshead::claim {

/// Evaluators of the claims E3.8-* and E3.13-*.
void add_example_3_8(std::map<std::string, Evaluator>& evaluators);
void add_example_3_13(std::map<std::string, Evaluator>& evaluators);

inline diffusion::Truth truth_of(bool holds) {
  return holds ? diffusion::Truth::yes : diffusion::Truth::no;
}

/// Index of the node of that name. Throws exact::InputError if the entry's system has none.
int node_named(const LedgerEntry& entry, const std::string& name);

/// Diffusion matrix of a head, or of the mean for head -1. Throws exact::InputError with the reason if
/// undefined.
exact::RationalMatrix diffusion_required(const LedgerEntry& entry, int head);

/// Compares the printed matrices with those of the definitions: one reading, evidence naming the first
/// difference.
Outcome compare_matrices(const LedgerEntry& entry, const std::map<std::string, int>& head_of_key);

/// "phi(u) = 1/2 at t = 1" or "phi(u) = 1/2, approached, never attained".
std::string describe(const diffusion::NodeFidelity& node, const std::string& name);

}  // namespace crosshead::claim
