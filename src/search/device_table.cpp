#include "device_table.hpp"

#include <algorithm>

#include "bars.hpp"

namespace crosshead::search {
namespace {

using exact::Integer;
using exact::Rational;

/// REQUIRES: 0 <= value < 2^128.
DeviceInteger device_integer(const Integer& value) {
  const Integer high = value >> 64U;
  const Integer low = value - (high << 64U);
  return DeviceInteger{high.convert_to<std::uint64_t>()} << 64U | low.convert_to<std::uint64_t>();
}

int wide_steps_of(const Integer& scale) {
  const Integer limit = Integer(1) << 127U;
  int steps = 0;
  for (Integer power = scale; steps < kMaxWideSteps && power <= limit; power *= scale) ++steps;
  return steps;
}

}  // namespace

DeviceArrays::DeviceArrays(const HeadTable& table)
    : table_(table), wide_steps_(wide_steps_of(table.scale())) {
  const auto heads = static_cast<std::uint32_t>(table.space().codes().size());
  for (int e = 0; e < entries_of(table.nodes()); ++e) {
    for (std::uint32_t head = 0; head < heads; ++head)
      matrix_.push_back(static_cast<std::uint16_t>(table.entry(head, e)));
  }
  for (std::uint32_t head = 0; head < heads; ++head) {
    value_at_.push_back(table.value_at(head));
    edges_.push_back(static_cast<std::uint8_t>(table.space().edges(head)));
  }
  const auto length = static_cast<std::size_t>(bar_length(table.exact_steps()));
  for (std::uint32_t at = 0; at < table.values().size(); ++at) {
    approximate_.push_back(table.approximate(at));
    bars_.insert(bars_.end(), table.bars(at), table.bars(at) + 2 * length);
    std::vector<DeviceInteger> ceilings;
    Rational scaled = table.values()[at];
    for (int t = 0; t <= wide_steps_; ++t) {
      const Integer floor = numerator(scaled) / denominator(scaled);
      wide_bars_.push_back(device_integer(floor));
      ceilings.push_back(device_integer(floor == scaled ? floor : Integer(floor + 1)));
      scaled *= table.scale();
    }
    wide_bars_.insert(wide_bars_.end(), ceilings.begin(), ceilings.end());
  }
}

DeviceTable DeviceArrays::view() const {
  const Question& question = table_.question();
  DeviceTable view;
  view.nodes = table_.nodes();
  view.exact_steps = table_.exact_steps();
  view.wide_steps = wide_steps_;
  view.horizon = table_.horizon();
  view.scale = table_.scale().convert_to<double>();
  view.against_largest = question.against_largest();
  view.mean_above = question.mean_above();
  view.sink_counts = question.fidelity.sink_counts;
  view.sink_is_one = question.fidelity.first_step == 0;
  view.heads = static_cast<std::uint32_t>(value_at_.size());
  view.values = static_cast<std::uint32_t>(approximate_.size());
  view.matrix = matrix_.data();
  view.value_at = value_at_.data();
  view.edges = edges_.data();
  view.approximate = approximate_.data();
  view.bars = bars_.data();
  view.wide_bars = wide_bars_.data();
  return view;
}

DeviceRun DeviceArrays::run(const Run& run) const {
  DeviceRun result;
  result.begin = run.begin;
  result.end = run.end;
  result.value_at = table_.value_at(run.prefix.front());
  result.weight = static_cast<double>(table_.weight(run.weights, run.prefix.size()));
  for (std::size_t place = 0; place < run.prefix.size(); ++place) {
    const std::uint32_t head = run.prefix[place], at = table_.value_at(head);
    result.value_at =
        table_.question().against_largest() ? std::max(result.value_at, at) : std::min(result.value_at, at);
    result.edges += static_cast<std::uint32_t>(table_.space().edges(head));
    const auto weight = static_cast<double>(table_.weight(run.weights, place));
    for (int e = 0; e < entries_of(table_.nodes()); ++e) result.mean[e] += weight * table_.entry(head, e);
  }
  return result;
}

}  // namespace crosshead::search
