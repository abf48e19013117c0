// Journals: every damage is either what a killed program can leave, and then recovered, or refused with its
// place.
#include "crosshead/search/journal.hpp"

#include "journals.hpp"
#include <gmock/gmock.h>

#include "crosshead/search/shard_run.hpp"

namespace crosshead::search {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Journal, GivesBackWhatWasWritten) {
  std::uint64_t torn = 1;
  ASSERT_EQ(records_.size(), 6U);
  expect_prefix(read(whole(), &torn), 6);
  EXPECT_EQ(torn, 0U);
  EXPECT_TRUE(std::any_of(records_.begin(), records_.end(), [](const auto& r) { return r.result.first; }));
  EXPECT_TRUE(std::any_of(records_.begin(), records_.end(), [](const auto& r) { return !r.result.first; }));
}

TEST_F(Journal, HeaderSurvivesEveryField) {
  JournalHeader header = header_;
  header.question = {BuiltIn::mixes_slower, {0, false}, {1, 100}};
  header.question.mixing = {walk::Distance::l1, walk::Start::average};
  header.symmetry = true;
  header.space = {Family::optional_loops, 3, 2, true, {{{1, 3}, {2, 3}}, {{1, 7}, {6, 7}}}};
  header.weights_name = "some \"weights\"\n";
  header.slice = {17, 1000};
  header.shard_size = 100;
  header.part = {3, 4};
  const std::string line = header_line(header);
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  const JournalHeader back = parse_header_line(line.substr(0, line.size() - 1), "file");
  EXPECT_EQ(header_line(back), line);
  EXPECT_EQ(back.question.claim, BuiltIn::mixes_slower);
  EXPECT_EQ(back.question.fidelity.first_step, 0);
  EXPECT_FALSE(back.question.fidelity.sink_counts);
  EXPECT_EQ(back.question.epsilon, exact::Rational(1, 100));
  EXPECT_EQ(back.question.mixing.distance, walk::Distance::l1);
  EXPECT_EQ(back.question.mixing.start, walk::Start::average);
  EXPECT_TRUE(back.symmetry);
  EXPECT_EQ(back.space.family, Family::optional_loops);
  EXPECT_TRUE(back.space.ordered);
  EXPECT_EQ(back.space.weights, header.space.weights);
  EXPECT_EQ(back.slice.first, 17U);
  EXPECT_EQ(back.part, (ShardPart{3, 4}));
}

TEST_F(Journal, TruncatedAnywhereIsRecoveredUpToTheLastWholeRecord) {
  const std::string content = content_of(whole());
  const std::vector<std::size_t> starts = line_starts(content);
  for (std::size_t length = 0; length < content.size(); ++length) {
    write_file(path("cut"), content.substr(0, length));
    std::size_t lines = 0;
    while (starts[lines + 1] <= length) ++lines;
    if (lines == 0) {
      EXPECT_THAT(complaint_of([&] { read(path("cut")); }),
                  HasSubstr("byte 0: the journal ends within its first line: nothing is journalled"));
    } else {
      std::uint64_t torn = 0;
      expect_prefix(read(path("cut"), &torn), lines - 1);
      EXPECT_EQ(torn, length - starts[lines]);
    }
    // Continued from there it is the same journal again.
    std::vector<ShardResult> records;
    std::uint64_t torn = 0;
    {
      JournalWriter writer = JournalWriter::resume(path("cut"), header_, space_, records, torn);
      expect_prefix(records, lines == 0 ? 0 : lines - 1);
      EXPECT_EQ(torn, length - starts[lines]);
      writer.append(space_, {records_.begin() + static_cast<std::ptrdiff_t>(records.size()), records_.end()});
    }
    ASSERT_EQ(content_of(path("cut")), content) << length;
  }
}

TEST_F(Journal, AnyFlippedBitIsRefusedOrCutsTheLastRecord) {
  const std::string content = content_of(whole());
  const std::vector<std::size_t> starts = line_starts(content);
  for (std::size_t place = 0; place < content.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = content;
      damaged[place] = static_cast<char>(damaged[place] ^ (1 << bit));
      if (place + 1 == content.size()) {
        // Without its newline the last record counts as torn.
        write_file(path("damaged"), damaged);
        std::uint64_t torn = 0;
        expect_prefix(read(path("damaged"), &torn), 5);
        EXPECT_GT(torn, 0U);
        continue;
      }
      std::size_t line = 0;
      while (starts[line + 1] <= place) ++line;
      EXPECT_THAT(complaint(damaged), HasSubstr("byte " + std::to_string(starts[line]) + ": "))
          << "bit " << bit << " of byte " << place;
    }
  }
}

TEST_F(Journal, ADuplicatedRecordIsRefused) {
  const std::string content = content_of(whole());
  const auto starts = line_starts(content);
  const std::string second = content.substr(starts[2], starts[3] - starts[2]);
  EXPECT_THAT(complaint(content + second), HasSubstr("byte " + std::to_string(content.size()) +
                                                     ": the record of ranks 40 to 79 is there twice"));
}

TEST_F(Journal, TheOrderOfRecordsDoesNotMatter) {
  const std::string content = content_of(whole());
  const auto starts = line_starts(content);
  std::string turned = content.substr(0, starts[1]);
  for (std::size_t line = starts.size() - 2; line > 0; --line) {
    turned += content.substr(starts[line], starts[line + 1] - starts[line]);
  }
  write_file(path("turned"), turned);
  std::vector<ShardResult> found = read(path("turned"));
  std::reverse(found.begin(), found.end());
  expect_prefix(found, 6);
}

TEST_F(Journal, ALostLineIsALostShard) {
  const std::string content = content_of(whole());
  const auto starts = line_starts(content);
  write_file(path("gap"), content.substr(0, starts[2]) + content.substr(starts[3]));
  EXPECT_EQ(read(path("gap")).size(), 5U);
}

TEST_F(Journal, ARecordOfAnotherSearchIsRefused) {
  JournalHeader other = header_;
  other.question.claim = BuiltIn::attenuates;
  const std::string header = header_line(header_);
  const std::string record = RecordText(other).line(space_, records_[0]);
  EXPECT_THAT(complaint(header + record), HasSubstr("byte " + std::to_string(header.size()) +
                                                    ": the record is damaged, or of another journal"));
  EXPECT_THAT(complaint(header + header), HasSubstr("of another journal"));
  EXPECT_EQ(complaint(header + RecordText(header_).line(space_, records_[0])), "");
}

TEST_F(Journal, RecordsThatCannotBeAreRefused) {
  const auto refused = [&](auto change) {
    ShardResult record = records_[0];
    change(record);
    return complaint(header_line(header_) + RecordText(header_).line(space_, record));
  };
  ASSERT_TRUE(records_[0].result.extreme || records_[1].result.extreme);
  EXPECT_EQ(refused([](ShardResult&) {}), "");
  EXPECT_THAT(refused([](ShardResult& r) { r.shard.first = 40; }), Not(""));
  EXPECT_THAT(refused([](ShardResult& r) { r.result.counts.candidates = 39; }), HasSubstr("contradict"));
  EXPECT_THAT(refused([](ShardResult& r) { r.shard.count = r.result.counts.candidates = 41; }),
              HasSubstr("is no shard of the journal's search"));
  EXPECT_THAT(refused([](ShardResult& r) { r.shard.first = 210; }), HasSubstr("not in the space"));
  EXPECT_THAT(refused([](ShardResult& r) { r.result.counts.ties = 41; }), HasSubstr("ties is more than"));
  EXPECT_THAT(refused([](ShardResult& r) { r.result.counts.ties = r.result.counts.undefined = 30; }),
              HasSubstr("contradict"));
  EXPECT_THAT(refused([&](ShardResult& r) {
                r.result.first = r.result.first ? std::nullopt : std::optional(space_.at(0));
              }),
              HasSubstr("there are witnesses exactly if one is named"));
  for (const ShardResult& with : records_) {
    if (!with.result.extreme) continue;
    ShardResult record = with;
    record.result.extreme->gain = 0;
    EXPECT_THAT(complaint(header_line(header_) + RecordText(header_).line(space_, record)),
                HasSubstr("the gain is not positive"));
    record = with;
    record.result.first = space_.at(with.shard.first + with.shard.count == 210 ? 0 : 209);
    EXPECT_THAT(complaint(header_line(header_) + RecordText(header_).line(space_, record)),
                HasSubstr("is not in the shard"));
  }
}

TEST_F(Journal, ARecordOfAnotherPartIsRefused) {
  header_ = small_header({2, 3});
  const std::string right = RecordText(header_).line(space_, records_[1]);
  EXPECT_EQ(complaint(header_line(header_) + right), "");
  EXPECT_THAT(complaint(header_line(header_) + RecordText(header_).line(space_, records_[2])),
              HasSubstr("does not belong to the journal's part 2/3"));
}

}  // namespace
}  // namespace crosshead::search
