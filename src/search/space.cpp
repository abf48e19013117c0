#include "crosshead/search/space.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "code_bits.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::Integer;
using exact::Rational;

graph::GraphFamily graph_family_of(Family family) {
  switch (family) {
    case Family::unique_sink:
      return graph::GraphFamily::unique_sink;
    case Family::union_sink:
      return graph::GraphFamily::feedforward;
    case Family::optional_loops:
      break;
  }
  return graph::GraphFamily::optional_loops;
}

/// Choices of `count` distinct items out of m: sets, or arrangements.
Integer choices(const Integer& m, int count, bool ordered) {
  Integer result = 1;
  for (int k = 0; k < count; ++k) {
    if (m <= k) return 0;
    result *= m - k;
    if (!ordered) result /= k + 1;
  }
  return result;
}

/// The next prefix in the order of ranks; false at the end.
bool advance(std::vector<std::uint32_t>& prefix, std::uint32_t heads, bool ordered) {
  const auto used = [&](std::size_t length, std::uint32_t head) {
    return std::find(prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(length), head) !=
           prefix.begin() + static_cast<std::ptrdiff_t>(length);
  };
  for (std::size_t place = prefix.size(); place-- > 0;) {
    std::uint32_t next = prefix[place] + 1;
    if (ordered) {
      while (next < heads && used(place, next)) ++next;
    }
    // An unordered system needs larger heads for all places behind this one and for the last.
    const std::uint32_t end = ordered ? heads : heads - static_cast<std::uint32_t>(prefix.size() - place);
    if (next >= end) continue;
    prefix[place] = next;
    for (std::size_t later = place + 1; later < prefix.size(); ++later) {
      std::uint32_t head = ordered ? 0 : prefix[later - 1] + 1;
      while (ordered && used(later, head)) ++head;
      prefix[later] = head;
    }
    return true;
  }
  return false;
}

void check(const Space& space) {
  if (space.nodes < 1 || space.nodes > SystemSpace::kMaxNodes) {
    throw exact::UsageError("a search is over 1 to " + std::to_string(SystemSpace::kMaxNodes) +
                            " nodes, not " + std::to_string(space.nodes));
  }
  if (space.heads < 1) throw exact::UsageError("a system has at least one head");
  if (space.weights.empty()) throw exact::UsageError("a search needs at least one weight vector");
  for (const WeightVector& weights : space.weights) {
    if (weights.size() != static_cast<std::size_t>(space.heads) ||
        std::any_of(weights.begin(), weights.end(), [](const Rational& weight) { return weight <= 0; }) ||
        std::accumulate(weights.begin(), weights.end(), Rational(0)) != 1) {
      throw exact::UsageError("a search needs " + std::to_string(space.heads) +
                              " positive weights with sum 1, one for each head");
    }
  }
}

}  // namespace

std::string name_of(Family family) {
  switch (family) {
    case Family::unique_sink:
      return "unique-sink";
    case Family::union_sink:
      return "union-sink";
    case Family::optional_loops:
      break;
  }
  return "optional-loops";
}

Integer candidate_count(const Space& space) {
  return choices(graph::family_count(graph_family_of(space.family), space.nodes), space.heads,
                 space.ordered) *
         space.weights.size();
}

Integer system_count(const Space& space) {
  if (space.family != Family::union_sink) return candidate_count(space);
  Integer total = 0;
  const int others = space.nodes - 1;
  for (std::uint32_t stuck = 0; stuck < std::uint32_t{1} << others; ++stuck) {
    unsigned places = 0;
    for (int node = 0; node < others; ++node) {
      if ((stuck >> node & 1) == 0) places += static_cast<unsigned>(others - node);
    }
    const Integer some = choices(Integer(1) << places, space.heads, space.ordered);
    if (std::popcount(stuck) % 2 == 0) {
      total += some;
    } else {
      total -= some;
    }
  }
  return total * space.weights.size();
}

SystemSpace::SystemSpace(Space space) : space_(std::move(space)) {
  check(space_);
  const graph::GraphFamily family = graph_family();
  const Integer graphs = graph::family_count(family, space_.nodes);
  if (graphs > kMaxHeads) {
    throw exact::UsageError("the family " + name_of(space_.family) + " has " + graphs.str() + " heads on " +
                            std::to_string(space_.nodes) + " nodes; a search lists at most " +
                            std::to_string(kMaxHeads));
  }
  const Integer candidates = candidate_count(space_);
  if (candidates == 0 || system_count(space_) == 0) {
    throw exact::UsageError("there is no system of " + std::to_string(space_.heads) +
                            " distinct heads: the family " + name_of(space_.family) + " has " + graphs.str() +
                            " of them on " + std::to_string(space_.nodes) + " nodes");
  }
  if (candidates >= Integer(1) << 63U) {
    throw exact::UsageError("the search has " + candidates.str() + " systems; expected fewer than 2^63");
  }
  tuples_ = Integer(candidates / space_.weights.size()).convert_to<std::uint64_t>();
  codes_ = graph::family_codes(family, space_.nodes);
  const CodeBits bits(space_.family, space_.nodes);
  edges_.reserve(codes_.size());
  stuck_.reserve(codes_.size());
  for (const graph::GraphCode listed : codes_) {
    const auto code = static_cast<std::uint32_t>(listed);
    edges_.push_back(static_cast<std::uint8_t>(bits.edges(code)));
    unsigned stuck = 0;
    for (int node = 0; node + 1 < space_.nodes; ++node) {
      if ((code & bits.forward(node)) == 0) stuck |= 1U << static_cast<unsigned>(node);
    }
    stuck_.push_back(static_cast<std::uint8_t>(stuck));
  }
}

graph::GraphFamily SystemSpace::graph_family() const {
  return graph_family_of(space_.family);
}

graph::Digraph SystemSpace::graph(std::uint32_t head) const {
  return graph::family_graph(graph_family(), space_.nodes, codes_[head]);
}

/// Choices of `count` heads out of `heads`. REQUIRES: they fit 63 bits, as all those of a space do.
std::uint64_t SystemSpace::arrangements(std::uint64_t heads, int count) const {
  if (heads < static_cast<std::uint64_t>(count)) return 0;
  unsigned __int128 result = 1;
  for (int k = 0; k < count; ++k) {
    result *= heads - static_cast<std::uint64_t>(k);
    if (!space_.ordered) result /= static_cast<std::uint64_t>(k) + 1;
  }
  return static_cast<std::uint64_t>(result);
}

SystemIndex SystemSpace::at(std::uint64_t rank) const {
  const std::uint64_t m = codes_.size();
  SystemIndex result;
  result.weights = static_cast<std::uint32_t>(rank / tuples_);
  rank %= tuples_;
  std::uint64_t start = 0;
  for (int rest = space_.heads - 1; rest >= 0; --rest) {
    if (space_.ordered) {
      const std::uint64_t block = arrangements(m - result.heads.size() - 1, rest);
      auto head = static_cast<std::uint32_t>(rank / block);
      rank %= block;
      std::vector<std::uint32_t> used = result.heads;
      std::sort(used.begin(), used.end());
      for (const std::uint32_t taken : used) head += taken <= head ? 1 : 0;
      result.heads.push_back(head);
    } else {
      // Sets of rest + 1 heads from `start` on whose least is below h: all less those from h on.
      const std::uint64_t all = arrangements(m - start, rest + 1);
      std::uint64_t low = start, high = m;
      while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        (all - arrangements(m - middle, rest + 1) <= rank ? low : high) = middle;
      }
      rank -= all - arrangements(m - low, rest + 1);
      result.heads.push_back(static_cast<std::uint32_t>(low));
      start = low + 1;
    }
  }
  return result;
}

std::uint64_t SystemSpace::rank_of(const SystemIndex& system) const {
  const std::uint64_t m = codes_.size();
  std::uint64_t rank = tuples_ * system.weights, start = 0;
  for (std::size_t place = 0; place < system.heads.size(); ++place) {
    const std::uint64_t head = system.heads[place];
    const int rest = space_.heads - 1 - static_cast<int>(place);
    if (space_.ordered) {
      const auto end = system.heads.begin() + static_cast<std::ptrdiff_t>(place);
      const auto below = std::count_if(system.heads.begin(), end, [&](auto other) { return other < head; });
      rank += (head - static_cast<std::uint64_t>(below)) * arrangements(m - place - 1, rest);
    } else {
      rank += arrangements(m - start, rest + 1) - arrangements(m - head, rest + 1);
      start = head + 1;
    }
  }
  return rank;
}

bool SystemSpace::in_family(const SystemIndex& system) const {
  if (space_.family != Family::union_sink) return true;
  std::uint32_t stuck = ~std::uint32_t{0};
  for (const std::uint32_t head : system.heads) stuck &= stuck_[head];
  return stuck == 0;
}

bool SystemSpace::before(const SystemIndex& a, const SystemIndex& b) const {
  const auto total = [&](const SystemIndex& system) {
    int sum = 0;
    for (const std::uint32_t head : system.heads) sum += edges_[head];
    return sum;
  };
  const int left = total(a), right = total(b);
  return left != right ? left < right : a < b;
}

heads::HeadSystem SystemSpace::system(const SystemIndex& index) const {
  heads::HeadSystem result;
  result.name = name_of(space_.family) + " system " + std::to_string(rank_of(index)) + " of " +
                std::to_string(space_.nodes) + " nodes and " + std::to_string(space_.heads) + " heads";
  for (int node = 1; node <= space_.nodes; ++node) result.nodes.push_back(std::to_string(node));
  result.sink = space_.nodes - 1;
  for (const std::uint32_t head : index.heads) {
    heads::Head entry;
    entry.name = "head " + std::to_string(result.heads.size() + 1);
    entry.graph = graph(head);
    result.heads.push_back(std::move(entry));
  }
  result.weights = space_.weights[index.weights];
  return result;
}

void SystemSpace::for_each_run(RankRange range, const std::function<void(const Run&)>& visit) const {
  if (range.count == 0) return;
  const auto m = static_cast<std::uint32_t>(codes_.size());
  SystemIndex start = at(range.first);
  Run run;
  run.weights = start.weights;
  std::uint32_t next = start.heads.back();
  run.prefix.assign(start.heads.begin(), start.heads.end() - 1);
  std::uint64_t left = range.count;
  while (left > 0) {
    std::vector<std::uint32_t> holes;
    if (space_.ordered) holes = run.prefix;
    std::sort(holes.begin(), holes.end());
    holes.push_back(m);
    for (const std::uint32_t hole : holes) {
      if (hole < next) continue;
      run.begin = next;
      run.end = static_cast<std::uint32_t>(std::min<std::uint64_t>(hole, next + left));
      if (run.begin < run.end) visit(run);
      left -= run.end - run.begin;
      if (left == 0) return;
      next = hole + 1;
    }
    if (!advance(run.prefix, m, space_.ordered)) {
      ++run.weights;
      std::iota(run.prefix.begin(), run.prefix.end(), 0U);
    }
    next = space_.ordered || run.prefix.empty() ? 0 : run.prefix.back() + 1;
  }
}

}  // namespace crosshead::search
