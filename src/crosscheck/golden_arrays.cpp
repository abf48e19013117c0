// The arrays of a golden file: what golden_values computed, in layers and heads.
#include <bit>
#include <cstdint>

#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/crosscheck/golden.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::DType;
using attention::FloatType;

DType dtype_of(FloatType type) {
  switch (type) {
    case FloatType::float16:
      return DType::f16;
    case FloatType::bfloat16:
      return DType::u16;
    case FloatType::float64:
      return DType::f64;
    default:
      return DType::f32;
  }
}

/// A bfloat16 is a float32 whose lower half is zero.
double bfloat16_bits(double value) {
  constexpr unsigned kHalf = 16;
  return std::bit_cast<std::uint32_t>(static_cast<float>(value)) >> kHalf;
}

/// One quantity of the mean and of every head in every layer.
class Assembly {
 public:
  Assembly(const std::vector<GoldenSystem>& systems, bool layers) : systems_(systems), layers_(layers) {}

  /// `values(path)`: what one path adds, [sizes...] with the given axes.
  template <typename Values>
  void add(const std::string& name, FloatType type, const std::vector<std::string>& axes,
           const std::vector<std::int64_t>& sizes, Values values) {
    const std::string suffix = name + "_" + name_of(type);
    GoldenArray mean = array("mean_" + suffix, false, dtype_of(type), axes, sizes);
    GoldenArray heads = array("heads_" + suffix, true, dtype_of(type), axes, sizes);
    fill(mean, heads, [&](const GoldenPath& path, std::vector<double>& into) {
      for (const double value : values(path))
        into.push_back(type == FloatType::bfloat16 ? bfloat16_bits(value) : value);
    });
  }

  template <typename Values>
  void add_times(const std::string& name, const std::string& axis, std::size_t size, Values values) {
    const std::vector<std::int64_t> sizes{static_cast<std::int64_t>(size)};
    GoldenArray mean = array("mean_" + name, false, DType::i64, {axis}, sizes);
    GoldenArray heads = array("heads_" + name, true, DType::i64, {axis}, sizes);
    fill(mean, heads, [&](const GoldenPath& path, std::vector<double>& into) {
      for (const std::int64_t time : values(path)) into.push_back(static_cast<double>(time));
    });
  }

  std::vector<GoldenArray> take() { return std::move(arrays_); }

 private:
  GoldenArray array(std::string name, bool heads, DType dtype, const std::vector<std::string>& axes,
                    const std::vector<std::int64_t>& sizes) const {
    GoldenArray result{std::move(name), {}, {dtype, {}, {}}};
    const auto add_axis = [&](const std::string& axis, std::int64_t size) {
      result.axes.push_back(axis);
      result.tensor.shape.push_back(size);
    };
    if (layers_) add_axis("layer", static_cast<std::int64_t>(systems_.size()));
    if (heads) add_axis("head", static_cast<std::int64_t>(systems_.front().heads.size()));
    for (std::size_t d = 0; d < axes.size(); ++d) add_axis(axes[d], sizes[d]);
    return result;
  }

  template <typename Append>
  void fill(GoldenArray& mean, GoldenArray& heads, Append append) {
    for (const GoldenSystem& system : systems_) {
      append(system.mean, mean.tensor.values);
      for (const GoldenPath& head : system.heads) append(head, heads.tensor.values);
    }
    arrays_.push_back(std::move(mean));
    arrays_.push_back(std::move(heads));
  }

  const std::vector<GoldenSystem>& systems_;
  bool layers_;
  std::vector<GoldenArray> arrays_;
};

}  // namespace

std::vector<GoldenArray> golden_arrays(const std::vector<GoldenSystem>& systems, std::size_t nodes,
                                       const GoldenOptions& options, bool layers) {
  Assembly assembly(systems, layers);
  const auto n = static_cast<std::int64_t>(nodes);
  const std::int64_t times = options.steps + 1;
  for (std::size_t k = 0; k < options.types.size(); ++k) {
    const FloatType type = options.types[k];
    const auto add = [&](const std::string& name, const std::vector<std::string>& axes,
                         const std::vector<std::int64_t>& sizes, auto member) {
      assembly.add(name, type, axes, sizes, [&](const GoldenPath& path) { return (path.*member)[k]; });
    };
    add("signal", {"step", "node"}, {times, n}, &GoldenPath::signal);
    add("fidelity", {"node"}, {n}, &GoldenPath::fidelity);
    add("minimax", {}, {}, &GoldenPath::minimax);
    if (!options.mixing) continue;
    add("distance", {"step", "node"}, {times, n}, &GoldenPath::distance);
    add("worst_distance", {"step"}, {times}, &GoldenPath::worst_distance);
  }
  assembly.add_times("fidelity_time", "node", nodes,
                     [](const GoldenPath& path) { return path.fidelity_time; });
  if (options.mixing) {
    assembly.add_times("mixing_time", "epsilon", options.epsilons.size(),
                       [](const GoldenPath& path) { return path.mixing_time; });
  }
  return assembly.take();
}

}  // namespace crosshead::crosscheck
