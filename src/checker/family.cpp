#include "src/checker/family.hpp"

#include <algorithm>

#include "src/checker/limits.hpp"

namespace crosshead::checker {
namespace {

struct Signature {
  std::size_t least, most, ranges;  // numbers of arguments; how many of them may be ranges
};
const std::map<std::string, Signature, std::less<>> signatures = {{"unique_sink", {2, 2, 2}},
                                                                  {"feedforward", {2, 2, 2}},
                                                                  {"optional_loops", {2, 2, 2}},
                                                                  {"digraphs", {2, 2, 2}},
                                                                  {"chains", {3, 3, 2}},
                                                                  {"diffusions", {3, 3, 2}},
                                                                  {"line", {1, 1, 1}},
                                                                  {"star", {1, 1, 1}},
                                                                  {"full", {1, 1, 1}},
                                                                  {"local", {2, 2, 1}},
                                                                  {"lazy_line", {2, SIZE_MAX, 1}},
                                                                  {"file", {1, 1, 0}}};

using Code = std::vector<int>;

// The heads of a family of sets, for one n: edges from j to i or entries (i, j) at their places.
class Codes {
 public:
  Codes(const Family& family, int n) : n_(n), name_(family.name), d_(static_cast<int>(family.parameter)) {
    matrices_ = name_ == "chains" || name_ == "diffusions";
    for (int a = 1; a <= n; ++a)
      for (int b = 1; b <= n; ++b)
        if (name_ == "diffusions" ? b <= a
            : name_ == "chains"   ? b >= a
            : name_ == "digraphs" ? b != a
                                  : b > a)
          places_.emplace_back(name_ == "diffusions" ? b : a, name_ == "diffusions" ? a : b);
    for (int j = 1; name_ == "optional_loops" && j <= n; ++j) places_.emplace_back(j, j);
  }

  // All codes of heads in ascending order.
  std::vector<Code> all() const {
    if (places_.size() > max_nodes)
      refuse("a family with more than " + std::to_string(max_nodes) + " places");
    std::vector<Code> codes;
    Code code;
    extend(code, codes);
    return codes;
  }

  bool valid(const Code& code) const {
    std::vector<long> to_others(n_ + 1), sums(n_ + 1);
    for (std::size_t p = 0; p < places_.size(); ++p) {
      auto [j, i] = places_[p];
      sums[name_ == "chains" ? j : i] += code[p];
      if (i != j) to_others[j] += code[p];
    }
    bool needs_exit = matrices_ || name_ == "unique_sink";
    for (int k = 1; k <= n_; ++k)
      if ((matrices_ && sums[k] != d_) || (needs_exit && k < n_ && to_others[k] == 0)) return false;
    return true;
  }

  std::string text(const Code& code) const {
    std::vector<std::string> cells(n_ * n_, matrices_ ? "\"0\"" : "");
    for (int k = 1; k <= n_ && !matrices_ && name_ != "optional_loops"; ++k) cell(cells, k, k) = edge(k, k);
    for (std::size_t p = 0; p < places_.size(); ++p) {
      auto [j, i] = places_[p];
      mpq_class value(code[p], d_);
      value.canonicalize();
      if (code[p] != 0) cell(cells, j, i) = matrices_ ? "\"" + value.get_str() + "\"" : edge(j, i);
    }
    std::string text = !matrices_ ? "{\"edges\":[" : name_ == "chains" ? "{\"walk\":[" : "{\"diffusion\":[";
    for (int a = 0; a < n_; ++a) {
      std::string row;
      for (int b = 0; b < n_; ++b)
        if (const std::string& c = cells[a * n_ + b]; !c.empty()) row += (row.empty() ? "" : ",") + c;
      if (row.empty()) continue;
      text += (text.back() == '[' ? "" : ",") + (matrices_ ? "[" + row + "]" : row);
    }
    return text + "]}";
  }

  // The code of a head, if its text can be that of one.
  Code code(const Head& head) const {
    std::map<std::pair<int, int>, mpq_class> at;
    const auto& entries =
        !matrices_ ? head.graph : (name_ == "chains" ? head.walk : head.diffusion).value_or(head.graph);
    for (const Entry& e : entries) at[{e.column + 1, e.row + 1}] = e.value * (matrices_ ? d_ : 1);
    Code code;
    for (const auto& place : places_) {
      const mpq_class& value = at[place];
      code.push_back(value.get_den() == 1 && value <= d_ ? static_cast<int>(value.get_num().get_si()) : 0);
    }
    return code;
  }

 private:
  static std::string edge(int j, int i) { return "[" + std::to_string(j) + "," + std::to_string(i) + "]"; }
  // Cells stand in the order of the text: edges by their source, entries by their row.
  std::string& cell(std::vector<std::string>& cells, int j, int i) const {
    return cells[matrices_ ? (i - 1) * n_ + j - 1 : (j - 1) * n_ + i - 1];
  }
  void extend(Code& code, std::vector<Code>& codes) const {
    spend(20);
    if (code.size() == places_.size()) {
      spend(20 * places_.size());
      if (valid(code)) codes.push_back(code);
      if (codes.size() > max_family_heads)
        refuse("more than " + std::to_string(max_family_heads) + " heads of a family");
      return;
    }
    int most = 1;
    if (matrices_) {  // what the column or row has left
      auto group = [this](std::size_t p) { return name_ == "chains" ? places_[p].first : places_[p].second; };
      most = d_;
      for (std::size_t p = code.size(); p-- > 0 && group(p) == group(code.size());) most -= code[p];
    }
    for (int value = 0; value <= most; ++value) {
      code.push_back(value);
      extend(code, codes);
      code.pop_back();
    }
  }

  int n_;
  std::string name_;
  int d_;
  bool matrices_;
  std::vector<std::pair<int, int>> places_;  // (j, i)
};

// Visits the ascending H-tuples of codes from `first` on with `total` nonzero entries in all, in
// lexicographic order.
bool choose(const std::vector<std::vector<std::size_t>>& by_size, const std::vector<std::size_t>& sizes,
            std::size_t total, long heads, std::size_t first, std::vector<std::size_t>& chosen,
            const std::function<bool()>& visit) {
  spend(20);
  if (heads == 0) return total != 0 || visit();
  if (heads == 1) {
    if (total >= by_size.size()) return true;
    const auto& last = by_size[total];
    for (auto k = std::lower_bound(last.begin(), last.end(), first); k != last.end(); ++k) {
      chosen.push_back(*k);
      bool more = visit();
      chosen.pop_back();
      if (!more) return false;
    }
    return true;
  }
  for (std::size_t k = first; k < sizes.size(); ++k) {
    spend(1);
    if (sizes[k] > total) continue;
    chosen.push_back(k);
    bool more = choose(by_size, sizes, total - sizes[k], heads - 1, k + 1, chosen, visit);
    chosen.pop_back();
    if (!more) return false;
  }
  return true;
}

// The one system of n nodes in a family that has no sets.
std::vector<std::string> single_heads(const Family& family, int n) {
  if (n > max_nodes) refuse("more than " + std::to_string(max_nodes) + " nodes");
  std::vector<std::string> heads;
  spend(static_cast<std::uint64_t>(n) * n * (40 + 20 * family.probabilities.size()));
  if (family.name == "lazy_line") {
    for (const mpq_class& p : family.probabilities) {
      std::string rows;
      for (int i = 1; i <= n; ++i) {
        std::string row;
        for (int j = 1; j <= n; ++j) {
          mpq_class value =
              i == j ? (j == n ? mpq_class(1) : 1 - p) : mpq_class(i == j + 1 ? p : mpq_class(0));
          row += (row.empty() ? "\"" : ",\"") + value.get_str() + "\"";
        }
        rows += (rows.empty() ? "[" : ",[") + row + "]";
      }
      heads.push_back("{\"walk\":[" + rows + "]}");
    }
    return heads;
  }
  std::string edges;
  for (int j = 1; j <= n; ++j)
    for (int i = j; i <= n; ++i) {
      bool here = family.name == "line"    ? i <= j + 1
                  : family.name == "star"  ? i == j || i == n
                  : family.name == "local" ? i - j <= family.parameter
                                           : true;
      if (here) edges += (edges.empty() ? "[" : ",[") + std::to_string(j) + "," + std::to_string(i) + "]";
    }
  return {"{\"edges\":[" + edges + "]}"};
}

// The system with these heads, uniform weights and the last node as its sink.
SystemPointer build(int n, const std::vector<std::string>& heads) {
  std::string text = "{\"nodes\":" + std::to_string(n) + ",\"sink\":" + std::to_string(n) + ",\"heads\":[";
  for (const std::string& head : heads) text += (&head == &heads[0] ? "" : ",") + head;
  std::vector<mpq_class> weights(heads.size(), mpq_class(1, static_cast<unsigned long>(heads.size())));
  return read_system(read_json(text + "],\"weights\":" + rationals_text(weights) + "}")->root);
}

bool holds_sets(const std::string& name) {
  return signatures.at(name).ranges == 2;
}

}  // namespace

bool is_family(std::string_view name) {
  return signatures.count(name) > 0;
}

void check_family_arguments(const std::string& name, const std::vector<Node>& arguments) {
  const Signature& signature = signatures.at(name);
  bool good = arguments.size() >= signature.least && arguments.size() <= signature.most;
  for (std::size_t k = 0; k < arguments.size(); ++k)
    good = good && (arguments[k].type == Type::text) == (name == "file") &&
           (arguments[k].op != ".." || k < signature.ranges);
  if (!good) throw Rejected{nullptr, "malformed formula: the arguments of the family " + name};
}

bool Family::enumerate(const std::function<bool(SystemPointer)>& visit) const {
  for (long n = least_n; n <= most_n; ++n) {
    if (!holds_sets(name)) {
      if (!visit(build(static_cast<int>(n), single_heads(*this, static_cast<int>(n))))) return false;
      continue;
    }
    if (n > max_nodes) refuse("more than " + std::to_string(max_nodes) + " nodes");
    Codes family(*this, static_cast<int>(n));
    std::vector<Code> codes = family.all();
    std::vector<std::size_t> sizes, chosen;
    std::vector<std::vector<std::size_t>> by_size(n * n + 1);
    for (const Code& code : codes) {
      sizes.push_back(code.size() - static_cast<std::size_t>(std::count(code.begin(), code.end(), 0)));
      by_size[sizes.back()].push_back(sizes.size() - 1);
    }
    if (least_heads > 64) refuse("a family with more than 64 heads");
    for (long heads = least_heads; heads <= most_heads && heads <= static_cast<long>(codes.size()); ++heads)
      for (std::size_t total = 0; total <= heads * by_size.size(); ++total)
        if (!choose(by_size, sizes, total, heads, 0, chosen, [&] {
              std::vector<std::string> texts;
              for (std::size_t k : chosen) texts.push_back(family.text(codes[k]));
              return visit(build(static_cast<int>(n), texts));
            }))
          return false;
  }
  return true;
}

SystemPointer Family::member(const System& system) const {
  long heads = static_cast<long>(system.heads.size());
  if (system.n < least_n || system.n > most_n || system.sink != system.n - 1) return nullptr;
  std::vector<std::string> texts;
  if (holds_sets(name)) {
    if (heads < least_heads || heads > most_heads) return nullptr;
    Codes family(*this, system.n);
    Code last;
    for (const auto& head : system.heads) {
      Code code = family.code(*head);
      if (!family.valid(code) || (!texts.empty() && code <= last)) return nullptr;
      texts.push_back(family.text(code));
      last = code;
    }
  } else {
    texts = single_heads(*this, system.n);
  }
  SystemPointer result = build(system.n, texts);
  bool same = result->heads.size() == system.heads.size();
  for (long h = 0; same && h < heads; ++h) same = result->heads[h]->text == system.heads[h]->text;
  return same ? result : nullptr;
}

}  // namespace crosshead::checker
