#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/search_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

/// "amplifies-ratio-32-8-grid-12": what is maximised, and the rest of the name.
struct RecordName {
  std::string group, rest;
};

RecordName name_of(const ordered_json& record) {
  const std::string name = text_at(record, "record");
  const std::string size = fmt::format("-{}-{}", record.value("nodes", 0), record.value("heads", 0));
  const std::size_t at = name.find(size);
  if (at == std::string::npos) return {name, ""};
  std::string rest = name.substr(at + size.size());
  const std::size_t epsilon = rest.find("-epsilon");
  if (epsilon != std::string::npos) rest.resize(epsilon);
  return {name.substr(0, at), rest.empty() ? "" : rest.substr(1)};
}

Panel panel_of(const std::string& group, const std::vector<const ordered_json*>& records) {
  Panel panel;
  std::string title = group;
  const std::size_t dash = title.rfind('-');
  if (dash != std::string::npos) title = title.substr(0, dash) + ", largest " + title.substr(dash + 1);
  panel.title = title;
  panel.height = 190;
  std::map<std::pair<int, std::string>, Series> series;
  std::map<int, int> styles;
  double low = 1e300, high = 0, widest = 0;
  for (const ordered_json* record : records) {
    const int heads = record->value("heads", 0), nodes = record->value("nodes", 0);
    const std::string value_text = text_at(*record, "value");
    if (value_text.empty()) continue;
    const exact::Rational value = exact::parse_rational(value_text);
    const RecordName name = name_of(*record);
    Series& one = series[{heads, name.rest}];
    static const std::map<int, int> kStyles{{2, 0}, {3, 1}, {4, 2}, {8, 3}, {16, 4}};
    one.style = kStyles.count(heads) > 0 ? kStyles.at(heads) : 5;
    one.name = fmt::format(
        "{} heads{}", heads,
        name.rest.empty() ? "" : ", weights in multiples of 1/" + name.rest.substr(name.rest.rfind('-') + 1));
    one.open = one.dashed = !name.rest.empty();
    const double y = exact::to_double(value);
    one.points.push_back({static_cast<double>(nodes),
                          y,
                          {},
                          {},
                          fmt::format("n = {}, {} heads: {}", nodes, heads, number_text(value))});
    low = std::min(low, y);
    high = std::max(high, y);
    widest = std::max(widest, static_cast<double>(nodes));
  }
  for (auto& [key, one] : series) {
    std::sort(one.points.begin(), one.points.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
    panel.series.push_back(std::move(one));
  }
  const bool wide = low > 0 && high / low > 20;
  panel.x = {"nodes n", widest > 16, 3.5, widest * 1.15, true, {}};
  panel.y = {"value", wide, wide ? low * 0.7 : 0, high * (wide ? 1.5 : 1.1), false, {}};
  panel.description =
      fmt::format("{} best-known values by number of nodes; all are in the table.", records.size());
  return panel;
}

}  // namespace

Section records_section(const ordered_json& audit) {
  std::string html = paragraph(
      "The largest values that guided searches have found. Each is computed afresh in exact arithmetic and "
      "certified; that there is no larger one is claimed only where the whole family was enumerated.");
  const auto found = audit.find("records");
  if (found == audit.end() || !found->is_array() || found->empty())
    return {"records", "Records",
            html + paragraph("Records are audited together with the whole ledger.", "note")};
  std::vector<std::string> order;
  std::map<std::string, std::vector<const ordered_json*>> groups;
  Table table{
      "All records",
      {{"record"}, {"n", true}, {"heads", true}, {"value"}, {"largest of its family"}, {"certificate"}},
      {}};
  for (const auto& record : *found) {
    const std::string group = name_of(record).group;
    if (groups[group].empty()) order.push_back(group);
    groups[group].push_back(&record);
    const std::string value = text_at(record, "value");
    std::string state = text_at(record, "replay") == "accepted" ? "replayed" : "none";
    if (record.contains("differences") && !record["differences"].empty())
      state = "<span class=\"badge differs\">\xE2\x9C\x97 differs</span> " +
              escaped(record["differences"][0].get<std::string>());
    table.rows.push_back({escaped(text_at(record, "record")), std::to_string(record.value("nodes", 0)),
                          std::to_string(record.value("heads", 0)),
                          value.empty() ? "undecided" : number_text(exact::parse_rational(value)),
                          text_at(record, "optimal").empty() ? "not known" : "yes, enumerated", state});
  }
  Figure figure;
  figure.id = "records-figure";
  figure.title = "Best-known values.";
  figure.text = "A gain is the difference of the two sides of a claim, a ratio their quotient.";
  for (const std::string& group : order) figure.panels.push_back(panel_of(group, groups[group]));
  figure.numbers = table_html(table);
  figure.summary = fmt::format("All {} records", found->size());
  return {"records", "Records", html + figure_html(figure)};
}

}  // namespace crosshead::report
