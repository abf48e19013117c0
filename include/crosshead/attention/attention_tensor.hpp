#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::attention {

// Shapes: [L, H, n, n] (layer, head, query, key), [H, n, n] or [n, n]; n positions, the sink is position n.

/// Which part of a tensor file is meant. Layers and heads are indices into the tensor, from 0.
struct AttentionSelection {
  std::string tensor;        ///< empty: the only tensor of the file
  std::optional<int> layer;  ///< may be left out when L = 1
  std::optional<int> head;   ///< left out: every head
};

/// What a file is by its first bytes, never by its name.
enum class FileKind {
  tensors,   ///< one of the tensor formats
  document,  ///< text that begins as a JSON object
  other
};
/// Throws exact::InputError when the file cannot be opened.
FileKind kind_of(const std::filesystem::path& file);

/// The heads of one layer as a system: nodes "1".."n", sink n, uniform weights, heads named by their place in
/// the tensor
/// ("layers.0[2, 1]"). Throws exact::InputError when the tensor is no attention (integers, wrong or empty
/// shape, a negative or non-finite entry, named by its index) and exact::UsageError when the selection is
/// missing, ambiguous or outside the tensor; the message lists what there is.
heads::HeadSystem attention_system(const std::filesystem::path& file, const AttentionSelection& selection);

/// Reads the attention that a system file refers to. Every complaint is an exact::InputError.
heads::AttentionLoader attention_loader();

}  // namespace crosshead::attention
