#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace crosshead::report {

// Plots are data: the page's script draws them (assets/plots.js), in the colours of the page. Positions are
// doubles for the eye; the exact numbers stand in the table that comes with a figure.

struct Point {
  double x = 0, y = 0;
  std::optional<double> low = {}, high = {};  ///< ends of a vertical whisker
  std::string text = {};                      ///< shown under the pointer; empty: names and coordinates
};

/// Points of one kind. Colour and symbol together tell series apart, and the legend names both.
struct Series {
  std::string name;
  int style = 0;        ///< colour and symbol, from 0; the same number looks the same everywhere
  bool line = true;     ///< points are joined
  bool dashed = false;  ///< by a dashed line
  bool open = false;    ///< symbols are outlines
  bool thick = false;   ///< the series that the plot is about
  bool symbols = true;
  int every = 1, first = 0;  ///< symbols on points first, first + every, ... only
  std::vector<Point> points = {};
};

/// A series without points for ends that stand apart from `curve`: same symbols, no line, not in the legend.
Series ends_of(const Series& curve);

/// A point that stands out: filled where a value is attained, an outline where it is only approached.
struct Mark {
  double x = 0, y = 0;
  int style = 0;
  bool open = false;
  bool beyond = false;  ///< right of the plot's edge: what happens as x grows without bound
  std::string text;
};

/// A straight line across the plot with a name on it.
struct Rule {
  double at = 0;
  bool vertical = false;
  std::string label;
};

/// A range of x that is shaded.
struct Band {
  double from = 0, to = 0;
  std::string label;
};

struct Segment {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  int style = 0;
};

struct Axis {
  std::string title;
  bool logarithmic = false;
  double low = 0, high = 1;
  bool whole = false;               ///< ticks at whole numbers only
  std::vector<std::string> labels;  ///< if any: names of the positions 0, 1, ...
  bool hidden = false;
};

struct Panel {
  std::string title;
  std::string description;  ///< for those who do not see it
  Axis x, y;
  std::vector<Series> series;
  std::vector<Mark> marks;
  std::vector<Rule> rules;
  std::vector<Band> bands;
  std::vector<Segment> segments;
  int height = 200;  ///< in pixels, of the plot itself
};

/// One figure: panels beside each other where there is room, one legend, and the numbers.
struct Figure {
  std::string id;     ///< an anchor
  std::string title;  ///< text
  std::string text;   ///< HTML under the title: how to read it
  std::vector<Panel> panels;
  std::vector<std::string> key;  ///< HTML: further lines of the legend
  std::string numbers;           ///< HTML: tables
  std::string summary = "The numbers";
  bool wide = false;  ///< panels need more room than usual
};

std::string figure_html(const Figure& figure);

/// What plots.js reads.
nlohmann::ordered_json panel_json(const Panel& panel);

/// A symbol of the legend as inline SVG: with a line where the series has one.
std::string swatch(const Series& series);

}  // namespace crosshead::report
