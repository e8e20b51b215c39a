#include "jiedui/base/quantity.hpp"

#include <algorithm>

namespace jiedui {

namespace detail {

void overflow(std::string_view field, std::int64_t least, std::int64_t most) {
  throw Error({.code = "overflow",
               .place = std::string(field),
               .message = "the value is outside the range",
               .allowed = std::to_string(least) + " to " + std::to_string(most),
               .way_out = "use smaller values or a coarser unit"});
}

}  // namespace detail

std::string to_string(int128 value) {
  uint128 rest = value < 0 ? -static_cast<uint128>(value) : static_cast<uint128>(value);
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (value < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace jiedui
