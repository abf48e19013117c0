#include "crosshead/crosscheck/table_rows.hpp"

#include <algorithm>

namespace crosshead::crosscheck {
namespace {

constexpr Enclosure kHundred{100, 100};

Enclosure count(int value) {
  return {static_cast<double>(value), static_cast<double>(value)};
}

std::optional<PrintedMean> printed_mean(const std::string& mean, const std::string& deviation,
                                        const std::optional<Spread>& ours, int samples) {
  PrintedMean printed{mean, deviation, std::nullopt};
  if (!ours || !ours->deviation) return printed;
  const Enclosure theirs = squared(enclosing(exact::parse_rational(deviation))) / count(kPrintedSamples);
  const Enclosure error = square_root(theirs + squared(*ours->deviation) / count(samples));
  if (error.lower > 0) {
    printed.standard_errors = (enclosing(exact::parse_rational(mean)) - ours->mean) / error;
  }
  return printed;
}

void count_place(const Minimax& minimum, TableRow& row) {
  switch (minimum.place) {
    case MinimumPlace::sink:
      ++row.at_sink;
      break;
    case MinimumPlace::elsewhere:
      ++row.elsewhere;
      break;
    case MinimumPlace::both:
      ++row.at_both;
      break;
    case MinimumPlace::open:
      ++row.place_open;
      break;
  }
}

/// The largest of the heads' minima.
Enclosure best_of(const std::vector<Minimax>& heads) {
  Enclosure best = heads.front().value;
  for (const Minimax& head : heads) {
    best = {std::max(best.lower, head.value.lower), std::max(best.upper, head.value.upper)};
  }
  return best;
}

void compare_with_best(const Enclosure& combined, const Enclosure& best, TableRow& row) {
  if (row.heads == 1 || (combined.upper == 0 && best.upper == 0)) return;
  if (combined.lower > best.upper) {
    ++row.beats;
  } else if (combined.upper < best.lower) {
    ++row.falls_below;
  } else {
    ++row.comparison_open;
  }
}

/// Fidelity and best-head columns, which both readings share.
template <typename Metrics>
void add_fidelity(const std::vector<Metrics>& samples, const TableParts& parts, TableRow& row) {
  std::vector<Enclosure> combined, best;
  for (const Metrics& metrics : samples) {
    combined.push_back(metrics.fidelity.value * kHundred);
    if (parts.fidelity) count_place(metrics.fidelity, row);
    if (!parts.heads) continue;
    const Enclosure most = best_of(metrics.heads);
    best.push_back(most * kHundred);
    compare_with_best(metrics.fidelity.value, most, row);
  }
  if (parts.fidelity || parts.heads) row.fidelity = spread_of(combined);
  if (parts.heads) row.best_head = spread_of(best);
}

TimeColumn time_column(const std::vector<DefinitionMetrics>& samples, std::size_t k,
                       const exact::Rational& epsilon) {
  TimeColumn column;
  column.epsilon = epsilon;
  std::vector<Enclosure> times;
  for (const DefinitionMetrics& metrics : samples) {
    if (!metrics.mixing_defined) {
      if (column.undefined++ == 0) column.reason = metrics.reason;
      continue;
    }
    const TimeBounds& bounds = metrics.mixing[k];
    const bool first = times.empty() && column.unbounded == 0;
    column.shortest = first ? bounds.least : std::min(column.shortest, bounds.least);
    if (!bounds.most) {
      ++column.unbounded;
      continue;
    }
    column.longest = std::max(column.longest.value_or(0), *bounds.most);
    times.push_back(
        {enclosing(exact::Rational(bounds.least)).lower, enclosing(exact::Rational(*bounds.most)).upper});
  }
  if (column.unbounded > 0) column.longest.reset();
  if (times.size() == samples.size()) column.spread = spread_of(times);
  return column;
}

void add_printed(TableRow& row) {
  const auto cell = printed_cell(row.task, row.heads, row.layer);
  if (!cell) return;
  if (row.reading == Reading::published ? row.mixing.has_value() : !row.times.empty()) {
    row.printed_mixing = printed_mean(cell->mixing, cell->mixing_deviation, row.mixing, row.samples);
  }
  if (row.fidelity) {
    row.printed_fidelity = printed_mean(cell->fidelity, cell->fidelity_deviation, row.fidelity, row.samples);
  }
  if (row.best_head) {
    row.printed_best_head = cell->best_head;
    row.printed_combined = cell->combined;
  }
}

TableRow published_row(const LayerSamples& layer, const TableOptions& options, TableRow row) {
  row.reading = Reading::published;
  if (options.parts.mixing) {
    std::vector<Enclosure> mixing;
    row.least_column = layer.published.front().least_column;
    row.largest_column = layer.published.front().largest_column;
    for (const PublishedMetrics& metrics : layer.published) {
      mixing.push_back(metrics.mixing);
      row.least_column = {std::min(row.least_column->lower, metrics.least_column.lower),
                          std::min(row.least_column->upper, metrics.least_column.upper)};
      row.largest_column = {std::max(row.largest_column->lower, metrics.largest_column.lower),
                            std::max(row.largest_column->upper, metrics.largest_column.upper)};
    }
    row.mixing = spread_of(mixing);
  }
  add_fidelity(layer.published, options.parts, row);
  add_printed(row);
  return row;
}

TableRow definition_row(const LayerSamples& layer, const TableOptions& options, TableRow row) {
  row.reading = Reading::definitions;
  for (std::size_t k = 0; options.parts.mixing && k < options.epsilons.size(); ++k) {
    row.times.push_back(time_column(layer.definitions, k, options.epsilons[k]));
  }
  if (!row.times.empty()) row.mixing = row.times.front().spread;
  add_fidelity(layer.definitions, options.parts, row);
  if (row.fidelity) {
    std::vector<Enclosure> without;
    for (const DefinitionMetrics& metrics : layer.definitions) {
      without.push_back(metrics.fidelity_without_sink.value * kHundred);
    }
    row.fidelity_without_sink = spread_of(without);
  }
  add_printed(row);
  return row;
}

}  // namespace

std::string name_of(Reading reading) {
  return reading == Reading::published ? "published" : "definitions";
}

std::vector<TableRow> rows_of(const ModelSamples& samples, const TableOptions& options) {
  std::vector<TableRow> rows;
  TableRow blank;
  blank.task = samples.model.task;
  blank.heads = samples.model.heads;
  blank.samples = samples.samples;
  for (const Reading reading : {Reading::published, Reading::definitions}) {
    for (const LayerSamples& layer : samples.layers) {
      blank.layer = layer.layer;
      if (reading == Reading::published && options.published) {
        rows.push_back(published_row(layer, options, blank));
      } else if (reading == Reading::definitions && options.definitions) {
        rows.push_back(definition_row(layer, options, blank));
      }
    }
  }
  return rows;
}

Spread accuracy_percent(const ModelSamples& samples) {
  std::vector<Enclosure> shares;
  for (const int right : samples.right) shares.push_back(count(100 * right) / count(samples.positions));
  return spread_of(shares);
}

}  // namespace crosshead::crosscheck
