#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

constexpr const char* kTasks[] = {"copy", "cycle"};
constexpr const char* kQuantities[] = {"mixing", "fidelity"};

std::optional<double> number_at(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  return std::strtod(found->get<std::string>().c_str(), nullptr);
}

/// The value of {"mean": [lo, hi], "std": [lo, hi]} into the cell; false where there is none.
bool fill(MeasuredCell& cell, const ordered_json& row, const std::string& key) {
  const auto found = row.find(key);
  if (found == row.end() || !found->is_object() || (*found)["mean"].is_null()) return false;
  cell.low = std::strtod((*found)["mean"][0].get<std::string>().c_str(), nullptr);
  cell.high = std::strtod((*found)["mean"][1].get<std::string>().c_str(), nullptr);
  const auto deviation = found->find("std");
  if (deviation != found->end() && deviation->is_array())
    cell.deviation = std::strtod((*deviation)[1].get<std::string>().c_str(), nullptr);
  const auto paper = row.find("published");
  if (paper != row.end() && paper->contains(key)) {
    cell.printed = number_at((*paper)[key], "mean");
    cell.printed_deviation = number_at((*paper)[key], "std");
  }
  return true;
}

double centre(const MeasuredCell& cell) {
  return (cell.low + cell.high) / 2;
}

struct Positions {
  std::vector<int> heads;
  int layers = 1;

  double x(int heads_of_cell, int layer, bool printed) const {
    const auto at = std::find(heads.begin(), heads.end(), heads_of_cell) - heads.begin();
    const double step = 0.7 / layers;
    return static_cast<double>(at) + (layer - (layers + 1) / 2.0) * step + (printed ? 0.35 : -0.1) * step;
  }
};

Positions positions_of(const std::vector<MeasuredCell>& cells) {
  Positions positions;
  for (const MeasuredCell& cell : cells) {
    if (std::find(positions.heads.begin(), positions.heads.end(), cell.heads) == positions.heads.end())
      positions.heads.push_back(cell.heads);
    positions.layers = std::max(positions.layers, cell.layer);
  }
  std::sort(positions.heads.begin(), positions.heads.end());
  return positions;
}

Point point_of(double x, double mean, const std::optional<double>& deviation, bool logarithmic,
               std::string text) {
  Point point{x, mean, {}, {}, std::move(text)};
  if (deviation) {
    const double low = mean - *deviation;
    point.low = logarithmic ? std::max(low, mean / 10) : std::max(low, 0.0);
    point.high = mean + *deviation;
  }
  return point;
}

/// One panel: a task and a quantity under one reading.
Panel panel_of(const std::vector<const MeasuredCell*>& cells, const Positions& positions,
               const std::string& task, const std::string& quantity) {
  const bool mixing = quantity == "mixing";
  Panel panel;
  panel.title = task + ", " + (mixing ? "mixing time" : "fidelity");
  panel.height = 240;
  for (const int heads : positions.heads) panel.x.labels.push_back(std::to_string(heads));
  panel.x.title = "heads";
  double least = 1e300, largest = 0;
  for (int layer = 1; layer <= positions.layers; ++layer) {
    Series ours, paper;
    ours.name = fmt::format("layer {}", layer);
    ours.style = paper.style = layer - 1;
    ours.line = paper.line = true;
    paper.line = false;
    paper.open = true;
    for (const MeasuredCell* cell : cells) {
      if (cell->layer != layer) continue;
      const double mean = centre(*cell);
      ours.points.push_back(point_of(positions.x(cell->heads, layer, false), mean, cell->deviation, mixing,
                                     fmt::format("layer {}, {} heads: {:.6g}", layer, cell->heads, mean)));
      least = std::min(least, mean);
      largest = std::max(largest, mean + cell->deviation.value_or(0));
      if (!cell->printed) continue;
      paper.points.push_back(
          point_of(positions.x(cell->heads, layer, true), *cell->printed, cell->printed_deviation, mixing,
                   fmt::format("layer {}, {} heads, printed: {:.6g}", layer, cell->heads, *cell->printed)));
      least = std::min(least, *cell->printed);
      largest = std::max(largest, *cell->printed + cell->printed_deviation.value_or(0));
    }
    std::sort(ours.points.begin(), ours.points.end(),
              [](const Point& a, const Point& b) { return a.x < b.x; });
    if (ours.points.empty()) continue;
    panel.series.push_back(std::move(ours));
    if (!paper.points.empty()) panel.series.push_back(std::move(paper));
  }
  const bool wide = mixing && least > 0;
  panel.y = {mixing ? "steps" : "percent",   wide,  wide ? least * 0.75 : 0,
             largest * (wide ? 1.35 : 1.08), false, {}};
  if (panel.y.high <= panel.y.low) panel.y.high = panel.y.low + 1;
  panel.description =
      fmt::format("{} series, one per layer, over {} head counts; the numbers are in the table.",
                  positions.layers, positions.heads.size());
  return panel;
}

Table table_of(const std::vector<const MeasuredCell*>& cells, const std::string& caption) {
  Table table{caption,
              {{"model"},
               {"certified mean", true},
               {"width", true},
               {"std dev.", true},
               {"printed mean", true},
               {"printed std dev.", true}},
              {}};
  const auto optional = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.6g}", *value) : std::string("\xE2\x80\x93");
  };
  for (const MeasuredCell* cell : cells) {
    table.rows.push_back(
        {fmt::format("{} head{}, layer {}", cell->heads, cell->heads == 1 ? "" : "s", cell->layer),
         fmt::format("{:.10g}", centre(*cell)), fmt::format("{:.1g}", cell->high - cell->low),
         optional(cell->deviation), optional(cell->printed), optional(cell->printed_deviation)});
  }
  return table;
}

Figure figure_of(const std::vector<MeasuredCell>& cells, const std::string& reading, const std::string& id) {
  Figure figure;
  figure.wide = true;
  figure.id = id + "-" + reading;
  const bool published = reading == "published";
  figure.title = published ? "Under the rules of the published program." : "Under the definitions.";
  figure.text = published
                    ? "Algorithms 1 and 2 as programmed, the simulation replaced by its exact expectation."
                    : "Mixing time of Def. 2.7 from the worst start at 1/4, fidelity of Def. 3.5 as a "
                      "supremum over all steps.";
  const Positions positions = positions_of(cells);
  double widest = 0;
  for (const char* quantity : kQuantities) {
    for (const char* task : kTasks) {
      std::vector<const MeasuredCell*> chosen;
      for (const MeasuredCell& cell : cells) {
        if (cell.reading != reading || cell.task != task || cell.quantity != quantity) continue;
        chosen.push_back(&cell);
        widest = std::max(widest, (cell.high - cell.low) / std::max(1.0, cell.high));
      }
      if (chosen.empty()) continue;
      figure.panels.push_back(panel_of(chosen, positions, task, quantity));
      figure.numbers +=
          table_html(table_of(chosen, fmt::format("{}, {}, {} reading", task,
                                                  quantity == std::string("mixing") ? "mixing time in steps"
                                                                                    : "fidelity in percent",
                                                  reading)));
    }
  }
  figure.key = {
      "filled: certified mean over our sequences, with one standard deviation",
      "outline: printed mean, with its standard deviation",
      fmt::format(
          "certified intervals have a width of at most {:.1g} times the value, less than any line here",
          widest)};
  return figure;
}

}  // namespace

std::vector<MeasuredCell> measured_cells(const ordered_json& tables) {
  std::vector<MeasuredCell> cells;
  for (const auto& row : tables.value("rows", ordered_json::array())) {
    for (const char* quantity : kQuantities) {
      MeasuredCell cell;
      cell.task = text_at(row, "task");
      cell.quantity = quantity;
      cell.reading = text_at(row, "reading");
      cell.heads = row.value("heads", 0);
      cell.layer = row.value("layer", 0);
      if (fill(cell, row, quantity == std::string("mixing") ? "mixing" : "fidelity_percent"))
        cells.push_back(cell);
    }
  }
  return cells;
}

Section figure4_section(const std::vector<MeasuredCell>& cells, const std::string& where,
                        const std::string& id, const std::string& title) {
  std::string html = paragraph(where);
  if (cells.empty()) {
    html += paragraph("No model was measured here.");
    html +=
        "<p><code>crosshead tables --models DIR --report tables.html</code> measures the models of a folder; "
        "<code>crosshead audit</code> measures the paper's checkpoints where they are "
        "(CROSSHEAD_PUBLISHED).</p>\n";
  }
  for (const char* reading : {"published", "definitions"}) {
    const Figure figure = figure_of(cells, reading, id);
    if (!figure.panels.empty()) html += figure_html(figure);
  }
  return {id, title, html};
}

}  // namespace crosshead::report
