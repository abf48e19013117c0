// JUnit XML as its readers agree on it: <testsuites>, <testsuite>, <testcase> with <failure> or <skipped>.
#include "crosshead/report/junit.hpp"

#include <fmt/format.h>

namespace crosshead::report {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence at `at` that XML 1.0 may hold, or 0.
std::size_t sequence_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[at + k]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  unsigned code = first & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(k) & 0xC0U) != 0x80U) return 0;
    code = code << 6U | (byte(k) & 0x3FU);
  }
  const bool shortest = length == 2 || (length == 3 && code >= 0x800) || (length == 4 && code >= 0x10000);
  const bool allowed =
      code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
  return shortest && allowed ? length : 0;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
      result += kReplacement;
      ++at;
      continue;
    }
    switch (text[at]) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':
        result += fmt::format("&#{};", static_cast<int>(text[at]));
        break;
      default:
        result.append(text, at, length);
    }
    at += length;
  }
  return result;
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
                                escaped(test.class_name), escaped(test.name), test.seconds);
  if (test.result == TestCase::Result::failed) {
    xml += fmt::format("      <failure message=\"{}\">{}</failure>\n", escaped(test.message),
                       escaped(test.details));
  } else if (test.result == TestCase::Result::skipped) {
    xml += fmt::format("      <skipped message=\"{}\"/>\n", escaped(test.message));
  }
  if (test.result != TestCase::Result::failed && !test.details.empty())
    xml += fmt::format("      <system-out>{}</system-out>\n", escaped(test.details));
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
    body += fmt::format("  <testsuite name=\"{}\" {}>\n", escaped(suite.name), counts.attributes());
    for (const TestCase& test : suite.cases) body += case_xml(test);
    body += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n{}</testsuites>\n",
      escaped(name), all.attributes(), body);
}

}  // namespace crosshead::report
