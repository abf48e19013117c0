#include <random>

#include "system_documents.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crosshead::heads {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct BadDocument {
  const char* name;
  std::string text;
  const char* place;  ///< what follows the file name
  const char* message;
};

/// How test cases are named.
void PrintTo(const BadDocument& document, std::ostream* out) {
  *out << document.name;
}

std::string with_heads(const std::string& heads, const std::string& more = "") {
  return document(R"("nodes":["u","v"],"heads":)" + heads + more);
}

std::vector<BadDocument> bad_documents() {
  const std::string edges = R"("heads":[{"edges":[]}])";
  const std::string two = R"([{"edges":[]},{"edges":[]}])";
  std::string many = "[";
  for (int i = 0; i < 1025; ++i) many += i > 0 ? R"(,{"edges":[]})" : R"({"edges":[]})";
  many += "]";
  const std::string deep = document(R"("nodes":)" + std::string(100'000, '['));
  return {
      {"Empty", "", "line 1, column 1", "not valid JSON"},
      {"Blank", " \n ", "line 2", "not valid JSON"},
      {"BrokenOnLineTwo", "{\n  \"schema\" 1}", "line 2, column 12", "not valid JSON"},
      {"TrailingText", document(R"("nodes":1,)" + edges) + "x", "line 1, column", "not valid JSON"},
      {"BadUtf8", document("\"name\":\"\xff\""), "line 1, column", "UTF-8"},
      {"NulByte", document(R"("nodes":1,)" + edges) + std::string(1, '\0'), "line 1, column",
       "not valid JSON"},
      {"TooDeep", deep, "nodes[0][0]", "nested deeper than 64 levels"},
      {"NotAnObject", "[]", "", "expected an object"},
      {"NoSchema", R"({"nodes":1,"heads":[{"edges":[]}]})", "", "\"schema\" is missing"},
      {"OtherSchema", R"({"schema":"crosshead.system/2","nodes":1,"heads":[{"edges":[]}]})", "schema",
       "expected \"crosshead.system/1\""},
      {"NumberAsSchema", R"({"schema":1,"nodes":1,"heads":[{"edges":[]}]})", "schema", "found the integer 1"},
      {"UnknownKey", document(R"("nodes":1,"head":[],)" + edges), "head", "known keys here are schema"},
      {"UnknownHeadKey", with_heads(R"([{"edges":[],"edge":[]}])"), "heads[0].edge",
       "known keys here are name"},
      {"DuplicateKey", document(R"("nodes":1,"nodes":2,)" + edges), "nodes", "appears twice"},
      {"DuplicateHeadKey", with_heads(R"([{"edges":[]},{"edges":[],"edges":[]}])"), "heads[1].edges",
       "appears twice"},
      {"NoNodes", document(edges), "", "\"nodes\" is missing"},
      {"ZeroNodes", document(R"("nodes":0,)" + edges), "nodes", "from 1 to 2048"},
      {"NegativeNodes", document(R"("nodes":-3,)" + edges), "nodes", "from 1 to 2048"},
      {"HugeNodes", document(R"("nodes":1000000000000,)" + edges), "nodes",
       "found the integer 1000000000000"},
      {"BeyondInt64Nodes", document(R"("nodes":18446744073709551615,)" + edges), "nodes", "from 1 to 2048"},
      {"BeyondUint64Nodes", document(R"("nodes":99999999999999999999999,)" + edges), "nodes",
       "exceeds 64 bits"},
      {"ExponentNodes", document(R"("nodes":1e12,)" + edges), "nodes", "not written as an integer"},
      {"FloatNodes", document(R"("nodes":2.5,)" + edges), "nodes", "2.5 is not written as an integer"},
      {"StringNodes", document(R"("nodes":"3",)" + edges), "nodes", "found the string \"3\""},
      {"NullNodes", document(R"("nodes":null,)" + edges), "nodes", "found null"},
      {"NoNames", document(R"("nodes":[],)" + edges), "nodes", "found 0"},
      {"EqualNames", document(R"("nodes":["u","v","u"],)" + edges), "nodes[2]", "already taken by nodes[0]"},
      {"NumberAsName", document(R"("nodes":["u",2],)" + edges), "nodes[1]", "found the integer 2"},
      {"EmptyName", document(R"("nodes":[""],)" + edges), "nodes[0]", "must not be empty"},
      {"LineBreakInName", document(R"("nodes":["a\nb"],)" + edges), "nodes[0]", "control characters"},
      {"LongName", document(R"("nodes":1,"name":")" + std::string(300, 'x') + "\"," + edges), "name", "300"},
      {"UnknownSink", document(R"("nodes":["u"],"sink":"w",)" + edges), "sink", "the nodes are u"},
      {"SinkBeyondCount", document(R"("nodes":2,"sink":3,)" + edges), "sink", "a node from 1 to 2"},
      {"SelfLoopsNotBoolean", document(R"("nodes":1,"self_loops":1,)" + edges), "self_loops",
       "true or false"},
      {"NoHeads", document(R"("nodes":1)"), "", "\"heads\" is missing"},
      {"EmptyHeads", with_heads("[]"), "heads", "found 0"},
      {"TooManyHeads", with_heads(many), "heads", "found 1025"},
      {"HeadsNotAList", with_heads("{}"), "heads", "expected a list of heads"},
      {"HeadNotAnObject", with_heads("[[]]"), "heads[0]", "expected an object"},
      {"HeadWithoutKind", with_heads(R"([{"name":"x"}])"), "heads[0]", "exactly one of"},
      {"EdgesAndMatrix", with_heads(R"([{"edges":[],"walk":[[1,0],[0,1]]}])"), "heads[0]", "exactly one of"},
      {"EdgesNotAList", with_heads(R"([{"edges":"u->v"}])"), "heads[0].edges", "a list of edges"},
      {"EdgeNotAPair", with_heads(R"([{"edges":[["u","v","u"]]}])"), "heads[0].edges[0]", "found 3"},
      {"EdgeNotAList", with_heads(R"([{"edges":["uv"]}])"), "heads[0].edges[0]", "expected an edge"},
      {"UnknownEnd", with_heads(R"([{"edges":[["u","v"],["u","w"]]}])"), "heads[0].edges[1][1]",
       "no node is named \"w\"; the nodes are u, v"},
      {"NumberForNamedNode", with_heads(R"([{"edges":[[1,2]]}])"), "heads[0].edges[0][0]", "a node name"},
      {"EndBeyondCount", document(R"("nodes":2,"heads":[{"edges":[[1,3]]}])"), "heads[0].edges[0][1]",
       "a node from 1 to 2"},
      {"EndZero", document(R"("nodes":2,"heads":[{"edges":[[0,1]]}])"), "heads[0].edges[0][0]",
       "a node from 1 to 2"},
      {"EdgeTwice", with_heads(R"([{"edges":[["u","v"],["u","v"]]}])"), "heads[0].edges[1]",
       "u -> v is listed twice"},
      {"RowMissing", with_heads(R"([{"diffusion":[[1,0]]}])"), "heads[0].diffusion", "found 1 rows"},
      {"RowTooLong", with_heads(R"([{"diffusion":[[1,0],[0,1,0]]}])"), "heads[0].diffusion[1]", "found 3"},
      {"RowSum", with_heads(R"([{"diffusion":[["0.3","0.6"],[0,1]]}])"), "heads[0].diffusion[0]",
       "the sum is 9/10"},
      {"ColumnSum", with_heads(R"([{"walk":[["1/2","1/3"],["1/2","1/3"]]}])"), "heads[0].walk",
       "column 1 (counted from 0) must sum to exactly 1, the sum is 2/3"},
      {"NegativeEntry", with_heads(R"([{"diffusion":[["-1","2"],[0,1]]}])"), "heads[0].diffusion[0][0]",
       "must not be negative, found -1"},
      {"FloatEntry", with_heads(R"([{"diffusion":[[0.5,"1/2"],[0,1]]}])"), "heads[0].diffusion[0][0]",
       "in quotes: \"0.5\""},
      {"ZeroDenominator", with_heads(R"([{"diffusion":[["1/0",1],[0,1]]}])"), "heads[0].diffusion[0][0]",
       "denominator is zero"},
      {"WordForNumber", with_heads(R"([{"walk":[["one",1],[0,1]]}])"), "heads[0].walk[0][0]", "not a number"},
      {"NullEntry", with_heads(R"([{"walk":[[null,1],[0,1]]}])"), "heads[0].walk[0][0]", "of type null"},
      {"AttentionNotAnObject", with_heads(R"([{"attention":"a.npy"}])"), "heads[0].attention",
       "expected an object"},
      {"AttentionWithoutFile", with_heads(R"([{"attention":{"head":0}}])"), "heads[0].attention",
       "\"file\" is missing"},
      {"AttentionUnknownKey", with_heads(R"([{"attention":{"file":"a.npy","heads":0}}])"),
       "heads[0].attention.heads", "known keys here are file"},
      {"AttentionNegativeHead", with_heads(R"([{"attention":{"file":"a.npy","head":-1}}])"),
       "heads[0].attention.head", "counted from 0"},
      {"WeightMissing", with_heads(two, R"(,"weights":[1])"), "weights", "expected 2 weights"},
      {"WeightSum", with_heads(two, R"(,"weights":["0.3","0.6"])"), "weights", "the sum is 9/10"},
      {"NegativeWeight", with_heads(two, R"(,"weights":["-1/2","3/2"])"), "weights[0]",
       "must not be negative"},
      {"FloatWeight", with_heads(two, R"(,"weights":[0.5,0.5])"), "weights[0]", "in quotes: \"0.5\""},
      {"WeightsNotAList", with_heads(two, R"(,"weights":"1/2,1/2")"), "weights", "a list of weights"},
  };
}

class BadSystemFile : public ::testing::TestWithParam<BadDocument> {};

TEST_P(BadSystemFile, IsRefusedWithFilePlaceAndReason) {
  const BadDocument& bad = GetParam();
  const std::string place = *bad.place == '\0' ? "" : std::string(bad.place);
  EXPECT_THAT(complaint(bad.text), AllOf(StartsWith("folder/system.json: " + place), HasSubstr(bad.message)));
}

INSTANTIATE_TEST_SUITE_P(Every, BadSystemFile, ::testing::ValuesIn(bad_documents()),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(ParseSystem, RefusesEveryTruncation) {
  const std::string text = kExample;
  ASSERT_EQ(complaint(text), "accepted");
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_THAT(complaint(text.substr(0, length)), StartsWith("folder/system.json: line ")) << length;
  }
}

TEST(ParseSystem, SurvivesCorruptedBytes) {
  std::mt19937 random(20250702);
  const std::string alphabet =
      "{}[]\",:0123456789-+.eEx/nulltruefalse\\ u\n\t\x80\xff" + std::string(1, '\0');
  int refused = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string text = kExample;
    const int changes = 1 + static_cast<int>(random() % 4);
    for (int change = 0; change < changes; ++change) {
      const std::size_t at = random() % text.size();
      const char byte =
          random() % 2 == 0 ? alphabet[random() % alphabet.size()] : static_cast<char>(random() % 256);
      switch (random() % 3) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        default:
          text.erase(at, 1 + random() % 8);
          break;
      }
    }
    if (complaint(text) != "accepted") ++refused;
  }
  EXPECT_GT(refused, 3000);
}

}  // namespace
}  // namespace crosshead::heads
