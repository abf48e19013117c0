// Writing journals: what may not be continued, and what a system that refuses leaves behind.
#include <csignal>

#include "journals.hpp"
#include <gmock/gmock.h>
#include <sys/resource.h>

namespace crosshead::search {
namespace {

using ::testing::HasSubstr;

class JournalWriting : public Journal {};

TEST_F(JournalWriting, ResumeRefusesAnotherSearch) {
  whole();
  std::vector<ShardResult> records;
  std::uint64_t torn = 0;
  const auto resumed = [&](auto change) {
    JournalHeader other = header_;
    change(other);
    return complaint_of([&] { JournalWriter::resume(path("whole"), other, space_, records, torn); });
  };
  EXPECT_EQ(resumed([](JournalHeader&) {}), "");
  EXPECT_THAT(resumed([](JournalHeader& h) { h.question.claim = BuiltIn::attenuates; }),
              HasSubstr("of another search: its claim is \"amplifies\", expected \"attenuates\""));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.question.fidelity.first_step = 0; }),
              HasSubstr("first_step is 1"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.question.fidelity.sink_counts = false; }),
              HasSubstr("sink_counts is true"));
  EXPECT_THAT(resumed([](JournalHeader& h) {
                h.question.epsilon = {1, 5};
              }),
              HasSubstr("epsilon is \"1/4\""));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.question.mixing.distance = walk::Distance::l1; }),
              HasSubstr("distance is \"tv\", expected \"l1\""));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.question.mixing.start = walk::Start::average; }),
              HasSubstr("start is \"worst\", expected \"average\""));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.space.family = Family::union_sink; }), HasSubstr("family is"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.space.nodes = 5; }), HasSubstr("nodes is 4, expected 5"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.space.ordered = true; }), HasSubstr("ordered is false"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.space.weights = inner_grid(2, 5); }),
              HasSubstr("weights is [\"1/2,1/2\"]"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.symmetry = true; }), HasSubstr("symmetry is false"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.slice.count = 200; }), HasSubstr("slice is [0,210]"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.shard_size = 50; }), HasSubstr("shard_size is 40"));
  EXPECT_THAT(resumed([](JournalHeader& h) { h.part = {1, 2}; }), HasSubstr("part 1/1"));
}

TEST_F(JournalWriting, NothingThatExistsIsOverwritten) {
  whole();
  const std::string before = content_of(path("whole"));
  EXPECT_THROW(JournalWriter::begin(path("whole"), header_), exact::UsageError);
  std::vector<ShardResult> records;
  std::uint64_t torn = 0;
  const auto resume = [&](const std::filesystem::path& file) {
    return complaint_of([&] { JournalWriter::resume(file, header_, space_, records, torn); });
  };
  for (const std::string text : {"notes", "notes\n", "{\"journal\":\"notes", "{\"journal\":1}\n"}) {
    write_file(path("notes"), text);
    EXPECT_THAT(resume(path("notes")), HasSubstr("byte 0"));
    EXPECT_EQ(content_of(path("notes")), text);
  }
  EXPECT_THAT(resume(path("absent")), HasSubstr("there is no such journal"));
  EXPECT_THAT(resume("/dev/full"), HasSubstr("no regular file"));
  EXPECT_THAT(resume(path("")), HasSubstr("no regular file"));
  EXPECT_EQ(content_of(path("whole")), before);
}

TEST_F(JournalWriting, OneWriterAtATime) {
  whole();
  std::vector<ShardResult> records;
  std::uint64_t torn = 0;
  const JournalWriter writer = JournalWriter::resume(path("whole"), header_, space_, records, torn);
  EXPECT_THAT(complaint_of([&] { JournalWriter::resume(path("whole"), header_, space_, records, torn); }),
              HasSubstr("in use by another process"));
}

TEST_F(JournalWriting, AFullDiskLosesNothingThatWasWritten) {
  const std::string content = content_of(whole());
  const auto starts = line_starts(content);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  for (std::size_t room = starts[3]; room < starts[4]; room += 37) {
    JournalWriter writer = JournalWriter::begin(path("full"), header_);
    rlimit limit = before;
    limit.rlim_cur = room;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    writer.append(space_, {records_[0], records_[1]});
    const std::string complaint = complaint_of([&] { writer.append(space_, {records_[2]}); });
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_THAT(complaint, HasSubstr("cannot be written (its first " + std::to_string(starts[3]) +
                                     " bytes are in order): File too large"));
    EXPECT_EQ(content_of(path("full")), content.substr(0, starts[3]));
    writer.append(space_, {records_[2]});  // there is room again
    EXPECT_EQ(content_of(path("full")), content.substr(0, starts[4]));
    std::filesystem::remove(path("full"));
  }
}

}  // namespace
}  // namespace crosshead::search
