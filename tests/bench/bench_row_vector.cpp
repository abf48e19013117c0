// One exact row vector through 100 steps of a 100 x 100 causal float32 attention matrix: this library against
// the same loop in FLINT's fmpz. Both start from integers over the common denominator and must end in the
// same numbers.
#include "attention_inputs.hpp"
#include <benchmark/benchmark.h>
#include <flint/fmpz.h>
#include <flint/fmpz_vec.h>
#include <sys/resource.h>

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/heads/head_system.hpp"

namespace {

using crosshead::exact::Integer;
using crosshead::exact::RationalMatrix;

constexpr slong kRowNodes = 100;
constexpr int kSteps = 100;
constexpr slong kEntries = kRowNodes * kRowNodes;

/// Random attention for argument 0, otherwise head 0 of a layer of the trained model, counted from 1.
std::optional<RationalMatrix> attention(benchmark::State& state) {
  constexpr auto kReading = crosshead::heads::Reading::as_stored;
  if (state.range(0) == 0) {
    return crosshead::heads::attention_matrix(crosshead::bench::random_attention(static_cast<int>(kRowNodes)),
                                              kReading)
        .matrix;
  }
  const auto system = crosshead::bench::trained_layer(state, static_cast<int>(state.range(0)) - 1);
  if (!system) return std::nullopt;
  return crosshead::heads::diffusion_of(*system, 0, kReading).matrix;
}

/// Largest resident size of the process so far: of this benchmark only when it runs alone.
double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void row_vector_crosshead(benchmark::State& state) {
  const auto input = attention(state);
  if (!input) return;
  const crosshead::exact::IntegerMatrix matrix(*input);
  while (state.KeepRunning()) {
    crosshead::exact::RowIteration row(matrix, kRowNodes - 1);
    for (int t = 0; t < kSteps; ++t) row.step();
    benchmark::DoNotOptimize(row.numerator(0));
    state.counters["bits"] = static_cast<double>(mpz_sizeinbase(row.numerator(0).backend().data(), 2));
  }
  state.counters["process_peak_MB"] = peak_megabytes();
}
BENCHMARK(row_vector_crosshead)->Unit(benchmark::kMillisecond)->DenseRange(0, 4)->ArgName("layer");

/// The FLINT peer: columns of the integer matrix as fmpz, fmpz_addmul into the next row.
struct FlintRow {
  explicit FlintRow(const RationalMatrix& matrix) : denominator(1) {
    for (int i = 0; i < kRowNodes; ++i)
      denominator = lcm(denominator, crosshead::exact::row_denominator(matrix, i));
    entries = _fmpz_vec_init(kEntries);
    row = _fmpz_vec_init(kRowNodes);
    next = _fmpz_vec_init(kRowNodes);
    for (int i = 0; i < kRowNodes; ++i) {
      for (const auto& entry : matrix.row(i)) {
        const Integer value =
            numerator(entry.value) * (denominator / boost::multiprecision::denominator(entry.value));
        fmpz_set_mpz(entries + entry.column * kRowNodes + i, value.backend().data());
      }
    }
  }
  ~FlintRow() {
    _fmpz_vec_clear(entries, kEntries);
    _fmpz_vec_clear(row, kRowNodes);
    _fmpz_vec_clear(next, kRowNodes);
  }
  FlintRow(const FlintRow&) = delete;
  FlintRow& operator=(const FlintRow&) = delete;

  void run() {
    _fmpz_vec_zero(row, kRowNodes);
    fmpz_one(row + kRowNodes - 1);
    for (int t = 0; t < kSteps; ++t) {
      for (slong j = 0; j < kRowNodes; ++j) {
        fmpz_zero(next + j);
        for (slong i = j; i < kRowNodes; ++i) fmpz_addmul(next + j, row + i, entries + j * kRowNodes + i);
      }
      std::swap(row, next);
    }
  }

  Integer denominator;
  fmpz* entries;
  fmpz* row;
  fmpz* next;
};

void row_vector_flint(benchmark::State& state) {
  const auto matrix = attention(state);
  if (!matrix) return;
  FlintRow peer(*matrix);
  peer.run();
  const crosshead::exact::IntegerMatrix integers(*matrix);
  crosshead::exact::RowIteration row(integers, kRowNodes - 1);
  for (int t = 0; t < kSteps; ++t) row.step();
  for (int j = 0; j < kRowNodes; ++j) {
    Integer value;
    fmpz_get_mpz(value.backend().data(), peer.row + j);
    if (value * row.denominator() !=
        row.numerator(j) * boost::multiprecision::pow(peer.denominator, kSteps)) {
      state.SkipWithError("the two disagree");
      return;
    }
  }
  while (state.KeepRunning()) {
    peer.run();
    benchmark::DoNotOptimize(peer.row);
  }
}
BENCHMARK(row_vector_flint)->Unit(benchmark::kMillisecond)->DenseRange(0, 4)->ArgName("layer");

}  // namespace
