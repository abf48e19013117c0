#include "crosshead/crosscheck/tables.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>

#include "crosscheck/plain_path.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/attention/sequences.hpp"
#include "crosshead/crosscheck/table_rows.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::crosscheck {
namespace {

using ::testing::HasSubstr;

std::filesystem::path fresh_folder() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(CROSSHEAD_BINARY_DIR) / "tests" / "crosscheck" / "files" /
                      (std::string(test->test_suite_name()) + "." + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

/// A model of one layer, two heads on three positions, whose head weights are 1/4 and 3/4.
std::filesystem::path write_model(const std::filesystem::path& path,
                                  const std::map<std::string, std::string>& metadata = {}) {
  const attention::ModelShape shape{
      .layers = 1, .heads = 2, .embedding = 4, .hidden = 2, .vocabulary = 5, .length = 3};
  std::vector<std::pair<std::string, attention::Tensor>> tensors;
  for (const auto& [name, sizes] : attention::parameters_of(shape)) {
    std::size_t count = 1;
    for (const std::int64_t size : sizes) count *= static_cast<std::size_t>(size);
    std::vector<double> values(count, 0.0);
    if (name == "layers.0.attn.out_proj.weight") values = {3, 0, 5, 0, 0, 4, 0, 10, 0, 0, 0, 10, 0, 0, 0, 0};
    tensors.emplace_back(name, attention::Tensor{attention::DType::f32, sizes, values});
  }
  attention::write_safetensors(path, tensors, metadata);
  return path;
}

/// Gives every sequence the same attention, and answers 0 everywhere.
class FixedBackend : public testing::PlainBackend {
 public:
  std::vector<float> attention{1, 0, 0, 0.5F,  0.5F,  0, 0.25F, 0.25F, 0.5F,    // head 1
                               1, 0, 0, 0.25F, 0.75F, 0, 0.5F,  0.25F, 0.25F};  // head 2
  attention::ModelAttention attention_of(const attention::ModelSource&,
                                         const std::vector<std::int64_t>& tokens,
                                         attention::Device) override {
    attention::ModelAttention result{1, 2, static_cast<std::int64_t>(tokens.size()), attention, {}, {}};
    result.predicted.assign(tokens.size(), 0);
    return result;
  }
};

TableOptions options() {
  TableOptions options;
  options.tokens = {{0, 1, 0}, {2, 0, 0}};
  options.tokens_file = "tokens.npy";
  options.samples = 2;
  options.epsilons = {exact::Rational(1, 4)};
  options.threads = 2;
  return options;
}

std::string refusal(FixedBackend& backend, const ModelFile& model, const TableOptions& options) {
  try {
    sample_model(backend, model, options, {});
  } catch (const exact::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Tables, FindModelsByName) {
  const auto folder = fresh_folder();
  for (const char* name : {"16_heads_copy.pt", "1_heads_cycle.safetensors", "4_heads_copy.safetensors",
                           "4_heads_copy_attention.safetensors", "04_heads_copy.pt", "x_heads_copy.pt",
                           "4_heads_sort.pt", "4_heads_cycle.npy", "notes.txt"}) {
    std::ofstream(folder / name) << "";
  }
  std::vector<std::string> found;
  for (const ModelFile& model : models_in(folder)) found.push_back(model.path.filename().string());
  EXPECT_EQ(found, (std::vector<std::string>{"4_heads_copy.safetensors", "16_heads_copy.pt",
                                             "1_heads_cycle.safetensors"}));
  std::ofstream(folder / "4_heads_copy.pt") << "";
  EXPECT_THROW(models_in(folder), exact::InputError);
  EXPECT_THROW(models_in(folder / "none"), exact::InputError);
  std::filesystem::create_directories(folder / "empty");
  EXPECT_THROW(models_in(folder / "empty"), exact::InputError);
}

TEST(Tables, EvaluateEveryLayerAndAnswer) {
  const auto path = write_model(fresh_folder() / "2_heads_cycle.safetensors");
  FixedBackend backend;
  const auto samples = sample_model(backend, {path, attention::Task::cycle, 2}, options(), {});
  ASSERT_TRUE(samples);
  // The cycle task wants (0, 0, 1) and (0, 2, 0), all answers are 0.
  EXPECT_EQ(samples->right, (std::vector<int>{2, 2}));
  EXPECT_EQ(samples->first_right, 2);
  EXPECT_EQ(samples->parameters, 5 * 4 + 3 * 4 + 2 * 4 + 4 * (16 + 4) + 2 * 4 + 2 + 4 * 2 + 4 + 5 * 4 + 5);
  const auto rows = rows_of(*samples, options());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].reading, Reading::published);
  // A = head 1 / 4 + 3 head 2 / 4: last row (7/16, 1/4, 5/16), second row (5/16, 11/16). Signals of node 2:
  // 1/4, then 5/64 + 11/64 = 1/4, ... and of node 1 more; of the sink 5/16. Node 2's maximum is the least.
  const double least = rows[0].fidelity->mean.lower;
  EXPECT_NEAR(least, 25, 1e-9);
  EXPECT_EQ(rows[0].elsewhere, 2);
  // Heads alone: head 1 has 1/4 at node 2 (t = 1: 1/4, t = 2: 1/8 + 1/8), head 2 has 1/4 at the sink and at
  // node 2 (1/4, then 3/16 + 1/16): 1/4 each, and the combination ties with them.
  EXPECT_NEAR(rows[0].best_head->mean.lower, 25, 1e-9);
  EXPECT_EQ(rows[0].beats, 0);
  EXPECT_TRUE(rows[0].mixing->deviation->contains(0));
  EXPECT_FALSE(rows[0].printed_mixing);  // the paper has no model of two heads
}

TEST(Tables, StopWhenAsked) {
  const auto path = write_model(fresh_folder() / "2_heads_copy.safetensors");
  FixedBackend backend;
  EXPECT_FALSE(sample_model(backend, {path, attention::Task::copy, 2}, options(), [](int) { return false; }));
}

TEST(Tables, RefuseBadTokensModelsAndAttention) {
  const auto folder = fresh_folder();
  const ModelFile model{write_model(folder / "2_heads_copy.safetensors"), attention::Task::copy, 2};
  FixedBackend backend;
  TableOptions bad = options();
  bad.tokens = {{0, 1, 0}, {2, 5, 0}};
  EXPECT_THAT(refusal(backend, model, bad), HasSubstr("sample 2, position 2: token 5 is not in 0..4"));
  bad.tokens = {{0, 1, 0, 1}};
  EXPECT_THAT(refusal(backend, model, bad), HasSubstr("sequences of 4 tokens"));
  const ModelFile other{write_model(folder / "4_heads_copy.safetensors", {{"heads", "2"}}),
                        attention::Task::copy, 4};
  EXPECT_THAT(refusal(backend, other, options()), HasSubstr("but the file's name says 4"));
  const ModelFile uneven{write_model(folder / "3_heads_copy.safetensors"), attention::Task::copy, 3};
  EXPECT_THAT(refusal(backend, uneven, options()), HasSubstr("3 heads do not divide"));
  backend.attention[12] = std::nanf("");
  EXPECT_THAT(refusal(backend, model, options()),
              HasSubstr("sample 1, layer 1, head 2, row 2: the entry of column 1 is not finite"));
}

}  // namespace
}  // namespace crosshead::crosscheck
