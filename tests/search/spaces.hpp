#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "crosshead/search/claims.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

inline Space space_of(Family family, int nodes, int heads, bool ordered = false) {
  return {family, nodes, heads, ordered, uniform_weights(heads)};
}

inline std::string describe(const Space& space) {
  std::string text = name_of(space.family) + " n=" + std::to_string(space.nodes) +
                     " H=" + std::to_string(space.heads) + (space.ordered ? " ordered" : "") + " weights";
  for (const auto& weight : space.weights.front()) text += " " + exact::to_string(weight);
  return text + (space.weights.size() > 1 ? " ..." : "");
}

// How test cases are named.
inline void PrintTo(const Space& space, std::ostream* out) {
  *out << describe(space);
}
inline void PrintTo(BuiltIn claim, std::ostream* out) {
  *out << name_of(claim);
}

inline std::string describe(const Question& question) {
  return name_of(question.claim) + " from t=" + std::to_string(question.fidelity.first_step) +
         (question.fidelity.sink_counts ? "" : " without the sink") +
         " eps=" + exact::to_string(question.epsilon) +
         (question.mixing.distance == walk::Distance::l1 ? " in L1" : "") +
         (question.mixing.start == walk::Start::average ? " on average" : "");
}

/// Every built-in claim under every convention, and mixing at several thresholds: at 2/3 the average over
/// three starts is mixed at once in total variation, though not in L1; in L1 everything is at a threshold
/// above 2.
inline std::vector<Question> all_questions() {
  std::vector<Question> questions;
  for (const BuiltIn claim : {BuiltIn::amplifies, BuiltIn::attenuates}) {
    for (const int first_step : {0, 1}) {
      for (const bool sink_counts : {true, false})
        questions.push_back({claim, {first_step, sink_counts}, {1, 4}});
    }
  }
  for (const BuiltIn claim : {BuiltIn::mixes_faster, BuiltIn::mixes_slower}) {
    for (const int parts : {1, 4, 50}) questions.push_back({claim, {}, {1, parts}});
    using exact::Rational;
    constexpr auto kTv = walk::Distance::total_variation, kL1 = walk::Distance::l1;
    constexpr auto kWorst = walk::Start::worst, kAverage = walk::Start::average;
    for (const Rational& epsilon : {Rational(2, 3), Rational(1, 50)}) {
      questions.push_back({claim, {}, epsilon, "", {kTv, kAverage}});
      questions.push_back({claim, {}, epsilon, "", {kL1, kWorst}});
      questions.push_back({claim, {}, epsilon, "", {kL1, kAverage}});
    }
    questions.push_back({claim, {}, 2, "", {kL1, kWorst}});
    questions.push_back({claim, {}, {21, 10}, "", {kL1, kWorst}});
  }
  return questions;
}

}  // namespace crosshead::search
