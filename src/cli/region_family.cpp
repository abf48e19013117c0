// All pairs of a family, a block of pairs at a time: threads share a block, then its lines go to the journal,
// so that an interrupted run loses at most one block.
#include "region_family.hpp"

#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "interrupt.hpp"
#include "json_parts.hpp"
#include "line_width.hpp"
#include "progress.hpp"
#include "region_census.hpp"
#include "region_family_page.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kBlock = 512;

ordered_json header_json(const RegionFamily& family) {
  return {{"schema", "crosshead.region-family/1"},
          {"family", family.name},
          {"nodes", family.nodes},
          {"claim", family.request.text},
          {"first_step", family.convention.first_step},
          {"sink_counts", family.convention.sink_counts},
          {"depth", family.limits.depth},
          {"steps", family.limits.steps}};
}

/// Counts what a journal already has and keeps its whole lines. Throws exact::InputError for another run's.
void resume(const RegionFamily& family, const std::string& header, RegionCensus& census) {
  std::ifstream file(family.journal);
  if (!file) {
    std::ofstream fresh(family.journal);
    fresh << header << "\n";
    if (!fresh.flush()) throw exact::InputError(family.journal, "", "cannot be written");
    return;
  }
  std::string line, kept;
  for (std::int64_t number = 1; std::getline(file, line) && !file.eof(); ++number) {
    if (number == 1) {
      if (line != header)
        throw exact::InputError(family.journal, "line 1",
                                "the journal of another question; expected " + header);
    } else {
      try {
        census.add(ordered_json::parse(line));
      } catch (const std::exception&) {
        throw exact::InputError(family.journal, fmt::format("line {}", number),
                                "no line of a region journal");
      }
    }
    kept += line + "\n";
  }
  if (kept.empty()) throw exact::InputError(family.journal, "line 1", "no journal; expected " + header);
  std::ofstream(family.journal) << kept;  // without a last line that was cut short
}

std::string text(const RegionFamily& family, const RegionCounts& counts, std::int64_t total, double seconds) {
  return wrapped("",
                 fmt::format("{} on {} nodes, pairs of heads with weights (b, 1 - b): {}", family.name,
                             family.nodes, family.request.text),
                 kHanging) +
         wrapped("",
                 fmt::format("pairs {} of {}; holds for some b: {}, for b = 1/2: {}, for all 0 < b < 1: {}",
                             counts.pairs, total, counts.somewhere, counts.at_half, counts.everywhere),
                 kHanging) +
         wrapped("",
                 fmt::format("with an irrational end: {}, largest degree {}; undecided somewhere: {}",
                             counts.algebraic_ends, counts.largest_degree, counts.undecided),
                 kHanging) +
         duration_text(seconds) + "\n";
}

}  // namespace

int region_family(const RegionFamily& family, const GlobalOptions& global) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<exact::RationalMatrix> matrices;
  const bool mixing = family.request.claim.subject == diffusion::RegionClaim::Subject::absorbed;
  std::vector<exact::Rational> minimax;  // or mixing times
  std::vector<std::string> names;
  for (int j = 1; j <= family.nodes; ++j) names.push_back(std::to_string(j));
  for (const graph::GraphCode code : graph::family_codes(family.family, family.nodes)) {
    const graph::Digraph graph = graph::family_graph(family.family, family.nodes, code);
    if (mixing) {
      matrices.push_back(heads::walk_matrix(graph, names).matrix.value());
      const auto times = walk::mixing_times(matrices.back(), family.nodes - 1, names,
                                            {1 - family.request.claim.threshold}, {});
      minimax.emplace_back(times.front().time);
    } else {
      matrices.push_back(heads::diffusion_matrix(graph, names).matrix.value());
      minimax.push_back(
          diffusion::minimax_fidelity(matrices.back(), family.nodes - 1, family.convention).value);
    }
  }
  const auto heads = static_cast<std::int64_t>(matrices.size());
  const std::int64_t total = heads * (heads - 1) / 2;
  RegionCensus census(!family.report.empty(), total);
  const RegionCounts& counts = census.counts();
  std::ofstream journal;
  const std::string header = header_json(family).dump();
  if (!family.journal.empty()) {
    resume(family, header, census);
    journal.open(family.journal, std::ios::app);
  }
  const std::int64_t before = counts.pairs;
  // The pair after `before` others, in the order (0, 1), (0, 2), ..., (1, 2), ...
  std::int64_t a = 0, b = 1;
  for (std::int64_t left = before; left > 0 && a + 1 < heads;) {
    const std::int64_t row = heads - 1 - a;
    if (left >= row) {
      left -= row;
      ++a;
      b = a + 1;
    } else {
      b += left;
      left = 0;
    }
  }
  const InterruptRequest interrupt;
  ProgressLine progress(global.quiet || global.json);
  while (counts.pairs < total && !interrupt.made()) {
    std::vector<std::pair<std::int64_t, std::int64_t>> block;
    for (; static_cast<std::int64_t>(block.size()) < kBlock && a + 1 < heads; ++b) {
      if (b == heads) {
        b = ++a;
        continue;
      }
      block.emplace_back(a, b);
    }
    std::vector<ordered_json> lines(block.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t k = next++; k < block.size(); k = next++) {
        const auto [first, second] = block[k];
        const auto x = static_cast<std::size_t>(first), y = static_cast<std::size_t>(second);
        const auto region = diffusion::weight_region(matrices[x], matrices[y], family.nodes - 1,
                                                     resolved(family.request, {minimax[x], minimax[y]}),
                                                     family.convention, family.limits);
        lines[k] = region_line(first, second, region);
      }
    };
    std::vector<std::thread> pool;
    for (unsigned t = 1; t < threads; ++t) pool.emplace_back(work);
    work();
    for (std::thread& thread : pool) thread.join();
    for (const ordered_json& line : lines) {
      census.add(line);
      if (journal.is_open()) journal << line.dump() << "\n";
    }
    if (journal.is_open() && !journal.flush())
      throw exact::InputError(family.journal, "", "cannot be written");
    progress.show(counts.pairs, total, before, fmt::format("{} pairs hold somewhere", counts.somewhere));
  }
  progress.clear();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ordered_json document = header_json(family);
  document["pairs"] = counts.pairs;
  document["complete"] = counts.pairs == total;
  document["somewhere"] = counts.somewhere;
  document["at_half"] = counts.at_half;
  document["everywhere"] = counts.everywhere;
  document["with_irrational_end"] = counts.algebraic_ends;
  document["largest_degree"] = counts.largest_degree;
  document["undecided"] = counts.undecided;
  document["seconds"] = seconds;
  if (!family.report.empty()) write_family_page(family, document, census);
  if (global.json) {
    print(document_text(document));
  } else {
    print(text(family, counts, total, seconds));
  }
  if (counts.pairs < total) return kInterrupted;
  return counts.undecided == 0 ? kHolds : kUndecided;
}

}  // namespace crosshead::cli
