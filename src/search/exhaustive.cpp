// Shards, and the threads that run them. Every shard's result is kept until all are done and they are merged
// in the order of ranks, so that nothing depends on which thread ran what.
#include "crosshead/search/exhaustive.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "head_table.hpp"
#include "lane_filter.hpp"
#include "shard_search.hpp"

namespace crosshead::search {
namespace {

/// Ranks of a shard: some hundredths of a second with the filter, and without.
constexpr std::uint64_t kFilteredShard = std::uint64_t{1} << 20;
constexpr std::uint64_t kExactShard = std::uint64_t{1} << 12;

std::vector<const LaneKernels*> available_kernels() {
  std::vector<const LaneKernels*> all{&baseline::lane_kernels()};
#ifdef CROSSHEAD_X86_LANES
  if (avx2::supported()) all.push_back(&avx2::lane_kernels());
  if (avx512::supported()) all.push_back(&avx512::lane_kernels());
#endif
  return all;
}

/// Decides every system in exact arithmetic, from the table.
class ExactClaim : public SystemClaim {
 public:
  explicit ExactClaim(const HeadTable& table) : table_(table) {}
  Decision decide(const SystemSpace&, const SystemIndex& system) const override {
    return table_.decide(system);
  }

 private:
  const HeadTable& table_;
};

}  // namespace

class ExhaustiveSearch::Work {
 public:
  Work(const SystemSpace& its_space, const Question& its_question, int threads, bool with_symmetry)
      : space(its_space), question(its_question), kernels(available_kernels().back()) {
    if (question.built_in()) {
      table.emplace(space, question, threads);
      exact = std::make_unique<ExactClaim>(*table);
    } else {
      exact = formula_claim(question);
    }
    if (with_symmetry) symmetry.emplace(space);
  }

  bool filtered() const { return table && table->exact_steps() > 0; }

  const SystemSpace& space;
  Question question;
  std::optional<HeadTable> table;      ///< of a built-in claim
  std::unique_ptr<SystemClaim> exact;  ///< without the filter
  const LaneKernels* kernels;
  std::optional<Symmetry> symmetry;
};

ExhaustiveSearch::ExhaustiveSearch(const SystemSpace& space, const Question& question, int threads,
                                   bool symmetry)
    : work_(std::make_unique<Work>(space, question, threads, symmetry)) {}

ExhaustiveSearch::~ExhaustiveSearch() = default;

const SystemSpace& ExhaustiveSearch::space() const {
  return work_->space;
}

const Question& ExhaustiveSearch::question() const {
  return work_->question;
}

std::string ExhaustiveSearch::instructions() const {
  return work_->filtered() ? work_->kernels->instructions : "none";
}

std::uint64_t ExhaustiveSearch::shard_size() const {
  return work_->filtered() ? kFilteredShard : kExactShard;
}

std::vector<RankRange> ExhaustiveSearch::shards(RankRange range) const {
  const std::uint64_t size = shard_size();
  std::vector<RankRange> result;
  for (std::uint64_t first = range.first, end = range.first + range.count; first < end;) {
    const std::uint64_t next = std::min(end, (first / size + 1) * size);
    result.push_back({first, next - first});
    first = next;
  }
  return result;
}

Result ExhaustiveSearch::run(RankRange range) const {
  const Symmetry* symmetry = work_->symmetry ? &*work_->symmetry : nullptr;
  if (!work_->filtered()) return search_each(space(), *work_->exact, range, symmetry);
  return ShardSearch(*work_->table, *work_->kernels, symmetry).run(range);
}

Decision ExhaustiveSearch::decide(const SystemIndex& system) const {
  return work_->exact->decide(work_->space, system);
}

void ExhaustiveSearch::use_instructions(const std::string& instructions) {
  for (const LaneKernels* kernels : available_kernels()) {
    if (instructions == kernels->instructions) {
      work_->kernels = kernels;
      return;
    }
  }
  throw std::invalid_argument("this machine has no instructions '" + instructions + "'");
}

std::vector<std::string> ExhaustiveSearch::available_instructions() {
  std::vector<std::string> names;
  for (const LaneKernels* kernels : available_kernels()) names.emplace_back(kernels->instructions);
  return names;
}

Answer run_in_threads(const ExhaustiveSearch& search, RankRange range, int threads,
                      const std::function<bool(std::uint64_t)>& progress) {
  const std::vector<RankRange> shards = search.shards(range);
  std::vector<std::optional<Result>> results(shards.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::uint64_t> done = 0;
  std::atomic<bool> stopped = false;
  std::mutex mutex;
  std::condition_variable_any finished;
  std::exception_ptr failure;
  std::size_t running = std::min(static_cast<std::size_t>(threads), shards.size());

  const auto work = [&] {
    try {
      for (std::size_t shard; !stopped && (shard = next++) < shards.size();) {
        results[shard] = search.run(shards[shard]);
        done += shards[shard].count;
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      stopped = true;
    }
    const std::lock_guard lock(mutex);
    --running;
    finished.notify_all();
  };
  {
    std::vector<std::jthread> workers;
    for (std::size_t thread = running; thread > 0; --thread) workers.emplace_back(work);
    std::unique_lock lock(mutex);
    while (!finished.wait_for(lock, std::chrono::milliseconds(100), [&] { return running == 0; })) {
      lock.unlock();
      if (progress && !progress(done)) stopped = true;
      lock.lock();
    }
  }
  if (failure) std::rethrow_exception(failure);
  if (progress) progress(done);

  Answer answer{{}, true};
  for (const auto& result : results) {
    if (result) {
      answer.result = merge(search.space(), answer.result, *result);
    } else {
      answer.complete = false;
    }
  }
  return answer;
}

}  // namespace crosshead::search
