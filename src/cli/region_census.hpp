#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "region_output.hpp"

namespace crosshead::cli {

/// What the journal of a family says of one pair: {"pair": [0, 1], "holds": [[from, closed, to, closed]]},
/// and "undecided" where something is.
nlohmann::ordered_json region_line(std::int64_t first, std::int64_t second,
                                   const diffusion::WeightRegion& region);

/// The sets of weights of such a line. Throws std::exception for what is none.
std::vector<diffusion::RegionInterval> sets_of(const nlohmann::ordered_json& line);
/// Whether b = 1/2 is in one of them.
bool hold_at_half(const std::vector<diffusion::RegionInterval>& sets);
/// Whether all 0 < b < 1 are in one of them.
bool hold_everywhere(const std::vector<diffusion::RegionInterval>& sets);
/// Whether an end of one of them is irrational.
bool have_irrational_end(const std::vector<diffusion::RegionInterval>& sets);

struct RegionCounts {
  std::int64_t pairs = 0, somewhere = 0, at_half = 0, everywhere = 0, with_irrational_end = 0, undecided = 0;
  int largest_degree = 1;
};

/// Counts pairs in the family's order, and keeps what a page shows of them: where they hold, and some of the
/// lines. Memory does not grow with the number of pairs.
class RegionCensus {
 public:
  /// Values of b that are counted at, k / kSamples, and steps of the total length.
  static constexpr int kSamples = 64, kLengths = 20;
  /// All lines are kept of families of at most so many pairs; otherwise at most so many of those that hold
  /// somewhere or are undecided, one in `every`.
  static constexpr std::int64_t kMostListed = 400;

  /// One kept line; `number` counts pairs from 1.
  struct Kept {
    std::int64_t number = 0;
    nlohmann::ordered_json line;
  };

  /// `pictures`: whether more than the counts is wanted; `total`: of the family.
  RegionCensus(bool pictures, std::int64_t total);

  /// The next line. Throws std::exception for what is none.
  void add(const nlohmann::ordered_json& line);

  const RegionCounts& counts() const { return counts_; }
  /// Pairs with k / kSamples in their set.
  std::vector<std::int64_t> holding() const;
  /// Pairs that hold somewhere by the total length of their set; one on an edge counts below it.
  const std::vector<std::int64_t>& lengths() const { return lengths_; }
  const std::vector<Kept>& listed() const { return listed_; }
  /// 0: every pair is listed.
  std::int64_t every() const { return every_; }
  /// The first pair that holds for all 0 < b < 1, the first that holds somewhere but not at 1/2, and the
  /// first whose set is shortest.
  const std::optional<Kept>& first_everywhere() const { return first_everywhere_; }
  const std::optional<Kept>& first_elsewhere() const { return first_elsewhere_; }
  const std::optional<Kept>& shortest() const { return shortest_; }

 private:
  void draw(const nlohmann::ordered_json& line, const std::vector<diffusion::RegionInterval>& sets);
  void list(const nlohmann::ordered_json& line, bool shown);

  bool pictures_;
  RegionCounts counts_;
  std::vector<std::int64_t> steps_;  ///< differences of `holding`
  std::vector<std::int64_t> lengths_;
  std::vector<Kept> listed_;
  std::int64_t every_ = 0, met_ = 0;
  std::optional<Kept> first_everywhere_, first_elsewhere_, shortest_;
  double shortest_length_ = 2;
};

}  // namespace crosshead::cli
