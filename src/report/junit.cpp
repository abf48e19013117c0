// JUnit XML as its readers agree on it: <testsuites>, <testsuite>, <testcase> with <failure> or <skipped>.
#include "crosshead/report/junit.hpp"

#include "characters.hpp"
#include <fmt/format.h>

namespace crosshead::report {
namespace {

std::string xml_escaped(std::string_view text) {
  return escaped_text(text, "\t\n\r");
}

struct Counts {
  std::size_t tests = 0, failures = 0, skipped = 0;
  double seconds = 0;

  void include(const TestSuite& suite) {
    for (const TestCase& test : suite.cases) {
      ++tests;
      failures += test.result == TestCase::Result::failed ? 1 : 0;
      skipped += test.result == TestCase::Result::skipped ? 1 : 0;
      seconds += test.seconds;
    }
  }
  std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3f}\"", tests,
                       failures, skipped, seconds);
  }
};

std::string case_xml(const TestCase& test) {
  std::string xml = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n",
                                xml_escaped(test.class_name), xml_escaped(test.name), test.seconds);
  if (test.result == TestCase::Result::failed) {
    xml += fmt::format("      <failure message=\"{}\">{}</failure>\n", xml_escaped(test.message),
                       xml_escaped(test.details));
  } else if (test.result == TestCase::Result::skipped) {
    xml += fmt::format("      <skipped message=\"{}\"/>\n", xml_escaped(test.message));
  }
  if (test.result != TestCase::Result::failed && !test.details.empty())
    xml += fmt::format("      <system-out>{}</system-out>\n", xml_escaped(test.details));
  return xml + "    </testcase>\n";
}

}  // namespace

std::string junit_xml(const std::string& name, const std::vector<TestSuite>& suites) {
  Counts all;
  std::string body;
  for (const TestSuite& suite : suites) {
    Counts counts;
    counts.include(suite);
    all.include(suite);
    body += fmt::format("  <testsuite name=\"{}\" {}>\n", xml_escaped(suite.name), counts.attributes());
    for (const TestCase& test : suite.cases) body += case_xml(test);
    body += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n{}</testsuites>\n",
      xml_escaped(name), all.attributes(), body);
}

}  // namespace crosshead::report
