#include "proofs_folder.hpp"

namespace crosshead::cli {

std::filesystem::path proofs_folder(const std::string& given) {
  if (!given.empty()) return given;
  if (std::filesystem::is_directory("proofs/ledger")) return "proofs";
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const auto prefix = program.parent_path().parent_path();
  for (const auto& folder : {prefix.parent_path() / "proofs", prefix / "share/crosshead/proofs"}) {
    if (std::filesystem::is_directory(folder / "ledger")) return folder;
  }
  return {};
}

}  // namespace crosshead::cli
