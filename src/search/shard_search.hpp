#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "head_table.hpp"
#include "lane_batch.hpp"
#include "lane_filter.hpp"

#include "crosshead/search/result.hpp"

namespace crosshead::search {

/// The filtered search of one range of ranks, on one thread.
class ShardSearch {
 public:
  /// Counts orbits if `symmetry` is given. REQUIRES: table.exact_steps() > 0.
  ShardSearch(const HeadTable& table, const LaneKernels& kernels, const Symmetry* symmetry);

  Result run(RankRange range);

 private:
  /// The first heads of a run, as the kernels want them.
  struct Prefix {
    Run run;
    std::vector<double> mean;  ///< times S
    double weight = 0;         ///< of the last head
    bool undefined = false, undecided = false;
    std::optional<std::uint32_t> value_at;  ///< nothing without heads
    double value = 0;                       ///< the double nearest to it, or an infinity
    std::uint32_t stuck = ~std::uint32_t{0};
    int edges = 0;
    std::optional<Symmetry::Prefix> symmetry;
  };
  /// A system: its prefix and its last head.
  struct Member {
    std::shared_ptr<const Prefix> prefix;
    std::uint32_t head;

    SystemIndex index() const;
  };
  using PrefixPtr = std::shared_ptr<const Prefix>;

  Prefix prefix_of(const Run& run) const;
  LaneProblem problem_of(const Prefix& prefix) const;
  std::uint8_t valid_lanes(const Prefix& prefix, std::size_t block) const;
  void visit_blocks(const PrefixPtr& prefix, std::size_t first, std::size_t last);
  void count(const LaneVerdict& verdict);
  unsigned witnesses_of(const LaneVerdict& verdict) const;

  std::uint32_t bar_of(const Member& system) const;
  void retry(Member system);
  void flush_retries();
  void decide_exactly(const Member& system);

  void count_orbits(const Prefix& prefix, unsigned valid, std::size_t block);
  void found_witness(const PrefixPtr& prefix, std::uint32_t head);
  bool may_be_extreme(const Prefix& prefix, std::uint32_t head) const;
  void propose(const Member& system);
  void flush_proposals();
  void include_extreme(const SystemIndex& system, const exact::Rational& gain);

  const HeadTable& table_;
  const Symmetry* symmetry_;
  const bool mixing_, mean_above_;
  LaneKernel first_kernel_, long_kernel_;
  LaneProblem base_;
  std::vector<double> neutral_;  ///< bars of a prefix without heads
  Result result_;
  int first_edges_ = 0;

  LaneBatch retry_lanes_, proposal_lanes_;
  std::vector<Member> retries_, proposals_;  ///< the systems in the batches
  std::vector<std::uint8_t> active_;         ///< of the blocks of a sweep
  std::vector<LaneVerdict> verdicts_, batch_verdicts_;

  double extreme_gain_ = 0;              ///< nearest double
  std::vector<double> extreme_bars_;     ///< by value: bars moved by the largest gain so far
  std::vector<std::uint8_t> bar_ready_;  ///< which of them are computed
};

}  // namespace crosshead::search
