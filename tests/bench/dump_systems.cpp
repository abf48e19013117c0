// Writes the matrices of the fidelity benchmark and their minimax fidelities as JSON to standard output, for
// peers in other languages: {"nodes": 8, "matrices": [{"rows": [["1", "0", ...], ...], "minimax": "1/4"},
// ...]}.
#include <iostream>

#include "random_pairs.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/diffusion/fidelity.hpp"

int main() {
  nlohmann::json document;
  document["nodes"] = crosshead::bench::kNodes;
  for (const auto& matrix : crosshead::bench::random_pairs()) {
    nlohmann::json rows;
    for (int i = 0; i < matrix.size(); ++i) {
      nlohmann::json row;
      for (int j = 0; j < matrix.size(); ++j) row.push_back(crosshead::exact::to_string(matrix.at(i, j)));
      rows.push_back(std::move(row));
    }
    const auto least = crosshead::diffusion::minimax_fidelity(matrix, matrix.size() - 1, {});
    document["matrices"].push_back({{"rows", rows}, {"minimax", crosshead::exact::to_string(least.value)}});
  }
  std::cout << document.dump() << '\n';
}
