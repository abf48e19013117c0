#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pickle_values.hpp"

namespace crosshead::attention {

/// The stack machine of Python's pickle format, cut down to state dicts (see unpickle_state_dict).
class PickleMachine {
 public:
  PickleMachine(std::string_view bytes, const std::string& file, const std::string& entry)
      : bytes_(bytes), file_(file), entry_(entry) {}

  /// Runs to STOP, which must be the last byte, and returns the one value left. To be called once.
  PickleValue run();
  const PickleHeap& heap() const { return heap_; }
  /// Throws exact::InputError(file, "<entry>, byte <at>", message).
  [[noreturn]] void fail(std::size_t at, const std::string& message) const;

 private:
  using Kind = PickleValue::Kind;

  void step(std::uint8_t code);
  // Operands in the pickle.
  std::string_view take(std::size_t length);
  std::uint64_t take_unsigned(std::size_t length);
  std::int64_t take_signed(std::size_t length);
  std::string_view take_line();
  // The stack, of which only what lies above the innermost mark can be popped.
  void push(Kind kind, std::int64_t number = 0) { stack_.push_back({kind, {}, {}, number}); }
  PickleValue pop(const char* what);
  PickleValue pop(Kind kind, const char* what);
  std::size_t pop_mark();
  // Operations.
  void push_text(std::string_view text);
  void push_global();
  void push_tuple(std::size_t length);
  void put(std::uint64_t slot);
  void get(std::uint64_t slot);
  void set_items(std::size_t first);
  void reduce();
  void rebuild_tensor(const PickleHeap::Tuple& arguments);
  void load_storage();
  void build();

  const PickleHeap::Tuple& tuple(const PickleValue& value) const {
    return heap_.tuples[static_cast<std::size_t>(value.number)];
  }
  const PickleValue& argument(const PickleHeap::Tuple& arguments, std::size_t index, Kind kind,
                              const char* what) const;
  PickleHeap::Tuple dimensions(const PickleValue& value, const char* what) const;

  std::string_view bytes_;
  std::string file_;
  std::string entry_;
  std::size_t at_ = 0;         // next byte
  std::size_t operation_ = 0;  // first byte of the current operation
  std::vector<PickleValue> stack_;
  std::vector<std::size_t> marks_;  // heights of the stack
  std::map<std::uint64_t, PickleValue> memo_;
  PickleHeap heap_;
  bool built_ = false;
};

}  // namespace crosshead::attention
