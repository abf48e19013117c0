// Evidence in words. The formula's body is followed down to what decides it: the false part of a conjunction,
// the instance that stops a quantifier, and in the end one comparison, both sides of which are shown with
// their values.
#include "evidence.hpp"

#include <algorithm>

#include "evidence_words.hpp"

#include "crosshead/claim/simplex_formula.hpp"

namespace crosshead::claim {
namespace {

using diffusion::Truth;

constexpr std::size_t kMostParts = 3;  ///< parts of a conjunction that are shown

/// Numbers and their quotients, which need no name beside their value.
bool is_plain(const Node& node) {
  const bool literal = node.operation == Operation::number;
  return literal || ((node.operation == Operation::divide || node.operation == Operation::negate) &&
                     std::all_of(node.arguments.begin(), node.arguments.end(), is_plain));
}

/// Follows a formula down to what decides it.
class Explanation {
 public:
  explicit Explanation(Machine& machine) : machine_(machine) {}

  std::string of(const Node& node) {
    const Answer answer = machine_.truth(node);
    switch (node.operation) {
      case Operation::negation:
        return of(node.arguments[0]);
      case Operation::conjunction:
        return answer.no() ? first(node, Truth::no) : all(node);
      case Operation::disjunction:
        return answer.yes() ? first(node, Truth::yes) : all(node);
      case Operation::implication:
        return machine_.truth(node.arguments[0]).no() ? of(node.arguments[0]) : of(node.arguments[1]);
      case Operation::equivalence:
        return of(node.arguments[0]) + "; " + of(node.arguments[1]);
      case Operation::compare:
        return comparison(node, answer);
      case Operation::forall:
        return answer.no() ? instance(node, 0, Truth::no) : "true: " + text(node);
      case Operation::exists:
        return answer.yes() ? instance(node, 0, Truth::yes) : "false: " + text(node);
      default:
        return (answer.yes() ? "true: " : "false: ") + text(node);
    }
  }

  /// A quantified formula that only one instance belongs to.
  std::string only(const Node& node, bool truth) { return instance(node, 0, truth ? Truth::yes : Truth::no); }

  /// "name = value" of a bound name; empty for `system`.
  std::string binding(const PreparedBinder& binder) const {
    const BoundValue& value = machine_.value(binder);
    const std::string& name = binder.source->name;
    switch (binder.source->domain.kind) {
      case DomainKind::family:
        return "";
      case DomainKind::grid:
      case DomainKind::inner_grid:
        return name + " = " + listed(value.weights);
      case DomainKind::simplex:
        return in_words(*value.cell);
      case DomainKind::words: {
        std::string word;
        for (const int letter : value.word) word += (word.empty() ? "" : ", ") + std::to_string(letter);
        return name + " = [" + word + "]";
      }
      default:
        return name + " = " + in_words(value.number);
    }
  }

 private:
  static std::string text(const Node& node) { return to_text(*node.source); }

  std::string first(const Node& node, Truth wanted) {
    for (const Node& argument : node.arguments) {
      if (machine_.truth(argument).truth == wanted) return of(argument);
    }
    return text(node);
  }

  std::string all(const Node& node) {
    std::string result;
    for (std::size_t k = 0; k < std::min(node.arguments.size(), kMostParts); ++k) {
      result += (k == 0 ? "" : "; ") + of(node.arguments[k]);
    }
    return result;
  }

  /// The pair that fails, or all sides where none does.
  std::string comparison(const Node& node, const Answer& answer) {
    if (machine_.cell() != nullptr && depends_on_weights(*node.source)) return sampled(node, answer);
    std::vector<Number> values;
    for (const Node& side : node.arguments) values.push_back(machine_.number(side));
    std::size_t begin = 0, end = values.size();
    for (std::size_t k = 0; answer.no() && k < node.comparisons.size(); ++k) {
      if (!compare(values[k], node.comparisons[k], values[k + 1]).no()) continue;
      begin = k;
      end = k + 2;
      break;
    }
    std::string result;
    for (std::size_t k = begin; k < end; ++k) {
      const Node& side = node.arguments[k];
      const std::string value = in_words(values[k]);
      if (!result.empty()) result += ", ";
      result += is_plain(side) ? value : text(side) + " = " + value;
    }
    return result;
  }

  /// All sides at some weights of the part of the simplex that decides.
  std::string sampled(const Node& node, const Answer& answer) {
    std::string result;
    for (const Node& side : node.arguments) {
      const auto value = machine_.sampled(side);
      if (!value) return (answer.yes() ? "true: " : "false: ") + text(node);
      if (!result.empty()) result += ", ";
      result += is_plain(side) ? in_words(*value) : text(side) + " = " + in_words(*value);
    }
    return result + " at weight(1) = " + in_words(*machine_.cell()->sample);
  }

  std::string instance(const Node& node, std::size_t depth, Truth wanted) {
    if (depth == node.binders.size()) return of(node.body.front());
    const PreparedBinder& binder = node.binders[depth];
    std::string found;
    machine_.for_each(node, depth, [&] {
      if (!binder.where.empty() && !machine_.truth(binder.where.front()).yes()) return true;
      if (!decided(node, depth + 1, wanted)) return true;
      const std::string name =
          binder.source->domain.kind == DomainKind::family ? in_words(*machine_.system()) : binding(binder);
      found = name + ": " + instance(node, depth + 1, wanted);
      return false;
    });
    return found;
  }

  /// Whether some instance of the binders from `depth` on has the wanted truth.
  bool decided(const Node& node, std::size_t depth, Truth wanted) {
    if (depth == node.binders.size()) return machine_.truth(node.body.front()).truth == wanted;
    const PreparedBinder& binder = node.binders[depth];
    bool found = false;
    machine_.for_each(node, depth, [&] {
      if (!binder.where.empty() && !machine_.truth(binder.where.front()).yes()) return true;
      found = decided(node, depth + 1, wanted);
      return !found;
    });
    return found;
  }

  Machine& machine_;
};

/// "n = 2..4, H = 1..2" over what was visited.
std::string sizes(const std::map<std::pair<int, int>, std::int64_t>& visited) {
  const auto range = [](const char* name, int least, int most) {
    std::string text = std::string(name) + " = " + std::to_string(least);
    return least == most ? text : text + ".." + std::to_string(most);
  };
  int fewest_heads = visited.begin()->first.second, most_heads = fewest_heads;
  for (const auto& [size, count] : visited) {
    fewest_heads = std::min(fewest_heads, size.second);
    most_heads = std::max(most_heads, size.second);
  }
  return range("n", visited.begin()->first.first, visited.rbegin()->first.first) + ", " +
         range("H", fewest_heads, most_heads);
}

std::string coverage(const Machine& machine, bool truth, std::int64_t systems, std::int64_t instances) {
  const auto counted = [&](std::int64_t count, const std::string& what) {
    return (truth ? "holds for all " : "fails for all ") + std::to_string(count) + " " + what +
           (count == 1 ? "" : "s");
  };
  const bool all_weights = over_simplex(*machine.formula().root.source);
  const std::string parts = "all weights, in " + std::to_string(instances) + " parts";
  if (systems == 0)
    return all_weights ? (truth ? "holds for " : "fails for ") + parts : counted(instances, "instance");
  return counted(systems, "system") + " (" + sizes(machine.visited_by_size()) + ")" +
         (all_weights ? " and " + parts : "");
}

}  // namespace

std::string evidence(Machine& machine, bool truth) {
  const std::int64_t systems = machine.systems_visited(), instances = machine.instances();
  const Node& root = machine.formula().root;
  Explanation explanation(machine);
  if (!machine.decision()) {
    const bool quantified = root.operation == Operation::forall || root.operation == Operation::exists;
    if (!quantified) return explanation.of(root);
    if (machine.vacuous()) return std::string(truth ? "holds" : "fails") + " because there is no instance";
    return instances == 1 ? explanation.only(root, truth) : coverage(machine, truth, systems, instances);
  }
  machine.bind(*machine.decision());
  std::string text;
  bool system_shown = false;
  for (const PreparedBinder& binder : root.binders) {
    const DomainKind kind = binder.source->domain.kind;
    const bool system = kind == DomainKind::family;
    const bool weights = kind == DomainKind::grid || kind == DomainKind::inner_grid;
    if (weights && system_shown) continue;  // shown with the system
    system_shown = system_shown || system;
    const std::string part =
        system ? in_words(*machine.system(), !over_simplex(*root.source)) : explanation.binding(binder);
    text += (text.empty() ? "" : ", ") + part;
  }
  return text + ": " + explanation.of(root.body.front());
}

}  // namespace crosshead::claim
