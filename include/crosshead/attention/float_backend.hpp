#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

// Letters in shapes: B samples, L layers, H heads, n positions (the sink is position n, index n-1), T steps.

/// Where and in which type floats are computed.
enum class Device { cpu, cuda };
enum class FloatType { float32, float64 };

/// Metrics of a batch of diffusion or walk matrices in floating point.
/// Everything is computed by iterating one row vector per matrix, never by matrix powers.
struct FloatPath {
  FloatType type = FloatType::float32;
  std::int64_t batch = 0, nodes = 0, steps = 0;
  std::vector<double> signal;    ///< [B, T+1, n]: s_j(t) = (D^t)_{tau j}, t = 0..T; exact images of the floats
  std::vector<double> fidelity;  ///< [B, n]: max over t = 1..T of s_j(t)
  std::vector<std::int64_t> fidelity_time;  ///< [B, n]: first t attaining it
  std::vector<double> distance;             ///< [B, T+1, n]: 1 - (W^t)_{tau j}, for walk matrices (empty otherwise)
  std::vector<double> truncated_hitting;    ///< [B, n]: sum over t = 0..T-1 of distance (empty otherwise)
};

/// One transformer of the paper: shapes are read from its tensors, the head count is given.
struct ModelSource {
  std::filesystem::path file;  ///< .safetensors or .pt state dict
  int heads = 0;               ///< 0: from the metadata key "heads" or the file name "{H}_heads_..."
};

/// Attention of one sequence through a model: the exact images of float32 softmax outputs.
struct ModelAttention {
  std::int64_t layers = 0, heads = 0, nodes = 0;
  std::vector<float> attention;      ///< [L, H, n, n], row = query (receiving), column = key (sending)
  std::vector<double> head_weights;  ///< [L, H]: Frobenius norms of the out_proj blocks (E x H x d), normalised per layer
  std::vector<std::int64_t> predicted;  ///< [n]: argmax token at each position
};

struct TrainOptions {
  std::string task = "copy";  ///< "copy" or "cycle"
  int heads = 4;
  int epochs = 200;
  int length = 100, vocabulary = 256, embedding = 64, hidden = 128, layers = 4;
  int examples = 5000, batch = 50;
  double learning_rate = 1e-3, dropout = 0.1;
  std::uint64_t seed = 1;
  Device device = Device::cpu;
  int threads = 2;
  std::filesystem::path output;      ///< model file (safetensors, weights and a metadata note)
  std::filesystem::path checkpoint;  ///< training state after each epoch; resumed from when it exists
};

struct TrainProgress {
  int epoch = 0, epochs = 0, step = 0, steps = 0;
  double loss = 0, accuracy = 0, seconds = 0;
};

/// The floating-point side, implemented by the LibTorch module and loaded on demand, so that exact commands never
/// pay for LibTorch. Methods throw exact::InputError (bad model file), exact::UsageError (bad options) and
/// exact::MissingComponent (no such device).
class FloatBackend {
 public:
  virtual ~FloatBackend() = default;
  /// Version line for reports: "LibTorch 1.13.1, CPU" and, with CUDA, the device name.
  virtual std::string description() const = 0;
  virtual bool has_cuda() const = 0;

  /// heads: [B, H, n, n] row-major, already representable in `type`; weights: [B, H] likewise. The mean is formed in
  /// `type` on the device; heads = 1 with weight 1 gives single heads. `walk` interprets the matrices as
  /// column-stochastic walks (y_{t+1} = y_t W from e_tau) and fills distance and truncated_hitting.
  virtual FloatPath run(const std::vector<double>& heads, const std::vector<double>& weights, std::int64_t batch,
                        std::int64_t head_count, std::int64_t nodes, std::int64_t steps, FloatType type, Device device,
                        bool walk) = 0;

  /// tokens: [n] in 0..vocabulary-1. Evaluation mode, float32.
  virtual ModelAttention attention_of(const ModelSource& model, const std::vector<std::int64_t>& tokens,
                                      Device device) = 0;

  /// Trains the paper's model; `progress` is called after each step and returns false to stop (state is then saved).
  /// Returns false when stopped early.
  virtual bool train(const TrainOptions& options, const std::function<bool(const TrainProgress&)>& progress) = 0;
};

/// Loads the LibTorch module that lies beside the running program (../lib/libcrosshead_torch.so, or the path in
/// CROSSHEAD_TORCH_MODULE). Throws exact::MissingComponent when this build has none.
std::shared_ptr<FloatBackend> load_float_backend();

}  // namespace crosshead::attention
