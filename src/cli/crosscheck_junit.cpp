#include "crosscheck_output.hpp"
#include <fmt/format.h>

#include "crosshead/report/junit.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::Acceptance;
using crosscheck::PathCheck;
using crosscheck::SignalCheck;
using report::TestCase;

const SignalCheck& signal_of(const crosscheck::LayerCheck& check, const CrosscheckVerdict& verdict) {
  const PathCheck& path = verdict.head ? check.heads[static_cast<std::size_t>(*verdict.head)] : check.mean;
  return path.signals[verdict.signal];
}

std::string details(const CrosscheckReport& report, const CrosscheckVerdict& verdict) {
  const crosscheck::LayerCheck& check = report.checks[verdict.layer];
  const SignalCheck& signal = signal_of(check, verdict);
  const auto node = [&](const crosscheck::Place& place) {
    return fmt::format("t {}, node {}", place.time, check.node_names[static_cast<std::size_t>(place.node)]);
  };
  std::string text = fmt::format(
      "rule {}\nrelative error {:.6g} at {}, bound {:.6g}\n{} ulp at {}\n{} entries, {} correctly rounded\n",
      crosscheck::name_of(report.rule), exact::to_double(signal.signal.error), node(signal.signal.place),
      exact::to_double(signal.signal.bound), signal.ulps.value, node(signal.ulps.place), signal.entries,
      signal.correctly_rounded);
  if (signal.first_violation) text += "first entry beyond the bound: " + node(*signal.first_violation) + "\n";
  for (const auto& [name, value] : report.environment) text += name + ": " + value + "\n";
  return text;
}

}  // namespace

std::string crosscheck_junit(const CrosscheckReport& report) {
  std::vector<report::TestSuite> suites;
  for (std::size_t k = 0; k < report.checks.size(); ++k) {
    report::TestSuite suite;
    suite.name = report.checks[k].system;
    std::size_t cases = 0;
    for (const CrosscheckVerdict& verdict : report.verdicts) cases += verdict.layer == k ? 1 : 0;
    for (const CrosscheckVerdict& verdict : report.verdicts) {
      if (verdict.layer != k) continue;
      TestCase test;
      test.class_name = "crosshead.crosscheck";
      test.name = verdict.name;
      test.seconds = report.seconds[k] / static_cast<double>(cases);
      if (verdict.acceptance.answer == Acceptance::Answer::missed) test.result = TestCase::Result::failed;
      if (verdict.acceptance.answer == Acceptance::Answer::undecided) test.result = TestCase::Result::skipped;
      test.message = verdict.acceptance.reason;
      test.details = details(report, verdict);
      suite.cases.push_back(std::move(test));
    }
    suites.push_back(std::move(suite));
  }
  return report::junit_xml("crosshead crosscheck " + report.input.file, suites);
}

}  // namespace crosshead::cli
