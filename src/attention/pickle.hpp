#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/attention/tensor_file.hpp"

namespace crosshead::attention {

/// A tensor as a state dict's pickle describes it: a strided view of a storage kept elsewhere.
struct PickledTensor {
  std::string name;
  DType dtype = DType::f32;
  std::string storage;                 ///< key of the storage
  std::uint64_t storage_elements = 0;  ///< elements the storage is said to have
  std::uint64_t offset = 0;            ///< element at index (0, ..., 0)
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> stride;  ///< in elements, not negative, as many as dimensions
  std::uint64_t byte = 0;            ///< where the pickle builds it, for messages
};

/// Runs the pickle of a PyTorch state dict (protocol 2) on a machine that knows nothing but what such pickles
/// need: dicts, tuples, text, integers, collections.OrderedDict, torch._utils._rebuild_tensor_v2 and the
/// storage types. No other callable exists, so nothing in the file can run. Memory is bounded by a small
/// multiple of `bytes`. Returns the tensors of the outermost dict in order; names are UTF-8 and distinct;
/// every view lies inside the elements its storage is said to have and is no larger than it. Throws
/// exact::InputError(file, "<entry>, byte N", ...) naming the operation or the global refused.
std::vector<PickledTensor> unpickle_state_dict(std::string_view bytes, const std::string& file,
                                               const std::string& entry);

}  // namespace crosshead::attention
