#include "crosshead/report/page.hpp"

#include <array>
#include <stdexcept>
#include <string_view>

#include "embedded.hpp"
#include <fmt/format.h>
#include <openssl/evp.h>

#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

/// "'sha256-...'": how a content security policy names a script or style that it allows.
std::string allowance(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  std::array<unsigned char, std::size_t{2} * EVP_MAX_MD_SIZE> base64{};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return fmt::format("'sha256-{}'", std::string(base64.begin(), base64.begin() + length));
}

std::string policy() {
  std::string scripts;
  for (const std::string_view script : {kVegaScript, kPlotScript, kPageScript}) {
    if (!script.empty()) scripts += " " + allowance(script);
  }
  return fmt::format(
      "default-src 'none'; script-src{}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
      scripts, allowance(kStyle));
}

std::string script(std::string_view text) {
  return text.empty() ? "" : fmt::format("<script>{}</script>\n", text);
}

std::string contents(const std::vector<Section>& sections) {
  std::string list;
  for (const Section& section : sections)
    list += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.id, escaped(section.title));
  return fmt::format("<nav class=\"contents\" aria-label=\"Contents\"><ul>\n{}</ul></nav>\n", list);
}

std::string section_html(const Section& section) {
  return fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-heading\">\n<h2 "
      "id=\"{0}-heading\">{1}</h2>\n{2}</section>\n",
      section.id, escaped(section.title), section.html);
}

std::string footer(const Page& page) {
  std::string drawn = "Drawn without plots: this program was built without Vega.";
  if (has_vega()) {
    drawn = "Plots are drawn by Vega" + (kVegaVersion.empty() ? "" : " " + vega_version()) +
            ", which is inside this page (BSD licence, University of Washington Interactive Data Lab).";
  }
  return fmt::format("<footer><p>Made by {}. {} The page needs no network.</p></footer>\n",
                     escaped(page.made_by), drawn);
}

}  // namespace

bool has_vega() {
  return !kVegaScript.empty();
}

std::string vega_version() {
  return std::string(kVegaVersion);
}

std::string page_html(const Page& page) {
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n"
      "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>\n<h1>{}</h1>\n{}</header>\n",
      escaped(policy()), escaped(page.title), kStyle, escaped(page.title), paragraph(page.subject));
  html += contents(page.sections);
  html += "<main id=\"main\" tabindex=\"-1\">\n" + page.lead;
  if (!has_vega()) {
    html += paragraph(
        "Plots are left out, because the program was built without Vega (Debian: libjs-vega). Their numbers "
        "are in the tables.",
        "note");
  }
  for (const Section& section : page.sections) html += section_html(section);
  html += "</main>\n" + footer(page);
  html += script(kVegaScript) + script(kPlotScript) + script(kPageScript);
  return html + "</body>\n</html>\n";
}

}  // namespace crosshead::report
