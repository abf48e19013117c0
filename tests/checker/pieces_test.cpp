// The parts of the checker by themselves: hashes, numbers, JSON; expected values worked out by hand or
// published.
#include "src/checker/json.hpp"
#include "src/checker/limits.hpp"
#include "src/checker/number.hpp"
#include "src/checker/sha256.hpp"
#include <gtest/gtest.h>

namespace {

using namespace crosshead::checker;

// FIPS 180-4 and the NIST examples.
TEST(Sha256, PublishedVectors) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      sha256(
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
          "mnopqrstnopqrstu"),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

mpq_class rational(const std::string& text) {
  return read_json("\"" + text + "\"")->root.rational();
}

TEST(Rational, CanonicalTextAlone) {
  EXPECT_EQ(rational("0"), 0);
  EXPECT_EQ(rational("-7"), -7);
  EXPECT_EQ(rational("-7/3"), mpq_class(-7, 3));
  for (const char* bad : {"", "-", "+1", "01", "-0", "1/1", "2/4", "1/0", "0/1", "1/-2", "1.0", " 1", "1 ",
                          "1/2/3", "0x1", "1e3", "a", "/", "1/"})
    EXPECT_THROW(rational(bad), Rejected) << bad;
}

TEST(Reading, CanonicalTextOfValues) {
  auto document = read_json(" { \"a\" : [ 1 , -20 , true , null , \"x\\n\\u0001\\\"\" ] } \n");
  EXPECT_EQ(document->root.text, "{\"a\":[1,-20,true,null,\"x\\n\\u0001\\\"\"]}");
  EXPECT_EQ(document->root.items[1].items[4].string(), "x\n\x01\"");
  EXPECT_EQ(place_of(document->root, &document->root.items[1].items[2]), ".a[2]");
  for (const char* bad : {"",
                          "{",
                          "[1,]",
                          "[1 2]",
                          "{\"a\"}",
                          "{1:2}",
                          "01",
                          "1.5",
                          "1e2",
                          "-",
                          "nul",
                          "\"\\u0041\"",
                          "\"\\x\"",
                          "\"\x80\"",
                          "\"\xc0\xaf\"",
                          "\"\xed\xa0\x80\"",
                          "\"\xf4\x90\x80\x80\"",
                          "\"\t\"",
                          "[] []",
                          "\"",
                          "'a'"})
    EXPECT_THROW(read_json(bad), Rejected) << bad;
  EXPECT_EQ(read_json("\"\xcf\x84\xf0\x9f\x98\x80\"")->root.string(), "\xcf\x84\xf0\x9f\x98\x80");
}

TEST(Reading, MembersInOrder) {
  auto document = read_json("{\"a\":1,\"c\":2}");
  auto found = document->root.members({"a", "b?", "c"});
  EXPECT_EQ(found[0]->integer(0), 1);
  EXPECT_EQ(found[1], nullptr);
  EXPECT_EQ(found[2]->integer(0), 2);
  EXPECT_THROW(document->root.members({"a"}), Rejected);
  EXPECT_THROW(document->root.members({"c", "a"}), Rejected);
  EXPECT_THROW(document->root.members({"a", "b", "c"}), Rejected);
  EXPECT_THROW(read_json("{\"a\":1,\"a\":1}")->root.members({"a"}), Rejected);
}

TEST(Enclosure, Exponential) {
  // e = 2.71828182845904523536028747135266249775724709369995957..., 1/e =
  // 0.36787944117144232159552377016146086744581113...
  mpq_class e(
      "271828182845904523536028747135266249775724709369995/"
      "100000000000000000000000000000000000000000000000000");
  mpq_class unit("1/100000000000000000000000000000000000000000000000000");
  Number one = exponential(Number(1)), inverse = exponential(Number(-1)), zero = exponential(Number(0));
  EXPECT_LE(one.lower, e + unit);
  EXPECT_GE(one.lower, e - unit);
  EXPECT_GE(one.upper, e);
  EXPECT_LE(one.upper, e + unit);
  EXPECT_LT(inverse.lower * e, 1);
  EXPECT_GT(inverse.upper * (e + unit), 1);
  EXPECT_TRUE(zero.exact());
  EXPECT_EQ(zero.lower, 1);
  mpq_class least = mpq_class(1, 1) / (mpq_class(mpz_class(1) << 80));
  for (const char* x : {"1000", "-1000", "1/3", "-999/7", "1/1000000000"}) {
    Number bounds = exponential(Number(mpq_class(x)));
    EXPECT_LT(bounds.lower, bounds.upper);
    EXPECT_LT(mpq_class((bounds.upper - bounds.lower) / bounds.lower), least) << x;
    Number product = bounds * exponential(Number(-mpq_class(x)));
    EXPECT_EQ(less(product, Number(1)), Truth::unknown) << x;
  }
  EXPECT_THROW(exponential(Number(1001)), Rejected);
}

TEST(Enclosure, ArithmeticKeepsBounds) {
  Number x(mpq_class(-1), mpq_class(2)), undefined;
  EXPECT_EQ((x * x).lower, -2);
  EXPECT_EQ((x * x).upper, 4);
  EXPECT_EQ(power(x, Number(2)).lower, 0);
  EXPECT_EQ(power(x, Number(2)).upper, 4);
  EXPECT_EQ(power(x, Number(3)).lower, -1);
  EXPECT_FALSE((Number(1) / x).defined);
  EXPECT_FALSE((Number(1) / Number(0)).defined);
  EXPECT_FALSE((undefined * Number(0)).defined);
  EXPECT_FALSE(power(Number(0), Number(-1)).defined);
  EXPECT_FALSE(power(Number(2), Number(mpq_class(1, 2))).defined);
  EXPECT_EQ(power(Number(mpq_class(-2, 3)), Number(-3)).lower, mpq_class(-27, 8));
  EXPECT_EQ(power(Number(0), Number(0)).lower, 1);
  EXPECT_EQ(absolute(x).lower, 0);
  EXPECT_EQ(absolute(x).upper, 2);
  EXPECT_EQ(floor_of(Number(mpq_class(-1, 2))).lower, -1);
  EXPECT_EQ(less(x, Number(3)), Truth::yes);
  EXPECT_EQ(less(x, Number(2)), Truth::unknown);
  EXPECT_EQ(less(x, Number(-1)), Truth::no);
  EXPECT_EQ(equal(x, Number(3)), Truth::no);
  EXPECT_EQ(equal(x, x), Truth::unknown);
  EXPECT_EQ(equal(undefined, Number(3)), Truth::unknown);
  EXPECT_EQ(binomial(Number(5), Number(2)).lower, 10);
  EXPECT_EQ(binomial(Number(5), Number(6)).lower, 0);
  EXPECT_EQ(binomial(Number(-5), Number(2)).lower, 0);
}

}  // namespace
