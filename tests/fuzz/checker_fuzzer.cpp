// The checker. Any bytes are replayed as a certificate, once as they are and once with hashes made right, so
// that changes reach what lies behind the hashes: the answer is one line, and the same the second time.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "src/checker/certificate.hpp"
#include <sha2.h>

namespace {

using namespace crosshead::checker;

constexpr std::uint64_t work = 20000000;

void replay_twice(const std::string& bytes) {
  Outcome first = replay(bytes, work), second = replay(bytes, work);
  bool good = first.line == second.line && first.line.find('\n') == std::string::npos &&
              first.line.rfind(first.accepted ? "accepted: " : "rejected: ", 0) == 0;
  if (!good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  replay_twice(text);
  // As long as the only fault is a hash, put the right one there: the text must be canonical for that.
  std::size_t at = text.rfind(",\"sha256\":\"");
  if (at != std::string::npos && text.size() >= at + 11 + 64 + 2) {
    const std::string hashed = text.substr(0, at) + "}";
    char hex[SHA256_DIGEST_STRING_LENGTH];
    text.replace(at + 11, 64,
                 SHA256Data(reinterpret_cast<const std::uint8_t*>(hashed.data()), hashed.size(), hex));
    replay_twice(text);
  }
  return 0;
}
