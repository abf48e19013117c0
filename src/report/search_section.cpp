#include "crosshead/report/search_section.hpp"

#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"

namespace crosshead::report {

using nlohmann::ordered_json;

Section search_section(const ordered_json& search) {
  const SearchedClaim claim = searched_claim(search);
  std::string html = "<ul class=\"tiles wide\" aria-label=\"Counts\">\n";
  for (const char* key : {"systems", "witnesses", "ties", "undefined", "undecided"})
    html += tile(grouped(count_at(search, key)), key);
  html += "</ul>\n";
  const std::string conventions = convention_words(claim);
  html += paragraph(fmt::format("{}: {} nodes, {} heads, family {}, weights {}{}.", claim_words(search),
                                search.value("nodes", 0), search.value("heads", 0), text_at(search, "family"),
                                text_at(search, "weights"), conventions.empty() ? "" : "; " + conventions));
  if (!search.value("complete", true))
    html += paragraph("The search was stopped early: counts are of what was done.", "note");
  const auto witness = [&](const ordered_json& document, const std::string& title, const std::string& id) {
    html += "<h3>" + escaped(title) + "</h3>\n" +
            shown_system(heads::parse_system(document.dump(), "witness", {}), claim, id);
  };
  if (!search["first"].is_null())
    witness(search["first"], "First witness: fewest edges, least codes", "first-witness");
  if (!search["extreme"].is_null() && search["extreme"]["system"] != search["first"]) {
    witness(search["extreme"]["system"],
            "Largest gain: " + number_text(exact::parse_rational(text_at(search["extreme"], "value"))),
            "extreme-witness");
  }
  if (search["first"].is_null()) html += paragraph("No witness was found.", "note");
  return {"search", "Search", html};
}

}  // namespace crosshead::report
