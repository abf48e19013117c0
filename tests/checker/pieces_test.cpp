// The parts of the checker by themselves: JSON, numbers and their bounds; expected values worked out by hand
// or published. Hashes are tested through whole certificates.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "parsed_document.hpp"
#include "src/checker/certificate.hpp"
#include "src/checker/values.hpp"
#include <gtest/gtest.h>

namespace {

using namespace crosshead::checker;

mpq_class rational(const std::string& text) {
  return ParsedDocument("\"" + text + "\"").json().rational();
}

TEST(Rational, CanonicalTextAlone) {
  EXPECT_EQ(rational("0"), 0);
  EXPECT_EQ(rational("-7"), -7);
  EXPECT_EQ(rational("-7/3"), mpq_class(-7, 3));
  for (const char* bad : {"",   "-",  "+1",    "01",  "-0",  "1/1",  "2/4", "1/0", "0/1", "1/-2", "1.0",
                          " 1", "1 ", "1/2/3", "0x1", "1e3", "1 /2", "a",   "0b1", "/",   "1/",   "1/02"})
    EXPECT_THROW(rational(bad), Rejected) << bad;
}

TEST(Rational, NoNegativeOneInAVector) {
  EXPECT_EQ(ParsedDocument("[\"1/2\", \"0\"]").json().rationals(2),
            (std::vector<mpq_class>{mpq_class(1, 2), 0}));
  EXPECT_THROW(ParsedDocument("[\"1/2\", \"-1/2\"]").json().rationals(2), Rejected);
  EXPECT_THROW(ParsedDocument("[\"1/2\"]").json().rationals(2), Rejected);
}

TEST(Reading, CanonicalTextOfValues) {
  // The control characters of section 1 by their letters, other ones by upper-case digits, the rest as it is.
  const ParsedDocument document(
      " { \"b\" : [ 1 , -20 , true , null , \"x\\n\\u001f\\\"\\u0041/\\/\xcf\x84\" ] , \"a\" : {} } \n");
  EXPECT_EQ(document.json().text(), "{\"b\":[1,-20,true,null,\"x\\n\\u001F\\\"A//\xcf\x84\"],\"a\":{}}");
  EXPECT_EQ(Json().text(), "null");
}

TEST(Reading, PlacesNameTheWayFromTheRoot) {
  const ParsedDocument document("{\"a\": [{\"b\": 1}]}");
  try {
    document.json().members({"a"})[0][0].members({"b"})[0].string();
    FAIL();
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.place, "a[0].b");
    EXPECT_EQ(rejected.reason, "expected a string");
  }
}

TEST(Reading, MembersInOrder) {
  const ParsedDocument document("{\"a\":1,\"c\":2}");
  const auto found = document.json().members({"a", "b?", "c"});
  EXPECT_EQ(found[0].integer(0), 1);
  EXPECT_FALSE(found[1]);
  EXPECT_EQ(found[2].integer(0), 2);
  EXPECT_THROW(document.json().members({"a"}), Rejected);
  EXPECT_THROW(document.json().members({"c", "a"}), Rejected);
  EXPECT_THROW(document.json().members({"a", "b", "c"}), Rejected);
}

TEST(Reading, IntegersWithinBounds) {
  EXPECT_EQ(ParsedDocument("1152921504606846976").json().integer(0), 1152921504606846976);  // 2^60
  for (const char* bad :
       {"1152921504606846977", "9223372036854775807", "-1", "1.0", "\"1\"", "true", "null", "[]"})
    EXPECT_THROW(ParsedDocument(bad).json().integer(0), Rejected) << bad;
}

TEST(Enclosure, Exponential) {
  // e = 2.71828182845904523536028747135266249775724709369995957..., 1/e =
  // 0.36787944117144232159552377016146086744581113...
  const mpq_class e(
      "271828182845904523536028747135266249775724709369995/"
      "100000000000000000000000000000000000000000000000000");
  const mpq_class unit("1/100000000000000000000000000000000000000000000000000");
  EXPECT_LE(exponential(1, false), e + unit);
  EXPECT_GE(exponential(1, false), e - unit);
  EXPECT_GE(exponential(1, true), e);
  EXPECT_LE(exponential(1, true), e + unit);
  EXPECT_LT(mpq_class(exponential(-1, false) * e), 1);
  EXPECT_GT(mpq_class(exponential(-1, true) * (e + unit)), 1);
  EXPECT_EQ(exponential(0, false), 1);
  EXPECT_EQ(exponential(0, true), 1);
  const mpq_class least = mpq_class(1) / mpq_class(mpz_class(1) << 80);
  for (const char* text : {"1000", "-1000", "1/3", "-999/7", "1/1000000000"}) {
    const mpq_class x(text), low = exponential(x, false), high = exponential(x, true);
    EXPECT_LT(low, high) << text;
    EXPECT_LT(mpq_class((high - low) / low), least) << text;
    EXPECT_LE(mpq_class(low * exponential(-x, false)), 1) << text;
    EXPECT_GE(mpq_class(high * exponential(-x, true)), 1) << text;
  }
  EXPECT_THROW(exponential(1001, true), Rejected);
  EXPECT_THROW(exponential(-1001, true), Rejected);
}

TEST(Enclosure, ArithmeticKeepsBounds) {
  const Number x(mpq_class(-1), mpq_class(2)), undefined, zero(mpq_class(0)), one(mpq_class(1)),
      two(mpq_class(2));
  auto bounds = [](const Number& y) { return std::pair(y.lower, y.upper()); };
  auto pair = [](int a, int b) { return std::pair<mpq_class, mpq_class>(a, b); };
  EXPECT_EQ(bounds(apply('*', x, x)), pair(-2, 4));
  EXPECT_EQ(bounds(apply('-', x, x)), pair(-3, 3));
  EXPECT_EQ(bounds(apply('m', x, one)), pair(-1, 1));
  EXPECT_EQ(bounds(apply('M', x, one)), pair(1, 2));
  EXPECT_LE(apply('^', x, two).lower, 0);  // the square is within 0 and 4
  EXPECT_GE(apply('^', x, two).upper(), 4);
  EXPECT_FALSE(apply('/', one, x).defined);
  EXPECT_FALSE(apply('/', one, zero).defined);
  EXPECT_FALSE(apply('*', undefined, zero).defined);
  EXPECT_FALSE(apply('^', zero, Number(mpq_class(-1))).defined);
  EXPECT_FALSE(apply('^', two, Number(mpq_class(1, 2))).defined);
  EXPECT_FALSE(apply('^', two, x).defined);
  EXPECT_EQ(apply('^', Number(mpq_class(-2, 3)), Number(mpq_class(-3))).lower, mpq_class(-27, 8));
  EXPECT_EQ(apply('^', zero, zero).lower, 1);
  EXPECT_EQ(floor_of(mpq_class(-1, 2)), -1);
  EXPECT_EQ(floor_of(mpq_class(7, 2)), 3);
}

TEST(Enclosure, ComparisonsAreDecidedWhenTheBoundsSeparate) {
  const Number x(mpq_class(-1), mpq_class(2)), undefined;
  auto number = [](int k) { return Number(mpq_class(k)); };
  EXPECT_EQ(less(x, number(3)).lower, 1);
  EXPECT_FALSE(less(x, number(2)).defined);
  EXPECT_TRUE(less(x, number(-1)).exact());
  EXPECT_EQ(less(x, number(-1)).lower, 0);
  EXPECT_EQ(less(number(2), number(2)).lower, 0);
  EXPECT_EQ(less(number(1), number(2)).lower, 1);
  EXPECT_FALSE(less(undefined, number(3)).defined);
}

TEST(Budget, EndsWork) {
  work_left = 1000;
  EXPECT_THROW(apply('^', Number(mpq_class(3)), Number(mpq_class(1000))), Rejected);
  work_left = max_work;
}

TEST(Hashes, EveryDigitCounts) {
  std::ifstream file(std::string(CROSSHEAD_SOURCE_DIR) + "/tests/certificates/accept/with-ledger.json");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const std::string whole = bytes.str();
  ASSERT_TRUE(replay(whole).accepted);
  const std::size_t at = whole.rfind("\"sha256\"") + 11;
  for (std::size_t k = 0; k < 64; ++k) {
    std::string other = whole;
    other[at + k] = other[at + k] == '0' ? '1' : '0';
    EXPECT_EQ(replay(other).line, "rejected: sha256: the hash does not match") << k;
  }
}

}  // namespace
