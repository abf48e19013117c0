#include "crosshead/attention/sequences.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {

namespace {

constexpr std::uint64_t kTokenPurpose = 1;

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index)
    // Each argument passes through the mixer before the next is added, so that neighbouring triples do not
    // give shifted copies of one stream.
    : state_(mixed(mixed(mixed(seed + 0x9e3779b97f4a7c15U) + purpose) + index)) {}

std::uint64_t RandomStream::below(std::uint64_t bound) {
  // 2^64 mod bound numbers at the bottom are refused; what is left is a whole number of runs of 0..bound-1.
  const std::uint64_t refused = (0 - bound) % bound;
  std::uint64_t value = next();
  while (value < refused) value = next();
  return value % bound;
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log1p(-unit()));
  return radius * std::cos(2.0 * std::numbers::pi * unit());
}

Task task_named(const std::string& name) {
  if (name == "copy") return Task::copy;
  if (name == "cycle") return Task::cycle;
  throw exact::UsageError("unknown task \"" + name + "\": expected copy or cycle");
}

std::string name_of(Task task) {
  return task == Task::copy ? "copy" : "cycle";
}

std::vector<std::int64_t> uniform_tokens(std::uint64_t seed, std::uint64_t sample, std::int64_t length,
                                         std::int64_t vocabulary) {
  RandomStream stream(seed, kTokenPurpose, sample);
  std::vector<std::int64_t> tokens(static_cast<std::size_t>(length));
  for (auto& token : tokens) {
    token = static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(vocabulary)));
  }
  return tokens;
}

std::vector<std::int64_t> target_of(Task task, const std::vector<std::int64_t>& tokens) {
  std::vector<std::int64_t> target = tokens;
  if (task == Task::cycle && !target.empty()) std::rotate(target.begin(), target.end() - 1, target.end());
  return target;
}

double best_causal_accuracy(Task task, std::int64_t length, std::int64_t vocabulary) {
  if (task == Task::copy || length == 1) return 1;
  return (static_cast<double>(length - 1) + 1 / static_cast<double>(vocabulary)) /
         static_cast<double>(length);
}

}  // namespace crosshead::attention
