#include "line_width.hpp"
#include "region_output.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

using exact::AlgebraicNumber;
using exact::Rational;

constexpr int kShownDigits = 10;

std::string brief(const AlgebraicNumber& number) {
  if (number.is_rational()) return exact::to_string(number.isolating().lower);
  const AlgebraicNumber fine = number.refined(Rational(1, 1'000'000'000'000));
  return exact::decimal_down(fine.isolating().lower, kShownDigits) + "...";
}

std::string set_text(const diffusion::RegionInterval& set) {
  if (set.from.compare(set.to) == 0) return "b = " + brief(set.from);
  return fmt::format("{} {} b {} {}", brief(set.from), set.from_closed ? "<=" : "<",
                     set.to_closed ? "<=" : "<", brief(set.to));
}

std::string maximum_text(const diffusion::WeightMaximum& maximum) {
  if (maximum.exact) {
    std::string text =
        wrapped("largest minimax fidelity: ", algebraic_text(*maximum.algebraic, "x"), kHanging);
    for (const auto& set : maximum.where) text += wrapped("  attained for ", set_text(set), kHanging);
    for (const auto& end : maximum.approached)
      text +=
          wrapped("  ", fmt::format("approached as b tends to {}, attained nowhere", exact::to_string(end)));
    for (const auto& set : maximum.where) {
      if (!set.from.is_rational()) text += wrapped("  ", algebraic_text(set.from, "b"));
    }
    return text;
  }
  if (!maximum.enclosed) return "largest minimax fidelity: undecided\n";
  return wrapped(
      "largest minimax fidelity: ",
      fmt::format("between {} and {}, near b = {} to {}", exact::decimal_down(maximum.value.lower, 14),
                  exact::decimal_up(maximum.value.upper, 14), exact::decimal_down(maximum.near.lower, 8),
                  exact::decimal_up(maximum.near.upper, 8)),
      kHanging);
}

}  // namespace

std::string algebraic_text(const AlgebraicNumber& number, const std::string& variable) {
  if (number.is_rational()) return brief(number);
  const AlgebraicNumber coarse = number.simplified();
  return fmt::format("{}, the root of {} in ({}, {})", brief(number),
                     exact::to_string(number.minimal_polynomial(), variable),
                     exact::to_string(coarse.isolating().lower), exact::to_string(coarse.isolating().upper));
}

std::string region_text(const RegionReport& report) {
  const diffusion::WeightRegion& region = report.region;
  std::string text = wrapped(
      "", fmt::format("{}: weights b of {} and 1 - b of {}", report.system, report.heads[0], report.heads[1]),
      kHanging);
  std::string alone;
  for (const auto& value : report.alone) alone += (alone.empty() ? "" : ", ") + exact::to_string(value);
  if (!alone.empty())
    text += wrapped(
        "",
        fmt::format("{} of the heads alone: {}", report.mixing ? "mixing time" : "minimax fidelity", alone),
        kHanging);
  for (const std::string& remark : report.remarks) text += wrapped("note: ", remark);
  text += wrapped("claim: ", report.request.text, kHanging);
  if (!region.defined) return text + wrapped("undefined: ", region.reason);
  if (region.holds.empty() && region.undecided.empty()) text += "holds for no b in [0, 1]\n";
  for (const auto& set : region.holds) {
    text += wrapped("holds for ", set_text(set), kHanging);
  }
  for (const auto& set : region.holds) {
    for (const AlgebraicNumber* end : {&set.from, &set.to}) {
      if (!end->is_rational()) text += wrapped("  ", algebraic_text(*end, "b"));
    }
  }
  for (const auto& open : region.undecided) {
    text += wrapped("undecided for ",
                    fmt::format("{} <= b <= {}", exact::to_string(open.lower), exact::to_string(open.upper)),
                    kHanging);
  }
  if (report.maximum) text += maximum_text(*report.maximum);
  return text;
}

}  // namespace crosshead::cli
