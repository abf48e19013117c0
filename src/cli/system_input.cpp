#include "system_input.hpp"

#include <filesystem>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::cli {

heads::HeadSystem read_input(const std::string& file, const attention::AttentionSelection& selection) {
  // A pipe can be read only once: it is taken for a system file.
  std::error_code unreadable;
  const bool seekable = std::filesystem::is_regular_file(file, unreadable);
  switch (seekable ? attention::kind_of(file) : attention::FileKind::document) {
    case attention::FileKind::tensors:
      return attention::attention_system(file, selection);
    case attention::FileKind::other:
      throw exact::InputError(file, "byte 0",
                              "neither a system file (a JSON object with \"schema\": \"crosshead.system/1\") "
                              "nor tensors (.safetensors, .npy, .npz, .pt)");
    case attention::FileKind::document:
      break;
  }
  heads::HeadSystem system = heads::read_system(file, attention::attention_loader());
  if (!selection.tensor.empty() || selection.layer || selection.head) {
    throw exact::UsageError("--tensor, --layer and --head choose from a tensor file; " + file +
                            " is a system file");
  }
  return system;
}

}  // namespace crosshead::cli
