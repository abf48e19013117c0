#include "crosshead/heads/names.hpp"

namespace crosshead::heads {

std::string name_of(Reading reading) {
  return reading == Reading::normalised ? "normalised" : "as-stored";
}

std::string name_of(AttentionWalk walk) {
  return walk == AttentionWalk::published ? "published" : "successor-normalised";
}

std::optional<Reading> reading_named(std::string_view name) {
  for (const Reading reading : {Reading::as_stored, Reading::normalised}) {
    if (name == name_of(reading)) return reading;
  }
  return std::nullopt;
}

std::optional<AttentionWalk> attention_walk_named(std::string_view name) {
  for (const AttentionWalk walk : {AttentionWalk::successor_normalised, AttentionWalk::published}) {
    if (name == name_of(walk)) return walk;
  }
  return std::nullopt;
}

std::string label_of(const HeadSystem& system, int head) {
  const std::string& name = system.heads[static_cast<std::size_t>(head)].name;
  return name.empty() ? "head " + std::to_string(head + 1) : name;
}

}  // namespace crosshead::heads
