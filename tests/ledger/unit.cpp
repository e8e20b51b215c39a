#include "jiedui/ledger/unit.hpp"

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"

using jiedui::Unit;

TEST_CASE("a unit is a kind byte and three letters", "[ledger]") {
  CHECK(Unit::seconds_served().value() == 1);
  CHECK(Unit::time_credits().value() == 2);
  // 'C' = 0x43, 'N' = 0x4E, 'Y' = 0x59, above the kind 3.
  CHECK(Unit::money("CNY").value() == 0x594E4303);
  CHECK(Unit::money("CNY").name() == "money CNY");
  CHECK(Unit::other("M2K").name() == "other M2K");
  CHECK(Unit::pieces().name() == "pieces");
  CHECK(Unit{}.name() == "none");
  CHECK(Unit::money("CNY") != Unit::money("EUR"));
}

TEST_CASE("a unit is read back from its value, or is none", "[ledger]") {
  for (const Unit unit :
       {Unit{}, Unit::seconds_served(), Unit::time_credits(), Unit::grams(), Unit::millilitres(),
        Unit::pieces(), Unit::money("CNY"), Unit::other("K1H")})
    CHECK(Unit::from_value(unit.value()) == unit);
  for (const Unit unit :
       {Unit::seconds_served(), Unit::time_credits(), Unit::grams(), Unit::millilitres(),
        Unit::pieces(), Unit::money("CNY"), Unit::other("K1H")})
    CHECK(Unit::from_name(unit.name()) == unit);
  for (const char* wrong : {"", "none", "money", "money ", "money cny", "money CNYX", "other K H",
                            "money C1Y", "Grams", "grams "})
    CHECK_FALSE(Unit::from_name(wrong));
  CHECK_FALSE(Unit::from_value(7));
  CHECK_FALSE(Unit::from_value(0x0101));      // seconds with a letter
  CHECK_FALSE(Unit::from_value(3));           // money without a currency
  CHECK_FALSE(Unit::from_value(0x594E4304));  // grams with letters
  CHECK_FALSE(Unit::from_value(0x314E4303));  // a digit in a currency
}

TEST_CASE("a unit's name is checked", "[ledger]") {
  for (const char* wrong : {"", "CN", "CNYY", "cny", "C1Y", "C Y"})
    CHECK_THROWS_AS(Unit::money(wrong), jiedui::Error);
  CHECK_THROWS_AS(Unit::other("k1h"), jiedui::Error);
}
