#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::report {
namespace {

using nlohmann::ordered_json;

/// All rungs of one device and type.
struct Step {
  std::string name;
  std::vector<const ErrorRung*> rungs;
};

std::vector<Step> steps_of(const std::vector<ErrorRung>& rungs) {
  std::vector<Step> steps;
  for (const ErrorRung& rung : rungs) {
    const std::string name = rung.source.empty() ? rung.type : rung.source + " " + rung.type;
    auto found =
        std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.name == name; });
    if (found == steps.end()) found = steps.insert(steps.end(), {name, {}});
    found->rungs.push_back(&rung);
  }
  // The most precise at the bottom.
  const auto largest_bound = [](const Step& step) {
    double largest = 0;
    for (const ErrorRung* rung : step.rungs) largest = std::max(largest, rung->bound);
    return largest;
  };
  std::stable_sort(steps.begin(), steps.end(),
                   [&](const Step& a, const Step& b) { return largest_bound(a) < largest_bound(b); });
  return steps;
}

Panel panel_of(const std::vector<Step>& steps) {
  Panel panel;
  panel.x.title = "relative error";
  panel.x.logarithmic = true;
  Series observed, proven;
  observed.name = "largest error observed on a path";
  proven.name = "proven bound of that signal";
  proven.style = 1;
  observed.line = proven.line = false;
  proven.open = true;
  double least = 1e300, largest = 0;
  for (const Step& step : steps) {
    for (const ErrorRung* rung : step.rungs) {
      if (rung->error > 0) least = std::min(least, rung->error);
      if (rung->bound > 0) least = std::min(least, rung->bound);
      largest = std::max({largest, rung->error, rung->bound});
    }
  }
  if (largest == 0) least = largest = 1e-16;
  panel.x.low = std::pow(10, std::floor(std::log10(least)) - 1);
  panel.x.high = std::pow(10, std::ceil(std::log10(largest)));
  for (std::size_t k = 0; k < steps.size(); ++k) {
    panel.y.labels.push_back(steps[k].name);
    const auto y = static_cast<double>(k);
    double worst = panel.x.low, bound = panel.x.low;
    for (const ErrorRung* rung : steps[k].rungs) {
      const double error = std::max(rung->error, panel.x.low), limit = std::max(rung->bound, panel.x.low);
      worst = std::max(worst, error);
      bound = std::max(bound, limit);
      observed.points.push_back(
          {error, y - 0.12, {}, {}, fmt::format("{}, {}: {:.3g}", steps[k].name, rung->path, rung->error)});
      proven.points.push_back(
          {limit,
           y + 0.16,
           {},
           {},
           fmt::format("{}, {}: at most {:.3g}", steps[k].name, rung->path, rung->bound)});
    }
    panel.segments.push_back({worst, y - 0.12, bound, y - 0.12, 0});
    panel.description +=
        fmt::format("{}: at most {:.3g} observed, {:.3g} proven. ", steps[k].name, worst, bound);
  }
  panel.series = {observed, proven};
  panel.height = static_cast<int>(steps.size()) * 44 + 20;
  return panel;
}

Table table_of(const std::vector<Step>& steps) {
  Table table{"The worst signal of each device and type",
              {{"computed by"},
               {"paths", true},
               {"largest error", true},
               {"where"},
               {"its bound", true},
               {"share of bound", true},
               {"units in the last place", true},
               {"within"}},
              {}};
  for (const Step& step : steps) {
    const ErrorRung* worst = step.rungs.front();
    double ulps = 0;
    bool within = true;
    for (const ErrorRung* rung : step.rungs) {
      if (rung->error > worst->error) worst = rung;
      ulps = std::max(ulps, rung->ulps);
      within = within && rung->within;
    }
    table.rows.push_back(
        {escaped(step.name), std::to_string(step.rungs.size()), fmt::format("{:.3g}", worst->error),
         escaped(worst->path), fmt::format("{:.3g}", worst->bound),
         worst->bound > 0 ? fmt::format("{:.2g} %", 100 * worst->error / worst->bound) : "\xE2\x80\x93",
         fmt::format("{:.0f}", ulps),
         within ? "yes" : "<span class=\"badge differs\">\xE2\x9C\x97 no</span>"});
  }
  return table;
}

}  // namespace

std::vector<ErrorRung> error_rungs(const ordered_json& crosscheck) {
  std::vector<ErrorRung> rungs;
  const ordered_json layers = crosscheck.value("layers", ordered_json::array());
  for (const auto& layer : layers) {
    std::string prefix;
    if (!layer["layer"].is_null()) {
      prefix = fmt::format("layer {}, ", layer["layer"].get<int>());
    } else if (layers.size() > 1) {
      prefix = text_at(layer, "system") + ", ";
    }
    for (const auto& path : layer["paths"]) {
      const std::string name =
          prefix + (path["head"].is_null() ? "mean" : fmt::format("head {}", path["head"].get<int>()));
      for (const auto& signal : path["signals"]) {
        ErrorRung rung;
        rung.source = text_at(signal, "source");
        rung.type = text_at(signal, "type");
        rung.path = name;
        if (signal["signal"].is_object()) {
          rung.error = signal["signal"]["error"].get<double>();
          rung.bound = signal["signal"]["bound"].get<double>();
        }
        rung.ulps = signal.value("ulps", 0.0);
        rung.within = signal.value("within", true);
        rungs.push_back(std::move(rung));
      }
    }
  }
  return rungs;
}

Section ladder_section(const std::vector<ErrorRung>& rungs, const std::string& where) {
  std::string html =
      paragraph(
          "Signals in floating point against exact values, bit for bit the same input. Every entry has to "
          "lie within a bound that is proven for any order of summation; the ladder shows how much room is "
          "left.") +
      paragraph(where, "note");
  if (rungs.empty()) {
    return {"floats", "Floating point",
            html +
                "<p>Nothing was computed in floating point here: the LibTorch module is missing, or no claim "
                "asks for it. <code>crosshead crosscheck FILE --report floats.html</code> checks an "
                "attention file or a model.</p>\n"};
  }
  const std::vector<Step> steps = steps_of(rungs);
  Figure figure;
  figure.id = "error-ladder";
  figure.title = "Observed error against proven bound.";
  figure.text = "One symbol for each head and each mean; a relative error of 0 stands at the left edge.";
  figure.panels.push_back(panel_of(steps));
  figure.numbers = table_html(table_of(steps));
  figure.summary = "The worst of each as numbers";
  return {"floats", "Floating point", html + figure_html(figure)};
}

Section misses_section(const ordered_json& crosscheck) {
  const auto misses = crosscheck.find("not_accepted");
  std::string html = paragraph(fmt::format("Rule: {}. Signals accepted: {}.", text_at(crosscheck, "rule"),
                                           crosscheck.value("accepted", 0)));
  if (misses == crosscheck.end() || misses->empty())
    return {"rule", "Rule", html + paragraph("Every signal is accepted.")};
  Table table{"Signals that are not accepted", {{"signal"}, {"answer"}, {"reason"}}, {}};
  for (const auto& miss : *misses) {
    table.rows.push_back({escaped(text_at(miss, "signal")), escaped(text_at(miss, "answer")),
                          escaped(text_at(miss, "reason"))});
  }
  return {"rule", "Rule", html + table_html(table)};
}

}  // namespace crosshead::report
