// Node fidelity as a decided supremum: each node by the argument that fits its fate. Transient nodes by a
// tail bound (transient_search.cpp), absorbing nodes by an exact solve (absorbing_node.cpp), closed classes
// of cyclic matrices by their limits (closed_class.cpp).
#include "crosshead/diffusion/fidelity.hpp"

#include <algorithm>

#include "absorbing_node.hpp"
#include "closed_class.hpp"
#include "structure.hpp"
#include "transient_search.hpp"

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using exact::RationalMatrix;
using exact::RowIteration;

void minimise(Fidelity& result, int sink, const FidelityConvention& convention) {
  bool first = true, upper_first = true;
  std::optional<Rational> least_decided;
  for (int j = 0; j < static_cast<int>(result.nodes.size()); ++j) {
    const NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    if (j == sink && !convention.sink_counts) continue;
    if (node.unbounded) continue;
    if (first || node.lower < result.lower) result.lower = node.lower;
    first = false;
    if (node.upper && (upper_first || *node.upper < *result.upper)) {
      result.upper = node.upper;
      upper_first = false;
    }
    if (node.decided && (!least_decided || node.supremum < *least_decided)) least_decided = node.supremum;
  }
  if (first) {
    result.defined = false;
    result.reason =
        convention.sink_counts ? "every node's signal is unbounded" : "no node besides the sink counts";
    return;
  }
  if (!least_decided || *least_decided != result.lower) return;
  result.decided = true;
  result.minimax = *least_decided;
  result.upper = result.minimax;
  for (int j = 0; j < static_cast<int>(result.nodes.size()); ++j) {
    const NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    if ((j != sink || convention.sink_counts) && node.decided && !node.unbounded &&
        node.supremum == result.minimax) {
      result.minimax_nodes.push_back(j);
    }
  }
  result.attained = result.nodes[static_cast<std::size_t>(result.minimax_nodes.front())].attained;
}

}  // namespace

Fidelity fidelity(const RationalMatrix& diffusion, int sink, const FidelityConvention& convention,
                  const Limits& limits) {
  const Structure structure(diffusion, sink);
  Fidelity result;
  result.nodes.resize(static_cast<std::size_t>(diffusion.size()));
  std::vector<int> bounded, boundless, recurrent;
  for (int j = 0; j < diffusion.size(); ++j) {
    NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    switch (structure.fates[static_cast<std::size_t>(j)]) {
      case Fate::unheard:
        settle(node, 0, convention.first_step, TailArgument::unreachable);
        break;
      case Fate::transient:
        bounded.push_back(j);
        break;
      case Fate::absorbing:
        if (keeps_coming(structure, j)) {
          settle(node, absorbed_weight(diffusion, structure, j), std::nullopt, TailArgument::absorbing_limit);
        } else {
          bounded.push_back(j);  // all mass arrives within n steps: decided there, with its time
        }
        break;
      case Fate::recurrent:
        recurrent.push_back(j);
        break;
      case Fate::unbounded:
        node.decided = true;
        node.unbounded = true;
        node.note = "row sums above 1 let the signal grow without bound";
        break;
      case Fate::unknown:
        boundless.push_back(j);
        break;
    }
  }
  result.steps =
      decide_transient_nodes(diffusion, structure, bounded, boundless, convention, limits, result.nodes);
  if (!recurrent.empty()) {
    result.steps = std::max(result.steps, decide_closed_classes(diffusion, structure, recurrent, convention,
                                                                limits, result.nodes));
  }
  minimise(result, sink, convention);
  return result;
}

std::vector<std::vector<Rational>> signal(const RationalMatrix& diffusion, int sink, std::int64_t steps) {
  const exact::IntegerMatrix integers(diffusion);
  RowIteration row(integers, sink);
  std::vector<std::vector<Rational>> result;
  result.reserve(static_cast<std::size_t>(steps) + 1);
  for (std::int64_t t = 0; t <= steps; ++t) {
    if (t > 0) row.step();
    std::vector<Rational> values;
    values.reserve(static_cast<std::size_t>(diffusion.size()));
    for (int j = 0; j < diffusion.size(); ++j) values.push_back(row.value(j));
    result.push_back(std::move(values));
  }
  return result;
}

std::string name_of(TailArgument argument) {
  switch (argument) {
    case TailArgument::unreachable:
      return "unreachable";
    case TailArgument::superharmonic:
      return "superharmonic";
    case TailArgument::absorbing_limit:
      return "absorbing limit";
    case TailArgument::contraction:
      return "contraction";
    case TailArgument::recurrence:
      return "recurrence";
    case TailArgument::undecided:
      return "undecided";
  }
  return "undecided";
}

}  // namespace crosshead::diffusion
