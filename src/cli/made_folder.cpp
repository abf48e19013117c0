#include "made_folder.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {

std::filesystem::path made_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw exact::InputError(folder.string(), "", "the folder cannot be made: " + error.message());
  return folder;
}

}  // namespace crosshead::cli
