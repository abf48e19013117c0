#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::heads {

/// `"attention": {"file": ..., "tensor": ..., "layer": ..., "head": ...}` in a system file.
/// `file` is taken relative to the system file's folder.
struct AttentionReference {
  std::filesystem::path file;
  std::string tensor;
  std::optional<int> layer;  ///< needed for tensors [layer, head, query, key]
  std::optional<int> head;   ///< needed for tensors with a head dimension
};

/// Loads what an AttentionReference names; heads does not read tensor files itself.
/// Throws exact::InputError.
using AttentionLoader = std::function<AttentionMatrix(const AttentionReference&)>;

/// Largest node count of a system file: every exact result is at least linear in it.
inline constexpr int kMaxNodes = 2048;

/// Parses a `crosshead.system/1` document. `file` is used in messages and to resolve tensor paths.
/// Throws exact::InputError naming file and key (or line and column for broken JSON): unknown or duplicate
/// keys, wrong types, sums that are not 1, negative entries, duplicate or unknown node names, zero
/// denominators.
HeadSystem parse_system(std::string_view text, const std::filesystem::path& file,
                        const AttentionLoader& loader);
/// Reads the file, then parse_system. Throws exact::InputError for a missing or unreadable file too.
HeadSystem read_system(const std::filesystem::path& file, const AttentionLoader& loader);

/// The document of a system: deterministic bytes, which parse_system reads back to the same matrices and
/// weights. Attention becomes a diffusion matrix of exact dyadic rationals; throws exact::UsageError when a
/// row of it does not sum to exactly 1, because the format can only refer to such a tensor.
std::string write_system(const HeadSystem& system);

/// "1/3,2/3": convex weights for `count` heads. Throws exact::UsageError if the count or the sum is wrong.
std::vector<exact::Rational> parse_weights(std::string_view text, std::size_t count);

}  // namespace crosshead::heads
