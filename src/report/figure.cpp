#include "crosshead/report/figure.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "crosshead/report/html.hpp"
#include "crosshead/report/page.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

/// Outlines of Vega's symbols around (0, 0), about 9 units wide, in the order of plots.js.
constexpr const char* kSymbols[] = {"M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
                                    "M-4 -4h8v8h-8z",
                                    "M0 -5l5 9h-10z",
                                    "M0 -5.5l4.5 5.5l-4.5 5.5l-4.5 -5.5z",
                                    "M0 5l5 -9h-10z",
                                    "M-1.6 -5h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4z"};
constexpr int kColours = 6;

ordered_json axis_json(const Axis& axis) {
  ordered_json json = {{"title", axis.title}, {"low", axis.low}, {"high", axis.high}};
  if (axis.logarithmic) json["log"] = true;
  if (axis.whole) json["whole"] = true;
  if (axis.hidden) json["hidden"] = true;
  if (!axis.labels.empty()) json["labels"] = axis.labels;
  return json;
}

/// Seven digits: more than a screen shows.
double rounded(double value) {
  return std::strtod(fmt::format("{:.7g}", value).c_str(), nullptr);
}

/// Coordinates as lists; what is as usual is left out.
ordered_json series_json(const Series& series) {
  ordered_json json = {{"name", series.name}, {"style", series.style}};
  if (!series.line) json["line"] = false;
  if (!series.symbols) json["symbols"] = false;
  if (series.dashed) json["dashed"] = true;
  if (series.open) json["open"] = true;
  if (series.thick) json["thick"] = true;
  if (series.every != 1) json["every"] = series.every;
  if (series.first != 0) json["first"] = series.first;
  json["x"] = json["y"] = ordered_json::array();
  for (std::size_t k = 0; k < series.points.size(); ++k) {
    const Point& point = series.points[k];
    json["x"].push_back(rounded(point.x));
    json["y"].push_back(rounded(point.y));
    if (!point.text.empty()) json["texts"][std::to_string(k)] = point.text;
    if (!point.low || !point.high) continue;
    json["whiskers"][std::to_string(k)] = {rounded(*point.low), rounded(*point.high)};
  }
  return json;
}

std::string legend(const Figure& figure) {
  std::vector<const Series*> shown;
  for (const Panel& panel : figure.panels) {
    for (const Series& series : panel.series) {
      const auto same = [&](const Series* other) { return other->name == series.name; };
      if (!series.name.empty() && std::none_of(shown.begin(), shown.end(), same)) shown.push_back(&series);
    }
  }
  std::string html;
  for (const Series* series : shown)
    html += fmt::format("<li>{} {}</li>\n", swatch(*series), escaped(series->name));
  for (const std::string& line : figure.key) html += "<li>" + line + "</li>\n";
  return html.empty() ? "" : "<ul class=\"legend\">\n" + html + "</ul>\n";
}

}  // namespace

Series ends_of(const Series& curve) {
  Series ends;
  ends.style = curve.style;
  ends.dashed = curve.dashed;
  ends.open = curve.open;
  ends.thick = curve.thick;
  ends.line = false;
  return ends;
}

std::string swatch(const Series& series) {
  const int style = ((series.style % kColours) + kColours) % kColours;
  std::string svg =
      fmt::format("<svg class=\"swatch series-{}\" viewBox=\"-14 -7 28 14\" aria-hidden=\"true\">", style);
  if (series.line) {
    svg += fmt::format("<path class=\"line{}{}\" d=\"M-13 0h26\"/>", series.dashed ? " dashed" : "",
                       series.thick ? " thick" : "");
  }
  if (series.symbols)
    svg += fmt::format("<path class=\"{}\" d=\"{}\"/>", series.open ? "open" : "filled", kSymbols[style]);
  return svg + "</svg>";
}

ordered_json panel_json(const Panel& panel) {
  ordered_json json = {{"x", axis_json(panel.x)}, {"y", axis_json(panel.y)}, {"height", panel.height}};
  for (const Series& series : panel.series) json["series"].push_back(series_json(series));
  for (const Mark& mark : panel.marks) {
    json["marks"].push_back({{"x", mark.x},
                             {"y", mark.y},
                             {"style", mark.style},
                             {"open", mark.open},
                             {"beyond", mark.beyond},
                             {"text", mark.text}});
  }
  for (const Rule& rule : panel.rules)
    json["rules"].push_back({{"at", rule.at}, {"vertical", rule.vertical}, {"label", rule.label}});
  for (const Band& band : panel.bands)
    json["bands"].push_back({{"from", band.from}, {"to", band.to}, {"label", band.label}});
  for (const Segment& segment : panel.segments) {
    json["segments"].push_back({{"x1", segment.x1},
                                {"y1", segment.y1},
                                {"x2", segment.x2},
                                {"y2", segment.y2},
                                {"style", segment.style}});
  }
  return json;
}

std::string figure_html(const Figure& figure) {
  std::string html =
      fmt::format("<figure class=\"plots\" id=\"{}\">\n<figcaption><strong>{}</strong> {}</figcaption>\n",
                  figure.id, escaped(figure.title), figure.text);
  if (has_vega()) {
    html += legend(figure) + fmt::format("<div class=\"panels{}\">\n", figure.wide ? " wide" : "");
    for (const Panel& panel : figure.panels) {
      html += "<div class=\"panel\">";
      if (!panel.title.empty()) html += fmt::format("<p class=\"panel-title\">{}</p>", escaped(panel.title));
      html += fmt::format(
          "<div class=\"plot\" role=\"img\" aria-label=\"{}\"></div><script "
          "type=\"application/json\">{}</script></div>\n",
          escaped(panel.title + (panel.title.empty() ? "" : ": ") + panel.description),
          script_json(panel_json(panel)));
    }
    html += "</div>\n";
  }
  if (!figure.numbers.empty()) {
    html += fmt::format("<details class=\"numbers\"{}><summary>{}</summary>\n{}</details>\n",
                        has_vega() ? "" : " open", escaped(figure.summary), figure.numbers);
  }
  return html + "</figure>\n";
}

}  // namespace crosshead::report
