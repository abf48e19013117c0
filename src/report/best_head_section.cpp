#include <cstdlib>

#include <fmt/format.h>

#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

std::string mean_of(const ordered_json& row, const std::string& key) {
  const auto found = row.find(key);
  if (found == row.end() || !found->is_object() || (*found)["mean"].is_null()) return "\xE2\x80\x93";
  const double low = std::strtod((*found)["mean"][0].get<std::string>().c_str(), nullptr);
  const double high = std::strtod((*found)["mean"][1].get<std::string>().c_str(), nullptr);
  return fmt::format("{:.6g}", (low + high) / 2);
}

}  // namespace

Section best_head_section(const ordered_json& tables) {
  Table table{
      "Best head and combined heads: mean minimax fidelity in percent, and sequences where combining is "
      "certainly better or worse",
      {{"model"},
       {"reading"},
       {"best head", true},
       {"combined", true},
       {"printed best", true},
       {"printed combined", true},
       {"better", true},
       {"worse", true},
       {"of", true}},
      {}};
  for (const auto& row : tables.value("rows", ordered_json::array())) {
    if (!row.contains("best_head_percent") || row.value("heads", 0) < 2) continue;
    const ordered_json paper = row.value("published", ordered_json::object());
    const auto printed = [&](const char* key) {
      return paper.contains(key) ? text_at(paper, key) : std::string("\xE2\x80\x93");
    };
    table.rows.push_back({fmt::format("{}, {} heads, layer {}", text_at(row, "task"), row.value("heads", 0),
                                      row.value("layer", 0)),
                          text_at(row, "reading"), mean_of(row, "best_head_percent"),
                          mean_of(row, "fidelity_percent"), printed("best_head_percent"),
                          printed("combined_percent"), std::to_string(row.value("combined_beats_best", 0)),
                          std::to_string(row.value("combined_below_best", 0)),
                          std::to_string(row.value("samples", 0))});
  }
  std::string html = paragraph(
      "The paper's Tables 5 and 6 show one sequence; here every sequence counts, and a comparison counts "
      "only where the certified intervals are apart.");
  html +=
      table.rows.empty() ? paragraph("No model with several heads was measured.", "note") : table_html(table);
  return {"best-head", "Tables 5 and 6", html};
}

}  // namespace crosshead::report
