// Counting words without listing them: a word's value at j is nonzero exactly when the set of nodes that it
// hears, supp(e_tau D_{h_1} ... D_{h_t}), holds j. Words with the same set are counted together.
#include <map>

#include "crosshead/heads/words.hpp"

namespace crosshead::heads {

using exact::Integer;

std::optional<std::vector<Integer>> count_words(const std::vector<exact::RationalMatrix>& matrices,
                                                const std::vector<int>& letters, int sink, int steps,
                                                std::size_t most_sets) {
  using NodeSet = std::vector<bool>;
  const auto n = static_cast<std::size_t>(matrices.front().size());
  NodeSet start(n, false);
  start[static_cast<std::size_t>(sink)] = true;

  // The sets that occur, numbered as they are found, and where each letter leads.
  std::map<NodeSet, std::size_t> number{{start, 0}};
  std::vector<NodeSet> sets{start};
  std::vector<std::vector<std::size_t>> next;
  std::vector<Integer> counts{1};
  for (int t = 0; t < steps; ++t) {
    std::vector<Integer> after(sets.size(), 0);
    for (std::size_t s = 0, known = sets.size(); s < known; ++s) {
      if (counts[s] == 0) continue;
      if (next.size() <= s) next.resize(s + 1);
      if (next[s].empty()) {
        for (const int h : letters) {
          NodeSet heard(n, false);
          for (std::size_t k = 0; k < n; ++k) {
            if (!sets[s][k]) continue;
            for (const auto& entry : matrices[static_cast<std::size_t>(h)].row(static_cast<int>(k))) {
              heard[static_cast<std::size_t>(entry.column)] = true;
            }
          }
          const auto [place, fresh] = number.try_emplace(heard, sets.size());
          if (fresh) {
            if (sets.size() == most_sets) return std::nullopt;
            sets.push_back(std::move(heard));
          }
          next[s].push_back(place->second);
        }
        after.resize(sets.size(), 0);
      }
      for (const std::size_t target : next[s]) after[target] += counts[s];
    }
    counts = std::move(after);
  }
  std::vector<Integer> result(n, 0);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (std::size_t j = 0; j < n; ++j) {
      if (sets[s][j]) result[j] += counts[s];
    }
  }
  return result;
}

}  // namespace crosshead::heads
