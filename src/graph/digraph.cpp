#include "crosshead/graph/digraph.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <stdexcept>
#include <string>

namespace crosshead::graph {
namespace {

/// Inserts into an ascending list; false if present.
bool insert_sorted(std::vector<int>& list, int value) {
  const auto place = std::lower_bound(list.begin(), list.end(), value);
  if (place != list.end() && *place == value) return false;
  list.insert(place, value);
  return true;
}

std::vector<bool> closure(int size, int start, const std::function<const std::vector<int>&(int)>& next) {
  std::vector<bool> seen(static_cast<std::size_t>(size));
  std::vector<int> stack{start};
  seen[static_cast<std::size_t>(start)] = true;
  while (!stack.empty()) {
    const int node = stack.back();
    stack.pop_back();
    for (int other : next(node)) {
      if (!seen[static_cast<std::size_t>(other)]) {
        seen[static_cast<std::size_t>(other)] = true;
        stack.push_back(other);
      }
    }
  }
  return seen;
}

}  // namespace

Digraph::Digraph(int nodes, bool self_loops)
    : out_(static_cast<std::size_t>(nodes)), in_(static_cast<std::size_t>(nodes)) {
  if (self_loops) {
    for (int node = 0; node < nodes; ++node) add_edge(node, node);
  }
}

bool Digraph::add_edge(int from, int to) {
  if (from < 0 || to < 0 || from >= size() || to >= size()) {
    throw std::out_of_range("edge " + std::to_string(from) + " -> " + std::to_string(to) +
                            " leaves the graph");
  }
  if (!insert_sorted(out_[static_cast<std::size_t>(from)], to)) return false;
  insert_sorted(in_[static_cast<std::size_t>(to)], from);
  return true;
}

bool Digraph::has_edge(int from, int to) const {
  return std::binary_search(successors(from).begin(), successors(from).end(), to);
}

int Digraph::edge_count() const {
  return std::accumulate(out_.begin(), out_.end(), 0,
                         [](int sum, const auto& list) { return sum + static_cast<int>(list.size()); });
}

std::optional<std::pair<int, int>> first_backward_edge(const Digraph& graph) {
  for (int from = 0; from < graph.size(); ++from) {
    const auto& targets = graph.successors(from);
    if (!targets.empty() && targets.front() < from) return std::pair(from, targets.front());
  }
  return std::nullopt;
}

std::vector<int> sinks(const Digraph& graph) {
  std::vector<int> found;
  for (int node = 0; node < graph.size(); ++node) {
    const auto& targets = graph.successors(node);
    if (targets.empty() || (targets.size() == 1 && targets.front() == node)) found.push_back(node);
  }
  return found;
}

bool has_unique_sink(const Digraph& graph, int sink) {
  return sinks(graph) == std::vector<int>{sink};
}

Digraph union_of(const std::vector<Digraph>& graphs) {
  if (graphs.empty()) return Digraph(0);
  Digraph result = graphs.front();
  for (const Digraph& graph : graphs) {
    if (graph.size() != result.size()) throw std::logic_error("union_of: sizes differ");
    for (int from = 0; from < graph.size(); ++from) {
      for (int to : graph.successors(from)) result.add_edge(from, to);
    }
  }
  return result;
}

std::vector<bool> reachable_from(const Digraph& graph, int from) {
  return closure(graph.size(), from,
                 [&](int node) -> const std::vector<int>& { return graph.successors(node); });
}

std::vector<bool> reaching(const Digraph& graph, int to) {
  return closure(graph.size(), to,
                 [&](int node) -> const std::vector<int>& { return graph.predecessors(node); });
}

// Tarjan's algorithm with an explicit stack, so that long chains cannot overflow the call stack.
Components strongly_connected_components(const Digraph& graph) {
  const auto n = static_cast<std::size_t>(graph.size());
  Components result;
  result.component.assign(n, -1);
  std::vector<int> index(n, -1), low(n, 0), stack;
  std::vector<std::size_t> next(n, 0);
  std::vector<bool> on_stack(n);
  int counter = 0;
  for (int root = 0; root < graph.size(); ++root) {
    if (index[static_cast<std::size_t>(root)] >= 0) continue;
    std::vector<int> calls{root};
    while (!calls.empty()) {
      const int node = calls.back();
      const auto v = static_cast<std::size_t>(node);
      if (index[v] < 0) {
        index[v] = low[v] = counter++;
        stack.push_back(node);
        on_stack[v] = true;
      }
      if (next[v] < graph.successors(node).size()) {
        const int target = graph.successors(node)[next[v]++];
        const auto w = static_cast<std::size_t>(target);
        if (index[w] < 0) {
          calls.push_back(target);
        } else if (on_stack[w]) {
          low[v] = std::min(low[v], index[w]);
        }
        continue;
      }
      calls.pop_back();
      if (!calls.empty()) {
        const auto parent = static_cast<std::size_t>(calls.back());
        low[parent] = std::min(low[parent], low[v]);
      }
      if (low[v] != index[v]) continue;
      std::vector<int> members;
      int member = -1;
      do {
        member = stack.back();
        stack.pop_back();
        on_stack[static_cast<std::size_t>(member)] = false;
        result.component[static_cast<std::size_t>(member)] = static_cast<int>(result.members.size());
        members.push_back(member);
      } while (member != node);
      std::sort(members.begin(), members.end());
      result.members.push_back(std::move(members));
    }
  }
  return result;
}

std::optional<std::vector<int>> topological_order(const Digraph& graph) {
  std::vector<int> waiting(static_cast<std::size_t>(graph.size()));
  std::priority_queue<int, std::vector<int>, std::greater<>> ready;
  for (int node = 0; node < graph.size(); ++node) {
    const auto& sources = graph.predecessors(node);
    waiting[static_cast<std::size_t>(node)] =
        static_cast<int>(sources.size()) - (graph.has_edge(node, node) ? 1 : 0);
    if (waiting[static_cast<std::size_t>(node)] == 0) ready.push(node);
  }
  std::vector<int> order;
  while (!ready.empty()) {
    const int node = ready.top();
    ready.pop();
    order.push_back(node);
    for (int target : graph.successors(node)) {
      if (target != node && --waiting[static_cast<std::size_t>(target)] == 0) ready.push(target);
    }
  }
  if (static_cast<int>(order.size()) != graph.size()) return std::nullopt;
  return order;
}

// Breadth-first levels inside the class; every inner edge u -> v closes a cycle whose length is
// level(u) + 1 - level(v) modulo the period.
int period(const Digraph& graph, const std::vector<int>& members) {
  std::vector<int> level(static_cast<std::size_t>(graph.size()), -1);
  std::vector<bool> inside(static_cast<std::size_t>(graph.size()));
  for (int node : members) inside[static_cast<std::size_t>(node)] = true;
  std::queue<int> queue;
  queue.push(members.front());
  level[static_cast<std::size_t>(members.front())] = 0;
  int divisor = 0;
  while (!queue.empty()) {
    const int node = queue.front();
    queue.pop();
    for (int target : graph.successors(node)) {
      if (!inside[static_cast<std::size_t>(target)]) continue;
      int& target_level = level[static_cast<std::size_t>(target)];
      if (target_level < 0) {
        target_level = level[static_cast<std::size_t>(node)] + 1;
        queue.push(target);
      } else {
        divisor = std::gcd(divisor, level[static_cast<std::size_t>(node)] + 1 - target_level);
      }
    }
  }
  return divisor;
}

}  // namespace crosshead::graph
