#include "crosscheck_against.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

using attention::DType;
using attention::FloatType;
using crosscheck::FloatSignal;

constexpr const char* kKinds[] = {"mean_signal", "heads_signal", "mean_final", "heads_final"};

/// "mean_signal" of "mean_signal" or "mean_signal_float32"; empty for other names.
std::string kind_of(const std::string& name) {
  for (const std::string kind : kKinds) {
    if (name == kind) return kind;
    if (!name.starts_with(kind + "_")) continue;
    for (const FloatType type :
         {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64}) {
      if (name == kind + "_" + crosscheck::name_of(type)) return kind;
    }
  }
  return "";
}

}  // namespace

UserSignals::UserSignals(const std::string& file, const SignalSizes& sizes)
    : path_(file), file_(file), sizes_(sizes) {
  if (sizes.steps) {
    steps_ = *sizes.steps;
    steps_known_ = true;
  }
  const auto& tensors = file_.tensors();
  if (tensors.size() == 1 && kind_of(tensors.front().first).empty()) {
    const std::size_t own = tensors.front().second.shape.size() - (sizes.layers > 1 ? 1 : 0);
    const char* kind = own == 1   ? "mean_final"
                       : own == 2 ? "mean_signal"
                       : own == 3 ? "heads_signal"
                                  : nullptr;
    if (kind == nullptr) refuse(tensors.front().first, "its rank fits none of them");
    add(tensors.front().first, tensors.front().second, kind);
  } else {
    // Signals first: they say how many steps there are.
    for (const bool final_row : {false, true}) {
      for (const auto& [name, info] : tensors) {
        const std::string kind = kind_of(name);
        if (kind.empty()) {
          if (!final_row) ignored_.push_back(name);
        } else if (kind.ends_with("_final") == final_row) {
          add(name, info, kind);
        }
      }
    }
  }
  if (arrays_.empty()) refuse("", "no array has one of these names");
}

void UserSignals::add(const std::string& name, const attention::TensorInfo& info, const std::string& kind) {
  Array array;
  array.name = name;
  array.heads = kind.starts_with("heads");
  array.final_row = kind.ends_with("_final");
  switch (info.dtype) {
    case DType::f16:
      array.type = FloatType::float16;
      break;
    case DType::bf16:
      array.type = FloatType::bfloat16;
      break;
    case DType::f32:
      array.type = FloatType::float32;
      break;
    case DType::f64:
      array.type = FloatType::float64;
      break;
    case DType::u16:
      array.type = FloatType::bfloat16;
      array.bits = name.ends_with("_bfloat16");
      break;
    default:
      break;
  }
  const bool is_float = info.dtype == DType::f16 || info.dtype == DType::bf16 || info.dtype == DType::f32 ||
                        info.dtype == DType::f64 || array.bits;
  if (!is_float) refuse(name, "its type is " + attention::name_of(info.dtype) + ", no float type");
  std::vector<std::int64_t> shape;
  if (sizes_.layers > 1) shape.push_back(static_cast<std::int64_t>(sizes_.layers));
  if (array.heads) shape.push_back(static_cast<std::int64_t>(sizes_.heads));
  if (!array.final_row) {
    // The first signal says how many steps there are, unless --steps did.
    const std::size_t axis = shape.size();
    if (!steps_known_ && info.shape.size() > axis && info.shape[axis] >= 2) {
      steps_ = info.shape[axis] - 1;
      steps_known_ = true;
    }
    shape.push_back(steps_ + 1);
  }
  shape.push_back(static_cast<std::int64_t>(sizes_.nodes));
  if (info.shape != shape)
    refuse(name, fmt::format("its shape is [{}], expected [{}]", fmt::join(info.shape, ", "),
                             fmt::join(shape, ", ")));
  arrays_.push_back(std::move(array));
}

void UserSignals::refuse(const std::string& name, const std::string& why) const {
  throw exact::InputError(path_, name.empty() ? "" : "array '" + name + "'",
                          why + "; expected " + expected());
}

std::string UserSignals::expected() const {
  const std::string layers = sizes_.layers > 1 ? fmt::format("{}, ", sizes_.layers) : "";
  return fmt::format(
      "mean_signal [{0}T+1, {2}], heads_signal [{0}{1}, T+1, {2}] (steps t = 0..T), mean_final [{0}{2}] or "
      "heads_final [{0}{1}, {2}] (t = T), as float16, bfloat16, float32 or float64",
      layers, sizes_.heads, sizes_.nodes);
}

std::vector<FloatType> UserSignals::types() const {
  std::vector<FloatType> types;
  for (const Array& array : arrays_) {
    if (std::find(types.begin(), types.end(), array.type) == types.end()) types.push_back(array.type);
  }
  return types;
}

std::vector<std::string> UserSignals::used() const {
  std::vector<std::string> names;
  for (const Array& array : arrays_) names.push_back(array.name);
  return names;
}

std::vector<FloatSignal> UserSignals::of(std::size_t layer, std::optional<int> head) const {
  std::vector<FloatSignal> signals;
  for (const Array& array : arrays_) {
    if (array.heads != head.has_value()) continue;
    FloatSignal signal;
    signal.type = array.type;
    signal.first = array.final_row ? steps_ : 0;
    signal.source = array.name.empty() ? "given" : array.name;
    const std::uint64_t rows = array.final_row ? 1 : static_cast<std::uint64_t>(steps_) + 1;
    const std::uint64_t size = rows * sizes_.nodes;
    const std::uint64_t path = array.heads ? layer * sizes_.heads + static_cast<std::uint64_t>(*head) : layer;
    signal.values = file_.read_part(array.name, path * size, size);
    if (array.bits) {
      for (double& value : signal.values) {
        constexpr unsigned kHalf = 16;
        value = std::bit_cast<float>(static_cast<std::uint32_t>(value) << kHalf);
      }
    }
    signals.push_back(std::move(signal));
  }
  return signals;
}

}  // namespace crosshead::cli
