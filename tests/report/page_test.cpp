#include "crosshead/report/page.hpp"

#include <algorithm>
#include <regex>

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace crosshead::report {
namespace {

const Page kPage{
    "A & B", "About <this>", "<p>lead</p>", {{"one", "First & last", "<p>text</p>"}}, "crosshead 1.2"};

std::string allowance(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE], base64[2 * EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  EVP_EncodeBlock(base64, digest, static_cast<int>(size));
  return "sha256-" + std::string(reinterpret_cast<char*>(base64));
}

/// The contents of every element of this name that has no attributes.
std::vector<std::string> contents(const std::string& html, const std::string& name) {
  std::vector<std::string> found;
  const std::string open = "<" + name + ">", close = "</" + name + ">";
  for (std::size_t at = html.find(open); at != std::string::npos; at = html.find(open, at)) {
    at += open.size();
    found.push_back(html.substr(at, html.find(close, at) - at));
  }
  return found;
}

TEST(Page, PolicyAllowsItsOwnScriptsAndStyleAlone) {
  const std::string html = page_html(kPage);
  const std::size_t begin = html.find("Content-Security-Policy\" content=\"");
  ASSERT_NE(begin, std::string::npos);
  const std::string policy = html.substr(begin, html.find("\">", begin) - begin);
  EXPECT_NE(policy.find("default-src &#39;none&#39;"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(policy.find("http"), std::string::npos);
  const auto scripts = contents(html, "script"), styles = contents(html, "style");
  EXPECT_EQ(scripts.size(), has_vega() ? 3U : 2U);
  ASSERT_EQ(styles.size(), 1U);
  for (const std::string& script : scripts) EXPECT_NE(policy.find(allowance(script)), std::string::npos);
  EXPECT_NE(policy.find(allowance(styles[0])), std::string::npos);
}

TEST(Page, EmbeddedTextsDoNotEndTheirElements) {
  const std::string html = page_html(kPage);
  const auto count = [&](const std::string& part) {
    int found = 0;
    for (std::size_t at = html.find(part); at != std::string::npos; at = html.find(part, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("</script"), has_vega() ? 3 : 2);
  EXPECT_EQ(count("</style"), 1);
  EXPECT_EQ(count("</html>"), 1);
}

TEST(Page, HasTitleContentsAndSections) {
  const std::string html = page_html(kPage);
  EXPECT_NE(html.find("<title>A &amp; B</title>"), std::string::npos);
  EXPECT_NE(html.find("<p>About &lt;this&gt;</p>"), std::string::npos);
  EXPECT_NE(html.find("<a href=\"#one\">First &amp; last</a>"), std::string::npos);
  EXPECT_NE(html.find("<section id=\"one\" aria-labelledby=\"one-heading\">"), std::string::npos);
  EXPECT_NE(html.find("Made by crosshead 1.2"), std::string::npos);
}

TEST(Page, SaysWhenThereAreNoPlots) {
  const std::string html = page_html(kPage);
  EXPECT_EQ(html.find("built without Vega") == std::string::npos, has_vega());
  EXPECT_EQ(html.find("Neither the name of the University") == std::string::npos, !has_vega())
      << "Vega's licence";
}

TEST(Page, DependsOnItsContentsOnly) {
  EXPECT_EQ(page_html(kPage), page_html(kPage));
}

}  // namespace
}  // namespace crosshead::report
