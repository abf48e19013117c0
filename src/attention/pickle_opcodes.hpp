#pragma once

#include <cstdint>
#include <string>

namespace crosshead::attention {

/// The pickle operations that a state dict of protocol 2 needs.
enum class Opcode : std::uint8_t {
  proto = 0x80,
  global = 'c',
  empty_dict = '}',
  empty_tuple = ')',
  mark = '(',
  tuple = 't',
  tuple1 = 0x85,
  tuple2 = 0x86,
  tuple3 = 0x87,
  binunicode = 'X',
  short_binstring = 'U',
  binput = 'q',
  long_binput = 'r',
  binget = 'h',
  long_binget = 'j',
  binint = 'J',
  binint1 = 'K',
  binint2 = 'M',
  long1 = 0x8a,
  newtrue = 0x88,
  newfalse = 0x89,
  none = 'N',
  reduce = 'R',
  binpersid = 'Q',
  setitem = 's',
  setitems = 'u',
  build = 'b',
  stop = '.',
};

/// The name that Python's pickle module gives to an operation of any protocol, for messages: "REDUCE", or
/// "byte 0xff" when there is none.
std::string name_of_opcode(std::uint8_t code);

}  // namespace crosshead::attention
