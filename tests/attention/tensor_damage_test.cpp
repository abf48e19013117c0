#include "tensor_dice.hpp"
#include "tensor_pickle_bytes.hpp"
#include "tensor_zip_bytes.hpp"

namespace crosshead::attention {
namespace {

using ::testing::HasSubstr;

class Damage : public TensorFiles {
 protected:
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

TEST_F(Damage, EveryTruncationIsRefused) {
  for (const auto& [name, bytes] : examples()) {
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      EXPECT_FALSE(accepted(bytes.substr(0, length))) << name << " cut to " << length;
    }
  }
}

TEST_F(Damage, RandomDamageIsReadOrRefused) {
  Dice dice(3);
  for (const auto& [name, bytes] : examples()) {
    int survivors = 0;
    for (int round = 0; round < rounds(3000); ++round) survivors += accepted(damaged(bytes, dice));
    EXPECT_LT(survivors, rounds(3000)) << name;
  }
}

TEST_F(Damage, RandomDamageBehindAValidCrcIsReadOrRefused) {
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

TEST_F(Damage, RefusesWhatIsNoTensorFile) {
  EXPECT_THAT(refusal(""), HasSubstr("is empty; expected a .safetensors, .npy or .npz file"));
  EXPECT_THAT(refusal("\x1b[2Jhello"), HasSubstr("begins with '\\x1b[2Jhello'; expected"));
  EXPECT_THROW(TensorFile(path("absent.npy")), exact::InputError);
  EXPECT_THROW(TensorFile(path("")), exact::InputError);
  EXPECT_THROW(TensorFile("/dev/zero"), exact::InputError);
}

}  // namespace
}  // namespace crosshead::attention
