// Proofs about signals that tend to a limit other than 0: the laws of the limit, and the recurrence of the
// gap between a signal and its limit.
#include "fidelity_proof_limits.hpp"

#include <algorithm>

#include "crosshead/exact/recurrence.hpp"

namespace crosshead::diffusion {

using exact::Rational;
using exact::RationalMatrix;

namespace {

/// a^m of FORMAT.md, section 4, from index `from` on: entry i is a^i_from, and the last list a^m_from, ...
struct Differences {
  std::vector<Rational> leading;
  std::vector<Rational> last;
};
Differences differences(const std::vector<Rational>& gaps, std::size_t from, std::size_t count,
                        const std::vector<Rational>& roots) {
  Differences result;
  std::vector<Rational> window(gaps.begin() + static_cast<std::ptrdiff_t>(from),
                               gaps.begin() + static_cast<std::ptrdiff_t>(from + count + roots.size()));
  for (const Rational& root : roots) {
    result.leading.push_back(window.front());
    for (std::size_t t = 0; t + 1 < window.size(); ++t) window[t] = window[t + 1] - root * window[t];
    window.pop_back();
  }
  result.last = std::move(window);
  return result;
}

}  // namespace

const std::vector<Rational>& SignalHistory::row(std::int64_t t) {
  while (static_cast<std::int64_t>(rows_.size()) <= t) {
    if (!rows_.empty()) iteration_.step();
    std::vector<Rational> row;
    row.reserve(static_cast<std::size_t>(integers_.size()));
    for (int k = 0; k < integers_.size(); ++k) row.push_back(iteration_.value(k));
    rows_.push_back(std::move(row));
  }
  return rows_[static_cast<std::size_t>(t)];
}

LimitLaws laws_of_the_limit(const RationalMatrix& matrix, const Structure& structure) {
  // What the sink does not hear plays no part, and need not be stochastic: a loop keeps it out of the way.
  RationalMatrix heard(matrix.size());
  for (int i = 0; i < matrix.size(); ++i) {
    if (!structure.heard[static_cast<std::size_t>(i)]) {
      heard.append(i, i, 1);
      continue;
    }
    for (const auto& entry : matrix.row(i)) heard.append(i, entry.column, entry.value);
  }
  return limit_laws(heard, structure);
}

std::optional<FidelityProof> prove_by_recurrence(SignalHistory& history, int j, const Rational& limit,
                                                 std::int64_t first_step, std::int64_t latest) {
  const std::size_t n = history.row(0).size();
  const std::size_t terms = static_cast<std::size_t>(latest) + 2 * n + 2;
  std::vector<Rational> gaps;
  for (std::size_t t = 0; t < terms; ++t) {
    gaps.push_back(limit - history.row(static_cast<std::int64_t>(t))[static_cast<std::size_t>(j)]);
  }
  // From step n on, zero roots have died out.
  const auto roots = exact::rational_roots(exact::shortest_recurrence(
      std::vector<Rational>(gaps.begin() + static_cast<std::ptrdiff_t>(latest), gaps.end())));
  if (!roots || roots->empty() || roots->front() <= 0 || roots->back() >= 1 || roots->size() > n) {
    return std::nullopt;
  }
  for (auto t = static_cast<std::size_t>(first_step); t <= static_cast<std::size_t>(latest); ++t) {
    if (gaps[t] <= 0) return std::nullopt;
    const Differences at = differences(gaps, t, n + 1, *roots);
    const auto negative = [](const Rational& value) { return value < 0; };
    const auto nonzero = [](const Rational& value) { return value != 0; };
    if (std::any_of(at.leading.begin(), at.leading.end(), negative)) continue;
    if (std::any_of(at.last.begin(), at.last.end(), nonzero)) continue;
    FidelityProof proof;
    proof.argument = TailArgument::recurrence;
    proof.horizon = static_cast<std::int64_t>(t);
    proof.roots = *roots;
    return proof;
  }
  return std::nullopt;
}

}  // namespace crosshead::diffusion
