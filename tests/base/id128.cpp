#include "jiedui/base/id128.hpp"

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"
#include "support/run.hpp"

using jiedui::Id128;

TEST_CASE("ids are read as hexadecimal, with or without hyphens", "[base]") {
  const Id128 id{0x0188'e5f5'0d5a'7000, 0x8000'0000'0000'0001};
  CHECK(id.to_string() == "0188e5f50d5a70008000000000000001");
  CHECK(Id128::parse("0188e5f5-0d5a-7000-8000-000000000001") == id);
  CHECK(Id128::parse("0188E5F50D5A70008000000000000001") == id);
  for (const char* wrong :
       {"", "0", "0188e5f50d5a7000800000000000000", "g188e5f50d5a70008000000000000001",
        "0188e5f5-0d5a-7000-8000-00000000000", "0188e5f50d5a7000800000000000000012",
        "-188e5f50d5a70008000000000000001"})
    CHECK_FALSE(Id128::parse(wrong));
}

TEST_CASE("generated ids rise, whatever the clock does", "[base]") {
  jiedui::IdGenerator generator;
  Id128 last;
  for (std::int64_t i = 0; i < jiedui::test::scaled(20'000); ++i) {
    const std::int64_t clock = 1'700'000'000'000 + (i / 100) * (i % 7 == 0 ? -1 : 1);
    const Id128 next = generator.next(clock);
    REQUIRE(next > last);
    CHECK(((next.high >> 12U) & 0xFU) == 7);  // version
    CHECK((next.low >> 62U) == 2);            // variant
    last = next;
  }
  CHECK_THROWS_AS(generator.next(-1), jiedui::Error);
}
