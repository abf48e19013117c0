#pragma once

#include <string>
#include <string_view>

#include "src/checker/limits.hpp"

namespace crosshead::checker {

// What the checker says of one certificate.
struct Outcome {
  bool accepted;
  std::string line;  // accepted: claim id: verdict: formulas; or rejected: place: reason
};

// Replays a certificate with at most `work` limb operations. With a folder of ledger files, the hash of
// <claim id>.toml in it must match too.
Outcome replay(std::string_view bytes, const std::string* ledger_folder = nullptr,
               std::uint64_t work = max_work);

// The bytes of a file, at most one more than a certificate may have; false if it cannot be read.
bool read_file(const std::string& path, std::string& bytes);

}  // namespace crosshead::checker
