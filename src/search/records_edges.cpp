// The compact notation of a head's edges.
#include <charconv>

#include "crosshead/search/records.hpp"

namespace crosshead::search {
namespace {

/// Takes the notation apart from the left.
class EdgeReader {
 public:
  EdgeReader(std::string_view text, int nodes) : text_(text), graph_(nodes, true) {}

  graph::Digraph read() {
    int source = 0;
    while (at_ < text_.size()) {
      if (source > 0) expect(' ', "a blank");
      const int next = node();
      if (next <= source)
        fail("sources ascend, but " + std::to_string(next) + " follows " + std::to_string(source));
      source = next;
      expect('>', "'>'");
      read_targets(source);
    }
    return std::move(graph_);
  }

 private:
  void read_targets(int source) {
    int last = 0;
    for (bool more = true; more; more = accept(',')) {
      const int first = node();
      const int end = accept('-') ? node() : first;
      if (first <= last || end < first) fail("the targets of " + std::to_string(source) + " must ascend");
      if (first <= source) {
        fail("edges lead forward, but " + std::to_string(source) + ">" + std::to_string(first) + " does not");
      }
      for (last = first; last <= end; ++last) graph_.add_edge(source - 1, last - 1);
      last = end;
    }
  }
  int node() {
    int number = 0;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), number);
    if (error != std::errc() || *begin == '-') fail("expected the number of a node");
    if (number < 1 || number > graph_.size())
      fail("nodes are 1 to " + std::to_string(graph_.size()) + ", found " + std::to_string(number));
    at_ += static_cast<std::size_t>(end - begin);
    return number;
  }
  bool accept(char mark) {
    const bool there = at_ < text_.size() && text_[at_] == mark;
    if (there) ++at_;
    return there;
  }
  void expect(char mark, const std::string& name) {
    if (!accept(mark)) fail("expected " + name);
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw std::invalid_argument("character " + std::to_string(at_ + 1) + " of the edges: " + message);
  }

  std::string_view text_;
  graph::Digraph graph_;
  std::size_t at_ = 0;
};

}  // namespace

std::string compact_edges(const graph::Digraph& graph) {
  std::string text;
  for (int source = 0; source < graph.size(); ++source) {
    std::string targets;
    int first = -1, last = -1;
    const auto flush = [&] {
      if (first < 0) return;
      targets += (targets.empty() ? "" : ",") + std::to_string(first + 1);
      if (last > first) targets += (last == first + 1 ? "," : "-") + std::to_string(last + 1);
    };
    for (const int target : graph.successors(source)) {
      if (target == source) continue;
      if (first >= 0 && target == last + 1) {
        last = target;
        continue;
      }
      flush();
      first = last = target;
    }
    flush();
    if (!targets.empty()) text += (text.empty() ? "" : " ") + std::to_string(source + 1) + ">" + targets;
  }
  return text;
}

graph::Digraph graph_of_compact_edges(std::string_view text, int nodes) {
  return EdgeReader(text, nodes).read();
}

}  // namespace crosshead::search
