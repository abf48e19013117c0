// Evaluation (section 5): the value of a formula under one reading, in the order that decides which facts are
// needed.
#pragma once

#include "src/checker/evidence.hpp"
#include "src/checker/family.hpp"
#include "src/checker/formula.hpp"

namespace crosshead::checker {

// The value of an expression; which member counts is known from its type.
struct Value {
  Value(Number value = {}) : number(std::move(value)) {}
  Value(Truth value) : truth(value) {}
  Value(const mpq_class& value) : number(value) {}

  Number number;
  Truth truth = Truth::unknown;
  std::optional<std::vector<int>> word;  // heads, counted from 1; nothing if undefined
  std::optional<int> chain;              // 0 the mean, k head k; nothing if undefined
  std::string text;
};

bool is_function(std::string_view name);
// Gives a call its function, by name and argument types.
void resolve(Node& call, bool has_system);

class Evaluator {
 public:
  Evaluator(const Json* printed, const Json* given, const Json* files, Evidence& evidence);

  // The value of the formula. `witness` (may be null) is compared with the instance at which an enumeration
  // stops, or, if `from_witness`, replaces the enumeration.
  Truth decide(const Node& formula, const Json* witness, bool from_witness);

  Value value(const Node& node);
  Chain& chain(const Value& which) { return system->chain(*which.chain); }
  const Json* printed(const std::string& name) const;

  Evidence& evidence;
  SystemPointer system;

 private:
  using Visit = std::function<bool()>;
  Truth truth(const Node& node) { return value(node).truth; }
  Truth compare(const Node& node);
  Value quantify(const Node& node);
  Value aggregate(const Node& node);
  bool instances(const Node& node, std::size_t k, const Visit& visit);
  bool elements(const Binder& binder, const Visit& visit);
  bool grid(long d, bool inner, const Visit& visit);
  bool words(long length, const Visit& visit);
  std::optional<Family> family(const Binder& binder);
  std::string instance_text(const Node& node);
  void take_witness(const Node& node, const Json& witness);

  const Json* printed_;
  std::map<std::string, SystemPointer> files_;
  std::vector<Value> variables_;
  const Node* root_ = nullptr;
  std::string stopped_at_;     // the instance at which the leading quantifier stopped
  bool any_instance_ = false;  // of the leading quantifier
};

}  // namespace crosshead::checker
