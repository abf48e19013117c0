#include "superharmonic.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Integer;
using exact::Rational;
using Wide = unsigned __int128;

constexpr std::uint64_t kOne = std::uint64_t{1} << Superharmonic::kBits;
constexpr std::uint64_t kLargest = std::uint64_t{1} << 63;

/// ceil(value * 2^62) for 0 <= value <= 1.
std::uint64_t scaled_up(const Rational& value) {
  Integer scaled;
  mpz_mul_2exp(scaled.backend().data(), mpq_numref(value.backend().data()), Superharmonic::kBits);
  mpz_cdiv_q(scaled.backend().data(), scaled.backend().data(), mpq_denref(value.backend().data()));
  return static_cast<std::uint64_t>(scaled);
}

}  // namespace

std::optional<Superharmonic> superharmonic(const exact::RationalMatrix& matrix, const Structure& structure,
                                           int j) {
  Superharmonic h;
  h.nodes = structure.feeders(j);
  if (!structure.order) {
    h.weights.assign(h.nodes.size(), kOne);
    return h;
  }
  std::vector<std::uint64_t> weight(static_cast<std::size_t>(matrix.size()), 0);
  std::vector<bool> feeds(static_cast<std::size_t>(matrix.size()));
  for (int k : h.nodes) feeds[static_cast<std::size_t>(k)] = true;
  for (int k : *structure.order) {
    if (!feeds[static_cast<std::size_t>(k)]) continue;
    if (k == j) {
      weight[static_cast<std::size_t>(k)] = kOne;
      continue;
    }
    // Row sums up to 4 and entries up to 1 keep the sums below inside 128 bits.
    if (structure.row_sums[static_cast<std::size_t>(k)] > 4) return std::nullopt;
    // h_k >= sum_l D_kl h_l / (1 - D_kk); with D rounded up and 1 - D_kk down, then the quotient up.
    Wide sum = 0;
    std::uint64_t loop = 0;
    for (const auto& entry : matrix.row(k)) {
      const std::uint64_t below = weight[static_cast<std::size_t>(entry.column)];
      if (entry.column != k && below == 0) continue;
      if (entry.value > 1) return std::nullopt;
      const std::uint64_t scaled = scaled_up(entry.value);
      if (entry.column == k) {
        loop = scaled;
      } else {
        sum += static_cast<Wide>(scaled) * below;
      }
    }
    const std::uint64_t leave = loop < kOne ? kOne - loop : 0;
    const Wide quotient = leave == 0 ? ~Wide{0} : (sum + leave - 1) / leave;
    std::uint64_t& value = weight[static_cast<std::size_t>(k)];
    if (structure.row_sums[static_cast<std::size_t>(k)] <= 1) {
      // Where every weight below is at most 1, the constant 1 also satisfies the inequality.
      bool small = true;
      for (const auto& entry : matrix.row(k))
        small = small && weight[static_cast<std::size_t>(entry.column)] <= kOne;
      if (small && quotient > kOne) {
        value = kOne;
        continue;
      }
    }
    if (quotient > kLargest) return std::nullopt;
    value = static_cast<std::uint64_t>(quotient);
  }
  for (int k : h.nodes) h.weights.push_back(weight[static_cast<std::size_t>(k)]);
  return h;
}

Integer scaled_tail(const exact::RowIteration& row, const Superharmonic& h) {
  Integer sum = 0;
  for (std::size_t k = 0; k < h.nodes.size(); ++k) {
    mpz_addmul_ui(sum.backend().data(), row.numerator(h.nodes[k]).backend().data(), h.weights[k]);
  }
  return sum;
}

}  // namespace crosshead::diffusion
