#include "jiedui/base/quantity.hpp"

#include <limits>

#include <catch2/catch.hpp>

namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("every pair of edge values is exact or refused", "[base]") {
  const std::int64_t two_31 = std::int64_t{1} << 31;
  const std::int64_t two_53 = std::int64_t{1} << 53;
  const std::int64_t two_62 = std::int64_t{1} << 62;
  const std::vector<std::int64_t> edges = {0,       1,      -1,      two_31, -two_31, two_53,
                                           -two_53, two_62, -two_62, least,  most};
  const auto holds = [](jiedui::int128 exact, auto checked) {
    try {
      return exact == checked();
    } catch (const jiedui::Error& error) {
      return error.code() == "overflow" && (exact < least || exact > most);
    }
  };
  for (const std::int64_t a : edges)
    for (const std::int64_t b : edges) {
      CHECK(holds(jiedui::int128{a} + b, [&] { return jiedui::checked_add(a, b, "field"); }));
      CHECK(holds(jiedui::int128{a} - b, [&] { return jiedui::checked_subtract(a, b, "field"); }));
      CHECK(holds(jiedui::int128{a} * b, [&] { return jiedui::checked_multiply(a, b, "field"); }));
      CHECK(holds(jiedui::int128{a} + b,
                  [&] { return (jiedui::Seconds{a} + jiedui::Seconds{b}).count(); }));
    }
}

TEST_CASE("an overflow names its field and range", "[base]") {
  try {
    (void)(jiedui::Seconds{most} + jiedui::Seconds{1});
    FAIL("no error");
  } catch (const jiedui::Error& error) {
    CHECK(error.code() == "overflow");
    CHECK(error.parts().place == "seconds");
    CHECK(error.parts().allowed == "-9223372036854775808 to 9223372036854775807");
  }
  CHECK_THROWS_AS(jiedui::Seconds{std::numeric_limits<std::uint64_t>::max()}, jiedui::Error);
}

TEST_CASE("quantities of two units do not mix, nor does floating point", "[base]") {
  STATIC_REQUIRE_FALSE(std::is_constructible_v<jiedui::Seconds, jiedui::Metres>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<jiedui::Seconds, double>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::int64_t, jiedui::Seconds>);
}

TEST_CASE("128-bit totals print in full", "[base]") {
  CHECK(jiedui::to_string(jiedui::int128{0}) == "0");
  CHECK(jiedui::to_string(jiedui::int128{most} * 10 + 7) == "92233720368547758077");
  CHECK(jiedui::to_string(std::numeric_limits<jiedui::int128>::min()) ==
        "-170141183460469231731687303715884105728");
}
