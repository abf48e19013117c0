// The domains of binders: their elements in the declared order, and whether a witness lies in them.
#include <algorithm>
#include <climits>

#include "src/checker/evaluator.hpp"
#include "src/checker/limits.hpp"

namespace crosshead::checker {

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
