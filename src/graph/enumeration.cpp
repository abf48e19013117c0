// Families by their codes, and sets of items by total measure. For every total the sets are built from the
// left in ascending order; the last item is looked up among those of the measure that is missing, and a
// branch is left as soon as the items that remain cannot make up the rest.
#include "crosshead/graph/enumeration.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace crosshead::graph {
namespace {

using Place = std::pair<int, int>;

std::vector<Place> places_of(GraphFamily family, int nodes) {
  std::vector<Place> places;
  for (int j = 0; j < nodes; ++j) {
    for (int i = family == GraphFamily::digraphs ? 0 : j + 1; i < nodes; ++i) {
      if (i != j) places.emplace_back(j, i);
    }
  }
  if (family == GraphFamily::optional_loops) {
    for (int j = 0; j < nodes; ++j) places.emplace_back(j, j);
  }
  return places;
}

/// The bits of the places (j, j+1), ..., (j, n): one of them at least is set where node j is no sink.
std::vector<GraphCode> forward_masks(const std::vector<Place>& places, int nodes) {
  std::vector<GraphCode> masks(static_cast<std::size_t>(nodes), 0);
  for (std::size_t k = 0; k < places.size(); ++k) {
    masks[static_cast<std::size_t>(places[k].first)] |= GraphCode{1} << (places.size() - 1 - k);
  }
  masks.pop_back();
  return masks;
}

exact::Integer power_of_two(int exponent) {
  return exact::Integer(1) << static_cast<unsigned>(exponent);
}

}  // namespace

exact::Integer family_count(GraphFamily family, int nodes) {
  switch (family) {
    case GraphFamily::feedforward:
      return power_of_two(nodes * (nodes - 1) / 2);
    case GraphFamily::optional_loops:
      return power_of_two(nodes * (nodes + 1) / 2);
    case GraphFamily::digraphs:
      return power_of_two(nodes * (nodes - 1));
    case GraphFamily::unique_sink:
      break;
  }
  exact::Integer count = 1;
  for (int targets = 1; targets < nodes; ++targets) count *= power_of_two(targets) - 1;
  return count;
}

std::vector<GraphCode> family_codes(GraphFamily family, int nodes) {
  if (nodes < 1 || family_count(family, std::min(nodes, 64)) >= power_of_two(32)) {
    throw std::invalid_argument("a family is listed for at least one node and fewer than 2^32 graphs");
  }
  const std::vector<Place> places = places_of(family, nodes);
  const auto masks =
      family == GraphFamily::unique_sink ? forward_masks(places, nodes) : std::vector<GraphCode>();
  std::vector<GraphCode> codes;
  codes.reserve(family_count(family, nodes).convert_to<std::size_t>());
  for (GraphCode code = 0; code < GraphCode{1} << places.size(); ++code) {
    const bool member =
        std::all_of(masks.begin(), masks.end(), [&](GraphCode mask) { return (code & mask) != 0; });
    if (member) codes.push_back(code);
  }
  return codes;
}

Digraph family_graph(GraphFamily family, int nodes, GraphCode code) {
  const std::vector<Place> places = places_of(family, nodes);
  Digraph graph(nodes, family != GraphFamily::optional_loops);
  for (std::size_t k = 0; k < places.size(); ++k) {
    if (code >> (places.size() - 1 - k) & 1) graph.add_edge(places[k].first, places[k].second);
  }
  return graph;
}

OrderedSets::OrderedSets(std::vector<int> measures, int size) : measures_(std::move(measures)), size_(size) {
  if (size_ < 1) throw std::invalid_argument("a set has at least one item");
  least_ = largest_ = measures_;
  for (std::size_t i = measures_.size(); i-- > 1;) {
    least_[i - 1] = std::min(least_[i - 1], least_[i]);
    largest_[i - 1] = std::max(largest_[i - 1], largest_[i]);
  }
  if (!largest_.empty()) by_measure_.resize(static_cast<std::size_t>(largest_.front()) + 1);
  for (std::size_t i = 0; i < measures_.size(); ++i) {
    by_measure_.at(static_cast<std::size_t>(measures_[i])).push_back(static_cast<int>(i));
  }
}

exact::Integer OrderedSets::count() const {
  exact::Integer result;
  mpz_bin_uiui(result.backend().data(), measures_.size(), static_cast<unsigned long>(size_));
  return result;
}

bool OrderedSets::for_each(const std::function<bool(const std::vector<int>&)>& visit) const {
  if (measures_.size() < static_cast<std::size_t>(size_)) return true;
  std::vector<int> chosen;
  chosen.reserve(static_cast<std::size_t>(size_));
  for (int total = size_ * least_.front(); total <= size_ * largest_.front(); ++total) {
    if (!extend(chosen, 0, total, visit)) return false;
  }
  return true;
}

bool OrderedSets::extend(std::vector<int>& chosen, int next, int rest,
                         const std::function<bool(const std::vector<int>&)>& visit) const {
  const int missing = size_ - static_cast<int>(chosen.size());
  if (missing == 1) {
    if (rest < 0 || rest >= static_cast<int>(by_measure_.size())) return true;
    const std::vector<int>& fitting = by_measure_[static_cast<std::size_t>(rest)];
    for (auto item = std::lower_bound(fitting.begin(), fitting.end(), next); item != fitting.end(); ++item) {
      chosen.push_back(*item);
      const bool more = visit(chosen);
      chosen.pop_back();
      if (!more) return false;
    }
    return true;
  }
  for (int item = next; item + missing <= static_cast<int>(measures_.size()); ++item) {
    const auto i = static_cast<std::size_t>(item);
    if (rest < missing * least_[i] || rest > missing * largest_[i]) return true;
    const int remaining = rest - measures_[i];
    if (remaining < (missing - 1) * least_[i + 1] || remaining > (missing - 1) * largest_[i + 1]) continue;
    chosen.push_back(item);
    const bool more = extend(chosen, item + 1, remaining, visit);
    chosen.pop_back();
    if (!more) return false;
  }
  return true;
}

}  // namespace crosshead::graph
