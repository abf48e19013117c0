// The corpus: every certificate of tests/certificates gets the answer that expected.txt states.
#include <fstream>
#include <sstream>

#include "src/checker/certificate.hpp"
#include <gtest/gtest.h>

namespace {

using crosshead::checker::replay;

const std::string corpus = std::string(CROSSHEAD_SOURCE_DIR) + "/tests/certificates/";

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

TEST(Corpus, EveryCertificateGetsItsAnswer) {
  std::ifstream expected(corpus + "expected.txt");
  int accepted = 0, rejected = 0;
  for (std::string line; std::getline(expected, line);) {
    std::size_t tab = line.find('\t');
    ASSERT_NE(tab, line.npos);
    std::string file = line.substr(0, tab), answer = line.substr(tab + 1);
    auto outcome = replay(bytes_of(corpus + file), 400000000);
    if (file.rfind("accept/", 0) == 0) {
      EXPECT_TRUE(outcome.accepted) << file;
      EXPECT_EQ(outcome.line, answer) << file;
      ++accepted;
    } else {
      EXPECT_FALSE(outcome.accepted) << file;
      EXPECT_EQ(outcome.line.rfind("rejected: ", 0), 0u) << file;
      EXPECT_NE(outcome.line.find(answer.substr(10)), std::string::npos) << file << "\n"
                                                                         << answer << "\n"
                                                                         << outcome.line;
      ++rejected;
    }
  }
  EXPECT_GT(accepted, 40);
  EXPECT_GT(rejected, 2 * accepted);
}

TEST(Corpus, NoPrefixOfACertificateIsAccepted) {
  std::string whole = bytes_of(corpus + "accept/superharmonic.json");
  while (whole.back() == '\n') whole.pop_back();
  ASSERT_TRUE(replay(whole).accepted);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(replay(whole.substr(0, size)).accepted) << size;
}

TEST(Corpus, NoChangedByteIsAccepted) {
  std::string whole = bytes_of(corpus + "accept/superharmonic.json");
  for (std::size_t k = 0; k < whole.size(); ++k) {
    if (std::isspace(static_cast<unsigned char>(whole[k]))) continue;
    std::string other = whole;
    other[k] = static_cast<char>(other[k] ^ 1);
    EXPECT_FALSE(replay(other).accepted) << k << " " << other[k];
  }
}

}  // namespace
