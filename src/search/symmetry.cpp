// A relabelling moves the bits of a code: tables give the image of each byte, with a mark where an edge would
// point backwards. A system is canonical if no relabelling makes its sorted list of codes and weights
// smaller.
#include "crosshead/search/symmetry.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>
#include <utility>

namespace crosshead::search {
namespace {

/// Marks an image that is not feedforward. Codes are shorter: at most kMaxHeads of them are listed.
constexpr std::uint32_t kBackward = std::uint32_t{1} << 31;

/// A head: its code, then its weight.
using Item = std::pair<std::uint32_t, std::uint32_t>;

/// The edge behind each bit of a code, least significant first.
std::vector<std::pair<int, int>> edge_of_bits(const SystemSpace& space) {
  const bool loops = space.space().family == Family::optional_loops;
  std::vector<std::pair<int, int>> edges;
  for (int from = 0; from < space.space().nodes; ++from) {
    for (int to = from + 1; to < space.space().nodes; ++to) edges.emplace_back(from, to);
  }
  if (loops) {
    for (int node = 0; node < space.space().nodes; ++node) edges.emplace_back(node, node);
  }
  std::reverse(edges.begin(), edges.end());
  return edges;
}

/// Lists of heads compare by their codes, equal ones by their weights.
bool smaller(const std::vector<Item>& a, const std::vector<Item>& b) {
  for (std::size_t place = 0; place < a.size(); ++place) {
    if (a[place].first != b[place].first) return a[place].first < b[place].first;
  }
  for (std::size_t place = 0; place < a.size(); ++place) {
    if (a[place].second != b[place].second) return a[place].second < b[place].second;
  }
  return false;
}

}  // namespace

Symmetry::Symmetry(const SystemSpace& space) : space_(space) {
  const std::vector<std::pair<int, int>> edges = edge_of_bits(space);
  if (edges.size() >= 31) throw std::logic_error("codes of listed heads have fewer than 31 bits");
  std::map<std::pair<int, int>, std::uint32_t> bit_of;
  for (std::size_t bit = 0; bit < edges.size(); ++bit) bit_of[edges[bit]] = std::uint32_t{1} << bit;
  bytes_ = (edges.size() + 7) / 8;

  const int nodes = space.space().nodes;
  std::vector<int> names(static_cast<std::size_t>(nodes));
  std::iota(names.begin(), names.end(), 0);
  do {
    ++relabellings_;
    for (std::size_t byte = 0; byte < bytes_; ++byte) {
      for (std::uint32_t value = 0; value < 256; ++value) {
        std::uint32_t image = 0;
        for (std::size_t bit = 8 * byte; bit < std::min(edges.size(), 8 * byte + 8); ++bit) {
          if ((value >> (bit - 8 * byte) & 1) == 0) continue;
          const auto found = bit_of.find({names[static_cast<std::size_t>(edges[bit].first)],
                                          names[static_cast<std::size_t>(edges[bit].second)]});
          image |= found == bit_of.end() ? kBackward : found->second;
        }
        table_.push_back(image);
      }
    }
  } while (std::next_permutation(names.begin(), names.end() - 1));

  std::set<exact::Rational> distinct;
  for (const WeightVector& weights : space.space().weights) distinct.insert(weights.begin(), weights.end());
  for (const WeightVector& weights : space.space().weights) {
    auto& ranks = ranks_.emplace_back();
    for (const exact::Rational& weight : weights) {
      ranks.push_back(static_cast<std::uint32_t>(std::distance(distinct.begin(), distinct.find(weight))));
    }
  }
}

std::uint32_t Symmetry::image(std::uint32_t relabelling, std::uint32_t code) const {
  const std::uint32_t* tables = table_.data() + relabelling * bytes_ * 256;
  std::uint32_t result = 0;
  for (std::size_t byte = 0; byte < bytes_; ++byte) result |= tables[256 * byte + (code >> 8 * byte & 0xff)];
  return result;
}

Symmetry::Prefix Symmetry::prefix(const std::vector<std::uint32_t>& heads, std::uint32_t weights) const {
  Prefix result;
  const std::vector<std::uint32_t>& ranks = ranks_[weights];
  for (const std::uint32_t head : heads) {
    result.codes.push_back(static_cast<std::uint32_t>(space_.codes()[head]));
  }
  result.weights.assign(ranks.begin(), ranks.end() - 1);
  result.last_weight = ranks.back();
  std::vector<std::uint32_t> images(heads.size());
  for (std::uint32_t relabelling = 1; relabelling < relabellings_; ++relabelling) {
    std::uint32_t marks = 0;
    for (std::size_t place = 0; place < heads.size(); ++place) {
      images[place] = image(relabelling, result.codes[place]);
      marks |= images[place];
    }
    if ((marks & kBackward) != 0) continue;
    result.relabellings.push_back(relabelling);
    result.images.insert(result.images.end(), images.begin(), images.end());
  }
  return result;
}

bool Symmetry::canonical(const Prefix& prefix, std::uint32_t last) const {
  const std::size_t others = prefix.codes.size();
  const auto code = static_cast<std::uint32_t>(space_.codes()[last]);
  const bool ordered = space_.space().ordered;
  // One other head of the same weight, the common case, without lists.
  if (others == 1 && !ordered && prefix.weights.front() == prefix.last_weight) {
    const auto [least, most] = std::minmax(prefix.codes.front(), code);
    for (std::size_t k = 0; k < prefix.relabellings.size(); ++k) {
      const std::uint32_t moved = image(prefix.relabellings[k], code);
      if ((moved & kBackward) != 0) continue;
      const auto [low, high] = std::minmax(prefix.images[k], moved);
      if (low < least || (low == least && high < most)) return false;
    }
    return true;
  }
  const auto list = [&](const std::uint32_t* codes, std::uint32_t last_code) {
    std::vector<Item> items;
    for (std::size_t place = 0; place < others; ++place)
      items.emplace_back(codes[place], prefix.weights[place]);
    items.emplace_back(last_code, prefix.last_weight);
    if (!ordered) std::sort(items.begin(), items.end());
    return items;
  };
  const std::vector<Item> own = list(prefix.codes.data(), code);
  for (std::size_t k = 0; k < prefix.relabellings.size(); ++k) {
    const std::uint32_t moved = image(prefix.relabellings[k], code);
    if ((moved & kBackward) == 0 && smaller(list(prefix.images.data() + k * others, moved), own))
      return false;
  }
  return true;
}

bool Symmetry::canonical(const SystemIndex& system) const {
  const std::vector<std::uint32_t> others(system.heads.begin(), system.heads.end() - 1);
  return canonical(prefix(others, system.weights), system.heads.back());
}

}  // namespace crosshead::search
