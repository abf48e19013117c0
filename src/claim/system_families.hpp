#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "quantities.hpp"

namespace crosshead::claim {

/// The families of systems of FORMAT.md, section 3, except `file`; those of sets of heads come first.
enum class SystemFamily {
  unique_sink,
  feedforward,
  optional_loops,
  digraphs,
  chains,
  diffusions,
  line,
  star,
  full,
  local,
  lazy_line
};
/// Nothing for `file` and for what is no family.
std::optional<SystemFamily> system_family_named(const std::string& name);

/// Families whose systems are sets of H distinct heads.
bool is_set_family(SystemFamily family);

/// A block of more systems than may be enumerated: what() names it with its size.
class BlockTooLarge : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The heads that the systems of one set family on n nodes are made of, in ascending order of their codes.
/// Chains of small lists are kept, so that what is known of a head serves every system it is part of.
class HeadList {
 public:
  /// Entries are multiples of 1/denominator (`chains`, `diffusions`). Throws BlockTooLarge beyond 5 million
  /// heads. REQUIRES: at least one node, denominator >= 1.
  HeadList(SystemFamily family, std::shared_ptr<const Setting> setting, std::int64_t denominator);

  int size() const { return static_cast<int>(codes_.size()); }
  /// Edges, or nonzero entries, of each head.
  const std::vector<int>& measures() const { return measures_; }
  heads::Head head(int index) const;
  std::shared_ptr<Chain> chain(int index);
  const std::shared_ptr<const Setting>& setting() const { return setting_; }

 private:
  /// Entries in the order of the family's places, the first in the highest bits.
  using Code = unsigned __int128;
  void list_graphs();
  void list_matrices();
  std::vector<int> entries(Code code) const;

  SystemFamily family_;
  std::shared_ptr<const Setting> setting_;
  std::int64_t denominator_;
  int places_ = 0, place_bits_ = 1;
  std::vector<Code> codes_;
  std::vector<int> measures_;
  std::vector<std::shared_ptr<Chain>> chains_;  ///< empty where they are not kept
};

/// Makes the systems of families, remembering the heads of the last few lists.
class SystemFamilies {
 public:
  SystemFamilies(Convention convention, diffusion::Limits fidelity_limits, walk::Limits mixing_limits)
      : convention_(convention), fidelity_limits_(fidelity_limits), mixing_limits_(mixing_limits) {}

  using Visit = std::function<bool(const std::shared_ptr<CurrentSystem>&)>;

  /// The systems of a set family with n nodes and H heads in the declared order, until `visit` returns false;
  /// returns whether all were visited. Throws BlockTooLarge. REQUIRES: nodes, heads and denominator >= 1.
  bool for_each_set(SystemFamily family, int nodes, int heads, std::int64_t denominator, const Visit& visit);

  /// line, star, full, local (with `window`) and lazy_line (with one `probability` per head).
  /// REQUIRES: nodes >= 1; window >= 0; 0 <= p <= 1.
  std::shared_ptr<CurrentSystem> single(SystemFamily family, int nodes, int window,
                                        const std::vector<exact::Rational>& probabilities) const;

 private:
  struct Kept {
    SystemFamily family;
    int nodes;
    std::int64_t denominator;
    std::shared_ptr<HeadList> list;
  };
  std::shared_ptr<HeadList> heads_of(SystemFamily family, int nodes, std::int64_t denominator);
  std::shared_ptr<const Setting> setting(int nodes) const;

  Convention convention_;
  diffusion::Limits fidelity_limits_;
  walk::Limits mixing_limits_;
  std::list<Kept> kept_;  ///< the last one used first
};

}  // namespace crosshead::claim
