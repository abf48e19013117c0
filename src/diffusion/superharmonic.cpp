#include "superharmonic.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Integer;
using exact::Rational;
using Wide = unsigned __int128;

constexpr std::uint64_t kOne = std::uint64_t{1} << Superharmonic::kBits;
constexpr std::uint64_t kLargest = std::uint64_t{1} << 63;

/// ceil(value * 2^62) for 0 <= value <= 1, with a buffer for the product.
std::uint64_t scaled_up(const Rational& value, Integer& buffer) {
  mpz_mul_2exp(buffer.backend().data(), mpq_numref(value.backend().data()), Superharmonic::kBits);
  mpz_cdiv_q(buffer.backend().data(), buffer.backend().data(), mpq_denref(value.backend().data()));
  return mpz_get_ui(buffer.backend().data());
}

}  // namespace

RoundedMatrix::RoundedMatrix(const exact::RationalMatrix& matrix, const Structure& structure) {
  if (!structure.order) return;
  Integer buffer;
  rows_.resize(static_cast<std::size_t>(matrix.size()));
  for (int k = 0; k < matrix.size(); ++k) {
    auto& row = rows_[static_cast<std::size_t>(k)];
    row.reserve(matrix.row(k).size());
    for (const auto& entry : matrix.row(k)) {
      row.push_back({entry.column, entry.value > 1 ? kTooLarge : scaled_up(entry.value, buffer)});
    }
    const Rational& sum = structure.row_sums[static_cast<std::size_t>(k)];
    sums_.push_back(sum <= 1 ? RowSum::at_most_one : sum <= 4 ? RowSum::at_most_four : RowSum::larger);
  }
}

std::optional<Superharmonic> superharmonic(const RoundedMatrix& matrix, const Structure& structure, int j) {
  Superharmonic h;
  h.nodes = structure.feeders(j);
  if (!structure.order) {
    h.weights.assign(h.nodes.size(), kOne);
    return h;
  }
  const std::size_t n = structure.order->size();
  std::vector<std::uint64_t> weight(n, 0);
  std::vector<bool> feeds(n);
  for (int k : h.nodes) feeds[static_cast<std::size_t>(k)] = true;
  for (int k : *structure.order) {
    if (!feeds[static_cast<std::size_t>(k)]) continue;
    if (k == j) {
      weight[static_cast<std::size_t>(k)] = kOne;
      continue;
    }
    // Row sums up to 4 and entries up to 1 keep the sums below inside 128 bits.
    const RoundedMatrix::RowSum row_sum = matrix.sums_[static_cast<std::size_t>(k)];
    if (row_sum == RoundedMatrix::RowSum::larger) return std::nullopt;
    // h_k >= sum_l D_kl h_l / (1 - D_kk); with D rounded up and 1 - D_kk down, then the quotient up.
    Wide sum = 0;
    std::uint64_t loop = 0;
    bool small = true;  // every weight below is at most 1
    for (const auto& [column, scaled] : matrix.rows_[static_cast<std::size_t>(k)]) {
      const std::uint64_t below = weight[static_cast<std::size_t>(column)];
      if (column != k && below == 0) continue;
      if (scaled == RoundedMatrix::kTooLarge) return std::nullopt;
      if (column == k) {
        loop = scaled;
      } else {
        sum += static_cast<Wide>(scaled) * below;
        small = small && below <= kOne;
      }
    }
    const std::uint64_t leave = loop < kOne ? kOne - loop : 0;
    const Wide quotient = leave == 0 ? ~Wide{0} : (sum + leave - 1) / leave;
    std::uint64_t& value = weight[static_cast<std::size_t>(k)];
    // Where every weight below is at most 1 and so is the row's sum, the constant 1 also satisfies the
    // inequality.
    if (row_sum == RoundedMatrix::RowSum::at_most_one && small && quotient > kOne) {
      value = kOne;
      continue;
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
