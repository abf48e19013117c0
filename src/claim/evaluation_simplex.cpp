// All real weights of two heads: [0, 1] falls into finitely many parts, in each of which the comparison of
// the mean has one truth value with a proof (weight regions); a formula is evaluated once for each part.
#include <algorithm>

#include "evaluation_machine.hpp"

#include "crosshead/claim/weight_fact.hpp"
#include "crosshead/diffusion/node_order.hpp"
#include "crosshead/exact/algebraic_number.hpp"

namespace crosshead::claim {

using diffusion::RegionClaim;
using diffusion::RegionPiece;
using exact::Rational;
using Subject = WeightComparison::Subject;

/// What a formula asks of the weights, with everything else evaluated.
struct Machine::WeightQuestion {
  RegionClaim claim;
  bool mixing = false;
  bool negated = false;           ///< the formula asks for the complement of `claim`
  std::vector<Rational> weights;  ///< of head 1, with which weights are compared
  std::vector<const exact::RationalMatrix*> matrices;
};

namespace {

/// Requires an exact number, or says why there is none.
std::optional<Number> lacks_exactness(const Number& number, const char* what) {
  if (!number.known()) return number;
  if (number.upper) return Number::undecided(std::string(what) + " is known by bounds only");
  return std::nullopt;
}

/// Sets relation and complement.
void relate(const std::string& relation, RegionClaim& claim, bool& negated) {
  negated = relation[0] == '<';
  claim.strict = relation == ">" || relation == "<=";
}

std::string key_of(const RegionClaim& claim) {
  const auto number = [](auto value) { return " " + std::to_string(value); };
  return std::to_string(static_cast<int>(claim.subject)) + number(claim.node) + number(claim.other) +
         number(claim.steps) + number(claim.strict) + " " + exact::to_string(claim.threshold);
}

bool is_uncertified(const RegionPiece& piece) {
  return std::any_of(piece.proofs.begin(), piece.proofs.end(),
                     [](const diffusion::RegionProof& proof) { return proof.uncertified; });
}

/// The parts of one piece, from left to right.
std::vector<WeightCell> cells_of(const RegionPiece& piece, bool negated) {
  const exact::Interval& place = piece.place;
  const Rational middle = (place.lower + place.upper) / 2;
  if (piece.proofs.empty()) return {{place, -1, std::nullopt, middle}};
  const auto holds = [&](std::size_t k) { return piece.proofs[k].holds != negated; };
  if (!piece.root) return {{place, -1, holds(0), middle}};
  exact::AlgebraicNumber root(*piece.root, place.lower, place.upper);
  while (root.isolating().lower == place.lower || root.isolating().upper == place.upper) {
    root = root.refined((root.isolating().upper - root.isolating().lower) / 2);
  }
  return {{place, 0, holds(0), root.isolating().lower},
          {place, 1, holds(1), std::nullopt},
          {place, 2, holds(2), root.isolating().upper}};
}

}  // namespace

std::optional<Number> Machine::for_each(const Node& quantifier, std::size_t depth, const Visit& visit) {
  const PreparedBinder& binder = quantifier.binders[depth];
  return binder.source->domain.kind == DomainKind::simplex ? for_each_cell(quantifier, visit)
                                                           : for_each(binder, visit);
}

/// Evaluates what is compared with weights and with the mean, wherever it stands.
std::optional<Number> Machine::collect(const Node& node, WeightQuestion& question) {
  if (!depends_on_weights(*node.source)) return std::nullopt;
  if (node.operation == Operation::compare) {
    for (std::size_t k = 0; k < node.comparisons.size(); ++k) {
      if (auto lack = collect_comparison(node, k, question)) return lack;
    }
    return std::nullopt;
  }
  std::optional<Number> lack;
  const auto visit = [&](const Node& part) { lack = lack ? lack : collect(part, question); };
  for (const Node& argument : node.arguments) visit(argument);
  for (const PreparedBinder& binder : node.binders) {
    for (const Node& where : binder.where) visit(where);
  }
  for (const Node& body : node.body) visit(body);
  return lack;
}

std::optional<Number> Machine::collect_comparison(const Node& node, std::size_t k, WeightQuestion& question) {
  const auto weighed = weight_comparison(*node.source, k);
  if (!weighed) return std::nullopt;
  const Node &subject = node.arguments[weighed->side], &other = node.arguments[weighed->other];
  Number lack;
  const auto node_of = [&](const Node& fidelity) {
    return integer_argument(number(fidelity.arguments[1]), 1, current().size(), "the node", lack);
  };
  RegionClaim& claim = question.claim;
  if (weighed->subject == Subject::nodes) {
    const auto one = node_of(subject), two = one ? node_of(other) : std::nullopt;
    if (!one || !two) return lack;
    if (*one == *two) return Number::undecided("a node is compared with itself");
    claim.subject = RegionClaim::Subject::nodes;
    claim.node = static_cast<int>(*one) - 1;
    claim.other = static_cast<int>(*two) - 1;
    relate(weighed->relation, claim, question.negated);
    return std::nullopt;
  }
  const Number bound = number(other);
  if (auto missing = lacks_exactness(bound, "what is compared over all weights")) return missing;
  if (weighed->subject == Subject::weight) {
    const auto head = integer_argument(number(subject.arguments[0]), 1, 2, "the head", lack);
    if (!head) return lack;
    const Rational weight = *head == 1 ? bound.lower : 1 - bound.lower;
    if (0 < weight && weight < 1) question.weights.push_back(weight);
    return std::nullopt;
  }
  if (weighed->subject == Subject::mixing) {
    question.mixing = true;
    question.negated = weighed->relation[0] == '>';
    return ask_mixing(subject, bound, weighed->l1, weighed->relation, claim);
  }
  if (weighed->subject == Subject::node) {
    const auto one = node_of(subject);
    if (!one) return lack;
    claim.subject = RegionClaim::Subject::node;
    claim.node = static_cast<int>(*one) - 1;
  }
  claim.threshold = bound.lower;
  relate(weighed->relation, claim, question.negated);
  return std::nullopt;
}

/// T_mix(mean, eps) <= c says that the criterion holds after floor(c) steps.
std::optional<Number> Machine::ask_mixing(const Node& subject, const Number& bound, bool l1,
                                          const std::string& relation, RegionClaim& claim) {
  const Number epsilon = number(subject.arguments[1]);
  if (auto missing = lacks_exactness(epsilon, "an epsilon")) return missing;
  if (epsilon.lower <= 0) return Number::undefined("an epsilon that is not positive");
  if (input_.convention.mixing.start == walk::Start::average) {
    return Number::undecided("mixing times from the average start are not decided over all weights");
  }
  const bool inclusive = relation == "<=" || relation == ">";
  const Number last =
      inclusive ? claim::floor(bound) : claim::difference(ceiling(bound), Number(Rational(1)));
  const auto steps = integer_between(last.lower, 0, kLatest);
  if (!steps) return Number::undecided("a mixing time is compared with " + exact::to_string(bound.lower));
  claim.subject = RegionClaim::Subject::absorbed;
  claim.steps = *steps;
  claim.strict = l1 || input_.convention.mixing.distance == walk::Distance::l1;
  claim.threshold = 1 - (claim.strict ? epsilon.lower / 2 : epsilon.lower);
  return std::nullopt;
}

std::optional<Number> Machine::choose_matrices(WeightQuestion& question) {
  for (int h = 0; h < 2; ++h) {
    Chain& head = current().head(h);
    if (question.mixing) {
      use_walk(head);
      if (!head.has_own_walk()) return Number::undecided("walks made of diffusions do not mix linearly");
      if (!head.absorption().certain) return Number::undefined(head.absorption().reason);
    }
    const heads::MatrixOrReason& matrix = question.mixing ? head.walk() : head.diffusion();
    if (!matrix.matrix) return Number::undefined(matrix.reason);
    question.matrices.push_back(&*matrix.matrix);
  }
  return std::nullopt;
}

void Machine::record_region(const WeightQuestion& question, const diffusion::WeightRegion& region) {
  if (!record_->active()) return;
  auto order = diffusion::node_order(question.matrices);
  const bool certified = order && std::none_of(region.pieces.begin(), region.pieces.end(), is_uncertified);
  if (!certified) {
    missing_fact_ = "weight regions have no certificate for these cycles in the union of the heads";
    return;
  }
  auto known = std::make_shared<WeightFact>();
  known->claim = question.claim;
  known->order = std::move(*order);
  known->pieces = region.pieces;
  known->key = key_of(question.claim);
  Fact fact;
  fact.kind = Fact::Kind::weight_region;
  fact.region = std::move(known);
  record_->add(current(), std::move(fact));
}

std::optional<Number> Machine::for_each_cell(const Node& quantifier, const Visit& visit) {
  const PreparedBinder& binder = quantifier.binders.back();
  if (current().head_count() != 2) {
    return Number::undecided("'simplex' is decided for two heads, and the system has " +
                             std::to_string(current().head_count()));
  }
  WeightQuestion question;
  for (const Node& where : binder.where) {
    if (auto lack = collect(where, question)) return lack;
  }
  if (auto lack = collect(quantifier.body.front(), question)) return lack;
  if (auto lack = choose_matrices(question)) return lack;
  std::sort(question.weights.begin(), question.weights.end());
  question.weights.erase(std::unique(question.weights.begin(), question.weights.end()),
                         question.weights.end());
  diffusion::RegionLimits limits;
  limits.ends = question.weights;
  const diffusion::WeightRegion region =
      diffusion::weight_region(*question.matrices[0], *question.matrices[1], current().setting().sink,
                               question.claim, input_.convention.fidelity, limits);
  if (!region.defined) return Number::undecided(region.reason);
  if (region.decided()) record_region(question, region);
  bool more = true;
  for (const RegionPiece& piece : region.pieces) {
    for (const WeightCell& cell : cells_of(piece, question.negated)) {
      if (!more) break;
      slots_[binder.slot].cell = cell;
      cell_ = &cell;
      more = visit();
      cell_ = nullptr;
    }
  }
  return std::nullopt;
}

/// Pieces end where weights are compared with a number, so that any weight inside will do.
Answer Machine::on_cell(const Node& node, std::size_t k, const WeightComparison& comparison) {
  if (comparison.subject != Subject::weight) {
    if (cell_->holds) return *cell_->holds;
    return Answer::lacking(Number::undecided("weights between " + exact::to_string(cell_->place.lower) +
                                             " and " + exact::to_string(cell_->place.upper) +
                                             " are left open"));
  }
  const Rational inside = (cell_->place.lower + cell_->place.upper) / 2;
  const auto value = [&](const Node& operand, std::size_t at) {
    if (at != comparison.side) return number(operand);
    const Number head = number(operand.arguments[0]);
    return Number(head.lower == 1 ? inside : 1 - inside);
  };
  const Number left = value(node.arguments[k], k), right = value(node.arguments[k + 1], k + 1);
  return compare(left, node.comparisons[k], right);
}

std::optional<Number> Machine::sampled(const Node& operand) {
  if (cell_ == nullptr || !cell_->sample) return std::nullopt;
  const std::shared_ptr<CurrentSystem> outside = system_;
  const WeightCell* cell = cell_;
  system_ = outside->with_weights({*cell->sample, 1 - *cell->sample});
  cell_ = nullptr;
  Number value = number(operand);
  system_ = outside;
  cell_ = cell;
  return value;
}

}  // namespace crosshead::claim
