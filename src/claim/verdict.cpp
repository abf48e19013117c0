#include "crosshead/claim/verdict.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace crosshead::claim {
namespace {

constexpr std::array<std::pair<Verdict, const char*>, 7> kNames{{{Verdict::proved, "proved"},
                                                                 {Verdict::verified, "verified"},
                                                                 {Verdict::refuted, "refuted"},
                                                                 {Verdict::holds_if, "holds-if"},
                                                                 {Verdict::ambiguous, "ambiguous"},
                                                                 {Verdict::undecided, "undecided"},
                                                                 {Verdict::not_a_claim, "not-a-claim"}}};

}  // namespace

std::string name_of(Verdict verdict) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const auto& pair) { return pair.first == verdict; })
      ->second;
}

Verdict verdict_named(const std::string& name) {
  std::string known;
  for (const auto& [verdict, text] : kNames) {
    if (name == text) return verdict;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  throw std::invalid_argument("'" + name + "' is no verdict (expected one of " + known + ")");
}

Verdict verdict_of(const Outcome& outcome) {
  int yes = 0, no = 0;
  for (const ReadingOutcome& reading : outcome.readings) {
    if (reading.truth == diffusion::Truth::yes) ++yes;
    if (reading.truth == diffusion::Truth::no) ++no;
  }
  const int all = static_cast<int>(outcome.readings.size());
  if (all == 0 || yes + no < all) return Verdict::undecided;
  if (yes == all) return Verdict::verified;
  return no == all ? Verdict::refuted : Verdict::ambiguous;
}

}  // namespace crosshead::claim
