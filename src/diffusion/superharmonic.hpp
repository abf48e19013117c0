#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "structure.hpp"

#include "crosshead/exact/integer_row.hpp"

namespace crosshead::diffusion {

/// A vector h >= 0 over denominator 2^62 with D h <= h on the nodes that mass at the sink visits and h_j >=
/// 1: then s_j(t) <= x_t . h <= x_T . h for every t >= T. This is the tail certificate of transient nodes.
struct Superharmonic {
  static constexpr unsigned kBits = 62;
  std::vector<int> nodes;              ///< where h is positive, ascending
  std::vector<std::uint64_t> weights;  ///< h * 2^62, one per node of `nodes`
};

/// A matrix rounded up for `superharmonic`, once for all of its nodes.
class RoundedMatrix {
 public:
  /// Rounds nothing without a topological order: h is then constant.
  RoundedMatrix(const exact::RationalMatrix& matrix, const Structure& structure);

 private:
  friend std::optional<Superharmonic> superharmonic(const RoundedMatrix& matrix, const Structure& structure,
                                                    int j);
  struct Entry {
    int column = 0;
    std::uint64_t value = 0;  ///< times 2^62, rounded up; kTooLarge above 1
  };
  enum class RowSum { at_most_one, at_most_four, larger };
  static constexpr std::uint64_t kTooLarge = ~std::uint64_t{0};

  std::vector<std::vector<Entry>> rows_;
  std::vector<RowSum> sums_;
};

/// Builds h for node j: in a graph that is acyclic apart from self-loops the probability of ever reaching j,
/// rounded upwards along the order (so the inequality holds exactly); otherwise 1 on all feeders of j.
/// Nothing if a weight does not fit (row sums far above 1, or a loop within 2^-62 of 1 in a row that exceeds
/// 1). REQUIRES: fate of j is transient, or absorbing, or recurrent.
std::optional<Superharmonic> superharmonic(const RoundedMatrix& matrix, const Structure& structure, int j);

/// x_T . h times 2^62 times the row's denominator.
exact::Integer scaled_tail(const exact::RowIteration& row, const Superharmonic& h);

}  // namespace crosshead::diffusion
