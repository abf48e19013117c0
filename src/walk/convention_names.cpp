#include "crosshead/walk/convention_names.hpp"

#include "crosshead/exact/value_named.hpp"

namespace crosshead::walk {

std::string name_of(Distance distance) {
  return distance == Distance::l1 ? "l1" : "tv";
}

std::string name_of(Start start) {
  return start == Start::average ? "average" : "worst";
}

std::optional<Distance> distance_named(std::string_view name) {
  return exact::value_named(name, {Distance::total_variation, Distance::l1});
}

std::optional<Start> start_named(std::string_view name) {
  return exact::value_named(name, {Start::worst, Start::average});
}

}  // namespace crosshead::walk
