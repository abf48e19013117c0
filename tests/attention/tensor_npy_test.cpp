#include "tensor_test_files.hpp"

namespace crosshead::attention {
namespace {

using ::testing::HasSubstr;

std::string npy(const std::string& dict, const std::string& data, char major = 1, char minor = 0) {
  return std::string("\x93NUMPY") + major + minor + little_endian(dict.size(), major == 1 ? 2 : 4) + dict +
         data;
}

/// An array of two float32 whose header is given.
std::string headed(const std::string& dict) {
  return npy(dict, elements<float>({1, 2}));
}

class Npy : public TensorFiles {
 protected:
  static Tensor only(const std::filesystem::path& path) {
    const NamedTensors tensors = read_all(path);
    EXPECT_EQ(tensors.size(), 1u);
    EXPECT_EQ(tensors.at(0).first, "");
    return tensors.at(0).second;
  }
};

void expect_tensor(const Tensor& tensor, DType dtype, std::vector<std::int64_t> shape,
                   std::vector<double> values) {
  EXPECT_EQ(tensor.dtype, dtype);
  EXPECT_EQ(tensor.shape, shape);
  EXPECT_EQ(tensor.values, values);
}

TEST_F(Npy, ReadsWhatNumPyWrote) {
  // np.arange(6.0).reshape(2, 3)
  expect_tensor(only(fixture("arange_f8_2x3.npy")), DType::f64, {2, 3}, {0, 1, 2, 3, 4, 5});
  // np.asfortranarray(np.arange(6, dtype='f4').reshape(2, 3))
  expect_tensor(only(fixture("arange_f4_2x3_column_major.npy")), DType::f32, {2, 3}, {0, 1, 2, 3, 4, 5});
  // np.array(0.25, dtype='f2')
  expect_tensor(only(fixture("quarter_scalar_f2.npy")), DType::f16, {}, {0.25});
  // np.arange(5) % 2 == 0
  expect_tensor(only(fixture("alternating_bool_5.npy")), DType::boolean, {5}, {1, 0, 1, 0, 1});
  // np.arange(-2, 3, dtype='i8')
  expect_tensor(only(fixture("minus_two_i8.npy")), DType::i64, {5}, {-2, -1, 0, 1, 2});
}

TEST_F(Npy, WritesWhatNumPyWrites) {
  for (const char* name :
       {"arange_f8_2x3.npy", "quarter_scalar_f2.npy", "alternating_bool_5.npy", "minus_two_i8.npy"}) {
    write_npy(path("copy.npy"), only(fixture(name)));
    EXPECT_EQ(bytes_of(path("copy.npy")), bytes_of(fixture(name))) << name;
  }
}

TEST_F(Npy, TransposesColumnMajorArraysOfAnyRank) {
  const std::string bytes =
      npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2)}", "abcdefghijkl");
  const Tensor tensor = only(file_of(bytes));
  ASSERT_EQ(tensor.values.size(), 12u);
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 2; ++k) EXPECT_EQ(tensor.values[(i * 3 + j) * 2 + k], 'a' + i + 2 * j + 6 * k);
    }
  }
}

TEST_F(Npy, AcceptsEverySpellingOfTheHeader) {
  for (const char* dict : {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }  \n",
                           "{\"shape\":(2,),\"fortran_order\":True,\"descr\":\"<f4\"}",
                           "{'fortran_order': False, 'shape': (1, 2), 'descr': '<f4'}",
                           "{'fortran_order': False, 'shape': (2, 1,), 'descr': '<f4'}"}) {
    EXPECT_EQ(refusal(headed(dict)), "accepted") << dict;
    EXPECT_EQ(refusal(npy(dict, elements<float>({1, 2}), 2)), "accepted") << dict;
    EXPECT_EQ(refusal(npy(dict, elements<float>({1, 2}), 3)), "accepted") << dict;
  }
}

TEST_F(Npy, RefusesWhatItDoesNotSupport) {
  EXPECT_THAT(refusal(bytes_of(fixture("big_endian_f4.npy"))),
              HasSubstr("'>f4' is big-endian; expected little-endian"));
  EXPECT_THAT(refusal(bytes_of(fixture("object.npy"))), HasSubstr("holds Python objects"));
  EXPECT_THAT(refusal(bytes_of(fixture("structured.npy"))), HasSubstr("structured dtypes are not supported"));
}

TEST_F(Npy, RefusesAWrongMagicOrVersion) {
  const std::string good = bytes_of(fixture("arange_f8_2x3.npy"));
  EXPECT_THAT(refusal(std::string("\x92") + good.substr(1)),
              HasSubstr("expected a .safetensors, .npy or .npz file"));
  for (const auto& [major, minor] : {std::pair<char, char>{0, 0}, {4, 0}, {1, 1}, {'\xff', 0}}) {
    EXPECT_THAT(refusal(good.substr(0, 6) + major + minor + good.substr(8)),
                HasSubstr("expected 1.0, 2.0 or 3.0"));
  }
}

TEST_F(Npy, RefusesAHeaderLengthBeyondTheFile) {
  const std::string good = bytes_of(fixture("arange_f8_2x3.npy"));
  EXPECT_THAT(refusal(good.substr(0, 8) + "\xff\xff" + good.substr(10)),
              HasSubstr("is said to have 65535 bytes"));
  EXPECT_THAT(refusal(good.substr(0, 6) + std::string("\x02\x00\xff\xff\xff\xff", 6) + good.substr(10)),
              HasSubstr("is said to have 4294967295 bytes"));
}

TEST_F(Npy, RefusesADamagedHeader) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "the start of the header's dict"},
      {"[]", "the start of the header's dict"},
      {"{}", "key 'descr' is missing"},
      {"{'descr': '<f4', 'shape': (2,)}", "key 'fortran_order' is missing"},
      {"{'descr': '<f4', 'fortran_order': False}", "key 'shape' is missing"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'order': 1}", "unknown key 'order'"},
      {"{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "key 'descr' occurs twice"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}", "key 'shape' occurs twice"},
      {"{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", "expected True or False"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': [2]}", "expected '('"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2)}", "expected ',' after the only dimension"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", "expected a dimension"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (02,)}", "leading zero"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2L,)}", "',' after the only dimension"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (,)}", "expected a dimension"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,)}",
       "a dimension beyond 2^63"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", "is too large"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", "shape [3] of float32 needs 12"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': ()}", "shape [] of float32 needs 4"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x", "text after the header's dict"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)", "',' or '}'"},
      {"{'descr': '<f4 'fortran_order': False, 'shape': (2,)}", "is not supported"},
      {"{'descr': '<c8', 'fortran_order': False, 'shape': (2,)}", "dtype '<c8' is not supported"},
      {"{'descr': '<U1', 'fortran_order': False, 'shape': (2,)}", "dtype '<U1' is not supported"},
      {"{'descr': '', 'fortran_order': False, 'shape': (2,)}", "dtype '' is not supported"},
      {"{'descr': '<f\\x34', 'fortran_order': False, 'shape': (2,)}", "a string with a backslash"},
      {"{'descr", "without its closing quote"},
      {"{__import__('os').system('true'): 1}", "expected a key in quotes"},
  };
  for (const auto& [dict, expected] : cases) EXPECT_THAT(refusal(headed(dict)), HasSubstr(expected)) << dict;
  std::string many = "{'descr': '<f4', 'fortran_order': False, 'shape': (2";
  for (int i = 0; i < 64; ++i) many += ", 1";
  EXPECT_THAT(refusal(headed(many + ")}")), HasSubstr("more than 64 dimensions"));
}

TEST_F(Npy, RefusesBytesAfterTheElements) {
  const std::string good = bytes_of(fixture("arange_f8_2x3.npy"));
  EXPECT_THAT(refusal(good + good), HasSubstr("bytes follow the header; shape [2, 3] of float64 needs 48"));
}

TEST_F(Npy, SaysWhereAnIntegerIsTooLarge) {
  const std::string far = elements<std::int64_t>({0, 1, 2, (std::int64_t{1} << 53) + 1});
  EXPECT_THAT(refusal(npy("{'descr': '<i8', 'fortran_order': False, 'shape': (4,)}", far)),
              HasSubstr("beyond 2^53"));
  EXPECT_THAT(refusal(npy("{'descr': '<i8', 'fortran_order': True, 'shape': (2, 2)}", far)),
              HasSubstr("element 3 (row-major): an integer lies beyond 2^53"));
}

}  // namespace
}  // namespace crosshead::attention
