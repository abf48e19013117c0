#include <cmath>
#include <cstdlib>

#include "tensor_pickle_bytes.hpp"
#include "tensor_zip_bytes.hpp"

namespace crosshead::attention {
namespace {

using namespace pickle_bytes;
using ::testing::HasSubstr;

std::vector<ZipBytes::Entry> entries(const std::string& pickle) {
  return {{"model/data.pkl", pickle},
          {"model/byteorder", "little"},
          {"model/data/0", elements<float>({0, 1, 2, 3, 4, 5})},
          {"model/data/1", elements<std::int64_t>({-7, (std::int64_t{1} << 53) + 1})},
          {"model/version", "3\n"}};
}
std::string archive(const std::string& pickle) {
  return ZipBytes(entries(pickle)).bytes;
}

const std::string kSix = storage("FloatStorage", "0", 6);
const std::string kTwo = storage("LongStorage", "1", 2);

using StateDict = TensorFiles;

TEST_F(StateDict, ReadsStridedViewsOfStorages) {
  const std::string metadata = "}" + text("_metadata") + kDict + "s";
  const std::string bytes =
      kProtocol + kDict + "q\x01(" + text("plain") + "q\x02" + view(kSix, 0, {2, 3}, {3, 1}) +
      text("transposed") + view(kSix, 0, {3, 2}, {1, 3}) + text("tail") + view(kSix, 4, {2}, {1}) +
      text("scalar") + view(kTwo, 0, {}, {}) + text("empty") + view(kSix, 6, {0, 4}, {4, 1}) +
      text("repeated") + view(kSix, 5, {3, 1}, {0, 9}) + "u" + metadata + "b.";
  const TensorFile file(file_of(archive(bytes)));
  ASSERT_EQ(file.tensors().size(), 6u);
  EXPECT_EQ(file.tensors()[1].first, "transposed");
  EXPECT_EQ(file.tensors()[1].second.shape, (std::vector<std::int64_t>{3, 2}));
  EXPECT_EQ(file.read("plain").values, (std::vector<double>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(file.read("transposed").values, (std::vector<double>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(file.read("tail").values, (std::vector<double>{4, 5}));
  EXPECT_EQ(file.read("scalar").values, (std::vector<double>{-7}));
  EXPECT_EQ(file.read("scalar").dtype, DType::i64);
  EXPECT_TRUE(file.read("empty").values.empty());
  EXPECT_EQ(file.read("repeated").values, (std::vector<double>{5, 5, 5}));
  EXPECT_TRUE(file.metadata().empty());
}

TEST_F(StateDict, AcceptsAPlainDictAndTheMemo) {
  const std::string bytes = "\x80\x02}r" + little_endian(70000, 4) + text("a") + view(kSix, 0, {6}, {1}) +
                            "q\x07s" + text("b") + "h\x07sj" + little_endian(70000, 4);
  // The dict stays below, so the copy fetched from the memo is one value too many.
  EXPECT_THAT(refusal(archive(bytes + ".")), HasSubstr("STOP leaves values on the stack"));
  const NamedTensors tensors = read_all(file_of(archive(bytes.substr(0, bytes.size() - 5) + ".")));
  ASSERT_EQ(tensors.size(), 2u);
  EXPECT_EQ(tensors[0].second.values, tensors[1].second.values);
}

TEST_F(StateDict, RefusesEveryOtherGlobal) {
  for (const auto& [module, name] : {std::pair<const char*, const char*>{"os", "system"},
                                     {"builtins", "eval"},
                                     {"posix", "system"},
                                     {"collections", "defaultdict"},
                                     {"torch._utils", "_rebuild_parameter"},
                                     {"torch", "QInt8Storage"},
                                     {"", ""}}) {
    const std::string bytes = kProtocol + global(module, name) + "(" + text("true") + "tR.";
    EXPECT_THAT(refusal(archive(bytes)), HasSubstr("entry 'model/data.pkl', byte 2: global '" +
                                                   std::string(module) + "." + name + "' is refused"));
  }
}

TEST_F(StateDict, RefusesEveryOtherOperation) {
  const std::string allowed = "c})(t\x85\x86\x87XUqrhjJKM\x8a\x88\x89NRQsub.";
  for (int code = 0; code < 256; ++code) {
    const char operation = static_cast<char>(code);
    if (allowed.find(operation) != std::string::npos) continue;
    EXPECT_THAT(refusal(archive(std::string("\x80\x02") + operation + std::string(16, '\0'))),
                HasSubstr("byte 2: pickle operation "))
        << code;
  }
  EXPECT_THAT(refusal(archive("\x80\x02\x93.")), HasSubstr("operation STACK_GLOBAL has no place"));
  EXPECT_THAT(refusal(archive("\x80\x02\xff.")), HasSubstr("operation byte 0xff has no place"));
}

TEST_F(StateDict, RefusesADamagedPickle) {
  const std::string good = view(kSix, 0, {2, 3}, {3, 1});
  const std::string twice = text("a") + good + text("a") + good;
  const std::pair<std::string, const char*> cases[] = {
      {"", "the pickle ends at byte 0"},
      {"}.", "expected PROTO 2"},
      {"\x80\x04}.", "pickle protocol 4; expected 2"},
      {"\x80\x02.", "the stack is empty; expected a value for STOP"},
      {"\x80\x02}", "the pickle ends"},
      {"\x80\x02}}.", "STOP leaves values"},
      {"\x80\x02(}.", "STOP leaves values"},
      {"\x80\x02}..", "bytes follow STOP"},
      {"\x80\x02N.", "holds None; expected a dict of tensors"},
      {kProtocol + good + ".", "holds a tensor; expected a dict"},
      {"\x80\x02t.", "no MARK on the stack"},
      {"\x80\x02N\x86.", "the stack holds too few values; expected 2"},
      {"\x80\x02N(N\x86.", "the stack holds too few values; expected 2"},
      {"\x80\x02(s.", "the stack is empty"},
      {"\x80\x02NNNs.", "found None; expected a dict"},
      {"\x80\x02}(Nu.", "a key has no value"},
      {"\x80\x02}NNs.", "a key is None; expected text"},
      {"\x80\x02Nq", "the pickle ends at byte 4"},
      {"\x80\x02q\x01.", "expected a value to remember"},
      {"\x80\x02h\x01.", "nothing has been remembered as number 1"},
      {"\x80\x02X" + little_endian(0xffffffff, 4) + "x", "expected 4294967295 more bytes"},
      {"\x80\x02X" + little_endian(1, 4) + "\xff", "is not UTF-8"},
      {"\x80\x02"
       "cos",
       "a line of the pickle has no end"},
      {"\x80\x02\x8a\x09" + std::string(9, '\0'), "an integer of 9 bytes"},
      {"\x80\x02}}" + text("hooks") + "Nsb.", "attribute 'hooks' has no place"},
      {"\x80\x02}}b}b.", "a second BUILD"},
      {kProtocol + global("collections", "OrderedDict") + "N\x85R.", "OrderedDict with arguments"},
      {kProtocol + global("torch", "FloatStorage") + ")R.", "a storage type is called"},
      {"\x80\x02N)R.", "found None; expected a global to call"},
      {kProtocol + kRebuild + ")R.", "_rebuild_tensor_v2 with 0 arguments; expected 6"},
      {pickle(twice), "key 'a' occurs twice"},
      {pickle(text("epoch") + number(3)), "key 'epoch' holds an integer; expected a tensor"},
      {pickle(text("model") + kDict), "key 'model' holds a dict; expected a tensor"},
      {pickle(text("storage") + kSix), "key 'storage' holds a storage"},
  };
  for (const auto& [bytes, expected] : cases)
    EXPECT_THAT(refusal(archive(bytes)), HasSubstr(expected)) << bytes;
}

TEST_F(StateDict, SurvivesADictThatContainsItself) {
  EXPECT_THAT(refusal(archive("\x80\x02}q\x01" + text("a") + "h\x01s.")), HasSubstr("'a' holds a dict"));
}

TEST_F(StateDict, RefusesAViewBeyondItsStorage) {
  const std::pair<std::string, const char*> cases[] = {
      {view(kSix, 0, {7}, {1}), "has more elements than its storage (6)"},
      {view(kSix, 0, {7}, {0}), "has more elements than its storage (6)"},
      {view(kSix, 0, {2000000000, 2000000000, 2000000000}, {0, 0, 0}), "has more elements than its storage"},
      {view(kSix, 1, {2, 3}, {3, 1}), "reaches beyond its storage of 6 elements"},
      {view(kSix, 0, {2, 3}, {4, 1}), "reaches beyond its storage"},
      {view(kSix, 7, {0}, {1}), "reaches beyond its storage"},
      {view(kSix, 0, {6, 1, 0}, {2000000000, 1, 1}), "accepted"},
      {view(kSix, 0, {2, 2}, {2000000000, 2000000000}), "reaches beyond its storage"},
      {view(kSix, 0, {0xffffffff}, {1}), "found -1; expected a size from 0"},
      {view(kSix, 0, {2}, {0xffffffff}), "found -1; expected a stride from 0"},
      {view(kSix, 0xffffffff, {2}, {1}), "found -1; expected an offset from 0"},
      {view(kSix, 0, {2}, {1, 1}), "1 sizes, but 2 strides"},
      {view("N", 0, {2}, {1}), "found None; expected a storage"},
  };
  for (const auto& [tensor, expected] : cases) {
    EXPECT_THAT(refusal(archive(pickle(text("a") + tensor))), HasSubstr(expected)) << expected;
  }
  std::string many = "(";
  for (int i = 0; i < 65; ++i) many += "K\x01";
  EXPECT_THAT(refusal(archive(pickle(text("a") + kRebuild + "(" + kSix + "K" + std::string(1, '\0') + many +
                                     "t" + many + "t\x89" + kDict + "tR"))),
              HasSubstr("more than 64 dimensions"));
}

TEST_F(StateDict, RefusesAStorageOfAnotherSize) {
  const auto refused = [&](const std::string& storage) {
    return refusal(archive(pickle(text("a") + view(storage, 0, {1}, {1}))));
  };
  EXPECT_THAT(refused(storage("FloatStorage", "0", 5)),
              HasSubstr("entry 'model/data/0': holds 24 bytes; expected 5"));
  EXPECT_THAT(refused(storage("FloatStorage", "0", 7)), HasSubstr("expected 7 elements of float32"));
  EXPECT_THAT(refused(storage("DoubleStorage", "0", 6)), HasSubstr("expected 6 elements of float64"));
  EXPECT_THAT(refused(storage("FloatStorage", "9", 6)),
              HasSubstr("needs storage '9', which the archive lacks"));
  EXPECT_THAT(refused(storage("FloatStorage", "", 6)), HasSubstr("a storage's key is empty"));
  EXPECT_THAT(refused("(" + text("storage") + "tQ"),
              HasSubstr("expected ('storage', type, key, device, elements)"));
  EXPECT_THAT(refused("(" + text("module") + "NNNNtQ"),
              HasSubstr("expected ('storage', type, key, device, elements)"));
  EXPECT_THAT(refused("(" + text("storage") + kRebuild + text("0") + text("cpu") + number(6) + "tQ"),
              HasSubstr("found a function; expected a storage type"));
}

TEST_F(StateDict, RefusesIntegersThatDoublesDoNotHold) {
  EXPECT_THAT(refusal(archive(pickle(text("a") + view(kTwo, 0, {2}, {1})))),
              HasSubstr("entry 'model/data/1': tensor 'a', element 1: an integer lies beyond 2^53"));
}

TEST_F(StateDict, RefusesAnArchiveOfAnotherKind) {
  const std::string empty = pickle("");
  EXPECT_TRUE(read_all(file_of(archive(empty))).empty());
  auto parts = entries(empty);
  parts[1].content = "big";
  EXPECT_THAT(refusal(ZipBytes(parts).bytes), HasSubstr("entry 'model/byteorder': is not 'little'"));
  parts[1] = {"other/data.pkl", empty};
  EXPECT_THAT(refusal(ZipBytes(parts).bytes), HasSubstr("a second data.pkl"));
  parts[1] = {"model/data.pkl", empty};
  EXPECT_THAT(refusal(ZipBytes(parts).bytes), HasSubstr("occurs twice in the archive"));
  EXPECT_THAT(refusal(pickle(text("a"))), HasSubstr("perhaps PyTorch's format before 1.6"));
}

TEST(PublishedCheckpoints, AllReadWithSixtyTensors) {
  const char* given = std::getenv("CROSSHEAD_PUBLISHED");
  const std::filesystem::path folder =
      (given ? std::filesystem::path(given)
             : std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "../shared/data/published") /
      "checkpoints";
  ASSERT_TRUE(given == nullptr || std::filesystem::is_directory(folder)) << folder << " is no folder";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << "the published checkpoints are not here; set CROSSHEAD_PUBLISHED to their folder";
  }
  for (const char* task : {"copy", "cycle"}) {
    for (const char* heads : {"1", "4", "8", "16"}) {
      const auto path = folder / (std::string(heads) + "_heads_" + task + ".pt");
      const TensorFile file(path);
      EXPECT_EQ(file.tensors().size(), 60u) << path;
      std::size_t parameters = 0;
      for (const auto& [name, info] : file.tensors()) {
        EXPECT_EQ(info.dtype, DType::f32);
        for (double value : file.read(name).values) {
          EXPECT_TRUE(std::isfinite(value));
          ++parameters;
        }
      }
      EXPECT_EQ(parameters, 172800u) << path;
      EXPECT_EQ(file.tensors().front().first, "token_emb.weight");
      EXPECT_EQ(file.read("pos_emb.weight").shape, (std::vector<std::int64_t>{100, 64}));
    }
  }
}

}  // namespace
}  // namespace crosshead::attention
