// One thread keeps the account and writes the journal; the others search. A worker always has its next shard
// at hand, so that nobody waits for the disk.
#include "crosshead/search/shard_run.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace crosshead::search {

ShardRun::ShardRun(const SystemSpace& space, const ShardPlan& plan, JournalWriter* journal)
    : space_(space),
      plan_(plan),
      journal_(journal),
      done_(plan),
      next_(plan.part().index - 1),
      ranks_(plan.part_ranks()) {}

void ShardRun::restore(const std::vector<ShardResult>& records) {
  for (const ShardResult& record : records) include(record);
}

std::optional<RankRange> ShardRun::next() {
  while (next_ < plan_.shards()) {
    const std::uint64_t number = next_;
    next_ = plan_.part().count < plan_.shards() ? next_ + plan_.part().count : plan_.shards();
    if (!done_.has(number)) return plan_.shard(number);
  }
  return std::nullopt;
}

void ShardRun::accept(const std::vector<ShardResult>& results) {
  if (journal_ != nullptr) journal_->append(space_, results);
  for (const ShardResult& result : results) include(result);
}

void ShardRun::include(const ShardResult& record) {
  if (done_.insert(plan_.number_of(record.shard))) result_ = merge(space_, result_, record.result);
}

class ShardWorkers::Pool {
 public:
  Pool(int threads, RunShard run) : run_(std::move(run)), threads_(static_cast<std::size_t>(threads)) {
    for (int thread = 0; thread < threads; ++thread) workers_.emplace_back([this] { work(); });
  }
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      waiting_.clear();
    }
    given_.notify_all();
  }

  bool wanting() const { return open() < 2 * threads_; }

  void give(const RankRange& shard) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(shard);
      ++open_;
    }
    given_.notify_one();
  }

  void drop_waiting() {
    const std::lock_guard lock(mutex_);
    open_ -= waiting_.size();
    waiting_.clear();
  }

  std::vector<ShardResult> take(std::chrono::microseconds wait) {
    std::unique_lock lock(mutex_);
    finished_.wait_for(lock, wait, [&] { return !results_.empty() || failure_; });
    std::vector<ShardResult> results;
    results.swap(results_);
    open_ -= results.size();
    if (failure_ && results.empty()) std::rethrow_exception(failure_);
    return results;
  }

  std::size_t open() const {
    const std::lock_guard lock(mutex_);
    return open_;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      given_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
      if (ended_) return;
      ShardResult result{waiting_.front(), {}};
      waiting_.pop_front();
      lock.unlock();
      std::exception_ptr failure;
      try {
        result.result = run_(result.shard);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      if (!failure) {
        results_.push_back(std::move(result));
      } else if (!failure_) {
        failure_ = failure;
      }
      finished_.notify_all();
    }
  }

  RunShard run_;
  std::size_t threads_;
  mutable std::mutex mutex_;
  std::condition_variable given_, finished_;
  std::deque<RankRange> waiting_;
  std::vector<ShardResult> results_;
  std::exception_ptr failure_;
  std::size_t open_ = 0;
  bool ended_ = false;
  std::vector<std::jthread> workers_;  // the last member: joined first
};

ShardWorkers::ShardWorkers(int threads, RunShard run)
    : pool_(std::make_unique<Pool>(threads, std::move(run))) {}

ShardWorkers::~ShardWorkers() = default;

bool ShardWorkers::wanting() const {
  return pool_->wanting();
}

void ShardWorkers::give(const RankRange& shard) {
  pool_->give(shard);
}

void ShardWorkers::drop_waiting() {
  pool_->drop_waiting();
}

std::vector<ShardResult> ShardWorkers::take(std::chrono::microseconds wait) {
  return pool_->take(wait);
}

std::uint64_t ShardWorkers::open() const {
  return pool_->open();
}

void run_in_threads(ShardRun& run, const RunShard& search, int threads, const ShardProgress& progress) {
  constexpr std::chrono::milliseconds kPause{100};
  ShardWorkers workers(threads, search);
  bool stopped = false;
  auto reported = std::chrono::steady_clock::now();
  for (;;) {
    while (!stopped && workers.wanting()) {
      const auto shard = run.next();
      if (!shard) break;
      workers.give(*shard);
    }
    if (workers.open() == 0) break;
    run.accept(workers.take(kPause));
    const auto now = std::chrono::steady_clock::now();
    if (!progress || stopped || now - reported < kPause) continue;
    reported = now;
    stopped = !progress(run.ranks_done());
    if (stopped) workers.drop_waiting();
  }
  if (progress) progress(run.ranks_done());
}

Answer run_in_threads(const ExhaustiveSearch& search, RankRange range, int threads,
                      const ShardProgress& progress) {
  ShardRun run(search.space(), ShardPlan(range, search.shard_size(range)));
  run_in_threads(
      run, [&](RankRange shard) { return search.run(shard); }, threads, progress);
  return {run.result(), run.complete()};
}

}  // namespace crosshead::search
