#include "proofs_folder.hpp"

namespace crosshead::cli {

std::filesystem::path proofs_folder(const std::string& given) {
  if (!given.empty()) return given;
  if (std::filesystem::is_directory("proofs/ledger")) return "proofs";
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  auto beside = program.parent_path().parent_path().parent_path() / "proofs";
  return !error && std::filesystem::is_directory(beside / "ledger") ? beside : std::filesystem::path();
}

}  // namespace crosshead::cli
