#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include "jiedui/base/quantity.hpp"

namespace jiedui {

/// A point on the Earth in whole 1e-7 degrees (about 1.1 cm), WGS-84 by convention.
///
/// Positions of one network must share one datum: China's GCJ-02 lies some 500 m off WGS-84.
struct Position {
  static constexpr std::int32_t absent = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t latitude_max = 900'000'000;
  static constexpr std::int32_t longitude_max = 1'800'000'000;

  std::int32_t latitude = absent;
  std::int32_t longitude = absent;

  constexpr bool has_value() const { return latitude != absent; }
  friend constexpr auto operator<=>(const Position&, const Position&) = default;

  /// Rounds to 1e-7 degrees; empty for NaN, infinities, |latitude| > 90 and |longitude| > 180.
  JIEDUI_API static std::optional<Position> from_degrees(double latitude, double longitude);
};

/// A position as whole units from the centre of the Earth along three axes.
///
/// One unit is 1/64 m on a sphere of the mean radius 6,371,008.8 m (IUGG). Made once for each
/// position with fixed-point arithmetic alone, so that it is the same on every machine.
struct Cartesian {
  static constexpr std::int64_t units_per_metre = 64;
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::int32_t z = 0;
  friend constexpr bool operator==(const Cartesian&, const Cartesian&) = default;
};

JIEDUI_API Cartesian cartesian(Position position);

/// The largest s with s² ≤ value, for value ≥ 0.
JIEDUI_API std::int64_t integer_square_root(std::int64_t value);

/// The square of the straight line between two points, in units of 1/64 m; at most 6.7e17.
constexpr std::int64_t squared_distance(Cartesian a, Cartesian b) {
  const std::int64_t x = std::int64_t{a.x} - b.x;
  const std::int64_t y = std::int64_t{a.y} - b.y;
  const std::int64_t z = std::int64_t{a.z} - b.z;
  return x * x + y * y + z * z;
}

/// Whole metres, rounded down, of the straight line from `a` to `b`.
///
/// The line goes through the ground: up to 100 km it is at most 1.1 m shorter than the way over
/// the sphere, and the sphere differs from the ellipsoid by at most 0.6 %. It rises and falls with
/// the way over the ground everywhere, poles and the 180th meridian included.
JIEDUI_API Metres distance(Cartesian a, Cartesian b);
JIEDUI_API Metres distance(Position a, Position b);

}  // namespace jiedui
