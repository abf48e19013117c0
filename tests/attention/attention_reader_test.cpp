// Attention read head by head: the parts of every format are the whole.
#include <cmath>
#include <random>

#include "tensor_dice.hpp"
#include "tensor_test_files.hpp"
#include <gtest/gtest.h>

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using AttentionReaderTest = TensorFiles;

Tensor random_attention(std::vector<std::int64_t> shape, std::mt19937_64& random) {
  Tensor tensor{DType::f32, std::move(shape), {}};
  std::size_t count = 1;
  for (const std::int64_t size : tensor.shape) count *= static_cast<std::size_t>(size);
  for (std::size_t k = 0; k < count; ++k)
    tensor.values.push_back(std::ldexp(static_cast<double>(random() % 1024), -10));
  return tensor;
}

TEST_F(AttentionReaderTest, PartsAreTheWhole) {
  std::mt19937_64 random(20261128);
  const Tensor tensor = random_attention({3, 4, 5, 5}, random);
  write_safetensors(path("a.safetensors"), {{"other", random_attention({7}, random)}, {"attention", tensor}});
  write_npy(path("a.npy"), tensor);
  write_npz(path("a.npz"), {{"attention", tensor}, {"other", random_attention({7}, random)}});
  for (const char* name : {"a.safetensors", "a.npy", "a.npz"}) {
    const AttentionReader reader(path(name));
    EXPECT_EQ(reader.rank(), 4);
    EXPECT_EQ(reader.layers(), 3);
    EXPECT_EQ(reader.heads(), 4);
    EXPECT_EQ(reader.nodes(), 5);
    std::vector<double> parts;
    for (int layer = 0; layer < 3; ++layer) {
      for (int head = 0; head < 4; ++head) {
        const heads::AttentionMatrix matrix = reader.matrix(layer, head);
        parts.insert(parts.end(), matrix.values.begin(), matrix.values.end());
      }
    }
    EXPECT_EQ(parts, tensor.values) << name;
  }
}

TEST_F(AttentionReaderTest, ReadsAnyPart) {
  std::mt19937_64 random(20261129);
  const Tensor tensor = random_attention({6, 50}, random);
  write_npz(path("a.npz"), {{"a", tensor}});
  const TensorFile file(path("a.npz"));
  for (int trial = 0; trial < 50; ++trial) {
    const std::uint64_t begin = random() % 301, count = random() % (301 - begin);
    const auto first = tensor.values.begin() + static_cast<std::ptrdiff_t>(begin);
    EXPECT_EQ(file.read_part("a", begin, count),
              std::vector<double>(first, first + static_cast<std::ptrdiff_t>(count)));
  }
  EXPECT_THROW(file.read_part("a", 299, 2), exact::UsageError);
  EXPECT_THROW(file.read_part("a", 301, 0), exact::UsageError);
  EXPECT_THROW(file.read_part("b", 0, 1), exact::InputError);
}

TEST_F(AttentionReaderTest, NamesTheEntryThatIsNone) {
  Tensor tensor{DType::f32, {2, 2, 2}, {1, 0, .5, .5, 1, 0, -1, 2}};
  write_npy(path("a.npy"), tensor);
  const AttentionReader reader(path("a.npy"));
  EXPECT_NO_THROW(reader.matrix(0, 0));
  try {
    reader.matrix(0, 1);
    FAIL();
  } catch (const exact::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("[1, 1, 0]"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace crosshead::attention
