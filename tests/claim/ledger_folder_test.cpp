// Claim files in folders: where they and their systems are found, and in which order a ledger lists them.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "crosshead/claim/ledger.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::claim {
namespace {

std::string with_id(const std::string& id, const std::string& section = "3") {
  return "id = \"" + id + "\"\nsection = \"" + section +
         "\"\nsource = \"s\"\nstatement = \"t\"\nexpected = \"verified\"\n"
         "[[reading]]\nname = \"r\"\nexpected = true\nformula = \"1 < 2\"\n";
}

const std::string kClaim = with_id("C1");

/// Claim files in folders.
class ClaimFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(root_);
    for (const char* folder : {"proofs/ledger", "proofs/systems", "mine"})
      std::filesystem::create_directories(root_ / folder);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
    return root_ / name;
  }
  std::string complaint(const std::filesystem::path& file) const {
    try {
      read_claim(file, root_ / "proofs");
    } catch (const exact::InputError& error) {
      return error.what();
    }
    return "";
  }

  const std::filesystem::path root_ = std::filesystem::path(::testing::TempDir()) /
                                      ("claims." + std::to_string(::getpid()) + "." +
                                       ::testing::UnitTest::GetInstance()->current_test_info()->name());
  static std::string system(int nodes) {
    return R"({"schema": "crosshead.system/1", "name": "s", "nodes": )" + std::to_string(nodes) +
           R"(, "self_loops": true, "heads": [{"edges": []}]})";
  }
};

TEST_F(ClaimFolder, TheLedgerNamesFilesById) {
  EXPECT_EQ(complaint(write("proofs/ledger/C1.toml", kClaim)), "");
  const auto other = write("proofs/ledger/C2.toml", kClaim);
  EXPECT_EQ(complaint(other), other.string() +
                                  ": line 1, column 6: in the ledger the id must equal the file's "
                                  "name, 'C2'");
  EXPECT_EQ(complaint(write("mine/any-name.toml", kClaim)), "");
  EXPECT_EQ(read_claim(root_ / "mine/any-name.toml", "").id, "C1");
}

TEST_F(ClaimFolder, SystemsBesideTheClaimComeFirst) {
  write("proofs/systems/s.json", system(2));
  const std::string text = "system = \"s.json\"\n" + kClaim;
  const auto mine = write("mine/my.toml", text), ledger = write("proofs/ledger/C1.toml", text);
  EXPECT_EQ(read_claim(mine, root_ / "proofs").system.value().size(), 2);
  write("mine/s.json", system(3));
  write("proofs/ledger/s.json", system(4));
  EXPECT_EQ(read_claim(mine, root_ / "proofs").system.value().size(), 3);
  EXPECT_EQ(read_claim(mine, "").system.value().size(), 3);
  EXPECT_EQ(read_claim(ledger, root_ / "proofs").system.value().size(), 2);
}

TEST_F(ClaimFolder, AMissingSystemNamesThePlacesSearched) {
  const auto mine = write("mine/my.toml", "system = \"s.json\"\n" + kClaim);
  EXPECT_EQ(complaint(mine), mine.string() + ": line 1, column 10: there is no system file 's.json' in " +
                                 (root_ / "mine").string() + " and " + (root_ / "proofs/systems").string());
}

TEST_F(ClaimFolder, ABrokenSystemIsNamedItself) {
  write("mine/s.json", "{");
  const auto mine = write("mine/my.toml", "system = \"s.json\"\n" + kClaim);
  EXPECT_EQ(complaint(mine).find((root_ / "mine/s.json").string() + ": line 1"), 0U) << complaint(mine);
  write("mine/s.json", R"({"schema": "crosshead.system/1", "name": "s", "nodes": 2, "heads": [{"attention":
      {"file": "a.npy"}}]})");
  EXPECT_NE(complaint(mine).find("must be given by edges or matrices"), std::string::npos) << complaint(mine);
}

TEST_F(ClaimFolder, FilesThatCannotBeRead) {
  EXPECT_NE(complaint(root_ / "absent.toml").find("cannot be opened"), std::string::npos);
  EXPECT_NE(complaint(root_ / "mine").find("is a directory"), std::string::npos);
  EXPECT_THROW(read_ledger(root_ / "nothing"), exact::InputError);
  EXPECT_THROW(read_ledger(root_ / "proofs"), exact::InputError);  // no claims are there
}

TEST_F(ClaimFolder, RecordsBesideTheClaimsAreNoClaim) {
  write("proofs/ledger/C1.toml", kClaim);
  write("proofs/ledger/records.toml", "[[record]]\nclaim = \"amplifies\"\n");
  EXPECT_EQ(read_ledger(root_ / "proofs").size(), 1U);
  write("proofs/ledger/my-records.toml", "[[record]]\nclaim = \"amplifies\"\n");
  EXPECT_THROW(read_ledger(root_ / "proofs"), exact::InputError);
}

TEST_F(ClaimFolder, TheLedgerIsInNaturalOrder) {
  for (const std::string id : {"E3.13-a", "E3.8-b", "E3.8-a"})
    write("proofs/ledger/" + id + ".toml", with_id(id));
  write("proofs/ledger/A.toml", with_id("A", "10"));
  std::vector<std::string> ids;
  for (const LedgerEntry& entry : read_ledger(root_ / "proofs")) ids.push_back(entry.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"E3.8-a", "E3.8-b", "E3.13-a", "A"}));
}

}  // namespace
}  // namespace crosshead::claim
