#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crosshead/certificate/certificate.hpp"

namespace crosshead::certificate {

/// Certificates above this size are neither written nor read.
inline constexpr std::size_t kMostBytes = 32u << 20;

/// The text of a certificate, or the reason why there is none.
struct TextOrReason {
  std::optional<std::string> text;
  std::string reason;  ///< empty when there is a text
};

/// The file's bytes: the same for the same certificate, verdict and hashes included. Nothing for a
/// certificate without a stated reading, with texts that are not UTF-8, or above kMostBytes. REQUIRES: no
/// head with attention, every reading's systems complete.
TextOrReason write(const Certificate& certificate);

/// Reads a certificate back; `file` is used in messages. Strict: throws exact::InputError with line and
/// column for broken JSON, otherwise with the place ("readings[0].systems[1].facts[2].proof.vector[0]") of
/// anything that FORMAT.md's sections 1 and 3 do not allow, hashes and verdict included. Formulas are not
/// parsed and proofs not replayed.
Certificate parse(std::string_view text, const std::filesystem::path& file);
/// Reads the file, then parse. Throws exact::InputError for a missing or unreadable file too.
Certificate read(const std::filesystem::path& file);

/// SHA-256 in lower-case hex.
std::string sha256(std::string_view bytes);
/// The same of a file's bytes, read a block at a time. Throws exact::InputError when it cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace crosshead::certificate
