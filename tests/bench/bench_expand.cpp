// The polynomial in the weights of every node's signal, beside FLINT's fmpq_mpoly matrices, and other parts
// of crosshead expand. Every peer must find the same polynomials before it is timed.
//
// bench_expand --systems prints the systems of the polynomial benchmark, one JSON document a line.
#include <cstdio>
#include <cstring>
#include <memory>

#include "random_systems.hpp"
#include <benchmark/benchmark.h>
#include <flint/fmpq.h>
#include <flint/fmpq_mpoly.h>
#include <nlohmann/json.hpp>

#include "crosshead/exact/weight_polynomial_power.hpp"
#include "crosshead/heads/expansion.hpp"
#include "crosshead/heads/system_file.hpp"
#include "crosshead/heads/words.hpp"

namespace {

using namespace crosshead;
using exact::Rational;
using exact::WeightPolynomial;

constexpr int kNodes = 6, kHeads = 4, kSteps = 6, kSystems = 8;

/// Feedforward graphs with self-loops and a last node that some head hears, no two heads alike.
std::vector<heads::HeadSystem> make_systems() {
  testing::RandomSystems random(20250702);
  std::vector<heads::HeadSystem> systems;
  while (static_cast<int>(systems.size()) < kSystems) {
    heads::HeadSystem system;
    system.name = "expand " + std::to_string(systems.size() + 1);
    for (int k = 1; k <= kNodes; ++k) system.nodes.push_back(std::to_string(k));
    system.sink = kNodes - 1;
    bool unequal = true;
    for (int h = 0; h < kHeads; ++h) {
      heads::Head head;
      head.name = "head " + std::to_string(h + 1);
      head.graph = random.feedforward(kNodes, true);
      for (const heads::Head& other : system.heads) unequal = unequal && !(*other.graph == *head.graph);
      system.heads.push_back(std::move(head));
    }
    system.weights.assign(kHeads, Rational(1, kHeads));
    if (unequal) systems.push_back(std::move(system));
  }
  return systems;
}

const std::vector<std::vector<exact::RationalMatrix>>& systems() {
  static const auto list = [] {
    std::vector<std::vector<exact::RationalMatrix>> result;
    for (const heads::HeadSystem& system : make_systems()) {
      result.push_back(heads::diffusion_matrices(system, heads::Reading::as_stored, "bench"));
    }
    return result;
  }();
  return list;
}

/// FLINT's polynomials in the weights, and n x n matrices of them.
class Flint {
 public:
  using Row = std::vector<fmpq_mpoly_struct>;

  Flint() { fmpq_mpoly_ctx_init(context_, kHeads, ORD_LEX); }
  ~Flint() { fmpq_mpoly_ctx_clear(context_); }
  Flint(const Flint&) = delete;
  Flint& operator=(const Flint&) = delete;

  Row zeros(std::size_t count) {
    Row row(count);
    for (auto& entry : row) fmpq_mpoly_init(&entry, context_);
    return row;
  }
  void clear(Row& row) {
    for (auto& entry : row) fmpq_mpoly_clear(&entry, context_);
  }

  /// sum over h of b_h D_h, row by row.
  Row mean(const std::vector<exact::RationalMatrix>& diffusion) {
    Row result = zeros(kNodes * kNodes);
    fmpq_t value;
    fmpq_init(value);
    for (int h = 0; h < kHeads; ++h) {
      std::vector<ulong> exponents(kHeads, 0);
      exponents[static_cast<std::size_t>(h)] = 1;
      for (int i = 0; i < kNodes; ++i) {
        for (const auto& entry : diffusion[static_cast<std::size_t>(h)].row(i)) {
          fmpq_set_mpq(value, entry.value.backend().data());
          fmpq_mpoly_set_coeff_fmpq_ui(&result[static_cast<std::size_t>(i * kNodes + entry.column)], value,
                                       exponents.data(), context_);
        }
      }
    }
    fmpq_clear(value);
    return result;
  }

  /// c = a b for a of `rows` rows; zeros are skipped.
  void multiply(const Row& a, std::size_t rows, const Row& b, Row& c) {
    fmpq_mpoly_t product;
    fmpq_mpoly_init(product, context_);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < kNodes; ++j) {
        fmpq_mpoly_struct* sum = &c[i * kNodes + j];
        fmpq_mpoly_zero(sum, context_);
        for (std::size_t k = 0; k < kNodes; ++k) {
          const fmpq_mpoly_struct *left = &a[i * kNodes + k], *right = &b[k * kNodes + j];
          if (fmpq_mpoly_is_zero(left, context_) != 0 || fmpq_mpoly_is_zero(right, context_) != 0) continue;
          fmpq_mpoly_mul(product, left, right, context_);
          fmpq_mpoly_add(sum, sum, product, context_);
        }
      }
    }
    fmpq_mpoly_clear(product, context_);
  }

  /// Row of the sink in the power, from one row vector or from powers of the whole matrix.
  Row power_row(const Row& mean, bool whole) {
    const std::size_t rows = whole ? kNodes : 1;
    Row power = zeros(rows * kNodes), next = zeros(rows * kNodes);
    for (std::size_t i = 0; i < rows; ++i) {
      fmpq_mpoly_one(&power[i * kNodes + (whole ? i : kNodes - 1)], context_);
    }
    for (int t = 0; t < kSteps; ++t) {
      multiply(power, rows, mean, next);
      power.swap(next);
    }
    clear(next);
    if (!whole) return power;
    Row last(power.end() - kNodes, power.end());
    power.resize(power.size() - kNodes);
    clear(power);
    return last;
  }

  bool equals(const Row& row, const std::vector<WeightPolynomial>& expected) {
    bool same = true;
    fmpq_t value;
    fmpq_init(value);
    for (std::size_t j = 0; j < expected.size(); ++j) {
      same = same && fmpq_mpoly_length(&row[j], context_) == static_cast<slong>(expected[j].terms());
      for (std::size_t k = 0; same && k < expected[j].terms(); ++k) {
        const auto powers = expected[j].exponents(k);
        const std::vector<ulong> exponents(powers.begin(), powers.end());
        fmpq_mpoly_get_coeff_fmpq_ui(value, &row[j], exponents.data(), context_);
        Rational read;
        fmpq_get_mpq(read.backend().data(), value);
        same = read == expected[j].coefficient(k);
      }
    }
    fmpq_clear(value);
    return same;
  }

 private:
  fmpq_mpoly_ctx_t context_;
};

void polynomial_crosshead(benchmark::State& state) {
  const auto& list = systems();
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(exact::power_row(list[next], kNodes - 1, kSteps));
    next = (next + 1) % list.size();
  }
}
BENCHMARK(polynomial_crosshead)->Unit(benchmark::kMicrosecond);

void polynomial_flint(benchmark::State& state, bool whole) {
  const auto& list = systems();
  Flint flint;
  std::vector<Flint::Row> means;
  for (const auto& diffusion : list) {
    means.push_back(flint.mean(diffusion));
    Flint::Row row = flint.power_row(means.back(), whole);
    if (!flint.equals(row, *exact::power_row(diffusion, kNodes - 1, kSteps))) {
      state.SkipWithError("FLINT finds other polynomials");
    }
    flint.clear(row);
  }
  std::size_t next = 0;
  for (auto _ : state) {
    Flint::Row row = flint.power_row(means[next], whole);
    flint.clear(row);
    next = (next + 1) % list.size();
  }
  for (Flint::Row& mean : means) flint.clear(mean);
}
BENCHMARK_CAPTURE(polynomial_flint, matrix_powers, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(polynomial_flint, row_vector, false)->Unit(benchmark::kMicrosecond);

/// All 4096 words of the same systems, every node, with exact values.
void words_crosshead(benchmark::State& state) {
  const auto& list = systems();
  std::vector<int> letters, nodes;
  for (int h = 0; h < kHeads; ++h) letters.push_back(h);
  for (int k = 0; k < kNodes; ++k) nodes.push_back(k);
  std::size_t next = 0;
  for (auto _ : state) {
    const exact::IntegerMatrixList matrices(list[next]);
    std::size_t count = 0;
    heads::visit_words(matrices, letters, kNodes - 1, kSteps, nodes,
                       [&](const heads::HeadWord&, int, const exact::Integer&) { return ++count > 0; });
    benchmark::DoNotOptimize(count);
    next = (next + 1) % list.size();
  }
}
BENCHMARK(words_crosshead)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--systems") == 0) {
    for (const heads::HeadSystem& system : make_systems()) {
      std::puts(nlohmann::ordered_json::parse(heads::write_system(system)).dump().c_str());
    }
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
