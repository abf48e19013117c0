// The largest gain of a shard is found with lanes as well: a witness can replace the largest one known only
// if the mean still is above (below) the bar moved by that gain, which is the same question with another bar.
// Witnesses are first held against a bound that needs no steps.
#include <algorithm>

#include "bars.hpp"
#include "shard_search.hpp"

namespace crosshead::search {
namespace {

/// Far above the rounding of a difference of two numbers of at most 1.
constexpr double kSlack = 1e-12;

}  // namespace

/// False if the gain is certainly smaller than the largest one known.
bool ShardSearch::may_be_extreme(const Prefix& prefix, std::uint32_t head) const {
  const double own = table_.approximate_value(head);
  const double bar = base_.against_largest ? std::max(prefix.value, own) : std::min(prefix.value, own);
  if (mixing_) return mean_above_ || bar >= extreme_gain_;
  if (!mean_above_) return bar >= extreme_gain_ - kSlack;
  double most = 1;
  if (base_.sink_counts && !base_.sink_is_one) {
    most = (prefix.mean.back() + prefix.weight * table_.sink_entry(head)) / base_.scale;
  }
  return most - bar >= extreme_gain_ - kSlack;
}

/// Puts the system to the kernel with its bar moved by the largest gain known.
void ShardSearch::propose(const Member& system) {
  const std::uint32_t at = bar_of(system);
  const std::size_t length = neutral_.size();
  double* low = extreme_bars_.data() + 2 * length * at;
  if (!mixing_ && bar_ready_[at] == 0) {
    const exact::Rational& bar = table_.values()[at];
    const exact::Rational& gain = result_.extreme->gain;
    const exact::Rational moved = mean_above_ ? exact::Rational(bar + gain) : exact::Rational(bar - gain);
    if (moved < 0 || moved > 1) return;  // no fidelity gets there
    write_bars(moved, table_.scale(), table_.exact_steps(), table_.nodes(), table_.horizon(), low,
               low + length, 1);
    bar_ready_[at] = 1;
  }
  const double time = table_.approximate(at) + (mean_above_ ? extreme_gain_ : -extreme_gain_);
  proposal_lanes_.add(system.prefix->mean.data(), system.prefix->weight, system.head, mixing_ ? nullptr : low,
                      time);
  proposals_.push_back(system);
  if (proposal_lanes_.full()) flush_proposals();
}

void ShardSearch::flush_proposals() {
  if (proposals_.empty()) return;
  proposal_lanes_.run(long_kernel_, base_, batch_verdicts_);
  const exact::Rational gain = result_.extreme->gain;
  for (std::size_t k = 0; k < proposals_.size(); ++k) {
    const LaneVerdict& verdict = batch_verdicts_[k / kLanes];
    const unsigned bit = 1U << k % kLanes;
    const unsigned worse = mean_above_ ? verdict.below : verdict.above;
    if ((worse & bit) != 0) continue;
    const SystemIndex index = proposals_[k].index();
    const bool same = (verdict.equal & bit) != 0;
    include_extreme(index, same ? gain : table_.decide(index).gain);
  }
  proposals_.clear();
}

void ShardSearch::include_extreme(const SystemIndex& system, const exact::Rational& gain) {
  const bool larger = !result_.extreme || gain > result_.extreme->gain;
  result_.include_extreme(table_.space(), system, gain);
  if (!larger) return;
  extreme_gain_ = gain.convert_to<double>();
  std::fill(bar_ready_.begin(), bar_ready_.end(), std::uint8_t{0});
}

}  // namespace crosshead::search
