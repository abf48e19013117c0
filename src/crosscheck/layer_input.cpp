// What is given to a cross-check: taken from a system, and refused where it is not the same on all sides.
#include "layer_input.hpp"

#include <memory>
#include <utility>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Rational;
using exact::UsageError;

constexpr std::size_t kShort = 40;

std::string shown(const Rational& value) {
  const std::string text = exact::to_string(value);
  return text.size() <= kShort ? text : "about " + std::to_string(exact::to_double(value));
}

/// The type that input is given in.
FloatType input_type(FloatType type) {
  return type == FloatType::float64 ? FloatType::float64 : FloatType::float32;
}

[[noreturn]] void refuse(FloatType type, const std::string& what, const Rational& value) {
  throw UsageError(name_of(type) + " cannot hold " + what + " = " + shown(value) +
                   ": the input must be the same on all sides, so choose a type that holds it");
}

std::string entry_label(std::size_t entry, std::size_t nodes) {
  return "entry [" + std::to_string(entry / nodes + 1) + ", " + std::to_string(entry % nodes + 1) + "]";
}

}  // namespace

std::string head_label(int head) {
  return "head " + std::to_string(head + 1);
}

void require_held(const LayerInput& input, const std::vector<double>& values, int h,
                  const std::vector<FloatType>& types) {
  const std::size_t nodes = input.nodes.size();
  if (values.size() != nodes * nodes) throw UsageError("cross-check: a head of another size");
  const Rational& weight = input.weights[static_cast<std::size_t>(h)];
  for (const FloatType type : types) {
    const FloatType given = input_type(type);
    const FloatFormat format = format_of(given);
    if (!holds(format, weight)) refuse(given, "the weight of " + head_label(h), weight);
    for (std::size_t entry = 0; entry < values.size(); ++entry) {
      if (values[entry] == 0 || holds(format, values[entry])) continue;
      refuse(given, head_label(h) + ", " + entry_label(entry, nodes), exact::exact_value(values[entry]));
    }
  }
  if (!holds(format_of(FloatType::float64), weight))
    refuse(FloatType::float64, "the weight of " + head_label(h), weight);
}

RowReport row_sums(const LayerInput& input, const exact::DyadicMatrix& matrix, const std::string& what,
                   const std::optional<Rational>& largest_defect) {
  RowReport rows;
  for (int i = 0; i < matrix.size(); ++i) {
    const Rational sum = matrix.row_sum(i);
    const Rational defect = sum > 1 ? Rational(sum - 1) : Rational(1 - sum);
    if (largest_defect && defect > *largest_defect) {
      throw exact::InputError(
          input.file, input.system + ", " + what + ", row " + input.nodes[static_cast<std::size_t>(i)],
          "its sum is off 1 by " + shown(defect) + ", more than the " + shown(*largest_defect) +
              " that is allowed");
    }
    if (defect > rows.defect.largest) rows.defect = {defect, i};
  }
  return rows;
}

void add_leaks(RowReport& rows, const LayerInput& input, const std::vector<double>& values,
               const std::string& what, bool causal) {
  const std::size_t nodes = input.nodes.size();
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t j = i + 1; j < nodes; ++j) {
      const double value = values[i * nodes + j];
      if (value == 0) continue;
      if (causal) {
        throw exact::InputError(
            input.file, input.system + ", " + what + ", " + entry_label(i * nodes + j, nodes),
            "causal attention hears nothing that comes later, found " + std::to_string(value));
      }
      ++rows.leaks;
      if (value > rows.largest_leak) {
        rows.largest_leak = value;
        rows.leak_query = static_cast<int>(i);
        rows.leak_key = static_cast<int>(j);
      }
    }
  }
}

LayerInput layer_input(heads::HeadSystem system) {
  if (system.sink != system.size() - 1)
    throw UsageError("cross-check: the float path needs the sink to be last");
  LayerInput input;
  input.system = system.name;
  input.nodes = system.nodes;
  input.weights = system.weights;
  const auto shared = std::make_shared<const heads::HeadSystem>(std::move(system));
  input.head = [shared](int h) {
    const heads::Head& head = shared->heads[static_cast<std::size_t>(h)];
    if (head.attention && !head.diffusion && !head.graph) return head.attention->values;
    const heads::MatrixOrReason found = diffusion_of(*shared, h, heads::Reading::as_stored);
    if (!found.matrix) throw UsageError("cross-check: " + found.reason);
    const auto nodes = static_cast<std::size_t>(shared->size());
    std::vector<double> values(nodes * nodes, 0.0);
    for (std::size_t i = 0; i < nodes; ++i) {
      for (const auto& entry : found.matrix->row(static_cast<int>(i))) {
        const std::size_t place = i * nodes + static_cast<std::size_t>(entry.column);
        if (!holds(format_of(FloatType::float64), entry.value))
          refuse(FloatType::float64, head_label(h) + ", " + entry_label(place, nodes), entry.value);
        values[place] = exact::to_double(entry.value);
      }
    }
    return values;
  };
  return input;
}

}  // namespace crosshead::crosscheck
