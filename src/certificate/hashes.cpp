#include <array>
#include <memory>
#include <stdexcept>

#include "document.hpp"
#include <openssl/evp.h>

#include "crosshead/certificate/certificate_file.hpp"

namespace crosshead::certificate {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (unsigned int k = 0; k < length; ++k) {
    hex += kDigits[digest[k] >> 4];
    hex += kDigits[digest[k] & 15];
  }
  return hex;
}

std::string canonical_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::strict);
}

std::string hash_of(const Json& value) {
  return sha256(canonical_text(value));
}

}  // namespace crosshead::certificate
