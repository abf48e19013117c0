#include "guided_value.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace crosshead::search {
namespace {

constexpr int kMostFidelitySteps = 20'000;
constexpr int kMostMixingSteps = 1'000'000;
/// How much the smooth part counts: less than any difference of mixing times.
constexpr double kSmoothShare = 0.05;
/// Distances that differ by rounding alone are equal.
constexpr double kSlack = 1 + 1e-12;

/// Total variation that counts as mixed; in L1 strictly less than half of epsilon.
double distance_of(const Question& question) {
  const double epsilon = exact::to_double(question.epsilon);
  return question.mixing.distance == walk::Distance::l1 ? epsilon / 2 / kSlack : epsilon * kSlack;
}

/// The heads' side of the claim.
ChainValue side_of(const std::vector<ChainValue>& heads, bool largest) {
  ChainValue side = heads.front();
  for (const ChainValue& head : heads) {
    side.value = largest ? std::max(side.value, head.value) : std::min(side.value, head.value);
    side.smooth = largest ? std::max(side.smooth, head.smooth) : std::min(side.smooth, head.smooth);
  }
  return side;
}

}  // namespace

GuidedValues::GuidedValues(const GuidedSpace& space, const Objective& objective)
    : space_(space),
      objective_(objective),
      epsilon_(distance_of(objective.question)),
      average_(objective.question.mixing.start == walk::Start::average),
      matrix_(static_cast<std::size_t>(kStride) * kStride),
      hears_(kStride),
      row_(kStride),
      next_(kStride),
      best_(kStride),
      visits_(kStride) {
  for (const exact::Rational& weight : space.weights) given_weights_.push_back(exact::to_double(weight));
}

void GuidedValues::clear() {
  for (int i = 0; i < space_.nodes; ++i) std::fill_n(matrix_row(i), space_.nodes, 0.0);
  std::fill(hears_.begin(), hears_.end(), 0);
}

void GuidedValues::add_head(const GuidedSystem& system, int head, double weight) {
  const int n = system.nodes;
  if (objective_.question.about_mixing()) {
    for (int j = 0; j < n; ++j) {
      const std::uint64_t targets = system.row(head, j);
      const double share = weight / (1 + std::popcount(targets));
      matrix_row(j)[j] += share;
      for (std::uint64_t left = targets; left != 0; left &= left - 1)
        matrix_row(std::countr_zero(left))[j] += share;
    }
    return;
  }
  std::uint64_t sources[kStride] = {};
  for (int j = 0; j < n; ++j) {
    for (std::uint64_t left = system.row(head, j); left != 0; left &= left - 1)
      sources[std::countr_zero(left)] |= std::uint64_t{1} << j;
  }
  for (int i = 0; i < n; ++i) {
    const double share = weight / (1 + std::popcount(sources[i]));
    double* row = matrix_row(i);
    row[i] += share;
    for (std::uint64_t left = sources[i]; left != 0; left &= left - 1) row[std::countr_zero(left)] += share;
    if (sources[i] != 0) hears_[static_cast<std::size_t>(i)] = 1;
  }
}

ChainValue GuidedValues::of_head(const GuidedSystem& system, int head) {
  clear();
  add_head(system, head, 1);
  return evaluate();
}

ChainValue GuidedValues::of_mean(const GuidedSystem& system) {
  clear();
  for (int head = 0; head < space_.heads; ++head) {
    const auto at = static_cast<std::size_t>(head);
    add_head(system, head,
             space_.denominator > 0 ? static_cast<double>(system.parts[at]) / space_.denominator
                                    : given_weights_[at]);
  }
  return evaluate();
}

ChainValue GuidedValues::evaluate() {
  return objective_.question.about_mixing() ? mixing_time() : fidelity();
}

void GuidedValues::step() {
  const int n = space_.nodes;
  std::fill_n(next_.begin(), n, 0.0);
  for (int i = 0; i < n; ++i) {
    const double mass = row_[static_cast<std::size_t>(i)];
    if (mass == 0) continue;
    const double* entries = matrix_row(i);
    double* next = next_.data();
    for (int j = 0; j <= i; ++j) next[j] += mass * entries[j];
  }
  std::swap(row_, next_);
}

ChainValue GuidedValues::fidelity() {
  const diffusion::FidelityConvention& convention = objective_.question.fidelity;
  const int n = space_.nodes, sink = n - 1;
  const int counted = convention.sink_counts ? n : n - 1;
  std::fill_n(best_.begin(), n, 0.0);
  std::fill_n(visits_.begin(), n, 0.0);
  visits_[static_cast<std::size_t>(sink)] = 1;
  for (int i = sink; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    if (hears_[at] == 0) {
      best_[at] = visits_[at];
      continue;
    }
    const double expected = visits_[at] / (1 - matrix_row(i)[i]);
    for (int j = 0; j < i; ++j) visits_[static_cast<std::size_t>(j)] += expected * matrix_row(i)[j];
  }
  std::fill_n(row_.begin(), n, 0.0);
  row_[static_cast<std::size_t>(sink)] = 1;
  if (convention.first_step == 0) best_[static_cast<std::size_t>(sink)] = 1;
  double least = 0;
  for (int t = 0; t < kMostFidelitySteps; ++t) {
    step();
    least = 2;
    for (int j = 0; j < counted; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (hears_[at] != 0) best_[at] = std::max(best_[at], row_[at]);
      least = std::min(least, best_[at]);
    }
    double mass = 0;
    for (int j = n - 1; j >= 0; --j) {
      const auto at = static_cast<std::size_t>(j);
      if (hears_[at] != 0) mass += row_[at];
      if (j < counted && best_[at] == least && (hears_[at] == 0 || mass <= least)) return {least, least};
    }
  }
  return {least, least};
}

ChainValue GuidedValues::mixing_time() {
  const int n = space_.nodes;
  std::fill_n(row_.begin(), n - 1, 1.0);
  row_[static_cast<std::size_t>(n - 1)] = 0;
  double before = average_ ? static_cast<double>(n - 1) / n : 1;
  if (before <= epsilon_) return {0, 0};
  for (int t = 1; t < kMostMixingSteps; ++t) {
    step();
    double distance = *std::max_element(row_.begin(), row_.begin() + n);
    if (average_) distance = std::accumulate(row_.begin(), row_.begin() + n, 0.0) / n;
    if (distance <= epsilon_)
      return {static_cast<double>(t), t - 1 + (before - epsilon_) / (before - distance)};
    before = distance;
  }
  return {kMostMixingSteps, kMostMixingSteps};
}

double GuidedValues::measured(double of_mean, double of_heads) const {
  const double above = objective_.question.mean_above() ? of_mean : of_heads;
  const double below = objective_.question.mean_above() ? of_heads : of_mean;
  return objective_.measure == Measure::gain ? above - below : above / below;
}

double GuidedValues::value(const std::vector<ChainValue>& heads, const ChainValue& mean) const {
  return measured(mean.value, side_of(heads, objective_.question.against_largest()).value);
}

double GuidedValues::score(const std::vector<ChainValue>& heads, const ChainValue& mean) const {
  const ChainValue side = side_of(heads, objective_.question.against_largest());
  const double value = measured(mean.value, side.value);
  if (!objective_.question.about_mixing()) return value;
  return value + kSmoothShare * measured(mean.smooth, side.smooth);
}

}  // namespace crosshead::search
