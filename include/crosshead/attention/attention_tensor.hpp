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

/// Attention in a tensor file, read one head at a time: memory follows one matrix, not the tensor. Layers and
/// heads count from 0 and are 1 where the tensor has no such dimension.
class AttentionReader {
 public:
  /// `tensor`: its name; empty: the only one, or "attention" if there is one of that name. Throws
  /// exact::InputError when the tensor is no attention (integers, wrong or empty shape) and exact::UsageError
  /// when the name is missing or wrong; the message lists what there is.
  explicit AttentionReader(const std::filesystem::path& file, const std::string& tensor = "");

  const TensorFile& tensors() const { return file_; }
  const std::string& tensor() const { return name_; }
  int rank() const { return rank_; }
  int layers() const { return layers_; }
  int heads() const { return heads_; }
  int nodes() const { return nodes_; }
  /// "attention[2]" and "attention[2, 1]"; a file's name stands in for a tensor without one.
  std::string layer_name(int layer) const;
  std::string head_name(int layer, int head) const;

  /// One head's matrix. Throws exact::InputError for a negative or non-finite entry, named by its index.
  /// REQUIRES: layer and head are there.
  heads::AttentionMatrix matrix(int layer, int head) const;

  /// The given index, or 0 where there is no choice. Throws exact::UsageError saying what there is.
  int layer_of(const std::optional<int>& given) const;
  int head_of(const std::optional<int>& given) const;

 private:
  std::filesystem::path path_;
  TensorFile file_;
  std::string name_;
  int rank_ = 0, layers_ = 0, heads_ = 0, nodes_ = 0;
};

/// The heads of one layer as a system: nodes "1".."n", sink n, uniform weights, heads named by their place in
/// the tensor ("layers.0[2, 1]"). Throws exact::InputError when the tensor is no attention (integers, wrong
/// or empty shape, a negative or non-finite entry, named by its index) and exact::UsageError when the
/// selection is missing, ambiguous or outside the tensor; the message lists
/// what there is.
heads::HeadSystem attention_system(const std::filesystem::path& file, const AttentionSelection& selection);

/// The same of an opened tensor: every head of one layer. REQUIRES: the layer is there.
heads::HeadSystem attention_layer(const AttentionReader& reader, int layer);

/// Reads the attention that a system file refers to. Every complaint is an exact::InputError.
heads::AttentionLoader attention_loader();

}  // namespace crosshead::attention
