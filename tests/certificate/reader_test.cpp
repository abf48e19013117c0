// Reading back: the round trip, and a complaint with the place for every kind of damage.
#include <filesystem>
#include <fstream>

#include "certificate/example_certificates.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::certificate {
namespace {

using nlohmann::ordered_json;
using testing::full_certificate;
using ::testing::HasSubstr;
using testing::lazy_pair_certificate;
using testing::replaced;

std::string full_text() {
  return *write(full_certificate()).text;
}

/// Expects a complaint about `text` at `place` that says `message`.
void expect_refused(const std::string& text, const std::string& place, const std::string& message) {
  try {
    parse(text, "c.json");
    ADD_FAILURE() << "accepted; expected a complaint at " << place << ": " << message;
  } catch (const exact::InputError& error) {
    EXPECT_EQ(error.file(), "c.json");
    EXPECT_EQ(error.place(), place) << error.what();
    EXPECT_THAT(error.message(), HasSubstr(message));
  }
}

/// The full certificate with the value at `pointer` replaced.
std::string with(const std::string& pointer, const ordered_json& value) {
  ordered_json document = ordered_json::parse(full_text());
  document.at(ordered_json::json_pointer(pointer)) = value;
  return document.dump();
}

std::string without(const std::string& pointer, const std::string& key) {
  ordered_json document = ordered_json::parse(full_text());
  auto& object = document.at(ordered_json::json_pointer(pointer));
  if (object.erase(key) != 1) throw std::invalid_argument("no key " + key);
  return document.dump();
}

/// As a place in a complaint: readings[0].systems for /readings/0/systems.
std::string place_of(const std::string& pointer) {
  std::string place, part;
  std::istringstream parts(pointer.substr(1));
  while (std::getline(parts, part, '/')) {
    if (part.find_first_not_of("0123456789") == std::string::npos) {
      place += "[" + part + "]";
    } else {
      place += (place.empty() ? "" : ".") + part;
    }
  }
  return place;
}

TEST(Reader, RoundTrip) {
  for (const Certificate& certificate : {lazy_pair_certificate(), full_certificate()}) {
    const std::string text = *write(certificate).text;
    const Certificate back = parse(text, "c.json");
    EXPECT_EQ(*write(back).text, text);
    EXPECT_EQ(back.claim, certificate.claim);
    ASSERT_EQ(back.readings.size(), certificate.readings.size());
    for (std::size_t r = 0; r < back.readings.size(); ++r) {
      ASSERT_EQ(back.readings[r].systems.size(), certificate.readings[r].systems.size());
      for (std::size_t s = 0; s < back.readings[r].systems.size(); ++s) {
        EXPECT_EQ(back.readings[r].systems[s].facts, certificate.readings[r].systems[s].facts);
      }
    }
  }
  const Certificate back = parse(full_text(), "c.json");
  EXPECT_EQ(back.kind, claim::ClaimKind::definition);
  EXPECT_EQ(back.ledger, std::string(64, 'a'));
  EXPECT_EQ(back.readings[1].statement.convention.mixing.distance, walk::Distance::l1);
  EXPECT_EQ(back.readings[1].statement.convention.mixing.start, walk::Start::average);
  EXPECT_EQ(back.readings[1].statement.convention.fidelity.first_step, 0);
  EXPECT_FALSE(back.readings[1].statement.convention.fidelity.sink_counts);
  EXPECT_EQ(back.readings[1].witness->at(3).word, (std::vector<int>{2, 1, 1}));
  EXPECT_EQ(back.readings[1].witness->at(0).system, 0U);
}

TEST(Reader, AnyLayoutOfTheSameValues) {
  const std::string compact = ordered_json::parse(full_text()).dump();
  EXPECT_EQ(*write(parse(compact, "c.json")).text, full_text());
}

TEST(Reader, NotJson) {
  const std::string text = full_text();
  expect_refused("", "line 1, column 1", "not valid JSON");
  expect_refused(text + "{",
                 "line " + std::to_string(std::count(text.begin(), text.end(), '\n') + 1) + ", column 1",
                 "not valid JSON");
  for (std::size_t length : {std::size_t{1}, text.size() / 3, text.size() / 2, text.size() - 3}) {
    EXPECT_THROW(parse(text.substr(0, length), "c.json"), exact::InputError);
  }
  expect_refused("[]", "", "expected an object, found an array");
  expect_refused("7", "", "expected an object, found the integer 7");
  EXPECT_THROW(parse(std::string(100, '['), "c.json"), exact::InputError);
  expect_refused(replaced(text, "\"kind\": ", "\"kind\": \"claim\", \"kind\": "), "kind", "twice");
  expect_refused(replaced(text, "\"time\": 1", "\"time\": 1.0"), "readings[0].systems[0].facts[1].proof.time",
                 "not written as an integer");
}

/// Every key of every object is needed unless FORMAT.md says `?`, and nothing else is allowed.
TEST(Reader, EveryKeyAtItsPlace) {
  int tried = 0;
  const std::function<void(const ordered_json&, const std::string&)> visit = [&](const ordered_json& value,
                                                                                 const std::string& pointer) {
    for (const auto& [key, item] : value.items()) {
      const std::string here = pointer + "/" + key;
      if (item.is_structured()) visit(item, here);
      if (!value.is_object() || pointer.find("/printed") != std::string::npos) continue;
      ++tried;
      SCOPED_TRACE(here);
      // Without the key, the place is the object, or a hash that no longer matches for an optional one.
      EXPECT_THROW(parse(without(pointer, key), "c.json"), exact::InputError);
      ordered_json document = ordered_json::parse(full_text());
      auto& object = document.at(ordered_json::json_pointer(pointer));
      object["surplus"] = 1;
      EXPECT_THROW(parse(document.dump(), "c.json"), exact::InputError);
      if (object.size() < 3) continue;
      // The first key moved to the end.
      object.erase("surplus");
      const std::string first = object.begin().key();
      const ordered_json moved = object.front();
      object.erase(first);
      object[first] = moved;
      EXPECT_THROW(parse(document.dump(), "c.json"), exact::InputError);
    }
  };
  visit(ordered_json::parse(full_text()), "");
  EXPECT_GT(tried, 100);
  expect_refused(without("/readings/0", "truth"), "readings[0]",
                 "expected the key \"truth\" where \"systems\" stands");
  expect_refused(without("", "sha256"), "", "expected the key \"sha256\" at the end");
}

/// Every scalar replaced by a value of another type is refused at its very place.
TEST(Reader, EveryTypeIsChecked) {
  int tried = 0;
  const std::function<void(const ordered_json&, const std::string&)> visit = [&](const ordered_json& value,
                                                                                 const std::string& pointer) {
    if (!pointer.empty()) {
      ++tried;
      const ordered_json wrong = value.is_null()      ? ordered_json(1)
                                 : value.is_boolean() ? ordered_json("true")
                                                      : ordered_json(nullptr);
      try {
        parse(with(pointer, wrong), "c.json");
        ADD_FAILURE() << pointer << " may be " << wrong;
      } catch (const exact::InputError& error) {
        EXPECT_EQ(error.place(), place_of(pointer)) << error.what();
      }
    }
    for (const auto& [key, item] : value.items()) {
      if (value.is_structured()) visit(item, pointer + "/" + key);
    }
  };
  visit(ordered_json::parse(full_text()), "");
  EXPECT_GT(tried, 200);
}

TEST(Reader, ValuesOutOfBounds) {
  const std::string system = "/readings/1/systems/0/system", facts = "/readings/1/systems/0/facts";
  const std::vector<std::tuple<std::string, ordered_json, std::string>> damages = {
      {"/format", "crosshead.certificate/2", "expected \"crosshead.certificate/1\""},
      {"/verdict", "verified", "the readings give the verdict \"not-a-claim\""},
      {"/kind", "theorem", "expected one of \"claim\", \"definition\""},
      {"/readings/0/role", "Stated", "expected one of \"stated\", \"hypothesis\", \"fact\""},
      {"/readings/0/convention/first_step", 2, "at least 0 and at most 1"},
      {"/readings/0/convention/first_step", -1, "at least 0"},
      {"/readings/0/convention/distance", "TV", "expected one of \"tv\", \"l1\""},
      {"/readings/0/convention/start", "best", "expected one of \"worst\", \"average\""},
      {"/readings/0/formula", ordered_json::array(), "an operation and its parts"},
      {"/readings/0/formula/1/0", 2, "an operation"},
      {"/readings/0/formula/1", ordered_json::object(), "expected a tree"},
      {"/readings/0/formula/1", true, "expected a tree"},
      {"/readings/1/printed/x", "-3.5", "expected a number"},
      {"/readings/1/printed/x", "-0", "expected a number"},
      {"/readings/1/printed/table", ordered_json::array(), "at least one row"},
      {"/readings/1/printed/table/1", {"1"}, "rows of one length"},
      {"/readings/1/witness/1/value", "4/2", "lowest terms"},
      {"/readings/1/witness/2/weights", ordered_json::array(), "at least one weight"},
      {"/readings/1/witness/3/word/0", 0, "at least 1"},
      {system + "/nodes", 0, "at least 1"},
      {system + "/nodes", std::uint64_t{1} << 63, "at most"},
      {system + "/sink", 4, "at most 3"},
      {system + "/heads", ordered_json::array(), "at least one head"},
      {system + "/heads/0", ordered_json::object(), "expected \"edges\", \"diffusion\" or \"walk\""},
      {system + "/heads/0/diffusion/0/1", "-1/2", "not negative"},
      {system + "/heads/0/diffusion/0/1", "2/4", "lowest terms"},
      {system + "/heads/0/diffusion/0/1", "+1", "expected a number"},
      {system + "/heads/0/diffusion/0/1", "01", "lowest terms"},
      {system + "/heads/0/diffusion/0/1", "1/1", "lowest terms"},
      {system + "/heads/0/diffusion/0/1", "1/0", "expected a number"},
      {system + "/heads/0/diffusion/0/1", "0.5", "lowest terms"},
      {system + "/heads/0/diffusion/0/1", "", "expected a number"},
      {system + "/heads/0/diffusion/0", {"1", "0"}, "expected a row (3 values)"},
      {system + "/heads/0/diffusion", ordered_json::array(), "the rows of a matrix (3 values)"},
      {system + "/weights", {"1/3", "2/3"}, "one weight for each head (3 values)"},
      {system + "/weights", {"1/3", "1/3", "1/4"}, "weights sum to 1, these to 11/12"},
      {system + "/weights/2", "-1/3", "not negative"},
      {"/readings/0/given/heads/0/edges/1", {1, 1}, "ascending order"},
      {"/readings/0/given/heads/0/edges/1", {1, 2, 2}, "an edge [j, i] (2 values)"},
      {facts + "/0/of", "head 4", "expected \"mean\" or \"head k\" for one of 3 heads"},
      {facts + "/0/of", "head 01", "expected \"mean\" or \"head k\""},
      {facts + "/0/node", 4, "at most 3"},
      {facts + "/0/proof/by", "inspection", "no argument has this name"},
      {facts + "/1/proof/horizon", 0, "at least 1"},
      {facts + "/1/proof/time", -1, "at least 0"},
      {facts + "/1/proof/vector", {"1"}, "a vector (3 values)"},
      {facts + "/3/proof/laws", ordered_json::array(), "at least one law"},
      {facts + "/3/proof/laws/1", {"1"}, "a vector (3 values)"},
      {facts + "/4/proof/roots", ordered_json::array(), "at least one root"},
      {facts + "/5/t_mix_l1", -1, "at least 0"},
      {"/hashes/claim", std::string(64, '0'), "the hash does not match"},
      {"/hashes/systems/1", std::string(64, '0'), "the hash does not match"},
      {"/hashes/systems", ordered_json::array(), "a hash for each system"},
      {"/hashes/ledger", std::string(64, 'A'), "64 hexadecimal digits in lower case"},
      {"/hashes/ledger", "abc", "64 hexadecimal digits"},
      {"/sha256", std::string(64, '0'), "the hash does not match"},
  };
  for (const auto& [pointer, value, message] : damages) {
    SCOPED_TRACE(pointer + " = " + value.dump());
    expect_refused(with(pointer, value), place_of(pointer), message);
  }
}

TEST(Reader, Structure) {
  expect_refused(with("/readings/0/role", "fact"), "readings", "no reading is stated");
  expect_refused(with("/readings", ordered_json::array()), "readings", "no reading is stated");
  expect_refused(with("/readings/1/witness/0/system/sink", 1), "readings[1].witness[0].system",
                 "is not listed");
  expect_refused(without("/readings/1/witness/3", "word"), "readings[1].witness[3]", "\"name\" and one of");
  expect_refused(with("/readings/1/printed", ordered_json::object()), "readings[1].printed",
                 "at least one name");
  ordered_json document = ordered_json::parse(full_text());
  auto& printed = document["readings"][1]["printed"];
  const ordered_json first = printed["table"];
  printed.erase("table");
  printed["x"] = "1";
  printed["table"] = first;
  expect_refused(document.dump(), "readings[1].printed", "the name \"table\" is not in ascending order");
}

/// A change that keeps every rule but the hashes is noticed by these.
TEST(Reader, ValuesAgainstHashes) {
  expect_refused(with("/claim/id", "X-other"), "hashes.claim", "does not match");
  expect_refused(with("/readings/0/name", "x"), "hashes.claim", "does not match");
  expect_refused(with("/readings/0/text", "phi_min(mean) = 1"), "hashes.claim", "does not match");
  expect_refused(with("/readings/0/formula/2/2", 3), "hashes.claim", "does not match");
  expect_refused(with("/readings/0/given/sink", 1), "hashes.claim", "does not match");
  expect_refused(with("/readings/1/printed/x", "1"), "hashes.claim", "does not match");
  expect_refused(with("/readings/0/systems/0/system/sink", 1), "hashes.systems[0]", "does not match");
  expect_refused(with("/readings/0/truth", false), "sha256", "does not match");
  expect_refused(with("/readings/1/systems/0/facts/0/phi", "1"), "sha256", "does not match");
  expect_refused(with("/hashes/ledger", std::string(64, 'b')), "sha256", "does not match");
}

TEST(Reader, Files) {
  EXPECT_THROW(read("/nonexistent/c.json"), exact::InputError);
  EXPECT_THROW(read("/"), exact::InputError);
  const std::filesystem::path file = std::filesystem::temp_directory_path() /
                                     ("crosshead_reader_test." + std::to_string(::getpid()) + ".json");
  std::ofstream(file) << full_text();
  EXPECT_EQ(*write(read(file)).text, full_text());
  std::filesystem::remove(file);
  EXPECT_THROW(parse(std::string(kMostBytes + 1, ' '), "c.json"), exact::InputError);
}

}  // namespace
}  // namespace crosshead::certificate
