#pragma once

#include <cstdint>
#include <vector>

#include "crosshead/search/space.hpp"

namespace crosshead::search {

/// Systems up to renaming of their nodes. A *relabelling* of a system permutes the nodes other than the sink
/// such that every head is feedforward afterwards; then the new system is in the same space and no claim can
/// tell the two apart. Of each orbit one system is *canonical*: the one with the least list of codes (in an
/// unordered space with the weights sorted along, and least among equal lists). Orbits are counted by their
/// canonical systems.
///
/// REQUIRES: an unordered space's weight vectors are closed under permutation, as those of space.hpp are.
class Symmetry {
 public:
  explicit Symmetry(const SystemSpace& space);

  /// What the systems of a run share: the relabellings that keep the prefix feedforward, and its images.
  class Prefix {
   private:
    friend class Symmetry;
    std::vector<std::uint32_t> relabellings;  ///< but the identity
    std::vector<std::uint32_t> images;        ///< codes: of the prefix's heads for each relabelling
    std::vector<std::uint32_t> codes, weights;
    std::uint32_t last_weight = 0;
  };
  /// REQUIRES: weights is the position of one of the space's vectors, and prefix one head shorter than a
  /// system.
  Prefix prefix(const std::vector<std::uint32_t>& prefix, std::uint32_t weights) const;

  /// Whether the system of this prefix and last head is canonical.
  bool canonical(const Prefix& prefix, std::uint32_t last) const;
  bool canonical(const SystemIndex& system) const;

 private:
  std::uint32_t image(std::uint32_t relabelling, std::uint32_t code) const;

  const SystemSpace& space_;
  std::uint32_t relabellings_ = 0;
  std::size_t bytes_ = 0;             ///< of a code
  std::vector<std::uint32_t> table_;  ///< [relabelling][byte][value]: its image, or kBackward set
  std::vector<std::vector<std::uint32_t>> ranks_;  ///< weights as numbers in the same order
};

}  // namespace crosshead::search
