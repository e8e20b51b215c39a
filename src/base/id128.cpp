#include "jiedui/base/id128.hpp"

#include <algorithm>
#include <random>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

constexpr std::uint64_t version_7 = 0x7000;
constexpr std::uint64_t variant = 0x8000'0000'0000'0000;
constexpr std::uint64_t low_random = 0x3FFF'FFFF'FFFF'FFFF;
constexpr std::uint64_t high_random = 0x0FFF;

std::uint64_t random_bits() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string Id128::to_string() const {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(32);
  for (const std::uint64_t half : {high, low})
    for (int shift = 60; shift >= 0; shift -= 4)
      text += digits[(half >> static_cast<unsigned>(shift)) & 0xFU];
  return text;
}

std::optional<Id128> Id128::parse(std::string_view text) {
  Id128 id;
  int digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') {
      const bool uuid_hyphen = text.size() == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
      if (!uuid_hyphen) return std::nullopt;
      continue;
    }
    const int digit = digit_of(text[i]);
    if (digit < 0 || digits == 32) return std::nullopt;
    std::uint64_t& half = digits < 16 ? id.high : id.low;
    half = (half << 4U) | static_cast<std::uint64_t>(digit);
    ++digits;
  }
  if (digits != 32) return std::nullopt;
  return id;
}

Id128 IdGenerator::next(std::int64_t unix_milliseconds) {
  if (unix_milliseconds < 0 || unix_milliseconds >= (std::int64_t{1} << 48U))
    throw Error({.code = "time_out_of_range",
                 .place = "unix_milliseconds",
                 .message = "a UUID version 7 holds 48 bits of milliseconds",
                 .allowed = "0 to 281474976710655",
                 .way_out = "give the time since 1970 in milliseconds"});
  if (unix_milliseconds > last_) {
    last_ = unix_milliseconds;
    id_.high = (static_cast<std::uint64_t>(last_) << 16U) | version_7 |
               (random_bits() & (high_random >> 1U));
    id_.low = variant | (random_bits() & low_random);
    return id_;
  }
  if ((id_.low & low_random) != low_random) {
    ++id_.low;
  } else {
    id_.low = variant;
    if ((id_.high & high_random) == high_random) return next(last_ + 1);
    ++id_.high;
  }
  return id_;
}

}  // namespace jiedui
