// What an analysis has decided, as one conjunction: for each chain its walk, its mixing times and its node
// fidelities, then the comparisons between the mean and the heads. Small systems are spelled out node by
// node; for larger ones the fidelities stand in tables that the formula quantifies over.
#include "certificate_formula.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crosshead/certificate/certify.hpp"
#include "crosshead/diffusion/fidelity_proof.hpp"

namespace crosshead::cli {
namespace {

using claim::SystemAnalysis;
using diffusion::Truth;
using exact::Rational;

constexpr int kSpelledNodes = 12;
constexpr std::size_t kSpelledDigits = 48;
/// Operands of one conjunction: longer ones are grouped, because nesting is limited.
constexpr std::size_t kGroup = 40;
constexpr char kTooLong[] = "the matrix is too long for a replay over one denominator";

std::string conjunction(const std::vector<std::string>& parts) {
  if (parts.size() <= kGroup) return fmt::format("{}", fmt::join(parts, " and "));
  std::vector<std::string> groups;
  for (std::size_t begin = 0; begin < parts.size(); begin += kGroup) {
    const std::size_t end = std::min(begin + kGroup, parts.size());
    groups.push_back(
        fmt::format("({})", fmt::join(parts.begin() + static_cast<std::ptrdiff_t>(begin),
                                      parts.begin() + static_cast<std::ptrdiff_t>(end), " and ")));
  }
  return conjunction(groups);
}

/// Text of a truth value of the claim language: "feedforward(mean)" or "not feedforward(mean)".
std::string stated(bool holds, const std::string& predicate) {
  return (holds ? "" : "not ") + predicate;
}

class FormulaWriter {
 public:
  FormulaWriter(const claim::Analysis& analysis, const heads::HeadSystem& system,
                const claim::AnalysisOptions& options)
      : analysis_(analysis), system_(system), options_(options) {}

  AnalysisFormula write() {
    const auto heads = static_cast<int>(system_.heads.size());
    std::vector<std::string> groups;
    fidelities_complete_ = true;
    mixing_complete_.assign(options_.epsilons.size(), true);
    if (heads == 1) {
      formula_.text = conjunction(chain_parts(-1));  // the mean is the head
      return std::move(formula_);
    }
    for (int head = -1; head < heads; ++head) groups.push_back("(" + conjunction(chain_parts(head)) + ")");
    const std::vector<std::string> comparisons = comparison_parts();
    groups.insert(groups.end(), comparisons.begin(), comparisons.end());
    formula_.text = conjunction(groups);
    return std::move(formula_);
  }

 private:
  static std::string chain_name(int head) { return head < 0 ? "mean" : fmt::format("head {}", head + 1); }

  void leave_out(const std::string& what, const std::string& reason) {
    formula_.left_out.push_back(what + ": " + reason);
  }

  /// The number as the formula writes it: a long one is printed under a name.
  std::string number(const Rational& value, const std::string& name) {
    std::string text = exact::to_string(value);
    if (text.size() <= kSpelledDigits) return text;
    formula_.printed.values[name] = value;
    return fmt::format("printed(\"{}\")", name);
  }

  static bool too_long(const exact::RationalMatrix& matrix) {
    return certificate::matrix_length(matrix) > certificate::kMostMatrixLength;
  }

  /// Each chain's walk and each chain's diffusion may cost its share of a replay.
  double affordable() const {
    return certificate::kMostReplayCost / static_cast<double>(2 * system_.heads.size() + 2);
  }

  std::vector<std::string> chain_parts(int head) {
    const SystemAnalysis& part =
        head < 0 ? analysis_.combined : analysis_.heads[static_cast<std::size_t>(head)];
    const std::string chain = chain_name(head);
    std::vector<std::string> parts{stated(part.checks.feedforward, fmt::format("feedforward({})", chain)),
                                   stated(part.checks.unique_sink, fmt::format("unique_sink({})", chain))};
    add_walk(head, part, parts);
    add_fidelity(head, part, parts);
    return parts;
  }

  void add_walk(int head, const SystemAnalysis& part, std::vector<std::string>& parts) {
    const std::string chain = chain_name(head);
    const auto give_up = [&](const std::string& what, const std::string& reason) {
      leave_out(what, reason);
      mixing_complete_.assign(mixing_complete_.size(), false);
    };
    if (part.walk_from_diffusion && options_.convention.attention_walk == heads::AttentionWalk::published) {
      give_up(fmt::format("walk and mixing times of {}", chain),
              "the claim language has no walk as the published program samples it");
      return;
    }
    if (!part.walk_reason.empty()) {
      parts.push_back(fmt::format("not has_walk({})", chain));
      mixing_complete_.assign(mixing_complete_.size(), false);
      return;
    }
    const heads::MatrixOrReason walk = head < 0 ? heads::mean_walk(system_, heads::Reading::as_stored)
                                                : heads::walk_of(system_, head, heads::Reading::as_stored);
    if (!walk.matrix || too_long(*walk.matrix)) {
      give_up(fmt::format("walk and mixing times of {}", chain), kTooLong);
      return;
    }
    parts.push_back(fmt::format("has_walk({})", chain));
    if (part.forward_probability) {
      const std::string name = fmt::format("p({})", chain);
      parts.push_back(fmt::format("{} = {}", name, number(*part.forward_probability, name)));
    }
    for (std::size_t k = 0; k < part.mixing.size(); ++k) {
      const walk::MixingTime& mixing = part.mixing[k];
      const std::string term = fmt::format("t_mix({}, {})", chain, exact::to_string(mixing.epsilon));
      if (!mixing.defined) {
        parts.push_back(fmt::format("not defined({})", term));
        mixing_complete_[k] = false;
        continue;
      }
      if (mixing.decided && certificate::mixing_replay_cost(*walk.matrix, mixing.time) <= affordable()) {
        parts.push_back(fmt::format("{} = {}", term, mixing.time));
        continue;
      }
      mixing_complete_[k] = false;
      leave_out(term, mixing.decided ? fmt::format("a replay of {} steps is too much work", mixing.time)
                                     : fmt::format("undecided, more than {} steps", mixing.beyond));
    }
  }

  /// The nodes whose suprema can be certified, ascending; the others are left out.
  std::vector<int> certain_nodes(int head, const SystemAnalysis& part,
                                 const exact::RationalMatrix& diffusion) {
    diffusion::FidelityProver prover(diffusion, system_.sink, options_.convention.fidelity);
    std::vector<int> certain;
    for (int j = 0; j < system_.size(); ++j) {
      const diffusion::NodeFidelity& node = part.fidelity.nodes[static_cast<std::size_t>(j)];
      const diffusion::ProofOrReason proof = prover.prove(j, node);
      std::string reason = proof.reason;
      if (proof.proof && certificate::replay_cost(diffusion, proof.proof->horizon) > affordable()) {
        reason = fmt::format("a replay of {} steps is too much work", proof.proof->horizon);
      }
      if (reason.empty()) {
        certain.push_back(j);
      } else {
        leave_out(fmt::format("phi({}, {})", chain_name(head), j + 1), reason);
      }
    }
    return certain;
  }

  void add_fidelity(int head, const SystemAnalysis& part, std::vector<std::string>& parts) {
    const std::string chain = chain_name(head);
    const heads::MatrixOrReason diffusion =
        head < 0 ? heads::mean_diffusion(system_, heads::Reading::as_stored)
                 : heads::diffusion_of(system_, head, heads::Reading::as_stored);
    if (diffusion.matrix && too_long(*diffusion.matrix)) {
      leave_out(fmt::format("fidelities of {}", chain), kTooLong);
      fidelities_complete_ = false;
      return;
    }
    const bool stochastic = diffusion.matrix && part.row_defect && part.row_defect->largest == 0;
    parts.push_back(stated(stochastic, fmt::format("has_diffusion({})", chain)));
    if (!diffusion.matrix) {
      fidelities_complete_ = false;
      return;
    }
    const std::vector<int> certain = certain_nodes(head, part, *diffusion.matrix);
    if (system_.size() <= kSpelledNodes) {
      spell_nodes(chain, part, certain, parts);
    } else {
      tabulate_nodes(chain, part, certain, parts);
    }
    const bool complete = static_cast<int>(certain.size()) == system_.size() ||
                          (static_cast<int>(certain.size()) == system_.size() - 1 &&
                           !options_.convention.fidelity.sink_counts && !contains(certain, system_.sink));
    if (!complete || !part.fidelity.defined || !part.fidelity.decided) {
      fidelities_complete_ = false;
      return;
    }
    const std::string name = fmt::format("phi_min({})", chain);
    parts.push_back(fmt::format("{} = {}", name, number(part.fidelity.minimax, name)));
  }

  static bool contains(const std::vector<int>& ascending, int node) {
    return std::binary_search(ascending.begin(), ascending.end(), node);
  }

  void spell_nodes(const std::string& chain, const SystemAnalysis& part, const std::vector<int>& certain,
                   std::vector<std::string>& parts) {
    for (const int j : certain) {
      const diffusion::NodeFidelity& node = part.fidelity.nodes[static_cast<std::size_t>(j)];
      const std::string name = fmt::format("phi({}, {})", chain, j + 1);
      parts.push_back(fmt::format("{} = {}", name, number(node.supremum, name)));
      parts.push_back(stated(node.attained, fmt::format("attained({}, {})", chain, j + 1)));
    }
  }

  /// One table of a row for each chain; nodes that are left out have the entry 0 and are not spoken of.
  void tabulate_nodes(const std::string& chain, const SystemAnalysis& part, const std::vector<int>& certain,
                      std::vector<std::string>& parts) {
    if (certain.empty()) return;
    const std::string name = fmt::format("phi({})", chain);
    std::vector<Rational> row(static_cast<std::size_t>(system_.size()));
    std::vector<int> attained, approached;
    for (const int j : certain) {
      const diffusion::NodeFidelity& node = part.fidelity.nodes[static_cast<std::size_t>(j)];
      row[static_cast<std::size_t>(j)] = node.supremum;
      (node.attained ? attained : approached).push_back(j + 1);
    }
    formula_.printed.tables[name] = {std::move(row)};
    parts.push_back(
        fmt::format("(forall j in {}: phi({}, j) = printed(\"{}\", 1, j))", domain(certain, 1), chain, name));
    if (!attained.empty()) {
      parts.push_back(fmt::format("(forall j in {}: attained({}, j))", domain(attained, 0), chain));
    }
    if (!approached.empty()) {
      parts.push_back(fmt::format("(forall j in {}: not attained({}, j))", domain(approached, 0), chain));
    }
  }

  std::string domain(const std::vector<int>& nodes, int shift) const {
    if (static_cast<int>(nodes.size()) == system_.size()) return "nodes";
    std::vector<int> numbers;
    numbers.reserve(nodes.size());
    for (const int j : nodes) numbers.push_back(j + shift);
    return fmt::format("{{{}}}", fmt::join(numbers, ", "));
  }

  std::vector<std::string> comparison_parts() const {
    std::vector<std::string> parts;
    const auto compare = [&](Truth truth, const std::string& left, const char* yes, const char* no,
                             const std::string& right) {
      if (truth == Truth::yes || truth == Truth::no) {
        parts.push_back(fmt::format("{} {} {}", left, truth == Truth::yes ? yes : no, right));
      }
    };
    if (fidelities_complete_) {
      compare(analysis_.amplifies, "phi_min(mean)", ">", "<=", "(max h in heads: phi_min(head h))");
      compare(analysis_.attenuates, "phi_min(mean)", "<", ">=", "(min h in heads: phi_min(head h))");
    }
    for (std::size_t k = 0; k < analysis_.mixing_verdicts.size(); ++k) {
      if (!mixing_complete_[k]) continue;
      const claim::MixingVerdict& verdict = analysis_.mixing_verdicts[k];
      const std::string epsilon = exact::to_string(verdict.epsilon);
      const std::string mean = fmt::format("t_mix(mean, {})", epsilon);
      compare(verdict.faster, mean, "<", ">=", fmt::format("(min h in heads: t_mix(head h, {}))", epsilon));
      compare(verdict.slower, mean, ">", "<=", fmt::format("(max h in heads: t_mix(head h, {}))", epsilon));
    }
    return parts;
  }

  const claim::Analysis& analysis_;
  const heads::HeadSystem& system_;
  const claim::AnalysisOptions& options_;
  AnalysisFormula formula_;
  bool fidelities_complete_ = true;    ///< phi_min of every chain is stated
  std::vector<bool> mixing_complete_;  ///< by epsilon: the mixing time of every chain is stated
};

}  // namespace

AnalysisFormula formula_of(const claim::Analysis& analysis, const heads::HeadSystem& system,
                           const claim::AnalysisOptions& options) {
  return FormulaWriter(analysis, system, options).write();
}

}  // namespace crosshead::cli
