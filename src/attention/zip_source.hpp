#pragma once

#include <memory>

#include "tensor_source.hpp"
#include "zip_archive.hpp"

namespace crosshead::attention {

/// Every entry must be an .npy file; its header is read now, its elements when asked for.
std::unique_ptr<TensorSource> open_npz(ZipArchive archive);

/// A PyTorch state dict as torch.save writes it since version 1.6: "<prefix>/data.pkl" names the tensors,
/// "<prefix>/data/<key>" hold their storages.
std::unique_ptr<TensorSource> open_state_dict(ZipArchive archive, const ZipEntry& pickle);

}  // namespace crosshead::attention
