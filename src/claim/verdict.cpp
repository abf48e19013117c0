#include "crosshead/claim/verdict.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace crosshead::claim {
namespace {

using diffusion::Truth;

constexpr std::array<std::pair<Verdict, const char*>, 7> kVerdicts{{{Verdict::proved, "proved"},
                                                                    {Verdict::verified, "verified"},
                                                                    {Verdict::refuted, "refuted"},
                                                                    {Verdict::holds_if, "holds-if"},
                                                                    {Verdict::ambiguous, "ambiguous"},
                                                                    {Verdict::undecided, "undecided"},
                                                                    {Verdict::not_a_claim, "not-a-claim"}}};
constexpr std::array<std::pair<Role, const char*>, 3> kRoles{
    {{Role::stated, "stated"}, {Role::hypothesis, "hypothesis"}, {Role::fact, "fact"}}};
constexpr std::array<std::pair<ClaimKind, const char*>, 2> kKinds{
    {{ClaimKind::claim, "claim"}, {ClaimKind::definition, "definition"}}};

template <typename Value, std::size_t count>
std::string name_in(const std::array<std::pair<Value, const char*>, count>& names, Value value) {
  return std::find_if(names.begin(), names.end(), [&](const auto& pair) { return pair.first == value; })
      ->second;
}

template <typename Value, std::size_t count>
Value value_in(const std::array<std::pair<Value, const char*>, count>& names, const std::string& name,
               const std::string& what) {
  std::string known;
  for (const auto& [value, text] : names) {
    if (name == text) return value;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  throw std::invalid_argument("'" + name + "' is no " + what + " (expected one of " + known + ")");
}

bool has_value(Truth truth) {
  return truth == Truth::yes || truth == Truth::no;
}

}  // namespace

std::string name_of(Verdict verdict) {
  return name_in(kVerdicts, verdict);
}

Verdict verdict_named(const std::string& name) {
  return value_in(kVerdicts, name, "verdict");
}

std::string name_of(Role role) {
  return name_in(kRoles, role);
}

Role role_named(const std::string& name) {
  return value_in(kRoles, name, "role");
}

std::string name_of(ClaimKind kind) {
  return name_in(kKinds, kind);
}

ClaimKind claim_kind_named(const std::string& name) {
  return value_in(kKinds, name, "kind");
}

Verdict verdict_of(const std::vector<ReadingTruth>& readings, ClaimKind kind) {
  const auto count = [&](Role role, Truth truth) {
    return std::count_if(readings.begin(), readings.end(), [&](const ReadingTruth& reading) {
      return reading.role == role && reading.truth == truth;
    });
  };
  const auto total = [&](Role role) {
    return std::count_if(readings.begin(), readings.end(),
                         [&](const ReadingTruth& reading) { return reading.role == role; });
  };
  const auto stated = total(Role::stated), hypotheses = total(Role::hypothesis);
  const auto yes = count(Role::stated, Truth::yes), no = count(Role::stated, Truth::no);
  if (stated == 0 || yes + no < stated) return Verdict::undecided;
  if (kind == ClaimKind::definition) {
    const bool all = std::all_of(readings.begin(), readings.end(),
                                 [](const ReadingTruth& reading) { return has_value(reading.truth); });
    return all ? Verdict::not_a_claim : Verdict::undecided;
  }
  if (yes == stated) return Verdict::verified;
  if (yes > 0) return Verdict::ambiguous;
  if (hypotheses == 0 || count(Role::hypothesis, Truth::no) > 0) return Verdict::refuted;
  return count(Role::hypothesis, Truth::yes) == hypotheses ? Verdict::holds_if : Verdict::undecided;
}

Verdict verdict_of(const Outcome& outcome, ClaimKind kind) {
  std::vector<ReadingTruth> readings;
  readings.reserve(outcome.readings.size());
  for (const ReadingOutcome& reading : outcome.readings) readings.push_back({reading.role, reading.truth});
  return verdict_of(readings, kind);
}

}  // namespace crosshead::claim
