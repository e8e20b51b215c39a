#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jiedui/base/export.hpp"

namespace jiedui {

/// A 128-bit id chosen by the caller, as in an account or a transfer. Zero means none.
struct Id128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend constexpr auto operator<=>(const Id128&, const Id128&) = default;
  constexpr bool is_zero() const { return high == 0 && low == 0; }

  /// 32 lower-case hexadecimal digits.
  JIEDUI_API std::string to_string() const;
  /// Reads 32 hexadecimal digits, with or without the hyphens of a UUID; empty if it is neither.
  JIEDUI_API static std::optional<Id128> parse(std::string_view text);
};

/// Makes time-ordered ids: UUID version 7 of RFC 9562, section 5.7.
///
/// The 74 random bits come from the system's generator; within one millisecond they count up, so
/// ids of one generator strictly rise. Not thread-safe: one generator a thread.
class JIEDUI_API IdGenerator {
 public:
  /// @param unix_milliseconds the time now; a clock that steps back does not break the order.
  Id128 next(std::int64_t unix_milliseconds);

 private:
  std::int64_t last_ = -1;
  Id128 id_;
};

}  // namespace jiedui
