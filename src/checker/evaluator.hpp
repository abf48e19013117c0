// Formulas (sections 2 and 5), evaluated as they stand in the document. Truth values are the numbers 1 and 0.
#pragma once

#include <climits>
#include <sstream>
#include <variant>

#include "src/checker/facts.hpp"

namespace crosshead::checker {

class Evaluator {
 public:
  Evaluator(const Facts& f, const Json& p, SystemPointer s) : facts_(f), printed_(p), system_(std::move(s)) {}

  // The value of a formula. The witness must be the instance that decides its leading quantifier, if any.
  Number decide(const Json& formula, const Json& witness) {
    leading_ = formula.value;
    const Number result = truth(leading_);
    require(instances_ > 0, "vacuous: the leading quantifier has no instance");
    const Json& at = witness ? witness : formula;
    at.require((witness ? witness.text() : "") == decided_by_, "the instance that decides is ", decided_by_);
    return result;
  }

 private:
  using Visit = std::function<bool()>;
  using Variable = std::variant<std::monostate, Number, List>;
  using Tree = const json_t*;
  static Tree item(Tree t, size_t k) {
    return k < json_array_size(t) ? json_array_get(t, k) : (malformed(t), t);
  }
  static std::string_view name_of(Tree t) {
    if (!json_is_string(t)) malformed(t);
    return {json_string_value(t), json_string_length(t)};
  }
  static std::string_view op_of(Tree tree) { return name_of(item(tree, 0)); }
  static std::map<string, string, std::less<>> table(const string& text) {
    std::map<string, string, std::less<>> all;
    std::istringstream words(text);
    for (string name, letters; words >> name >> letters;) all[name] = letters;
    return all;
  }
  System& current() const {
    return system_ ? *system_ : throw Rejected{place, "malformed formula: no system"};
  }

  Number truth(Tree tree) {
    Number result = value(tree);
    if (result && result.lower != 0 && result.lower != 1) malformed(tree);
    result.defined = result.exact();
    return result;
  }
  Number value(Tree tree) {
    require(++depth_ <= 300, "beyond a limit: a formula nested deeper than 300");
    Number result = json_is_array(tree) ? operation(tree, op_of(tree)) : leaf(tree);
    spend(50 + limbs(result.lower) + limbs(result.upper()));
    --depth_;
    return result;
  }
  Number leaf(Tree tree) {
    if (json_is_integer(tree)) return mpq_class(static_cast<long>(json_integer_value(tree)));
    const std::string_view name = name_of(tree);
    if (name == "true" || name == "false") return mpq_class(name == "true");
    if (name == "n" || name == "tau") return mpq_class(name == "n" ? current().n : current().sink + 1);
    if (name == "H") return mpq_class(current().heads.size());
    const auto found = variables_.find(name);
    const Number* number = found == variables_.end() ? nullptr : std::get_if<Number>(&found->second);
    return number ? *number : (malformed(tree), Number());
  }
  Number operation(Tree tree, std::string_view op) {
    const size_t size = json_array_size(tree);
    if (op == "if" && size == 4) {
      const Number condition = truth(item(tree, 1));
      return condition ? value(item(tree, condition.lower != 0 ? 2 : 3)) : Number();
    }
    if (size > 1 && (op == "and" || op == "or")) {
      const mpq_class stop = op == "or";
      Number result = mpq_class(1 - stop);
      for (size_t k = 1; k < size; ++k) {
        const Number next = truth(item(tree, k));
        if (next && next.lower == stop) return next;
        result.defined = result.defined && next.defined;
      }
      return result;
    }
    return call(tree, op);
  }

  // A quantifier or an aggregate. A quantifier is the least or largest of truth values, and stops when it is
  // decided.
  Number over(Tree tree, std::string_view op) {
    const bool truths = op == "forall" || op == "exists";
    const mpq_class stop = op == "exists";
    bool good = true, decided = false, first = op == "min_over" || op == "max_over";
    Number result = mpq_class(op == "forall");
    instances_ -= tree == leading_ && truths;
    instances(tree, 1, good, [&] {
      Tree body = item(tree, json_array_size(tree) - 1);
      const Number next = truths ? truth(body) : value(body);
      instances_ += tree == leading_;
      decided = truths && next && next.lower == stop;
      if (decided && tree == leading_) describe(tree);
      const char mark = op == "sum" ? '+' : op == "forall" || op == "min_over" ? 'm' : 'M';
      result = decided || first ? next : apply(mark, result, next);
      return first = false, !decided;
    });
    return decided || (good && !first) ? result : Number();
  }
  // What the key witness says: the names that the leading quantifier binds, and their values.
  void describe(Tree tree) {
    for (size_t k = 1; k + 1 < json_array_size(tree); ++k) {
      Tree name = item(item(tree, k), 0);
      const Variable& variable = variables_.at(name_of(name));
      const Number* number = std::get_if<Number>(&variable);
      const List* word = std::get_if<List>(&variable);
      require(!number || number->exact(), "the number that decides is not exact");
      string letters;
      for (size_t l = 0; word && l < word->size(); ++l) letters += "," + std::to_string((*word)[l]);
      decided_by_ += (k == 1 ? "[{\"name\":" : ",{\"name\":") + Json{name}.text() + ",";
      decided_by_ += word                        ? "\"word\":[" + letters.substr(!letters.empty()) + "]}"
                     : number                    ? "\"value\":\"" + number->lower.get_str() + "\"}"
                     : name_of(name) == "system" ? "\"system\":" + system_->text + "}"
                     : simplex_.cell             ? described(*simplex_.cell)
                                                 : system_->text.substr(system_->text.rfind("\"weights\""));
    }
    decided_by_ += "]";
  }

  // Visits the instances of the binders of a tree from the k-th on, until `visit` returns false, which it
  // then returns. A domain without value makes `good` false.
  bool instances(Tree tree, size_t k, bool& good, const Visit& visit) {
    if (k + 1 >= json_array_size(tree)) return visit();
    Tree binder = item(tree, k);
    const std::string_view name = op_of(binder);
    const bool apt = std::isalpha(*name.data() & 0xff) != 0 && (name != "system" || !simplex_.cell);
    if (!apt || variables_.contains(name) || json_array_size(binder) > 3) malformed(binder);
    require(variables_.size() < 100, "beyond a limit: more than 100 names bound");
    const SystemPointer outside = system_;
    variables_[name] = {};
    const Visit each = [&] {
      const Number condition = json_array_size(binder) > 2 ? truth(item(binder, 2)) : mpq_class(1);
      return !condition || condition.lower == 0 || instances(tree, k + 1, good, visit);
    };
    const bool more = op_of(item(binder, 1)) == "simplex" ? simplex_.visit(tree, k, current(), good, each)
                                                          : elements(item(binder, 1), name, good, each);
    system_ = outside;
    variables_.erase(name);
    return more;
  }
  // Binds a name, or the current system, to each element of a domain, until `visit` returns false, likewise.
  bool elements(Tree domain, std::string_view name, bool& good, const Visit& visit) {
    static const auto domains = table(  // r a number or a range, k a number, + or more
        ".. kk list k+ words k grid k inner_grid k unique_sink rr feedforward rr optional_loops rr digraphs "
        "rr chains rrk diffusions rrk line r star r full r local rk lazy_line rk+");
    const string kind(op_of(domain));
    const size_t size = json_array_size(domain);
    string letters = domains.contains(kind) ? domains.at(kind) : "";
    if (letters.ends_with('+')) letters.pop_back(), letters.resize(std::max(letters.size(), size - 1), 'k');
    if (letters.empty() || size != letters.size() + 1) malformed(domain);
    const bool words = kind == "words", grid = name == "weights", list = kind == "list";
    if (grid != kind.ends_with("grid") || (name == "system") != (letters[0] == 'r')) malformed(domain);
    vector<pair<Number, Number>> parts;  // numbers or ranges
    for (size_t k = 1; k < size; ++k) {
      Tree part = item(domain, k);
      const bool range = letters[k - 1] == 'r' && json_array_size(part) == 3 && op_of(part) == "..";
      const Number least = value(range ? item(part, 1) : part);
      parts.emplace_back(least, range ? value(item(part, 2)) : least);
    }
    if (name == "system") return systems(kind, parts, good, visit);
    const SystemPointer base = system_;
    const long heads = words || grid ? current().heads.size() : 1;
    const auto least = list ? 0 : integer(parts[0].first),
               most = list ? static_cast<long>(parts.size()) - 1 : integer(parts.back().first);
    if (!least || !most || *least < (words ? 0 : grid ? 1 : LONG_MIN)) return good = false, true;
    auto range = [&](const List& begun) -> pair<long, long> {
      if (!grid) return words ? pair(1L, heads) : pair(*least, *most);
      const long left = std::accumulate(begun.begin(), begun.end(), *least, std::minus()),
                 inner = kind == "inner_grid";
      return {static_cast<long>(begun.size()) + 1 == heads ? std::max(left, inner) : inner, left};
    };
    return visit_lists(words ? *least : heads, range, [&](const List& all) {
      Vector shares;
      for (size_t k = 0; grid && k < all.size(); ++k) shares.push_back(mpq_class(all[k]) / *least);
      if (grid) system_ = std::make_shared<System>(base->n, base->sink, base->heads, shares);
      if (words) variables_[name] = all;
      if (!grid && !words) variables_[name] = list ? parts[all[0]].first : Number(mpq_class(all[0]));
      return visit();
    });
  }

  bool systems(const string& kind, vector<pair<Number, Number>> parts, bool& good, const Visit& visit) {
    Vector probabilities;
    bool apt = true;
    for (size_t k = 0; k < parts.size(); ++k) {
      const Number& x = parts[k].first;
      const bool p = kind == "lazy_line" && k > 0;
      if (p) probabilities.push_back(x.lower);
      apt = apt && (p ? x.exact() && x.lower >= 0 && x.lower <= 1
                      : integer(x).value_or(-1) >= (kind != "local" || k == 0) && integer(parts[k].second));
    }
    if (!apt) return good = false, true;
    const bool sets = parts.size() > 1 && kind != "local" && kind != "lazy_line";
    for (long n = *integer(parts[0].first); n <= *integer(parts[0].second); ++n) {
      require(n <= 1000, "beyond a limit: more than 1000 nodes");
      Family family(kind, static_cast<int>(n), integer(parts.back().first).value_or(0), probabilities);
      const long all = family.heads_there(), most = sets ? std::min(all, *integer(parts[1].second)) : all;
      for (long count = sets ? *integer(parts[1].first) : all; count <= most; ++count)
        if (!family.visit(count, [&](SystemPointer next) { return system_ = next, visit(); })) return false;
    }
    return true;
  }

  // The arguments of a function by letters: v a number, b a truth value, x an exact number, c a chain, w a
  // word, i a node and h a head (from 0), t a time, k an integer. All are evaluated; `good` says whether all
  // have values.
  struct Arguments {
    bool good = true;
    List k = {}, word = {};
    vector<Number> x = {};
  };
  Arguments arguments(Tree tree, const string& letters) {
    Arguments all;
    if (json_array_size(tree) != letters.size() + 1) malformed(tree);
    const System* system = letters.find_first_of("cwih") < letters.size() ? &current() : nullptr;
    const long n = system ? system->n : 0, heads = system ? system->heads.size() : 0;
    for (size_t p = 0; p < letters.size(); ++p) {
      Tree part = item(tree, p + 1);
      const char letter = letters[p];
      if (letter == 'w') {
        const auto bound = variables_.find(json_is_string(part) ? name_of(part) : "");
        const List* word = bound == variables_.end() ? nullptr : std::get_if<List>(&bound->second);
        if (!word && (json_is_string(part) || op_of(part) != "word")) malformed(part);
        if (word) all.word = *word;
        for (size_t k = 1; k < json_array_size(part); ++k)
          all.word.push_back(integer(value(item(part, k))).value_or(0));
        spend(8 * all.word.size());
        for (const long h : all.word) all.good = all.good && h >= 1 && h <= heads;
      } else if (letter == 'v' || letter == 'b' || letter == 'x') {
        all.x.push_back(letter == 'b' ? truth(part) : value(part));
        all.good = all.good && (letter == 'x' ? all.x.back().exact() : all.x.back().defined);
      } else if (letter == 'c' && !simplex_.cell && !json_is_array(part) && name_of(part) == "mean") {
        all.k.push_back(0);
      } else {
        if (letter == 'c' && (op_of(part) != "head" || json_array_size(part) != 2)) malformed(part);
        const auto k = integer(value(letter == 'c' ? item(part, 1) : part));
        const long most = letter == 'i' ? n : letter == 't' || letter == 'k' ? LONG_MAX : heads;
        all.good = all.good && k && *k <= most && *k >= (letter == 'k' ? LONG_MIN : letter != 't');
        all.k.push_back(all.good ? *k - (letter == 'i' || letter == 'h') : 0);
      }
    }
    return all;
  }
  Number call(Tree tree, std::string_view op) {
    static const auto functions = table(  // - where a binder comes first
        "forall - exists - sum - min_over - max_over - + vv - vv * vv / vv ^ vv min vv max vv < vv <= vv = "
        "vv not b defined v floor v exp v choose kk weight h word_weight w letters wh product wii rollout "
        "wii W cii D cii edge cii path cii signal cit absorbed cit walks cit all_walks cit moves citk "
        "distance ct absorbing c t_mix cx t_mix_l1 cx phi ci attained ci minimax> x minimax>= x others> x "
        "others>= x node> ix node>= ix nodes> ii nodes>= ii absorbed> tx absorbed>= tx weight> hx weight>= "
        "hx");
    if (op == "printed") {
      const string name(name_of(item(tree, 1)));
      Json found{json_object_get(printed_.value, name.c_str()), printed_.place + "." + name};
      if (!found || json_array_size(tree) != (json_is_array(found.value) ? 4 : 2)) malformed(tree);
      for (size_t p = 2; p < json_array_size(tree); ++p) {
        const auto k = integer(value(item(tree, p)));
        found = k && *k > 0 ? found[*k - 1] : Json();
      }
      return found ? Number(found.rational()) : Number();
    }
    const auto found = functions.find(op);
    if (found == functions.end() || json_array_size(tree) < (found->second == "-" ? 3 : 2)) malformed(tree);
    if (found->second == "-") return over(tree, op);
    const Arguments a = arguments(tree, found->second);
    if (simplex_.takes(op)) return simplex_.answer(tree, a.good, a.k, a.x, current());
    if (op == "defined") return mpq_class(a.x[0].defined);
    if (!a.good) return {};
    if (op == "not") return apply('-', mpq_class(1), a.x[0]);
    if (op == "floor") return {floor_of(a.x[0].lower), floor_of(a.x[0].upper())};
    if (op == "exp") return {exponential(a.x[0].lower, false), exponential(a.x[0].upper(), true)};
    if (op == "<") return less(a.x[0], a.x[1]);
    if (op == "<=") return apply('-', mpq_class(1), less(a.x[1], a.x[0]));
    if (op == "=") return apply('-', mpq_class(1), apply('M', less(a.x[0], a.x[1]), less(a.x[1], a.x[0])));
    if (a.x.size() == 2) return apply(op == "max" ? 'M' : op[0], a.x[0], a.x[1]);
    if (op == "choose") {
      mpz_class result;
      const long few = a.k[1] < 0 || a.k[1] > a.k[0] ? -1 : std::min({a.k[1], a.k[0] - a.k[1], 1000000L});
      spend(100 + few * few);
      if (few >= 0) mpz_bin_uiui(result.get_mpz_t(), a.k[0], a.k[1]);
      return mpq_class(result);
    }
    if (op == "weight") return current().weights[a.k[0]];
    if (op == "letters") return mpq_class(std::count(a.word.begin(), a.word.end(), a.k[0] + 1));
    if (found->second[0] == 'w') return of_word(op, a);
    Chain& chain = current().chain(a.k[0]);
    if (op == "absorbing") return mpq_class(chain.absorption_is_certain());
    if (op == "t_mix" || op == "t_mix_l1" || op == "distance") {
      if (!chain.absorption_is_certain() || (op != "distance" && a.x[0].lower <= 0)) return {};
      return op == "distance" ? chain.distance(a.k[1], facts_.average)
                              : facts_.about(Facts::key_of(*system_, a.k[0], string(op), a.x[0].lower)).first;
    }
    const bool diffuses = op == "D" || op == "signal" || op == "phi" || op == "attained";
    const Kind kind = diffuses ? diffusion : op == "W" || op == "absorbed" || op == "moves" ? walk : graph;
    const Matrix* m = chain.matrix(kind);
    if (!m) return {};
    if (op == "phi" || op == "attained") {
      const Supremum& fact = facts_.about(Facts::key_of(*system_, a.k[0], "phi", a.k[1] + 1));
      return op == "phi" ? fact.first : mpq_class(fact.second);
    }
    if (op == "edge") return (*m)[a.k[2]][a.k[1]];
    if (op == "W" || op == "D") return (*m)[a.k[1]][a.k[2]];
    if (op == "path") return mpq_class(reach(*m, a.k[2])[a.k[1]]);
    if (op == "moves") return moves(*m, a.k[1], a.k[2], a.k[3]);
    return chain.power(kind, a.k[2], op == "all_walks")[a.k[1]];
  }
  Number of_word(std::string_view op, const Arguments& a) {
    Number weight = mpq_class(1);
    for (const long letter : a.word) weight = apply('*', weight, current().weights[letter - 1]);
    if (op == "word_weight") return weight;
    Vector row(current().n);
    row[a.k[0]] = 1;
    for (const long letter : a.word) {
      const Matrix* d = current().chain(static_cast<int>(letter)).matrix(diffusion);
      if (!d) return {};
      const Vector next = product(*d, row, true);  // for the rollout (I + D) / 2 stands in place of D
      for (size_t k = 0; k < row.size(); ++k)
        row[k] = op == "rollout" ? mpq_class((row[k] + next[k]) / 2) : next[k];
    }
    return row[a.k[1]];
  }
  // The probability of so many moves in the first steps of the walk from j.
  static Number moves(const Matrix& w, long j, long steps, long count) {
    const size_t n = w.size(), all = n * (std::min(count, 1000L) + 1);
    if (count < 0 || count > steps) return mpq_class(0);
    require(all <= 1000, "beyond a limit: more than 1000 states");
    Matrix counting(all, Vector(all));  // a state is a number of moves and a node
    for (size_t m = 0; m < all; m += n)
      for (size_t k = 0; k < n; ++k)
        for (size_t i = 0; i < n; ++i)
          if (i == k || m + n < all) counting[m + (i == k ? 0 : n) + i][m + k] = w[i][k];
    Vector row(all);
    std::fill(row.end() - n, row.end(), 1);
    for (long step = 0; step < steps; ++step) row = product(counting, row, true);
    return row[j];
  }

  const Facts& facts_;
  Json printed_;
  SystemPointer system_;  // the current one
  Tree leading_ = nullptr;
  size_t instances_ = 1, depth_ = 0;  // of the leading quantifier; of what is evaluated
  string decided_by_ = {};
  UnderSimplex simplex_{facts_.regions, [this](Tree tree) { value(tree); }};
  std::map<std::string_view, Variable> variables_ = {};
};

}  // namespace crosshead::checker
