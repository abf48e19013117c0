#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crosshead/attention/model.hpp"

namespace crosshead::attention {

// Letters in shapes: B samples, L layers, H heads, n positions (the sink is position n, index n-1), T steps.

/// Where and in which type floats are computed.
enum class Device { cpu, cuda };
/// The types that are narrower than float32 are formats of the operands, as matrix units take them: heads,
/// mean and row vector are rounded to nearest in the format before they are multiplied, the products are
/// exact in float32, and the sums are formed there. Results are of the format too (float16, bfloat16), or
/// float32 (tf32, which rounds operands to 11 significant bits).
enum class FloatType { float32, float64, float16, bfloat16, tf32 };

/// Metrics of a batch of diffusion or walk matrices in floating point.
/// Everything is computed by iterating one row vector per matrix, never by matrix powers.
struct FloatPath {
  FloatType type = FloatType::float32;
  std::int64_t batch = 0, nodes = 0, steps = 0;
  std::vector<double> signal;  ///< [B, T+1, n]: s_j(t) = (D^t)_{tau j}, t = 0..T; exact images of the floats
  std::vector<double> fidelity;             ///< [B, n]: max over t = 1..T of s_j(t)
  std::vector<std::int64_t> fidelity_time;  ///< [B, n]: first t attaining it
  std::vector<double> distance;  ///< [B, T+1, n]: 1 - (W^t)_{tau j}, for walk matrices (empty otherwise)
  std::vector<double> truncated_hitting;  ///< [B, n]: sum over t = 0..T-1 of distance (empty otherwise)
};

/// Attention of one sequence through a model: the exact images of float32 softmax outputs.
struct ModelAttention {
  std::int64_t layers = 0, heads = 0, nodes = 0;
  std::vector<float> attention;         ///< [L, H, n, n], row = query (receiving), column = key (sending)
  std::vector<double> head_weights;     ///< [L, H]: see head_weights_of
  std::vector<std::int64_t> predicted;  ///< [n]: argmax token at each position
};

struct TrainOptions {
  std::string task = "copy";  ///< "copy" or "cycle"
  int heads = 4;
  int epochs = 200;
  int length = 100, vocabulary = 256, embedding = 64, hidden = 128, layers = 4;
  int examples = 5000, batch = 50;
  bool stop_at_ceiling = false;  ///< end after the first epoch with accuracy_ceiling_reached
  double learning_rate = 1e-3, dropout = 0.1;
  std::uint64_t seed = 1;
  Device device = Device::cpu;
  int threads = 2;
  std::filesystem::path output;      ///< model file (safetensors, weights and a metadata note)
  std::filesystem::path checkpoint;  ///< training state after each epoch; resumed from when it exists
};

/// The state of a run after one step. Loss (mean cross entropy) and accuracy (share of positions answered
/// correctly) are those of the step's own batch, with dropout.
struct TrainProgress {
  int epoch = 0, epochs = 0, step = 0, steps = 0;  ///< counted from 1; `steps` in each epoch
  double loss = 0, accuracy = 0, seconds = 0;      ///< seconds since train() was called
};

/// One epoch of the training curve. Loss and accuracy are means over its steps, with dropout, the others are
/// without dropout on fresh sequences, after the epoch.
struct EpochScore {
  double loss = 0, accuracy = 0, fresh_loss = 0, fresh_accuracy = 0;
};

/// Whether a fresh accuracy is within 1/10000 of best_causal_accuracy.
bool accuracy_ceiling_reached(const TrainOptions& options, const EpochScore& score);

/// The curve as it stands under "curve" in the metadata of a model or checkpoint: a line an epoch, four
/// numbers with six decimals. Reading throws exact::UsageError for any other text.
std::string curve_text(const std::vector<EpochScore>& curve);
std::vector<EpochScore> curve_of_text(const std::string& text);

/// The floating-point side, implemented by the LibTorch module and loaded on demand, so that exact commands
/// never pay for LibTorch. Methods throw exact::InputError (bad model file), exact::UsageError (bad options)
/// and exact::MissingComponent (no such device).
class FloatBackend {
 public:
  virtual ~FloatBackend() = default;
  /// Version line for reports: "LibTorch 1.13.1, CPU" and, with CUDA, the device name.
  virtual std::string description() const = 0;
  /// What results may depend on, for reports: "library", "blas", "cpu", "threads", "cuda device", "cuda
  /// driver", "tf32" and the like, each with its value.
  virtual std::vector<std::pair<std::string, std::string>> environment() const { return {}; }
  virtual bool has_cuda() const = 0;

  /// heads: [B, H, n, n] row-major, finite and representable in `type` (float32 for the types narrower than
  /// it); weights: [B, H] likewise (UsageError otherwise). The mean is formed in `type` on the device; heads
  /// = 1 with weight 1 gives single heads. `walk` interprets the matrices as column-stochastic walks (y_{t+1}
  /// = y_t W from e_tau) and fills distance and truncated_hitting, both computed in `type`.
  ///
  /// Only sums of products are formed, in some order, so for nonnegative input (mathematics: standard
  /// rounding analysis with unit roundoff u = 2^-24 or 2^-53 and gamma_k = k u / (1 - k u)) each signal
  /// s_j(t) has relative error at most ((1 + gamma_H) (1 + gamma_n))^t - 1, as long as no product underflows;
  /// TF32 is off. Without walk, distance and truncated_hitting are empty; with steps = 0, fidelity is 0 at
  /// time 0.
  virtual FloatPath run(const std::vector<double>& heads, const std::vector<double>& weights,
                        std::int64_t batch, std::int64_t head_count, std::int64_t nodes, std::int64_t steps,
                        FloatType type, Device device, bool walk) = 0;

  /// The plain twin of `run`, as Algorithm 2 of the paper goes: T matrix powers of the mean, whose last rows
  /// are the signal. Costs n times as much, and rounds more. Same arguments, float32 and float64 alone.
  virtual FloatPath run_powers_naive(const std::vector<double>& heads, const std::vector<double>& weights,
                                     std::int64_t batch, std::int64_t head_count, std::int64_t nodes,
                                     std::int64_t steps, FloatType type, Device device) = 0;

  /// tokens: [m] in 0..vocabulary-1, with m from 1 to the model's length (UsageError otherwise). Evaluation
  /// mode (no dropout), float32. Entries above the diagonal are exact zeros.
  virtual ModelAttention attention_of(const ModelSource& model, const std::vector<std::int64_t>& tokens,
                                      Device device) = 0;

  /// Attention of B sequences of one length, in one pass through the model: what attention_of gives for each,
  /// except that other sums may be formed in another order, so that entries may differ in their last bits.
  /// `threads` is for this call; 0 leaves the choice to the library. Throws as attention_of, and
  /// exact::UsageError for sequences of different lengths. This one takes them one after another.
  virtual std::vector<ModelAttention> attention_of_batch(
      const ModelSource& model, const std::vector<std::vector<std::int64_t>>& sequences, Device device,
      [[maybe_unused]] int threads) {
    std::vector<ModelAttention> result;
    result.reserve(sequences.size());
    for (const auto& tokens : sequences) result.push_back(attention_of(model, tokens, device));
    return result;
  }

  /// Trains the paper's model (section 4.1): Adam on the cross entropy, sequences from `uniform_tokens`,
  /// PyTorch's default initialisations. `progress` is called after each step (it may be empty) and returns
  /// false to stop.
  ///
  /// The state is written to `checkpoint` after each epoch (not at all if the path is empty), and a run whose
  /// checkpoint exists goes on from there. What is random in an epoch depends on the seed and the epoch
  /// alone, so a run that was stopped, or killed, and resumed gives the same bits as one that was not, on the
  /// same machine with the same thread count; an interrupted epoch is repeated from its start. Options must
  /// agree with the checkpoint's (UsageError naming the option), except `epochs`, which may grow, `threads`
  /// and the paths. A checkpoint that cannot be read, or whose contents were damaged, throws
  /// exact::InputError and is left as it is.
  ///
  /// At the end, the model is written to `output` with metadata that say how it was made and how it does on
  /// fresh sequences. Returns false when stopped early: then no model is written.
  virtual bool train(const TrainOptions& options,
                     const std::function<bool(const TrainProgress&)>& progress) = 0;
};

/// Loads the LibTorch module that lies beside the running program (../lib/libcrosshead_torch.so, or the path
/// in CROSSHEAD_TORCH_MODULE). Throws exact::MissingComponent when this build has none. Sets OMP_WAIT_POLICY
/// to passive unless the environment names a policy: call it before other threads read the environment.
std::shared_ptr<FloatBackend> load_float_backend();

/// The C symbol in the module that makes a FloatBackend. Its number changes with the interface above, so that
/// a module from another build is refused instead of misread.
inline constexpr char kFloatBackendFactory[] = "crosshead_float_backend_3";

}  // namespace crosshead::attention
