#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>
#include <sha2.h>

namespace crosshead::testing {

inline std::string sha256(const std::string& bytes) {
  char hex[SHA256_DIGEST_STRING_LENGTH];
  return SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), hex);
}

/// A certificate as text, with the hashes of its content as far as it has the parts.
inline std::string text_with_hashes(nlohmann::ordered_json& certificate) {
  using Json = nlohmann::ordered_json;
  if (!certificate.is_object() || !certificate.contains("sha256")) return certificate.dump();
  bool whole =
      certificate.contains("readings") && certificate["readings"].is_array() && certificate.contains("claim");
  if (whole && certificate.contains("hashes") && certificate["hashes"].is_object()) {
    Json claim = Json::array({certificate["claim"]}), systems = Json::array();
    for (const Json& reading : certificate["readings"]) {
      if (!reading.is_object()) return certificate.dump();
      Json parts = Json::array();
      for (const char* key : {"name", "role", "text", "formula", "convention", "printed", "given"})
        parts.push_back(reading.contains(key) ? reading[key] : Json());
      claim.push_back(parts);
      if (!reading.contains("systems") || !reading["systems"].is_array()) continue;
      for (const Json& entry : reading["systems"])
        systems.push_back(
            sha256(entry.is_object() && entry.contains("system") ? entry["system"].dump() : "null"));
    }
    if (certificate["hashes"].contains("claim")) certificate["hashes"]["claim"] = sha256(claim.dump());
    if (certificate["hashes"].contains("systems")) certificate["hashes"]["systems"] = systems;
  }
  Json old = certificate["sha256"];
  certificate.erase("sha256");
  std::string text = certificate.dump();
  certificate["sha256"] = old;
  return text.substr(0, text.size() - 1) + ",\"sha256\":\"" + sha256(text) + "\"}";
}

}  // namespace crosshead::testing
