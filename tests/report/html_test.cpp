#include "crosshead/report/html.hpp"

#include <gtest/gtest.h>

namespace crosshead::report {
namespace {

TEST(Html, TextIsShownAsItIs) {
  EXPECT_EQ(escaped("a < b && c > \"d\" 'e'"), "a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;e&#39;");
  EXPECT_EQ(escaped("\xCF\x84 \xE2\x89\xA5 1"), "\xCF\x84 \xE2\x89\xA5 1");
  EXPECT_EQ(escaped(""), "");
}

TEST(Html, BrokenBytesAreReplaced) {
  EXPECT_EQ(escaped("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(escaped("a\xC3"), "a\xEF\xBF\xBD");
  EXPECT_EQ(escaped(std::string("\0b", 2)),
            "\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(escaped("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Html, ProseHasArrowsThatDoNotBreak) {
  EXPECT_EQ(prose("1 -> 4, t >= 1 <= 2 < 3"), "1 \xE2\x86\x92 4, t \xE2\x89\xA5 1 \xE2\x89\xA4 2 &lt; 3");
}

TEST(Html, StatementsHaveExponentsAndIndices) {
  EXPECT_EQ(statement("e^-2"), "e<sup>-2</sup>");
  EXPECT_EQ(statement("2^(N-1) (1 - p/2)^t"), "2<sup>N-1</sup> (1 - p/2)<sup>t</sup>");
  EXPECT_EQ(statement("(1 - p)^floor(2/p), x^t(s)"), "(1 - p)<sup>floor(2/p)</sup>, x<sup>t</sup>(s)");
  EXPECT_EQ(statement("(A^(h))^T"), "(A<sup>h</sup>)<sup>T</sup>");
  EXPECT_EQ(statement("T_mix <= 2N/max_h p_h"),
            "T<sub>mix</sub> \xE2\x89\xA4 2N/max<sub>h</sub> p<sub>h</sub>");
  EXPECT_EQ(statement("phi_min, W_ij"), "phi<sub>min</sub>, W<sub>ij</sub>");
  EXPECT_EQ(statement("2^(1/t_mix)"), "2<sup>1/t<sub>mix</sub></sup>");
}

TEST(Html, StatementsLeaveNamesAndLooseSignsAlone) {
  for (const char* text :
       {"out_proj.weight", "cycle_mixing", "a ^ b", "^", "_", "x_", "_x", "4_heads_copy", "x^(", "a_b_c"})
    EXPECT_EQ(statement(text), text);
  EXPECT_EQ(statement("\"p_h\""), "&quot;p_h&quot;");
  EXPECT_EQ(statement("a<b^c>d"), "a&lt;b<sup>c</sup>&gt;d");
}

TEST(Html, AnchorsKeepClaimIds) {
  EXPECT_EQ(anchor("T2.8-eq16-19"), "T2.8-eq16-19");
  EXPECT_EQ(anchor("a b\"<\xCF\x84"), "a-b----");
}

TEST(Html, JsonCannotEndItsScript) {
  const std::string json = script_json({{"name", "</script><!-- & \xE2\x80\xA8"}});
  EXPECT_EQ(json.find('<'), std::string::npos);
  EXPECT_EQ(json.find('&'), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(json)["name"], "</script><!-- & \xE2\x80\xA8");
  EXPECT_NO_THROW(script_json({{"broken", "\xFF"}}));
}

TEST(Html, NumbersSayWhetherTheDecimalIsTheValue) {
  EXPECT_EQ(number_text(exact::Rational(3)), "3");
  EXPECT_EQ(number_text(exact::Rational(3, 8)), "3/8 = 0.375");
  EXPECT_EQ(number_text(exact::Rational(1, 3)), "1/3 \xE2\x89\x88 0.333333");
  EXPECT_EQ(number_text(exact::Rational(-1, 4)), "-1/4 = -0.25");
  const exact::Rational small(exact::Integer(1), boost::multiprecision::pow(exact::Integer(3), 100));
  EXPECT_EQ(number_text(small), "\xE2\x89\x88 1.94033e-48");
}

TEST(Html, TablesHaveCaptionScopesAndEqualRows) {
  const std::string html = table_html({"A & B", {{"n", true}, {"value"}}, {{"1", "<b>x</b>"}}});
  EXPECT_NE(html.find("<caption>A &amp; B</caption>"), std::string::npos);
  EXPECT_NE(html.find("<th scope=\"col\" class=\"number\">n</th>"), std::string::npos);
  EXPECT_NE(html.find("<th scope=\"row\">1</th><td><b>x</b></td>"), std::string::npos);
  EXPECT_NE(html.find("tabindex=\"0\""), std::string::npos);
  EXPECT_THROW(table_html({"", {{"one"}}, {{"1", "2"}}}), std::out_of_range);
}

}  // namespace
}  // namespace crosshead::report
