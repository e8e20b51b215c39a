#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jiedui/base/export.hpp"

namespace jiedui {

/// What an account counts. Amounts are whole numbers of it; two units never convert silently.
///
/// Its 32-bit value is a kind in the lowest byte and, for money and other units, three letters or
/// digits in the bytes above, so that it reads "\x03CNY" in memory. Zero is no unit.
class Unit {
 public:
  enum class Kind : std::uint8_t {
    none = 0,
    seconds_served = 1,  ///< seconds of service: what statements, stars and attestations count
    time_credits = 2,    ///< seconds that can be spent in a time bank
    money = 3,           ///< the smallest coin of a currency (fen, cent)
    grams = 4,
    millilitres = 5,
    pieces = 6,
    other = 255,  ///< named by the user
  };

  constexpr Unit() = default;
  static constexpr Unit seconds_served() { return Unit{Kind::seconds_served}; }
  static constexpr Unit time_credits() { return Unit{Kind::time_credits}; }
  static constexpr Unit grams() { return Unit{Kind::grams}; }
  static constexpr Unit millilitres() { return Unit{Kind::millilitres}; }
  static constexpr Unit pieces() { return Unit{Kind::pieces}; }
  /// Minor units of a currency. @param currency three upper-case letters of ISO 4217: "CNY".
  /// @throws Error "unit_invalid" for anything else.
  JIEDUI_API static Unit money(std::string_view currency);
  /// A unit of the user's own. @param name three upper-case letters or digits: "KWH".
  /// @throws Error "unit_invalid" for anything else.
  JIEDUI_API static Unit other(std::string_view name);
  /// The unit of that value; empty if it is none.
  JIEDUI_API static std::optional<Unit> from_value(std::uint32_t value);

  constexpr std::uint32_t value() const { return value_; }
  constexpr Kind kind() const { return static_cast<Kind>(value_ & 0xFFU); }
  /// "seconds_served", "money CNY", "other KWH", "none".
  JIEDUI_API std::string name() const;
  /// The unit of such a name; empty if it is none's.
  JIEDUI_API static std::optional<Unit> from_name(std::string_view name);
  friend constexpr bool operator==(Unit, Unit) = default;
  friend constexpr auto operator<=>(Unit, Unit) = default;

 private:
  constexpr explicit Unit(Kind kind) : value_(static_cast<std::uint32_t>(kind)) {}
  std::uint32_t value_ = 0;
};

}  // namespace jiedui
