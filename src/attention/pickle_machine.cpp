#include "pickle_machine.hpp"

#include <limits>

#include "pickle_opcodes.hpp"
#include "quoted_text.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::size_t kMaxLongBytes = 8;

}  // namespace

const char* describe(PickleValue::Kind kind) {
  using Kind = PickleValue::Kind;
  switch (kind) {
    case Kind::none:
      return "None";
    case Kind::boolean:
      return "a boolean";
    case Kind::integer:
      return "an integer";
    case Kind::text:
      return "text";
    case Kind::tuple:
      return "a tuple";
    case Kind::dict:
      return "a dict";
    case Kind::global:
      return "a global";
    case Kind::storage:
      return "a storage";
    case Kind::tensor:
      return "a tensor";
  }
  return "";
}

PickleValue PickleMachine::run() {
  if (take_unsigned(1) != static_cast<std::uint8_t>(Opcode::proto))
    fail(0, "expected PROTO 2, the start of a pickle");
  if (const std::uint64_t protocol = take_unsigned(1); protocol != 2) {
    fail(0, "pickle protocol " + std::to_string(protocol) +
                "; expected 2, which torch.save uses unless told otherwise");
  }
  while (true) {
    operation_ = at_;
    const auto code = static_cast<std::uint8_t>(take_unsigned(1));
    if (code == static_cast<std::uint8_t>(Opcode::stop)) break;
    step(code);
  }
  const PickleValue result = pop("a value for STOP");
  if (!stack_.empty() || !marks_.empty())
    fail(operation_, "STOP leaves values on the stack; expected one in all");
  if (at_ < bytes_.size()) fail(at_, "bytes follow STOP");
  return result;
}

void PickleMachine::step(std::uint8_t code) {
  switch (static_cast<Opcode>(code)) {
    case Opcode::global:
      return push_global();
    case Opcode::empty_dict:
      return push(Kind::dict, heap_.dicts++);
    case Opcode::empty_tuple:
      return push_tuple(0);
    case Opcode::mark:
      return marks_.push_back(stack_.size());
    case Opcode::tuple:
      return push_tuple(stack_.size() - pop_mark());
    case Opcode::tuple1:
      return push_tuple(1);
    case Opcode::tuple2:
      return push_tuple(2);
    case Opcode::tuple3:
      return push_tuple(3);
    case Opcode::binunicode:
      return push_text(take(take_unsigned(4)));
    case Opcode::short_binstring:
      return push_text(take(take_unsigned(1)));
    case Opcode::binput:
      return put(take_unsigned(1));
    case Opcode::long_binput:
      return put(take_unsigned(4));
    case Opcode::binget:
      return get(take_unsigned(1));
    case Opcode::long_binget:
      return get(take_unsigned(4));
    case Opcode::binint:
      return push(Kind::integer, take_signed(4));
    case Opcode::binint1:
      return push(Kind::integer, static_cast<std::int64_t>(take_unsigned(1)));
    case Opcode::binint2:
      return push(Kind::integer, static_cast<std::int64_t>(take_unsigned(2)));
    case Opcode::long1:
      return push(Kind::integer, take_signed(take_unsigned(1)));
    case Opcode::newtrue:
      return push(Kind::boolean, 1);
    case Opcode::newfalse:
      return push(Kind::boolean, 0);
    case Opcode::none:
      return push(Kind::none);
    case Opcode::reduce:
      return reduce();
    case Opcode::binpersid:
      return load_storage();
    case Opcode::setitem:
      return set_items(stack_.size() - (stack_.size() < 2 ? stack_.size() : 2));
    case Opcode::setitems:
      return set_items(pop_mark());
    case Opcode::build:
      return build();
    case Opcode::proto:
    case Opcode::stop:
      break;
  }
  fail(operation_, "pickle operation " + name_of_opcode(code) + " has no place in a state dict");
}

std::string_view PickleMachine::take(std::size_t length) {
  if (length > bytes_.size() - at_) {
    fail(at_, "the pickle ends at byte " + std::to_string(bytes_.size()) + "; expected " +
                  std::to_string(length) + " more bytes here");
  }
  const std::string_view taken = bytes_.substr(at_, length);
  at_ += length;
  return taken;
}

std::uint64_t PickleMachine::take_unsigned(std::size_t length) {
  const std::string_view digits = take(length);
  std::uint64_t value = 0;
  for (std::size_t i = length; i-- > 0;) value = value << 8 | static_cast<unsigned char>(digits[i]);
  return value;
}

std::int64_t PickleMachine::take_signed(std::size_t length) {
  if (length > kMaxLongBytes)
    fail(operation_, "an integer of " + std::to_string(length) + " bytes; expected at most 8");
  if (length == 0) return 0;
  const std::uint64_t sign = std::uint64_t{1} << (8 * length - 1);
  // Two's complement in `length` bytes: flipping the sign bit and subtracting it again extends the sign.
  return static_cast<std::int64_t>((take_unsigned(length) ^ sign) - sign);
}

std::string_view PickleMachine::take_line() {
  const std::size_t end = bytes_.find('\n', at_);
  if (end == std::string_view::npos) fail(at_, "a line of the pickle has no end");
  const std::string_view line = take(end - at_);
  take(1);
  return line;
}

PickleValue PickleMachine::pop(const char* what) {
  const std::size_t floor = marks_.empty() ? 0 : marks_.back();
  if (stack_.size() <= floor) fail(operation_, std::string("the stack is empty; expected ") + what);
  const PickleValue value = stack_.back();
  stack_.pop_back();
  return value;
}

PickleValue PickleMachine::pop(Kind kind, const char* what) {
  const PickleValue value = pop(what);
  if (value.kind != kind)
    fail(operation_, std::string("found ") + describe(value.kind) + "; expected " + what);
  return value;
}

std::size_t PickleMachine::pop_mark() {
  if (marks_.empty()) fail(operation_, "no MARK on the stack");
  const std::size_t height = marks_.back();
  marks_.pop_back();
  return height;
}

void PickleMachine::push_text(std::string_view text) {
  if (!is_utf8(text)) fail(operation_, "text " + in_quotes(text) + " is not UTF-8");
  push(Kind::text, static_cast<std::int64_t>(heap_.texts.size()));
  heap_.texts.push_back(text);
}

void PickleMachine::push_tuple(std::size_t length) {
  const std::size_t floor = marks_.empty() ? 0 : marks_.back();
  if (stack_.size() < floor || length > stack_.size() - floor) {
    fail(operation_, "the stack holds too few values; expected " + std::to_string(length) + " for a tuple");
  }
  const PickleHeap::Tuple tuple{heap_.elements.size(), length};
  heap_.elements.insert(heap_.elements.end(), stack_.end() - static_cast<std::ptrdiff_t>(length),
                        stack_.end());
  stack_.resize(stack_.size() - length);
  push(Kind::tuple, static_cast<std::int64_t>(heap_.tuples.size()));
  heap_.tuples.push_back(tuple);
}

void PickleMachine::put(std::uint64_t slot) {
  const PickleValue value = pop("a value to remember");
  memo_[slot] = value;
  stack_.push_back(value);
}

void PickleMachine::get(std::uint64_t slot) {
  const auto found = memo_.find(slot);
  if (found == memo_.end()) fail(operation_, "nothing has been remembered as number " + std::to_string(slot));
  stack_.push_back(found->second);
}

void PickleMachine::set_items(std::size_t first) {
  const std::size_t count = stack_.size() - first;
  if (count % 2 != 0) fail(operation_, "a key has no value; expected pairs");
  const std::vector<PickleValue> pairs(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
  for (std::size_t i = 0; i < count; ++i) pop("keys and values");
  const PickleValue dict = pop(Kind::dict, "a dict below its items");
  for (std::size_t i = 0; i < count; i += 2) {
    if (pairs[i].kind != Kind::text) {
      fail(operation_, std::string("a key is ") + describe(pairs[i].kind) + "; expected text");
    }
    const std::string_view key = heap_.texts[static_cast<std::size_t>(pairs[i].number)];
    if (!heap_.keys.emplace(dict.number, key).second)
      fail(operation_, "key " + in_quotes(key) + " occurs twice");
    heap_.items.push_back({dict.number, key, pairs[i + 1], operation_});
  }
  stack_.push_back(dict);
}

void PickleMachine::build() {
  // State dicts carry one attribute, the module versions in `_metadata`; it says nothing about the tensors.
  if (built_) fail(operation_, "a second BUILD; expected one, for the attributes of the state dict");
  built_ = true;
  const PickleValue state = pop(Kind::dict, "a dict of attributes for BUILD");
  const PickleValue dict = pop(Kind::dict, "a dict below its attributes");
  for (const PickleHeap::Item& item : heap_.items) {
    if (item.dict == state.number && item.key != "_metadata") {
      fail(operation_,
           "attribute " + in_quotes(item.key) + " has no place in a state dict; expected '_metadata'");
    }
  }
  stack_.push_back(dict);
}

void PickleMachine::fail(std::size_t at, const std::string& message) const {
  throw exact::InputError(file_, entry_ + ", byte " + std::to_string(at), message);
}

}  // namespace crosshead::attention
