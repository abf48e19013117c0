#include "crosshead/report/junit.hpp"

#include <gtest/gtest.h>

namespace crosshead::report {
namespace {

using Result = TestCase::Result;

TEST(Junit, CountsAndNestsAsReadersExpect) {
  const std::vector<TestSuite> suites{
      {"Section 2",
       {{"2", "A", 0.5, Result::passed, "", "seen"}, {"2", "B", 1, Result::failed, "differs", "x < y"}}},
      {"Section 3", {{"3", "C", 0, Result::skipped, "no GPU", ""}}}};
  EXPECT_EQ(
      junit_xml("audit", suites),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"audit\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"1.500\">\n"
      "  <testsuite name=\"Section 2\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" "
      "time=\"1.500\">\n"
      "    <testcase classname=\"2\" name=\"A\" time=\"0.500\">\n"
      "      <system-out>seen</system-out>\n"
      "    </testcase>\n"
      "    <testcase classname=\"2\" name=\"B\" time=\"1.000\">\n"
      "      <failure message=\"differs\">x &lt; y</failure>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"Section 3\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\" "
      "time=\"0.000\">\n"
      "    <testcase classname=\"3\" name=\"C\" time=\"0.000\">\n"
      "      <skipped message=\"no GPU\"/>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

std::string name_in(const std::string& text) {
  const std::string xml = junit_xml(text, {});
  const std::size_t from = xml.find("<testsuites name=\"") + 18;
  return xml.substr(from, xml.find("\" tests=") - from);
}

TEST(Junit, EscapesMarkup) {
  EXPECT_EQ(name_in("a<b & \"c\" > d"), "a&lt;b &amp; &quot;c&quot; &gt; d");
  EXPECT_EQ(name_in("two\nlines\t."), "two&#10;lines&#9;.");
}

TEST(Junit, KeepsUtf8AndReplacesWhatXmlCannotHold) {
  EXPECT_EQ(name_in("\xCF\x84 \xE2\x89\xA4 \xF0\x9D\x94\xBC"), "\xCF\x84 \xE2\x89\xA4 \xF0\x9D\x94\xBC");
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(name_in(std::string("\x01", 1)), bad);
  EXPECT_EQ(name_in("\xC3"), bad);                                // cut off
  EXPECT_EQ(name_in("\xC0\x80"), bad + bad);                      // overlong
  EXPECT_EQ(name_in("\xED\xA0\x80"), bad + bad + bad);            // surrogate
  EXPECT_EQ(name_in("\xEF\xBF\xBF"), bad + bad + bad);            // U+FFFF
  EXPECT_EQ(name_in("\xF4\x90\x80\x80"), bad + bad + bad + bad);  // beyond U+10FFFF
}

}  // namespace
}  // namespace crosshead::report
