#include "jiedui/base/position.hpp"

#include <cmath>
#include <random>

#include <catch2/catch.hpp>

#include "support/run.hpp"

namespace {

using jiedui::Cartesian;
using jiedui::Position;

Position at(double latitude, double longitude) {
  const auto position = Position::from_degrees(latitude, longitude);
  REQUIRE(position);
  return *position;
}

/// The same straight line by floating point, in metres.
long double chord(Position a, Position b) {
  const auto unit = [](Position p) {
    const long double north = p.latitude / 1e7L * acosl(-1) / 180;
    const long double east = p.longitude / 1e7L * acosl(-1) / 180;
    return std::array{cosl(north) * cosl(east), cosl(north) * sinl(east), sinl(north)};
  };
  const auto x = unit(a);
  const auto y = unit(b);
  return 6'371'008.8L * sqrtl((x[0] - y[0]) * (x[0] - y[0]) + (x[1] - y[1]) * (x[1] - y[1]) +
                              (x[2] - y[2]) * (x[2] - y[2]));
}

}  // namespace

TEST_CASE("positions that cannot be are refused", "[base]") {
  const double nan = std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_FALSE(Position::from_degrees(nan, 0));
  CHECK_FALSE(Position::from_degrees(0, nan));
  CHECK_FALSE(Position::from_degrees(infinity, 0));
  CHECK_FALSE(Position::from_degrees(0, -infinity));
  CHECK_FALSE(Position::from_degrees(90.0000001, 0));
  CHECK_FALSE(Position::from_degrees(0, 180.0000001));
  CHECK(at(-0.0, -0.0) == Position{0, 0});
  CHECK(at(90, -180) == Position{900'000'000, -1'800'000'000});
}

TEST_CASE("a metre of distance is a metre", "[base]") {
  // One degree of latitude on the mean sphere: 2 · 6,371,008.8 m · sin(0.5°) = 111,193.7 m.
  CHECK(distance(at(28, 118), at(29, 118)).count() == 111'193);
  // Straight through the Earth.
  CHECK(distance(at(0, 0), at(0, 180)).count() == 12'742'017);
  CHECK(distance(at(90, 0), at(-90, 77)).count() == 12'742'017);
  CHECK(distance(at(90, 0), at(90, 120)).count() == 0);  // one point, whatever the longitude
  CHECK(distance(at(10, 180), at(10, -180)).count() == 0);
}

TEST_CASE("distances agree with long double arithmetic within three units", "[base]") {
  std::mt19937_64 random(1);
  for (std::int64_t i = 0; i < jiedui::test::scaled(5'000); ++i) {
    const auto any = [&](std::int64_t most) {
      return static_cast<std::int32_t>(
          std::uniform_int_distribution<std::int64_t>(-most, most)(random));
    };
    const Position a{any(Position::latitude_max), any(Position::longitude_max)};
    Position b{any(Position::latitude_max), any(Position::longitude_max)};
    if (i % 2 == 0) {  // near ones
      b = a;
      b.latitude =
          std::clamp(b.latitude + any(100'000), -Position::latitude_max, Position::latitude_max);
    }
    const auto units =
        jiedui::integer_square_root(squared_distance(jiedui::cartesian(a), jiedui::cartesian(b)));
    // Half a unit of rounding on each axis of both points, and one from rounding down: √3 + 1.
    CHECK(std::abs(static_cast<long double>(units) - 64 * chord(a, b)) <= 3.0L);
    CHECK(distance(a, b) == distance(b, a));
  }
}

TEST_CASE("the integer square root is exact at the edges", "[base]") {
  for (const std::int64_t root : {0L, 1L, 2L, 46'340L, 3'037'000'499L}) {
    CHECK(jiedui::integer_square_root(root * root) == root);
    if (root > 0) {
      CHECK(jiedui::integer_square_root(root * root - 1) == root - 1);
    }
  }
  CHECK(jiedui::integer_square_root(std::numeric_limits<std::int64_t>::max()) == 3'037'000'499);
}
