#include "crosshead/crosscheck/published_tables.hpp"

#include <algorithm>
#include <array>

namespace crosshead::crosscheck {
namespace {

struct Row {
  attention::Task task;
  int heads, layer;
  const char *mixing, *mixing_deviation, *fidelity, *fidelity_deviation, *best_head, *combined;
};

// clang-format off
constexpr auto kCopy = attention::Task::copy, kCycle = attention::Task::cycle;
/// Tables 1, 3 and 5, then 2, 4 and 6.
constexpr std::array<Row, 32> kRows{{
    {kCopy, 1, 1, "3.8344", "0.1391", "0.3000", "0.1000", "", ""},
    {kCopy, 1, 2, "77.9281", "2.8387", "0.0000", "0.0000", "", ""},
    {kCopy, 1, 3, "78.6635", "3.2322", "0.0000", "0.0000", "", ""},
    {kCopy, 1, 4, "73.5020", "3.6750", "0.0000", "0.0000", "", ""},
    {kCopy, 4, 1, "3.7370", "0.0259", "0.4500", "0.0700", "0.30", "0.56"},
    {kCopy, 4, 2, "3.7155", "0.0365", "0.2800", "0.0800", "0.11", "0.43"},
    {kCopy, 4, 3, "3.8895", "0.0704", "0.1800", "0.0500", "0.21", "0.19"},
    {kCopy, 4, 4, "7.8050", "0.5391", "0.0100", "0.0100", "0.00", "0.00"},
    {kCopy, 8, 1, "3.6793", "0.0171", "0.5000", "0.0800", "0.59", "0.51"},
    {kCopy, 8, 2, "3.6821", "0.0329", "0.3500", "0.0800", "0.29", "0.37"},
    {kCopy, 8, 3, "3.7952", "0.0661", "0.1900", "0.0800", "0.18", "0.10"},
    {kCopy, 8, 4, "3.7467", "0.0731", "0.1600", "0.0600", "0.18", "0.17"},
    {kCopy, 16, 1, "3.6328", "0.0150", "0.5800", "0.0600", "0.59", "0.59"},
    {kCopy, 16, 2, "3.6513", "0.0212", "0.4900", "0.0700", "0.59", "0.51"},
    {kCopy, 16, 3, "3.6391", "0.0564", "0.3400", "0.0700", "0.52", "0.46"},
    {kCopy, 16, 4, "3.6594", "0.0687", "0.2500", "0.0700", "0.22", "0.23"},
    {kCycle, 1, 1, "27.0384", "2.4355", "0.0000", "0.0000", "", ""},
    {kCycle, 1, 2, "47.8151", "0.6754", "0.0000", "0.0000", "", ""},
    {kCycle, 1, 3, "47.2291", "1.3803", "0.0000", "0.0000", "", ""},
    {kCycle, 1, 4, "43.0723", "2.8604", "0.0000", "0.0000", "", ""},
    {kCycle, 4, 1, "3.6369", "0.0161", "0.5300", "0.0800", "0.39", "0.59"},
    {kCycle, 4, 2, "3.9092", "0.0374", "0.4800", "0.0600", "0.39", "0.50"},
    {kCycle, 4, 3, "45.7709", "1.9865", "0.0000", "0.0000", "0.00", "0.00"},
    {kCycle, 4, 4, "31.2925", "3.3583", "0.0000", "0.0000", "0.00", "0.00"},
    {kCycle, 8, 1, "3.6426", "0.0098", "0.5400", "0.0700", "0.35", "0.59"},
    {kCycle, 8, 2, "3.7756", "0.0290", "0.6300", "0.0500", "0.49", "0.72"},
    {kCycle, 8, 3, "4.6735", "0.0795", "0.5300", "0.0700", "0.51", "0.55"},
    {kCycle, 8, 4, "47.5304", "0.9180", "0.0000", "0.0000", "0.00", "0.00"},
    {kCycle, 16, 1, "3.5859", "0.0118", "0.6500", "0.0600", "0.65", "0.67"},
    {kCycle, 16, 2, "3.7820", "0.0307", "0.6000", "0.0500", "0.49", "0.55"},
    {kCycle, 16, 3, "4.3759", "0.0583", "0.5200", "0.0500", "0.68", "0.48"},
    {kCycle, 16, 4, "41.9292", "1.9165", "0.0000", "0.0000", "0.00", "0.00"}}};
// clang-format on

}  // namespace

std::optional<PrintedCell> printed_cell(attention::Task task, int heads, int layer) {
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& candidate) {
    return candidate.task == task && candidate.heads == heads && candidate.layer == layer;
  });
  if (row == kRows.end()) return std::nullopt;
  return PrintedCell{row->mixing,    row->mixing_deviation, row->fidelity, row->fidelity_deviation,
                     row->best_head, row->combined};
}

}  // namespace crosshead::crosscheck
