#include <algorithm>
#include <array>

#include "system_panels.hpp"
#include <fmt/format.h>

#include "crosshead/heads/names.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/system_figures.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::report {
namespace {

constexpr std::int64_t kShortestProfile = 8, kLongestProfile = 60;
/// Of the heads' curves; the merged one has another.
constexpr std::array<int, 5> kHeadStyles{0, 1, 3, 4, 5};
/// More heads than that are two in the plot: the fastest and the slowest.
constexpr std::size_t kMostHeads = 5;

struct Profile {
  NamedMatrix of;
  walk::MixingTime time;
  std::vector<walk::ProfilePoint> points;
  bool drawn = true;
};

/// Whether a mixes before b; what is undecided mixes last.
bool faster(const Profile& a, const Profile& b) {
  if (a.time.decided != b.time.decided) return a.time.decided;
  return a.time.decided && a.time.time < b.time.time;
}

/// Of many heads the first that is fastest and the first that is slowest; true if some are left out.
bool choose(std::vector<Profile>& profiles) {
  const auto end = profiles.end() - (profiles.back().of.merged ? 1 : 0);
  if (end - profiles.begin() <= static_cast<std::ptrdiff_t>(kMostHeads)) return false;
  const auto fastest = std::min_element(profiles.begin(), end, faster);
  const auto slowest = std::max_element(profiles.begin(), end, faster);
  for (auto profile = profiles.begin(); profile != end; ++profile)
    profile->drawn = profile == fastest || profile == slowest;
  return true;
}

std::string time_words(const walk::MixingTime& time) {
  if (!time.defined) return "none: " + time.reason;
  return time.decided ? std::to_string(time.time) : fmt::format("more than {}", time.beyond);
}

Series series_of(const Profile& profile, int style) {
  Series series;
  series.name = profile.of.name;
  series.style = style;
  series.thick = profile.of.merged;
  series.dashed = style == 1;
  for (std::size_t t = 0; t < profile.points.size(); ++t) {
    const exact::Rational& distance = profile.points[t].distance;
    series.points.push_back({static_cast<double>(t),
                             exact::to_double(distance),
                             {},
                             {},
                             fmt::format("{}, t = {}: {}", profile.of.name, t, number_text(distance))});
  }
  return series;
}

std::string fidelity_words(const diffusion::Fidelity& fidelity, const std::vector<std::string>& nodes) {
  if (!fidelity.defined) return "undefined";
  if (!fidelity.decided) return "undecided";
  std::string where;
  for (const int node : fidelity.minimax_nodes)
    where += (where.empty() ? "" : ", ") + nodes[static_cast<std::size_t>(node)];
  return fmt::format("{} at {} {}{}", number_text(fidelity.minimax),
                     fidelity.minimax_nodes.size() == 1 ? "node" : "nodes", escaped(where),
                     fidelity.attained ? "" : " (approached, never attained)");
}

}  // namespace

Figure distance_figure(const heads::HeadSystem& system, const claim::Convention& convention,
                       const exact::Rational& epsilon, const std::string& id, const TimeBound& bound) {
  Figure figure;
  figure.id = id;
  figure.title = "Distance to the sink.";
  figure.text = fmt::format(
      "How far the walk from the {} start is from the sink after t steps; a curve has mixed where it is at "
      "or below eps = {}.",
      walk::name_of(convention.mixing.start), number_text(epsilon));
  figure.summary = "Distances as numbers";
  std::vector<Profile> profiles;
  std::int64_t steps = kShortestProfile;
  for (NamedMatrix& named : walk_matrices(system, convention.reading, convention.attention_walk)) {
    Profile profile{std::move(named), {}, {}};
    profile.time =
        walk::mixing_times(profile.of.matrix, system.sink, system.nodes, {epsilon}, convention.mixing)
            .front();
    if (!profile.time.defined) continue;
    if (profile.time.decided && profile.time.time + 3 <= kLongestProfile)
      steps = std::max(steps, profile.time.time + 3);
    profiles.push_back(std::move(profile));
  }
  if (profiles.empty()) return figure;
  const double limit = exact::to_double(bound.value);
  const bool bounded = !bound.name.empty() && limit + 2 <= static_cast<double>(kLongestProfile);
  if (bounded) steps = std::max(steps, static_cast<std::int64_t>(limit) + 2);
  Panel panel;
  panel.x = {"t", false, 0, static_cast<double>(steps), true, {}};
  panel.y = {"distance", false, 0, convention.mixing.distance == walk::Distance::l1 ? 2.0 : 1.0, false, {}};
  panel.height = 200;
  Table table{"Distance after t steps, exactly", {{"t", true}}, {}};
  if (choose(profiles)) figure.text += " Of the heads the fastest and the slowest are drawn.";
  std::size_t drawn_heads = 0;
  for (Profile& profile : profiles) {
    profile.points = walk::distance_profile(profile.of.matrix, system.sink, steps, convention.mixing);
    table.columns.push_back({profile.of.name});
    if (!profile.drawn) continue;
    const int style = profile.of.merged ? 2 : kHeadStyles[drawn_heads++];
    panel.series.push_back(series_of(profile, style));
    if (drawn_heads == 2 && panel.series.size() == 2) {
      // Heads often have the same curve: their symbols take turns.
      panel.series[0].every = panel.series[1].every = 2;
      panel.series[1].first = 1;
    }
    panel.description += fmt::format("{} mixes at t = {}. ", profile.of.name, time_words(profile.time));
    if (!profile.time.decided || profile.time.time > steps) continue;
    const auto at = static_cast<std::size_t>(profile.time.time);
    panel.marks.push_back({static_cast<double>(at), exact::to_double(profile.points[at].distance), style,
                           false, false, fmt::format("{} has mixed at t = {}", profile.of.name, at)});
  }
  panel.rules.push_back({exact::to_double(epsilon), false, "eps = " + number_text(epsilon)});
  if (bounded) panel.rules.push_back({limit, true, bound.name + " = " + number_text(bound.value)});
  for (std::size_t t = 0; t < static_cast<std::size_t>(steps) + 1; ++t) {
    std::vector<std::string> row{std::to_string(t)};
    for (const Profile& profile : profiles) row.push_back(number_text(profile.points[t].distance));
    table.rows.push_back(std::move(row));
  }
  figure.panels.push_back(std::move(panel));
  figure.key = {"large symbol: the mixing time"};
  figure.numbers = table_html(table);
  return figure;
}

std::string comparison_table(const heads::HeadSystem& system, const claim::Convention& convention,
                             const exact::Rational& epsilon) {
  claim::AnalysisOptions options;
  options.convention = convention;
  options.epsilons = {epsilon};
  options.hitting_times = false;
  const claim::Analysis analysis = claim::analyze(system, options);
  Table table{
      "Heads and the merged system",
      {{""}, {"forward probability"}, {"mixing time at " + exact::to_string(epsilon)}, {"minimax fidelity"}},
      {}};
  const auto add = [&](const claim::SystemAnalysis& one, const std::string& name) {
    table.rows.push_back({escaped(name),
                          one.forward_probability ? number_text(*one.forward_probability) : "undefined",
                          one.mixing.empty() ? "undefined" : escaped(time_words(one.mixing.front())),
                          fidelity_words(one.fidelity, system.nodes)});
  };
  for (std::size_t h = 0; h < analysis.heads.size(); ++h)
    add(analysis.heads[h], heads::label_of(system, static_cast<int>(h)));
  if (analysis.heads.size() > 1) add(analysis.combined, "merged");
  return table_html(table);
}

}  // namespace crosshead::report
