#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/graph/digraph.hpp"
#include "crosshead/search/guided.hpp"

namespace crosshead::search {

/// Best-known values: what guided searches found, kept with the systems that show it
/// (proofs/ledger/records.toml). A record claims that its system has its value and nothing else is known to
/// be better; only the first half can be checked again.
struct Record {
  Objective objective;
  GuidedSpace space;         ///< what was searched: sizes, and which weights were allowed
  heads::HeadSystem system;  ///< in the space
  exact::Rational value;     ///< as the file has it
  std::string found;         ///< the command that found it
  std::string optimal;       ///< the command that enumerates the family, if the value is its largest
};

/// "amplifies-gain-5-2", "mixes-faster-ratio-8-3-grid-12-epsilon-1-4": what the record is about, the same for
/// all records that compete. Fit for a file's name.
std::string name_of(const Record& record);

/// Edges of a graph on nodes 1..n without its self-loops, by source: "1>2,4-6 2>4" has 1 -> 2, 4, 5, 6 and
/// 2 -> 4.
std::string compact_edges(const graph::Digraph& graph);
/// Reads them back; every node gets its self-loop. Throws std::invalid_argument saying what is wrong: stray
/// characters, nodes beyond n, sources or targets that do not ascend, edges that do not lead forward.
graph::Digraph graph_of_compact_edges(std::string_view text, int nodes);

/// Reads records from the bytes of their file; `file` is used in messages. Throws exact::InputError with line
/// and column: broken TOML, unknown or missing keys, wrong types, malformed edges, heads outside of the
/// family, weights that are not allowed, and two records about the same. Values are not checked.
std::vector<Record> parse_records(std::string_view text, const std::filesystem::path& file);
/// Reads the file, then parse_records. Throws exact::InputError for a missing or unreadable file too.
std::vector<Record> read_records(const std::filesystem::path& file);

/// The record as an entry of the file; parse_records reads it back.
std::string record_text(const Record& record);

}  // namespace crosshead::search
