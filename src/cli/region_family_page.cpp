// The page about the weights of all pairs of a family.
#include "region_family_page.hpp"

#include <algorithm>

#include "report_file.hpp"
#include <fmt/format.h>

#include "crosshead/report/family_section.hpp"

namespace crosshead::cli {
namespace {

using diffusion::RegionInterval;
using exact::Rational;
using nlohmann::ordered_json;
using Kind = report::FamilyPair::Kind;

/// The heads of a family by their number.
class Heads {
 public:
  explicit Heads(const RegionFamily& family)
      : family_(family), codes_(graph::family_codes(family.family, family.nodes)) {}

  graph::Digraph graph(const ordered_json& number) const {
    return graph::family_graph(family_.family, family_.nodes, codes_.at(number.get<std::size_t>()));
  }

 private:
  const RegionFamily& family_;
  std::vector<graph::GraphCode> codes_;
};

/// "1 -> 2, 2 -> 4" with arrows; every node has its self-loop as well.
std::string edges_text(const graph::Digraph& graph) {
  std::string text;
  for (int from = 0; from < graph.size(); ++from) {
    for (const int to : graph.successors(from)) {
      if (to != from) text += fmt::format("{}{}\xE2\x86\x92{}", text.empty() ? "" : ", ", from + 1, to + 1);
    }
  }
  return text.empty() ? "none" : text;
}

report::FamilyPair pair_of(const RegionCensus::Kept& kept, const Heads& heads) {
  report::FamilyPair pair;
  pair.number = kept.number;
  pair.first = edges_text(heads.graph(kept.line["pair"][0]));
  pair.second = edges_text(heads.graph(kept.line["pair"][1]));
  const std::vector<RegionInterval> sets = sets_of(kept.line);
  pair.holds = ordered_json::array();
  for (const RegionInterval& set : sets) pair.holds.push_back(set_json(set));
  pair.irrational = have_irrational_end(sets);
  pair.kind = kept.line.contains("undecided") ? Kind::undecided
              : sets.empty()                  ? Kind::nowhere
              : hold_everywhere(sets)         ? Kind::everywhere
              : hold_at_half(sets)            ? Kind::half
                                              : Kind::elsewhere;
  return pair;
}

/// A rational weight inside the set: the simplest of the coarsest grid that has one; an end that
/// belongs to the set where it is a point.
Rational weight_inside(const RegionInterval& set) {
  if (set.from.compare(set.to) == 0) return set.from.isolating().lower;
  for (long parts = 2;; parts *= 2) {
    for (long k = 1; k < parts; ++k) {
      const Rational weight(k, parts);
      if (set.from.compare(weight) < 0 && set.to.compare(weight) > 0) return weight;
    }
  }
}

void add_example(report::FamilyCensus& page, const std::string& title,
                 const std::optional<RegionCensus::Kept>& kept, const Heads& heads) {
  if (!kept) return;
  const auto same = [&](const report::FamilyExample& other) { return other.pair.number == kept->number; };
  if (std::any_of(page.examples.begin(), page.examples.end(), same)) return;
  report::FamilyExample example{title, pair_of(*kept, heads), {}};
  const Rational weight = weight_inside(sets_of(kept->line).front());
  example.system.weights = {weight, 1 - weight};
  for (const auto& number : kept->line["pair"]) {
    heads::Head& head = example.system.heads.emplace_back();
    head.graph = heads.graph(number);
  }
  const int nodes = example.system.heads.front().graph->size();
  for (int node = 1; node <= nodes; ++node) example.system.nodes.push_back(std::to_string(node));
  example.system.sink = nodes - 1;
  page.examples.push_back(std::move(example));
}

}  // namespace

void write_family_page(const RegionFamily& family, const ordered_json& document, const RegionCensus& census) {
  const Heads heads(family);
  report::FamilyCensus page;
  page.document = document;
  page.holding = census.holding();
  page.lengths = census.lengths();
  page.every = census.every();
  for (const RegionCensus::Kept& kept : census.listed()) page.listed.push_back(pair_of(kept, heads));
  add_example(page, "The first pair for which it holds for all 0 < b < 1", census.first_everywhere(), heads);
  add_example(page, "The first pair for which it holds for some b, but not at 1/2", census.first_elsewhere(),
              heads);
  add_example(page, "The first pair with the shortest set of weights", census.shortest(), heads);
  write_report(page_of(fmt::format("Weights of all pairs: {}, {} nodes", family.request.text, family.nodes),
                       "For which weights of two heads a claim holds, exactly, for every pair of a family.",
                       {report::family_census_section(page), report::family_examples_section(page),
                        report::family_pairs_section(page)}),
               family.report);
}

}  // namespace crosshead::cli
