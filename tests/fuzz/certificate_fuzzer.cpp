// The reader of certificates. Any bytes are answered with a certificate or with the reader's own complaint.
// Hashes guard all else, so wrong ones are put right as the complaint says, and the certificate is read
// again; one that is accepted is written to a text that reads back to itself.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/exact/error.hpp"

namespace {

using namespace crosshead;

void check(bool holds) {
  if (!holds) std::abort();
}

/// Puts the hash of a complaint where it belongs: "hashes.claim", "hashes.systems[2]" or "sha256".
bool mend(std::string& text, const exact::InputError& error) {
  static constexpr std::string_view kComplaint = "the hash does not match, which is ";
  const std::string& message = error.message();
  const std::string& place = error.place();
  if (message.rfind(kComplaint, 0) != 0) return false;
  const std::string hash = message.substr(kComplaint.size());
  auto document = nlohmann::ordered_json::parse(text);
  if (place == "sha256") {
    document["sha256"] = hash;
  } else if (place == "hashes.claim") {
    document["hashes"]["claim"] = hash;
  } else {
    const std::string_view systems = "hashes.systems[";
    check(place.rfind(systems, 0) == 0);
    document["hashes"]["systems"][std::stoul(place.substr(systems.size()))] = hash;
  }
  text = document.dump();
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  for (int round = 0; round < 16; ++round) {
    try {
      const certificate::Certificate read = certificate::parse(text, "c.json");
      const certificate::TextOrReason written = certificate::write(read);
      check(written.text.has_value());
      check(nlohmann::ordered_json::parse(*written.text) == nlohmann::ordered_json::parse(text));
      check(certificate::write(certificate::parse(*written.text, "c.json")).text == written.text);
      return 0;
    } catch (const exact::InputError& error) {
      check(error.file() == "c.json" && !error.message().empty());
      if (!mend(text, error)) return 0;
    }
  }
  return 0;
}
