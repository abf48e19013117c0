#include "crosshead/certificate/certificate.hpp"

namespace crosshead::certificate {

std::optional<claim::Verdict> verdict_of(const Certificate& certificate) {
  using diffusion::Truth;
  std::vector<claim::ReadingTruth> truths;
  bool stated = false;
  for (const Reading& reading : certificate.readings) {
    truths.push_back({reading.statement.role, reading.truth ? Truth::yes : Truth::no});
    stated = stated || reading.statement.role == claim::Role::stated;
  }
  if (!stated) return std::nullopt;
  return claim::verdict_of(truths, certificate.kind);
}

}  // namespace crosshead::certificate
