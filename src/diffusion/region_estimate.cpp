// Plain doubles: one row vector and, for each node, the probabilities of reaching it. Good enough to say
// which times and horizons are worth an exact proof.
#include "region_estimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "region_estimate_run.hpp"

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::diffusion {

RegionEstimator::RegionEstimator(const MatrixPair& pair, int first_step, std::int64_t steps)
    : size_(pair.size), sink_(pair.sink), first_step_(first_step), steps_(steps) {
  const auto rounded = [&](const exact::Integer& value) {
    return exact::to_double(exact::Rational(value, pair.denominator));
  };
  for (const auto& value : pair.first) first_.push_back(rounded(value));
  for (const auto& value : pair.second) second_.push_back(rounded(value));
  for (int k = 0; k < size_; ++k) {
    const auto diagonal = static_cast<std::size_t>(k * size_ + k);
    leave_first_.push_back(rounded(pair.denominator - pair.first[diagonal]));
    leave_second_.push_back(rounded(pair.denominator - pair.second[diagonal]));
  }
}

std::vector<NodeEstimate> RegionEstimator::at(double b, double bar, std::int64_t patience) const {
  return Run(*this, b).nodes(first_step_, steps_ * patience, bar);
}

std::vector<double> RegionEstimator::row(double b, std::int64_t t) const {
  Run run(*this, b);
  run.advance(t);
  return run.row();
}

std::optional<RegionProof::Lower> RegionEstimator::averaging(double b, int end, int j, double bar,
                                                             bool square_root) const {
  Run here(*this, b), closer(*this, end == 0 ? b / 4096 : 1 - (1 - b) / 4096);
  const double weight = end == 0 ? b : 1 - b;
  for (int stages = 1; stages <= 64; stages *= 2) {
    for (int quarter = 4; quarter < 40; ++quarter) {
      // 1/32, 5/128, 3/64, ..., 16: four rates for each power of two.
      const double rate = stages * std::ldexp(4 + quarter % 4, quarter / 4 - 8);
      const auto above = [&](Run& run, double distance) {
        return run.averaged(static_cast<std::size_t>(j), first_step_, stages,
                            rate * (square_root ? std::sqrt(distance) : distance)) > bar * (1 + 1e-13);
      };
      if (!above(here, weight) || !above(closer, weight / 4096)) continue;
      RegionProof::Lower item;
      item.node = j;
      item.time = first_step_;
      item.stages = stages;
      item.rate = exact::exact_value(rate);
      item.end = end;
      item.square_root = square_root;
      return item;
    }
  }
  return std::nullopt;
}

std::vector<int> RegionEstimator::slow_nodes(double b, int j) const {
  const Run run(*this, b);
  std::vector<int> nodes;
  for (int m = 0; m < size_; ++m) {
    if (m != j && run.slow(static_cast<std::size_t>(m))) nodes.push_back(m);
  }
  return nodes;
}

std::optional<RegionProof> RegionEstimator::levels(double lower, double upper, int j, double bar) const {
  const double width = upper - lower;
  const auto node = static_cast<std::size_t>(j);
  for (std::int64_t horizon = first_step_ + 7; horizon <= 40; horizon += 8) {
    std::vector<Run> runs;
    for (const double b :
         {lower == 0 ? upper / 4096 : lower, lower + width / 2, upper == 1 ? 1 - width / 4096 : upper}) {
      runs.emplace_back(*this, b).advance(horizon);
    }
    for (int m = 0; m < size_; ++m) {
      const auto feeder = static_cast<std::size_t>(m);
      if (m == j || !runs[1].slow(feeder)) continue;
      for (std::size_t count = 4; count <= 64; count *= 2) {
        for (const double margin : {1e-3, 1e-4, 1e-5, 1e-6}) {
          // The last level carries the margin down to the others.
          std::vector<double> levels(count + 1);
          for (const Run& run : runs) run.raise_levels(node, feeder, levels);
          for (double& level : levels) level *= 1 + margin;
          for (const Run& run : runs) run.raise_levels(node, feeder, levels);
          for (std::size_t i = 0; i <= count; ++i) {
            levels[i] *= 1 + margin * static_cast<double>(count - i) / static_cast<double>(count);
          }
          if (levels[0] >= bar) continue;
          RegionProof proof;
          proof.node = j;
          proof.horizon = horizon;
          proof.feeder = m;
          proof.inflow = runs[1].inflow_flags();
          for (const double level : levels)
            proof.levels.push_back(exact::rounded_up(exact::exact_value(level), 40));
          return proof;
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace crosshead::diffusion
