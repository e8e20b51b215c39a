#include "jiedui/base/position.hpp"

#include <cmath>

namespace jiedui {

namespace {

// Fixed point with 60 fractional bits: enough for 1/64 m on the Earth's radius with 30 to spare.
constexpr unsigned fraction_bits = 60;
constexpr std::int64_t one = std::int64_t{1} << fraction_bits;
constexpr std::int64_t right_angle = Position::latitude_max;
// round(2^60 · π / 180 / 1e7 · 2^20): 20 more bits, as one step of 1e-7 degrees is so small.
constexpr int128 radians_per_step = int128{2'109'973'596'464'633};
constexpr std::int64_t earth_radius = 407'744'563;  // round(6,371,008.8 m · 64)

std::int64_t multiply(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>((int128{a} * b) >> fraction_bits);
}

struct SineCosine {
  std::int64_t sine;
  std::int64_t cosine;
};

/// For 0 ≤ angle ≤ 45°; Taylor's series to x^19 / x^18, the rest being below 2^-60.
SineCosine first_octant(std::int64_t angle) {
  const auto x = static_cast<std::int64_t>((angle * radians_per_step) >> 20U);
  const std::int64_t square = multiply(x, x);
  std::int64_t sine = one;
  std::int64_t cosine = one;
  for (std::int64_t k = 18; k >= 2; k -= 2) {
    sine = one - multiply(square, sine) / (k * (k + 1));
    cosine = one - multiply(square, cosine) / (k * (k - 1));
  }
  return {multiply(x, sine), cosine};
}

/// For any angle in 1e-7 degrees within ±360°.
SineCosine sine_cosine(std::int64_t angle) {
  if (angle < 0) {
    const auto [sine, cosine] = sine_cosine(-angle);
    return {-sine, cosine};
  }
  if (angle > right_angle) {
    const auto [sine, cosine] = sine_cosine(angle - right_angle);
    return {cosine, -sine};
  }
  if (2 * angle > right_angle) {
    const auto [sine, cosine] = first_octant(right_angle - angle);
    return {cosine, sine};
  }
  return first_octant(angle);
}

std::int32_t scaled(std::int64_t ratio) {
  return static_cast<std::int32_t>((int128{ratio} * earth_radius + one / 2) >> fraction_bits);
}

}  // namespace

std::optional<Position> Position::from_degrees(double latitude, double longitude) {
  // Written so that NaN fails too.
  if (!(latitude >= -90.0 && latitude <= 90.0 && longitude >= -180.0 && longitude <= 180.0))
    return std::nullopt;
  return Position{static_cast<std::int32_t>(std::llround(latitude * 1e7)),
                  static_cast<std::int32_t>(std::llround(longitude * 1e7))};
}

Cartesian cartesian(Position position) {
  JIEDUI_CHECK(position.has_value());
  const auto [sine_latitude, cosine_latitude] = sine_cosine(position.latitude);
  const auto [sine_longitude, cosine_longitude] = sine_cosine(position.longitude);
  return {scaled(multiply(cosine_latitude, cosine_longitude)),
          scaled(multiply(cosine_latitude, sine_longitude)), scaled(sine_latitude)};
}

std::int64_t integer_square_root(std::int64_t value) {
  JIEDUI_CHECK(value >= 0);
  // The floating-point root is a first guess only; the loops below make it exact.
  auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(value)));
  while (int128{root} * root > value) --root;
  while (int128{root + 1} * (root + 1) <= value) ++root;
  return root;
}

Metres distance(Cartesian a, Cartesian b) {
  return Metres{integer_square_root(squared_distance(a, b)) / Cartesian::units_per_metre};
}

Metres distance(Position a, Position b) {
  return distance(cartesian(a), cartesian(b));
}

}  // namespace jiedui
