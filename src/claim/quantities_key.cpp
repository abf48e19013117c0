// The identity of a system: the text of what a certificate says of it, node names and labels left out.
#include "quantities.hpp"

namespace crosshead::claim {
namespace {

void append(std::string& text, const graph::Digraph& graph) {
  text += 'e';
  for (int j = 0; j < graph.size(); ++j) {
    for (const int i : graph.successors(j)) text += std::to_string(j) + '>' + std::to_string(i) + ',';
  }
}

void append(std::string& text, char kind, const exact::RationalMatrix& matrix) {
  text += kind;
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) {
      text += std::to_string(entry.column) + ':' + exact::to_string(entry.value) + ',';
    }
    text += ';';
  }
}

}  // namespace

const std::string& CurrentSystem::key() {
  if (!key_.empty()) return key_;
  std::string text = std::to_string(size()) + '/' + std::to_string(setting().sink);
  for (const auto& chain : set_->heads) {
    const heads::Head& head = chain->head();
    text += '|';
    if (head.graph) {
      append(text, *head.graph);
      continue;
    }
    if (chain->diffusion().matrix) append(text, 'd', *chain->diffusion().matrix);
    if (head.walk) append(text, 'w', *head.walk);
  }
  for (const exact::Rational& weight : weights_) text += '*' + exact::to_string(weight);
  return key_ = std::move(text);
}

}  // namespace crosshead::claim
