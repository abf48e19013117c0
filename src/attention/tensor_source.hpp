#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "byte_stream.hpp"

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// One opened tensor file of a particular format. The openers below check the whole directory of tensors
/// against the file's size and throw exact::InputError; afterwards names are unique and every tensor's bytes
/// lie in the file.
class TensorSource {
 public:
  virtual ~TensorSource() = default;
  /// Tensor number `index` of `tensors`.
  virtual Tensor read(std::size_t index) const = 0;

  std::vector<std::pair<std::string, TensorInfo>> tensors;
  std::map<std::string, std::string> metadata;
};

std::unique_ptr<TensorSource> open_safetensors(std::shared_ptr<const ByteFile> file);
std::unique_ptr<TensorSource> open_npy(std::shared_ptr<const ByteFile> file);
/// A zip archive: a PyTorch state dict when it holds a data.pkl, an .npz otherwise.
std::unique_ptr<TensorSource> open_zip(std::shared_ptr<const ByteFile> file);

}  // namespace crosshead::attention
