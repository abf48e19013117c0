// Late acceptance hill climbing (Burke and Bykov, European Journal of Operational Research 258, 2017): a step
// is taken when the new system is no worse than the current one, or than the one that was current a fixed
// number of steps ago. It needs no temperature, so one rule fits differences of 10^-3 and of ten steps alike,
// and it ends in plain hill climbing.
#include "crosshead/search/guided.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <compare>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "guided_moves.hpp"
#include "guided_random.hpp"
#include "guided_system.hpp"
#include "guided_value.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;

/// Steps between two looks at the shared counter and the request to stop.
constexpr std::uint64_t kBatch = 64;

/// What the restarts share.
struct Shared {
  std::atomic<int> next{0};
  std::atomic<std::uint64_t> steps{0};
  std::atomic<bool> stop{false};
};

struct WalkResult {
  GuidedSystem system;
  GuidedClimb climb;  // its points where the answer keeps them
  bool ran = false;
};

/// One restart: a system, its values, and the best one so far.
class Walk {
 public:
  Walk(const GuidedSpace& space, const Objective& objective, std::uint64_t seed, int restart)
      : space_(space),
        values_(space, objective),
        random_(seed, static_cast<std::uint64_t>(restart)),
        climbs_(restart < GuidedAnswer::kMostClimbs) {
    current_ = random_system(space, random_);
    for (int head = 0; head < space.heads; ++head) current_values_.push_back(values_.of_head(current_, head));
    const ChainValue mean = values_.of_mean(current_);
    current_score_ = values_.score(current_values_, mean);
    keep_best(mean);
  }

  /// True when all steps were taken.
  bool run(std::uint64_t steps, Shared& shared) {
    std::vector<double> history(std::clamp<std::uint64_t>(steps / 50, 1, 5'000), current_score_);
    for (std::uint64_t done = 0; done < steps; ++done) {
      if (done % kBatch == 0) {
        if (shared.stop) return false;
        shared.steps += std::min(kBatch, steps - done);
      }
      double& late = history[done % history.size()];
      taken_ = done + 1;
      take(late);
      late = current_score_;
    }
    return true;
  }
  const GuidedSystem& best() const { return best_; }
  std::uint64_t taken() const { return taken_; }
  std::vector<GuidedClimb::Point> climb() && { return std::move(climb_); }

 private:
  void take(double late) {
    candidate_ = current_;
    const Moved moved = move(space_, candidate_, random_);
    if (!moved.made) return;
    candidate_values_ = current_values_;
    for (std::uint32_t left = moved.heads; left != 0; left &= left - 1) {
      const int head = std::countr_zero(left);
      candidate_values_[static_cast<std::size_t>(head)] = values_.of_head(candidate_, head);
    }
    const ChainValue mean = values_.of_mean(candidate_);
    const double score = values_.score(candidate_values_, mean);
    if (score < current_score_ && score < late) return;
    std::swap(current_, candidate_);
    std::swap(current_values_, candidate_values_);
    current_score_ = score;
    if (score >= best_score_) keep_best(mean);
  }
  /// Of equal scores the system with fewer edges, which is easier to read.
  void keep_best(const ChainValue& mean) {
    const int edges = edge_count(current_);
    if (best_edges_ >= 0 && current_score_ == best_score_ && edges >= best_edges_) return;
    best_ = current_;
    best_score_ = current_score_;
    best_edges_ = edges;
    if (!climbs_) return;
    const double value = values_.value(current_values_, mean);
    if (climb_.empty() || climb_.back().value != value) climb_.push_back({taken_, value});
  }

  const GuidedSpace& space_;
  GuidedValues values_;
  GuidedRandom random_;
  GuidedSystem current_, candidate_, best_;
  std::vector<ChainValue> current_values_, candidate_values_;
  double current_score_ = 0, best_score_ = 0;
  int best_edges_ = -1;
  bool climbs_ = false;
  std::uint64_t taken_ = 0;
  std::vector<GuidedClimb::Point> climb_;
};

WalkResult walk_of(const GuidedSpace& space, const Objective& objective, const GuidedEffort& effort,
                   int restart, Shared& shared) {
  Walk walk(space, objective, effort.seed, restart);
  WalkResult result;
  result.ran = true;
  result.climb.finished = walk.run(effort.steps, shared);
  result.system = walk.best();
  arrange(space, result.system);
  result.climb.value = exact_value(head_system(space, result.system, ""), objective);
  result.climb.steps = walk.taken();
  result.climb.points = std::move(walk).climb();
  return result;
}

/// Whether a restart's result is to be preferred to the best of those before it.
bool better(const WalkResult& a, const WalkResult& b) {
  if (*a.climb.value != *b.climb.value) return *a.climb.value > *b.climb.value;
  const int edges_a = edge_count(a.system), edges_b = edge_count(b.system);
  return edges_a != edges_b ? edges_a < edges_b : std::is_lt(compare(a.system, b.system));
}

void check_effort(const Objective& objective, const GuidedEffort& effort) {
  if (effort.steps < 1 || effort.restarts < 1)
    throw exact::UsageError("a guided search takes at least one step and one restart");
  const Question& question = objective.question;
  if (question.about_mixing() && (question.epsilon >= 1 || question.epsilon < smallest_steerable_epsilon())) {
    throw exact::UsageError("a guided search needs a threshold of at least 10^-30 and below 1, not " +
                            exact::to_string(question.epsilon));
  }
}

}  // namespace

Rational smallest_steerable_epsilon() {
  return exact::parse_rational("1e-30");
}

GuidedAnswer search_guided(const GuidedSpace& space, const Objective& objective, const GuidedEffort& effort,
                           int threads, const std::function<bool(std::uint64_t)>& progress) {
  check(space);
  check_effort(objective, effort);
  Shared shared;
  std::vector<WalkResult> results(static_cast<std::size_t>(effort.restarts));
  std::mutex mutex;
  std::condition_variable ended;
  int working = std::min(std::max(threads, 1), effort.restarts);
  std::exception_ptr failure;
  const auto work = [&] {
    std::exception_ptr caught;
    try {
      for (int restart = shared.next++; restart < effort.restarts && !shared.stop; restart = shared.next++)
        results[static_cast<std::size_t>(restart)] = walk_of(space, objective, effort, restart, shared);
    } catch (...) {
      caught = std::current_exception();
      shared.stop = true;
    }
    const std::lock_guard lock(mutex);
    if (caught) failure = caught;
    --working;
    ended.notify_all();
  };
  {
    std::vector<std::jthread> workers;
    for (int k = working; k > 0; --k) workers.emplace_back(work);
    std::unique_lock lock(mutex);
    while (!ended.wait_for(lock, std::chrono::milliseconds(100), [&] { return working == 0; })) {
      if (progress && !shared.stop && !progress(shared.steps)) shared.stop = true;
    }
  }
  if (failure) std::rethrow_exception(failure);

  GuidedAnswer answer;
  answer.steps = shared.steps;
  const WalkResult* best = nullptr;
  for (const WalkResult& result : results) {
    if (!result.ran) continue;
    if (result.climb.finished) ++answer.finished;
    if (answer.climbs.size() < static_cast<std::size_t>(GuidedAnswer::kMostClimbs))
      answer.climbs.push_back(result.climb);
    if (!result.climb.value) {
      ++answer.undecided;
    } else if (best == nullptr || better(result, *best)) {
      best = &result;
    }
  }
  answer.complete = answer.finished == effort.restarts;
  if (best != nullptr) {
    const auto restart = static_cast<int>(best - results.data());
    answer.best =
        GuidedFound{head_system(space, best->system,
                                name_of(objective.question.claim) + " " + name_of(objective.measure) + " " +
                                    exact::to_string(*best->climb.value)),
                    *best->climb.value, restart};
  }
  return answer;
}

}  // namespace crosshead::search
