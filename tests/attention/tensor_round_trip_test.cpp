#include <cmath>

#include "tensor_dice.hpp"
#include "tensor_test_files.hpp"

namespace crosshead::attention {
namespace {

std::string safetensors_of_halves(const char* dtype) {
  const std::string header =
      std::string("{\"a\":{\"dtype\":\"") + dtype + "\",\"shape\":[65536],\"data_offsets\":[0,131072]}}";
  std::string bytes = little_endian(header.size() + (8 - header.size() % 8) % 8, 8) + header;
  bytes.resize((bytes.size() + 7) / 8 * 8, ' ');
  for (int pattern = 0; pattern < 65536; ++pattern)
    bytes += little_endian(static_cast<std::uint64_t>(pattern), 2);
  return bytes;
}

/// Bits equal, so that zeros keep their sign and NaN equals itself.
bool same_values(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

class RoundTrip : public TensorFiles {
 protected:
  static void expect_same(const NamedTensors& written, const NamedTensors& read) {
    ASSERT_EQ(read.size(), written.size());
    for (std::size_t i = 0; i < written.size(); ++i) {
      EXPECT_EQ(read[i].first, written[i].first);
      EXPECT_EQ(read[i].second.dtype, written[i].second.dtype);
      EXPECT_EQ(read[i].second.shape, written[i].second.shape);
      EXPECT_TRUE(same_values(read[i].second.values, written[i].second.values))
          << name_of(written[i].second.dtype);
    }
  }
};

TEST_F(RoundTrip, EveryHalfAndBrainFloatKeepsItsBits) {
  for (const auto& [dtype, exponent_bits, fraction_bits] :
       {std::tuple<const char*, int, int>{"F16", 5, 10}, {"BF16", 8, 7}}) {
    const std::string bytes = safetensors_of_halves(dtype);
    const NamedTensors tensors = read_all(file_of(bytes));
    const std::vector<double>& values = tensors.at(0).second.values;
    for (int pattern = 0; pattern < 65536; ++pattern) {
      const int exponent = pattern >> fraction_bits & ((1 << exponent_bits) - 1);
      const int fraction = pattern & ((1 << fraction_bits) - 1);
      const int bias = (1 << (exponent_bits - 1)) - 1;
      const double sign = pattern >= 32768 ? -1 : 1;
      if (exponent == 2 * bias + 1) {
        EXPECT_EQ(std::isnan(values[pattern]), fraction != 0);
        EXPECT_TRUE(fraction != 0 || values[pattern] == sign * HUGE_VAL);
        continue;
      }
      const double magnitude =
          exponent == 0 ? std::ldexp(fraction, 1 - bias - fraction_bits)
                        : std::ldexp((1 << fraction_bits) + fraction, exponent - bias - fraction_bits);
      ASSERT_EQ(values[pattern], sign * magnitude) << pattern;
      ASSERT_EQ(std::signbit(values[pattern]), pattern >= 32768) << pattern;
    }
    write_safetensors(path("again"), tensors);
    EXPECT_EQ(bytes_of(path("again")), bytes) << dtype;
  }
}

TEST_F(RoundTrip, SinglesAgreeWithTheHost) {
  Dice dice(1);
  std::vector<float> singles;
  for (int i = 0; i < 100000; ++i) {
    const auto bits = static_cast<std::uint32_t>(dice.bits());
    float single = 0;
    std::memcpy(&single, &bits, sizeof single);
    singles.push_back(std::isnan(single) ? 0 : single);
  }
  const std::string header = R"({"a":{"dtype":"F32","shape":[100000],"data_offsets":[0,400000]}})";
  std::string bytes = little_endian(header.size(), 8) + header + std::string(400000, '\0');
  std::memcpy(bytes.data() + 8 + header.size(), singles.data(), 400000);
  const Tensor tensor = read_all(file_of(bytes)).at(0).second;
  EXPECT_EQ(tensor.values, std::vector<double>(singles.begin(), singles.end()));
}

TEST_F(RoundTrip, WritersRefuseWhatTheTypeDoesNotHold) {
  const std::pair<DType, double> cases[] = {{DType::f16, 65520},
                                            {DType::f16, 2049},
                                            {DType::f16, std::ldexp(1, -25)},
                                            {DType::f16, std::ldexp(3, -25)},
                                            {DType::bf16, 257},
                                            {DType::bf16, 1e300},
                                            {DType::bf16, std::ldexp(1, -134)},
                                            {DType::f32, 0.1},
                                            {DType::f32, 1e39},
                                            {DType::f32, std::ldexp(1, -150)},
                                            {DType::f32, 5e-324},
                                            {DType::f32, 16777217},
                                            {DType::i8, 128},
                                            {DType::i8, -129},
                                            {DType::i8, 0.5},
                                            {DType::i16, 32768},
                                            {DType::i32, 2147483648.0},
                                            {DType::i64, 9007199254740994.0},
                                            {DType::i64, HUGE_VAL},
                                            {DType::i64, std::nan("")},
                                            {DType::u8, -1},
                                            {DType::u8, 256},
                                            {DType::u16, -1},
                                            {DType::u16, 65536},
                                            {DType::boolean, 2},
                                            {DType::boolean, 0.5}};
  for (const auto& [dtype, value] : cases) {
    const Tensor tensor{dtype, {2}, {0, value}};
    EXPECT_THROW(write_safetensors(path("refused"), {{"a", tensor}}), exact::InputError)
        << name_of(dtype) << value;
    EXPECT_THROW(write_npy(path("refused"), tensor), exact::InputError) << name_of(dtype) << value;
    EXPECT_THROW(write_npz(path("refused"), {{"a", tensor}}), exact::InputError) << name_of(dtype) << value;
  }
  EXPECT_THROW(write_npy(path("refused"), {DType::f32, {3}, {1, 2}}), exact::InputError);
  EXPECT_THROW(write_npy(path("refused"), {DType::f32, {-1}, {}}), exact::InputError);
  EXPECT_TRUE(std::filesystem::is_empty(path("")));
}

TEST_F(RoundTrip, WritersKeepTheOldFileWhenTheyRefuse) {
  const NamedTensors old{{"a", {DType::f32, {}, {1}}}};
  write_safetensors(path("kept"), old);
  EXPECT_THROW(write_safetensors(path("kept"), {{"a", {DType::f32, {}, {0.1}}}}), exact::InputError);
  expect_same(old, read_all(path("kept")));
  EXPECT_THROW(write_npy(path("no/such/folder/a.npy"), old[0].second), exact::InputError);
}

TEST_F(RoundTrip, RandomTensorsComeBackBitForBit) {
  Dice dice(2);
  for (int round = 0; round < rounds(10); ++round) {
    NamedTensors all, without_brain_floats;
    for (int copy = 0; copy < 4; ++copy) {
      for (DType dtype : kAll) {
        all.emplace_back("layers." + std::to_string(all.size()) + ".\xc3\xa9", dice.tensor(dtype));
        if (dtype != DType::bf16) without_brain_floats.push_back(all.back());
      }
    }
    const std::map<std::string, std::string> metadata{{"heads", "4"},
                                                      {"note", "line\n\"quoted\" \xe2\x82\xac"}};
    write_safetensors(path("all"), all, metadata);
    expect_same(all, read_all(path("all")));
    EXPECT_EQ(TensorFile(path("all")).metadata(), metadata);
    write_npz(path("npz"), without_brain_floats);
    expect_same(without_brain_floats, read_all(path("npz")));
    const Tensor& one = without_brain_floats[dice.below(without_brain_floats.size())].second;
    write_npy(path("npy"), one);
    expect_same({{"", one}}, read_all(path("npy")));
  }
}

}  // namespace
}  // namespace crosshead::attention
