// The pairs of a family one by one: strips over b, and a table that the page's script filters.
#include <algorithm>
#include <array>

#include "filter_form.hpp"
#include "region_words.hpp"
#include "searched.hpp"
#include <fmt/format.h>

#include "crosshead/report/family_section.hpp"
#include "crosshead/report/figure.hpp"
#include "crosshead/report/html.hpp"

namespace crosshead::report {
namespace {

using Kind = FamilyPair::Kind;

/// How a kind of pairs is called in the page: by its filter, and in words.
struct FamilyKind {
  Kind kind;
  const char *name, *words;
};
constexpr std::array<FamilyKind, 5> kFamilyKinds{{{Kind::everywhere, "everywhere", "for all 0 < b < 1"},
                                                  {Kind::half, "half", "at 1/2, not for all b"},
                                                  {Kind::elsewhere, "elsewhere", "for some b, not at 1/2"},
                                                  {Kind::nowhere, "nowhere", "for no b"},
                                                  {Kind::undecided, "undecided", "undecided for some b"}}};

const FamilyKind& family_kind(Kind kind) {
  return *std::find_if(kFamilyKinds.begin(), kFamilyKinds.end(),
                       [&](const FamilyKind& one) { return one.kind == kind; });
}

/// Polynomials of a larger degree make rows too long.
constexpr int kLargestDegree = 3;

/// More strips are not told apart.
constexpr std::size_t kMostStrips = 150;

struct Strip {
  const FamilyPair* pair = nullptr;
  double from = 0, to = 0;
};

Figure strips_figure(const FamilyCensus& census) {
  std::vector<const FamilyPair*> holding;
  for (const FamilyPair& pair : census.listed) {
    if (!pair.holds.empty()) holding.push_back(&pair);
  }
  const std::size_t step = (holding.size() + kMostStrips - 1) / kMostStrips;
  std::vector<std::vector<Strip>> shown;
  for (std::size_t k = 0; k < holding.size(); k += step) {
    std::vector<Strip>& strips = shown.emplace_back();
    for (const auto& set : holding[k]->holds)
      strips.push_back({holding[k], place_of(set["from"]), place_of(set["to"])});
  }
  std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) {
    if (a.front().from != b.front().from) return a.front().from < b.front().from;
    return a.back().to > b.back().to;
  });
  Figure figure;
  figure.id = "strips";
  figure.title = "The weights of each pair.";
  figure.text = fmt::format(
      "One strip a pair, {} of them, from the least to the largest b for which it holds; symbols stand in "
      "the middle.",
      shown.size());
  figure.wide = true;
  Panel panel;
  panel.height = 260;
  panel.x = {"pairs, by where their weights begin",   false, 0.2,
             static_cast<double>(shown.size()) + 0.8, true,  {}};
  panel.y = {"b", false, 0, 1, false, {}};
  panel.rules.push_back({0.5, false, ""});
  for (std::size_t k = 0; k < kFamilyKinds.size(); ++k) {
    const FamilyKind& kind = kFamilyKinds[k];
    Series series;
    series.name = kind.words;
    series.style = static_cast<int>(k);
    series.line = false;
    for (std::size_t at = 0; at < shown.size(); ++at) {
      for (const Strip& strip : shown[at]) {
        if (strip.pair->kind != kind.kind) continue;
        series.points.push_back(
            {static_cast<double>(at + 1), (strip.from + strip.to) / 2, strip.from, strip.to,
             fmt::format("pair {}: {:.6g} to {:.6g}", strip.pair->number, strip.from, strip.to)});
      }
    }
    if (series.points.empty()) continue;
    panel.description += fmt::format("{}: {} strips. ", kind.words, series.points.size());
    panel.series.push_back(std::move(series));
  }
  panel.description += "All ends are in the table of pairs.";
  figure.panels.push_back(std::move(panel));
  figure.key = {"dotted: b = 1/2"};
  return figure;
}

std::string filters(const FamilyCensus& census) {
  FilterForm form{
      "family-table",
      "pair",
      "pairs",
      "edges and weights",
      {{"Ends", "evidence", {{"", "any"}, {"rational", "rational"}, {"irrational", "irrational"}}}},
      "It holds",
      {}};
  for (const FamilyKind& kind : kFamilyKinds) {
    const auto count = std::count_if(census.listed.begin(), census.listed.end(),
                                     [&](const FamilyPair& pair) { return pair.kind == kind.kind; });
    form.boxes.push_back({kind.name, kind.words, static_cast<std::size_t>(count)});
  }
  return filter_form(form);
}

std::string table_of(const FamilyCensus& census) {
  Table table{"Pairs of heads and the weights for which it holds",
              {{"pair"}, {"first head"}, {"second head"}, {"it holds"}, {"weights b of the first head"}},
              {},
              "family-table",
              {}};
  for (const FamilyPair& pair : census.listed) {
    const std::string sets = sets_html(pair.holds, kLargestDegree);
    const FamilyKind& kind = family_kind(pair.kind);
    table.rows.push_back({grouped(static_cast<std::uint64_t>(pair.number)), escaped(pair.first),
                          escaped(pair.second), escaped(kind.words), sets.empty() ? "none" : sets});
    table.attributes.push_back(fmt::format("data-verdict=\"{}\" data-evidence=\"{}\"", kind.name,
                                           pair.holds.empty() ? ""
                                           : pair.irrational  ? "irrational"
                                                              : "rational"));
  }
  return table_html(table);
}

}  // namespace

Section family_pairs_section(const FamilyCensus& census) {
  const auto& document = census.document;
  const std::uint64_t pairs = count_at(document, "pairs"), listed = census.listed.size();
  std::string html;
  if (census.every == 0) {
    html = paragraph(fmt::format("All {} pairs are listed.", grouped(pairs)));
  } else {
    html = paragraph(fmt::format(
        "{} of {} pairs are listed: {} of those that hold for some b or are undecided{}. The rest is counted "
        "above; --journal FILE writes every pair's exact weights.",
        grouped(listed), grouped(pairs),
        census.every == 1 ? "all"
                          : fmt::format("one in {}", grouped(static_cast<std::uint64_t>(census.every))),
        census.every == 1 ? "" : ", evenly spread"));
  }
  const bool strips = std::any_of(census.listed.begin(), census.listed.end(),
                                  [](const FamilyPair& pair) { return !pair.holds.empty(); });
  if (strips) html += figure_html(strips_figure(census));
  if (!census.listed.empty()) html += filters(census) + table_of(census);
  return {"pairs", "Pairs", html};
}

}  // namespace crosshead::report
