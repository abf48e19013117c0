#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evaluation_record.hpp"
#include "evaluation_tree.hpp"

#include "crosshead/claim/evaluation.hpp"
#include "crosshead/claim/measured.hpp"
#include "crosshead/claim/simplex_formula.hpp"
#include "crosshead/diffusion/region.hpp"

namespace crosshead::claim {

/// A part of the weights (b, 1 - b) of two heads in which comparisons of the mean have one truth value: a
/// point, an open interval, or one side of the root that divides an open interval.
struct WeightCell {
  exact::Interval place;
  int side = -1;                          ///< of a root: 0 left, 1 at it, 2 right; -1: there is none
  std::optional<bool> holds;              ///< the comparison of the mean; nothing where it is left open
  std::optional<exact::Rational> sample;  ///< a weight inside, unless the only one is irrational
};

/// The value of a bound name.
struct BoundValue {
  Number number;
  std::vector<int> word;  ///< heads from 1
  std::vector<exact::Rational> weights;
  std::shared_ptr<CurrentSystem> system;
  std::optional<WeightCell> cell;  ///< of weights in simplex
};

/// Ends an evaluation without an answer: too much work, or the caller wishes so.
struct Stopped {
  std::string note;
};

/// Evaluates a prepared formula in the order of REFERENCE.md, and records the facts that it needs.
class Machine {
 public:
  Machine(const PreparedFormula& formula, const EvaluationInput& input, const EvaluationOptions& options,
          const MeasuredNumbers* measured);

  /// The instance of the leading block that decided it.
  struct Decision {
    std::vector<BoundValue> values;  ///< one for each binder
    std::shared_ptr<CurrentSystem> system;
  };

  Answer truth(const Node& node);
  Number number(const Node& node);

  /// The whole formula; sets decision().
  Answer evaluate() { return truth(formula_.root); }
  const std::optional<Decision>& decision() const { return decision_; }
  /// The formula starts with a quantifier whose body was never reached: what it says is vacuous.
  bool vacuous() const;

  /// Evaluates what the witness mode of a certificate asks for: for each binder of the leading block its
  /// domain's arguments and its condition, then the body. Facts go to `record`.
  Answer replay(const Decision& decision, FactRecord& record);
  /// Binds the leading block's names.
  void bind(const Decision& decision);

  FactRecord& record() { return *record_; }
  /// Why some fact that was needed does not exist; empty if none is missing.
  const std::string& missing_fact() const { return missing_fact_; }
  void forget_missing_fact() { missing_fact_.clear(); }

  std::int64_t systems_visited() const { return systems_visited_; }
  std::int64_t instances() const { return instances_; }
  const std::map<std::pair<int, int>, std::int64_t>& visited_by_size() const { return visited_by_size_; }

  const PreparedFormula& formula() const { return formula_; }
  /// REQUIRES: a system is given or bound. Null otherwise.
  const std::shared_ptr<CurrentSystem>& system() const { return system_; }

  /// The elements of a binder's domain one after the other, bound while `visit` runs, until it returns false.
  /// Returns why the domain has no value, if it has none.
  using Visit = std::function<bool()>;
  std::optional<Number> for_each(const PreparedBinder& binder, const Visit& visit);

  const BoundValue& value(const PreparedBinder& binder) const { return slots_[binder.slot]; }

  /// The same for a quantifier's binder, which may range over the simplex.
  std::optional<Number> for_each(const Node& quantifier, std::size_t depth, const Visit& visit);
  /// The part of the simplex whose weights are the current ones; null outside of it.
  const WeightCell* cell() const { return cell_; }
  /// The value of the operand under weights of that part; nothing without one that is rational.
  std::optional<Number> sampled(const Node& operand);

 private:
  /// A chain argument, or why there is none.
  struct ChosenChain {
    Chain* chain = nullptr;
    int head = -1;  ///< from 0; -1 for the mean
    Number failure;
  };
  /// The arguments of a function, all evaluated.
  struct Arguments {
    ChosenChain chain;
    std::array<Number, 4> numbers;
    std::vector<int> word;       ///< heads from 0
    std::optional<Number> lack;  ///< the first argument without a value, if any

    Number& operator[](std::size_t k) { return numbers[k]; }
  };

  // evaluation_machine.cpp
  Answer comparisons(const Node& node);
  Answer quantified(const Node& node, std::size_t depth);
  void aggregate(const Node& node, std::size_t depth, std::optional<Number>& result);
  void combine(Operation operation, Number value, std::optional<Number>& result) const;
  void count_element();

  // evaluation_functions.cpp
  Arguments arguments(const Node& node);
  ChosenChain choose(const Node& node);
  std::optional<Number> read_word(const Node& node, std::vector<int>& word);
  Number function(const Node& node);
  Number word_function(const Node& node, Arguments& given);
  Number chain_function(const Node& node, Arguments& given);
  Number graph_function(const Node& node, Arguments& given);
  Number printed(const Node& node);
  Number measured(const Node& node);
  Answer predicate(const Node& node);

  // evaluation_quantities.cpp
  Number walk_entry(const ChosenChain& chosen, const Number& i, const Number& j);
  Number diffusion_entry(const ChosenChain& chosen, const Number& i, const Number& j);
  Number signal(const ChosenChain& chosen, const Number& j, const Number& t);
  Number absorbed(const ChosenChain& chosen, const Number& j, const Number& t);
  Number distance(const ChosenChain& chosen, const Number& t);
  Number mixing_time(const ChosenChain& chosen, const Number& epsilon, Fact::Kind kind);
  Number moves(const ChosenChain& chosen, const Number& j, const Number& t, const Number& k);
  const diffusion::NodeFidelity& node_fidelity(const ChosenChain& chosen, int node);
  Number fidelity(const ChosenChain& chosen, const Number& j);
  Number minimax(const ChosenChain& chosen);
  Answer attained(const ChosenChain& chosen, const Number& j);
  /// Notes that certificates do not know the published walk of attention.
  void use_walk(const Chain& chain);

  // evaluation_domains.cpp
  std::optional<Number> for_each_word(const PreparedBinder& binder, const Visit& visit);
  std::optional<Number> for_each_weights(const PreparedBinder& binder, const Visit& visit);

  // evaluation_simplex.cpp
  struct WeightQuestion;
  std::optional<Number> for_each_cell(const Node& quantifier, const Visit& visit);
  std::optional<Number> collect(const Node& node, WeightQuestion& question);
  std::optional<Number> collect_comparison(const Node& node, std::size_t k, WeightQuestion& question);
  std::optional<Number> ask_mixing(const Node& subject, const Number& bound, bool l1,
                                   const std::string& relation, diffusion::RegionClaim& claim);
  std::optional<Number> choose_matrices(WeightQuestion& question);
  void record_region(const WeightQuestion& question, const diffusion::WeightRegion& region);
  Answer on_cell(const Node& node, std::size_t k, const WeightComparison& comparison);

  // evaluation_families.cpp
  struct IntegerRange {
    std::int64_t lower = 1, upper = 0;
  };
  std::optional<Number> for_each_system(const PreparedBinder& binder, const Visit& visit);
  std::optional<Number> for_each_member(const PreparedBinder& binder, const Visit& visit);
  std::optional<Number> read_range(const FamilyRange& range, std::int64_t least, std::int64_t most,
                                   IntegerRange& result);
  bool visit_system(const PreparedBinder& binder, const std::shared_ptr<CurrentSystem>& system,
                    const Visit& visit);
  std::shared_ptr<CurrentSystem> file_system(const std::string& name);
  CurrentSystem& current() const;

  const PreparedFormula& formula_;
  const EvaluationInput& input_;
  const MeasuredNumbers* measured_;
  const EvaluationOptions& options_;
  SystemFamilies families_;
  std::map<std::string, std::shared_ptr<CurrentSystem>> files_;
  FactRecord own_record_;
  FactRecord* record_ = &own_record_;
  std::vector<BoundValue> slots_;
  std::shared_ptr<CurrentSystem> system_;
  const WeightCell* cell_ = nullptr;
  std::optional<Decision> decision_;
  std::string missing_fact_;
  bool leading_instance_ = false;
  std::int64_t systems_visited_ = 0, instances_ = 0, elements_ = 0, terms_ = 0;
  std::map<std::pair<int, int>, std::int64_t> visited_by_size_;
};

/// Times and lengths beyond this are left undecided before any work.
inline constexpr std::int64_t kLatest = 1'000'000'000;

/// Why a number is no integer, if it is none.
std::optional<Number> lacks_integer(const Number& number, const char* what);

/// A node, head or time as the language counts it. Null and a reason in `lack` where the number is none, is
/// no integer or lies outside lowest..highest.
std::optional<std::int64_t> integer_argument(const Number& number, std::int64_t lowest, std::int64_t highest,
                                             const char* what, Number& lack);

}  // namespace crosshead::claim
