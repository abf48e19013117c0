#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "tensor_pickle_bytes.hpp"
#include "tensor_zip_bytes.hpp"

namespace crosshead::attention {
namespace {

using testing::HasSubstr;

constexpr DType kAll[] = {DType::f16, DType::bf16, DType::f32, DType::f64, DType::i8,
                          DType::i16, DType::i32,  DType::i64, DType::u8,  DType::boolean};

std::string safetensors_of_halves(const char* dtype) {
  const std::string header =
      std::string("{\"a\":{\"dtype\":\"") + dtype + "\",\"shape\":[65536],\"data_offsets\":[0,131072]}}";
  std::string bytes = little_endian(header.size() + (8 - header.size() % 8) % 8, 8) + header;
  bytes.resize((bytes.size() + 7) / 8 * 8, ' ');
  for (int pattern = 0; pattern < 65536; ++pattern)
    bytes += little_endian(static_cast<std::uint64_t>(pattern), 2);
  return bytes;
}

/// How often to repeat a random test: `base` times CROSSHEAD_TEST_MULTIPLIER (1 unless set).
int rounds(int base) {
  const char* multiplier = std::getenv("CROSSHEAD_TEST_MULTIPLIER");
  return multiplier ? base * std::max(1, std::atoi(multiplier)) : base;
}

/// Bits equal, so that zeros keep their sign and NaN equals itself.
bool same_values(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  std::uint64_t bits() { return engine_(); }

  /// A value that `dtype` holds, often at the end of its range.
  double value(DType dtype) {
    switch (dtype) {
      case DType::f16:
        return floating(10, -24, 15);
      case DType::bf16:
        return floating(7, -133, 127);
      case DType::f32:
        return floating(23, -149, 127);
      case DType::f64:
        return floating(52, -1074, 1023);
      case DType::i8:
        return whole(-128, 127);
      case DType::i16:
        return whole(-32768, 32767);
      case DType::i32:
        return whole(INT32_MIN, INT32_MAX);
      case DType::i64:
        return whole(-(std::int64_t{1} << 53), std::int64_t{1} << 53);
      case DType::u8:
        return whole(0, 255);
      case DType::boolean:
        return whole(0, 1);
    }
    return 0;
  }

  Tensor tensor(DType dtype) {
    Tensor tensor{dtype, {}, {}};
    std::size_t count = 1;
    for (std::uint64_t d = below(4); d > 0; --d) {
      tensor.shape.push_back(static_cast<std::int64_t>(below(5)));
      count *= static_cast<std::size_t>(tensor.shape.back());
    }
    for (std::size_t i = 0; i < count; ++i) tensor.values.push_back(value(dtype));
    return tensor;
  }

 private:
  /// Random significand of fraction + 1 bits at most, cut to what the exponent leaves above the smallest
  /// subnormal.
  double floating(int fraction, int smallest, int largest) {
    const double sign = below(2) ? -1 : 1;
    switch (below(8)) {
      case 0:
        return sign * 0.0;
      case 1:
        return sign * HUGE_VAL;
      case 2:
        return std::copysign(std::nan(""), sign);
      case 3:
        return sign * std::ldexp(1, smallest);
      case 4:
        return sign * (2 - std::ldexp(1, -fraction)) * std::ldexp(1, largest);
      default:
        break;
    }
    const int exponent =
        smallest + static_cast<int>(below(static_cast<std::uint64_t>(largest - smallest + 1)));
    const int kept = std::min(fraction, exponent - smallest);
    const std::uint64_t significand = (std::uint64_t{1} << kept) + below(std::uint64_t{1} << kept);
    return sign * std::ldexp(static_cast<double>(significand), exponent - kept);
  }

  double whole(std::int64_t low, std::int64_t high) {
    switch (below(4)) {
      case 0:
        return static_cast<double>(low);
      case 1:
        return static_cast<double>(high);
      default:
        return static_cast<double>(
            low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1)));
    }
  }

  std::mt19937_64 engine_;
};

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

  /// Reads everything in a damaged file; true if it was accepted. Anything but InputError fails the test.
  bool accepted(const std::string& bytes) const {
    const std::string message = refusal(bytes);
    EXPECT_FALSE(message.empty());
    return message == "accepted";
  }

  /// Up to four bytes changed, inserted or removed.
  static std::string damaged(std::string bytes, Dice& dice) {
    for (std::uint64_t hits = 1 + dice.below(4); hits > 0; --hits) {
      const std::size_t at = dice.below(bytes.size());
      const char byte = static_cast<char>(dice.below(3) == 0 ? 0xff : dice.bits());
      switch (dice.below(6)) {
        case 0:
          bytes.insert(at, 1, byte);
          break;
        case 1:
          bytes.erase(at, 1);
          break;
        case 2:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.below(8)));
          break;
        default:
          bytes[at] = byte;
      }
    }
    return bytes;
  }

  static std::string example_pickle() {
    using namespace pickle_bytes;
    const std::string four = storage("FloatStorage", "0", 4);
    return kProtocol + kDict + "q\x01(" + text("w") + view(four, 0, {2, 2}, {1, 2}) + text("v") +
           view(four, 3, {}, {}) + "u}" + text("_metadata") + "h\x01sb.";
  }
  static std::string state_dict(const std::string& pickle) {
    return ZipBytes({{"m/data.pkl", pickle}, {"m/data/0", elements<float>({1, 2, 3, 4})}}, true).bytes;
  }

  std::vector<std::pair<std::string, std::string>> examples() const {
    const NamedTensors tensors{{"attention", {DType::f32, {1, 2, 2}, {0.5, 0.5, 0.25, 0.75}}},
                               {"tokens", {DType::i64, {3}, {0, 255, -1}}}};
    write_safetensors(path("example"), tensors, {{"task", "copy"}});
    std::vector<std::pair<std::string, std::string>> result{{"safetensors", bytes_of(path("example"))}};
    for (const char* name : {"arange_f8_2x3.npy", "arange_f4_2x3_column_major.npy", "two_arrays.npz",
                             "two_arrays_deflated.npz"}) {
      result.emplace_back(name, bytes_of(fixture(name)));
    }
    result.emplace_back("zip64.npz",
                        ZipBytes({{"a.npy", bytes_of(fixture("minus_two_i8.npy")), true, true}}, true).bytes);
    result.emplace_back("state dict", state_dict(example_pickle()));
    for (const auto& [name, bytes] : result) EXPECT_EQ(refusal(bytes), "accepted") << name;
    return result;
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

TEST_F(RoundTrip, EveryTruncationIsRefused) {
  for (const auto& [name, bytes] : examples()) {
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      EXPECT_FALSE(accepted(bytes.substr(0, length))) << name << " cut to " << length;
    }
  }
}

TEST_F(RoundTrip, RandomDamageIsReadOrRefused) {
  Dice dice(3);
  for (const auto& [name, bytes] : examples()) {
    int survivors = 0;
    for (int round = 0; round < rounds(3000); ++round) survivors += accepted(damaged(bytes, dice));
    EXPECT_LT(survivors, rounds(3000)) << name;
  }
}

TEST_F(RoundTrip, RandomDamageBehindAValidCrcIsReadOrRefused) {
  Dice dice(4);
  const std::string content = bytes_of(fixture("arange_f8_2x3.npy")), packed = ZipBytes::deflated(content);
  int survivors = 0;
  for (int round = 0; round < rounds(3000); ++round) {
    survivors += accepted(state_dict(damaged(example_pickle(), dice)));
    accepted(ZipBytes({ZipBytes::Entry{"a.npy", damaged(content, dice), true}}).bytes);
    ZipBytes broken({ZipBytes::Entry{"a.npy", damaged(packed, dice)}});  // stored, then said to be deflated
    for (std::size_t method : {broken.local[0] + 8, broken.central[0] + 10})
      broken.bytes = broken.with(method, 8, 2);
    for (std::size_t size : {broken.local[0] + 22, broken.central[0] + 24}) {
      broken.bytes = broken.with(size, content.size(), 4);
    }
    accepted(broken.bytes);
  }
  EXPECT_GT(survivors, 0);
  EXPECT_LT(survivors, rounds(3000));
}

TEST_F(RoundTrip, RefusesWhatIsNoTensorFile) {
  EXPECT_THAT(refusal(""), HasSubstr("is empty; expected a .safetensors, .npy or .npz file"));
  EXPECT_THAT(refusal("\x1b[2Jhello"), HasSubstr("begins with '\\x1b[2Jhello'; expected"));
  EXPECT_THROW(TensorFile(path("absent.npy")), exact::InputError);
  EXPECT_THROW(TensorFile(path("")), exact::InputError);
  EXPECT_THROW(TensorFile("/dev/zero"), exact::InputError);
}

}  // namespace
}  // namespace crosshead::attention
