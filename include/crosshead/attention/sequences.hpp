#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crosshead::attention {

/// A fixed, portable stream of 64-bit numbers (SplitMix64, Steele, Lea and Flood, OOPSLA 2014): the same
/// numbers on every machine and with every compiler, unlike the distributions of <random>. Used for data,
/// initial weights, shuffles and dropout.
class RandomStream {
 public:
  /// Streams with different (seed, purpose, index) are unrelated.
  RandomStream(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index);

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    return mixed(state_);
  }
  /// Uniform on 0..bound-1, without bias. REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound);
  /// Uniform on the multiples of 2^-53 in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// Standard normal (Box and Muller; one number of each pair).
  double normal();

 private:
  static std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
  }
  std::uint64_t state_;
};

/// The paper's tasks (section 4.1) as sequence maps x -> y.
enum class Task {
  copy,   ///< y = x
  cycle,  ///< y = (x_n, x_1, ..., x_{n-1})
};

/// "copy" or "cycle". Throws exact::UsageError for anything else.
Task task_named(const std::string& name);
std::string name_of(Task task);

/// Sequence number `sample` of the data set `seed`: `length` independent tokens, uniform on 0..vocabulary-1.
/// Training uses samples 0..examples-1; larger numbers are fresh sequences.
/// REQUIRES: length >= 0, vocabulary > 0.
std::vector<std::int64_t> uniform_tokens(std::uint64_t seed, std::uint64_t sample, std::int64_t length,
                                         std::int64_t vocabulary);

/// What a model of `task` should answer at each position.
std::vector<std::int64_t> target_of(Task task, const std::vector<std::int64_t>& tokens);

/// The best expected share of right answers on uniform tokens under a causal mask: 1 for copy; for cycle the
/// first position asks for the last token, which can only be guessed, unless it is the same position.
/// REQUIRES: length > 0, vocabulary > 0.
double best_causal_accuracy(Task task, std::int64_t length, std::int64_t vocabulary);

}  // namespace crosshead::attention
