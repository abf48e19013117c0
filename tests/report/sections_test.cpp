#include "html_parts.hpp"
#include <gtest/gtest.h>

#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/model_section.hpp"
#include "crosshead/report/page.hpp"
#include "crosshead/report/search_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;
using testing::has;

const ordered_json kAudit = ordered_json::parse(R"json({"claims": [
  {"id": "A-1", "section": "2", "verdict": "refuted", "statement": "x < y", "source": "Eq. (1)", "evidence": "0, 1", "breaks": "here & there",
   "corrected": "x <= y", "readings": [{"reading": "plain", "role": "stated", "formula": "0 < 1", "holds": "no", "evidence": "1 <script>",
   "note": null, "convention": {"first_step": 0, "sink_counts": false, "distance": "tv", "start": "worst"}}], "differences": [],
   "certificate": "c.json", "replay": "accepted", "theorems": []
},
  {"id": "B-1", "section": "X", "verdict": "proved", "statement": "true", "readings": [], "differences": ["another verdict"],
   "replay": null, "no_certificate": "none is possible", "theorems": ["walk.v#name"]}],
  "summary": {
  "replayed" : 1, "differing" : 1
}
})json");

TEST(LedgerSection, HasARowForEachClaimWithWhatFiltersNeed) {
  const std::string html = ledger_section(kAudit, {}).html;
  EXPECT_TRUE(
      has(html, "id=\"claim-A-1\" data-verdict=\"refuted\" data-section=\"2\" data-evidence=\"replayed\""));
  EXPECT_TRUE(has(html, "data-evidence=\"none theorem differs\""));
  EXPECT_TRUE(has(html, "x &lt; y"));
  EXPECT_TRUE(has(html, "1 &lt;script&gt;"));
  EXPECT_TRUE(has(html, "[stated; t from 0, sink left out]"));
  EXPECT_TRUE(has(html, "Coq: <code>walk.v#name</code>"));
  EXPECT_TRUE(has(html, "Beyond the paper (1)"));
  EXPECT_FALSE(has(html, "Drawings and numbers")) << "there are no exhibits";
}

TEST(LedgerSection, OfNothingIsAnEmptyTable) {
  EXPECT_TRUE(has(ledger_section(ordered_json::object(), {}).html, "<table"));
  EXPECT_TRUE(has(refutation_section(ordered_json::object(), {}).html, "No claim of this audit"));
  EXPECT_TRUE(has(audit_lead(ordered_json::object()), "certificates replayed"));
}

TEST(RefutationSection, ShowsExhibitsOfWhatDoesNotHold) {
  const Exhibits exhibits{{"A-1", {{"plain", "0 < 1", "1 > 0", "<svg></svg>"}}}};
  const std::string html = refutation_section(kAudit, exhibits).html;
  EXPECT_TRUE(has(html, "id=\"shown-A-1\""));
  EXPECT_TRUE(has(html, "<svg></svg>"));
  EXPECT_TRUE(has(html, "here &amp; there"));
  EXPECT_TRUE(has(html, "<code>0 &lt; 1</code>"));
  EXPECT_FALSE(has(html, "shown-B-1"));
  EXPECT_TRUE(has(ledger_section(kAudit, exhibits).html, "href=\"#shown-A-1\""));
}

TEST(RefutationSection, HasAPlaceForEachLinkOfTheLedger) {
  Exhibits exhibits;
  ordered_json audit{{"claims", ordered_json::array()}};
  for (const char* verdict :
       {"proved", "verified", "refuted", "holds-if", "ambiguous", "not-a-claim", "undecided", "skipped"}) {
    audit["claims"].push_back({{"id", verdict}, {"verdict", verdict}});
    exhibits[verdict] = {{"plain", "0 < 1", "1 > 0", ""}};
  }
  const std::string ledger = ledger_section(audit, exhibits).html,
                    shown = refutation_section(audit, exhibits).html;
  for (const auto& [id, exhibit] : exhibits) {
    EXPECT_TRUE(has(ledger, "href=\"#shown-" + id + "\""));
    EXPECT_TRUE(has(shown, "id=\"shown-" + id + "\""));
  }
}

TEST(Lead, CountsVerdictsAndSaysWhatDiffers) {
  const std::string html = audit_lead(kAudit);
  EXPECT_TRUE(has(html, "<span class=\"count\">1</span> <span class=\"badge refuted\">"));
  EXPECT_TRUE(has(html, "badge differs"));
}

const ordered_json kTables = ordered_json::parse(R"json({"rows": [
  {"task": "copy", "heads": 4, "layer": 2, "reading": "published", "samples": 50, "mixing": {"mean": ["3.5", "3.6"], "std": ["0.1", "0.2"]},
   "fidelity_percent": {"mean": ["0.25", "0.25"], "std": null}, "best_head_percent": {"mean": ["0.1", "0.1"], "std": null},
   "combined_beats_best": 40, "combined_below_best": 3,
   "published": {"mixing": {"mean": "3.7155", "std": "0.0365"}, "best_head_percent": "0.11", "combined_percent": "0.43"}},
  {"task": "copy", "heads": 1, "layer": 1, "reading": "definitions", "mixing": {"mean": null, "std": null}}]})json");

TEST(Figure4, CellsAreTheRowsOfTheTables) {
  const auto cells = measured_cells(kTables);
  ASSERT_EQ(cells.size(), 2U) << "a mean that is not known is no cell";
  EXPECT_EQ(cells[0].low, 3.5);
  EXPECT_EQ(cells[0].high, 3.6);
  EXPECT_EQ(cells[0].deviation, 0.2);
  EXPECT_EQ(cells[0].printed, 3.7155);
  EXPECT_EQ(cells[1].quantity, "fidelity");
  EXPECT_FALSE(cells[1].printed);
}

TEST(Figure4, HasAnEmptyCaseThatSaysWhatToDo) {
  EXPECT_TRUE(has(figure4_section({}, "").html, "crosshead tables"));
  EXPECT_TRUE(has(figure4_section(measured_cells(kTables), "").html, "4 heads, layer 2"));
}

TEST(BestHead, ShowsPrintedNumbersAndCounts) {
  const std::string html = best_head_section(kTables).html;
  EXPECT_TRUE(has(html, "copy, 4 heads, layer 2"));
  EXPECT_TRUE(has(html, ">0.43<"));
  EXPECT_TRUE(has(html, ">40<"));
}

const ordered_json kCrosscheck = ordered_json::parse(
    R"json({"rule": "bound", "accepted": 1, "not_accepted": [{"signal": "<s>", "answer": "missed",
  "reason": "r"}], "layers": [{"layer": 0, "system": "s", "paths": [{"head": null, "signals": [
  {"type": "float32", "source": "cpu", "within": true, "signal": {"error": 1e-7, "bound": 1e-5}, "ulps": 3},
  {"type": "float64", "source": "cpu", "within": false, "signal": {"error": 0.0, "bound": 1e-14}, "ulps": 0}]}]}]})json");

TEST(Ladder, HasARungForEachDeviceAndType) {
  const auto rungs = error_rungs(kCrosscheck);
  ASSERT_EQ(rungs.size(), 2U);
  EXPECT_EQ(rungs[0].path, "layer 0, mean");
  const std::string html = ladder_section(rungs, "").html;
  EXPECT_TRUE(has(html, "cpu float32"));
  EXPECT_TRUE(has(html, "cpu float64"));
  EXPECT_TRUE(has(html, "1 %"));
  EXPECT_TRUE(has(ladder_section({}, "").html, "crosshead"));
  EXPECT_TRUE(has(misses_section(kCrosscheck).html, "&lt;s&gt;"));
}

ordered_json search_of(int nodes, int systems, int witnesses) {
  return {{"claim", "amplifies"},
          {"convention", {{"first_step", 1}}},
          {"nodes", nodes},
          {"heads", 2},
          {"systems", systems},
          {"witnesses", witnesses},
          {"ties", 0},
          {"undefined", 0},
          {"undecided", 0},
          {"first", nullptr},
          {"extreme", nullptr}};
}

TEST(Census, HasSharesAndCounts) {
  const std::string html = census_section({search_of(4, 210, 28), search_of(5, 49455, 9000)}).html;
  EXPECT_TRUE(has(html, "49,455"));
  EXPECT_TRUE(has(html, "13.3"));
  EXPECT_TRUE(has(census_section({}).html, "No search"));
}

TEST(Search, WithoutWitnessesSaysSo) {
  EXPECT_TRUE(has(search_section(search_of(3, 3, 0)).html, "No witness was found"));
}

const ordered_json kGuided =
    ordered_json::parse(R"json({"claim": "amplifies", "maximise": "ratio", "term": "a / b & c",
  "convention": {"first_step": 0, "sink_counts": false}, "nodes": 3, "heads": 2, "weights": "1/2,1/2",
  "restarts": {"asked": 70, "finished": 69, "undecided": 1}, "steps": 123456, "complete": false, "command": "crosshead <x>",
  "best": {"value": "7/4", "restart": 2, "system": {"schema": "crosshead.system/1", "name": "s", "nodes": 3, "self_loops": true,
  "heads": [{"edges": [[1, 2], [2, 3]]}, {"edges": [[1, 3], [2, 3]]}], "weights": ["1/2", "1/2"]}}})json");

TEST(Guided, ShowsTheBestSystemAndHowItWasFound) {
  const std::vector<SearchClimb> climbs{
      {{{0, 1.25}, {40, 1.5}}, exact::Rational(3, 2), 1000, true},
      {{{0, 1.0}, {7, 1.25}, {900, 1.75}}, exact::Rational(7, 4), 1000, false},
      {{{0, 1.0}}, {}, 1000, true}};
  const std::string html = guided_section(kGuided, climbs).html;
  EXPECT_TRUE(has(html, "<span class=\"count\">1.75</span> largest ratio found"));
  EXPECT_TRUE(has(html, "<span class=\"count\">69</span> of 70 restarts finished"));
  EXPECT_TRUE(has(html, "<code>a / b &amp; c</code>"));
  EXPECT_TRUE(has(html, "<code>crosshead &lt;x&gt;</code>"));
  EXPECT_TRUE(has(html, "t from 0, the sink left out"));
  EXPECT_TRUE(has(html, "stopped early"));
  EXPECT_TRUE(has(html, "The first 3 of 70 restarts"));
  EXPECT_TRUE(has(html, "id=\"best-merged-title\""));
  EXPECT_TRUE(has(html,
                  "<tr><th scope=\"row\">2</th><td>7/4 = 1.75</td><td class=\"number\">900</td><td "
                  "class=\"number\">2</td><td>no: stopped</td></tr>"));
  EXPECT_TRUE(
      has(html, "<td>undecided</td><td class=\"number\">0</td><td class=\"number\">0</td><td>yes</td>"));
  // A staircase: each value holds until the step at which it is exceeded; the best restart is drawn last.
  if (has_vega()) {
    EXPECT_TRUE(has(html, "\"y\":[1.0,1.0,1.25,1.25,1.75,1.75],\"x\":[1.0,7.0,7.0,900.0,900.0,1000.0]}]"));
    EXPECT_TRUE(has(html, "\"thick\":true"));
  }
}

TEST(Guided, LongClimbsKeepTheirEnds) {
  SearchClimb climb;
  for (int k = 0; k < 5000; ++k) climb.points.emplace_back(k, k);
  climb.value = 4999;
  climb.taken = 10'000;
  const std::string html = guided_section(kGuided, {climb}).html;
  EXPECT_LT(html.size(), 60'000U);
  EXPECT_TRUE(has(html, "<td class=\"number\">4,999</td>"));
  if (has_vega()) {
    EXPECT_TRUE(has(html, "4999.0,4999.0]"));
  }
}

TEST(Guided, LongFractionsAreShownInFull) {
  ordered_json guided = kGuided;
  EXPECT_FALSE(has(guided_section(guided, {}).html, "Exactly"));
  guided["best"]["value"] = "1000000000000000003/8000000000000000009";
  const std::string html = guided_section(guided, {}).html;
  EXPECT_TRUE(has(html, "Best system: ratio \xE2\x89\x88 0.125</h3>"));
  EXPECT_TRUE(has(html, "Exactly <code>1000000000000000003/8000000000000000009</code>"));
}

TEST(Guided, WithoutAValueSaysSo) {
  ordered_json guided = kGuided;
  guided["best"] = nullptr;
  const std::string html = guided_section(guided, {}).html;
  EXPECT_TRUE(has(html, "No value was decided"));
  EXPECT_FALSE(has(html, "<figure"));
}

TEST(Search, IsReadUnderItsConvention) {
  ordered_json search = search_of(3, 3, 1);
  search["first"] = kGuided["best"]["system"];
  const auto minimax_row = [](const std::string& html) {
    const std::size_t at = html.find("<tr><th scope=\"row\">minimax</th>");
    return html.substr(at, html.find("</tr>", at) - at);
  };
  // Head 2 hears nodes 1 and 2 with 1/2 in the end, and itself with 1/3.
  EXPECT_TRUE(has(minimax_row(search_section(search).html), "<strong>1/3 "));
  search["convention"]["sink_counts"] = false;
  const std::string without = search_section(search).html;
  EXPECT_FALSE(has(minimax_row(without), "<strong>1/3 "));
  EXPECT_TRUE(has(minimax_row(without), "<strong>1/2 = 0.5</strong></td><td>no</td>"));
  EXPECT_TRUE(has(without, "the sink left out"));
}

TEST(Records, AreGroupedByWhatIsMaximised) {
  const ordered_json audit{{"records",
                            {{{"record", "amplifies-ratio-4-2"},
                              {"nodes", 4},
                              {"heads", 2},
                              {"value", "3/2"},
                              {"optimal", "search"},
                              {"replay", "accepted"}},
                             {{"record", "amplifies-ratio-5-2-grid-12"},
                              {"nodes", 5},
                              {"heads", 2},
                              {"value", "7/2"},
                              {"optimal", nullptr},
                              {"replay", "accepted"}}}}};
  const std::string html = records_section(audit).html;
  EXPECT_TRUE(has(html, "3/2 = 1.5"));
  EXPECT_TRUE(has(html, "yes, enumerated"));
  EXPECT_TRUE(has(html, "All 2 records"));
  EXPECT_TRUE(has(records_section(ordered_json::object()).html, "whole ledger"));
}

}  // namespace
}  // namespace crosshead::report
