#pragma once

#include <optional>
#include <string>
#include <vector>

namespace crosshead::report {

/// One checked thing of a JUnit XML report, as continuous integration systems read it.
struct TestCase {
  enum class Result { passed, failed, skipped };
  std::string class_name;
  std::string name;
  double seconds = 0;
  Result result = Result::passed;
  std::string message;  ///< of a failure or of a skip, one line
  std::string details;  ///< free text: the evidence
};

struct TestSuite {
  std::string name;
  std::vector<TestCase> cases;
};

/// The report as XML 1.0 in UTF-8. Characters that XML cannot hold become U+FFFD.
std::string junit_xml(const std::string& name, const std::vector<TestSuite>& suites);

}  // namespace crosshead::report
