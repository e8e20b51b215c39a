#include "jiedui/hours/reciprocal_service.hpp"

#include <functional>

#include <catch2/catch.hpp>

#include "hours/attested_books.hpp"
#include "jiedui/hours/stars.hpp"
#include "jiedui/wire/rule_packs.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const Instant given = utc("2026-02-20T02:00:00Z");

VenueSession session(std::string id, std::string_view begins, std::chrono::seconds length = 2h,
                     std::int32_t demand = 2, std::string venue = "O-1") {
  const Instant begin = utc(begins);
  return {.id = std::move(id),
          .venue = std::move(venue),
          .interval = {begin, begin + length},
          .demand = demand};
}

const VenueSession first = session("S@2026-03-07", "2026-03-07T01:00:00Z");
const VenueSession second = session("S@2026-03-14", "2026-03-14T01:00:00Z");

/// Books at 2026-02-25T06:13:20Z.
struct Service {
  HoursBooks books{"Asia/Shanghai"};
  ReciprocalService service{books.ledger};
  std::uint64_t last = 0;

  Id128 next() { return {9, ++last}; }
  void accrue(std::string_view family, std::chrono::seconds amount,
              std::string_view venue = "O-1") {
    REQUIRE(service.accrue(next(), family, venue, amount, given, family) == Outcome::booked);
  }
  Id128 schedule(std::string_view family, const VenueSession& one) {
    const Id128 id = next();
    REQUIRE(service.schedule(id, family, one, family).outcome == Outcome::booked);
    return id;
  }
  ReciprocalFigures figures(std::string_view family, std::string_view venue = "O-1") {
    return service.figures(family, venue);
  }
  void at(std::string_view time) { books.clock.advance(BookedTime{utc(time)} - books.clock.now()); }
};

void check_balance(Ledger& books) {
  for (const TrialBalance& line : books.trial_balance()) REQUIRE(line.sums_to_zero());
  REQUIRE(books.verify().sound());
}

}  // namespace

TEST_CASE("what is promised is scheduled, settled in part, and the rest is open again",
          "[reciprocal]") {
  Service s;
  s.accrue("F-1", 3h);
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 3h, .open = 3h});
  const Id128 id = s.next();
  CHECK(s.service.schedule(id, "F-1", first, "parent") == Scheduled{Outcome::booked, 2h});
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 3h, .open = 1h, .scheduled = 2h});
  CHECK(s.service.settle(id, 90min, "leader") == Settled{Outcome::booked, 90min, 0s});
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 3h, .open = 90min, .settled = 90min});
  // The lesser of the session's length and what is open.
  CHECK(s.service.schedule(s.next(), "F-1", second, "parent") == Scheduled{Outcome::booked, 90min});
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 3h, .scheduled = 90min, .settled = 90min});
  CHECK(s.figures("F-1", "O-2") == ReciprocalFigures{});
  CHECK(s.figures("F-2") == ReciprocalFigures{});
  check_balance(s.books.ledger.books());
}

TEST_CASE("nobody is scheduled who has not agreed", "[reciprocal]") {
  Service s;
  CHECK(error_code([&] { (void)s.service.accrue(s.next(), "F-1", "O-1", 1h, given, ""); }) ==
        "agreement_missing");
  s.accrue("F-1", 1h);
  CHECK(error_code([&] { (void)s.service.schedule(s.next(), "F-1", first, ""); }) ==
        "agreement_missing");
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 1h, .open = 1h});
}

TEST_CASE("a session is refused that is full, over, elsewhere at the time, or not promised",
          "[reciprocal]") {
  Service s;
  const auto refused = [&](std::string_view family, const VenueSession& one) {
    return error_code([&] { (void)s.service.schedule(s.next(), family, one, family); });
  };
  CHECK(refused("F-1", first) == "nothing_open");
  for (const char* family : {"F-1", "F-2", "F-3"}) s.accrue(family, 5h);
  s.accrue("F-1", 5h, "O-2");
  const Id128 taken = s.schedule("F-1", first);
  (void)s.schedule("F-2", first);
  CHECK(refused("F-3", first) == "session_full");

  // Also across venues; sessions that only touch do not overlap.
  CHECK(refused("F-1", session("T", "2026-03-07T02:59:59Z", 1h, 1, "O-2")) == "family_busy");
  (void)s.schedule("F-1", session("U", "2026-03-07T03:00:00Z", 1h, 1, "O-2"));
  CHECK(refused("F-1", session("V", "2026-03-07T00:30:00Z", 30min + 1s)) == "family_busy");
  (void)s.schedule("F-1", session("W", "2026-03-07T00:30:00Z", 30min));

  CHECK(s.service.cancel(taken) == Outcome::booked);
  (void)s.schedule("F-3", first);  // there is room again
  CHECK(refused("F-1", first) == "session_full");

  // Answers are taken for 14 days.
  const VenueSession past = session("X", "2026-02-11T04:13:20Z");
  CHECK(refused("F-2", past) == "session_over");
  const VenueSession late = session("Y", "2026-02-11T04:13:21Z");
  CHECK(s.service.schedule(s.next(), "F-2", late, "F-2").outcome == Outcome::booked);
  CHECK(refused("F-2", session("Z", "2026-03-09T01:00:00Z", 0s)) == "session_invalid");
  CHECK(refused("F-2", session("Z", "2026-03-09T01:00:00Z", 1h, 0)) == "session_invalid");
  CHECK(refused("F-2", session("", "2026-03-09T01:00:00Z")) == "id_missing");
  CHECK(refused(std::string(257, 'F'), second) == "id_too_long");
}

TEST_CASE("who was there is not planned elsewhere at that time, and keeps the place",
          "[reciprocal]") {
  Service s;
  s.accrue("F-1", 9h);
  s.accrue("F-2", 9h);
  VenueSession one = first;
  one.demand = 1;
  const Id128 id = s.schedule("F-1", one);
  CHECK(s.service.settle(id, 2h).outcome == Outcome::booked);
  CHECK(error_code([&] { (void)s.service.schedule(s.next(), "F-1", one, "p"); }) == "family_busy");
  CHECK(error_code([&] { (void)s.service.schedule(s.next(), "F-2", one, "p"); }) == "session_full");
  // A settlement that was a mistake is taken back in the books, and so is the place.
  const Id128 settled = s.books.ledger.books().find_answer(id)->id;
  REQUIRE(s.books.ledger.books().post(Correct{.id = s.next(), .entry = settled}) ==
          Outcome::booked);
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 9h, .open = 9h});
  CHECK(s.service.schedule(s.next(), "F-2", one, "p").outcome == Outcome::booked);
  const Table rows = s.service.schedules("O-1", {2026y / 3});
  REQUIRE(rows.rows() == 2);
  CHECK(std::get<TextColumn>(rows.find("state")->cells)[0] == "corrected");
  CHECK(std::get<TextColumn>(rows.find("state")->cells)[1] == "open");
}

TEST_CASE("what nobody answered is open again", "[reciprocal]") {
  Service s;
  s.accrue("F-1", 2h);
  const Id128 id = s.schedule("F-1", first);  // ends 2026-03-07T03:00Z
  s.at("2026-03-21T02:59:59Z");
  CHECK(s.books.ledger.advance() == 0);
  CHECK(s.figures("F-1").scheduled == 2h);
  s.at("2026-03-21T03:00:01Z");
  CHECK(s.service.settle(id, 2h).outcome == Outcome::claim_expired);
  CHECK(s.service.cancel(id) == Outcome::claim_expired);
  CHECK(s.books.ledger.advance() == 1);
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 2h, .open = 2h});
}

TEST_CASE("a family cancels or withdraws at any time, without a reason", "[reciprocal]") {
  Service s;
  s.accrue("F-1", 6h);
  const Id128 settled = s.schedule("F-1", first);
  CHECK(s.service.settle(settled, 2h).settled == 2h);
  const Id128 open = s.schedule("F-1", second);
  const Id128 due = s.schedule("F-1", session("D", "2026-02-27T01:00:00Z", 1h));
  CHECK(s.figures("F-1") ==
        ReciprocalFigures{.accrued = 6h, .open = 1h, .scheduled = 3h, .settled = 2h});
  s.at("2026-03-13T02:00:01Z");  // the time to answer for D has passed, and nobody advanced

  const Id128 id = s.next();
  CHECK(s.service.withdraw(id, "F-1", "O-1") == Waived{Outcome::booked, 4h});
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 6h, .settled = 2h, .waived = 4h});
  CHECK(s.service.settle(open, 1h).outcome == Outcome::claim_declined);
  CHECK(s.service.settle(due, 1h).outcome == Outcome::claim_expired);
  CHECK(s.service.withdraw(id, "F-1", "O-1") == Waived{Outcome::exists, 4h});
  CHECK(s.service.withdraw(s.next(), "F-1", "O-1") == Waived{Outcome::amount_is_zero, 0s});
  CHECK(s.service.withdraw(s.next(), "F-9", "O-1").outcome == Outcome::account_not_found);

  s.accrue("F-1", 1h);  // nothing follows: it may promise anew
  CHECK(s.figures("F-1").open == 1h);
  CHECK(s.service.withdraw(id, "F-1", "O-1") == Waived{Outcome::exists, 4h});
  CHECK(s.figures("F-1").open == 1h);  // an old withdrawal sent again takes nothing new
  check_balance(s.books.ledger.books());
}

TEST_CASE("a promise is waived in part or whole, never more than is open", "[reciprocal]") {
  Service s;
  s.accrue("F-1", 5h);
  (void)s.schedule("F-1", first);
  const Id128 part = s.next(), all = s.next();
  CHECK(s.service.waive(part, "F-1", "O-1", 1h, "leader") == Waived{Outcome::booked, 1h});
  CHECK(s.service.waive(s.next(), "F-1", "O-1", 2h + 1s) ==
        Waived{Outcome::debit_limit_exceeded, 0s});
  CHECK(s.service.waive(all, "F-1", "O-1") == Waived{Outcome::booked, 2h});
  CHECK(s.service.waive(all, "F-1", "O-1") == Waived{Outcome::exists, 2h});
  CHECK(s.service.waive(part, "F-1", "O-1", 1h, "leader") == Waived{Outcome::exists, 1h});
  CHECK(s.service.waive(part, "F-1", "O-1", 2h, "leader").outcome ==
        Outcome::exists_with_different_amount);
  CHECK(s.service.waive(s.next(), "F-1", "O-1") == Waived{Outcome::amount_is_zero, 0s});
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 5h, .scheduled = 2h, .waived = 3h});
  CHECK(s.service.waive(s.next(), "F-1", "O-2").outcome == Outcome::account_not_found);
  CHECK(error_code([&] { (void)s.service.waive(s.next(), "F-1", "O-1", 0s); }) ==
        "seconds_out_of_range");
}

TEST_CASE("the same again answers exists, something else under its id does not", "[reciprocal]") {
  Service s;
  const Id128 id{1, 1}, plan{1, 2};
  const auto accrue = [&](std::chrono::seconds amount, std::string_view agreed_by,
                          std::string_view family = "F-1") {
    return s.service.accrue(id, family, "O-1", amount, given, agreed_by);
  };
  CHECK(accrue(3h, "parent") == Outcome::booked);
  CHECK(s.service.schedule(plan, "F-1", first, "parent").outcome == Outcome::booked);
  const auto count = s.books.ledger.books().head().count;
  CHECK(accrue(3h, "parent") == Outcome::exists);
  CHECK(accrue(2h, "parent") == Outcome::exists_with_different_amount);
  CHECK(accrue(3h, "other") == Outcome::exists_with_different_commitment);
  CHECK(accrue(3h, "parent", "F-2") == Outcome::exists_with_different_credit);
  CHECK(s.service.schedule(plan, "F-1", first, "parent") == Scheduled{Outcome::exists, 2h});
  CHECK(s.service.schedule(plan, "F-1", first, "other").outcome ==
        Outcome::exists_with_different_commitment);
  CHECK(s.service.schedule(plan, "F-1", second, "parent").outcome ==
        Outcome::exists_with_different_happened);
  CHECK(s.service.settle(plan, 3h, "leader") == Settled{Outcome::booked, 2h, 1h});
  CHECK(s.service.settle(plan, 3h, "leader") == Settled{Outcome::exists, 2h, 1h});
  CHECK(s.service.settle(plan, 1h, "leader").outcome == Outcome::exists_with_different_amount);
  CHECK(s.service.cancel(plan) == Outcome::claim_confirmed);
  CHECK(s.service.schedule(plan, "F-1", first, "parent") == Scheduled{Outcome::exists, 2h});
  CHECK(s.books.ledger.books().head().count == count + 1);
  CHECK(s.service.settle(id, 1h).outcome == Outcome::claim_not_found);  // what accrued is no claim
  CHECK(s.service.settle({4, 4}, 1h).outcome == Outcome::claim_not_found);
  CHECK(error_code([&] { (void)s.service.settle(plan, 0s); }) == "seconds_out_of_range");
  CHECK(error_code([&] { (void)accrue(4294967296s, "parent"); }) == "seconds_out_of_range");
  // Who agreed is erased: there is nothing to compare, and it still exists.
  (void)s.books.ledger.erase("parent");
  CHECK(accrue(3h, "parent") == Outcome::exists);
  CHECK(s.service.schedule(plan, "F-1", first, "parent") == Scheduled{Outcome::exists, 2h});
  check_balance(s.books.ledger.books());
}

TEST_CASE("services of other names, and claims on hours, are left alone", "[reciprocal]") {
  Service s;
  ReciprocalService other(s.books.ledger, "other");
  s.accrue("F-1", 2h);
  const Id128 id = s.schedule("F-1", first);
  CHECK(other.figures("F-1", "O-1") == ReciprocalFigures{});
  CHECK(other.table().rows() == 0);
  CHECK(other.settle(id, 1h).outcome == Outcome::claim_not_found);
  CHECK(other.accrue(s.next(), "F-1", "O-1", 2h, given, "p") == Outcome::booked);
  // A family is in one place at a time, whatever the service is called.
  CHECK(error_code([&] { (void)other.schedule(s.next(), "F-1", first, "p"); }) == "family_busy");
  const ServiceRecord record{.id = {7, 7}, .volunteer = "F-1", .intervals = {{given, given + 1h}}};
  REQUIRE(s.books.ledger.claim(record) == Outcome::booked);
  CHECK(s.service.settle({7, 7}, 1h).outcome == Outcome::claim_not_found);
  CHECK(s.service.cancel({7, 7}) == Outcome::claim_not_found);
  CHECK_THROWS_AS(ReciprocalService(s.books.ledger, "", 0s), Error);
}

// Regulations on Volunteer Service, articles 21 and 25: kept apart from hours and from credits.
TEST_CASE("no second of it is service, until a record is posted for it", "[reciprocal]") {
  Service s;
  HoursLedger& ledger = s.books.ledger;
  s.accrue("F-1", 90min);
  const Id128 id = s.schedule("F-1", first);
  const Settled settled = s.service.settle(id, 2h);
  CHECK(settled == Settled{Outcome::booked, 90min, 30min});
  s.accrue("F-1", 4h);
  (void)s.schedule("F-1", second);

  const SigningKey key = SigningKey::generate();
  AttestationRequest request = AttestedBooks::march();
  request.volunteer = "F-1";
  const StarRules rules = shipped_rule_pack("cn-stars-2012").stars.value();
  const auto standings = [&] {
    return stars(ledger.served_records({2026y}), rules, Date{2026y / 12 / 31});
  };
  CHECK(ledger.balance("F-1") == Hours{});
  CHECK(ledger.statement("F-1", {2026y}).lines.empty());
  CHECK(ledger.served_records({2026y}).empty());
  CHECK(ledger.all_histories({2026y}).empty());
  CHECK_FALSE(ledger.find(id));
  CHECK_FALSE(ledger.history(id));
  CHECK(ledger.inbox(Approver::organisation).empty());
  CHECK(error_code([&] { (void)attest(ledger, request, key); }) == "attestation_empty");
  CHECK(standings().empty());
  for (const TrialBalance& line : ledger.books().trial_balance())
    CHECK(line.unit == ReciprocalService::unit());

  // What went beyond the promise is ordinary service.
  const Instant from = first.interval.begins + settled.settled;
  const ServiceRecord beyond{.volunteer = "F-1",
                             .need = first.id,
                             .organisation = "O-1",
                             .intervals = {{from, from + settled.beyond}}};
  REQUIRE(ledger.post(beyond) == Outcome::booked);
  CHECK(ledger.balance("F-1").confirmed == Seconds{1'800});
  CHECK(ledger.served_records({2026y}).size() == 1);
  CHECK(attest(ledger, request, key).seconds == Seconds{1'800});
  CHECK(standings().size() == 1);
  CHECK(s.figures("F-1") ==
        ReciprocalFigures{.accrued = 90min + 4h, .open = 2h, .scheduled = 2h, .settled = 90min});
  check_balance(ledger.books());
}

TEST_CASE("a venue keeps its name when a family of the same id is erased", "[reciprocal]") {
  Service s;
  s.accrue("7", 1h, "7");
  s.accrue("8", 1h, "7");
  CHECK(s.books.ledger.erase("7") == Outcome::booked);
  const Table table = s.service.table();
  REQUIRE(table.rows() == 2);
  for (std::size_t row : {0U, 1U})
    CHECK(std::get<TextColumn>(table.find("venue")->cells)[row] == "7");
  CHECK(s.figures("8", "7") == ReciprocalFigures{.accrued = 1h, .open = 1h});
}

TEST_CASE("an erased family leaves balanced books and no name", "[reciprocal]") {
  Service s;
  s.accrue("F-1", 6h);
  s.accrue("F-1", 1h, "O-2");
  s.accrue("F-2", 2h);
  (void)s.schedule("F-2", second);
  const Id128 served = s.schedule("F-1", first);
  CHECK(s.service.settle(served, 1h).settled == 1h);
  const Id128 open = s.schedule("F-1", second);
  s.at("2026-03-29T00:00:00Z");  // what was scheduled is due, and nobody advanced
  CHECK(s.books.ledger.erase("F-1") == Outcome::booked);
  CHECK(s.books.ledger.books().find_answer(open)->kind == EntryKind::expire);
  CHECK(s.figures("F-1") == ReciprocalFigures{});
  const Table table = s.service.table();
  REQUIRE(table.rows() == 3);
  const auto& families = std::get<TextColumn>(table.find("family")->cells);
  const auto& waived = std::get<std::vector<std::int64_t>>(table.find("waived")->cells);
  CHECK(families[0].empty());
  CHECK(families[1].empty());
  CHECK(waived[0] + waived[1] == 6 * 3'600);
  CHECK(families[2] == "F-2");
  CHECK(s.figures("F-2") == ReciprocalFigures{.accrued = 2h, .open = 2h});
  const Table rows = s.service.schedules("O-1", {2026y / 3});
  CHECK(rows.rows() == 3);
  CHECK(s.books.ledger.erase("F-1") == Outcome::account_not_found);
  s.accrue("F-1", 1h);  // as another family of that id would
  CHECK(s.figures("F-1") == ReciprocalFigures{.accrued = 1h, .open = 1h});
  CHECK(s.service.table().rows() == 4);
  check_balance(s.books.ledger.books());
}
