#include <catch2/catch.hpp>

#include "jiedui/hours/reciprocal_service.hpp"
#include "store/town.hpp"

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

namespace {

const VenueSession session{
    .id = "S@2099-03-07",
    .venue = "O-1",
    .interval = {utc("2099-03-07T01:00:00Z"), utc("2099-03-07T03:00:00Z")},
};
constexpr std::string_view family = "family-to-be-erased-5517";

}  // namespace

TEST_CASE("reciprocal service is there again when a store is opened", "[store]") {
  Town town;
  const Instant given = utc("2026-02-20T02:00:00Z");
  {
    Store store = town.open();
    ReciprocalService service(store.ledger());
    REQUIRE(service.accrue({1, 1}, family, "O-1", 5h, given, "parent") == Outcome::booked);
    REQUIRE(service.accrue({1, 2}, "F-2", "O-1", 3h, given, "parent") == Outcome::booked);
    REQUIRE(service.schedule({1, 3}, family, session, "parent").amount == 2h);
  }
  Table before;
  {
    Store store = town.open();
    ReciprocalService service(store.ledger());
    CHECK(service.figures(family, "O-1") ==
          ReciprocalFigures{.accrued = 5h, .open = 3h, .scheduled = 2h});
    CHECK(service.accrue({1, 1}, family, "O-1", 5h, given, "parent") == Outcome::exists);
    CHECK(service.schedule({1, 3}, family, session, "parent") == Scheduled{Outcome::exists, 2h});
    const auto code = [&](std::string_view who) {
      return error_code([&] { (void)service.schedule({1, 4}, who, session, "parent"); });
    };
    CHECK(code("F-2") == "session_full");
    CHECK(code(family) == "family_busy");
    const Table rows = service.schedules("O-1", {2099y / 3});
    REQUIRE(rows.rows() == 1);
    CHECK(std::get<TextColumn>(rows.find("session")->cells)[0] == session.id);
    CHECK(std::get<TextColumn>(rows.find("ends")->cells)[0] == "2099-03-07T03:00:00Z");
    CHECK(service.settle({1, 3}, 1h, "leader") == Settled{Outcome::booked, 1h, 0s});
    before = service.table();
    CHECK(before.rows() == 2);
    CHECK(store.verify().sound());
  }
  Store store = town.open();
  ReciprocalService service(store.ledger());
  CHECK(service.table() == before);
  CHECK(service.withdraw({1, 5}, "F-2", "O-1") == Waived{Outcome::booked, 3h});
  CHECK(store.ledger().erase(family) == Outcome::booked);
  CHECK(service.table().rows() == 2);
  CHECK(service.figures(family, "O-1") == ReciprocalFigures{});
  CHECK(store.verify().sound());
  for (const char* column : {"parties.external_id", "service_answers.answered_by"}) {
    const std::string name(column);
    const std::string table = name.substr(0, name.find('.'));
    CHECK(town.look("SELECT count(*) FROM " + table + " WHERE " + name + " LIKE 'family-to-be%'") ==
          "0");
  }
}

TEST_CASE("what fails half way leaves nothing of a reciprocal movement", "[store]") {
  Town town;
  Store store = town.open();
  ReciprocalService service(store.ledger());
  const Instant given = utc("2026-02-20T02:00:00Z");
  REQUIRE(service.accrue({1, 1}, "F-1", "O-1", 5h, given, "parent") == Outcome::booked);
  const ChainHead head = store.books().head();
  // The accounts of a new family and venue would open, but the id is taken.
  CHECK(service.accrue({1, 1}, "F-9", "O-9", 5h, given, "parent") ==
        Outcome::exists_with_different_debit);
  VenueSession full = session;
  full.demand = 0;
  CHECK_THROWS_AS(service.schedule({1, 2}, "F-1", full, "parent"), Error);
  CHECK(store.books().head() == head);
  CHECK(town.look("SELECT count(*) FROM parties WHERE external_id IN ('F-9', 'O-9')") == "0");
  CHECK(service.table().rows() == 1);
}
