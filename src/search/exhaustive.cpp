// Which engine decides a shard: the lanes with the heads' table, the table alone where numbers are too large
// for lanes, or a formula.
#include "crosshead/search/exhaustive.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "head_table.hpp"
#include "lane_filter.hpp"
#include "shard_search.hpp"

namespace crosshead::search {
namespace {

/// Ranks of a shard: some hundredths of a second with the filter, and without. Where that makes fewer than
/// kManyShards, shards are halved, down to a sixteenth: threads and processes then end at about the same
/// time.
constexpr std::uint64_t kFilteredShard = std::uint64_t{1} << 20;
constexpr std::uint64_t kExactShard = std::uint64_t{1} << 12;
constexpr std::uint64_t kManyShards = 32;

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

std::uint64_t ExhaustiveSearch::shard_size(RankRange range) const {
  const std::uint64_t largest = work_->filtered() ? kFilteredShard : kExactShard;
  std::uint64_t size = largest;
  while (size > largest / 16 && range.count / size < kManyShards) size /= 2;
  return size;
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

}  // namespace crosshead::search
