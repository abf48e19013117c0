#include <array>
#include <cstdio>
#include <sstream>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/attention/sequences.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {

bool accuracy_ceiling_reached(const TrainOptions& options, const EpochScore& score) {
  constexpr double kTolerance = 1e-4;
  return score.fresh_accuracy >=
         best_causal_accuracy(task_named(options.task), options.length, options.vocabulary) - kTolerance;
}

std::string curve_text(const std::vector<EpochScore>& curve) {
  std::string text;
  for (const EpochScore& score : curve) {
    std::array<char, 160> line{};
    std::snprintf(line.data(), line.size(), "%.6f %.6f %.6f %.6f\n", score.loss, score.accuracy,
                  score.fresh_loss, score.fresh_accuracy);
    text += line.data();
  }
  return text;
}

std::vector<EpochScore> curve_of_text(const std::string& text) {
  std::vector<EpochScore> curve;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EpochScore score;
    std::istringstream numbers(line);
    std::string rest;
    if (!(numbers >> score.loss >> score.accuracy >> score.fresh_loss >> score.fresh_accuracy) ||
        numbers >> rest) {
      throw exact::UsageError("line " + std::to_string(curve.size() + 1) +
                              " of a training curve is not four numbers");
    }
    curve.push_back(score);
  }
  return curve;
}

}  // namespace crosshead::attention
