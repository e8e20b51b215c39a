#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "jiedui/base/export.hpp"

namespace jiedui {

/// A BLAKE2b hash of 256 bits (RFC 7693). All zero means none.
struct Hash256 {
  std::array<std::uint8_t, 32> bytes{};

  friend constexpr auto operator<=>(const Hash256&, const Hash256&) = default;
  constexpr bool is_zero() const { return *this == Hash256{}; }
  /// 64 lower-case hexadecimal digits.
  JIEDUI_API std::string to_string() const;
  /// Reads 64 hexadecimal digits; empty if it is anything else.
  JIEDUI_API static std::optional<Hash256> parse(std::string_view text);
};

/// BLAKE2b-256 of `first` followed by `second`. O(bytes).
JIEDUI_API Hash256 blake2b(std::span<const std::uint8_t> first,
                           std::span<const std::uint8_t> second = {});

/// BLAKE2b-256 keyed with 32 secret bytes: who lacks the key can neither make nor guess it.
JIEDUI_API Hash256 keyed_blake2b(const Hash256& key, std::span<const std::uint8_t> bytes);

/// 32 bytes from the system's cryptographic generator.
JIEDUI_API Hash256 random_secret();

}  // namespace jiedui
