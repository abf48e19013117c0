// The values of a JSON document (section 1), which Jansson reads, and numbers as formulas see them (section
// 2).
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gmpxx.h>
#include <jansson.h>

namespace crosshead::checker {

using std::size_t, std::string, std::vector, std::pair, std::optional;

struct Rejected {  // ends a replay
  string place, reason;
};
inline thread_local string place;  // what is being checked
inline void require(bool holds, const char* otherwise) {
  if (!holds) throw Rejected{place, otherwise};
}

// The budget of a replay. A unit is some nanoseconds of work or a few bytes kept, and is spent before.
inline constexpr std::uint64_t max_work = 10000000000;
inline thread_local std::uint64_t work_left = max_work;
inline void spend(std::uint64_t units) {
  require(units <= work_left, "beyond a limit: too much work");
  work_left -= units;
}

struct Json {
  explicit operator bool() const { return value != nullptr; }
  const json_t* require(bool holds, const char* otherwise, const std::string& what = "") const {
    return holds ? value : throw Rejected{place, otherwise + what};
  }
  size_t size() const { return json_array_size(require(json_is_array(value), "expected an array")); }
  Json operator[](size_t k) const {
    return {json_array_get(value, k), place + "[" + std::to_string(k) + "]"};
  }
  std::string string() const {
    return json_string_value(require(json_is_string(value), "expected a string"));
  }
  bool boolean() const { return json_is_true(require(json_is_boolean(value), "expected true or false")); }
  long integer(long least) const {
    const long number = json_integer_value(value);  // 0 for anything else
    const bool good = json_is_integer(value) && number >= least && number <= 1L << 60;
    require(good, "expected an integer up to 2^60 of at least ", std::to_string(least));
    return number;
  }
  vector<pair<std::string, Json>> entries() const {
    vector<pair<std::string, Json>> all;
    const char* key = nullptr;
    json_t* item = nullptr;
    require(json_is_object(value), "expected an object");
    json_object_foreach(const_cast<json_t*>(value), key, item)
        all.emplace_back(key, Json{item, place + (place.empty() ? "" : ".") + key});
    return all;
  }
  // The values under exactly these keys in this order; a key that ends in '?' may be absent.
  vector<Json> members(const vector<std::string>& keys) const {
    vector<Json> values;
    const auto all = entries();
    auto next = all.begin();
    for (const std::string& key : keys) {
      const bool here = next != all.end() && next->first == key.substr(0, key.find('?'));
      require(here || key.back() == '?', "expected next the key ", key);
      values.push_back(here ? (next++)->second : Json());
    }
    require(next == all.end(), "a key that is not expected here");
    return values;
  }
  size_t choice(const vector<std::string>& words) const {
    const auto found = std::find(words.begin(), words.end(), string());
    require(found != words.end(), "not one of the words allowed here");
    return found - words.begin();
  }
  mpq_class rational() const {
    const std::string digits = string();
    spend(40 + digits.size() * (digits.size() / 64 + 1));
    mpq_class number;
    const bool good = number.set_str(digits, 10) == 0 && number.get_den() != 0;
    if (good) number.canonicalize();
    require(good && number.get_str() == digits, "not a canonical rational: ", digits);
    return number;
  }
  vector<mpq_class> rationals(size_t count) const {  // none negative
    vector<mpq_class> numbers;
    require(size() == count, "expected so many numbers: ", std::to_string(count));
    for (size_t k = 0; k < count; ++k)
      (*this)[k].require(numbers.emplace_back((*this)[k].rational()) >= 0, "expected no negative number");
    return numbers;
  }
  std::string text() const {  // canonical
    const std::unique_ptr<char, void (*)(void*)> all(json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY), free);
    return all ? all.get() : "null";
  }
  const json_t* value = nullptr;
  std::string place = {};  // as in readings[0].truth
};

// Undefined, exact, or known by rational bounds. Truth values are 1 and 0, or undefined.
struct Number {
  Number() = default;
  Number(const mpq_class& value) : Number(value, value) {}
  Number(const mpq_class& least, const mpq_class& most)
      : defined(true), lower(least), above(least != most ? optional(most) : std::nullopt) {}
  explicit operator bool() const { return defined; }
  bool exact() const { return defined && !above; }
  const mpq_class& upper() const { return above ? *above : lower; }
  bool defined = false;
  mpq_class lower = 0;
  optional<mpq_class> above = {};  // the upper bound where it is another
};

inline size_t limbs(const mpq_class& x) {
  return 2 + mpz_size(x.get_num_mpz_t()) + mpz_size(x.get_den_mpz_t());
}
inline void add_product(mpq_class& sum, const mpq_class& x, const mpq_class& y) {
  // Common divisors of powers of two are quick to find.
  const bool quick = mpz_scan1(y.get_den_mpz_t(), 0) + 1 == mpz_sizeinbase(y.get_den_mpz_t(), 2);
  spend(60 + (limbs(x) + limbs(y)) * (quick ? limbs(x) : 16 * (limbs(y) + limbs(sum))) / 16);
  sum += x * y;
}

inline optional<long> integer(const Number& x) {
  if (!x.exact() || x.lower.get_den() != 1) return {};
  require(x.lower.get_num().fits_slong_p(), "beyond a limit: an integer of more than 63 bits");
  return x.lower.get_num().get_si();
}

// a + b, - * / ^, the smaller (m) or larger (M) of both: bounds of all values that they may stand for.
inline Number apply(char mark, const Number& a, const Number& b) {
  if (!a || !b || (mark == '/' && b.lower <= 0 && b.upper() >= 0)) return {};
  if (mark == '^') {
    Number power = mpq_class(1);
    for (long k = integer(b).value_or(0); k != 0; k -= k > 0 ? 1 : -1) power = apply('*', power, a);
    return !integer(b) ? Number() : b.lower < 0 ? apply('/', mpq_class(1), power) : power;
  }
  auto of = [mark](const mpq_class& x, const mpq_class& y) -> mpq_class {
    spend(40 + limbs(x) * limbs(y));
    if (mark == 'm' || mark == 'M') return (x < y) == (mark == 'm') ? x : y;
    if (mark == '+' || mark == '-') return mark == '+' ? mpq_class(x + y) : mpq_class(x - y);
    return mark == '*' ? mpq_class(x * y) : mpq_class(x / y);
  };
  if (a.exact() && b.exact()) return of(a.lower, b.lower);
  auto [least, most] = std::minmax(
      {of(a.lower, b.lower), of(a.lower, b.upper()), of(a.upper(), b.lower), of(a.upper(), b.upper())});
  return {least, most};
}

inline Number less(const Number& a, const Number& b) {
  const Number left = apply('-', a, b);
  return !left || (left.lower < 0 && left.upper() >= 0) ? Number() : Number(mpq_class(left.lower < 0));
}

inline mpz_class floor_of(const mpq_class& x) {
  mpz_class result;
  mpz_fdiv_q(result.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
  return result;
}

// A bound of exp(x) from the side asked for, exact at 0. For x > 0, x / 2^10 < 1 goes into the Taylor series,
// in multiples of 2^-256 rounded to that side; what is left out after a term of 2^-256 is at most that term.
// Then ten squarings.
inline mpq_class exponential(const mpq_class& x, bool up) {
  if (x <= 0) return x == 0 ? mpq_class(1) : mpq_class(1 / exponential(-x, !up));
  require(x <= 1000, "beyond a limit: exp beyond 1000");
  spend(100000 + 20 * limbs(x));
  auto rounded = [up](const mpq_class& y) -> mpq_class { return up ? -floor_of(-y) : floor_of(y); };
  const mpq_class one = mpq_class(1) << 256, small = rounded(x << 246) / one;
  mpq_class term = one, sum = one + up;
  for (int k = 1; term > 1; ++k) sum += term = rounded(term * small / k);
  for (int k = 0; k < 10; ++k) sum = rounded(sum * sum / one);
  return sum / one;
}

}  // namespace crosshead::checker
