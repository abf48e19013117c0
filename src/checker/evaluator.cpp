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

// Binds each element of the domain in turn, until `visit` returns false; false if the domain is undefined.
bool Evaluator::elements(const Binder& binder, const Visit& visit) {
  const std::string& domain = binder.domain;
  std::size_t slot = variables_.size();
  variables_.emplace_back();
  auto range = [&](mpz_class k, const mpz_class& last, long left_out) {
    for (; k <= last; ++k) {
      if (k == left_out) continue;
      variables_[slot] = mpq_class(k);
      if (!visit()) break;
    }
    return true;
  };
  if (domain == "nodes") return range(1, system->n, 0);
  if (domain == "others") return range(1, system->n, system->sink + 1);
  if (domain == "heads") return range(1, static_cast<long>(system->heads.size()), 0);
  if (is_family(domain)) {
    SystemPointer outer = system;
    auto bind = [&](SystemPointer member) {
      system = std::move(member);
      return visit();
    };
    if (domain == "file") {
      auto found = files_.find(binder.bounds[0].name);
      if (found == files_.end())
        throw Rejected{nullptr, "malformed formula: no file \"" + binder.bounds[0].name + "\""};
      return bind(found->second), true;
    }
    std::optional<Family> members = family(binder);
    if (members) members->enumerate(bind);
    return members.has_value();
  }
  std::vector<Number> bounds;
  for (const Node& bound : binder.bounds) bounds.push_back(value(bound).number);
  if (domain == "{") {
    for (const Number& element : bounds) {
      variables_[slot] = element;
      if (!visit()) break;
    }
    return true;
  }
  for (const Number& bound : bounds)
    if (!is_integer(bound)) return false;
  if (domain == "..") return range(bounds[0].lower.get_num(), bounds[1].lower.get_num(), LONG_MIN);
  long size = to_long(bounds[0]);
  if (domain == "words") return size >= 0 && words(size, visit);
  return size >= 1 && grid(size, domain == "inner_grid", visit);
}

bool Evaluator::words(long length, const Visit& visit) {
  int heads = static_cast<int>(system->heads.size());
  spend(static_cast<std::uint64_t>(length) * 10);
  std::size_t slot = variables_.size() - 1;
  std::vector<int> word(length, 1);
  while (true) {
    variables_[slot].word = word;
    spend(20 + word.size());
    if (!visit()) return true;
    while (!word.empty() && word.back() == heads) word.pop_back();
    if (word.empty()) return true;
    ++word.back();
    word.resize(length, 1);
  }
}

bool Evaluator::grid(long d, bool inner, const Visit& visit) {
  SystemPointer base = system;
  std::size_t heads = base->heads.size();
  std::vector<mpq_class> weights(heads);
  std::function<bool(std::size_t, long)> place = [&](std::size_t h, long left) {
    spend(50);
    for (long k = h + 1 == heads ? left : 0; k <= left; ++k) {
      weights[h] = mpq_class(k, d);
      weights[h].canonicalize();
      if (inner && k == 0) continue;
      if (h + 1 < heads) {
        if (!place(h + 1, left - k)) return false;
        continue;
      }
      system = base->with_weights(weights);
      if (!visit()) return false;
    }
    return true;
  };
  if (heads > 1000) refuse("a grid of more than 1000 heads");
  place(0, d);
  return true;
}

// The family of a domain with its arguments; nothing if one is undefined.
std::optional<Family> Evaluator::family(const Binder& binder) {
  Family result{binder.domain};
  for (std::size_t k = 0; k < binder.bounds.size(); ++k) {
    const Node& bound = binder.bounds[k];
    bool range = bound.op == "..";
    Number least = value(range ? bound.parts[0] : bound).number,
           most = range ? value(bound.parts[1]).number : least;
    if (k > 0 && binder.domain == "lazy_line") {
      if (!least.exact() || least.lower < 0 || least.lower > 1) return std::nullopt;
      result.probabilities.push_back(least.lower);
      continue;
    }
    if (!is_integer(least) || !is_integer(most)) return std::nullopt;
    if (k == 0)
      result.least_n = to_long(least), result.most_n = to_long(most);
    else if (k == 1 && binder.domain != "local")
      result.least_heads = to_long(least), result.most_heads = to_long(most);
    else
      result.parameter = to_long(least);
  }
  if (result.parameter > 1000000000) refuse("an argument of a family beyond 10^9");
  if (result.least_n < 1 || result.least_heads < 1 || result.parameter < (binder.domain == "local" ? 0 : 1))
    return std::nullopt;
  return result;
}

std::string Evaluator::instance_text(const Node& node) {
  std::string text;
  std::size_t slot = variables_.size() - node.binders.size();
  for (const Binder& binder : node.binders) {
    const Value& bound = variables_[slot++];
    text += std::string(text.empty() ? "[" : ",") + "{\"name\":\"" + binder.name + "\",";
    if (binder.name == "system") {
      text += "\"system\":" + std::to_string(evidence.use(*system)) + "}";
    } else if (binder.name == "weights") {
      text += "\"weights\":" + rationals_text(system->weights) + "}";
    } else if (bound.word) {
      std::string letters;
      for (int letter : *bound.word) letters += (letters.empty() ? "" : ",") + std::to_string(letter);
      text += "\"word\":[" + letters + "]}";
    } else {
      text += "\"value\":\"" + bound.number.lower.get_str() + "\"}";
    }
  }
  return text + "]";
}

void Evaluator::take_witness(const Node& node, const Json& witness) {
  if (witness.array().size() != node.binders.size())
    throw Rejected{&witness, "expected a value for each bound name"};
  SystemPointer chosen;
  for (std::size_t k = 0; k < node.binders.size(); ++k) {
    const Binder& binder = node.binders[k];
    if (binder.name != "system") continue;
    const Json& index = *witness.items[k].members({"name", "system"})[1];
    chosen = read_system(evidence.listed(index.integer(0)));
    if (evidence.use(*chosen) != static_cast<std::size_t>(index.integer(0)))
      throw Rejected{&index, "not the index of the system"};
  }
  for (std::size_t k = 0; k < node.binders.size(); ++k) {
    const Binder& binder = node.binders[k];
    const std::string& domain = binder.domain;
    const Json& item = witness.items[k];
    auto require = [&item](bool holds, const char* otherwise) {
      if (!holds) throw Rejected{&item, otherwise};
    };
    auto item_value = [&item, &require](const char* key) {
      auto given = item.members({"name", key});
      return given[1];
    };
    require(
        item.kind == Json::Kind::object && item.items.size() == 4 && item.items[1].string() == binder.name,
        "expected the name bound here");
    std::vector<Number> bounds;
    if (!is_family(domain))
      for (const Node& bound : binder.bounds) bounds.push_back(value(bound).number);
    Value bound;
    bool inside = false;
    if (binder.name == "system") {
      if (domain == "file") {
        auto found = files_.find(binder.bounds[0].name);
        if (found == files_.end())
          throw Rejected{nullptr, "malformed formula: no file \"" + binder.bounds[0].name + "\""};
        system = found->second;
        inside = true;
      } else {
        auto members = family(binder);
        SystemPointer member = members ? members->member(*chosen) : nullptr;
        inside = member != nullptr;
        if (inside) system = member;
      }
    } else if (binder.name == "weights") {
      auto weights = read_rationals(*item_value("weights"), system->heads.size());
      mpq_class sum = 0;
      inside = is_integer(bounds[0]) && bounds[0].lower >= 1;
      for (const mpq_class& w : weights) {
        sum += w;
        inside = inside && mpq_class(w * bounds[0].lower).get_den() == 1 && (w > 0 || domain == "grid");
      }
      inside = inside && sum == 1;
      system = system->with_weights(weights);
    } else if (domain == "words") {
      bound.word.emplace();
      inside = true;
      for (const Json& letter : item_value("word")->array()) {
        bound.word->push_back(static_cast<int>(std::min(letter.integer(1), 1L << 30)));
        inside = inside && bound.word->back() <= static_cast<long>(system->heads.size());
      }
      inside = inside && equal(bounds[0], Number(mpq_class(bound.word->size()))) == Truth::yes;
    } else {
      bound = item_value("value")->rational();
      const mpq_class& x = bound.number.lower;
      bool whole = x.get_den() == 1 && x >= 1;
      if (domain == "nodes" || domain == "others")
        inside = whole && x <= system->n && (domain == "nodes" || x != system->sink + 1);
      else if (domain == "heads")
        inside = whole && x <= static_cast<unsigned long>(system->heads.size());
      else if (domain == "..")
        inside = x.get_den() == 1 && is_integer(bounds[0]) && is_integer(bounds[1]) && bounds[0].lower <= x &&
                 x <= bounds[1].lower;
      else
        for (const Number& element : bounds) inside = inside || equal(element, x) == Truth::yes;
    }
    require(inside, "outside its domain");
    variables_.push_back(bound);
    require(binder.where.empty() || truth(binder.where[0]) == Truth::yes,
            "the witness does not satisfy its condition");
  }
  if (chosen && chosen->text() != system->text())
    throw Rejected{&witness, "the system does not have the heads and weights of the instance"};
}

}  // namespace crosshead::checker
