#include "evaluation_record.hpp"

#include "crosshead/claim/weight_fact.hpp"

namespace crosshead::claim {

std::size_t FactRecord::touch(CurrentSystem& system) {
  const auto [place, added] = index_.try_emplace(system.key(), systems_.size());
  if (!added) return place->second;
  if (systems_.size() >= limit_) {
    clear();
    return 0;
  }
  systems_.push_back({system.to_system(), {}});
  known_.emplace_back();
  return systems_.size() - 1;
}

std::vector<UsedSystem> FactRecord::take() {
  std::vector<UsedSystem> systems = std::move(systems_);
  clear();
  return systems;
}

void FactRecord::clear() {
  active_ = false;
  index_.clear();
  systems_.clear();
  known_.clear();
}

void FactRecord::add(CurrentSystem& system, Fact fact) {
  if (!active_) return;
  const std::size_t index = touch(system);
  if (!active_) return;
  const std::string region = fact.region ? fact.region->key : "";
  if (known_[index].emplace(fact.kind, fact.head, fact.node, fact.epsilon, region).second) {
    systems_[index].facts.push_back(std::move(fact));
  }
}

}  // namespace crosshead::claim
