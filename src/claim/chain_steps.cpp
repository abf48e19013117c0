// Rows by the integer iteration of the exact room; the law of moves by dynamic programming over nodes and
// counts; walks by repeated sums over successors; products along words as a stack of rows.
#include "chain_steps.hpp"

#include <algorithm>

namespace crosshead::claim {
namespace {

using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

/// Rows that stay in memory; beyond them only the last one does.
constexpr std::int64_t kKeptRows = 2048;
constexpr std::int64_t kMostSteps = 1'000'000;
constexpr std::int64_t kMostLimbOperations = 4'000'000'000;
constexpr std::int64_t kMostMoves = 2'000;
constexpr std::int64_t kLongestWalk = 20'000;

}  // namespace

RowHistory::RowHistory(const RationalMatrix& matrix, int start) : matrix_(matrix), start_(start) {}

void RowHistory::copy_current(Row& row) const {
  row.numerators.resize(static_cast<std::size_t>(matrix_.size()));
  for (int j = 0; j < matrix_.size(); ++j) {
    row.numerators[static_cast<std::size_t>(j)] = iteration_->numerator(j);
  }
  row.denominator = iteration_->denominator();
}

const RowHistory::Row* RowHistory::row(std::int64_t t) {
  if (t < static_cast<std::int64_t>(kept_.size())) return &kept_[static_cast<std::size_t>(t)];
  if (t == far_time_) return &far_;
  if (t > kMostSteps) return nullptr;
  if (!iteration_ || iteration_->time() > t)
    iteration_ = std::make_unique<exact::RowIteration>(matrix_, start_);
  for (;;) {
    const std::int64_t time = iteration_->time();
    if (time == static_cast<std::int64_t>(kept_.size()) && time < kKeptRows)
      copy_current(kept_.emplace_back());
    if (time == t) break;
    if (iteration_->limb_operations() > kMostLimbOperations) return nullptr;
    iteration_->step();
  }
  if (t < static_cast<std::int64_t>(kept_.size())) return &kept_[static_cast<std::size_t>(t)];
  copy_current(far_);
  far_time_ = t;
  return &far_;
}

std::optional<Rational> RowHistory::value(int j, std::int64_t t) {
  const Row* at = row(t);
  if (at == nullptr) return std::nullopt;
  return Rational(at->numerators[static_cast<std::size_t>(j)], at->denominator);
}

std::optional<Rational> RowHistory::least(std::int64_t t) {
  const Row* at = row(t);
  if (at == nullptr) return std::nullopt;
  return Rational(*std::min_element(at->numerators.begin(), at->numerators.end()), at->denominator);
}

std::optional<Rational> RowHistory::average(std::int64_t t) {
  const Row* at = row(t);
  if (at == nullptr) return std::nullopt;
  Integer sum = 0;
  for (const Integer& numerator : at->numerators) sum += numerator;
  return Rational(sum, at->denominator * matrix_.size());
}

void MoveCounts::step(FromStart& from) const {
  const std::size_t counts = from.laws.size() + 1;
  std::vector<std::vector<Rational>> next(from.state.size(), std::vector<Rational>(counts));
  for (int i = 0; i < walk_.size(); ++i) {
    auto& target = next[static_cast<std::size_t>(i)];
    for (const auto& [j, value] : walk_.row(i)) {
      const auto& source = from.state[static_cast<std::size_t>(j)];
      const std::size_t moved = i == j ? 0 : 1;
      for (std::size_t k = 0; k < source.size(); ++k) {
        if (source[k] != 0) target[k + moved] += value * source[k];
      }
    }
  }
  from.state = std::move(next);
  std::vector<Rational>& law = from.laws.emplace_back(counts);
  for (const auto& node : from.state) {
    for (std::size_t k = 0; k < counts; ++k) law[k] += node[k];
  }
}

std::optional<Rational> MoveCounts::probability(int j, std::int64_t t, std::int64_t k) {
  if (k < 0 || k > t) return Rational(0);
  if (t > kMostMoves) return std::nullopt;
  FromStart& from = starts_[j];
  if (from.laws.empty()) {
    from.state.assign(static_cast<std::size_t>(walk_.size()), std::vector<Rational>(1));
    from.state[static_cast<std::size_t>(j)][0] = 1;
    from.laws.push_back({Rational(1)});
  }
  while (static_cast<std::int64_t>(from.laws.size()) <= t) step(from);
  return from.laws[static_cast<std::size_t>(t)][static_cast<std::size_t>(k)];
}

WalkCounts::WalkCounts(const graph::Digraph& graph, int sink) : graph_(graph) {
  const auto n = static_cast<std::size_t>(graph.size());
  to_sink_.push_back(std::vector<Integer>(n));
  to_sink_[0][static_cast<std::size_t>(sink)] = 1;
  anywhere_.push_back(std::vector<Integer>(n, 1));
}

std::optional<Integer> WalkCounts::count(Counts& counts, int j, std::int64_t t) const {
  if (t > kLongestWalk) return std::nullopt;
  while (static_cast<std::int64_t>(counts.size()) <= t) {
    std::vector<Integer> next(counts.back().size());
    for (int node = 0; node < graph_.size(); ++node) {
      for (int target : graph_.successors(node)) {
        next[static_cast<std::size_t>(node)] += counts.back()[static_cast<std::size_t>(target)];
      }
    }
    counts.push_back(std::move(next));
  }
  return counts[static_cast<std::size_t>(t)][static_cast<std::size_t>(j)];
}

std::optional<Integer> WalkCounts::to_sink(int j, std::int64_t t) {
  return count(to_sink_, j, t);
}

std::optional<Integer> WalkCounts::anywhere(int j, std::int64_t t) {
  return count(anywhere_, j, t);
}

Rational WordProducts::entry(const std::vector<int>& word, const std::vector<const RationalMatrix*>& matrices,
                             bool halved, int i, int j) {
  Prefixes& prefixes = by_row_[i];
  if (prefixes.rows.empty()) {
    prefixes.rows.push_back(std::vector<Rational>(static_cast<std::size_t>(i) + 1));  // zeros beyond
    prefixes.rows[0][static_cast<std::size_t>(i)] = 1;
  }
  const std::size_t shared = static_cast<std::size_t>(
      std::mismatch(word.begin(), word.end(), prefixes.word.begin(), prefixes.word.end()).first -
      word.begin());
  prefixes.word = word;
  prefixes.rows.resize(shared + 1);
  for (std::size_t k = shared; k < word.size(); ++k) {
    const RationalMatrix& matrix = *matrices[static_cast<std::size_t>(word[k])];
    const std::vector<Rational>& before = prefixes.rows.back();
    std::vector<Rational> after(static_cast<std::size_t>(matrix.size()));
    for (std::size_t row = 0; row < before.size(); ++row) {
      if (before[row] == 0) continue;
      const Rational value = halved ? Rational(before[row] / 2) : before[row];
      for (const auto& entry : matrix.row(static_cast<int>(row))) {
        after[static_cast<std::size_t>(entry.column)] += value * entry.value;
      }
      if (halved) after[row] += value;
    }
    prefixes.rows.push_back(std::move(after));
  }
  const std::vector<Rational>& row = prefixes.rows.back();
  return static_cast<std::size_t>(j) < row.size() ? row[static_cast<std::size_t>(j)] : Rational(0);
}

}  // namespace crosshead::claim
