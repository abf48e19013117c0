#include "crosshead/certificate/certificate.hpp"

#include <algorithm>

namespace crosshead::certificate {

std::string name_of(Role role) {
  switch (role) {
    case Role::stated:
      return "stated";
    case Role::hypothesis:
      return "hypothesis";
    case Role::fact:
      break;
  }
  return "fact";
}

std::string name_of(Kind kind) {
  return kind == Kind::claim ? "claim" : "definition";
}

std::optional<claim::Verdict> verdict_of(const Certificate& certificate) {
  int stated = 0, stated_true = 0, hypotheses = 0, hypotheses_true = 0;
  for (const Reading& reading : certificate.readings) {
    const int holds = reading.truth ? 1 : 0;
    if (reading.statement.role == Role::stated) {
      ++stated;
      stated_true += holds;
    } else if (reading.statement.role == Role::hypothesis) {
      ++hypotheses;
      hypotheses_true += holds;
    }
  }
  if (stated == 0) return std::nullopt;
  if (certificate.kind == Kind::definition) return claim::Verdict::not_a_claim;
  if (stated_true == stated) return claim::Verdict::verified;
  if (stated_true > 0) return claim::Verdict::ambiguous;
  const bool saved = hypotheses > 0 && hypotheses_true == hypotheses;
  return saved ? claim::Verdict::holds_if : claim::Verdict::refuted;
}

}  // namespace crosshead::certificate
