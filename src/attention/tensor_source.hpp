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
  /// Elements [begin, begin + count) of it in row-major order. By default all of it is read for them.
  /// REQUIRES: it has them.
  virtual std::vector<double> read_part(std::size_t index, std::uint64_t begin, std::uint64_t count) const {
    const Tensor whole = read(index);
    const auto first = whole.values.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
  }

  std::vector<std::pair<std::string, TensorInfo>> tensors;
  std::map<std::string, std::string> metadata;
};

std::unique_ptr<TensorSource> open_safetensors(std::shared_ptr<const ByteFile> file);
std::unique_ptr<TensorSource> open_npy(std::shared_ptr<const ByteFile> file);
/// A zip archive: a PyTorch state dict when it holds a data.pkl, an .npz otherwise.
std::unique_ptr<TensorSource> open_zip(std::shared_ptr<const ByteFile> file);

}  // namespace crosshead::attention
