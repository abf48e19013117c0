#include "measured_models.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "crosshead/crosscheck/table_rows.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::Enclosure;
using crosscheck::ModelSamples;
using crosscheck::Reading;
using crosscheck::Spread;
using crosscheck::TableRow;
using exact::Interval;

constexpr std::array<int, 4> kHeads{1, 4, 8, 16};
constexpr std::size_t kLayers = 4;

Interval count(std::int64_t value) {
  return {exact::Rational(value), exact::Rational(value)};
}

std::optional<Interval> interval(const std::optional<Enclosure>& value) {
  return value ? std::optional(exact_interval(*value)) : std::nullopt;
}

std::optional<Interval> mean(const std::optional<Spread>& spread) {
  return spread ? interval(spread->mean) : std::nullopt;
}

std::optional<Interval> deviation(const std::optional<Spread>& spread) {
  return spread ? interval(spread->deviation) : std::nullopt;
}

/// Fills the tables of one model's row.
class Filler {
 public:
  Filler(claim::MeasuredNumbers& numbers, const ModelSamples& samples)
      : numbers_(numbers),
        task_(attention::name_of(samples.model.task)),
        row_(static_cast<std::size_t>(std::find(kHeads.begin(), kHeads.end(), samples.model.heads) -
                                      kHeads.begin())) {}

  void model(const ModelSamples& samples) {
    set("sequences", 0, count(samples.samples));
    const int right = std::accumulate(samples.right.begin(), samples.right.end(), 0);
    const exact::Rational share(exact::Integer(100 * right),
                                exact::Integer(samples.positions * samples.samples));
    set("accuracy", 0, Interval{share, share});
    set("first_right", 0, count(samples.first_right));
    set("parameters", 0, count(samples.parameters));
  }

  void row(const TableRow& row) {
    const auto column = static_cast<std::size_t>(row.layer) - 1;
    if (column >= kLayers) return;
    if (row.reading == Reading::published) {
      set("mixing", column, mean(row.mixing));
      set("mixing_std", column, deviation(row.mixing));
      set("fidelity", column, mean(row.fidelity));
      set("fidelity_std", column, deviation(row.fidelity));
      set("best_head", column, mean(row.best_head));
      set("beats", column, between(row.beats, row.comparison_open));
      set("falls_below", column, between(row.falls_below, row.comparison_open));
      set("at_sink", column, between(row.at_sink, row.place_open));
      set("elsewhere", column, between(row.elsewhere, row.place_open));
      set("least_column", column, interval(row.least_column));
      set("largest_column", column, interval(row.largest_column));
    } else {
      set("time", column, mean(row.mixing));
      set("supremum", column, mean(row.fidelity));
      set("supremum_std", column, deviation(row.fidelity));
      set("supremum_without_sink", column, mean(row.fidelity_without_sink));
      set("supremum_best_head", column, mean(row.best_head));
      set("supremum_beats", column, between(row.beats, row.comparison_open));
      set("supremum_at_sink", column, between(row.at_sink, row.place_open));
    }
  }

 private:
  static Interval between(int certain, int open) {
    return {exact::Rational(certain), exact::Rational(certain + open)};
  }

  void set(const std::string& name, std::size_t column, const std::optional<Interval>& value) {
    numbers_.tables.at(task_ + "_" + name)[row_][column] = value;
  }

  claim::MeasuredNumbers& numbers_;
  std::string task_;
  std::size_t row_;
};

}  // namespace

std::filesystem::path folder_of_models(claim::ModelSet models, const std::filesystem::path& proofs) {
  std::filesystem::path folder;
  if (models == claim::ModelSet::own) {
    folder = proofs / "models";
  } else if (const char* given = std::getenv("CROSSHEAD_PUBLISHED")) {
    folder = std::filesystem::path(given) / "checkpoints";
  } else if (!proofs.empty()) {
    std::filesystem::path root = std::filesystem::absolute(proofs).lexically_normal();
    if (root.filename().empty()) root = root.parent_path();  // of "proofs/"
    folder = root.parent_path().parent_path() / "shared" / "data" / "published" / "checkpoints";
  }
  return std::filesystem::is_directory(folder) ? folder : std::filesystem::path();
}

claim::MeasuredNumbers measure_models(const std::filesystem::path& folder, attention::FloatBackend& backend,
                                      int threads, const std::function<bool()>& stop) {
  crosscheck::TableOptions options;
  options.threads = threads;
  options.epsilons = {exact::Rational(1, 4)};
  claim::MeasuredNumbers numbers;
  for (const claim::MeasuredName& name : claim::measured_names()) {
    numbers.tables[name.name].assign(kHeads.size(), std::vector<std::optional<Interval>>(kLayers));
  }
  for (const crosscheck::ModelFile& model : crosscheck::models_in(folder)) {
    if (std::find(kHeads.begin(), kHeads.end(), model.heads) == kHeads.end()) continue;
    const auto samples = crosscheck::sample_model(backend, model, options, [&](int) { return !stop(); });
    if (!samples) return numbers;
    Filler filler(numbers, *samples);
    filler.model(*samples);
    for (const TableRow& row : crosscheck::rows_of(*samples, options)) filler.row(row);
  }
  return numbers;
}

}  // namespace crosshead::cli
