#include "suggestion.hpp"

#include "crosshead/claim/edit_distance.hpp"

namespace crosshead::cli {
std::string did_you_mean(const std::string& written, const std::vector<std::string>& known) {
  const std::string* nearest = nullptr;
  std::size_t least = 0;
  for (const std::string& name : known) {
    const std::size_t found = claim::edit_distance(written, name);
    if (3 * found <= name.size() && (nearest == nullptr || found < least)) {
      nearest = &name;
      least = found;
    }
  }
  return nearest == nullptr ? "" : "; did you mean '" + *nearest + "'?";
}

}  // namespace crosshead::cli
