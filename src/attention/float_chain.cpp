// The idea: a matrix of a hundred positions fits the nearest cache, so all steps are taken on it before the
// next one is read. A step of a row vector costs n^2 / 2 multiply-adds where a matrix power costs n^3.
#include "crosshead/attention/float_chain.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

#include "chain_rows.hpp"
#include "cuda/chain_step.hpp"

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/instruction_set.hpp"
#include "crosshead/exact/share_tasks.hpp"

namespace crosshead::attention {
namespace {

using chain::Peak;

ChainStep widest_step() {
#ifdef CROSSHEAD_X86_CHAINS
  return exact::widest<ChainStep>(baseline::chain_step, avx2::chain_step, avx512::chain_step);
#else
  return baseline::chain_step;
#endif
}

ChainResult sized(const ChainBatch& batch, bool with_signal) {
  ChainResult result{batch.batch, batch.head_count + 1, batch.nodes, batch.steps, {}, {},
                     {},          chain_bounds(batch)};
  const auto rows = static_cast<std::size_t>(batch.batch * (batch.head_count + 1));
  const auto n = static_cast<std::size_t>(batch.nodes);
  if (with_signal) result.signal.resize(rows * (static_cast<std::size_t>(batch.steps) + 1) * n);
  result.fidelity.resize(rows * n);
  result.fidelity_time.resize(rows * n);
  return result;
}

/// What one thread needs: a packed matrix and two row vectors.
class Worker {
 public:
  Worker(const ChainBatch& batch, bool triangle, ChainResult& result)
      : batch_(batch), result_(result), step_(widest_step()) {
    const auto n = static_cast<std::size_t>(batch.nodes);
    rows_.nodes = n;
    rows_.padded = (n + kChainPadding - 1) / kChainPadding * kChainPadding;
    rows_.triangle = triangle;
    matrix_.resize(rows_.offset(rows_.padded));
    rows_.entries = matrix_.data();
    x_.resize(rows_.padded);
    next_.resize(rows_.padded);
    peaks_.resize(n);
  }

  /// System number `index` of B * S.
  void run(std::int64_t index) {
    const std::int64_t systems = batch_.head_count + 1;
    pack(index / systems, static_cast<int>(index % systems));
    std::fill(x_.begin(), x_.end(), 0.0F);
    x_[rows_.nodes - 1] = 1;
    std::fill(peaks_.begin(), peaks_.end(), Peak{0, batch_.steps > 0 ? 1 : 0});
    keep(index, 0);
    for (std::int64_t t = 1; t <= batch_.steps; ++t) {
      step_(rows_, x_.data(), next_.data());
      std::swap(x_, next_);
      keep(index, t);
      for (std::size_t j = 0; j < rows_.nodes; ++j) peaks_[j].include(x_[j], static_cast<int>(t));
    }
    const auto first = static_cast<std::size_t>(index) * rows_.nodes;
    for (std::size_t j = 0; j < rows_.nodes; ++j) {
      result_.fidelity[first + j] = peaks_[j].value;
      result_.fidelity_time[first + j] = peaks_[j].time;
    }
  }

 private:
  void pack(std::int64_t sample, int system) {
    const auto n = static_cast<long>(batch_.nodes);
    const long square = n * n;
    const int heads = static_cast<int>(batch_.head_count);
    const float* own = batch_.heads + sample * batch_.head_count * square;
    const float* weights = batch_.weights + sample * batch_.head_count;
    for (long i = 0; i < n; ++i) {
      float* row = matrix_.data() + rows_.offset(static_cast<std::size_t>(i));
      const long width = rows_.triangle ? i + 1 : n;
      if (system < heads) {
        std::copy_n(own + system * square + i * n, width, row);
        continue;
      }
      for (long j = 0; j < width; ++j) row[j] = chain::entry(own, weights, heads, system, square, i * n + j);
    }
  }

  void keep(std::int64_t index, std::int64_t t) {
    if (result_.signal.empty()) return;
    const auto place = static_cast<std::size_t>(index * (batch_.steps + 1) + t) * rows_.nodes;
    std::copy_n(x_.begin(), rows_.nodes, result_.signal.begin() + static_cast<std::ptrdiff_t>(place));
  }

  const ChainBatch& batch_;
  ChainResult& result_;
  ChainStep step_;
  ChainRows rows_;
  std::vector<float> matrix_, x_, next_;
  std::vector<Peak> peaks_;
};

}  // namespace

bool checked_chain(const ChainBatch& batch) {
  if (batch.batch < 1 || batch.head_count < 1 || batch.nodes < 1 || batch.steps < 0)
    throw exact::UsageError(
        "float chain: expected at least one sample, head and node, and no negative step count");
  const std::int64_t n = batch.nodes, count = batch.batch * batch.head_count;
  for (std::int64_t k = 0; k < count; ++k) {
    if (!(batch.weights[k] >= 0) || !std::isfinite(batch.weights[k]))
      throw exact::UsageError("float chain: weight " + std::to_string(k) + " is no finite number >= 0");
  }
  bool triangle = true;
  for (std::int64_t row = 0; row < count * n; ++row) {
    const float* entries = batch.heads + row * n;
    const std::int64_t diagonal = row % n;
    for (std::int64_t j = 0; j < n; ++j) {
      if (!(entries[j] >= 0) || !std::isfinite(entries[j])) {
        throw exact::UsageError("float chain: element " + std::to_string(row * n + j) +
                                " is no finite number >= 0");
      }
      triangle = triangle && (j <= diagonal || entries[j] == 0);
    }
  }
  return triangle;
}

std::vector<ChainBound> chain_bounds(const ChainBatch& batch) {
  // Every operation on these doubles is off by 2^-53 at most; each is made larger by far more than that.
  constexpr double kMore = 1 + 0x1p-40, kUnit = 0x1p-24, kLoss = 0x1p-150;
  const auto n = static_cast<double>(batch.nodes), heads = static_cast<double>(batch.head_count);
  double row_sum = 1, weight_sum = 1;
  for (std::int64_t row = 0; row < batch.batch * batch.head_count * batch.nodes; ++row) {
    double sum = 0;
    for (std::int64_t j = 0; j < batch.nodes; ++j)
      sum += static_cast<double>(batch.heads[row * batch.nodes + j]);
    row_sum = std::max(row_sum, sum * kMore);
  }
  for (std::int64_t sample = 0; sample < batch.batch; ++sample) {
    double sum = 0;
    for (std::int64_t h = 0; h < batch.head_count; ++h)
      sum += static_cast<double>(batch.weights[sample * batch.head_count + h]);
    weight_sum = std::max(weight_sum, sum * kMore);
  }
  row_sum *= weight_sum * kMore;
  /// (1 + u)^count - 1 <= c u / (1 - c u).
  const auto growth = [&](double count) {
    const double product = count * kUnit;
    return product < 0.5 ? product / (1 - product) * kMore : std::exp(product) * kMore;
  };
  const double mean_loss = heads * kLoss * (1 + growth(heads)) * kMore;
  std::vector<ChainBound> bounds{{0, 0}};
  double total = 1;
  for (std::int64_t t = 1; t <= batch.steps; ++t) {
    const double before = growth(static_cast<double>(t - 1) * (n + heads));
    const double passed_on = bounds.back().absolute * ((1 + growth(heads)) * row_sum + n * mean_loss);
    const double lost = n * mean_loss * (1 + before) * total + n * n * kLoss;
    total *= row_sum * kMore;
    bounds.push_back(
        {growth(static_cast<double>(t) * (n + heads)), (1 + growth(n)) * (passed_on + lost) * kMore * kMore});
  }
  return bounds;
}

ChainResult float_chain(const ChainBatch& batch, bool with_signal, int threads) {
  const bool triangle = checked_chain(batch);
  ChainResult result = sized(batch, with_signal);
  const std::int64_t count = batch.batch * (batch.head_count + 1);
  std::atomic<std::int64_t> next{0};
  const std::int64_t workers = std::min<std::int64_t>(std::max(threads, 1), count);
  exact::share_tasks(threads, static_cast<std::size_t>(workers), [&](std::size_t) {
    Worker worker(batch, triangle, result);
    for (std::int64_t index = next++; index < count; index = next++) worker.run(index);
  });
  return result;
}

ChainResult float_chain_naive(const ChainBatch& batch) {
  checked_chain(batch);
  ChainResult result = sized(batch, true);
  const auto n = static_cast<int>(batch.nodes);
  const long square = static_cast<long>(n) * n;
  const chain::Layout layout{n, false};
  for (std::int64_t index = 0; index < batch.batch * (batch.head_count + 1); ++index) {
    const std::int64_t sample = index / (batch.head_count + 1);
    std::vector<float> matrix;
    for (long place = 0; place < square; ++place) {
      matrix.push_back(chain::entry(batch.heads + sample * batch.head_count * square,
                                    batch.weights + sample * batch.head_count,
                                    static_cast<int>(batch.head_count),
                                    static_cast<int>(index % (batch.head_count + 1)), square, place));
    }
    std::vector<float> x(static_cast<std::size_t>(n), 0.0F);
    x.back() = 1;
    for (std::int64_t t = 0;; ++t) {
      for (int j = 0; j < n; ++j) {
        const auto node = static_cast<std::size_t>(j);
        const std::size_t place = static_cast<std::size_t>(index) * static_cast<std::size_t>(n) + node;
        result
            .signal[(static_cast<std::size_t>(index * (batch.steps + 1) + t)) * static_cast<std::size_t>(n) +
                    node] = x[node];
        if (t >= 1 && (t == 1 || x[node] > result.fidelity[place])) {
          result.fidelity[place] = x[node];
          result.fidelity_time[place] = static_cast<std::int32_t>(t);
        }
      }
      if (t == batch.steps) break;
      std::vector<float> next;
      for (int j = 0; j < n; ++j) next.push_back(chain::step(layout, matrix.data(), x.data(), j));
      x = std::move(next);
    }
  }
  return result;
}

}  // namespace crosshead::attention
