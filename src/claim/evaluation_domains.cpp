// Domains, element by element: nothing of a domain's size is ever held in memory.
#include "evaluation_machine.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;

constexpr std::int64_t kLongestWord = 10'000;

/// Turns numerators into weights.
std::vector<Rational> weights_of(const std::vector<std::int64_t>& numerators, std::int64_t denominator) {
  std::vector<Rational> weights;
  for (const std::int64_t numerator : numerators) weights.emplace_back(numerator, denominator);
  return weights;
}

/// All lists of `parts` numbers >= least with the given sum, in lexicographic order.
bool compositions(std::vector<std::int64_t>& prefix, std::size_t parts, std::int64_t rest, std::int64_t least,
                  const std::function<bool(const std::vector<std::int64_t>&)>& visit) {
  const auto missing = static_cast<std::int64_t>(parts - prefix.size());
  if (rest < missing * least) return true;
  for (std::int64_t next = missing == 1 ? rest : least; next <= rest - (missing - 1) * least; ++next) {
    prefix.push_back(next);
    const bool more = missing == 1 ? visit(prefix) : compositions(prefix, parts, rest - next, least, visit);
    prefix.pop_back();
    if (!more) return false;
  }
  return true;
}

}  // namespace

std::optional<Number> lacks_integer(const Number& number, const char* what) {
  if (!number.known()) return number;
  if (number.upper) return Number::undecided(std::string(what) + " is known by bounds only");
  if (!is_integer(number.lower)) return Number::undefined(std::string(what) + " is not an integer");
  return std::nullopt;
}

std::optional<Number> Machine::for_each(const PreparedBinder& binder, const Visit& visit) {
  const auto integers = [&](const Rational& lower, const Rational& upper) {
    for (Rational k = lower; k <= upper; k += 1) {
      slots_[binder.slot].number = k;
      if (!visit()) return;
    }
  };
  switch (binder.source->domain.kind) {
    case DomainKind::range: {
      const Number lower = number(binder.arguments[0]), upper = number(binder.arguments[1]);
      for (const Number* end : {&lower, &upper}) {
        if (auto lack = lacks_integer(*end, "the end of a range")) return lack;
      }
      integers(lower.lower, upper.lower);
      return std::nullopt;
    }
    case DomainKind::list: {
      std::vector<Number> elements;
      for (const Node& argument : binder.arguments) elements.push_back(number(argument));
      for (const Number& element : elements) {
        slots_[binder.slot].number = element;
        if (!visit()) break;
      }
      return std::nullopt;
    }
    case DomainKind::nodes:
      integers(1, current().size());
      return std::nullopt;
    case DomainKind::others: {
      const int sink = current().setting().sink;
      for (int node = 0; node < current().size(); ++node) {
        if (node == sink) continue;
        slots_[binder.slot].number = Rational(node + 1);
        if (!visit()) break;
      }
      return std::nullopt;
    }
    case DomainKind::heads:
      integers(1, current().head_count());
      return std::nullopt;
    case DomainKind::words:
      return for_each_word(binder, visit);
    case DomainKind::grid:
    case DomainKind::inner_grid:
      return for_each_weights(binder, visit);
    case DomainKind::family:
      return for_each_system(binder, visit);
    case DomainKind::simplex:
      break;  // by for_each_cell
  }
  return std::nullopt;
}

std::optional<Number> Machine::for_each_word(const PreparedBinder& binder, const Visit& visit) {
  Number lack;
  const auto length = integer_argument(number(binder.arguments[0]), 0, kLatest, "the length of words", lack);
  if (!length) return lack;
  if (*length > kLongestWord) {
    return Number::undecided("words of more than " + std::to_string(kLongestWord) + " letters");
  }
  const int heads = current().head_count();
  std::vector<int> word(static_cast<std::size_t>(*length), 1);
  for (;;) {
    slots_[binder.slot].word = word;
    if (!visit()) return std::nullopt;
    std::size_t last = word.size();
    while (last > 0 && word[last - 1] == heads) word[--last] = 1;
    if (last == 0) return std::nullopt;
    ++word[last - 1];
  }
}

std::optional<Number> Machine::for_each_weights(const PreparedBinder& binder, const Visit& visit) {
  Number lack;
  const auto denominator =
      integer_argument(number(binder.arguments[0]), 1, kLatest, "the denominator of a grid", lack);
  if (!denominator) return lack;
  const std::shared_ptr<CurrentSystem> outside = system_;
  const std::int64_t least = binder.source->domain.kind == DomainKind::inner_grid ? 1 : 0;
  std::vector<std::int64_t> prefix;
  compositions(prefix, static_cast<std::size_t>(current().head_count()), *denominator, least,
               [&](const std::vector<std::int64_t>& numerators) {
                 std::vector<Rational> weights = weights_of(numerators, *denominator);
                 system_ = outside->with_weights(weights);
                 slots_[binder.slot].weights = std::move(weights);
                 return visit();
               });
  system_ = outside;
  return std::nullopt;
}

}  // namespace crosshead::claim
