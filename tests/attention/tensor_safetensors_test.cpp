#include "tensor_test_files.hpp"

namespace crosshead::attention {
namespace {

using ::testing::HasSubstr;

std::string safetensors(const std::string& header, const std::string& data) {
  return little_endian(header.size(), 8) + header + data;
}

/// A header with one float32 tensor "a" of shape [2] whose description is given.
std::string described(const std::string& description) {
  return safetensors("{\"a\":" + description + "}", elements<float>({1, 2}));
}

using Safetensors = TensorFiles;

TEST_F(Safetensors, ReadsWhatTheFormatDescribes) {
  const std::string bytes = safetensors(
      R"({"__metadata__":{"heads":"4"},"b":{"dtype":"I64","shape":[],"data_offsets":[12,20]},)"
      R"("a":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]},"empty":{"dtype":"F64","shape":[0,5],"data_offsets":[20,20]}}   )",
      elements<float>({0.5f, -1, 3}) + elements<std::int64_t>({-7}));
  const TensorFile file(file_of(bytes));
  EXPECT_EQ(file.metadata(), (std::map<std::string, std::string>{{"heads", "4"}}));
  ASSERT_EQ(file.tensors().size(), 3u);
  EXPECT_EQ(file.tensors()[0].first, "b");
  EXPECT_EQ(file.tensors()[1].first, "a");
  EXPECT_EQ(file.tensors()[1].second.shape, (std::vector<std::int64_t>{3, 1}));
  EXPECT_EQ(file.read("a").values, (std::vector<double>{0.5, -1, 3}));
  EXPECT_EQ(file.read("b").values, (std::vector<double>{-7}));
  EXPECT_EQ(file.read("b").dtype, DType::i64);
  EXPECT_TRUE(file.read("empty").values.empty());
}

TEST_F(Safetensors, NamesTheTensorsPresentWhenOneIsAbsent) {
  const TensorFile file(file_of(described(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})")));
  try {
    file.read("layers.0\x1b[31m");
    FAIL();
  } catch (const exact::InputError& error) {
    EXPECT_EQ(error.place(), "tensor 'layers.0\\x1b[31m'");
    EXPECT_THAT(error.message(), HasSubstr("holds 1 tensors: 'a'"));
  }
}

TEST_F(Safetensors, RefusesAHeaderLengthBeyondTheFile) {
  const std::string good = described(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})");
  EXPECT_EQ(refusal(good), "accepted");
  for (std::uint64_t length : {std::uint64_t{good.size() - 7}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    EXPECT_THAT(refusal(little_endian(length, 8) + good.substr(8)),
                HasSubstr("byte 0: the header is said to have"));
  }
}

TEST_F(Safetensors, RefusesADamagedDescription) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"dtype":"F32","shape":[2],"data_offsets":[0,9]})", "do not lie in the 8 bytes"},
      {R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})", "do not lie in the 8 bytes"},
      {R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})", "shape [3] of float32 needs 12"},
      {R"({"dtype":"F64","shape":[2],"data_offsets":[0,8]})", "shape [2] of float64 needs 16"},
      {R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})", "4 bytes belong to no tensor"},
      {R"({"dtype":"F32","shape":[1],"data_offsets":[4,8]})", "leaves a hole"},
      {R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]})", "is too large"},
      {R"({"dtype":"F32","shape":[0,9223372036854775807,3],"data_offsets":[0,0]})", "is too large"},
      {R"({"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,8]})",
       "expected shape as an array"},
      {R"({"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]})",
       "expected shape as an array"},
      {R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})", "found the number -2"},
      {R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})", "not an integer"},
      {R"({"dtype":"F32","shape":2,"data_offsets":[0,8]})", "expected shape as an array"},
      {R"({"dtype":"F32","shape":[[2]],"data_offsets":[0,8]})", "found an array"},
      {R"({"dtype":"F32","shape":[2],"data_offsets":[0]})", "data_offsets are not [begin, end]"},
      {R"({"dtype":"F32","shape":[2],"data_offsets":[0,8,8]})", "found the number 8"},
      {R"({"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,8]})", "dtype 'F8_E4M3' is not supported"},
      {R"({"dtype":null,"shape":[2],"data_offsets":[0,8]})", "found null; expected dtype"},
      {R"({"shape":[2],"data_offsets":[0,8]})", "key 'dtype' is missing"},
      {R"({"dtype":"F32","data_offsets":[0,8]})", "key 'shape' is missing"},
      {R"({"dtype":"F32","shape":[2]})", "key 'data_offsets' is missing"},
      {R"({"dtype":"F32","shape":[2],"data_offsets":[0,8],"strides":[1]})", "unknown key 'strides'"},
      {R"({"dtype":"F32","shape":[2],"data_offsets":[0,8],"shape":[2]})", "key 'shape' occurs twice"},
      {R"({"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]})", "key 'dtype' occurs twice"},
      {R"("F32")", "found a string"},
      {R"([])", "found an array"},
      {R"({"dtype":"F32","shape":{},"data_offsets":[0,8]})", "found an object"},
  };
  for (const auto& [description, expected] : cases) {
    EXPECT_THAT(refusal(described(description)), HasSubstr(expected)) << description;
  }
}

TEST_F(Safetensors, RefusesTwoTensorsOfOneName) {
  const std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                             R"("a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})";
  EXPECT_THAT(refusal(safetensors(header, elements<float>({1, 2}))), HasSubstr("key 'a': occurs twice"));
  EXPECT_THAT(refusal(safetensors(R"({"__metadata__":{"k":"1","k":"2"}})", "")),
              HasSubstr("key 'k' occurs twice"));
  EXPECT_THAT(refusal(safetensors(R"({"__metadata__":{},"__metadata__":{}})", "")),
              HasSubstr("occurs twice"));
}

TEST_F(Safetensors, RefusesOverlappingTensors) {
  const std::string header = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})";
  EXPECT_THAT(refusal(safetensors(header, elements<float>({1, 2, 3}))),
              HasSubstr("'b': data overlaps another tensor"));
}

TEST_F(Safetensors, RefusesAHeaderThatIsNotJson) {
  EXPECT_THAT(refusal(safetensors("{\"a\":", "")), HasSubstr("not valid JSON"));
  EXPECT_THAT(refusal(safetensors("{} {}", "")), HasSubstr("not valid JSON"));
  EXPECT_THAT(refusal(safetensors("{\"\xff\":{}}", "")),
              HasSubstr("byte 10: the header is not valid JSON in UTF-8"));
  EXPECT_THAT(refusal(safetensors(std::string("{\0}", 3), "")), HasSubstr("not valid JSON"));
  EXPECT_THAT(refusal(safetensors("", "{")), HasSubstr("expected '{'"));
  EXPECT_THAT(refusal(safetensors(R"({"__metadata__":{"k":1}})", "")), HasSubstr("expected a string"));
  EXPECT_THAT(refusal(safetensors(R"({"__metadata__":[]})", "")), HasSubstr("expected an object of strings"));
}

TEST_F(Safetensors, RefusesDeepNestingWithoutFollowingIt) {
  const std::string deep(1 << 20, '[');
  EXPECT_THAT(refusal(safetensors("{\"a\":" + deep, "")), HasSubstr("found an array"));
  std::string objects;
  for (int i = 0; i < 1 << 16; ++i) objects += "{\"a\":";
  EXPECT_THAT(refusal(safetensors(objects, "")), HasSubstr("unknown key 'a'"));
}

TEST_F(Safetensors, RefusesIntegersThatDoublesDoNotHold) {
  const std::string header = R"({"a":{"dtype":"I64","shape":[2],"data_offsets":[0,16]}})";
  const std::int64_t limit = std::int64_t{1} << 53;
  EXPECT_EQ(refusal(safetensors(header, elements<std::int64_t>({limit, -limit}))), "accepted");
  EXPECT_THAT(refusal(safetensors(header, elements<std::int64_t>({0, limit + 1}))),
              HasSubstr("tensor 'a', byte 8: an integer lies beyond 2^53"));
  EXPECT_THAT(refusal(safetensors(header, elements<std::int64_t>({INT64_MIN, 0}))), HasSubstr("byte 0"));
  EXPECT_THAT(refusal(safetensors(R"({"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}})", "\x01\x02")),
              HasSubstr("byte 1: a boolean byte is neither 0 nor 1"));
}

TEST_F(Safetensors, WritesTheBytesTheFormatDescribes) {
  write_safetensors(path("a.safetensors"),
                    {{"w", {DType::f32, {1, 2}, {0.5, -2}}}, {"n", {DType::u8, {}, {255}}}},
                    {{"task", "copy"}});
  const std::string header =
      R"({"__metadata__":{"task":"copy"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
      R"("n":{"dtype":"U8","shape":[],"data_offsets":[8,9]}})";
  const std::string padding((8 - header.size() % 8) % 8, ' ');
  EXPECT_EQ(bytes_of(path("a.safetensors")),
            safetensors(header + padding, elements<float>({0.5f, -2}) + "\xff"));
}

TEST_F(Safetensors, WriterRefusesNamesItCannotWrite) {
  const Tensor scalar{DType::f32, {}, {1}};
  EXPECT_THROW(write_safetensors(path("a"), {{"x", scalar}, {"x", scalar}}), exact::InputError);
  EXPECT_THROW(write_safetensors(path("a"), {{"__metadata__", scalar}}), exact::InputError);
  EXPECT_THROW(write_safetensors(path("a"), {{"\xc0\xaf", scalar}}), exact::InputError);
  EXPECT_THROW(write_safetensors(path("a"), {{"x", scalar}}, {{"\xed\xa0\x80", ""}}), exact::InputError);
  EXPECT_FALSE(std::filesystem::exists(path("a")));
}

}  // namespace
}  // namespace crosshead::attention
