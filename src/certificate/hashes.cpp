#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "document.hpp"
#include <openssl/evp.h>

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::certificate {

namespace {

/// SHA-256 of what is added.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) fail();
  }
  void add(std::string_view bytes) {
    if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1) fail();
  }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_DigestFinal_ex(context_.get(), digest.data(), &length) != 1) fail();
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int k = 0; k < length; ++k) {
      text += kDigits[digest[k] >> 4];
      text += kDigits[digest[k] & 15];
    }
    return text;
  }

 private:
  [[noreturn]] static void fail() { throw std::runtime_error("SHA-256 is not available"); }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.hex();
}

std::string sha256_of_file(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  Digest digest;
  std::string block(std::size_t{1} << 16, '\0');
  while (stream) {
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    digest.add(std::string_view(block).substr(0, static_cast<std::size_t>(stream.gcount())));
  }
  if (!stream.eof()) {
    throw exact::InputError(file.string(), "",
                            std::string("cannot be read: ") + std::strerror(errno != 0 ? errno : EIO));
  }
  return digest.hex();
}

std::string canonical_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::strict);
}

std::string hash_of(const Json& value) {
  return sha256(canonical_text(value));
}

}  // namespace crosshead::certificate
