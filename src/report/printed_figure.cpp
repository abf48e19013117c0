#include "crosshead/report/printed_figure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

using exact::Rational;
using Rows = std::vector<std::vector<Rational>>;

std::vector<std::string> head_counts(std::size_t rows) {
  if (rows == 4) return {"1", "4", "8", "16"};
  if (rows == 3) return {"4", "8", "16"};
  return {};
}

std::string words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

Panel panel_of(const std::string& name, const Rows& rows) {
  Panel panel;
  panel.title = words(name);
  panel.x.title = "heads";
  panel.x.labels = head_counts(rows.size());
  panel.height = 180;
  double low = 1e300, high = 0;
  for (std::size_t c = 0; c < rows.front().size(); ++c) {
    Series series;
    series.name = fmt::format("layer {}", c + 1);
    series.style = static_cast<int>(c);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const double value = exact::to_double(rows[r][c]);
      low = std::min(low, value);
      high = std::max(high, value);
      series.points.push_back({static_cast<double>(r), value});
    }
    panel.series.push_back(std::move(series));
  }
  const bool wide = low > 0 && high / low > 8;
  panel.y = {"as printed", wide, wide ? low * 0.75 : 0, high > 0 ? high * (wide ? 1.3 : 1.08) : 1, false, {}};
  panel.description = "The printed numbers by number of heads; they are in the table.";
  return panel;
}

std::string table_of(const std::string& name, const Rows& rows) {
  Table table{words(name) + ", as printed", {{"heads"}}, {}};
  const std::vector<std::string> heads = head_counts(rows.size());
  for (std::size_t c = 0; c < rows.front().size(); ++c)
    table.columns.push_back({fmt::format("layer {}", c + 1), true});
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::string> row{heads[r]};
    for (const Rational& value : rows[r]) row.push_back(decimal_text(value));
    table.rows.push_back(std::move(row));
  }
  return table_html(table);
}

}  // namespace

Figure printed_figure(const std::map<std::string, Rows>& tables, const std::string& id) {
  Figure figure;
  figure.id = id;
  figure.title = "What the paper prints.";
  figure.text = "The numbers that the reading compares.";
  for (const auto& [name, rows] : tables) {
    if (head_counts(rows.size()).empty() || rows.front().size() != 4) continue;
    figure.panels.push_back(panel_of(name, rows));
    figure.numbers += table_of(name, rows);
  }
  figure.wide = figure.panels.size() > 3;
  return figure;
}

}  // namespace crosshead::report
