#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/heads/head_system.hpp"
#include "crosshead/report/page.hpp"

namespace crosshead::report {

/// One pair of heads of a family and the weights (b, 1 - b) for which a claim holds.
struct FamilyPair {
  enum class Kind { everywhere, half, elsewhere, nowhere, undecided };
  std::int64_t number = 0;       ///< from 1, in the family's order
  std::string first, second;     ///< edges of the heads, text
  nlohmann::ordered_json holds;  ///< as in crosshead.weights/1
  Kind kind = Kind::nowhere;  ///< for all 0 < b < 1; at 1/2 among others; at others alone; nowhere; not known
  bool irrational = false;    ///< an end of it
};

/// A pair that stands for others, drawn.
struct FamilyExample {
  std::string title;
  FamilyPair pair;
  heads::HeadSystem system;  ///< with weights for which the claim holds
};

/// What `crosshead region --family` found.
struct FamilyCensus {
  nlohmann::ordered_json document;    ///< crosshead.region-family/1
  std::vector<std::int64_t> holding;  ///< pairs with b = k / (size - 1) in their set
  std::vector<std::int64_t> lengths;  ///< pairs by the total length of a set that is not empty, in equal
                                      ///< steps from 0 to 1; a length on an edge counts below it
  std::vector<FamilyPair> listed;     ///< all pairs, or some of those that hold somewhere
  std::int64_t every = 0;             ///< 0: all pairs; k: every k-th that holds somewhere or is undecided
  std::vector<FamilyExample> examples;
};

/// The census: how many pairs hold for all weights, at 1/2, for some and for none; how many hold at each b,
/// and how long the sets are.
Section family_census_section(const FamilyCensus& census);

/// The sets of the listed pairs as strips over b, and a table of them that can be filtered; it says how many
/// are left out.
Section family_pairs_section(const FamilyCensus& census);

/// The examples, drawn.
Section family_examples_section(const FamilyCensus& census);

}  // namespace crosshead::report
