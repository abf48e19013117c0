#include "crosshead/report/region_section.hpp"

#include <algorithm>
#include <cmath>

#include "region_words.hpp"
#include <fmt/format.h>

#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

Series curve(const std::string& name, int style, const ordered_json& places, const ordered_json& values) {
  Series series;
  series.name = name;
  series.style = style;
  for (std::size_t k = 0; k < places.size() && k < values.size(); ++k) {
    if (values[k].is_null()) continue;
    series.points.push_back({places[k].get<double>(), values[k].get<double>()});
  }
  return series;
}

/// At weights 0 and 1 one head is alone, and a fidelity may jump: such an end stands apart from its curve.
Series without_jumps(Series curve, Panel& panel) {
  const auto jumps = [&](std::size_t a, std::size_t b) {
    return std::abs(curve.points[a].y - curve.points[b].y) > 0.04;
  };
  const auto apart = [&](const Point& point) {
    Series end = ends_of(curve);
    end.points = {point};
    panel.series.push_back(std::move(end));
  };
  if (curve.points.size() > 2 && jumps(0, 1)) {
    apart(curve.points.front());
    curve.points.erase(curve.points.begin());
  }
  if (curve.points.size() > 2 && jumps(curve.points.size() - 1, curve.points.size() - 2)) {
    apart(curve.points.back());
    curve.points.pop_back();
  }
  return curve;
}

void add_curves(Panel& panel, const ordered_json& plot) {
  const ordered_json& places = plot["b_rounded"];
  int style = 0;
  for (const auto& node : plot["nodes"]) {
    Series series = curve("fidelity of " + node["node"].get<std::string>(), style, places, node["rounded"]);
    series.dashed = true;
    series.open = true;
    series.every = std::max(static_cast<int>(series.points.size()) / 8, 1);
    series.first = (style * series.every / 4) % series.every;
    ++style;
    panel.series.push_back(without_jumps(std::move(series), panel));
  }
  Series minimax = curve("minimax fidelity", 5, places, plot["minimax_rounded"]);
  minimax.thick = true;
  minimax.symbols = false;
  panel.series.push_back(without_jumps(std::move(minimax), panel));
}

/// Where the curve stands at an end of the set: on the threshold, if there is one.
void add_ends(Panel& panel, const ordered_json& set, double height) {
  for (const char* end : {"from", "to"}) {
    const bool closed = set[std::string(end) + "_closed"].get<bool>();
    panel.marks.push_back({place_of(set[end]), height, 0, !closed, false,
                           std::string(closed ? "belongs to the set" : "does not belong to the set")});
    if (set["from"] == set["to"]) return;
  }
}

}  // namespace

Figure region_figure(const ordered_json& region, const std::string& id) {
  Figure figure;
  figure.id = id;
  const std::string system = text_at(region, "system"), claim = text_at(region, "claim");
  figure.title = system.empty() ? "Weights." : system + ".";
  const std::string first = region["heads"][0].get<std::string>();
  figure.text =
      fmt::format("Weights b of {} and 1 \xE2\x88\x92 b of {} where <code>{}</code> holds, for all real b.",
                  escaped(first), escaped(region["heads"][1].get<std::string>()), escaped(claim));
  figure.summary = "Exact ends";
  Table table{"Weights where it holds", {{"set"}, {"exactly"}}, {}};
  Panel panel;
  panel.x = {"b, weight of " + first, false, 0, 1, false, {}};
  panel.y = {"fidelity", false, 0, 1, false, {}};
  panel.height = 220;
  const std::string threshold = text_at(region, "threshold");
  double height = 0;
  if (!threshold.empty()) {
    height = exact::to_double(exact::parse_rational(threshold));
    table.rows.push_back({"threshold", number_text(exact::parse_rational(threshold))});
  }
  if (region.contains("plot")) {
    add_curves(panel, region["plot"]);
    if (!threshold.empty()) {
      panel.rules.push_back({height, false, ""});
      const char* what = claim == "amplifies"    ? "the best head alone"
                         : claim == "attenuates" ? "the worst head alone"
                                                 : "the threshold";
      figure.key.push_back(
          fmt::format("dotted: {}, {}", what, number_text(exact::parse_rational(threshold))));
    }
  } else {
    panel.y.hidden = true;
    panel.height = 60;
    height = 0.5;
  }
  int count = 0;
  for (const auto& set : region["holds"]) {
    panel.bands.push_back({place_of(set["from"]), place_of(set["to"]), ""});
    add_ends(panel, set, height);
    table.rows.push_back({fmt::format("part {}", ++count), set_html(set)});
  }
  panel.description = count == 0 ? "It holds for no weights. "
                                 : fmt::format("It holds on {} part{} of the interval, see the exact ends. ",
                                               count, count == 1 ? "" : "s");
  for (const auto& open : region["undecided"]) {
    table.rows.push_back(
        {"undecided", fmt::format("from {} to {}", open[0].get<std::string>(), open[1].get<std::string>())});
  }
  if (count == 0 && region["undecided"].empty()) table.rows.push_back({"none", "no weights at all"});
  const auto maximum = region.find("maximum");
  if (maximum != region.end() && !(*maximum)["value"].is_null()) {
    table.rows.push_back({"largest minimax fidelity", number_html((*maximum)["value"])});
    for (const auto& set : (*maximum)["where"]) {
      table.rows.push_back({"reached at", set_html(set)});
      panel.marks.push_back({place_of(set["from"]), place_of((*maximum)["value"]), 5, false, false,
                             "largest minimax fidelity"});
    }
  }
  if (!text_at(region, "reason").empty())
    table.rows.push_back({"undefined", escaped(text_at(region, "reason"))});
  figure.panels.push_back(std::move(panel));
  figure.key.emplace_back("shaded: the claim holds; outlines are ends that do not belong to the set");
  if (maximum != region.end()) figure.key.push_back("large filled symbol: the largest minimax fidelity");
  figure.numbers = table_html(table);
  return figure;
}

}  // namespace crosshead::report
