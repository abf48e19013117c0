#include "head_classes.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "code_bits.hpp"

namespace crosshead::search {
namespace {

/// Nodes j and j + 1 change places.
struct Exchange {
  std::uint32_t edge = 0;                                      ///< j -> j + 1, which must be absent
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  ///< bits that change places

  std::uint32_t image(std::uint32_t code) const {
    for (const auto& [one, other] : pairs) {
      if (((code & one) != 0) != ((code & other) != 0)) code ^= one | other;
    }
    return code;
  }
};

std::vector<Exchange> exchanges(const CodeBits& bits) {
  std::vector<Exchange> result;
  for (int j = 0; j + 2 < bits.nodes(); ++j) {
    Exchange& exchange = result.emplace_back();
    exchange.edge = bits.bit(j, j + 1);
    for (int i = 0; i < j; ++i) exchange.pairs.emplace_back(bits.bit(i, j), bits.bit(i, j + 1));
    for (int k = j + 2; k < bits.nodes(); ++k) {
      exchange.pairs.emplace_back(bits.bit(j, k), bits.bit(j + 1, k));
    }
    exchange.pairs.emplace_back(bits.bit(j, j), bits.bit(j + 1, j + 1));  // none where they are everywhere
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> earlier_relabellings(const SystemSpace& space) {
  const CodeBits bits(space.space().family, space.space().nodes);
  const std::vector<Exchange> moves = exchanges(bits);
  const std::vector<graph::GraphCode>& codes = space.codes();
  std::vector<std::uint32_t> position(std::size_t{1} << static_cast<unsigned>(bits.bits()));
  for (std::uint32_t head = 0; head < codes.size(); ++head) position[codes[head]] = head;
  std::vector<std::uint32_t> earlier(codes.size());
  for (std::uint32_t head = 0; head < codes.size(); ++head) {
    const auto code = static_cast<std::uint32_t>(codes[head]);
    std::uint32_t least = code;
    for (const Exchange& move : moves) {
      if ((code & move.edge) == 0) least = std::min(least, move.image(code));
    }
    earlier[head] = position[least];
  }
  return earlier;
}

}  // namespace crosshead::search
