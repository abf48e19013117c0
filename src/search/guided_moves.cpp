#include "guided_moves.hpp"

#include <bit>
#include <utility>

namespace crosshead::search {
namespace {

constexpr std::uint64_t bit(int place) {
  return std::uint64_t{1} << place;
}

class Mover {
 public:
  Mover(const GuidedSpace& space, GuidedSystem& system, GuidedRandom& random)
      : space_(space), system_(system), random_(random), head_(random.below(system.heads())) {
    // Any head but the first one.
    other_ = random.below(system.heads() - 1);
    if (other_ >= head_) ++other_;
    node_ = random.below(system.nodes - 1);
  }

  /// Whether something changed.
  bool make() {
    const int kind = random_.below(100);
    if (kind < 30) return toggle();
    if (kind < 45) return redirect_target();
    if (kind < 55) return redirect_source();
    if (kind < 62) return hand_over();
    if (kind < 69) return exchange();
    if (kind < 77) return copy_successors();
    if (kind < 85) return copy_predecessors();
    if (kind < 90) return single_successor();
    if (space_.denominator > 0) return kind < 98 ? shift_weight() : exchange_weights();
    if (space_.weights[at(head_)] != space_.weights[at(other_)]) return exchange_weights();
    return toggle();
  }
  std::uint32_t touched() const { return touched_; }

 private:
  static std::size_t at(int head) { return static_cast<std::size_t>(head); }
  std::uint64_t& row(int head) { return system_.row(head, node_); }
  void touch(int head) { touched_ |= std::uint32_t{1} << head; }
  static std::uint64_t neighbours(int node) { return bit(node) << 1U | bit(node) >> 1U; }
  std::uint64_t places() const { return behind(node_, system_.nodes); }

  bool toggle() {
    row(head_) ^= bit(random_.bit_of(places()));
    touch(head_);
    return true;
  }
  bool redirect_target() {
    const int target = random_.bit_of(row(head_));
    std::uint64_t absent = places() & ~row(head_);
    if (random_.below(2) == 0) absent &= neighbours(target);
    if (absent == 0) return false;
    row(head_) ^= bit(target) | bit(random_.bit_of(absent));
    touch(head_);
    return true;
  }
  bool redirect_source() {
    const int target = random_.bit_of(row(head_));
    const int source = random_.below(2) == 0 ? random_.below(target) : node_ - 1 + 2 * random_.below(2);
    if (source < 0 || source >= target || (system_.row(head_, source) & bit(target)) != 0) return false;
    row(head_) ^= bit(target);
    system_.row(head_, source) ^= bit(target);
    touch(head_);
    return true;
  }
  /// The edge of one head that another one lacks.
  bool hand_over() {
    const std::uint64_t own = row(head_) & ~row(other_);
    if (own == 0) return false;
    const std::uint64_t edge = bit(random_.bit_of(own));
    row(head_) ^= edge;
    row(other_) ^= edge;
    touch(head_);
    touch(other_);
    return true;
  }
  bool exchange() {
    const std::uint64_t own = row(head_) & ~row(other_), others = row(other_) & ~row(head_);
    if (own == 0 || others == 0) return false;
    const std::uint64_t edges = bit(random_.bit_of(own)) | bit(random_.bit_of(others));
    row(head_) ^= edges;
    row(other_) ^= edges;
    touch(head_);
    touch(other_);
    return true;
  }
  bool copy_successors() {
    touch(head_);
    const std::uint64_t before = std::exchange(row(head_), row(other_));
    return before != row(head_);
  }
  bool copy_predecessors() {
    const int target = node_ + 1;
    bool changed = false;
    for (int source = 0; source < target; ++source) {
      const std::uint64_t copied = system_.row(other_, source) & bit(target);
      std::uint64_t& row = system_.row(head_, source);
      changed = changed || (row & bit(target)) != copied;
      row = (row & ~bit(target)) | copied;
    }
    touch(head_);
    return changed;
  }
  bool single_successor() {
    const std::uint64_t edge = bit(random_.bit_of(places()));
    touch(head_);
    return std::exchange(row(head_), edge) != edge;
  }
  bool shift_weight() {
    --system_.parts[at(head_)];
    ++system_.parts[at(other_)];
    return true;
  }
  /// Free weights are exchanged; given ones stay, and the heads are.
  bool exchange_weights() {
    if (space_.denominator > 0) {
      std::swap(system_.parts[at(head_)], system_.parts[at(other_)]);
      return system_.parts[at(head_)] != system_.parts[at(other_)];
    }
    for (int node = 0; node < system_.nodes; ++node)
      std::swap(system_.row(head_, node), system_.row(other_, node));
    touch(head_);
    touch(other_);
    return true;
  }

  const GuidedSpace& space_;
  GuidedSystem& system_;
  GuidedRandom& random_;
  int head_, other_ = 0, node_ = 0;
  std::uint32_t touched_ = 0;
};

/// What a move can break: a node left without a successor, two equal heads, a weight of zero.
bool still_in_space(const GuidedSystem& system, std::uint32_t touched) {
  for (const int part : system.parts) {
    if (part <= 0) return false;
  }
  for (std::uint32_t left = touched; left != 0; left &= left - 1) {
    const int head = std::countr_zero(left);
    for (int node = 0; node + 1 < system.nodes; ++node) {
      if (system.row(head, node) == 0) return false;
    }
    for (int other = 0; other < system.heads(); ++other) {
      if (other != head && equal_heads(system, head, other)) return false;
    }
  }
  return true;
}

}  // namespace

Moved move(const GuidedSpace& space, GuidedSystem& system, GuidedRandom& random) {
  Mover mover(space, system, random);
  const bool changed = mover.make();
  return {changed && still_in_space(system, mover.touched()), mover.touched()};
}

}  // namespace crosshead::search
