#include "definition_parts.hpp"

namespace crosshead::crosscheck {

std::string obstacle(const TriangularMatrix& mean) {
  const std::size_t n = mean.n;
  if (mean.at(n - 1, n - 1) == 0) return "no row hears the sink, not even its own: its column has the sum 0";
  std::vector<bool> reaches(n, false);
  reaches[n - 1] = true;
  for (std::size_t j = n - 1; j-- > 0;) {
    for (std::size_t i = j + 1; i < n && !reaches[j]; ++i) reaches[j] = reaches[i] && mean.at(i, j) > 0;
    if (!reaches[j]) return "node " + std::to_string(j + 1) + " does not reach the sink";
  }
  return "";
}

Minimax without_last(std::vector<Enclosure> values) {
  if (values.size() == 1) return minimum_over(values, 0);
  values.pop_back();
  Minimax result = minimum_over(values, 0);
  result.place = MinimumPlace::elsewhere;
  return result;
}

}  // namespace crosshead::crosscheck
