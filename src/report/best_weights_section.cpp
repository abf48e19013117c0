// Best weights of any number of heads: the enclosure, and cuts through the simplex along which it can be
// seen.
#include "crosshead/report/best_weights_section.hpp"

#include <algorithm>
#include <numeric>

#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/exact/algebraic_number.hpp"
#include "crosshead/heads/names.hpp"
#include "crosshead/report/drawing.hpp"
#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/system_figures.hpp"

namespace crosshead::report {
namespace {

using exact::Rational;

constexpr int kDigits = 10;
constexpr int kSamples = 64;
/// As many cuts as there are styles.
constexpr std::size_t kMostCuts = 6;

std::string head_name(const BestWeights& found, std::size_t head) {
  return heads::label_of(found.system, static_cast<int>(head));
}

/// Weights with `weight` for one head, the others in the proportions they have.
std::vector<Rational> with_weight(const std::vector<Rational>& weights, std::size_t head,
                                  const Rational& weight) {
  std::vector<Rational> moved(weights.size());
  const Rational others = 1 - weights[head], count = static_cast<long>(weights.size()) - 1;
  for (std::size_t h = 0; h < weights.size(); ++h) {
    if (h == head)
      moved[h] = weight;
    else
      moved[h] = (1 - weight) * (others == 0 ? Rational(1 / count) : Rational(weights[h] / others));
  }
  return moved;
}

std::optional<double> fidelity_at(const BestWeights& found, const std::vector<Rational>& weights) {
  const diffusion::Minimax value = diffusion::minimax_fidelity(exact::weighted_sum(found.matrices, weights),
                                                               found.system.sink, found.convention);
  if (!value.decided) return std::nullopt;
  return exact::to_double(value.value);
}

/// The heads whose weights are varied: of many those with the largest weights.
std::vector<std::size_t> varied_heads(const std::vector<Rational>& weights) {
  if (weights.size() == 2) return {0};
  std::vector<std::size_t> chosen(weights.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  std::stable_sort(chosen.begin(), chosen.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  chosen.resize(std::min(chosen.size(), kMostCuts));
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

/// Fidelity over the weight of one head. At 0 and 1 heads are left out and it may jump: these ends stand
/// apart.
void add_cut(Panel& panel, const BestWeights& found, std::size_t head, int style) {
  const std::string name = head_name(found, head);
  Series curve;
  curve.name = "weight of " + name;
  curve.style = style;
  curve.every = 16;
  curve.first = 2 + style % 4 * 4;
  Series ends = ends_of(curve);
  ends.open = true;
  bool met = false;
  for (int k = 0; k <= kSamples; ++k) {
    const Rational x(k, kSamples);
    const auto add = [&](Series& series, const Rational& place, const std::optional<double>& y) {
      if (!y) return;
      series.points.push_back({exact::to_double(place),
                               *y,
                               {},
                               {},
                               fmt::format("{} with weight {}: {:.6g}", name, number_text(place), *y)});
    };
    if (!met && found.best.weights[head] <= x && k > 0 && k < kSamples) {
      met = true;
      if (found.best.weights[head] < x)
        add(curve, found.best.weights[head], exact::to_double(found.best.lower));
    }
    add(k == 0 || k == kSamples ? ends : curve, x,
        fidelity_at(found, with_weight(found.best.weights, head, x)));
  }
  panel.series.push_back(std::move(curve));
  panel.series.push_back(std::move(ends));
  panel.marks.push_back(
      {exact::to_double(found.best.weights[head]), exact::to_double(found.best.lower), style, false, false,
       fmt::format("best weights: {} has {}", name, number_text(found.best.weights[head]))});
}

Figure cuts_figure(const BestWeights& found) {
  Figure figure;
  figure.id = "cuts";
  figure.title = "Around the best weights.";
  const std::vector<std::size_t> heads = varied_heads(found.best.weights);
  const bool pair = found.best.weights.size() == 2;
  figure.text =
      pair ? fmt::format("Minimax fidelity over the weight of {}; {} has the rest.",
                         escaped(head_name(found, 0)), escaped(head_name(found, 1)))
           : "Minimax fidelity as the weight of one head changes and the others share the rest in the "
             "proportions that they have at the best weights; exact values, drawn.";
  if (heads.size() < found.best.weights.size() && !pair) {
    figure.text += fmt::format(" Of {} heads the {} with the largest weights are varied.",
                               found.best.weights.size(), heads.size());
  }
  figure.wide = true;
  Panel panel;
  panel.height = 240;
  const std::string upper = exact::decimal_up(found.best.upper, kDigits);
  panel.x = {pair ? "weight of " + head_name(found, 0) : "weight", false, 0, 1, false, {}};
  for (std::size_t k = 0; k < heads.size(); ++k) add_cut(panel, found, heads[k], static_cast<int>(k));
  const double highest = exact::to_double(found.best.upper);
  double lowest = exact::to_double(found.best.lower);
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) lowest = std::min(lowest, point.y);
  }
  const double margin = std::max((highest - lowest) * 0.15, 0.01);
  panel.y = {
      "minimax fidelity", false, std::max(0.0, lowest - margin), std::min(1.0, highest + margin), false, {}};
  panel.rules.push_back({highest, false, ""});
  panel.description = fmt::format("The largest value met is {}, marked; no weights have more than {}. ",
                                  number_text(found.best.lower), upper);
  figure.panels.push_back(std::move(panel));
  figure.key = {"large filled symbol: the best weights",
                fmt::format("dotted: no weights of any kind have more than {}", upper),
                "outlines at 0 and 1: heads are left out there, and the value may jump"};
  return figure;
}

}  // namespace

Section best_weights_section(const BestWeights& found) {
  const diffusion::SimplexMaximum& best = found.best;
  const std::string lower = exact::decimal_down(best.lower, kDigits),
                    upper = exact::decimal_up(best.upper, kDigits);
  std::string html = "<ul class=\"tiles wide\" aria-label=\"What was found\">\n";
  html += tile(lower.substr(0, 8), "at least, and exactly reached by the weights below");
  html += tile(exact::decimal_up(best.upper, 6), "at most, for any weights");
  html += tile(grouped(static_cast<std::uint64_t>(best.simplices)), "parts of the simplex looked at");
  html += tile(best.reached ? "yes" : "no", "within the tolerance of " + exact::to_string(found.tolerance));
  html += "</ul>\n";
  if (!best.reached) {
    html += paragraph(
        "The budget of parts was used up before the tolerance was reached: both bounds hold, but they "
        "are further apart.",
        "note");
  }
  Table enclosure{
      "Largest minimax fidelity over all weights", {{"bound"}, {"exactly"}, {"decimal", true}}, {}};
  enclosure.rows = {{"at least", exact::to_string(best.lower), lower + "\xE2\x80\xA6"},
                    {"at most", exact::to_string(best.upper), upper},
                    {"apart", "", exact::decimal_up(best.upper - best.lower, kDigits)}};
  Table weights{"Best weights that were met",
                {{"head"}, {"weight"}, {"decimal", true}, {"minimax fidelity of the head alone"}},
                {}};
  Panel bars;
  bars.height = 150;
  Series shares;
  shares.name = "best weight";
  shares.line = false;
  Rational largest_alone = 0;
  for (std::size_t h = 0; h < best.weights.size(); ++h) {
    const std::string name = head_name(found, h);
    const auto alone = diffusion::minimax_fidelity(found.matrices[h], found.system.sink, found.convention);
    if (alone.decided) largest_alone = std::max(largest_alone, alone.value);
    weights.rows.push_back({escaped(name), exact::to_string(best.weights[h]), decimal_text(best.weights[h]),
                            alone.decided ? number_text(alone.value) : "undecided"});
    const double share = exact::to_double(best.weights[h]);
    shares.points.push_back({static_cast<double>(h), share, 0.0, share,
                             fmt::format("{}: {}", name, number_text(best.weights[h]))});
    bars.x.labels.push_back(best.weights.size() > 6 ? std::to_string(h + 1) : name);
    bars.description += fmt::format("{} has weight {}. ", name, number_text(best.weights[h]));
  }
  if (best.weights.size() > 6) bars.x.title = "head";
  bars.y = {"weight", false, 0, 1, false, {}};
  bars.series.push_back(std::move(shares));
  Figure bar_figure;
  bar_figure.id = "best-weights";
  bar_figure.title = "Best weights.";
  bar_figure.text = fmt::format("Merged by them the heads reach {}; the best head alone reaches {}.",
                                number_text(best.lower), number_text(largest_alone));
  bar_figure.panels.push_back(std::move(bars));
  Figure cuts = cuts_figure(found);
  html += table_html(enclosure) + table_html(weights);
  return {"best", "Best weights", html + figure_html(bar_figure) + figure_html(cuts)};
}

Section best_signals_section(const BestWeights& found) {
  heads::HeadSystem merged = found.system;
  merged.weights = found.best.weights;
  std::string html = paragraph(
      "What the sink hears of each node after t steps, of each head alone and merged by the best weights.");
  html += system_drawing(merged, EdgeWeights::diffusion, "best-heads");
  return {"signals", "Signals",
          html + figure_html(signal_figure(merged, found.convention, "best-signals", merged.size() <= 8))};
}

}  // namespace crosshead::report
