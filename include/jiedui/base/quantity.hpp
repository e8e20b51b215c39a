#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "jiedui/base/error.hpp"

namespace jiedui {

__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

namespace detail {
[[noreturn]] JIEDUI_API void overflow(std::string_view field, std::int64_t least,
                                      std::int64_t most);
}

/// a + b; throws Error "overflow" naming `field` and its range where 64 bits do not hold it.
constexpr std::int64_t checked_add(std::int64_t a, std::int64_t b, std::string_view field) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) [[unlikely]]
    detail::overflow(field, std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::int64_t>::max());
  return sum;
}

/// a − b, checked as checked_add.
constexpr std::int64_t checked_subtract(std::int64_t a, std::int64_t b, std::string_view field) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) [[unlikely]]
    detail::overflow(field, std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::int64_t>::max());
  return difference;
}

/// a · b, checked as checked_add.
constexpr std::int64_t checked_multiply(std::int64_t a, std::int64_t b, std::string_view field) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) [[unlikely]]
    detail::overflow(field, std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::int64_t>::max());
  return product;
}

/// `value` if least ≤ value ≤ most, else Error "overflow" naming `field` and the range.
constexpr std::int64_t checked_range(std::int64_t value, std::int64_t least, std::int64_t most,
                                     std::string_view field) {
  if (value < least || value > most) [[unlikely]]
    detail::overflow(field, least, most);
  return value;
}

/// A whole number of one unit; units do not mix, floating point does not enter.
///
/// Arithmetic is checked in every build: a result outside 64 bits throws Error "overflow".
template <class Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  template <std::integral Whole>
  requires(sizeof(Whole) <= sizeof(std::int64_t)) constexpr explicit Quantity(Whole count)
      : count_(static_cast<std::int64_t>(count)) {
    if constexpr (std::unsigned_integral<Whole> && sizeof(Whole) >= sizeof(std::int64_t))
      if (count > static_cast<Whole>(std::numeric_limits<std::int64_t>::max()))
        detail::overflow(Unit::name, std::numeric_limits<std::int64_t>::min(),
                         std::numeric_limits<std::int64_t>::max());
  }
  template <std::floating_point Real>
  explicit Quantity(Real) = delete;

  constexpr std::int64_t count() const { return count_; }
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity{checked_add(a.count_, b.count_, Unit::name)};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity{checked_subtract(a.count_, b.count_, Unit::name)};
  }
  friend constexpr Quantity operator*(Quantity a, std::int64_t times) {
    return Quantity{checked_multiply(a.count_, times, Unit::name)};
  }
  constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
  constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }

 private:
  std::int64_t count_ = 0;
};

struct SecondsUnit {
  static constexpr std::string_view name = "seconds";
};
struct MetresUnit {
  static constexpr std::string_view name = "metres";
};
struct PointsUnit {
  static constexpr std::string_view name = "points";
};

using Seconds = Quantity<SecondsUnit>;
using Metres = Quantity<MetresUnit>;
/// How good a pair is: whole, higher is better, may be negative.
using Points = Quantity<PointsUnit>;

/// A 128-bit total in decimal.
JIEDUI_API std::string to_string(int128 value);

}  // namespace jiedui
