// Systems of families, one after the other, each the current one while it is visited.
#include "evaluation_machine.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;

/// Systems between two calls of the progress callback.
constexpr std::int64_t kProgressSteps = 256;
/// What the arguments of a family may be at most: nodes, heads and windows, denominators.
constexpr std::int64_t kMostNodes = 20'000;
constexpr std::int64_t kLargestDenominator = 100'000'000;

bool is_probability(SystemFamily family, std::size_t argument) {
  return family == SystemFamily::lazy_line && argument > 0;
}

/// Nodes and heads number at least 1, as does a denominator; a window may be 0.
std::int64_t least_argument(SystemFamily family, std::size_t argument) {
  return family == SystemFamily::local && argument == 1 ? 0 : 1;
}

}  // namespace

bool Machine::visit_system(const PreparedBinder& binder, const std::shared_ptr<CurrentSystem>& system,
                           const Visit& visit) {
  ++visited_by_size_[{system->size(), system->head_count()}];
  ++systems_visited_;
  if (options_.progress && systems_visited_ % kProgressSteps == 0 && !options_.progress(systems_visited_)) {
    throw Stopped{"stopped after " + std::to_string(systems_visited_) + " systems"};
  }
  slots_[binder.slot].system = system;
  system_ = system;
  return visit();
}

std::shared_ptr<CurrentSystem> Machine::file_system(const std::string& name) {
  std::shared_ptr<CurrentSystem>& known = files_[name];
  if (!known) {
    if (input_.files == nullptr || !input_.files->contains(name)) {
      throw exact::InputError("file(\"" + name + "\")", "", "no system of this name is given");
    }
    known = CurrentSystem::of(input_.files->at(name), input_.convention, options_.fidelity_limits,
                              options_.mixing_limits);
  }
  return known;
}

std::optional<Number> Machine::for_each_system(const PreparedBinder& binder, const Visit& visit) {
  const std::shared_ptr<CurrentSystem> outside = system_;
  struct Restore {
    std::shared_ptr<CurrentSystem>& place;
    const std::shared_ptr<CurrentSystem>& value;
    ~Restore() { place = value; }
  } const restore{system_, outside};
  if (binder.source->domain.family == "file") {
    visit_system(binder, file_system(binder.source->domain.family_arguments.front().text), visit);
    return std::nullopt;
  }
  try {
    return for_each_member(binder, visit);
  } catch (const BlockTooLarge& error) {
    throw Stopped{error.what()};
  }
}

/// One argument as the integers lower..upper, or why it is none; nothing to visit where lower > upper.
std::optional<Number> Machine::read_range(const FamilyRange& range, std::int64_t least, std::int64_t most,
                                          IntegerRange& result) {
  const Number lower = number(range.ends.front());
  const Number upper = range.ends.size() == 1 ? lower : number(range.ends.back());
  for (const Number* end : {&lower, &upper}) {
    if (auto lack = lacks_integer(*end, "an argument of a family")) return lack;
  }
  if (lower.lower > upper.lower) {
    result = {1, 0};
    return std::nullopt;
  }
  if (lower.lower < least) return Number::undefined("an argument of a family that is too small");
  if (upper.lower > most) {
    return Number::undecided("an argument of a family beyond " + std::to_string(most));
  }
  result = {integer_between(lower.lower, least, most).value(),
            integer_between(upper.lower, least, most).value()};
  return std::nullopt;
}

std::optional<Number> Machine::for_each_member(const PreparedBinder& binder, const Visit& visit) {
  const SystemFamily family = binder.family.value();
  std::vector<IntegerRange> ranges;
  std::vector<Rational> probabilities;
  std::optional<Number> lack;
  for (std::size_t k = 0; k < binder.family_arguments.size(); ++k) {
    const FamilyRange& range = binder.family_arguments[k];
    std::optional<Number> missing;
    if (is_probability(family, k)) {
      const Number p = number(range.ends.front());
      if (!p.known())
        missing = p;
      else if (p.upper)
        missing = Number::undecided("a probability that is known by bounds only");
      else if (p.lower < 0 || p.lower > 1)
        missing = Number::undefined("a probability outside 0..1");
      probabilities.push_back(p.lower);
    } else {
      const bool denominator = k == 2;
      missing = read_range(range, least_argument(family, k), denominator ? kLargestDenominator : kMostNodes,
                           ranges.emplace_back());
    }
    if (missing && !lack) lack = std::move(missing);
  }
  if (lack) return lack;
  const auto show = [&](const std::shared_ptr<CurrentSystem>& system) {
    return visit_system(binder, system, visit);
  };
  for (std::int64_t n = ranges[0].lower; n <= ranges[0].upper; ++n) {
    const int nodes = static_cast<int>(n);
    if (!is_set_family(family)) {
      const int window = family == SystemFamily::local ? static_cast<int>(ranges[1].lower) : 0;
      if (!show(families_.single(family, nodes, window, probabilities))) return std::nullopt;
      continue;
    }
    for (std::int64_t heads = ranges[1].lower; heads <= ranges[1].upper; ++heads) {
      const std::int64_t denominator = ranges.size() > 2 ? ranges[2].lower : 1;
      if (!families_.for_each_set(family, nodes, static_cast<int>(heads), denominator, show))
        return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace crosshead::claim
