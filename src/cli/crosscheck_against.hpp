#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/crosscheck/path_check.hpp"

namespace crosshead::cli {

/// What the arrays of a user's file have to fit: sizes of the input.
struct SignalSizes {
  std::size_t layers = 1;  ///< layers that are checked; an axis for them is expected when there are several
  std::size_t heads = 1, nodes = 1;
  std::optional<std::int64_t> steps;  ///< T where --steps was given
};

/// Signals that somebody else computed, read one path at a time. Arrays are known by name, each with an
/// optional _TYPE at its end ("mean_signal_float32"): mean_signal [L, T+1, n], heads_signal [L, H, T+1, n] (t
/// = 0..T), mean_final [L, n] and heads_final [L, H, n] (t = T), without L for a single layer. The one array
/// of an .npy file is known by its rank. float16, bfloat16, float32 and float64; uint16 under a name that
/// ends in _bfloat16 holds its bits.
class UserSignals {
 public:
  /// Throws exact::InputError when nothing is known or a shape does not fit; messages list what is expected.
  UserSignals(const std::string& file, const SignalSizes& sizes);

  std::int64_t steps() const { return steps_; }
  std::vector<attention::FloatType> types() const;
  /// Names of arrays that are taken for signals, and of the others.
  std::vector<std::string> used() const;
  const std::vector<std::string>& ignored() const { return ignored_; }

  /// The signals of one path of layer number `layer` of those that are checked.
  std::vector<crosscheck::FloatSignal> of(std::size_t layer, std::optional<int> head) const;

 private:
  struct Array {
    std::string name;
    attention::FloatType type = attention::FloatType::float32;
    bool bits = false;  ///< bfloat16 as uint16
    bool heads = false, final_row = false;
  };
  void add(const std::string& name, const attention::TensorInfo& info, const std::string& kind);
  [[noreturn]] void refuse(const std::string& name, const std::string& why) const;
  std::string expected() const;

  std::string path_;
  attention::TensorFile file_;
  SignalSizes sizes_;
  std::int64_t steps_ = 100;
  bool steps_known_ = false;
  std::vector<Array> arrays_;
  std::vector<std::string> ignored_;
};

}  // namespace crosshead::cli
