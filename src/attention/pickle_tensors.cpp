// The part of the pickle machine that knows PyTorch: which globals exist, what calling them gives, and how
// the tensors of the finished state dict are laid out.

#include <optional>

#include "layout.hpp"
#include "pickle.hpp"
#include "pickle_machine.hpp"
#include "quoted_text.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::pair<std::string_view, DType> kStorages[] = {
    {"FloatStorage", DType::f32},     {"DoubleStorage", DType::f64}, {"HalfStorage", DType::f16},
    {"BFloat16Storage", DType::bf16}, {"LongStorage", DType::i64},   {"IntStorage", DType::i32},
    {"ShortStorage", DType::i16},     {"CharStorage", DType::i8},    {"ByteStorage", DType::u8},
    {"BoolStorage", DType::boolean}};

std::optional<DType> storage_named(std::string_view name) {
  for (const auto& [known, dtype] : kStorages) {
    if (known == name) return dtype;
  }
  return std::nullopt;
}

/// The first element number that a view of at least one element does not reach; nullopt beyond 2^63.
std::optional<std::uint64_t> end_of_view(const PickledTensor& tensor) {
  constexpr std::uint64_t limit = std::uint64_t{1} << 63;
  if (tensor.offset >= limit) return std::nullopt;
  std::uint64_t last = tensor.offset;
  for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
    const auto steps = static_cast<std::uint64_t>(tensor.shape[d] - 1);
    const auto stride = static_cast<std::uint64_t>(tensor.stride[d]);
    if (steps > 0 && stride > (limit - 1 - last) / steps) return std::nullopt;
    last += steps * stride;
  }
  return last + 1;
}

void check_bounds(const PickleMachine& machine, const PickledTensor& tensor) {
  const std::string name = "tensor " + in_quotes(tensor.name);
  const auto count = count_elements(tensor.shape);
  if (!count || *count > tensor.storage_elements) {
    machine.fail(tensor.byte, name + " of shape " + describe(tensor.shape) +
                                  " has more elements than its storage (" +
                                  std::to_string(tensor.storage_elements) + ")");
  }
  const auto end = *count == 0 ? tensor.offset : end_of_view(tensor);
  if (!end || *end > tensor.storage_elements) {
    machine.fail(tensor.byte, name + " of shape " + describe(tensor.shape) + ", strides " +
                                  describe(tensor.stride) + " and offset " + std::to_string(tensor.offset) +
                                  " reaches beyond its storage of " +
                                  std::to_string(tensor.storage_elements) + " elements");
  }
}

}  // namespace

void PickleMachine::push_global() {
  const std::string_view module = take_line();
  const std::string_view name = take_line();
  PickleValue value{PickleValue::Kind::global, PickleGlobal::storage_type, DType::f32, 0};
  if (module == "collections" && name == "OrderedDict") {
    value.global = PickleGlobal::ordered_dict;
  } else if (module == "torch._utils" && name == "_rebuild_tensor_v2") {
    value.global = PickleGlobal::rebuild_tensor;
  } else if (const auto dtype = storage_named(name); module == "torch" && dtype) {
    value.dtype = *dtype;
  } else {
    fail(operation_,
         "global " + in_quotes(std::string(module.substr(0, 80)) + "." + std::string(name.substr(0, 80))) +
             " is refused; expected collections.OrderedDict, torch._utils._rebuild_tensor_v2 or a storage "
             "type such as torch.FloatStorage");
  }
  stack_.push_back(value);
}

void PickleMachine::reduce() {
  const PickleValue arguments = pop(Kind::tuple, "a tuple of arguments for REDUCE");
  const PickleValue callable = pop(Kind::global, "a global to call");
  switch (callable.global) {
    case PickleGlobal::ordered_dict:
      if (tuple(arguments).length != 0) fail(operation_, "OrderedDict with arguments; expected none");
      return push(Kind::dict, heap_.dicts++);
    case PickleGlobal::rebuild_tensor:
      return rebuild_tensor(tuple(arguments));
    case PickleGlobal::storage_type:
      break;
  }
  fail(operation_, "a storage type is called; expected OrderedDict or _rebuild_tensor_v2");
}

const PickleValue& PickleMachine::argument(const PickleHeap::Tuple& arguments, std::size_t index, Kind kind,
                                           const char* what) const {
  const PickleValue& value = heap_.elements[arguments.begin + index];
  const bool negative = kind == Kind::integer && value.kind == kind && value.number < 0;
  if (value.kind != kind || negative) {
    fail(operation_, std::string("found ") +
                         (negative ? std::to_string(value.number) : describe(value.kind)) + "; expected " +
                         what);
  }
  return value;
}

PickleHeap::Tuple PickleMachine::dimensions(const PickleValue& value, const char* what) const {
  const PickleHeap::Tuple numbers = tuple(value);
  if (numbers.length > kMaxDimensions) fail(operation_, "a tensor of more than 64 dimensions");
  for (std::size_t d = 0; d < numbers.length; ++d) argument(numbers, d, Kind::integer, what);
  return numbers;
}

void PickleMachine::rebuild_tensor(const PickleHeap::Tuple& arguments) {
  if (arguments.length != 6) {
    fail(operation_,
         "_rebuild_tensor_v2 with " + std::to_string(arguments.length) + " arguments; expected 6");
  }
  PickleHeap::View view;
  view.storage = argument(arguments, 0, Kind::storage, "a storage").number;
  view.offset = static_cast<std::uint64_t>(argument(arguments, 1, Kind::integer, "an offset from 0").number);
  view.shape = dimensions(argument(arguments, 2, Kind::tuple, "a tuple of sizes"), "a size from 0");
  view.stride = dimensions(argument(arguments, 3, Kind::tuple, "a tuple of strides"), "a stride from 0");
  view.byte = operation_;
  if (view.shape.length != view.stride.length) {
    fail(operation_, std::to_string(view.shape.length) + " sizes, but " + std::to_string(view.stride.length) +
                         " strides; expected as many");
  }
  argument(arguments, 4, Kind::boolean, "requires_grad as a boolean");
  const std::int64_t hooks = argument(arguments, 5, Kind::dict, "a dict of hooks").number;
  const auto hook = heap_.keys.lower_bound({hooks, std::string_view()});
  if (hook != heap_.keys.end() && hook->first == hooks)
    fail(operation_, "a tensor with hooks; expected none");
  push(Kind::tensor, static_cast<std::int64_t>(heap_.views.size()));
  heap_.views.push_back(view);
}

void PickleMachine::load_storage() {
  const PickleHeap::Tuple parts = tuple(pop(Kind::tuple, "a tuple for BINPERSID"));
  const auto text = [&](std::size_t index, const char* what) {
    return heap_.texts[static_cast<std::size_t>(argument(parts, index, Kind::text, what).number)];
  };
  if (parts.length != 5 || text(0, "'storage'") != "storage") {
    fail(operation_, "expected ('storage', type, key, device, elements) for BINPERSID");
  }
  const PickleValue& type = argument(parts, 1, Kind::global, "a storage type");
  if (type.global != PickleGlobal::storage_type)
    fail(operation_, "found a function; expected a storage type");
  const std::string_view key = text(2, "the storage's key as text");
  if (key.empty()) fail(operation_, "a storage's key is empty");
  text(3, "a device as text");  // every device's bytes are the same in the file
  const auto elements = argument(parts, 4, Kind::integer, "a number of elements from 0").number;
  push(Kind::storage, static_cast<std::int64_t>(heap_.storages.size()));
  heap_.storages.push_back({type.dtype, key, static_cast<std::uint64_t>(elements)});
}

std::vector<PickledTensor> unpickle_state_dict(std::string_view bytes, const std::string& file,
                                               const std::string& entry) {
  PickleMachine machine(bytes, file, entry);
  const PickleValue top = machine.run();
  if (top.kind != PickleValue::Kind::dict) {
    throw exact::InputError(file, entry,
                            std::string("holds ") + describe(top.kind) + "; expected a dict of tensors");
  }
  const PickleHeap& heap = machine.heap();
  const auto numbers = [&](const PickleHeap::Tuple& tuple) {
    std::vector<std::int64_t> result;
    for (std::size_t d = 0; d < tuple.length; ++d) result.push_back(heap.elements[tuple.begin + d].number);
    return result;
  };
  std::vector<PickledTensor> tensors;
  for (const PickleHeap::Item& item : heap.items) {
    if (item.dict != top.number) continue;
    if (item.value.kind != PickleValue::Kind::tensor) {
      machine.fail(item.byte, "key " + in_quotes(item.key) + " holds " + describe(item.value.kind) +
                                  "; expected a tensor (a state dict, not a checkpoint around one)");
    }
    const PickleHeap::View& view = heap.views[static_cast<std::size_t>(item.value.number)];
    const PickleHeap::Storage& storage = heap.storages[static_cast<std::size_t>(view.storage)];
    tensors.push_back({std::string(item.key), storage.dtype, std::string(storage.key), storage.elements,
                       view.offset, numbers(view.shape), numbers(view.stride), view.byte});
    check_bounds(machine, tensors.back());
  }
  return tensors;
}

}  // namespace crosshead::attention
