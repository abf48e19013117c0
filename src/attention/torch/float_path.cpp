#include "float_path.hpp"

#include <cmath>
#include <string>

#include <ATen/ATen.h>
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

}  // namespace

FloatPath run_path(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                   std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type,
                   const c10::Device& device, bool walk) {
  require_sizes(heads, weights, batch, head_count, nodes, steps);
  c10::NoGradGuard no_gradients;
  const at::ScalarType scalar = type == FloatType::float32 ? at::kFloat : at::kDouble;
  const at::Tensor given = representable(heads, {batch, head_count, nodes, nodes}, scalar, device, "heads");
  const at::Tensor shares = representable(weights, {batch, head_count, 1, 1}, scalar, device, "weights");

  at::Tensor mean = given.select(1, 0) * shares.select(1, 0);
  for (std::int64_t head = 1; head < head_count; ++head) {
    mean = mean + given.select(1, head) * shares.select(1, head);
  }

  at::Tensor row = at::zeros({batch, 1, nodes}, mean.options());
  row.select(2, nodes - 1).fill_(1.0);
  std::vector<at::Tensor> rows{row};
  for (std::int64_t step = 0; step < steps; ++step) rows.push_back(row = at::bmm(row, mean));
  const at::Tensor signal = at::cat(rows, 1);

  FloatPath path;
  path.type = type;
  path.batch = batch;
  path.nodes = nodes;
  path.steps = steps;
  path.signal = to_doubles(signal);
  fill_fidelity(path);
  if (walk) {
    const at::Tensor distance = 1.0 - signal;
    at::Tensor hitting = at::zeros({batch, nodes}, mean.options());
    for (std::int64_t step = 0; step < steps; ++step) hitting = hitting + distance.select(1, step);
    path.distance = to_doubles(distance);
    path.truncated_hitting = to_doubles(hitting);
  }
  return path;
}

}  // namespace crosshead::attention::module
