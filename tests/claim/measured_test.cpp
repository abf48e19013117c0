// measured("k", i, j): numbers known by bounds, where they come from, and what a claim may say of them.
#include "crosshead/claim/measured.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "crosshead/claim/decision.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;
using exact::Rational;

MeasuredNumbers numbers() {
  MeasuredNumbers numbers;
  numbers.tables["copy_mixing"] = {{exact::Interval{2, 3}, exact::Interval{5, 5}},
                                   {std::nullopt, exact::Interval{3, 4}}};
  return numbers;
}

Truth truth(const std::string& text) {
  const MeasuredNumbers measured = numbers();
  const Formula formula = parse_formula(text, {}, {"copy_mixing", "copy_fidelity"});
  return evaluate(formula, {}, {}, &measured).truth;
}

TEST(Measured, ComparesByBounds) {
  EXPECT_EQ(truth("measured(\"copy_mixing\", 1, 1) < 7/2"), Truth::yes);
  EXPECT_EQ(truth("measured(\"copy_mixing\", 1, 1) > 7/2"), Truth::no);
  EXPECT_EQ(truth("measured(\"copy_mixing\", 1, 1) < 5/2"), Truth::undecided);
  EXPECT_EQ(truth("measured(\"copy_mixing\", 1, 2) = 5"), Truth::yes);
  EXPECT_EQ(truth("forall c in 1..2: measured(\"copy_mixing\", 1, c) < 6"), Truth::yes);
  EXPECT_EQ(truth("measured(\"copy_mixing\", 2, 2) < measured(\"copy_mixing\", 1, 2)"), Truth::yes);
}

TEST(Measured, IsUndefinedWhereNothingWasMeasured) {
  EXPECT_EQ(truth("measured(\"copy_mixing\", 2, 1) < 100"), Truth::undefined);
  EXPECT_EQ(truth("measured(\"copy_mixing\", 3, 1) < 100"), Truth::undefined);
  EXPECT_EQ(truth("measured(\"copy_fidelity\", 1, 1) < 100"), Truth::undefined);
  EXPECT_EQ(truth("not defined(measured(\"copy_mixing\", 2, 1))"), Truth::yes);
}

std::string complaint(const std::string& text, const std::vector<std::string>& names) {
  try {
    parse_formula(text, {}, names);
  } catch (const FormulaError& error) {
    return error.what();
  }
  return "";
}

TEST(Measured, KnowsItsNames) {
  EXPECT_EQ(complaint("measured(\"copy_mixing\", 1, 1) < 2", {}),
            "'measured' needs the key 'models' in the claim");
  EXPECT_EQ(complaint("measured(\"copy_mixin\", 1, 1) < 2", {"copy_mixing"}),
            "no table \"copy_mixin\" is measured; did you mean 'copy_mixing'?");
  EXPECT_EQ(complaint("measured(\"copy_mixing\", 1, 1) < 2", {"copy_mixing"}), "");
}

LedgerEntry parsed(const std::string& key, const std::string& formula) {
  const auto none = [](const std::string&) -> heads::HeadSystem { throw std::invalid_argument("none"); };
  return parse_claim(
      "id = \"c\"\nsection = \"4\"\nsource = \"s\"\nstatement = \"t\"\nexpected = \"verified\"\n" + key +
          "[[reading]]\nname = \"r\"\nexpected = true\nformula = '" + formula + "'\n",
      "c.toml", none);
}

TEST(Measured, ClaimsNameTheirModels) {
  const std::string formula = "measured(\"copy_mixing\", 1, 2) = 5";
  const LedgerEntry entry = parsed("models = \"own\"\n", formula);
  EXPECT_EQ(entry.models, ModelSet::own);
  EXPECT_FALSE(entry.readings[0].certify);
  EXPECT_FALSE(entry.readings[0].reason.empty());
  const MeasuredNumbers measured = numbers();
  EXPECT_EQ(decide(entry, {}, &measured).verdict, Verdict::verified);
  EXPECT_EQ(decide(entry, {}).verdict, Verdict::undecided);
  EXPECT_THROW(parsed("", formula), exact::InputError);
  EXPECT_THROW(parsed("models = \"theirs\"\n", formula), exact::InputError);
  EXPECT_THROW(parsed("models = \"own\"\nmodel = \"m\"\n", formula), exact::InputError);
}

TEST(Measured, NamesAreDistinctAndOfBothTasks) {
  std::vector<std::string> names;
  for (const MeasuredName& name : measured_names()) names.push_back(name.name);
  for (const char* name : {"copy_mixing", "cycle_mixing", "copy_time", "cycle_supremum_without_sink"})
    EXPECT_EQ(std::count(names.begin(), names.end(), name), 1) << name;
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace crosshead::claim
