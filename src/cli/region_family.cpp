// All pairs of a family, a block of pairs at a time: threads share a block, then its lines go to the journal,
// so that an interrupted run loses at most one block.
#include "region_family.hpp"

#include <chrono>
#include <fstream>
#include <utility>

#include "interrupt.hpp"
#include "json_parts.hpp"
#include "line_width.hpp"
#include "progress.hpp"
#include "region_census.hpp"
#include "region_family_page.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/share_tasks.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kBlock = 512;

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

using HeadPair = std::pair<std::int64_t, std::int64_t>;

/// The heads of a family in its order, each with what a claim needs of it alone.
class FamilyHeads {
 public:
  explicit FamilyHeads(const RegionFamily& family) : family_(family) {
    const bool mixing = family.request.claim.subject == diffusion::RegionClaim::Subject::absorbed;
    std::vector<std::string> names;
    for (int j = 1; j <= family.nodes; ++j) names.push_back(std::to_string(j));
    for (const graph::GraphCode code : graph::family_codes(family.family, family.nodes)) {
      const graph::Digraph graph = graph::family_graph(family.family, family.nodes, code);
      if (mixing) {
        matrices_.push_back(heads::walk_matrix(graph, names).matrix.value());
        const auto times =
            walk::mixing_times(matrices_.back(), sink(), names, {1 - family.request.claim.threshold}, {});
        alone_.emplace_back(times.front().time);
      } else {
        matrices_.push_back(heads::diffusion_matrix(graph, names).matrix.value());
        alone_.push_back(diffusion::minimax_fidelity(matrices_.back(), sink(), family.convention).value);
      }
    }
  }

  std::int64_t count() const { return static_cast<std::int64_t>(matrices_.size()); }
  std::int64_t pairs() const { return count() * (count() - 1) / 2; }

  /// The pair's line of the journal.
  ordered_json line_of(const HeadPair& pair) const {
    const auto a = static_cast<std::size_t>(pair.first), b = static_cast<std::size_t>(pair.second);
    const auto region = diffusion::weight_region(matrices_[a], matrices_[b], sink(),
                                                 resolved(family_.request, {alone_[a], alone_[b]}),
                                                 family_.convention, family_.limits);
    return region_line(pair.first, pair.second, region);
  }

 private:
  int sink() const { return family_.nodes - 1; }

  const RegionFamily& family_;
  std::vector<exact::RationalMatrix> matrices_;
  std::vector<exact::Rational> alone_;  ///< minimax fidelities, or mixing times
};

/// Pairs of different heads in the order (0, 1), (0, 2), ..., (1, 2), ...
class PairOrder {
 public:
  /// The first `skipped` pairs are left out.
  PairOrder(std::int64_t heads, std::int64_t skipped) : heads_(heads) {
    while (skipped > 0 && a_ + 1 < heads_) {
      const std::int64_t row = heads_ - 1 - a_;
      if (skipped < row) {
        b_ += skipped;
        return;
      }
      skipped -= row;
      b_ = ++a_ + 1;
    }
  }

  /// The next pairs, at most `most` of them.
  std::vector<HeadPair> next(std::size_t most) {
    std::vector<HeadPair> pairs;
    while (pairs.size() < most && a_ + 1 < heads_) {
      pairs.emplace_back(a_, b_);
      if (++b_ == heads_) b_ = ++a_ + 1;
    }
    return pairs;
  }

 private:
  std::int64_t heads_, a_ = 0, b_ = 1;
};

ordered_json document_of(const RegionFamily& family, const RegionCounts& counts, std::int64_t total,
                         double seconds) {
  ordered_json document = header_json(family);
  document["pairs"] = counts.pairs;
  document["complete"] = counts.pairs == total;
  document["somewhere"] = counts.somewhere;
  document["at_half"] = counts.at_half;
  document["everywhere"] = counts.everywhere;
  document["with_irrational_end"] = counts.with_irrational_end;
  document["largest_degree"] = counts.largest_degree;
  document["undecided"] = counts.undecided;
  document["seconds"] = seconds;
  return document;
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
                             counts.with_irrational_end, counts.largest_degree, counts.undecided),
                 kHanging) +
         duration_text(seconds) + "\n";
}

}  // namespace

int region_family(const RegionFamily& family, const GlobalOptions& global) {
  const auto start = std::chrono::steady_clock::now();
  const FamilyHeads heads(family);
  RegionCensus census(!family.report.empty(), heads.pairs());
  const RegionCounts& counts = census.counts();
  std::ofstream journal;
  if (!family.journal.empty()) {
    resume(family, header_json(family).dump(), census);
    journal.open(family.journal, std::ios::app);
  }
  const std::int64_t before = counts.pairs;
  PairOrder order(heads.count(), before);
  const InterruptRequest interrupt;
  ProgressLine progress(global.quiet || global.json);
  while (counts.pairs < heads.pairs() && !interrupt.made()) {
    const std::vector<HeadPair> block = order.next(kBlock);
    std::vector<ordered_json> lines(block.size());
    exact::share_tasks(global.thread_count(), block.size(),
                       [&](std::size_t k) { lines[k] = heads.line_of(block[k]); });
    for (const ordered_json& line : lines) {
      census.add(line);
      if (journal.is_open()) journal << line.dump() << "\n";
    }
    if (journal.is_open() && !journal.flush())
      throw exact::InputError(family.journal, "", "cannot be written");
    progress.show(counts.pairs, heads.pairs(), before,
                  fmt::format("{} pairs hold somewhere", counts.somewhere));
  }
  progress.clear();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const ordered_json document = document_of(family, counts, heads.pairs(), seconds);
  if (!family.report.empty()) write_family_page(family, document, census);
  print(global.json ? document_text(document) : text(family, counts, heads.pairs(), seconds));
  if (counts.pairs < heads.pairs()) return kInterrupted;
  return counts.undecided == 0 ? kHolds : kUndecided;
}

}  // namespace crosshead::cli
