#include <algorithm>

#include "crosshead/diffusion/fidelity.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Rational;

bool all_defined(const Fidelity& mean, const std::vector<Fidelity>& heads) {
  return mean.defined && !heads.empty() &&
         std::all_of(heads.begin(), heads.end(), [](const Fidelity& head) { return head.defined; });
}

/// a > b over enclosures; an absent upper bound is larger than everything.
Truth exceeds(const Rational& a_lower, const std::optional<Rational>& a_upper, const Rational& b_lower,
              const std::optional<Rational>& b_upper) {
  if (b_upper && a_lower > *b_upper) return Truth::yes;
  if (a_upper && *a_upper <= b_lower) return Truth::no;
  return Truth::undecided;
}

}  // namespace

Truth amplifies(const Fidelity& mean, const std::vector<Fidelity>& heads) {
  if (!all_defined(mean, heads)) return Truth::undefined;
  Rational lower = heads.front().lower;
  std::optional<Rational> upper = heads.front().upper;
  for (const Fidelity& head : heads) {
    lower = std::max(lower, head.lower);
    upper = upper && head.upper ? std::optional(std::max(*upper, *head.upper)) : std::nullopt;
  }
  return exceeds(mean.lower, mean.upper, lower, upper);
}

Truth attenuates(const Fidelity& mean, const std::vector<Fidelity>& heads) {
  if (!all_defined(mean, heads)) return Truth::undefined;
  Rational lower = heads.front().lower;
  std::optional<Rational> upper;
  for (const Fidelity& head : heads) {
    lower = std::min(lower, head.lower);
    if (head.upper) upper = upper ? std::min(*upper, *head.upper) : *head.upper;
  }
  return exceeds(lower, upper, mean.lower, mean.upper);
}

std::vector<int> best_heads(const std::vector<Fidelity>& heads) {
  std::vector<int> best;
  for (const Fidelity& head : heads) {
    if (!head.defined || !head.decided) return {};
  }
  for (int h = 0; h < static_cast<int>(heads.size()); ++h) {
    const Rational& value = heads[static_cast<std::size_t>(h)].minimax;
    if (!best.empty() && value < heads[static_cast<std::size_t>(best.front())].minimax) continue;
    if (!best.empty() && value > heads[static_cast<std::size_t>(best.front())].minimax) best.clear();
    best.push_back(h);
  }
  return best;
}

std::string name_of(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "no";
    case Truth::yes:
      return "yes";
    case Truth::undecided:
      return "undecided";
    case Truth::undefined:
      return "undefined";
  }
  return "undefined";
}

}  // namespace crosshead::diffusion
