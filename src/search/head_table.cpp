#include "head_table.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "bars.hpp"
#include "code_bits.hpp"
#include "head_classes.hpp"

#include "crosshead/exact/share_tasks.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::search {
namespace {

using exact::Integer;
using exact::Rational;
using exact::RationalMatrix;

/// Beyond these steps lanes go to exact arithmetic.
constexpr int kFidelityHorizon = 64;
constexpr int kMixingHorizon = 4096;

/// numerator / denominator as a rational. REQUIRES: denominator > 0.
Rational ratio(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t common = std::gcd(numerator, denominator);
  Rational result;
  mpz_set_si(mpq_numref(result.backend().data()), numerator / common);
  mpz_set_si(mpq_denref(result.backend().data()), denominator / common);
  return result;
}

}  // namespace

HeadTable::HeadTable(const SystemSpace& space, const Question& question, int threads)
    : space_(space), question_(question) {
  for (int k = 2; k <= nodes(); ++k) unit_ = std::lcm(unit_, std::int64_t{k});
  Integer common = 1;
  for (const WeightVector& weights : space.space().weights) {
    for (const Rational& weight : weights) common = lcm(common, Integer(denominator(weight)));
  }
  scale_ = common * unit_;
  const bool sums = question.about_mixing() && question.mixing.start == walk::Start::average;
  if (nodes() > 1) exact_steps_ = exact_steps_of(scale_, sums ? nodes() : 1);
  for (const WeightVector& weights : space.space().weights) {
    auto& row = weights_.emplace_back();
    for (const Rational& weight : weights) {
      row.push_back(
          exact_steps_ > 0
              ? Integer(numerator(weight) * (common / denominator(weight))).convert_to<std::int64_t>()
              : 0);
    }
  }
  fill_matrices();
  find_values(threads);
  horizon_ = kFidelityHorizon;
  if (question_.about_mixing()) {
    horizon_ = values_.empty() || values_.back() > kMixingHorizon ? kMixingHorizon
                                                                  : values_.back().convert_to<int>();
  }
  if (exact_steps_ > 0) fill_bars();
}

/// From the graphs' neighbour lists; a matrix that is not defined is left zero.
void HeadTable::fill_matrices() {
  const std::size_t heads = space_.codes().size(), blocks = (heads + kLanes - 1) / kLanes;
  const auto entries = static_cast<std::size_t>(entries_of(nodes()));
  matrix_.assign(blocks * entries * kLanes, 0);
  undefined_.assign(blocks, 0);
  undecided_.assign(blocks, 0);
  sink_entry_.resize(heads);
  const CodeBits bits(space_.space().family, nodes());
  const bool walk = question_.about_mixing();
  std::vector<double> share(static_cast<std::size_t>(nodes()) + 1, 0);  // L / degree
  for (std::size_t degree = 1; degree < share.size(); ++degree) {
    const std::int64_t part = unit_ / static_cast<std::int64_t>(degree);  // L is a multiple of every degree
    share[degree] = static_cast<double>(part);
  }
  std::vector<double> degree_share(static_cast<std::size_t>(nodes()));
  for (std::uint32_t head = 0; head < heads; ++head) {
    const auto code = static_cast<std::uint32_t>(space_.codes()[head]);
    const std::size_t block = head / kLanes, lane = head % kLanes;
    for (int node = 0; node < nodes(); ++node) {
      const int degree = walk ? bits.outdegree(code, node) : bits.indegree(code, node);
      if (degree == 0) undefined_[block] |= static_cast<std::uint8_t>(1U << lane);
      degree_share[static_cast<std::size_t>(node)] = share[static_cast<std::size_t>(degree)];
    }
    double* lanes = matrix_.data() + block * entries * kLanes + lane;
    for (int row = 0; row < nodes(); ++row) {
      for (int column = 0; column <= row; ++column, lanes += kLanes) {
        if (bits.has(code, column, row)) *lanes = degree_share[static_cast<std::size_t>(walk ? column : row)];
      }
    }
    sink_entry_[head] = lanes[-kLanes];
  }
}

LaneBlocks HeadTable::blocks(std::size_t first, const std::uint8_t* active) const {
  const std::size_t bars = first * static_cast<std::size_t>(bar_length(exact_steps_)) * kLanes;
  LaneBlocks blocks;
  blocks.matrix = matrix_.data() + first * static_cast<std::size_t>(entries_of(nodes())) * kLanes;
  blocks.low = low_.empty() ? nullptr : low_.data() + bars;
  blocks.high = high_.empty() ? nullptr : high_.data() + bars;
  blocks.time = time_.empty() ? nullptr : time_.data() + first * kLanes;
  blocks.active = active;
  return blocks;
}

RationalMatrix HeadTable::matrix_of(std::uint32_t head) const {
  RationalMatrix result(nodes());
  for (int row = 0; row < nodes(); ++row) {
    for (int column = 0; column <= row; ++column) {
      const double value = entry(head, entry_at(row, column));
      if (value != 0) result.append(row, column, ratio(static_cast<std::int64_t>(value), unit_));
    }
  }
  return result;
}

HeadTable::Value HeadTable::value_of(const RationalMatrix& matrix) const {
  const int sink = nodes() - 1;
  if (!question_.about_mixing()) {
    const auto minimax = diffusion::minimax_fidelity(matrix, sink, question_.fidelity);
    if (!minimax.defined) return {};
    if (!minimax.decided) return {Outcome::undecided, std::nullopt};
    return {Outcome::undefined, minimax.value};
  }
  const std::vector<std::string> names(static_cast<std::size_t>(nodes()));
  const auto mixing = walk::mixing_times(matrix, sink, names, {question_.epsilon}, question_.mixing).front();
  if (!mixing.defined) return {};
  if (!mixing.decided) return {Outcome::undecided, std::nullopt};
  return {Outcome::undefined, Rational(mixing.time)};
}

/// Heads that are relabellings of earlier ones take over their values.
void HeadTable::find_values(int threads) {
  const std::size_t heads = space_.codes().size();
  const std::vector<std::uint32_t> earlier = earlier_relabellings(space_);
  std::vector<std::uint32_t> own;
  for (std::uint32_t head = 0; head < heads; ++head) {
    if (earlier[head] == head && (undefined_[head / kLanes] >> head % kLanes & 1U) == 0) own.push_back(head);
  }
  std::vector<Value> found(own.size());
  exact::share_tasks(threads, own.size(), [&](std::size_t k) { found[k] = value_of(matrix_of(own[k])); });

  std::map<Rational, std::uint32_t> places;
  for (const Value& value : found) {
    if (value.number) places.emplace(*value.number, 0);
  }
  for (auto& [value, place] : places) {
    place = static_cast<std::uint32_t>(values_.size());
    values_.push_back(value);
    approximate_.push_back(value.convert_to<double>());
  }
  value_at_.assign(heads, 0);
  head_approximate_.assign(heads, 0);
  for (std::size_t k = 0; k < own.size(); ++k) {
    const auto bit = static_cast<std::uint8_t>(1U << own[k] % kLanes);
    if (found[k].number) {
      value_at_[own[k]] = places.at(*found[k].number);
    } else {
      (found[k].missing == Outcome::undecided ? undecided_ : undefined_)[own[k] / kLanes] |= bit;
    }
  }
  for (std::uint32_t head = 0; head < heads; ++head) {
    const std::uint32_t source = earlier[head];
    value_at_[head] = value_at_[source];
    for (std::vector<std::uint8_t>* missing : {&undefined_, &undecided_}) {
      const unsigned there = (*missing)[source / kLanes] >> source % kLanes & 1U;
      (*missing)[head / kLanes] |= static_cast<std::uint8_t>(there << head % kLanes);
    }
    if (!values_.empty()) head_approximate_[head] = approximate_[value_at_[head]];
  }
}

bool HeadTable::strictly_within() const {
  return question_.mixing.distance == walk::Distance::l1 && question_.epsilon <= 2;
}

/// The distance is within the threshold when at least this mass is absorbed: of each start, or of all n
/// starts together; more than it, if strictly_within().
Rational HeadTable::absorbed_mass() const {
  const bool half = question_.mixing.distance == walk::Distance::l1;
  const Rational distance = half ? Rational(question_.epsilon / 2) : question_.epsilon;
  if (distance >= 1) return 0;
  return question_.mixing.start == walk::Start::average ? Rational(nodes() * (1 - distance))
                                                        : Rational(1 - distance);
}

void HeadTable::fill_bars() {
  const auto length = static_cast<std::size_t>(bar_length(exact_steps_));
  const std::size_t heads = space_.codes().size(), blocks = undefined_.size();
  if (question_.about_mixing()) {
    absorbed_bars_.resize(2 * length);
    write_bars(absorbed_mass(), scale_, exact_steps_, nodes(), horizon_, absorbed_bars_.data(),
               absorbed_bars_.data() + length, 1);
    time_.assign(blocks * kLanes, 0);
    for (std::size_t head = 0; head < heads; ++head) {
      time_[head] = head_approximate_[head];
    }
    return;
  }
  bars_.resize(2 * length * values_.size());
  for (std::size_t at = 0; at < values_.size(); ++at) {
    double* low = bars_.data() + 2 * length * at;
    write_bars(values_[at], scale_, exact_steps_, nodes(), horizon_, low, low + length, 1);
  }
  low_.assign(blocks * length * kLanes, 0);
  high_.assign(blocks * length * kLanes, 0);
  if (values_.empty()) return;
  for (std::uint32_t head = 0; head < heads; ++head) {
    const double* from = bars(value_at_[head]);
    for (std::size_t t = 0; t < length; ++t) {
      const std::size_t to = (head / kLanes * length + t) * kLanes + head % kLanes;
      low_[to] = from[t];
      high_[to] = from[length + t];
    }
  }
}

Decision HeadTable::decide(const SystemIndex& system) const {
  std::optional<std::uint32_t> side;
  bool undecided = false;
  for (const std::uint32_t head : system.heads) {
    const std::size_t block = head / kLanes;
    const auto bit = static_cast<std::uint8_t>(1U << head % kLanes);
    if ((undefined_[block] & bit) != 0) return {Outcome::undefined, 0};
    undecided = undecided || (undecided_[block] & bit) != 0;
    const std::uint32_t at = value_at_[head];
    if (!side || (question_.against_largest() ? at > *side : at < *side)) side = at;
  }
  if (undecided) return {Outcome::undecided, 0};
  const WeightVector& weights = space_.space().weights[system.weights];
  RationalMatrix mean(nodes());
  if (exact_steps_ > 0) {
    const auto scale = scale_.convert_to<std::int64_t>();
    for (int row = 0; row < nodes(); ++row) {
      for (int column = 0; column <= row; ++column) {
        std::int64_t sum = 0;
        for (std::size_t place = 0; place < system.heads.size(); ++place) {
          sum += weight(system.weights, place) *
                 static_cast<std::int64_t>(entry(system.heads[place], entry_at(row, column)));
        }
        if (sum != 0) mean.append(row, column, ratio(sum, scale));
      }
    }
  } else {
    std::vector<RationalMatrix> matrices;
    for (const std::uint32_t head : system.heads) matrices.push_back(matrix_of(head));
    mean = exact::weighted_sum(matrices, weights);
  }
  const Value value = value_of(mean);
  if (!value.number) return {value.missing, 0};
  const Rational gain =
      question_.mean_above() ? *value.number - values_[*side] : values_[*side] - *value.number;
  return {gain > 0 ? Outcome::witness : gain == 0 ? Outcome::tie : Outcome::neither, gain};
}

}  // namespace crosshead::search
