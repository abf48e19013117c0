#include "crosshead/heads/expansion.hpp"

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::heads {
namespace {

using exact::Integer;
using exact::Rational;

/// e_sink D^steps, length n.
std::optional<std::vector<Rational>> last_row(const exact::RationalMatrix& matrix, int sink, int steps,
                                              const exact::KeepGoing& keep_going) {
  const exact::IntegerMatrix integers(matrix);
  exact::RowIteration row(integers, sink);
  for (int t = 0; t < steps; ++t) {
    if (keep_going && !keep_going()) return std::nullopt;
    row.step();
  }
  std::vector<Rational> values;
  for (int j = 0; j < matrix.size(); ++j) values.push_back(row.value(j));
  return values;
}

Rational power(const Rational& base, int exponent) {
  const auto e = static_cast<unsigned>(exponent);
  return Rational(boost::multiprecision::pow(boost::multiprecision::numerator(base), e),
                  boost::multiprecision::pow(boost::multiprecision::denominator(base), e));
}

}  // namespace

std::optional<std::vector<SignalSplit>> split_signal(const std::vector<exact::RationalMatrix>& diffusion,
                                                     const std::vector<Rational>& weights, int sink,
                                                     int steps, const exact::KeepGoing& keep_going) {
  auto total = last_row(exact::weighted_sum(diffusion, weights), sink, steps, keep_going);
  if (!total) return std::nullopt;
  std::vector<SignalSplit> result(total->size());
  for (std::size_t j = 0; j < result.size(); ++j) result[j].total = std::move((*total)[j]);
  for (std::size_t h = 0; steps > 0 && h < diffusion.size(); ++h) {
    if (weights[h] == 0) {
      for (SignalSplit& split : result) split.pure.emplace_back(0);
      continue;
    }
    const auto row = last_row(diffusion[h], sink, steps, keep_going);
    if (!row) return std::nullopt;
    const Rational weight = power(weights[h], steps);
    for (std::size_t j = 0; j < result.size(); ++j) result[j].pure.push_back(weight * (*row)[j]);
  }
  for (SignalSplit& split : result) {
    if (split.total == 0) continue;
    Rational pure = steps == 0 ? split.total : Rational(0);
    for (const Rational& part : split.pure) pure += part;
    split.pure_share = pure / split.total;
    split.cross_share = 1 - *split.pure_share;
  }
  return result;
}

std::optional<std::vector<std::vector<Rational>>> signal_curves(const exact::RationalMatrix& diffusion,
                                                                int sink, int steps,
                                                                const exact::KeepGoing& keep_going) {
  const exact::IntegerMatrix integers(diffusion);
  exact::RowIteration row(integers, sink);
  std::vector<std::vector<Rational>> curves;
  for (int t = 0; t <= steps; ++t) {
    if (keep_going && !keep_going()) return std::nullopt;
    if (t > 0) row.step();
    auto& values = curves.emplace_back();
    for (int j = 0; j < diffusion.size(); ++j) values.push_back(row.value(j));
  }
  return curves;
}

}  // namespace crosshead::heads
