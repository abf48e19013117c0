// JSON as certificates use it: no fractions, no repeated keys, and a canonical text for every value.
//
// The reader writes the canonical text of the whole document once; every value keeps its own stretch of it,
// so that hashing and comparing a value needs no writer.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmpxx.h>

namespace crosshead::checker {

class Json {
 public:
  enum class Kind : unsigned char { null, boolean, integer, string, array, object };

  Kind kind = Kind::null;
  std::string_view text;    // canonical, inside the document
  std::vector<Json> items;  // the elements of an array; keys and values of an object, by turns

  // The elements of an array.
  const std::vector<Json>& array() const;
  // The values under exactly these keys in this order; a key that ends in '?' may be absent (a null pointer).
  std::vector<const Json*> members(std::initializer_list<std::string_view> keys) const;
  // The keys and values, by turns, of an object with keys of its own choice: at least one, in ascending
  // order.
  const std::vector<Json>& named() const;
  bool boolean() const;
  long integer(long least) const;
  std::string string() const;
  // The position of a string in a list of allowed ones.
  std::size_t choice(std::initializer_list<std::string_view> allowed) const;
  // A string holding a rational in canonical form.
  mpq_class rational() const;
};

struct Document {
  std::string canonical;
  Json root;
};

// Throws Rejected on anything that is not one JSON value, with the byte where reading stopped.
std::unique_ptr<Document> read_json(std::string_view bytes);

// The path from the root to a value inside it, as in readings[0].systems[2].
std::string place_of(const Json& root, const Json* value);

}  // namespace crosshead::checker
