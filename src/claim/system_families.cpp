// Systems of families. Heads are listed once per family and number of nodes, sets of them one by one: what is
// in memory is the list of heads, never the block of systems.
#include "system_families.hpp"

#include <algorithm>
#include <array>

#include "crosshead/graph/enumeration.hpp"
#include "crosshead/graph/families.hpp"

namespace crosshead::claim {
namespace {

using exact::Integer;
using exact::Rational;

constexpr int kMostSystems = 50'000'000;
constexpr std::size_t kListsKept = 8;

constexpr std::array<std::pair<const char*, SystemFamily>, 11> kNames{{
    {"unique_sink", SystemFamily::unique_sink},
    {"feedforward", SystemFamily::feedforward},
    {"optional_loops", SystemFamily::optional_loops},
    {"digraphs", SystemFamily::digraphs},
    {"chains", SystemFamily::chains},
    {"diffusions", SystemFamily::diffusions},
    {"line", SystemFamily::line},
    {"star", SystemFamily::star},
    {"full", SystemFamily::full},
    {"local", SystemFamily::local},
    {"lazy_line", SystemFamily::lazy_line},
}};

const char* name_of(SystemFamily family) {
  return kNames[static_cast<std::size_t>(family)].first;
}

heads::Head lazy_line(int nodes, const Rational& p) {
  heads::Head head;
  head.walk.emplace(nodes);
  for (int i = 0; i < nodes; ++i) {
    if (i > 0) head.walk->append(i, i - 1, p);
    head.walk->append(i, i, i + 1 < nodes ? Rational(1 - p) : Rational(1));
  }
  return head;
}

graph::Digraph graph_of(SystemFamily family, int nodes, int window) {
  switch (family) {
    case SystemFamily::line:
      return graph::line(nodes);
    case SystemFamily::star:
      return graph::star(nodes);
    case SystemFamily::full:
      return graph::full(nodes);
    default:
      return window == 0 ? graph::Digraph(nodes, true) : graph::local(nodes, window);
  }
}

}  // namespace

std::optional<SystemFamily> system_family_named(const std::string& name) {
  for (const auto& [known, family] : kNames) {
    if (name == known) return family;
  }
  return std::nullopt;
}

bool is_set_family(SystemFamily family) {
  return family <= SystemFamily::diffusions;
}

std::shared_ptr<const Setting> SystemFamilies::setting(int nodes) const {
  auto result = std::make_shared<Setting>();
  for (int node = 1; node <= nodes; ++node) result->nodes.push_back(std::to_string(node));
  result->sink = nodes - 1;
  result->convention = convention_;
  result->fidelity_limits = fidelity_limits_;
  result->mixing_limits = mixing_limits_;
  return result;
}

std::shared_ptr<HeadList> SystemFamilies::heads_of(SystemFamily family, int nodes, std::int64_t denominator) {
  const auto known = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.family == family && kept.nodes == nodes && kept.denominator == denominator;
  });
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
  } else {
    kept_.push_front(
        {family, nodes, denominator, std::make_shared<HeadList>(family, setting(nodes), denominator)});
    if (kept_.size() > kListsKept) kept_.pop_back();
  }
  return kept_.front().list;
}

bool SystemFamilies::for_each_set(SystemFamily family, int nodes, int heads, std::int64_t denominator,
                                  const Visit& visit) {
  const std::shared_ptr<HeadList> list = heads_of(family, nodes, denominator);
  if (list->size() < heads) return true;
  const graph::OrderedSets sets(list->measures(), heads);
  if (const Integer count = sets.count(); count > kMostSystems) {
    throw BlockTooLarge(std::string(name_of(family)) + " has " + count.str() + " systems of " +
                        std::to_string(nodes) + " nodes and " + std::to_string(heads) + " heads; at most " +
                        std::to_string(kMostSystems) + " are enumerated");
  }
  const std::vector<Rational> weights(static_cast<std::size_t>(heads), Rational(1, heads));
  return sets.for_each([&](const std::vector<int>& chosen) {
    auto set = std::make_shared<HeadSet>();
    set->setting = list->setting();
    set->heads.reserve(chosen.size());
    for (const int index : chosen) set->heads.push_back(list->chain(index));
    return visit(std::make_shared<CurrentSystem>(std::move(set), weights, ""));
  });
}

std::shared_ptr<CurrentSystem> SystemFamilies::single(SystemFamily family, int nodes, int window,
                                                      const std::vector<Rational>& probabilities) const {
  auto set = std::make_shared<HeadSet>();
  set->setting = setting(nodes);
  if (family == SystemFamily::lazy_line) {
    for (const Rational& p : probabilities) {
      set->heads.push_back(std::make_shared<Chain>(set->setting, lazy_line(nodes, p)));
    }
  } else {
    heads::Head head;
    head.graph = graph_of(family, nodes, window);
    set->heads.push_back(std::make_shared<Chain>(set->setting, std::move(head)));
  }
  const std::size_t count = set->heads.size();
  return std::make_shared<CurrentSystem>(
      std::move(set), std::vector<Rational>(count, Rational(1, static_cast<int>(count))), "");
}

}  // namespace crosshead::claim
