#include <algorithm>
#include <cstring>

#include "document.hpp"

#include "crosshead/certificate/certificate_file.hpp"

namespace crosshead::certificate {

namespace {

/// Whether a text has control characters that FORMAT.md leaves out of certificates.
bool has_odd_character(const Json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return std::any_of(text.begin(), text.end(),
                       [](char c) {
                         return static_cast<unsigned char>(c) < 0x20 &&
                                std::strchr("\b\f\n\r\t", c) == nullptr;
                       }) ||
           text.find('\0') != std::string::npos;
  }
  return value.is_structured() && std::any_of(value.begin(), value.end(), has_odd_character);
}

}  // namespace

TextOrReason write(const Certificate& certificate) {
  const auto verdict = verdict_of(certificate);
  if (!verdict) return {std::nullopt, "no reading is stated"};
  Json document = {{"format", "crosshead.certificate/1"},
                   {"claim", document_of(certificate.claim)},
                   {"verdict", claim::name_of(*verdict)},
                   {"kind", claim::name_of(certificate.kind)}};
  Json identity = Json::array({document_of(certificate.claim)});
  Json readings = Json::array(), systems = Json::array();
  for (const Reading& reading : certificate.readings) {
    identity.push_back(identity_of(reading));
    readings.push_back(document_of(reading));
  }
  try {
    if (has_odd_character(identity)) return {std::nullopt, "a text of the claim has control characters"};
    for (const Json& reading : readings) {
      for (const Json& listed : reading["systems"]) systems.push_back(hash_of(listed["system"]));
    }
    Json hashes = {{"claim", hash_of(identity)}, {"systems", std::move(systems)}};
    if (certificate.ledger) hashes["ledger"] = *certificate.ledger;
    document["readings"] = std::move(readings);
    document["hashes"] = std::move(hashes);
    document["sha256"] = hash_of(document);
    std::string text = laid_out(document);
    if (text.size() > kMostBytes) {
      return {std::nullopt, "the certificate takes " + std::to_string(text.size()) + " bytes, more than " +
                                std::to_string(kMostBytes)};
    }
    return {std::move(text), ""};
  } catch (const Json::type_error&) {
    return {std::nullopt, "a text of the claim is not UTF-8"};
  }
}

}  // namespace crosshead::certificate
