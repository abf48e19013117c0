#pragma once

#include <string>

#include "crosshead/crosscheck/path_check.hpp"

namespace crosshead::crosscheck {

/// When a signal is accepted. Every rule refuses entries that are no numbers of the type (the bound's only
/// where it applies: infinity is right when the exact value overflows).
struct AcceptanceRule {
  enum class Kind {
    bound,     ///< every entry within the bound of rounding_bound.hpp
    ulps,      ///< at most `limit` units in the last place from the correctly rounded value, every entry
    relative,  ///< |float - exact| <= limit * max(exact, smallest normal number), every entry
    baseline   ///< the largest relative error is at most `limit` times the baseline's, or times the unit
               ///< roundoff where the baseline's is smaller
  };
  Kind kind = Kind::bound;
  exact::Rational limit;
};

/// "bound", "ulps=K", "rel=X", "baseline=K", numbers as in exact::parse_rational. Throws exact::UsageError.
AcceptanceRule parse_rule(const std::string& text);
std::string name_of(const AcceptanceRule& rule);

/// Whether a signal is accepted; undecided where enclosures of the exact values leave it open, or where the
/// bound does not apply (overflow is possible). REQUIRES: `baseline` for the kind of that name.
struct Acceptance {
  enum class Answer { accepted, missed, undecided };
  Answer answer = Answer::accepted;
  std::string reason;  ///< of a miss or of what is undecided, in one line
};
Acceptance judge(const AcceptanceRule& rule, const SignalCheck& signal, const SignalCheck* baseline);

}  // namespace crosshead::crosscheck
