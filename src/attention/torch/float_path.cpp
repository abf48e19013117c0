#include "float_path.hpp"

#include <cmath>
#include <string>

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <c10/core/GradMode.h>

#include "crosshead/exact/error.hpp"

// The batched path in the precision under test. Only sums of products of the given numbers are formed, so
// that the relative error bound stated in the header holds whatever order the library adds in. The mean of
// the heads is built from elementwise operations (one rounding per multiplication and per addition, heads in
// order), which gives the same bits on every device; the row-vector product is the library's, since that is
// what users' code runs.

namespace crosshead::attention::module {

namespace {

std::vector<double> to_doubles(const at::Tensor& tensor) {
  const at::Tensor host = tensor.to(at::kCPU).to(at::kDouble).contiguous();
  const double* values = host.data_ptr<double>();
  return std::vector<double>(values, values + host.numel());
}

/// `values` as a tensor of `type`. REQUIRES (checked): every value is finite and representable in `type`.
at::Tensor representable(const std::vector<double>& values, at::IntArrayRef shape, at::ScalarType type,
                         const c10::Device& device, const std::string& what) {
  const bool narrow = type == at::kFloat;
  for (std::size_t index = 0; index < values.size(); ++index) {
    const double value = values[index];
    if (!std::isfinite(value) || (narrow && static_cast<double>(static_cast<float>(value)) != value)) {
      throw exact::UsageError(what + ": element " + std::to_string(index) + " is not a finite " +
                              (narrow ? "float32" : "float64") + " number");
    }
  }
  // The tensor only reads through this pointer; from_blob has no const form.
  return at::from_blob(const_cast<double*>(values.data()), shape, at::TensorOptions().dtype(at::kDouble))
      .to(device, type, /*non_blocking=*/false, /*copy=*/true);
}

/// How a type multiplies: operands rounded to a narrower format, or as they are.
class Operands {
 public:
  Operands(FloatType type, const c10::Device& device) : type_(type), on_device_(device.is_cuda()) {}

  /// Float32 numbers rounded to the operands' format, to nearest, ties to even.
  at::Tensor rounded(const at::Tensor& numbers) const {
    switch (type_) {
      case FloatType::float16:
        return numbers.to(at::kHalf).to(at::kFloat);
      case FloatType::bfloat16:
        return numbers.to(at::kBFloat16).to(at::kFloat);
      case FloatType::tf32: {
        // On the bits: 13 of 23 fraction bits go, and carries reach the exponent as they must.
        constexpr std::int64_t kDropped = 13, kHalf = (1 << (kDropped - 1)) - 1;
        const at::Tensor bits = numbers.contiguous().view(at::kInt);
        const at::Tensor last = bits.bitwise_right_shift(kDropped).bitwise_and(1);
        return (bits + last + kHalf)
            .bitwise_right_shift(kDropped)
            .bitwise_left_shift(kDropped)
            .view(at::kFloat);
      }
      default:
        return numbers;
    }
  }

  /// The row times the matrix, both of the operands' format as float32 numbers; the result as it is stored. A
  /// device multiplies in the format itself; on the processor products of such numbers are exact in float32,
  /// where they are added.
  at::Tensor multiplied(const at::Tensor& row, const at::Tensor& matrix) const {
    const bool stored = type_ == FloatType::float16 || type_ == FloatType::bfloat16;
    if (on_device_ && stored) {
      const at::ScalarType scalar = type_ == FloatType::float16 ? at::kHalf : at::kBFloat16;
      return at::bmm(row.to(scalar), matrix.to(scalar)).to(at::kFloat);
    }
    if (stored) return rounded(at::bmm(row, matrix));
    return at::bmm(on_device_ ? row : rounded(row), matrix);
  }

 private:
  FloatType type_;
  bool on_device_;
};

/// Lets a device multiply in TF32 and float16 with float32 sums, for one call.
class MatrixUnits {
 public:
  explicit MatrixUnits(FloatType type) : tf32_(at::globalContext().allowTF32CuBLAS()) {
    at::globalContext().setAllowTF32CuBLAS(type == FloatType::tf32);
    at::globalContext().setAllowFP16ReductionCuBLAS(false);
  }
  ~MatrixUnits() { at::globalContext().setAllowTF32CuBLAS(tf32_); }
  MatrixUnits(const MatrixUnits&) = delete;
  MatrixUnits& operator=(const MatrixUnits&) = delete;

 private:
  bool tf32_;
};

void require_sizes(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                   std::int64_t head_count, std::int64_t nodes, std::int64_t steps) {
  if (batch < 1 || head_count < 1 || nodes < 1 || steps < 0) {
    throw exact::UsageError(
        "float path: expected at least one sample, head and node, and no negative step count");
  }
  const auto expected = static_cast<std::size_t>(batch * head_count);
  if (weights.size() != expected || heads.size() != expected * static_cast<std::size_t>(nodes * nodes)) {
    throw exact::UsageError("float path: the numbers of heads and weights do not match their shapes");
  }
}

/// Maximum over t = 1..T of the signal and the first time that attains it. Zeros and time 0 when T = 0.
void fill_fidelity(FloatPath& path) {
  const auto nodes = static_cast<std::size_t>(path.nodes), times = static_cast<std::size_t>(path.steps) + 1;
  path.fidelity.assign(static_cast<std::size_t>(path.batch) * nodes, 0.0);
  path.fidelity_time.assign(path.fidelity.size(), path.steps > 0 ? 1 : 0);
  for (std::size_t sample = 0; sample < static_cast<std::size_t>(path.batch); ++sample) {
    for (std::size_t time = 1; time < times; ++time) {
      for (std::size_t node = 0; node < nodes; ++node) {
        const double signal = path.signal[(sample * times + time) * nodes + node];
        const std::size_t entry = sample * nodes + node;
        if (time == 1 || signal > path.fidelity[entry]) {
          path.fidelity[entry] = signal;
          path.fidelity_time[entry] = static_cast<std::int64_t>(time);
        }
      }
    }
  }
}

/// The mean of the heads of every sample, [B, n, n], in the type's arithmetic.
at::Tensor mean_of(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                   std::int64_t head_count, std::int64_t nodes, const Operands& operands,
                   at::ScalarType scalar, const c10::Device& device) {
  const at::Tensor given = representable(heads, {batch, head_count, nodes, nodes}, scalar, device, "heads");
  const at::Tensor shares = representable(weights, {batch, head_count, 1, 1}, scalar, device, "weights");
  at::Tensor mean = operands.rounded(given.select(1, 0)) * shares.select(1, 0);
  for (std::int64_t head = 1; head < head_count; ++head) {
    mean = mean + operands.rounded(given.select(1, head)) * shares.select(1, head);
  }
  return operands.rounded(mean);
}

/// What every path has, from its signal [B, T+1, n].
FloatPath path_of(const at::Tensor& signal, FloatType type) {
  FloatPath path;
  path.type = type;
  path.batch = signal.size(0);
  path.nodes = signal.size(2);
  path.steps = signal.size(1) - 1;
  path.signal = to_doubles(signal);
  fill_fidelity(path);
  return path;
}

}  // namespace

FloatPath run_path(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                   std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type,
                   const c10::Device& device, bool walk) {
  require_sizes(heads, weights, batch, head_count, nodes, steps);
  c10::NoGradGuard no_gradients;
  const at::ScalarType scalar = type == FloatType::float64 ? at::kDouble : at::kFloat;
  const Operands operands(type, device);
  const MatrixUnits units(type);
  const at::Tensor mean = mean_of(heads, weights, batch, head_count, nodes, operands, scalar, device);

  at::Tensor row = at::zeros({batch, 1, nodes}, mean.options());
  row.select(2, nodes - 1).fill_(1.0);
  std::vector<at::Tensor> rows{row};
  for (std::int64_t step = 0; step < steps; ++step) rows.push_back(row = operands.multiplied(row, mean));
  const at::Tensor signal = at::cat(rows, 1);

  FloatPath path = path_of(signal, type);
  if (walk) {
    const at::Tensor distance = 1.0 - signal;
    at::Tensor hitting = at::zeros({batch, nodes}, mean.options());
    for (std::int64_t step = 0; step < steps; ++step) hitting = hitting + distance.select(1, step);
    path.distance = to_doubles(distance);
    path.truncated_hitting = to_doubles(hitting);
  }
  return path;
}

FloatPath run_powers(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                     std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type,
                     const c10::Device& device) {
  require_sizes(heads, weights, batch, head_count, nodes, steps);
  if (type != FloatType::float32 && type != FloatType::float64)
    throw exact::UsageError("matrix powers are there in float32 and float64 alone");
  c10::NoGradGuard no_gradients;
  const at::ScalarType scalar = type == FloatType::float64 ? at::kDouble : at::kFloat;
  const Operands operands(type, device);
  const at::Tensor mean = mean_of(heads, weights, batch, head_count, nodes, operands, scalar, device);
  at::Tensor power = at::eye(nodes, mean.options()).unsqueeze(0).expand({batch, nodes, nodes}).contiguous();
  std::vector<at::Tensor> rows{power.select(1, nodes - 1)};
  for (std::int64_t step = 0; step < steps; ++step) {
    power = at::bmm(power, mean);
    rows.push_back(power.select(1, nodes - 1));
  }
  return path_of(at::stack(rows, 1), type);
}

}  // namespace crosshead::attention::module
