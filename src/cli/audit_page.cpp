#include "audit_page.hpp"

#include "audit_exhibits.hpp"
#include "census.hpp"
#include "region_plot.hpp"
#include "region_run.hpp"
#include "report_file.hpp"
#include <fmt/format.h>

#include "crosshead/crosscheck/published_tables.hpp"
#include "crosshead/heads/system_file.hpp"
#include "crosshead/report/drawing.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/model_section.hpp"
#include "crosshead/report/region_section.hpp"
#include "crosshead/report/search_section.hpp"
#include "crosshead/report/system_figures.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;
using report::Section;

/// Nodes up to which families are enumerated. Six take four seconds of CPU, which somebody's own ledger, one
/// without records, is spared.
constexpr int kCensusOfPairs = 6, kCensusOfOwnLedgers = 5, kCensusOfTriples = 5;
constexpr int kRegionSamples = 129;

struct NamedSystem {
  const char* file;
  const char* title;
  const char* about;
  bool weights;  ///< whether its weights are shown as well
};
constexpr NamedSystem kNamedSystems[] = {
    {"example-3.13", "Example 3.13, as printed",
     "Head 2 goes from v back to u, so the merged system has a cycle, and 1/2 is approached for u and v, "
     "never attained.",
     true},
    {"figure-3", "Figure 3, as the published script has it",
     "The script's second head is another graph than the printed one: it is feedforward, and amplifies as "
     "well.",
     true},
    {"example-3.8", "Example 3.8",
     "Neither head carries u to the sink; merged, u arrives, and its signal grows to 1.", true},
    {"smallest-amplifying", "Smallest feedforward pair that amplifies",
     "The first in the declared order; on fewer nodes there is none.", true},
    {"supremum-not-attained", "A supremum that no step attains",
     "The signal of the first node only ever approaches its limit.", false}};

/// A named system of proofs/systems; nothing where it is not there.
std::optional<heads::HeadSystem> named_system(const AuditPageOptions& options, const std::string& name) {
  const std::filesystem::path file = options.proofs / "systems" / (name + ".json");
  if (options.proofs.empty() || !std::filesystem::exists(file)) return std::nullopt;
  return heads::read_system(file, claim::no_attention);
}

Section signals_section(const AuditPageOptions& options) {
  std::string html = report::paragraph(
      "The paper's Figure 3 in exact arithmetic: what the sink hears of each node after t steps, with the "
      "exact supremum over all t. A supremum that no t attains is drawn as an outline at the right edge.");
  for (const NamedSystem& named : kNamedSystems) {
    const auto system = named_system(options, named.file);
    if (!system) continue;
    const std::string id = report::anchor(std::string("system-") + named.file);
    html += fmt::format("<h3 id=\"{}\">{}</h3>\n", id, report::escaped(named.title));
    html += report::paragraph(named.about);
    html += report::system_drawing(*system, report::EdgeWeights::diffusion, id + "-heads");
    html += report::figure_html(report::signal_figure(*system, {}, id + "-signals", true));
  }
  return {"signals", "Signals", html};
}

Section weights_section(const AuditPageOptions& options) {
  std::string html = report::paragraph(
      "For which weights two heads amplify, for all real weights: the minimax fidelity of the merged system "
      "over b, the best head's as a threshold, and the exact set where it is exceeded. Ends are rational or "
      "algebraic numbers.");
  html += "<div class=\"pairs\">\n";
  for (const NamedSystem& named : kNamedSystems) {
    const auto system = named.weights ? named_system(options, named.file) : std::nullopt;
    if (!system) continue;
    RegionQuestion question;
    question.maximum = true;
    RegionReport answer = answered_region(*system, question);
    answer.system = named.title;
    ordered_json document = region_json(answer);
    document["plot"] = plot_json(answer, kRegionSamples);
    html += report::figure_html(
        report::region_figure(document, report::anchor(std::string("weights-") + named.file)));
  }
  return {"weights", "Weights", html + "</div>\n"};
}

/// One layer's entry of the table "TASK_NAME"; nothing where it was not measured.
std::optional<exact::Interval> entry(const claim::MeasuredNumbers& numbers, const std::string& name,
                                     std::size_t row, std::size_t column) {
  const auto found = numbers.tables.find(name);
  if (found == numbers.tables.end() || row >= found->second.size() || column >= found->second[row].size())
    return std::nullopt;
  return found->second[row][column];
}

std::optional<double> number(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(std::strtod(text.c_str(), nullptr));
}

std::vector<report::MeasuredCell> cells_of(const claim::MeasuredNumbers& numbers) {
  struct Source {
    const char *reading, *quantity, *mean, *deviation;
  };
  constexpr Source kSources[] = {{"published", "mixing", "mixing", "mixing_std"},
                                 {"published", "fidelity", "fidelity", "fidelity_std"},
                                 {"definitions", "mixing", "time", ""},
                                 {"definitions", "fidelity", "supremum", "supremum_std"}};
  constexpr int kHeads[] = {1, 4, 8, 16};
  std::vector<report::MeasuredCell> cells;
  for (const attention::Task task : {attention::Task::copy, attention::Task::cycle}) {
    const std::string name = attention::name_of(task);
    for (const Source& source : kSources) {
      for (std::size_t row = 0; row < 4; ++row) {
        for (std::size_t column = 0; column < 4; ++column) {
          const auto mean = entry(numbers, name + "_" + source.mean, row, column);
          if (!mean) continue;
          report::MeasuredCell cell;
          cell.task = name;
          cell.quantity = source.quantity;
          cell.reading = source.reading;
          cell.heads = kHeads[row];
          cell.layer = static_cast<int>(column) + 1;
          cell.low = exact::to_double(mean->lower);
          cell.high = exact::to_double(mean->upper);
          const auto deviation = entry(numbers, name + "_" + source.deviation, row, column);
          if (deviation) cell.deviation = exact::to_double(deviation->upper);
          const auto printed = crosscheck::printed_cell(task, cell.heads, cell.layer);
          if (printed) {
            const bool mixing = cell.quantity == "mixing";
            cell.printed = number(mixing ? printed->mixing : printed->fidelity);
            cell.printed_deviation = number(mixing ? printed->mixing_deviation : printed->fidelity_deviation);
          }
          cells.push_back(cell);
        }
      }
    }
  }
  return cells;
}

void add_model_sections(std::vector<Section>& sections, const std::vector<Audited>& results) {
  std::vector<report::ErrorRung> rungs;
  std::string rungs_where;
  const claim::MeasuredNumbers *published = nullptr, *own = nullptr;
  for (const Audited& audited : results) {
    if (audited.measured)
      (audited.entry->models == claim::ModelSet::own ? own : published) = audited.measured.get();
    if (audited.rungs.empty()) continue;
    rungs.insert(rungs.end(), audited.rungs.begin(), audited.rungs.end());
    rungs_where = audited.entry->id + ": " + audited.outcome.domain + ".";
  }
  sections.push_back(report::figure4_section(
      published == nullptr ? std::vector<report::MeasuredCell>() : cells_of(*published),
      "The paper's Figure 4: mixing time and fidelity of its trained models by number of heads, with every "
      "mean enclosed in a certified interval, beside the means that it prints."));
  if (own != nullptr) {
    sections.push_back(report::figure4_section(
        cells_of(*own),
        "The same for models that were trained here as the paper says, beside the means that it prints.",
        "figure-4-own", "Figure 4, own models"));
  }
  sections.push_back(report::ladder_section(rungs, rungs_where));
}

}  // namespace

report::Page audit_page(const ordered_json& document, const std::vector<Audited>& results,
                        const AuditPageOptions& options) {
  const report::Exhibits exhibits = exhibits_of(results);
  std::vector<Section> sections{report::ledger_section(document, exhibits),
                                report::refutation_section(document, exhibits)};
  if (options.whole_ledger) {
    const Section signals = signals_section(options), weights = weights_section(options);
    sections.push_back(signals);
    sections.push_back(weights);
    add_model_sections(sections, results);
    const bool records = !document.value("records", ordered_json::array()).empty();
    std::vector<ordered_json> searches =
        census(2, records ? kCensusOfPairs : kCensusOfOwnLedgers, options.threads, options.stop);
    for (ordered_json& one : census(3, kCensusOfTriples, options.threads, options.stop))
      searches.push_back(std::move(one));
    sections.push_back(report::census_section(searches));
    sections.push_back(report::records_section(document));
  }
  sections.push_back(report::glossary_section());
  report::Page page =
      page_of("Beyond Parallelism, claim by claim",
              "Every claim of the paper Beyond Parallelism: Synergistic Computational Graph Effects in "
              "Multi-Head Attention (arXiv 2507.02944), of its reviews, and closed forms beyond it, decided "
              "in exact arithmetic.",
              std::move(sections));
  page.lead = report::audit_lead(document);
  return page;
}

}  // namespace crosshead::cli
