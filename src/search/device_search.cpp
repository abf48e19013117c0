// A range goes to the device in *launches*: runs with the same weights, so that the order of (edges, run,
// last head) is the declared order of systems. Launches of a range grow: the first ones find a large gain,
// which keeps the candidates of the later ones few. A launch that overflows a buffer is cut in two.
#include "crosshead/search/device_search.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "device_table.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

constexpr std::uint64_t kFirstLaunch = std::uint64_t{1} << 18U;
constexpr std::uint64_t kLargestLaunch = std::uint64_t{1} << 31U;
constexpr std::uint64_t kGrowth = 8;
constexpr std::size_t kMostRuns = std::size_t{1} << 15U;
/// Below the largest gain known by more than its double is off.
constexpr double kSlack = 1e-12;

void require(bool condition, const std::string& what) {
  if (!condition) throw exact::UsageError("the CUDA filter decides " + what);
}

const SystemSpace& checked(const SystemSpace& space, const Question& question) {
  require(!question.about_mixing(),
          "amplifies and attenuates, found " + name_of(question.claim) + "; use --device cpu");
  require(space.space().family == Family::unique_sink,
          "the family unique-sink, found " + name_of(space.space().family) + "; use --device cpu");
  require(space.space().heads > 1 && space.space().nodes > 1,
          "systems of at least 2 heads on at least 2 nodes; use --device cpu");
  return space;
}

const HeadTable& checked(const HeadTable& table) {
  require(table.exact_steps() > 0, "weights whose common denominator is below 2^53; use --device cpu");
  for (std::uint32_t head = 0; head < table.space().codes().size(); ++head) {
    const unsigned missing = table.undefined(head / kLanes) | table.undecided(head / kLanes);
    require((missing >> head % kLanes & 1U) == 0,
            "systems whose heads all have a fidelity; use --device cpu");
  }
  return table;
}

}  // namespace

class DeviceSearch::Work {
 public:
  Work(const SystemSpace& space, const Question& question, int threads,
       std::unique_ptr<DeviceFilter> the_filter)
      : table(checked(space, question), question, threads),
        arrays(checked(table)),
        filter(std::move(the_filter)) {
    filter->load(arrays.view());
  }

  DeviceAnswer launch(const std::vector<DeviceRun>& runs, double best_gain) {
    const std::lock_guard lock(mutex_);
    DeviceAnswer answer = filter->run(runs, best_gain);
    if (!answer.overflow) retried += answer.retried;
    return answer;
  }

  HeadTable table;
  DeviceArrays arrays;
  std::unique_ptr<DeviceFilter> filter;
  std::atomic<std::uint64_t> retried = 0;

 private:
  std::mutex mutex_;
};

/// One call of run().
class DeviceSearch::Shard {
 public:
  explicit Shard(Work& work) : work_(work), space_(work.table.space()) {}

  Result run(RankRange range) {
    result_.counts.candidates = result_.counts.systems = result_.counts.filter_calls = range.count;
    std::uint64_t size = kFirstLaunch;
    for (std::uint64_t done = 0; done < range.count; size = std::min(size * kGrowth, kLargestLaunch)) {
      const std::uint64_t count = std::min(size, range.count - done);
      space_.for_each_run({range.first + done, count}, [&](const Run& run) {
        if (runs_.size() == kMostRuns || (!runs_.empty() && runs_.front().weights != run.weights)) flush();
        runs_.push_back(run);
      });
      flush();
      done += count;
    }
    return result_;
  }

 private:
  void flush() {
    if (!runs_.empty()) launch(std::exchange(runs_, {}));
  }

  void launch(const std::vector<Run>& runs) {
    std::vector<DeviceRun> device_runs;
    for (const Run& run : runs) device_runs.push_back(work_.arrays.run(run));
    const DeviceAnswer answer = work_.launch(device_runs, best_gain_);
    if (answer.overflow) {
      cut(runs);
      return;
    }
    result_.counts.witnesses += answer.witnesses;
    result_.counts.ties += answer.ties;
    if (answer.witnesses > 0) result_.include_first(space_, index_of(runs, system_of_key(answer.first)));
    weigh(runs, answer.candidates);
    for (const DeviceSystem& system : answer.open) decide(index_of(runs, system));
  }

  /// Halves the runs, or the last heads of a single one.
  void cut(const std::vector<Run>& runs) {
    std::vector<Run> front, back;
    if (runs.size() > 1) {
      const auto middle = runs.begin() + static_cast<std::ptrdiff_t>(runs.size() / 2);
      front.assign(runs.begin(), middle);
      back.assign(middle, runs.end());
    } else {
      front = back = runs;
      const std::uint32_t middle = front.front().begin + (front.front().end - front.front().begin) / 2;
      front.front().end = back.front().begin = middle;
    }
    launch(front);
    launch(back);
  }

  static SystemIndex index_of(const std::vector<Run>& runs, const DeviceSystem& system) {
    const Run& run = runs[system.run];
    SystemIndex index{run.prefix, run.weights};
    index.heads.push_back(system.head);
    return index;
  }

  /// Candidates by falling bounds, as long as they may still be the largest.
  void weigh(const std::vector<Run>& runs, std::vector<DeviceCandidate> candidates) {
    std::sort(candidates.begin(), candidates.end(),
              [](const DeviceCandidate& a, const DeviceCandidate& b) { return a.most > b.most; });
    for (const DeviceCandidate& candidate : candidates) {
      if (candidate.most < best_gain_) return;
      const SystemIndex index = index_of(runs, candidate.system);
      include_extreme(index, work_.table.decide(index).gain);
    }
  }

  void decide(const SystemIndex& index) {
    Counts& counts = result_.counts;
    ++counts.filter_undecided;
    ++counts.exact;
    const Decision decision = work_.table.decide(index);
    counts.include(decision.outcome);
    if (decision.outcome != Outcome::witness) return;
    result_.include_first(space_, index);
    include_extreme(index, decision.gain);
  }

  void include_extreme(const SystemIndex& index, const exact::Rational& gain) {
    result_.include_extreme(space_, index, gain);
    best_gain_ = std::max(0.0, result_.extreme->gain.convert_to<double>() - kSlack);
  }

  Work& work_;
  const SystemSpace& space_;
  Result result_;
  std::vector<Run> runs_;
  double best_gain_ = 0;  ///< a lower bound of the largest gain found
};

DeviceSearch::DeviceSearch(const SystemSpace& space, const Question& question, int threads,
                           std::unique_ptr<DeviceFilter> filter)
    : work_(std::make_unique<Work>(space, question, threads, std::move(filter))) {}

DeviceSearch::~DeviceSearch() = default;

std::string DeviceSearch::device() const {
  return work_->filter->name();
}

std::uint64_t DeviceSearch::retried() const {
  return work_->retried;
}

Result DeviceSearch::run(RankRange range) const {
  return Shard(*work_).run(range);
}

}  // namespace crosshead::search
