// A run of systems goes through the exact steps of the lanes in one sweep over the blocks of last heads. What
// stays open there is gathered and goes through the long kernel; what stays open there is decided exactly.
#include "shard_search.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "bars.hpp"

namespace crosshead::search {
namespace {

/// Blocks whose matrices stay in the first cache.
constexpr std::size_t kSweep = 32;

template <typename Visit>
void for_each_lane(unsigned lanes, const Visit& visit) {
  for (; lanes != 0; lanes &= lanes - 1) visit(static_cast<unsigned>(std::countr_zero(lanes)));
}

}  // namespace

ShardSearch::ShardSearch(const HeadTable& table, const LaneKernels& kernels, const Symmetry* symmetry)
    : table_(table),
      symmetry_(symmetry),
      mixing_(table.question().about_mixing()),
      mean_above_(table.question().mean_above()),
      first_kernel_(mixing_ ? kernels.mixing[table.nodes()] : kernels.fidelity[table.nodes()]),
      long_kernel_(mixing_ ? kernels.mixing[table.nodes()] : kernels.fidelity_long[table.nodes()]),
      retry_lanes_(table),
      proposal_lanes_(table) {
  const Question& question = table.question();
  base_.exact_steps = table.exact_steps();
  base_.horizon = table.horizon();
  base_.scale = table.scale().convert_to<double>();
  base_.against_largest = question.against_largest();
  base_.sink_counts = question.fidelity.sink_counts;
  base_.sink_is_one = question.fidelity.first_step == 0;
  const double infinity = std::numeric_limits<double>::infinity();
  neutral_.assign(static_cast<std::size_t>(bar_length(table.exact_steps())),
                  question.against_largest() ? -infinity : infinity);
  if (mixing_) {
    base_.average = question.mixing.start == walk::Start::average;
    base_.strict = table.strictly_within();
    base_.low = table.absorbed_bars();
    base_.high = table.absorbed_bars() + bar_length(table.exact_steps());
  }
  extreme_bars_.resize(table.values().size() * 2 * neutral_.size());
  bar_ready_.resize(table.values().size());
}

Result ShardSearch::run(RankRange range) {
  result_ = Result();
  result_.counts.candidates = range.count;
  table_.space().for_each_run(range, [&](const Run& run) {
    const auto prefix = std::make_shared<const Prefix>(prefix_of(run));
    const std::size_t end = (run.end + kLanes - 1) / kLanes;
    for (std::size_t first = run.begin / kLanes; first < end; first += kSweep) {
      visit_blocks(prefix, first, std::min(end, first + kSweep));
    }
  });
  flush_retries();
  flush_proposals();
  return result_;
}

ShardSearch::Prefix ShardSearch::prefix_of(const Run& run) const {
  Prefix prefix;
  prefix.run = run;
  const int entries = entries_of(table_.nodes());
  prefix.mean.assign(static_cast<std::size_t>(entries), 0);
  prefix.weight = static_cast<double>(table_.weight(run.weights, run.prefix.size()));
  for (std::size_t place = 0; place < run.prefix.size(); ++place) {
    const std::uint32_t head = run.prefix[place];
    const auto weight = static_cast<double>(table_.weight(run.weights, place));
    for (int e = 0; e < entries; ++e) {
      prefix.mean[static_cast<std::size_t>(e)] += weight * table_.entry(head, e);
    }
    const auto bit = 1U << head % kLanes;
    prefix.undefined = prefix.undefined || (table_.undefined(head / kLanes) & bit) != 0;
    prefix.undecided = prefix.undecided || (table_.undecided(head / kLanes) & bit) != 0;
    prefix.edges += table_.space().edges(head);
    prefix.stuck &= table_.space().stuck_nodes(head);
    const std::uint32_t at = table_.value_at(head);
    if (!prefix.value_at) prefix.value_at = at;
    prefix.value_at = base_.against_largest ? std::max(*prefix.value_at, at) : std::min(*prefix.value_at, at);
  }
  prefix.value = prefix.value_at ? table_.approximate(*prefix.value_at) : neutral_.front();
  if (table_.space().space().family != Family::union_sink) prefix.stuck = 0;
  if (symmetry_ != nullptr) prefix.symmetry = symmetry_->prefix(run.prefix, run.weights);
  return prefix;
}

LaneProblem ShardSearch::problem_of(const Prefix& prefix) const {
  LaneProblem problem = base_;
  problem.prefix = prefix.mean.data();
  problem.weight = prefix.weight;
  if (mixing_) {
    problem.time = prefix.value;
    return problem;
  }
  problem.horizon = table_.exact_steps();
  problem.low = problem.high = neutral_.data();
  if (prefix.value_at) {
    problem.low = table_.bars(*prefix.value_at);
    problem.high = problem.low + bar_length(table_.exact_steps());
  }
  return problem;
}

/// Lanes that are in the run and whose system is in the family.
std::uint8_t ShardSearch::valid_lanes(const Prefix& prefix, std::size_t block) const {
  unsigned lanes = 0xff;
  const std::size_t start = block * kLanes;
  if (prefix.run.begin > start) lanes &= 0xffU << (prefix.run.begin - start);
  if (prefix.run.end < start + kLanes) lanes &= (1U << (prefix.run.end - start)) - 1;
  if (prefix.stuck != 0) {
    for_each_lane(lanes, [&](unsigned lane) {
      const auto head = static_cast<std::uint32_t>(start + lane);
      if ((prefix.stuck & table_.space().stuck_nodes(head)) != 0) lanes &= ~(1U << lane);
    });
  }
  return static_cast<std::uint8_t>(lanes);
}

void ShardSearch::visit_blocks(const PrefixPtr& prefix, std::size_t first, std::size_t last) {
  active_.resize(last - first);
  verdicts_.resize(last - first);
  Counts& counts = result_.counts;
  unsigned any = 0;
  for (std::size_t block = first; block < last; ++block) {
    const unsigned valid = valid_lanes(*prefix, block);
    const unsigned undefined = prefix->undefined ? valid : valid & table_.undefined(block);
    const unsigned defined = valid & ~undefined;
    const unsigned undecided = prefix->undecided ? defined : defined & table_.undecided(block);
    const unsigned active = defined & ~undecided;
    active_[block - first] = static_cast<std::uint8_t>(active);
    any |= active;
    counts.systems += static_cast<unsigned>(std::popcount(valid));
    if (prefix->symmetry) count_orbits(*prefix, valid, block);
    counts.undefined += static_cast<unsigned>(std::popcount(undefined));
    counts.undecided += static_cast<unsigned>(std::popcount(undecided));
    counts.filter_calls += static_cast<unsigned>(std::popcount(active));
  }
  if (any == 0) return;
  first_kernel_(problem_of(*prefix), table_.blocks(first, active_.data()), last - first, verdicts_.data());
  for (std::size_t block = first; block < last; ++block) {
    const LaneVerdict& verdict = verdicts_[block - first];
    count(verdict);
    const auto start = static_cast<std::uint32_t>(block * kLanes);
    for_each_lane(witnesses_of(verdict), [&](unsigned lane) { found_witness(prefix, start + lane); });
    const unsigned open = active_[block - first] & ~(verdict.below | verdict.equal | verdict.above);
    for_each_lane(open, [&](unsigned lane) { retry({prefix, start + lane}); });
  }
}

void ShardSearch::count(const LaneVerdict& verdict) {
  result_.counts.witnesses += static_cast<unsigned>(std::popcount(witnesses_of(verdict)));
  result_.counts.ties += static_cast<unsigned>(std::popcount(verdict.equal));
}

unsigned ShardSearch::witnesses_of(const LaneVerdict& verdict) const {
  return mean_above_ ? verdict.above : verdict.below;
}

SystemIndex ShardSearch::Member::index() const {
  SystemIndex index{prefix->run.prefix, prefix->run.weights};
  index.heads.push_back(head);
  return index;
}

/// Where the system's bar stands among the values.
std::uint32_t ShardSearch::bar_of(const Member& system) const {
  const std::uint32_t at = table_.value_at(system.head);
  const auto& other = system.prefix->value_at;
  if (!other) return at;
  return base_.against_largest ? std::max(*other, at) : std::min(*other, at);
}

void ShardSearch::retry(Member system) {
  if (mixing_) {
    decide_exactly(system);  // the first kernel has gone all the way
    return;
  }
  retry_lanes_.add(system.prefix->mean.data(), system.prefix->weight, system.head,
                   table_.bars(bar_of(system)), 0);
  retries_.push_back(std::move(system));
  if (retry_lanes_.full()) flush_retries();
}

void ShardSearch::flush_retries() {
  retry_lanes_.run(long_kernel_, base_, batch_verdicts_);
  std::vector<Member> systems;
  systems.swap(retries_);
  const std::vector<LaneVerdict> verdicts = batch_verdicts_;
  for (const LaneVerdict& verdict : verdicts) count(verdict);
  for (std::size_t k = 0; k < systems.size(); ++k) {
    const LaneVerdict& verdict = verdicts[k / kLanes];
    const unsigned bit = 1U << k % kLanes;
    if (((verdict.below | verdict.equal | verdict.above) & bit) == 0) {
      decide_exactly(systems[k]);
    } else if ((witnesses_of(verdict) & bit) != 0) {
      found_witness(systems[k].prefix, systems[k].head);
    }
  }
}

void ShardSearch::decide_exactly(const Member& system) {
  Counts& counts = result_.counts;
  ++counts.filter_undecided;
  ++counts.exact;
  const SystemIndex index = system.index();
  const Decision decision = table_.decide(index);
  counts.include(decision.outcome);
  if (decision.outcome == Outcome::witness) found_witness(system.prefix, system.head);
}

void ShardSearch::count_orbits(const Prefix& prefix, unsigned valid, std::size_t block) {
  for_each_lane(valid, [&](unsigned lane) {
    const auto head = static_cast<std::uint32_t>(block * kLanes + lane);
    if (symmetry_->canonical(*prefix.symmetry, head)) ++result_.counts.orbits;
  });
}

/// A witness, counted but for its orbit: it may be the first one, or the extreme one.
void ShardSearch::found_witness(const PrefixPtr& prefix, std::uint32_t head) {
  if (symmetry_ != nullptr && symmetry_->canonical(*prefix->symmetry, head)) ++result_.counts.witness_orbits;
  const int edges = prefix->edges + table_.space().edges(head);
  if (!result_.first || edges <= first_edges_) {
    result_.include_first(table_.space(), Member{prefix, head}.index());
    first_edges_ = edges;
  }
  if (!result_.extreme) {
    const SystemIndex index = Member{prefix, head}.index();
    include_extreme(index, table_.decide(index).gain);
  } else if (may_be_extreme(*prefix, head)) {
    propose({prefix, head});
  }
}

}  // namespace crosshead::search
