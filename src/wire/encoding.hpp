#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jiedui::wire {

/// How many bytes from the beginning are whole, well-formed UTF-8 characters (Unicode 15, table
/// 3-7: no surrogates, no overlong forms, nothing past U+10FFFF). O(bytes).
std::size_t valid_utf8(std::string_view text);

inline bool is_utf8(std::string_view text) {
  return valid_utf8(text) == text.size();
}

/// GB18030 turned into UTF-8. Each byte that begins no character became U+FFFD at one of `bad`.
struct Converted {
  std::string utf8;
  std::vector<std::size_t> bad;  ///< offsets in `utf8`, rising
};

/// @throws Error "encoding_unknown" if the system has no GB18030 tables.
Converted from_gb18030(std::string_view text);

}  // namespace jiedui::wire
