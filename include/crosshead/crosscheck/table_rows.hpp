#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crosshead/crosscheck/published_tables.hpp"
#include "crosshead/crosscheck/tables.hpp"

namespace crosshead::crosscheck {

/// Which rules the numbers of a row follow.
enum class Reading { published, definitions };
std::string name_of(Reading reading);

/// A mean that the paper prints, and how far it lies from the mean over our sequences: the difference over
/// (s^2 / 50 + d^2 / B)^(1/2), with the printed deviation s over 50 sequences and ours, d, over B. Positive
/// where the printed mean is larger. No distance where both deviations are 0, or with one sequence.
struct PrintedMean {
  std::string mean, deviation;
  std::optional<Enclosure> standard_errors;
};

/// Mean and deviation of a mixing time over the sequences where it is defined and bounded.
struct TimeColumn {
  exact::Rational epsilon;
  std::optional<Spread> spread;         ///< nothing unless all are defined and bounded
  int undefined = 0;                    ///< sequences without a mixing time
  int unbounded = 0;                    ///< sequences whose time exceeds kLongestTime
  std::string reason;                   ///< of the first undefined one
  std::int64_t shortest = 0;            ///< the least of all lower bounds
  std::optional<std::int64_t> longest;  ///< the largest of all upper bounds
};

/// One layer of one model under one reading, over B sequences. Fidelities are percent.
struct TableRow {
  attention::Task task = attention::Task::copy;
  int heads = 0, layer = 0, samples = 0;
  Reading reading = Reading::published;

  /// Published: steps of Algorithm 1. Definitions: `times`, of which the first is compared with the paper.
  std::optional<Spread> mixing;
  std::vector<TimeColumn> times;
  std::optional<PrintedMean> printed_mixing;
  std::optional<Enclosure> least_column, largest_column;  ///< published: over all sequences

  std::optional<Spread> fidelity, fidelity_without_sink;  ///< the latter: definitions
  std::optional<PrintedMean> printed_fidelity;
  int at_sink = 0, elsewhere = 0, at_both = 0, place_open = 0;  ///< sequences, by MinimumPlace

  std::optional<Spread> best_head;
  /// Sequences where combining certainly beats the best head, is certainly below it, and is open. The rest
  /// are ties: one head, or both exactly 0.
  int beats = 0, falls_below = 0, comparison_open = 0;
  std::string printed_best_head, printed_combined;  ///< Tables 5 and 6; may be empty
};

/// The rows of one model: published, then definitions, layers ascending.
std::vector<TableRow> rows_of(const ModelSamples& samples, const TableOptions& options);

/// Share of positions answered as the task asks, percent: mean and deviation over sequences.
Spread accuracy_percent(const ModelSamples& samples);

}  // namespace crosshead::crosscheck
