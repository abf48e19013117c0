// The ledger as a table of groups, one row a claim. The page's script filters it by attributes of the rows.
#include "crosshead/report/ledger_section.hpp"

#include <algorithm>

#include "filter_form.hpp"
#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

/// All that audits say, in the order in which they are shown.
constexpr const char* kVerdicts[] = {"proved",    "verified",    "refuted",   "holds-if",
                                     "ambiguous", "not-a-claim", "undecided", "skipped"};

const ordered_json& list_at(const ordered_json& object, const std::string& key) {
  static const ordered_json none = ordered_json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : none;
}

std::string truth_word(const std::string& holds) {
  return holds == "yes" ? "true" : holds == "no" ? "false" : holds;
}

/// "t >= 0, sink left out": what differs from the definitions' default reading.
std::string convention_words(const ordered_json& convention) {
  std::string words;
  const auto add = [&](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
  if (convention.is_null()) return words;
  if (convention.value("first_step", 1) == 0) add("t from 0");
  if (!convention.value("sink_counts", true)) add("sink left out");
  if (convention.value("distance", "tv") == "l1") add("L1 distance");
  if (convention.value("start", "worst") == "average") add("average start");
  return words;
}

std::string reading_html(const ordered_json& reading) {
  const std::string holds = truth_word(text_at(reading, "holds"));
  const auto convention = reading.find("convention");
  const std::string words = convention == reading.end() ? "" : convention_words(*convention);
  std::string html =
      fmt::format("<li><span class=\"badge\">{}</span> {} <span class=\"source\">[{}{}]</span>",
                  escaped(holds), prose(text_at(reading, "reading")), escaped(text_at(reading, "role")),
                  words.empty() ? "" : "; " + escaped(words));
  const std::string formula = text_at(reading, "formula");
  if (!formula.empty()) html += "<code>" + escaped(formula) + "</code>";
  for (const char* key : {"evidence", "note"}) {
    const std::string text = text_at(reading, key);
    if (!text.empty()) html += "<div class=\"evidence\">" + prose(text) + "</div>";
  }
  return html + "</li>\n";
}

/// Words that the filter "evidence" knows.
std::string evidence_words(const ordered_json& item) {
  std::string words = text_at(item, "replay") == "accepted" ? "replayed" : "none";
  if (!list_at(item, "theorems").empty() || !text_at(item, "proof").empty()) words += " theorem";
  if (!list_at(item, "differences").empty()) words += " differs";
  return words;
}

std::string proof_cell(const ordered_json& item) {
  std::string html;
  const auto line = [&](const std::string& text) { html += "<span>" + text + "</span>"; };
  const std::string replay = text_at(item, "replay");
  if (replay == "accepted") line("certificate replayed");
  if (replay == "rejected") line("<span class=\"badge differs\">\xE2\x9C\x97 certificate rejected</span>");
  if (replay.empty()) {
    const std::string reason = text_at(item, "no_certificate");
    line(reason.empty() ? "no certificate" : "no certificate: " + escaped(reason));
  }
  for (const auto& theorem : list_at(item, "theorems"))
    line("Coq: <code>" + escaped(theorem.get<std::string>()) + "</code>");
  for (const auto& difference : list_at(item, "differences"))
    line("<span class=\"badge differs\">\xE2\x9C\x97 differs</span> " +
         escaped(difference.get<std::string>()));
  return html;
}

std::string row(const ordered_json& item, const Exhibits& exhibits) {
  const std::string id = text_at(item, "id"), verdict = text_at(item, "verdict");
  const ordered_json& readings = list_at(item, "readings");
  std::string statement = "<div>" + report::statement(text_at(item, "statement")) + "</div>";
  const bool shown = exhibits.count(id) > 0;
  if (shown) statement += fmt::format("<a href=\"#shown-{}\">Drawings and numbers</a>\n", anchor(id));
  if (readings.empty()) {
    statement += "<div class=\"evidence note\">" + prose(text_at(item, "evidence")) + "</div>";
  } else {
    statement += fmt::format("<details><summary>{} reading{}</summary>", readings.size(),
                             readings.size() == 1 ? "" : "s");
    const std::string domain = text_at(item, "domain");
    if (!domain.empty()) statement += "<p class=\"domain note\">Domain: " + prose(domain) + "</p>";
    statement += "<ol class=\"readings\">\n";
    for (const auto& reading : readings) statement += reading_html(reading);
    statement += "</ol></details>";
  }
  return fmt::format(
      "<tr role=\"row\" id=\"claim-{}\" data-verdict=\"{}\" data-section=\"{}\" data-evidence=\"{}\">"
      "<th scope=\"row\" role=\"rowheader\" class=\"id\">{}<span class=\"source\">{}</span></th><td "
      "role=\"cell\" class=\"verdict\">{}</td><td role=\"cell\">{}</td><td role=\"cell\" "
      "class=\"proof\">{}</td></tr>\n",
      anchor(id), escaped(verdict), escaped(text_at(item, "section")), evidence_words(item), escaped(id),
      escaped(text_at(item, "source")), verdict_badge(verdict), statement, proof_cell(item));
}

std::vector<std::pair<std::string, int>> counted(const ordered_json& claims, const std::string& key) {
  std::vector<std::pair<std::string, int>> counts;
  for (const auto& item : claims) {
    const std::string value = text_at(item, key);
    const auto found =
        std::find_if(counts.begin(), counts.end(), [&](const auto& entry) { return entry.first == value; });
    if (found == counts.end()) {
      counts.emplace_back(value, 1);
    } else {
      ++found->second;
    }
  }
  return counts;
}

std::size_t count_with(const ordered_json& claims, const std::string& verdict) {
  return static_cast<std::size_t>(std::count_if(claims.begin(), claims.end(), [&](const ordered_json& item) {
    return text_at(item, "verdict") == verdict;
  }));
}

std::string filters(const ordered_json& claims) {
  FilterSelect sections{"Where from", "section", {{"", "anywhere"}}};
  for (const auto& [section, count] : counted(claims, "section"))
    sections.options.emplace_back(section, fmt::format("{} ({})", heading_of(section), count));
  const FilterSelect evidence{"Evidence",
                              "evidence",
                              {{"", "any"},
                               {"replayed", "certificate replayed"},
                               {"theorem", "theorem in Coq"},
                               {"none", "no certificate"},
                               {"differs", "differs from the ledger"}}};
  FilterForm form{"ledger-table",       "claim",   "claims", "claims, formulas and evidence",
                  {sections, evidence}, "Verdict", {}};
  for (const std::string verdict : kVerdicts)
    form.boxes.push_back({verdict, verdict, count_with(claims, verdict)});
  return filter_form(form);
}

}  // namespace

std::string text_at(const ordered_json& object, const std::string& key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string heading_of(const std::string& section) {
  if (!section.empty() && section.front() >= '0' && section.front() <= '9') return "Section " + section;
  return section == "X" ? "Beyond the paper" : section;
}

std::string verdict_badge(const std::string& verdict) {
  const char* sign = "\xE2\x97\x8B";                    // a circle
  if (verdict == "proved") sign = "\xE2\x96\xA0";       // the end of a proof
  if (verdict == "verified") sign = "\xE2\x9C\x93";     // a check mark
  if (verdict == "refuted") sign = "\xE2\x9C\x97";      // a cross
  if (verdict == "holds-if") sign = "\xE2\x87\x92";     // an implication
  if (verdict == "ambiguous") sign = "\xC2\xB1";        // plus or minus
  if (verdict == "not-a-claim") sign = "\xE2\x89\x94";  // a definition
  if (verdict == "undecided") sign = "?";
  return fmt::format("<span class=\"badge {0}\"><span aria-hidden=\"true\">{1}</span> {0}</span>",
                     escaped(verdict), sign);
}

std::string audit_lead(const ordered_json& audit) {
  const ordered_json& claims = list_at(audit, "claims");
  std::string html = "<ul class=\"tiles\" aria-label=\"Summary\">\n";
  for (const std::string verdict : kVerdicts) {
    const std::size_t with = count_with(claims, verdict);
    if (with > 0) html += tile(std::to_string(with), verdict_badge(verdict));
  }
  const ordered_json summary = audit.value("summary", ordered_json::object());
  html += tile(std::to_string(summary.value("replayed", 0)), "certificates replayed");
  if (summary.contains("records"))
    html += tile(std::to_string(summary["records"].value("confirmed", 0)), "records confirmed");
  const int differing = summary.value("differing", 0);
  html += tile(std::to_string(differing),
               differing == 0 ? "differ from the ledger"
                              : "<span class=\"badge differs\">\xE2\x9C\x97</span> differ from the ledger");
  return html + "</ul>\n";
}

Section ledger_section(const ordered_json& audit, const Exhibits& exhibits) {
  const ordered_json& claims = list_at(audit, "claims");
  std::string html = paragraph(
                         "Every claim is a question with a decidable answer: formulas over exact numbers, "
                         "one for each reading. Verdicts are computed, not written down; the ledger only "
                         "says which is expected.") +
                     filters(claims) +
                     "<table id=\"ledger-table\" role=\"table\"><caption>Claims by verdict and "
                     "evidence</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" "
                     "role=\"columnheader\">Claim</th><th scope=\"col\" "
                     "role=\"columnheader\">Verdict</th><th scope=\"col\" "
                     "role=\"columnheader\">Statement</th><th scope=\"col\" "
                     "role=\"columnheader\">Evidence</th></tr></thead>\n";
  std::string open;
  for (const auto& item : claims) {
    const std::string section = text_at(item, "section");
    if (html.ends_with("</thead>\n") || section != open) {
      if (!html.ends_with("</thead>\n")) html += "</tbody>\n";
      html += fmt::format(
          "<tbody class=\"group\" role=\"rowgroup\"><tr role=\"row\"><th scope=\"rowgroup\" "
          "role=\"rowheader\" colspan=\"4\">{}</th></tr>\n",
          escaped(heading_of(section)));
      open = section;
    }
    html += row(item, exhibits);
  }
  if (!claims.empty()) html += "</tbody>";
  return {"ledger", "Ledger", html + "</table>\n"};
}

}  // namespace crosshead::report
