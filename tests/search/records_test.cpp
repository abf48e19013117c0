// The file of best-known values: what is read, what is refused and where, and the checked-in one.
#include "crosshead/search/records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/exhaustive.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using ::testing::HasSubstr;

// Lines 2 to 8.
const std::string kEntry =
    "[[record]]\n"
    "claim = \"amplifies\"\n"
    "maximise = \"gain\"\n"
    "nodes = 3\n"
    "heads = [\"1>2 2>3\", \"1>2,3 2>3\"]\n"
    "value = \"-1/12\"\n"
    "found = \"by hand\"\n";

std::string complaint(const std::string& text) {
  try {
    parse_records(text, "records.toml");
  } catch (const exact::InputError& error) {
    return error.what();
  }
  return "";
}

std::string with(const std::string& line, const std::string& instead) {
  std::string text = kEntry;
  const std::size_t at = text.find(line);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, line.size(), instead);
}

TEST(Records, AreReadAndWrittenBack) {
  const std::string mixing =
      "[[record]]\nclaim = \"mixes-slower\"\nmaximise = \"ratio\"\nepsilon = \"1/10\"\nnodes = 3\nheads = [\n"
      "  \"1>3 2>3\",\n  \"1>2 2>3\",\n]\ngrid = 6\nweights = [\"1/3\", \"2/3\"]\nvalue = \"7/5\"\n"
      "found = \"crosshead \\\"x\\\"\"\noptimal = \"y\"\n";
  const std::vector<Record> records = parse_records(kEntry + mixing, "records.toml");
  ASSERT_EQ(records.size(), 2U);
  const Record& first = records[0];
  EXPECT_EQ(first.objective.question.claim, BuiltIn::amplifies);
  EXPECT_EQ(first.system.weights, (std::vector<Rational>{{1, 2}, {1, 2}}));
  EXPECT_EQ(first.system.heads[0].graph->successors(0), (std::vector<int>{0, 1}));
  EXPECT_EQ(first.system.heads[1].graph->successors(0), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(first.system.heads[1].graph->successors(2), (std::vector<int>{2}));
  EXPECT_EQ(first.value, Rational(-1, 12));
  EXPECT_EQ(exact_value(first.system, first.objective), first.value);  // GuidedValues.OfAPairByHand
  EXPECT_EQ(name_of(first), "amplifies-gain-3-2");
  EXPECT_EQ(name_of(records[1]), "mixes-slower-ratio-3-2-grid-6-epsilon-1-10");
  EXPECT_EQ(records[1].found, "crosshead \"x\"");
  EXPECT_EQ(record_text(records[1]), mixing);
  EXPECT_EQ(record_text(parse_records(record_text(first), "again")[0]), record_text(first));
  EXPECT_TRUE(parse_records("", "records.toml").empty());
}

TEST(Records, CompactEdgesRoundTrip) {
  for (const char* text : {"1>2 2>3 3>4 4>5 5>6", "1>2-6 2>6 3>4,5 4>5 5>6", "1>3-5 2>4,6 5>6", ""})
    EXPECT_EQ(compact_edges(graph_of_compact_edges(text, 6)), text);
  const auto refused = [](const std::string& text) {
    try {
      graph_of_compact_edges(text, 6);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const std::string at = "character ";
  EXPECT_EQ(refused("1>7"), at + "3 of the edges: nodes are 1 to 6, found 7");
  EXPECT_EQ(refused("0>2"), at + "1 of the edges: nodes are 1 to 6, found 0");
  EXPECT_EQ(refused("1>2,x"), at + "5 of the edges: expected the number of a node");
  EXPECT_EQ(refused("1>-2"), at + "3 of the edges: expected the number of a node");
  EXPECT_EQ(refused("1-2"), at + "2 of the edges: expected '>'");
  EXPECT_EQ(refused("1>2  2>3"), at + "5 of the edges: expected the number of a node");
  EXPECT_EQ(refused("1>2;2>3"), at + "4 of the edges: expected a blank");
  EXPECT_EQ(refused("2>3 1>2"), at + "6 of the edges: sources ascend, but 1 follows 2");
  EXPECT_EQ(refused("1>3,2"), at + "6 of the edges: the targets of 1 must ascend");
  EXPECT_EQ(refused("1>4-3"), at + "6 of the edges: the targets of 1 must ascend");
  EXPECT_EQ(refused("3>3"), at + "4 of the edges: edges lead forward, but 3>3 does not");
  EXPECT_EQ(refused("1>99999999999"), at + "3 of the edges: expected the number of a node");
}

TEST(Records, ComplaintsHaveLineAndColumn) {
  ASSERT_EQ(complaint(kEntry), "");
  EXPECT_THAT(complaint("[[record]"), HasSubstr("records.toml: line 1, column"));
  EXPECT_THAT(complaint("title = 1\n"), HasSubstr("records.toml: line 1, column 1: unknown key 'title'"));
  EXPECT_THAT(complaint("record = 1\n"), HasSubstr("line 1, column 10: records are tables [[record]]"));
  EXPECT_THAT(complaint(kEntry + "extra = 1\n"), HasSubstr("line 8, column 1: unknown key 'extra'"));
  EXPECT_THAT(complaint(with("\"amplifies\"", "\"doubles\"")),
              HasSubstr("line 2, column 9: no claim 'doubles' to search for (claims: amplifies"));
  EXPECT_THAT(complaint(with("\"gain\"", "\"most\"")), HasSubstr("line 3, column 12: no measure 'most'"));
  EXPECT_THAT(complaint(with("nodes = 3", "nodes = \"3\"")),
              HasSubstr("line 4, column 9: 'nodes' must be a positive integer"));
  EXPECT_THAT(complaint(with("nodes = 3", "nodes = 65")),
              HasSubstr("line 4, column 9: 'nodes' must be 2 to 64"));
  EXPECT_THAT(complaint(with("nodes = 3\n", "")), HasSubstr("line 1, column 1: the key 'nodes' is missing"));
  EXPECT_THAT(complaint(with("1>2 2>3", "1>2 2>4")),
              HasSubstr("line 5, column 10: character 7 of the edges: nodes are 1 to 3, found 4"));
  EXPECT_THAT(complaint(with("\"1>2,3 2>3\"", "\"1>2,3\"")),
              HasSubstr("line 5, column 21: node 2 has no edge: only the last node may be a sink"));
  EXPECT_THAT(complaint(with("1>2,3 2>3", "1>2 2>3")),
              HasSubstr("line 5, column 21: the heads of a system are"));
  EXPECT_THAT(complaint(with(", \"1>2,3 2>3\"", "")),
              HasSubstr("line 1, column 1: a guided search is over 2 to 16"));
  EXPECT_THAT(complaint(with("[\"1>2 2>3\", \"1>2,3 2>3\"]", "3")),
              HasSubstr("line 5, column 9: 'heads' must be a list"));
  EXPECT_THAT(complaint(with("\"-1/12\"", "0.5")), HasSubstr("line 6, column 9: 'value' must be a string"));
  EXPECT_THAT(complaint(with("\"-1/12\"", "\"1/0\"")), HasSubstr("line 6, column 9: "));
  EXPECT_THAT(complaint(with("found = \"by hand\"\n", "")),
              HasSubstr("line 1, column 1: the key 'found' is missing"));
  EXPECT_THAT(complaint(kEntry + "epsilon = \"1/4\"\n"),
              HasSubstr("line 8, column 11: 'epsilon' is for mixing"));
  EXPECT_THAT(complaint(with("amplifies", "mixes-faster")),
              HasSubstr("line 1, column 1: the key 'epsilon' is missing"));
  EXPECT_THAT(complaint(with("amplifies", "mixes-faster") + "epsilon = \"1\"\n"),
              HasSubstr("line 8, column 11: 'epsilon' must be above 0 and below 1"));
  EXPECT_THAT(complaint(kEntry + "weights = [\"1/2\", \"1/3\"]\n"),
              HasSubstr("line 8, column 11: 'weights' must be 2 positive numbers with sum 1"));
  EXPECT_THAT(complaint(kEntry + "weights = [\"1/3\", \"2/3\"]\ngrid = 4\n"),
              HasSubstr("line 8, column 11: 1/3 is no multiple of 1/4"));
  EXPECT_THAT(complaint(kEntry + "grid = 4\n"), HasSubstr("line 8, column 8: 'grid' needs 'weights'"));
  EXPECT_THAT(complaint(kEntry + kEntry),
              HasSubstr("line 8, column 1: the record amplifies-gain-3-2 is already in line 1"));
  EXPECT_THAT(complaint("[[record]]\nvalue = 1979-05-27Tx\n"), HasSubstr("records.toml: "));
  EXPECT_THROW(read_records("no-such-file.toml"), exact::InputError);
}

// Given weights are the same record in any order of the heads; a grid is another one.
TEST(Records, CompeteByWhatWasAllowed) {
  const std::string a = kEntry + "weights = [\"1/3\", \"2/3\"]\n",
                    b = kEntry + "weights = [\"2/3\", \"1/3\"]\n";
  EXPECT_THAT(complaint(a + b), HasSubstr("amplifies-gain-3-2-weights-1-3-2-3 is already"));
  EXPECT_EQ(complaint(a + kEntry + a + "grid = 3\n"), "");
}

/// The checked-in ones; the audit checks their values, and that certificates of them are accepted.
std::vector<Record> checked_in() {
  return read_records(std::string(CROSSHEAD_SOURCE_DIR) + "/proofs/ledger/records.toml");
}

TEST(Records, AreWrittenAsTheProgramWritesThem) {
  std::string text;
  for (const Record& record : checked_in()) text += "\n" + record_text(record);
  std::string file;
  for (const Record& record : parse_records(text, "written")) file += "\n" + record_text(record);
  EXPECT_EQ(text, file);
  EXPECT_GE(checked_in().size(), 50U);
}

// Up to five nodes; enumerations of six nodes take seconds.
TEST(Records, CalledOptimalAreTheLargestOfTheirFamily) {
  int compared = 0;
  for (const Record& record : checked_in()) {
    if (record.optimal.empty() || record.space.nodes > 5) continue;
    SCOPED_TRACE(name_of(record));
    ASSERT_EQ(record.objective.measure, Measure::gain);
    const SystemSpace space({Family::unique_sink, record.space.nodes, record.space.heads, false,
                             uniform_weights(record.space.heads)});
    const ExhaustiveSearch search(space, record.objective.question, 1);
    EXPECT_EQ(search.run(space.all()).extreme.value().gain, record.value);
    ++compared;
  }
  EXPECT_EQ(compared, 8);
}

}  // namespace
}  // namespace crosshead::search
