// Numbers, weights, graphs and systems in words.
#include "evidence_words.hpp"

#include <cstdio>

#include "crosshead/graph/families.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;

constexpr std::size_t kLongestNumber = 24;
constexpr int kMostNodesShown = 8;

std::string decimal(const Rational& value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", exact::to_double(value));
  return text;
}

std::string in_words(const graph::Digraph& graph) {
  const bool self_loops = graph::has_all_self_loops(graph);
  std::string text;
  for (int j = 0; j < graph.size(); ++j) {
    for (const int i : graph.successors(j)) {
      if (self_loops && i == j) continue;
      text += (text.empty() ? "" : ", ") + std::to_string(j + 1) + "->" + std::to_string(i + 1);
    }
  }
  return "{" + text + "}";
}

std::string in_words(const exact::RationalMatrix& matrix) {
  std::string text;
  for (int i = 0; i < matrix.size(); ++i) {
    text += i == 0 ? "" : "; ";
    for (int j = 0; j < matrix.size(); ++j) text += (j == 0 ? "" : " ") + claim::in_words(matrix.at(i, j));
  }
  return "[" + text + "]";
}

std::string in_words(const heads::Head& head) {
  if (head.graph) return in_words(*head.graph);
  std::string text;
  if (head.diffusion) text = "D = " + in_words(*head.diffusion);
  if (head.walk) text += (text.empty() ? "W = " : ", W = ") + in_words(*head.walk);
  return text.empty() ? "attention" : text;
}

}  // namespace

std::string in_words(const Rational& value) {
  std::string text = exact::to_string(value);
  return text.size() <= kLongestNumber ? text : "about " + decimal(value);
}

std::string in_words(const Number& number) {
  if (!number.known()) return number.reason;
  if (!number.upper) return in_words(number.lower);
  return "about " + decimal(number.lower);
}

std::string in_words(const WeightCell& cell) {
  const std::string lower = in_words(cell.place.lower), upper = in_words(cell.place.upper);
  if (cell.place.is_exact()) return "weight(1) = " + lower;
  const std::string inside = "in (" + lower + ", " + upper + ")";
  if (cell.side < 0) return "weight(1) " + inside;
  const std::string root = "the root " + inside + " where the answer changes";
  return cell.side == 1 ? "weight(1) at " + root : "weight(1) next to " + root;
}

std::string listed(const std::vector<Rational>& weights) {
  std::string text;
  for (const Rational& weight : weights) text += (text.empty() ? "" : " ") + in_words(weight);
  return text;
}

std::string in_words(const CurrentSystem& system, bool with_weights) {
  const heads::HeadSystem parts = system.to_system();
  std::string text = parts.name.empty() ? "" : parts.name + ": ";
  text += "n = " + std::to_string(parts.size());
  if (parts.size() > kMostNodesShown) return text + ", H = " + std::to_string(parts.heads.size());
  text += parts.heads.size() == 1 ? ", head " : ", heads ";
  for (std::size_t h = 0; h < parts.heads.size(); ++h)
    text += (h == 0 ? "" : ", ") + in_words(parts.heads[h]);
  const bool plain = parts.heads.size() == 1 || !with_weights;
  return plain ? text : text + ", weights " + listed(parts.weights);
}

}  // namespace crosshead::claim
