// The heads of the set families by their codes (FORMAT.md, section 3, "Order"). Graphs come from the graph
// room; matrices are built place by place, so that their codes come in lexicographic order by themselves.
#include <algorithm>
#include <bit>

#include "system_families.hpp"

#include "crosshead/graph/enumeration.hpp"

namespace crosshead::claim {
namespace {

using exact::Integer;
using exact::Rational;

constexpr int kMostHeads = 5'000'000;
constexpr int kMostNodes = 100;
/// Lists up to this length keep their chains.
constexpr int kChainsKept = 20'000;

graph::GraphFamily graph_family(SystemFamily family) {
  switch (family) {
    case SystemFamily::unique_sink:
      return graph::GraphFamily::unique_sink;
    case SystemFamily::feedforward:
      return graph::GraphFamily::feedforward;
    case SystemFamily::optional_loops:
      return graph::GraphFamily::optional_loops;
    default:
      return graph::GraphFamily::digraphs;
  }
}

void check_nodes(int nodes) {
  if (nodes > kMostNodes) {
    throw BlockTooLarge("families of more than " + std::to_string(kMostNodes) + " nodes are not enumerated");
  }
}

void check_count(const Integer& count, int nodes) {
  if (count <= kMostHeads) return;
  throw BlockTooLarge("a family has " + count.str() + " heads of " + std::to_string(nodes) +
                      " nodes; at most " + std::to_string(kMostHeads) + " are enumerated");
}

Integer binomial(std::int64_t a, int b) {
  Integer result;
  mpz_bin_uiui(result.backend().data(), static_cast<unsigned long>(a), static_cast<unsigned long>(b));
  return result;
}

/// Groups of places whose numerators sum to the denominator: columns of a walk, rows of a diffusion matrix.
/// Group g of a walk on n nodes has n - g places, of a diffusion matrix g + 1.
class Composer {
 public:
  Composer(bool walk, int nodes, int denominator) : walk_(walk), nodes_(nodes), denominator_(denominator) {}

  /// An upper bound, exact for walks.
  Integer count() const {
    Integer product = 1;
    for (int g = 0; g < nodes_; ++g) {
      const Integer group = binomial(denominator_ + std::int64_t{length(g)} - 1, length(g) - 1);
      product *= walk_ && g + 1 < nodes_ ? Integer(group - 1) : group;
    }
    return product;
  }

  template <typename Visit>
  void for_each(const Visit& visit) {
    fill(0, 0, denominator_, visit);
  }

 private:
  int length(int group) const { return walk_ ? nodes_ - group : group + 1; }

  template <typename Visit>
  void fill(int group, int place, int rest, const Visit& visit) {
    if (group == nodes_) {
      if (walk_ || every_node_is_heard()) visit(entries_);
      return;
    }
    const bool last = place + 1 == length(group);
    // W_jj < 1 for j < n.
    const int most = walk_ && place == 0 && group + 1 < nodes_ ? rest - 1 : rest;
    for (int value = last ? rest : 0; value <= most; ++value) {
      entries_.push_back(value);
      if (last) {
        fill(group + 1, 0, denominator_, visit);
      } else {
        fill(group, place + 1, rest - value, visit);
      }
      entries_.pop_back();
    }
  }

  /// Each column j < n of a diffusion matrix has an entry below the diagonal.
  bool every_node_is_heard() const {
    for (int j = 0; j + 1 < nodes_; ++j) {
      bool heard = false;
      for (int i = j + 1; i < nodes_; ++i)
        heard = heard || entries_[static_cast<std::size_t>(i * (i + 1) / 2 + j)] > 0;
      if (!heard) return false;
    }
    return true;
  }

  bool walk_;
  int nodes_, denominator_;
  std::vector<int> entries_;
};

}  // namespace

HeadList::HeadList(SystemFamily family, std::shared_ptr<const Setting> setting, std::int64_t denominator)
    : family_(family), setting_(std::move(setting)), denominator_(denominator) {
  if (family == SystemFamily::chains || family == SystemFamily::diffusions) {
    list_matrices();
  } else {
    list_graphs();
  }
  if (size() <= kChainsKept) chains_.resize(codes_.size());
}

void HeadList::list_graphs() {
  check_nodes(setting_->size());
  const graph::GraphFamily family = graph_family(family_);
  const int n = setting_->size();
  check_count(graph::family_count(family, n), n);
  const int fixed = family == graph::GraphFamily::optional_loops ? 0 : n;
  for (const graph::GraphCode code : graph::family_codes(family, n)) {
    codes_.push_back(code);
    measures_.push_back(fixed + std::popcount(code));
  }
}

void HeadList::list_matrices() {
  const int n = setting_->size();
  check_nodes(n);
  const bool walk = family_ == SystemFamily::chains;
  if (denominator_ > kMostHeads && n > 1) check_count(Integer(denominator_), n);
  places_ = n * (n + 1) / 2;
  place_bits_ = n == 1 ? 1 : std::bit_width(static_cast<std::uint64_t>(denominator_));
  if (n == 1) {
    // The only place holds the denominator itself.
    codes_.push_back(1);
    measures_.push_back(1);
    return;
  }
  Composer composer(walk, n, static_cast<int>(denominator_));
  check_count(composer.count(), n);
  if (places_ * place_bits_ > 128) {
    throw BlockTooLarge("matrices of " + std::to_string(n) + " nodes in multiples of 1/" +
                        std::to_string(denominator_) + " are too large to be enumerated");
  }
  composer.for_each([&](const std::vector<int>& entries) {
    Code code = 0;
    int nonzero = 0;
    for (const int value : entries) {
      code = code << place_bits_ | static_cast<unsigned>(value);
      nonzero += value != 0 ? 1 : 0;
    }
    codes_.push_back(code);
    measures_.push_back(nonzero);
  });
}

std::vector<int> HeadList::entries(Code code) const {
  std::vector<int> values(static_cast<std::size_t>(places_));
  const Code mask = (Code{1} << place_bits_) - 1;
  for (std::size_t k = values.size(); k-- > 0; code >>= place_bits_)
    values[k] = static_cast<int>(code & mask);
  return values;
}

heads::Head HeadList::head(int index) const {
  const Code code = codes_[static_cast<std::size_t>(index)];
  const int n = setting_->size();
  heads::Head head;
  if (family_ != SystemFamily::chains && family_ != SystemFamily::diffusions) {
    head.graph = graph::family_graph(graph_family(family_), n, static_cast<graph::GraphCode>(code));
    return head;
  }
  const std::vector<int> values = entries(code);
  const Integer denominator = n == 1 ? Integer(1) : Integer(denominator_);
  exact::RationalMatrix matrix(n);
  std::size_t column_start = 0;  // place of W_jj
  std::vector<std::size_t> starts;
  for (int j = 0; j < n; ++j) {
    starts.push_back(column_start);
    column_start += static_cast<std::size_t>(n - j);
  }
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) {
      const std::size_t place = family_ == SystemFamily::chains
                                    ? starts[static_cast<std::size_t>(j)] + static_cast<std::size_t>(i - j)
                                    : static_cast<std::size_t>(i * (i + 1) / 2 + j);
      matrix.append(i, j, Rational(values[place], denominator));
    }
  }
  (family_ == SystemFamily::chains ? head.walk : head.diffusion) = std::move(matrix);
  return head;
}

std::shared_ptr<Chain> HeadList::chain(int index) {
  if (chains_.empty()) return std::make_shared<Chain>(setting_, head(index));
  std::shared_ptr<Chain>& kept = chains_[static_cast<std::size_t>(index)];
  if (!kept) kept = std::make_shared<Chain>(setting_, head(index));
  return kept;
}

}  // namespace crosshead::claim
