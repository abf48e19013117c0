#include "crosshead/crosscheck/golden.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/integer_row.hpp"

namespace crosshead::crosscheck {
namespace {

using attention::FloatType;
using exact::Integer;
using exact::Rational;
using exact::UsageError;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// Computes the paths of one system.
class Goldsmith {
 public:
  Goldsmith(const heads::HeadSystem& system, const GoldenOptions& options)
      : system_(system), options_(options), nodes_(static_cast<std::size_t>(system.size())) {
    for (const FloatType type : options.types) formats_.push_back(format_of(type));
  }

  GoldenPath path(const heads::MatrixOrReason& diffusion, const heads::MatrixOrReason& walk) const {
    GoldenPath path;
    for (auto* values : {&path.signal, &path.fidelity, &path.minimax, &path.distance, &path.worst_distance})
      values->resize(formats_.size());
    add_diffusion(path, diffusion);
    if (options_.mixing) add_mixing(path, walk);
    return path;
  }

 private:
  std::size_t times() const { return static_cast<std::size_t>(options_.steps) + 1; }

  void append(std::vector<std::vector<double>>& values, const Integer& numerator,
              const Integer& denominator) const {
    for (std::size_t k = 0; k < formats_.size(); ++k)
      values[k].push_back(nearest(formats_[k], numerator, denominator));
  }
  void append(std::vector<std::vector<double>>& values, double value) const {
    for (auto& numbers : values) numbers.push_back(value);
  }
  static void fill(std::vector<std::vector<double>>& values, std::size_t count) {
    for (auto& numbers : values) numbers.assign(count, kNoNumber);
  }

  void add_diffusion(GoldenPath& path, const heads::MatrixOrReason& diffusion) const {
    if (!diffusion.matrix) {
      path.no_diffusion = diffusion.reason;
      fill(path.signal, times() * nodes_);
      fill(path.fidelity, nodes_);
      fill(path.minimax, 1);
      path.fidelity_time.assign(nodes_, kUndefined);
      path.exact.defined = false;
      path.exact.reason = diffusion.reason;
      return;
    }
    const exact::IntegerMatrix matrix(*diffusion.matrix);
    exact::RowIteration row(matrix, system_.sink);
    while (true) {
      for (int j = 0; j < system_.size(); ++j) append(path.signal, row.numerator(j), row.denominator());
      if (row.time() == options_.steps) break;
      row.step();
    }
    path.exact = diffusion::fidelity(*diffusion.matrix, system_.sink, options_.fidelity, options_.limits);
    for (const diffusion::NodeFidelity& node : path.exact.nodes) {
      if (!node.decided) {
        append(path.fidelity, kNoNumber);
      } else if (node.unbounded) {
        append(path.fidelity, std::numeric_limits<double>::infinity());
      } else {
        append(path.fidelity, numerator(node.supremum), denominator(node.supremum));
      }
      path.fidelity_time.push_back(!node.decided ? kUndecided : node.attained ? *node.time : kApproached);
    }
    if (path.exact.decided) {
      append(path.minimax, numerator(path.exact.minimax), denominator(path.exact.minimax));
    } else {
      append(path.minimax, kNoNumber);
    }
  }

  void add_mixing(GoldenPath& path, const heads::MatrixOrReason& walk) const {
    path.no_mixing = walk.reason;
    if (walk.matrix) {
      const walk::Absorption absorption = walk::absorption_at(*walk.matrix, system_.sink, system_.nodes);
      if (!absorption.certain) path.no_mixing = absorption.reason;
    }
    if (!path.no_mixing.empty()) {
      fill(path.distance, times() * nodes_);
      fill(path.worst_distance, times());
      path.mixing_time.assign(options_.epsilons.size(), kUndefined);
      return;
    }
    path.mixing_time.assign(options_.epsilons.size(), kUndecided);
    const exact::IntegerMatrix matrix(*walk.matrix);
    exact::RowIteration row(matrix, system_.sink);
    while (true) {
      Integer worst = 0;
      for (int j = 0; j < system_.size(); ++j) {
        const Integer missing = row.denominator() - row.numerator(j);
        append(path.distance, missing, row.denominator());
        worst = std::max(worst, missing);
      }
      append(path.worst_distance, worst, row.denominator());
      for (std::size_t e = 0; e < options_.epsilons.size(); ++e) {
        const Rational& epsilon = options_.epsilons[e];
        const bool near = worst * denominator(epsilon) <= numerator(epsilon) * row.denominator();
        if (near && path.mixing_time[e] == kUndecided) path.mixing_time[e] = row.time();
      }
      if (row.time() == options_.steps) break;
      row.step();
    }
  }

  const heads::HeadSystem& system_;
  const GoldenOptions& options_;
  std::size_t nodes_;
  std::vector<FloatFormat> formats_;
};

}  // namespace

GoldenSystem golden_values(const heads::HeadSystem& system, const GoldenOptions& options,
                           const std::function<void()>& progress) {
  if (options.steps < 1) throw UsageError("golden: at least one step is needed");
  if (options.types.empty()) throw UsageError("golden: no float type is chosen");
  if (std::find(options.types.begin(), options.types.end(), FloatType::tf32) != options.types.end())
    throw UsageError("golden: tf32 is a format of operands, not of results; choose float32");
  const Goldsmith smith(system, options);
  const heads::MatrixOrReason none;
  GoldenSystem result;
  const auto tell = [&] {
    if (progress) progress();
  };
  tell();
  result.mean =
      smith.path(heads::mean_diffusion(system, options.reading),
                 options.mixing ? heads::mean_walk(system, options.reading, options.attention_walk) : none);
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    tell();
    result.heads.push_back(smith.path(
        heads::diffusion_of(system, h, options.reading),
        options.mixing ? heads::walk_of(system, h, options.reading, options.attention_walk) : none));
  }
  return result;
}

}  // namespace crosshead::crosscheck
