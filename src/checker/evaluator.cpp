#include "src/checker/evaluator.hpp"

#include <algorithm>

#include "src/checker/limits.hpp"

namespace crosshead::checker {

Value apply(const Function& function, Evaluator& evaluator, std::vector<Value>& arguments);

Evaluator::Evaluator(const Json* printed, const Json* given, const Json* files, Evidence& evidence)
    : evidence(evidence), printed_(printed) {
  if (given) system = read_system(*given);
  for (std::size_t k = 1; printed && k < printed->named().size(); k += 2) {
    if (printed->items[k].kind == Json::Kind::string)
      printed->items[k].rational();
    else
      for (const Json& row : printed->items[k].array())
        for (const Json& x : row.array()) x.rational();
  }
  for (std::size_t k = 0; files && k < files->named().size(); k += 2)
    files_[files->items[k].string()] = read_system(files->items[k + 1]);
}

const Json* Evaluator::printed(const std::string& name) const {
  for (std::size_t k = 0; printed_ && k < printed_->items.size(); k += 2)
    if (printed_->items[k].string() == name) return &printed_->items[k + 1];
  return nullptr;
}

Truth Evaluator::decide(const Node& formula, const Json* witness, bool from_witness) {
  root_ = &formula;
  bool quantified = formula.op == "forall" || formula.op == "exists";
  if (from_witness) {
    if (!quantified || !witness)
      throw Rejected{nullptr, "mode witness needs a leading quantifier and a witness"};
    take_witness(formula, *witness);
    return truth(formula.parts[0]);
  }
  Truth result = truth(formula);
  if (quantified && !any_instance_)
    throw Rejected{nullptr, "vacuous: the leading quantifier has no instance"};
  if (stopped_at_.empty() && witness) throw Rejected{witness, "a witness where no instance decides"};
  if (!stopped_at_.empty() && (!witness || witness->text != stopped_at_))
    throw Rejected{witness, "not the instance at which the enumeration stops, " + stopped_at_};
  return result;
}

Value Evaluator::value(const Node& node) {
  spend(40);
  const std::string& op = node.op;
  const std::vector<Node>& parts = node.parts;
  if (op == "number") return node.number;
  if (op == "variable") return variables_[node.slot];
  if (op == "constant") {
    long heads = static_cast<long>(system->heads.size());
    return mpq_class(node.name == "n"   ? system->n
                     : node.name == "N" ? system->n - 1
                     : node.name == "H" ? heads
                                        : system->sink + 1);
  }
  if (op == "call") {
    std::vector<Value> arguments;
    for (const Node& part : parts) arguments.push_back(value(part));
    return apply(*node.function, *this, arguments);
  }
  if (op == "if") {
    Truth condition = truth(parts[0]);
    return condition == Truth::unknown ? Value() : value(parts[condition == Truth::yes ? 1 : 2]);
  }
  if (op == "text") {
    Value result;
    result.text = node.name;
    return result;
  }
  if (op == "mean" || op == "union" || op == "head") {
    Value result;
    result.chain = 0;
    if (op == "head") {
      Number k = value(parts[0]).number;
      bool good =
          is_integer(k) && k.lower >= 1 && k.lower <= static_cast<unsigned long>(system->heads.size());
      result.chain = good ? std::optional<int>(static_cast<int>(to_long(k))) : std::nullopt;
    }
    return result;
  }
  if (op == "[") {
    Value result;
    result.word.emplace();
    for (const Node& part : parts) {
      Number k = value(part).number;
      bool good =
          is_integer(k) && k.lower >= 1 && k.lower <= static_cast<unsigned long>(system->heads.size());
      if (!good) result.word.reset();
      if (result.word) result.word->push_back(static_cast<int>(to_long(k)));
    }
    return result;
  }
  if (op == "+" || op == "*") {
    Number result = value(parts[0]).number;
    for (std::size_t k = 1; k < parts.size(); ++k) {
      Number next = value(parts[k]).number;
      const std::string& mark = node.marks[k - 1];
      result = mark == "+"   ? result + next
               : mark == "-" ? result + -next
               : mark == "*" ? result * next
                             : result / next;
    }
    return result;
  }
  if (op == "-") return -value(parts[0]).number;
  if (op == "^") {
    Number base = value(parts[0]).number;
    return power(base, value(parts[1]).number);
  }
  if (op == "min" || op == "max" || op == "sum") return aggregate(node);
  if (op == "true" || op == "false") return truth_of(op == "true");
  if (op == "compare") return compare(node);
  if (op == "not") return !truth(parts[0]);
  if (op == "and" || op == "or") {
    Truth stop = truth_of(op == "or"), result = !stop;
    for (std::size_t k = 0; k < parts.size() && result != stop; ++k) {
      Truth next = truth(parts[k]);
      result = op == "or" ? std::max(result, next) : std::min(result, next);
    }
    return result;
  }
  if (op == "implies") {
    Truth left = truth(parts[0]);
    return left == Truth::no ? Truth::yes : std::max(!left, truth(parts[1]));
  }
  if (op == "iff") {
    Truth left = truth(parts[0]), right = truth(parts[1]);
    return left == Truth::unknown || right == Truth::unknown ? Truth::unknown : truth_of(left == right);
  }
  return quantify(node);
}

Truth Evaluator::compare(const Node& node) {
  Truth result = Truth::yes;
  Number left = value(node.parts[0]).number;
  for (std::size_t k = 1; k < node.parts.size() && result != Truth::no; ++k) {
    Number right = value(node.parts[k]).number;
    const std::string& mark = node.marks[k - 1];
    Truth now = mark == "<"    ? less(left, right)
                : mark == ">"  ? less(right, left)
                : mark == "<=" ? !less(right, left)
                : mark == ">=" ? !less(left, right)
                : mark == "="  ? equal(left, right)
                               : !equal(left, right);
    result = std::min(result, now);
    left = right;
  }
  return result;
}

Value Evaluator::quantify(const Node& node) {
  bool all = node.op == "forall";
  Truth stop = truth_of(!all), result = !stop;
  bool defined = instances(node, 0, [&] {
    Truth now = truth(node.parts[0]);
    result = all ? std::min(result, now) : std::max(result, now);
    if (&node == root_) any_instance_ = true;
    if (&node == root_ && result == stop) stopped_at_ = instance_text(node);
    return result != stop;
  });
  return defined ? result : all ? std::min(result, Truth::unknown) : std::max(result, Truth::unknown);
}

Value Evaluator::aggregate(const Node& node) {
  Number result(0);
  bool empty = true;
  bool defined = instances(node, 0, [&] {
    Number now = value(node.parts[0]).number;
    if (node.op == "sum")
      result = result + now;
    else if (empty)
      result = now;
    else
      result = node.op == "min" ? smaller(result, now) : -smaller(-result, -now);
    empty = false;
    return true;
  });
  return defined && (!empty || node.op == "sum") ? result : Number();
}

// Visits the instances of the binders from the k-th on, until `visit` returns false; false if some domain is
// undefined.
bool Evaluator::instances(const Node& node, std::size_t k, const Visit& visit) {
  if (k == node.binders.size()) return visit(), true;
  const Binder& binder = node.binders[k];
  SystemPointer outer = system;
  bool defined = true, more = true;
  std::size_t depth = variables_.size();
  bool good = elements(binder, [&] {
    spend(100);
    if (binder.where.empty() || truth(binder.where[0]) == Truth::yes) {
      bool inner = instances(node, k + 1, [&] { return more = visit(); });
      defined = defined && inner;
    }
    return more;
  });
  system = outer;
  variables_.resize(depth);
  return good && defined;
}

}  // namespace crosshead::checker
