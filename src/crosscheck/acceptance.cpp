#include "crosshead/crosscheck/acceptance.hpp"

#include <algorithm>
#include <cstdio>

#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using exact::Rational;
using Kind = AcceptanceRule::Kind;
using Answer = Acceptance::Answer;

std::string about(const Rational& value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", exact::to_double(value));
  return text;
}

}  // namespace

AcceptanceRule parse_rule(const std::string& text) {
  if (text == "bound") return {};
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  AcceptanceRule rule;
  if (name == "ulps") {
    rule.kind = Kind::ulps;
  } else if (name == "rel") {
    rule.kind = Kind::relative;
  } else if (name == "baseline") {
    rule.kind = Kind::baseline;
  } else {
    throw exact::UsageError("there is no rule \"" + text +
                            "\"; there are bound, ulps=K, rel=X and baseline=K");
  }
  if (equals == std::string::npos)
    throw exact::UsageError("--rule: " + name + " needs a number, as in " + name + "=2");
  try {
    rule.limit = exact::parse_rational(text.substr(equals + 1));
  } catch (const exact::NumberError& error) {
    throw exact::UsageError("--rule " + name + ": " + error.what());
  }
  if (rule.limit < 0) throw exact::UsageError("--rule " + name + ": the number is negative");
  return rule;
}

std::string name_of(const AcceptanceRule& rule) {
  switch (rule.kind) {
    case Kind::ulps:
      return "ulps=" + exact::to_string(rule.limit);
    case Kind::relative:
      return "rel=" + exact::to_string(rule.limit);
    case Kind::baseline:
      return "baseline=" + exact::to_string(rule.limit);
    case Kind::bound:
      break;
  }
  return "bound";
}

Acceptance judge(const AcceptanceRule& rule, const SignalCheck& signal, const SignalCheck* baseline) {
  if (rule.kind == Kind::bound && !signal.in_range)
    return {Answer::undecided, "the signal may leave the range of the type: no bound is proven"};
  if (signal.invalid > 0) {
    return {Answer::missed,
            std::to_string(signal.invalid) + " entries are no finite numbers >= 0 of the type"};
  }
  switch (rule.kind) {
    case Kind::bound:
      if (signal.violations > 0)
        return {Answer::missed, std::to_string(signal.violations) + " entries are beyond the proven bound"};
      if (signal.open > 0)
        return {Answer::undecided,
                std::to_string(signal.open) + " entries are too close to the bound to tell"};
      return {};
    case Kind::ulps:
      if (Rational(signal.ulps.value) <= rule.limit) return {};
      // The farther of two roundings was counted: one unit may be too many.
      if (signal.rounding_open > 0 && Rational(signal.ulps.value) <= rule.limit + 1)
        return {Answer::undecided, "the correct rounding of some entries is not known"};
      return {Answer::missed, std::to_string(signal.ulps.value) + " ulp"};
    case Kind::relative: {
      const Rational most = std::max(signal.signal.error, signal.below_error);
      if (signal.nonzero_for_zero > 0) return {Answer::missed, "an entry that is exactly zero is not"};
      if (most <= rule.limit) return {};
      return {Answer::missed, "relative error " + about(most)};
    }
    case Kind::baseline: {
      const Rational unit = format_of(signal.type).unit_roundoff();
      const Rational allowed = rule.limit * std::max(baseline->signal.error, unit);
      if (signal.nonzero_for_zero > 0) return {Answer::missed, "an entry that is exactly zero is not"};
      if (signal.signal.error <= allowed) return {};
      return {Answer::missed, "relative error " + about(signal.signal.error) + ", the baseline's is " +
                                  about(baseline->signal.error)};
    }
  }
  return {};
}

}  // namespace crosshead::crosscheck
