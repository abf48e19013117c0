#include "crosshead/heads/names.hpp"

#include "crosshead/exact/value_named.hpp"

namespace crosshead::heads {

std::string name_of(Reading reading) {
  return reading == Reading::normalised ? "normalised" : "as-stored";
}

std::string name_of(AttentionWalk walk) {
  return walk == AttentionWalk::published ? "published" : "successor-normalised";
}

std::optional<Reading> reading_named(std::string_view name) {
  return exact::value_named(name, {Reading::as_stored, Reading::normalised});
}

std::optional<AttentionWalk> attention_walk_named(std::string_view name) {
  return exact::value_named(name, {AttentionWalk::successor_normalised, AttentionWalk::published});
}

std::string label_of(const HeadSystem& system, int head) {
  const std::string& name = system.heads[static_cast<std::size_t>(head)].name;
  return name.empty() ? "head " + std::to_string(head + 1) : name;
}

}  // namespace crosshead::heads
