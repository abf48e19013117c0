// What is written, byte by byte: a certificate derived by hand, hashes over canonical texts written by hand.
#include "certificate/example_certificates.hpp"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace crosshead::certificate {
namespace {

using testing::full_certificate;
using testing::lazy_pair_certificate;

// FIPS 180-4, examples of SHA-256; the last is of one million times the letter a.
TEST(Sha256, PublishedExamples) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

const std::string kSystem = R"({"nodes":2,"sink":2,"heads":[{"edges":[[1,1],[1,2],[2,2]]}],"weights":["1"]})";
const std::string kClaim =
    R"({"id":"X-pair","section":"3","source":"eq. 25","statement":"The lazy pair keeps half."})";
const std::string kConvention = R"({"first_step":1,"sink_counts":true,"distance":"tv","start":"worst"})";
const std::string kFormula = "phi_min(mean) = 1/2 and t_mix(mean, 1/4) = 2";
const std::string kTree = R"(["and",["=",["min_over",["j",["..",1,"n"]],["phi","mean","j"]],["/",1,2]],)"
                          R"(["=",["t_mix","mean",["/",1,4]],2]])";

// s_1 = 1 - 2^-t: node 1 absorbs and is certainly reached, y = (1, 1). s_2 = 2^-t: the largest is 1/2 at t =
// 1, and node 2 is never reached from node 1, so that h = (0, 1) and x_1 . h = 1/2. The distance is 2^-t.
TEST(Writer, HandDerivedCertificate) {
  const std::string hash_of_claim = sha256("[" + kClaim + R"(,["as stated","stated",")" + kFormula + "\"," +
                                           kTree + "," + kConvention + ",null," + kSystem + "]]");
  const std::string hash_of_system = sha256(kSystem);
  const std::string facts =
      R"([{"of":"mean","node":1,"phi":"1","attained":false,"proof":{"by":"absorbing","vector":["1","1"]}},)"
      R"({"of":"mean","node":2,"phi":"1/2","attained":true,)"
      R"("proof":{"by":"superharmonic","time":1,"horizon":1,"vector":["0","1"]}},)"
      R"({"of":"mean","t_mix":2,"epsilon":"1/4"}])";
  const std::string body = R"({"format":"crosshead.certificate/1","claim":)" + kClaim +
                           R"(,"verdict":"verified","kind":"claim","readings":[{"name":"as stated",)"
                           R"("role":"stated","text":")" +
                           kFormula + R"(","formula":)" + kTree + R"(,"convention":)" + kConvention +
                           R"(,"given":)" + kSystem + R"(,"truth":true,"systems":[{"system":)" + kSystem +
                           R"(,"facts":)" + facts + R"(}]}],"hashes":{"claim":")" + hash_of_claim +
                           R"(","systems":[")" + hash_of_system + R"("]})";
  const std::string expected = body + R"(,"sha256":")" + sha256(body + "}") + "\"}";
  const TextOrReason text = write(lazy_pair_certificate());
  ASSERT_TRUE(text.text) << text.reason;
  EXPECT_EQ(nlohmann::ordered_json::parse(*text.text).dump(), expected);
}

TEST(Writer, LayoutForReaders) {
  const std::string text = write(lazy_pair_certificate()).text.value();
  const std::string beginning = R"({
  "format": "crosshead.certificate/1",
  "claim": {"id": "X-pair", "section": "3", "source": "eq. 25", "statement": "The lazy pair keeps half."},
  "verdict": "verified",
  "kind": "claim",
  "readings": [
    {
      "name": "as stated",
      "role": "stated",
      "text": "phi_min(mean) = 1/2 and t_mix(mean, 1/4) = 2",
      "formula": ["and",
        ["=", ["min_over", ["j", ["..", 1, "n"]], ["phi", "mean", "j"]], ["/", 1, 2]],
        ["=", ["t_mix", "mean", ["/", 1, 4]], 2]
      ],
      "convention": {"first_step": 1, "sink_counts": true, "distance": "tv", "start": "worst"},
      "given": {"nodes": 2, "sink": 2, "heads": [{"edges": [[1, 1], [1, 2], [2, 2]]}], "weights": ["1"]},
)";
  EXPECT_EQ(text.substr(0, beginning.size()), beginning);
  EXPECT_EQ(text.substr(text.size() - 4), "\"\n}\n");
}

/// However long, rows, vectors and lists of edges stay on one line.
TEST(Writer, LongRowsStayOnOneLine) {
  Certificate certificate = lazy_pair_certificate();
  heads::HeadSystem wide;
  const int n = 60;
  for (int k = 0; k < n; ++k) wide.nodes.push_back("");
  wide.weights = {exact::Rational(1, 2), exact::Rational(1, 2)};
  wide.heads.resize(2);
  wide.heads[0].graph.emplace(n, true);
  wide.heads[1].diffusion = exact::RationalMatrix(n);
  for (int k = 0; k < n; ++k) wide.heads[1].diffusion->append(k, k, 1);
  certificate.readings[0].statement.given = wide;
  const std::string text = write(certificate).text.value();
  EXPECT_NE(text.find("[58, 58], [59, 59], [60, 60]]"), std::string::npos);
  std::string row = "[\"1\"";
  for (int k = 1; k < n; ++k) row += ", \"0\"";
  EXPECT_NE(text.find("\n              " + row + "],\n"), std::string::npos);
}

TEST(Writer, SameBytesForTheSameCertificate) {
  EXPECT_EQ(*write(full_certificate()).text, *write(full_certificate()).text);
  Certificate renamed = lazy_pair_certificate();
  renamed.readings[0].statement.given->name = "another name";
  renamed.readings[0].statement.given->nodes = {"a", "b"};
  renamed.readings[0].systems[0].system.heads[0].name = "x";
  EXPECT_EQ(*write(renamed).text, *write(lazy_pair_certificate()).text);
}

TEST(Writer, VerdictFromTheTruths) {
  using claim::ClaimKind;
  using claim::Role;
  using claim::Verdict;
  const auto verdict = [](std::vector<std::pair<Role, bool>> readings, ClaimKind kind = ClaimKind::claim) {
    Certificate certificate;
    certificate.kind = kind;
    for (const auto& [role, truth] : readings) {
      Reading& reading = certificate.readings.emplace_back();
      reading.statement.role = role;
      reading.truth = truth;
    }
    return verdict_of(certificate);
  };
  const Role stated = Role::stated, hypothesis = Role::hypothesis, fact = Role::fact;
  EXPECT_EQ(verdict({{stated, true}, {stated, true}}), Verdict::verified);
  EXPECT_EQ(verdict({{stated, false}, {stated, true}}), Verdict::ambiguous);
  EXPECT_EQ(verdict({{stated, false}, {fact, true}}), Verdict::refuted);
  EXPECT_EQ(verdict({{stated, false}, {hypothesis, true}}), Verdict::holds_if);
  EXPECT_EQ(verdict({{stated, false}, {hypothesis, true}, {hypothesis, false}}), Verdict::refuted);
  EXPECT_EQ(verdict({{stated, true}, {hypothesis, false}}), Verdict::verified);
  EXPECT_EQ(verdict({{stated, false}}, ClaimKind::definition), Verdict::not_a_claim);
  EXPECT_EQ(verdict({{hypothesis, true}, {fact, true}}), std::nullopt);
  EXPECT_EQ(verdict({}), std::nullopt);
}

TEST(Writer, RefusesWhatHasNoVerdict) {
  Certificate certificate = lazy_pair_certificate();
  certificate.readings[0].statement.role = claim::Role::fact;
  EXPECT_EQ(write(certificate).reason, "no reading is stated");
  certificate.readings.clear();
  EXPECT_FALSE(write(certificate).text);
}

TEST(Writer, RefusesTextsThatAreNotUtf8) {
  Certificate certificate = lazy_pair_certificate();
  certificate.claim.source = "caf\xE9";
  EXPECT_EQ(write(certificate).reason, "a text of the claim is not UTF-8");
}

TEST(Writer, RefusesControlCharacters) {
  Certificate certificate = lazy_pair_certificate();
  certificate.claim.source = "a line\nand another";
  EXPECT_TRUE(write(certificate).text);
  certificate.claim.source = "a bell\x07";
  EXPECT_EQ(write(certificate).reason, "a text of the claim has control characters");
  certificate.claim.source = std::string("a\0b", 3);
  EXPECT_EQ(write(certificate).reason, "a text of the claim has control characters");
}

TEST(Writer, RefusesOversize) {
  Certificate certificate = lazy_pair_certificate();
  certificate.claim.statement = std::string(kMostBytes, 'x');
  const TextOrReason text = write(certificate);
  EXPECT_FALSE(text.text);
  EXPECT_NE(text.reason.find("more than 33554432"), std::string::npos) << text.reason;
}

}  // namespace
}  // namespace crosshead::certificate
