#include "crosshead/walk/convention_names.hpp"

namespace crosshead::walk {

std::string name_of(Distance distance) {
  return distance == Distance::l1 ? "l1" : "tv";
}

std::string name_of(Start start) {
  return start == Start::average ? "average" : "worst";
}

std::optional<Distance> distance_named(std::string_view name) {
  for (const Distance distance : {Distance::total_variation, Distance::l1}) {
    if (name == name_of(distance)) return distance;
  }
  return std::nullopt;
}

std::optional<Start> start_named(std::string_view name) {
  for (const Start start : {Start::worst, Start::average}) {
    if (name == name_of(start)) return start;
  }
  return std::nullopt;
}

}  // namespace crosshead::walk
