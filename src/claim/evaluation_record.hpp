#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "quantities.hpp"

#include "crosshead/claim/evaluation.hpp"

namespace crosshead::claim {

/// Keeps the systems that are used and their facts, each once and in the order of first use, up to a number
/// of systems; beyond it everything is dropped and nothing is kept any more.
class FactRecord {
 public:
  explicit FactRecord(std::size_t limit) : limit_(limit) {}

  /// Whether facts are still kept.
  bool active() const { return active_; }

  /// The index of a system, which is listed if it was not.
  std::size_t touch(CurrentSystem& system);
  void add(CurrentSystem& system, Fact fact);

  /// Everything kept; ends the record.
  std::vector<UsedSystem> take();

 private:
  using FactKey = std::tuple<Fact::Kind, int, int, exact::Rational, std::string>;

  void clear();

  std::size_t limit_;
  bool active_ = true;
  std::map<std::string, std::size_t> index_;
  std::vector<UsedSystem> systems_;
  std::vector<std::set<FactKey>> known_;
};

}  // namespace crosshead::claim
