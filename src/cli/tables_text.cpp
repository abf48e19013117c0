#include <algorithm>
#include <functional>

#include "line_width.hpp"
#include "tables_output.hpp"
#include "text_table.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

using crosscheck::Enclosure;
using crosscheck::ModelSamples;
using crosscheck::PrintedMean;
using crosscheck::Reading;
using crosscheck::Spread;
using crosscheck::TableRow;

/// The value to so many decimals where the bounds agree on them, both bounds otherwise.
std::string decimals(const Enclosure& value, int places) {
  const std::string low = fmt::format("{:.{}f}", value.lower, places);
  const std::string high = fmt::format("{:.{}f}", value.upper, places);
  if (low == high) return low;
  return crosscheck::decimal_below(value.lower, 6) + ".." + crosscheck::decimal_above(value.upper, 6);
}

std::string spread_text(const Spread& spread, int places) {
  const std::string mean = decimals(spread.mean, places);
  return spread.deviation ? mean + " ±" + decimals(*spread.deviation, places) : mean;
}

std::string printed_text(const PrintedMean& printed) {
  return printed.mean + " ±" + printed.deviation;
}

std::string errors_text(const PrintedMean& printed) {
  if (!printed.standard_errors) return "";
  const Enclosure& errors = *printed.standard_errors;
  return fmt::format("{:+.1f}", (errors.lower + errors.upper) / 2);
}

/// A line of a sheet for each head count; cells are empty where a row has no such value.
struct SheetLine {
  std::string label;  ///< empty: the head count
  std::function<std::string(const TableRow&)> cell;
};

/// One of the paper's tables for one task: heads by layers, some lines for each head count.
struct Sheet {
  std::string title;
  std::vector<SheetLine> lines;
};

/// Adds the paper's mean, and how far it is off.
void add_paper(Sheet& sheet, std::optional<PrintedMean> TableRow::*mean) {
  const auto cell = [mean](std::string (*text)(const PrintedMean&)) {
    return [mean, text](const TableRow& row) { return row.*mean ? text(*(row.*mean)) : std::string(); };
  };
  sheet.lines.push_back({"  paper", cell(printed_text)});
  sheet.lines.push_back({"  errors", cell(errors_text)});
}

class TablesText {
 public:
  explicit TablesText(const TablesResult& result) : result_(result) {
    for (const ModelSamples& samples : result.models) {
      for (TableRow& row : crosscheck::rows_of(samples, result.options)) rows_.push_back(std::move(row));
    }
  }

  std::string text() {
    std::string text = heading() + models();
    for (const Reading reading : {Reading::published, Reading::definitions}) {
      for (const attention::Task task : {attention::Task::copy, attention::Task::cycle}) {
        for (const Sheet& sheet : sheets(reading, task)) text += sheet_text(sheet, reading, task);
      }
    }
    return text + footer();
  }

 private:
  std::string heading() const {
    const crosscheck::TableOptions& options = result_.options;
    const int samples = result_.models.front().samples;
    return wrapped(
        "", fmt::format("{} sequences ({}), {}; every number lies within its last digit, by {}", samples,
                        options.tokens ? options.tokens_file : fmt::format("seed {}", options.seed),
                        result_.backend, arithmetic_name(options)));
  }

  static std::string arithmetic_name(const crosscheck::TableOptions& options) {
    if (!options.exact) return "proven rounding bounds";
    if (!options.definitions) return "rational arithmetic";
    return options.published ? "rational arithmetic and balls of 192 bits" : "balls of 192 bits";
  }

  std::string models() const {
    TextTable table({"model", "parameters", "accuracy %", "first position"});
    for (const ModelSamples& samples : result_.models) {
      table.add({samples.model.path.filename().string(), std::to_string(samples.parameters),
                 decimals(crosscheck::accuracy_percent(samples).mean, 2),
                 fmt::format("{} of {}", samples.first_right, samples.samples)});
    }
    return "\n" + table.text();
  }

  std::vector<Sheet> sheets(Reading reading, attention::Task task) const {
    const bool published = reading == Reading::published, copy = task == attention::Task::copy;
    const crosscheck::TableParts& parts = result_.options.parts;
    std::vector<Sheet> sheets;
    if (parts.mixing && published) {
      Sheet sheet{fmt::format("Table {}: steps to the sink, at most 100, average start", copy ? 1 : 2),
                  {{"", [](const TableRow& row) { return spread_text(*row.mixing, 4); }}}};
      add_paper(sheet, &TableRow::printed_mixing);
      sheets.push_back(std::move(sheet));
    }
    for (std::size_t k = 0; parts.mixing && !published && k < result_.options.epsilons.size(); ++k) {
      sheets.push_back({fmt::format("Mixing time for eps = {}, worst start",
                                    exact::to_string(result_.options.epsilons[k])),
                        {{"", [k](const TableRow& row) { return time_text(row.times[k]); }}}});
    }
    if (parts.fidelity) {
      Sheet sheet{fmt::format("Table {}: minimax fidelity %{}", copy ? 3 : 4,
                              published ? ", up to 100 steps" : ", supremum over all steps"),
                  {{"", [](const TableRow& row) { return spread_text(*row.fidelity, 4); }}}};
      if (published) add_paper(sheet, &TableRow::printed_fidelity);
      sheets.push_back(std::move(sheet));
      sheets.push_back({"Sequences whose minimum is at the sink, elsewhere, at both (open)",
                        {{"", [](const TableRow& row) { return place_text(row); }}}});
    }
    if (parts.heads) {
      Sheet sheet{fmt::format("Table {}: best head's fidelity %; combined beats it, falls below it (open)",
                              copy ? 5 : 6),
                  {{"", [](const TableRow& row) { return decimals(row.best_head->mean, 4); }},
                   {"  combined", [](const TableRow& row) { return comparison_text(row); }}}};
      if (published) {
        sheet.lines.push_back({"  paper", [](const TableRow& row) { return row.printed_best_head; }});
        sheet.lines.push_back({"  combined", [](const TableRow& row) { return row.printed_combined; }});
      }
      sheets.push_back(std::move(sheet));
    }
    return sheets;
  }

  static std::string time_text(const crosscheck::TimeColumn& column) {
    if (column.spread) return spread_text(*column.spread, 1);
    return column.undefined > 0 ? fmt::format("undefined in {}", column.undefined)
                                : fmt::format("beyond 2^60 in {}", column.unbounded);
  }

  static std::string place_text(const TableRow& row) {
    std::string text = fmt::format("{}, {}, {}", row.at_sink, row.elsewhere, row.at_both);
    return row.place_open > 0 ? text + fmt::format(" ({})", row.place_open) : text;
  }

  static std::string comparison_text(const TableRow& row) {
    if (row.heads == 1) return "";
    std::string text = fmt::format("{}, {}", row.beats, row.falls_below);
    return row.comparison_open > 0 ? text + fmt::format(" ({})", row.comparison_open) : text;
  }

  std::string sheet_text(const Sheet& sheet, Reading reading, attention::Task task) const {
    std::vector<const TableRow*> rows;
    int layers = 0;
    for (const TableRow& row : rows_) {
      if (row.reading != reading || row.task != task) continue;
      rows.push_back(&row);
      layers = std::max(layers, row.layer);
    }
    if (rows.empty()) return "";
    std::vector<std::string> heading{"heads"};
    for (int layer = 1; layer <= layers; ++layer) heading.push_back(fmt::format("L{}", layer));
    TextTable table(heading);
    for (const TableRow* first : rows) {
      if (first->layer != 1) continue;
      for (const SheetLine& line : sheet.lines) {
        std::vector<std::string> cells{line.label.empty() ? std::to_string(first->heads) : line.label};
        bool any = false;
        for (const TableRow* row : rows) {
          if (row->heads != first->heads) continue;
          cells.push_back(line.cell(*row));
          any = any || !cells.back().empty();
        }
        cells.resize(heading.size());
        if (any) table.add(std::move(cells));
      }
    }
    return "\n" +
           wrapped("",
                   fmt::format("{} task, {} reading. {}", task == attention::Task::copy ? "Copy" : "Cycle",
                               crosscheck::name_of(reading), sheet.title)) +
           table.text();
  }

  std::string footer() const {
    return "\n" +
           wrapped(
               "",
               "Deviations have the divisor B - 1. Errors: how many standard errors the paper's mean lies "
               "above ours. --json has the bounds.");
  }

  const TablesResult& result_;
  std::vector<TableRow> rows_;
};

}  // namespace

std::string tables_text(const TablesResult& result) {
  return TablesText(result).text();
}

}  // namespace crosshead::cli
