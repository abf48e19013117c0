// Claims that do not simply hold, each with what refutes it. Refuted ones are open, the others closed.
#include <fmt/format.h>

#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

std::string definition(const std::string& term, const std::string& text) {
  return text.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>\n", term, statement(text));
}

std::string exhibit_html(const Exhibit& exhibit) {
  return fmt::format(
      "<div class=\"exhibit\"><h4>{}</h4>\n<p><code>{}</code></p>\n<p class=\"evidence\"><strong>Decided "
      "by:</strong> {}</p>\n{}</div>\n",
      prose(exhibit.reading), escaped(exhibit.formula), prose(exhibit.evidence), exhibit.html);
}

/// The readings of one truth value by name, for claims that depend on the reading.
std::string readings_that(const ordered_json& item, const std::string& holds) {
  std::string list;
  const auto readings = item.find("readings");
  if (readings == item.end() || !readings->is_array()) return list;
  for (const auto& reading : *readings) {
    if (text_at(reading, "role") == "fact" || text_at(reading, "holds") != holds) continue;
    list += (list.empty() ? "" : "; ") + text_at(reading, "reading");
  }
  return list;
}

std::string claim_html(const ordered_json& item, const std::vector<Exhibit>* exhibits) {
  const std::string id = text_at(item, "id"), verdict = text_at(item, "verdict");
  std::string html = fmt::format(
      "<article class=\"claim\" id=\"shown-{0}\"><details{1}><summary><h3>{2}</h3> {3} <span "
      "class=\"says\">{4}</span></summary>\n<div class=\"body\">\n<dl>\n",
      anchor(id), verdict == "refuted" ? " open" : "", escaped(id), verdict_badge(verdict),
      statement(text_at(item, "statement")));
  html += definition("Source", text_at(item, "source"));
  if (verdict != "refuted") html += definition("Holds for", readings_that(item, "yes"));
  html += definition("Fails for", readings_that(item, "no"));
  html += definition("Where it breaks", text_at(item, "breaks"));
  html += definition("What is true", text_at(item, "corrected"));
  html += fmt::format("<dt>Ledger</dt><dd><a href=\"#claim-{}\">all readings of {}</a></dd>\n</dl>\n",
                      anchor(id), escaped(id));
  if (exhibits != nullptr) {
    for (const Exhibit& exhibit : *exhibits) html += exhibit_html(exhibit);
  }
  return html + "</div></details></article>\n";
}

}  // namespace

Section refutation_section(const ordered_json& audit, const Exhibits& exhibits) {
  std::string html =
      paragraph(
          "What decides each claim that does not simply hold, and each definition that is not well defined: "
          "heads as graphs (a ring is a self-loop, the square is the sink), the merged system, and the "
          "numbers. Counterexamples are the smallest in the declared order.") +
      "<p><button type=\"button\" data-open=\"article.claim &gt; details\" hidden>Open all</button></p>\n";
  int count = 0;
  const auto claims = audit.find("claims");
  if (claims != audit.end()) {
    // Others are shown where a reading of theirs is refuted.
    for (const std::string verdict :
         {"refuted", "holds-if", "ambiguous", "not-a-claim", "undecided", "verified", "proved", "skipped"}) {
      const bool always = verdict == "refuted" || verdict == "holds-if" || verdict == "ambiguous";
      for (const auto& item : *claims) {
        if (text_at(item, "verdict") != verdict) continue;
        const auto own = exhibits.find(text_at(item, "id"));
        if (own == exhibits.end() && !always) continue;
        html += claim_html(item, own == exhibits.end() ? nullptr : &own->second);
        ++count;
      }
    }
  }
  if (count == 0) html += paragraph("No claim of this audit is refuted or depends on its reading.", "note");
  return {"refutations", "Refutations", html};
}

Section glossary_section() {
  const auto entry = [](const std::string& word, const std::string& text) {
    return fmt::format("<dt>{}</dt><dd>{}</dd>\n", word, text);
  };
  std::string html = "<div class=\"claim\"><div class=\"body\"><dl>\n";
  html += entry(verdict_badge("proved"), "for all systems that it speaks of, by a proof that Coq checked");
  html += entry(verdict_badge("verified"), "exactly, for every system of the stated finite domain");
  html += entry(verdict_badge("refuted"), "by an exact counterexample, the smallest in the declared order");
  html += entry(verdict_badge("holds-if"), "true under an added hypothesis, refuted without it");
  html += entry(verdict_badge("ambiguous"), "the answer depends on the reading");
  html += entry(verdict_badge("not-a-claim"), "a definition, audited for being well defined");
  html += entry(verdict_badge("undecided"), "not settled, with what was tried");
  html +=
      entry("signal",
            "s<sub>j</sub>(t), entry (sink, j) of the t-th power of the diffusion matrix: how much of node j "
            "the sink hears after t steps (22)");
  html +=
      entry("fidelity",
            "the supremum of the signal over t from 1 (23), decided exactly; it is <em>attained</em> if some "
            "t reaches it, otherwise only approached");
  html += entry("minimax fidelity", "the least fidelity of any node, the sink included (25)");
  html += entry("mixing time",
                "the first t at which the walk from the worst start is within eps of the sink in total "
                "variation (Def. 2.7)");
  html += entry("amplifies", "the merged system's minimax fidelity exceeds that of every head");
  html += entry("certificate",
                "a file with the claim, the answer and its reasons; crosshead-check, a program that shares "
                "no code with this one, has replayed it");
  return {"words", "Words", html + "</dl></div></div>\n"};
}

}  // namespace crosshead::report
