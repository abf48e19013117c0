#include "ball_suprema.hpp"

#include <algorithm>
#include <limits>

namespace crosshead::crosscheck {
namespace {

using exact::Ball;
using exact::BallMatrix;

constexpr int kCheckEvery = 32;
constexpr double kNarrow = 0x1p-50;

/// Row j holds h_j: the probabilities of reaching node j from nodes j, j + 1, ..., n - 1.
BallMatrix reaching(const BallMatrix& chain, const std::vector<Ball>& leaks) {
  const auto n = static_cast<slong>(leaks.size());
  BallMatrix reach(n, n);
  for (slong j = 0; j < n; ++j) {
    arb_one(reach.at(j, j));
    for (slong k = j + 1; k < n; ++k) {
      const Ball& leak = leaks[static_cast<std::size_t>(k)];
      if (arb_is_zero(leak.get())) continue;
      arb_dot(reach.at(j, k), nullptr, 0, chain.at(k, j), 1, reach.at(j, j), 1, k - j, kBallBits);
      arb_div(reach.at(j, k), reach.at(j, k), leak.get(), kBallBits);
    }
  }
  return reach;
}

}  // namespace

Enclosure share_enclosing(arb_srcptr ball) {
  arf_t end;
  arf_init(end);
  arb_get_lbound_arf(end, ball, kBallBits);
  const double lower = arf_get_d(end, ARF_RND_FLOOR);
  arb_get_ubound_arf(end, ball, kBallBits);
  const double upper = arf_get_d(end, ARF_RND_CEIL);
  arf_clear(end);
  return {std::clamp(lower, 0.0, 1.0), std::clamp(upper, 0.0, 1.0)};
}

std::vector<Ball> divide_rows(BallMatrix& matrix) {
  const slong n = arb_mat_nrows(matrix.get());
  std::vector<Ball> leaks(static_cast<std::size_t>(n));
  Ball sum;
  for (slong k = 0; k < n; ++k) {
    arb_ptr leak = leaks[static_cast<std::size_t>(k)].get();
    for (slong l = 0; l < k; ++l) arb_add(leak, leak, matrix.at(k, l), kBallBits);
    arb_add(sum.get(), leak, matrix.at(k, k), kBallBits);
    for (slong l = 0; l < k; ++l) arb_div(matrix.at(k, l), matrix.at(k, l), sum.get(), kBallBits);
    arb_div(leak, leak, sum.get(), kBallBits);
    if (arb_is_zero(matrix.at(k, k))) arb_one(leak);
    arb_sub_si(matrix.at(k, k), leak, 1, kBallBits);
    arb_neg(matrix.at(k, k), matrix.at(k, k));
  }
  return leaks;
}

BallSuprema ball_suprema(BallMatrix attention, int most_steps) {
  const std::vector<Ball> leaks = divide_rows(attention);
  const BallMatrix& chain = attention;
  const auto n = static_cast<slong>(leaks.size());
  const BallMatrix reach = reaching(chain, leaks);
  BallMatrix heard(n, n);  // row j is column j of the chain
  arb_mat_transpose(heard.get(), chain.get());

  BallSuprema result;
  result.values.assign(leaks.size(), {0, 1});
  const auto absorbing = [&](slong j) { return arb_is_zero(leaks[static_cast<std::size_t>(j)].get()) != 0; };
  BallMatrix row(1, n), next(1, n), best(1, n);
  arb_one(row.at(0, n - 1));
  Ball tail;
  for (int t = 1; t <= most_steps && !result.settled; ++t) {
    for (slong j = 0; j < n; ++j) {
      arb_dot(next.at(0, j), nullptr, 0, row.at(0, j), 1, heard.at(j, j), 1, n - j, kBallBits);
      arb_max(best.at(0, j), best.at(0, j), next.at(0, j), kBallBits);
    }
    arb_mat_swap(row.get(), next.get());
    if (t % kCheckEvery != 0 && t != most_steps) continue;
    double low = std::numeric_limits<double>::infinity(), high = low;
    for (slong j = 0; j < n; ++j) {
      Enclosure& value = result.values[static_cast<std::size_t>(j)];
      if (absorbing(j)) {
        value = share_enclosing(reach.at(j, n - 1));
      } else {
        arb_dot(tail.get(), nullptr, 0, row.at(0, j), 1, reach.at(j, j), 1, n - j, kBallBits);
        const Enclosure found = share_enclosing(best.at(0, j));
        value = {found.lower, std::max(found.upper, share_enclosing(tail.get()).upper)};
      }
      if (j + 1 == n) continue;
      low = std::min(low, value.lower);
      high = std::min(high, value.upper);
    }
    result.settled = n == 1 || high <= low * (1 + kNarrow);
  }
  return result;
}

}  // namespace crosshead::crosscheck
