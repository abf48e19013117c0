#include <array>
#include <fstream>
#include <string>

#include "float_path.hpp"
#include "thread_count.hpp"
#include "training.hpp"
#include "transformer.hpp"
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <dlfcn.h>
#include <torch/version.h>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention::module {

namespace {

/// The first device's name, asked of the driver itself: LibTorch's own question needs CUDA headers at compile
/// time.
std::string cuda_device_name() {
  std::array<char, 256> name{};
  void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (driver != nullptr) {
    using Initialise = int (*)(unsigned);
    using NameOf = int (*)(char*, int, int);
    const auto initialise = reinterpret_cast<Initialise>(dlsym(driver, "cuInit"));
    const auto name_of_device = reinterpret_cast<NameOf>(dlsym(driver, "cuDeviceGetName"));
    if (initialise != nullptr && name_of_device != nullptr && initialise(0) == 0) {
      name_of_device(name.data(), static_cast<int>(name.size()) - 1, 0);
    }
  }
  return name[0] == '\0' ? "CUDA" : std::string(name.data());
}

/// As Linux names it.
std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

/// "13.0": the newest CUDA that the driver supports.
std::string cuda_driver_version() {
  void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (driver == nullptr) return "unknown";
  using VersionOf = int (*)(int*);
  const auto version_of = reinterpret_cast<VersionOf>(dlsym(driver, "cuDriverGetVersion"));
  int version = 0;
  if (version_of == nullptr || version_of(&version) != 0) return "unknown";
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

c10::Device existing(Device device) {
  if (device == Device::cpu) return c10::Device(c10::kCPU);
  if (!at::hasCUDA()) {
    throw exact::MissingComponent(
        "no CUDA device: this machine has none, or this LibTorch was built without CUDA");
  }
  return c10::Device(c10::kCUDA, 0);
}

/// [B, m] int64 on the CPU, checked against the model.
at::Tensor batch_of(const ModelShape& shape, const std::vector<std::vector<std::int64_t>>& sequences) {
  std::vector<std::int64_t> all;
  const std::size_t positions = sequences.empty() ? 0 : sequences.front().size();
  if (positions < 1 || positions > static_cast<std::size_t>(shape.length)) {
    throw exact::UsageError("a sequence of " + std::to_string(positions) +
                            " tokens, where the model takes 1 to " + std::to_string(shape.length));
  }
  for (const auto& tokens : sequences) {
    if (tokens.size() != positions) {
      throw exact::UsageError("sequences of " + std::to_string(positions) + " and of " +
                              std::to_string(tokens.size()) + " tokens in one batch");
    }
    for (const std::int64_t token : tokens) {
      if (token < 0 || token >= shape.vocabulary) {
        throw exact::UsageError("token " + std::to_string(token) + " is not in 0.." +
                                std::to_string(shape.vocabulary - 1));
      }
    }
    all.insert(all.end(), tokens.begin(), tokens.end());
  }
  return at::tensor(all, at::TensorOptions().dtype(at::kLong))
      .view({static_cast<std::int64_t>(sequences.size()), static_cast<std::int64_t>(positions)});
}

class TorchBackend final : public FloatBackend {
 public:
  TorchBackend() {
    // Float32 must mean float32: TF32 rounds the factors of every product to 11 bits.
    at::globalContext().setAllowTF32CuBLAS(false);
  }

  std::string description() const override {
    const std::string version = std::string("LibTorch ") + TORCH_VERSION + ", CPU";
    return has_cuda() ? version + " and " + cuda_device_name() : version;
  }

  std::vector<std::pair<std::string, std::string>> environment() const override {
    std::vector<std::pair<std::string, std::string>> facts{
        {"library", std::string("LibTorch ") + TORCH_VERSION},
        {"threads", std::to_string(at::get_num_threads())},
        {"cpu", processor_name()}};
    if (has_cuda()) {
      facts.emplace_back("cuda device", cuda_device_name());
      facts.emplace_back("cuda driver", cuda_driver_version());
    }
    facts.emplace_back("tf32", at::globalContext().allowTF32CuBLAS() ? "on" : "off, except for type tf32");
    facts.emplace_back("subnormal numbers", "kept");
    return facts;
  }

  bool has_cuda() const override { return at::hasCUDA(); }

  FloatPath run(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type,
                Device device, bool walk) override {
    return run_path(heads, weights, batch, head_count, nodes, steps, type, existing(device), walk);
  }

  FloatPath run_powers_naive(const std::vector<double>& heads, const std::vector<double>& weights,
                             std::int64_t batch, std::int64_t head_count, std::int64_t nodes,
                             std::int64_t steps, FloatType type, Device device) override {
    return run_powers(heads, weights, batch, head_count, nodes, steps, type, existing(device));
  }

  ModelAttention attention_of(const ModelSource& source, const std::vector<std::int64_t>& tokens,
                              Device device) override {
    return std::move(attention_of_batch(source, {tokens}, device, 0).front());
  }

  std::vector<ModelAttention> attention_of_batch(const ModelSource& source,
                                                 const std::vector<std::vector<std::int64_t>>& sequences,
                                                 Device device, int threads) override {
    c10::NoGradGuard no_gradients;
    const ThreadCount thread_count(threads > 0 ? threads : at::get_num_threads());
    const c10::Device place = existing(device);
    auto [model, head_weights] = read_transformer(source, place);
    const at::Tensor tokens = batch_of(model.shape, sequences).to(place);
    const Pass pass = forward(model, tokens, nullptr, true);
    const at::Tensor predicted = pass.logits.argmax(-1).to(at::kCPU).contiguous();
    std::vector<at::Tensor> attention;  // per layer [B, H, n, n]
    for (const at::Tensor& layer : pass.attention) attention.push_back(layer.to(at::kCPU).contiguous());

    std::vector<ModelAttention> results(sequences.size());
    for (std::size_t b = 0; b < results.size(); ++b) {
      ModelAttention& result = results[b];
      result.layers = model.shape.layers;
      result.heads = model.shape.heads;
      result.nodes = tokens.size(1);
      result.head_weights = head_weights;
      for (const at::Tensor& layer : attention) {
        const std::int64_t size = layer.numel() / layer.size(0);
        const float* first = layer.data_ptr<float>() + static_cast<std::int64_t>(b) * size;
        result.attention.insert(result.attention.end(), first, first + size);
      }
      const std::int64_t* answers =
          predicted.data_ptr<std::int64_t>() + static_cast<std::int64_t>(b) * result.nodes;
      result.predicted.assign(answers, answers + result.nodes);
    }
    return results;
  }

  bool train(const TrainOptions& options,
             const std::function<bool(const TrainProgress&)>& progress) override {
    return train_model(options, existing(options.device), progress);
  }
};

}  // namespace

}  // namespace crosshead::attention::module

// The name is crosshead::attention::kFloatBackendFactory.
extern "C" __attribute__((visibility("default"))) crosshead::attention::FloatBackend*
crosshead_float_backend_3() {
  return new crosshead::attention::module::TorchBackend();
}
