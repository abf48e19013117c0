#include "src/checker/formula.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "src/checker/evaluator.hpp"
#include "src/checker/family.hpp"
#include "src/checker/limits.hpp"

namespace crosshead::checker {
namespace {

const std::set<std::string, std::less<>> words = {
    "forall", "exists", "in",         "where",  "iff",     "implies", "or",  "and",   "not",    "true",
    "false",  "mean",   "union",      "head",   "min",     "max",     "sum", "nodes", "others", "heads",
    "words",  "grid",   "inner_grid", "system", "weights", "n",       "N",   "H",     "tau",    "if"};
const std::set<std::string, std::less<>> comparisons = {"<=", "<", "=", "!=", ">=", ">"};

struct Token {
  char kind;  // 'a' a name, '0' a number, '"' a string, '.' a mark, '\0' the end
  std::string text;
};

[[noreturn]] void malformed(const std::string& what) {
  throw Rejected{nullptr, "malformed formula: " + what};
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  auto is = [&text](std::size_t k, auto test) {
    return k < text.size() && test(static_cast<unsigned char>(text[k]));
  };
  auto digit = [](unsigned char c) { return c >= '0' && c <= '9'; };
  auto letter = [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    char kind = '.';
    if (std::string_view(" \t\n\r").find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    } else if (is(at, letter)) {
      kind = 'a';
      while (is(end, letter) || is(end, digit)) ++end;
    } else if (is(at, digit)) {
      kind = '0';
      while (is(end, digit)) ++end;
      if (is(end, [](char c) { return c == '.'; }) && is(end + 1, digit))
        for (++end; is(end, digit);) ++end;
      if (is(end, letter)) malformed("a letter after a number");
    } else if (text[at] == '"') {
      kind = '"';
      end = text.find('"', end);
      if (end == text.npos) malformed("a string without an end");
      ++end;
    } else if (std::string_view pair = text.substr(at, 2);
               pair == "<=" || pair == ">=" || pair == "!=" || pair == "..") {
      ++end;
    } else if (std::string_view("<=>+-*/^()[]{},:").find(text[at]) == std::string_view::npos) {
      malformed("the character '" + std::string(1, text[at]) + "'");
    }
    tokens.push_back(
        {kind, std::string(kind == '"' ? text.substr(at + 1, end - at - 2) : text.substr(at, end - at))});
    at = end;
  }
  tokens.push_back({'\0', "the end"});
  return tokens;
}

class Parser {
 public:
  Parser(std::string_view text, bool has_system) : tokens_(tokens_of(text)), has_system_(has_system) {}

  Node whole() {
    Node result = require(formula(), Type::truth);
    if (now().kind != '\0') malformed("'" + now().text + "' after its end");
    return result;
  }

 private:
  struct Deeper {
    explicit Deeper(int& depth) : depth_(depth) {
      if (++depth > max_formula_depth)
        refuse("a formula nested deeper than " + std::to_string(max_formula_depth));
    }
    ~Deeper() { --depth_; }
    int& depth_;
  };
  struct Variable {
    std::string name;
    Type type;
  };

  const Token& now() const { return tokens_[at_]; }
  bool is(std::string_view text) const {
    return (now().kind == '.' || now().kind == 'a') && now().text == text;
  }
  bool accept(std::string_view text) { return is(text) && ++at_; }
  void expect(std::string_view text) {
    if (!accept(text)) malformed("expected '" + std::string(text) + "' before '" + now().text + "'");
  }
  static Node require(Node node, Type type) {
    if (node.type != type) malformed("'" + node.op + "' where another type is needed");
    return node;
  }
  void need_system(const std::string& what) const {
    if (!has_system_) malformed(what + " without a current system");
  }

  Node formula() {
    Deeper deeper(depth_);
    return equivalence();
  }
  Node number_sum() { return require(sum(), Type::number); }

  // part (mark part)*, as one node with all its parts.
  template <class Part, class IsMark>
  Node chain_of(const std::string& op, Type in, Type out, Part part, IsMark is_mark) {
    Node first = part();
    if (!(now().kind == '.' || now().kind == 'a') || !is_mark(now().text)) return first;
    Node node{op, out, {require(std::move(first), in)}};
    while (now().kind != '"' && is_mark(now().text)) {
      node.marks.push_back(tokens_[at_++].text);
      node.parts.push_back(require(part(), in));
    }
    return node;
  }
  Node equivalence() {
    Node left = implication();
    if (!accept("iff")) return left;
    return {"iff", Type::truth, {require(std::move(left), Type::truth), require(implication(), Type::truth)}};
  }
  Node implication() {
    Deeper deeper(depth_);
    Node left = disjunction();
    if (!accept("implies")) return left;
    return {
        "implies", Type::truth, {require(std::move(left), Type::truth), require(implication(), Type::truth)}};
  }
  Node disjunction() {
    return chain_of(
        "or", Type::truth, Type::truth, [this] { return conjunction(); }, [](auto& m) { return m == "or"; });
  }
  Node conjunction() {
    return chain_of(
        "and", Type::truth, Type::truth, [this] { return negation(); }, [](auto& m) { return m == "and"; });
  }
  Node negation() {
    Deeper deeper(depth_);
    if (accept("not")) return {"not", Type::truth, {require(negation(), Type::truth)}};
    if (is("forall") || is("exists")) return binding(Type::truth);
    return chain_of(
        "compare", Type::number, Type::truth, [this] { return sum(); },
        [](auto& m) { return comparisons.count(m) > 0; });
  }
  Node sum() {
    return chain_of(
        "+", Type::number, Type::number, [this] { return product(); },
        [](auto& m) { return m == "+" || m == "-"; });
  }
  Node product() {
    return chain_of(
        "*", Type::number, Type::number, [this] { return factor(); },
        [](auto& m) { return m == "*" || m == "/"; });
  }
  Node factor() {
    Deeper deeper(depth_);
    if (accept("-")) return {"-", Type::number, {require(factor(), Type::number)}};
    Node base = primary();
    if (!accept("^")) return base;
    return {"^", Type::number, {require(std::move(base), Type::number), require(factor(), Type::number)}};
  }

  // A quantifier with a formula, or an aggregate with a sum.
  Node binding(Type type) {
    Node node{tokens_[at_++].text, type};
    std::size_t outer = variables_.size();
    bool outer_system = has_system_;
    do node.binders.push_back(binder());
    while (accept(","));
    expect(":");
    node.parts.push_back(require(type == Type::truth ? formula() : sum(), type));
    variables_.resize(outer);
    has_system_ = outer_system;
    return node;
  }
  Binder binder() {
    Binder result{now().text, "", {}, {}};
    if (now().kind != 'a') malformed("'" + now().text + "' where a name is needed");
    for (const Variable& bound : variables_)
      if (bound.name == result.name) malformed("the name '" + result.name + "' is bound already");
    ++at_;
    expect("in");
    domain(result);
    const std::string& d = result.domain;
    bool weights = d == "grid" || d == "inner_grid", system = is_family(d);
    if (weights != (result.name == "weights") || system != (result.name == "system") ||
        (!weights && !system &&
         (words.count(result.name) || is_family(result.name) || is_function(result.name))))
      malformed("the name '" + result.name + "' cannot be bound so");
    variables_.push_back({result.name, d == "words" ? Type::word : Type::number});
    has_system_ = has_system_ || system;
    if (accept("where")) result.where.push_back(require(equivalence(), Type::truth));
    return result;
  }
  void domain(Binder& result) {
    std::string word = now().kind == 'a' ? now().text : "";
    bool call = tokens_[at_ + (now().kind != '\0')].text == "(";
    if (accept("{")) {
      result.domain = "{";
      do result.bounds.push_back(number_sum());
      while (accept(","));
      return expect("}");
    }
    if (word == "nodes" || word == "others" || word == "heads" || word == "words" || word == "grid" ||
        word == "inner_grid") {
      need_system("'" + word + "'");
      result.domain = tokens_[at_++].text;
      if (word == "nodes" || word == "others" || word == "heads") return;
      expect("(");
      result.bounds.push_back(number_sum());
      return expect(")");
    }
    if (call && is_family(word)) {
      result.domain = tokens_[at_++].text;
      expect("(");
      do {
        if (now().kind == '"') {
          result.bounds.push_back({"text", Type::text, {}, {}, {}, 0, tokens_[at_++].text});
          continue;
        }
        Node bound = number_sum();
        if (accept("..")) bound = {"..", Type::number, {std::move(bound), number_sum()}};
        result.bounds.push_back(std::move(bound));
      } while (accept(","));
      check_family_arguments(word, result.bounds);
      return expect(")");
    }
    result.domain = "..";
    result.bounds.push_back(number_sum());
    expect("..");
    result.bounds.push_back(number_sum());
  }

  Node primary() {
    Deeper deeper(depth_);
    const Token token = now();
    ++at_;
    bool call = token.kind == 'a' && is("(");
    if (token.kind == '0') {
      std::size_t dot = token.text.find('.');
      std::string digits =
          token.text.substr(0, dot) + (dot == token.text.npos ? "" : token.text.substr(dot + 1));
      Node node{"number", Type::number};
      mpz_ui_pow_ui(node.number.get_den_mpz_t(), 10,
                    dot == token.text.npos ? 0 : token.text.size() - dot - 1);
      node.number.get_num().set_str(digits, 10);
      node.number.canonicalize();
      return node;
    }
    if (token.kind == '.' && token.text == "(") {
      Node node = formula();
      expect(")");
      return node;
    }
    if (token.kind == '.' && token.text == "[") {
      need_system("a word");
      Node node{"[", Type::word};
      do node.parts.push_back(number_sum());
      while (accept(","));
      expect("]");
      return node;
    }
    if (token.kind != 'a') malformed("'" + token.text + "' where an expression is needed");
    if (token.text == "true" || token.text == "false") return {token.text, Type::truth};
    if (!call && (token.text == "min" || token.text == "max" || token.text == "sum"))
      return --at_, binding(Type::number);
    if (token.text == "n" || token.text == "N" || token.text == "H" || token.text == "tau") {
      need_system("'" + token.text + "'");
      return {"constant", Type::number, {}, {}, {}, 0, token.text};
    }
    for (std::size_t slot = 0; slot < variables_.size(); ++slot)
      if (variables_[slot].name == token.text && token.text != "system" && token.text != "weights")
        return {"variable", variables_[slot].type, {}, {}, {}, 0, token.text, slot};
    if (!call) malformed("the unknown name '" + token.text + "'");
    Node node{"call", Type::number, {}, {}, {}, 0, token.text};
    expect("(");
    do node.parts.push_back(argument());
    while (accept(","));
    expect(")");
    resolve(node, has_system_);
    return node;
  }
  Node argument() {
    if (now().kind == '"') return {"text", Type::text, {}, {}, {}, 0, tokens_[at_++].text};
    std::string word = now().text;
    if (!accept("mean") && !accept("union") && !accept("head")) return formula();
    need_system("'" + word + "'");
    Node chain{word, word == "union" ? Type::graph_chain : Type::chain};
    if (word == "head") chain.parts.push_back(require(primary(), Type::number));
    return chain;
  }

  std::vector<Token> tokens_;
  std::vector<Variable> variables_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool has_system_;
};

}  // namespace

Node read_formula(std::string_view text, bool has_system) {
  return Parser(text, has_system).whole();
}

}  // namespace crosshead::checker
