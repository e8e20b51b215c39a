#include "jiedui/hours/hours_ledger.hpp"

#include <map>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "jiedui/hours/time_bank.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

Seconds hours(std::int64_t count) {
  return Seconds{3'600 * count};
}

std::vector<std::string> words(const Statement& statement) {
  std::vector<std::string> all;
  for (const StatementLine& line : statement.lines) all.emplace_back(statement_word(line.kind));
  return all;
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("served hours are booked once and stand on the statement", "[hours]") {
  HoursBooks books{"Asia/Shanghai"};
  const PlannedPair pair = planned("V-0042", "N-17", "2026-03-05T01:30:00Z");
  CHECK(books.ledger.post(served(pair, 90min)) == Outcome::booked);
  CHECK(books.ledger.post(served(pair, 90min)) == Outcome::exists);
  CHECK(books.ledger.post(served(pair, 60min)) == Outcome::exists_with_different_amount);
  CHECK(books.ledger.balance("V-0042") == Hours{Seconds{5'400}, {}});

  const Statement statement = books.ledger.statement("V-0042", {2026y / 3});
  REQUIRE(statement.lines.size() == 1);
  CHECK(statement.lines[0].need == "N-17");
  CHECK(statement.lines[0].happened == utc("2026-03-05T01:30:00Z"));
  CHECK(statement.confirmed() == Seconds{5'400});
  CHECK(books.ledger.statement("V-0042", {2026y / 2}).closing == Hours{});
  CHECK(books.ledger.statement("V-0042", {2026y / 4}).opening == Hours{Seconds{5'400}, {}});

  std::ostringstream text;
  text << statement;
  CHECK(text.str() ==
        "Service hours of V-0042\n"
        "2026-03-01 to 2026-03-31, Asia/Shanghai; as of entry 3\n"
        "began                          confirmed     claimed  source, for\n"
        "                  opening        0:00:00     0:00:00\n"
        "2026-03-05 09:30  served         1:30:00              organisation, N-17\n"
        "                  closing        1:30:00     0:00:00\n");
}

TEST_CASE("a pair without a time counts when it is booked, once", "[hours]") {
  HoursBooks books;
  books.clock.set(utc("2026-03-31T23:00:00Z").time_since_epoch().count() * 1'000'000'000);
  const PlannedPair pair = planned("V", "N", "");
  CHECK(books.ledger.post(served(pair, 1h)) == Outcome::booked);
  books.clock.advance(24h);
  CHECK(books.ledger.post(served(pair, 1h)) == Outcome::exists);
  CHECK(books.ledger.statement("V", {2026y / 3}).confirmed() == hours(1));
}

TEST_CASE("a service is the same by volunteer, need, activity, organisation and begin", "[hours]") {
  HoursBooks books;
  const ServiceRecord first{.volunteer = "V",
                            .need = "N",
                            .organisation = "O",
                            .place = "P",
                            .beneficiary = "B",
                            .intervals = {{at(0), at(3'600)}}};
  CHECK(books.ledger.post(first) == Outcome::booked);
  const auto posted = [&](auto change) {
    ServiceRecord record = first;
    change(record);
    return books.ledger.post(record);
  };
  CHECK(posted([](auto& r) { r.volunteer = "W"; }) == Outcome::booked);
  CHECK(posted([](auto& r) { r.need = "M"; }) == Outcome::booked);
  CHECK(posted([](auto& r) { r.activity = "A"; }) == Outcome::booked);
  CHECK(posted([](auto& r) { r.organisation = "Q"; }) == Outcome::booked);
  CHECK(posted([](auto& r) { r.intervals = {{at(1), at(3'601)}}; }) == Outcome::booked);
  CHECK(posted([](auto& r) { r.place = "Q"; }) == Outcome::exists_with_different_commitment);
  CHECK(posted([](auto& r) { r.beneficiary = ""; }) == Outcome::exists_with_different_commitment);
  CHECK(posted([](auto& r) { r.source = RecordSource::clock; }) ==
        Outcome::exists_with_different_code);
  CHECK(posted([](auto& r) { r.id = id(5); }) == Outcome::booked);  // the caller says it is another
  CHECK(posted([](auto& r) { r.id = id(5); }) == Outcome::exists);
  CHECK(books.ledger.balance("V").confirmed == hours(6));
  CHECK(books.ledger.balance("W").confirmed == hours(1));
}

TEST_CASE("claim, then confirm whole or in part, decline, or let it expire", "[hours]") {
  HoursBooks books;
  HoursLedger& ledger = books.ledger;
  const auto record = [](const char* need, std::int64_t day) {
    return ServiceRecord{.volunteer = "V",
                         .need = need,
                         .intervals = {{at(86'400 * day), at(86'400 * day + 7'200)}},
                         .source = RecordSource::declared};
  };
  const ServiceRecord whole = record("whole", 1);
  const ServiceRecord part = record("part", 2);
  const ServiceRecord none = record("none", 3);
  const ServiceRecord late = record("late", 4);
  for (const ServiceRecord& one : {whole, part, none, late})
    CHECK(ledger.claim(one, 100s) == Outcome::booked);
  CHECK(ledger.claim(whole, 100s) == Outcome::exists);
  CHECK(ledger.post(whole) == Outcome::exists_with_different_kind);
  CHECK(ledger.balance("V") == Hours{{}, hours(8)});

  CHECK(ledger.confirm(whole, {.by = "leader"}) == Outcome::booked);
  CHECK(ledger.confirm(whole, {.by = "leader"}) == Outcome::exists);
  CHECK(ledger.confirm(whole, {.by = "other"}) == Outcome::exists_with_different_commitment);
  CHECK(ledger.confirm(part, {.seconds = 3'600s}) == Outcome::booked);
  CHECK(ledger.decline(none, {.by = "leader", .reason = HoursReason::not_served}) ==
        Outcome::booked);
  CHECK(ledger.confirm(none) == Outcome::claim_declined);
  books.clock.advance(101s);
  CHECK(ledger.confirm(late) == Outcome::claim_expired);
  CHECK(ledger.advance() == 1);
  CHECK(ledger.balance("V") == Hours{hours(3), {}});

  const Statement statement = ledger.statement("V", {1970y});
  CHECK(words(statement) == Words{"claimed", "confirmed", "claimed", "confirmed", "claimed",
                                  "declined", "claimed", "expired"});
  CHECK(statement.lines[2].change == Hours{{}, hours(2)});
  CHECK(statement.lines[3].change == Hours{hours(1), hours(-2)});
  CHECK(statement.lines[5].reason == static_cast<std::uint32_t>(HoursReason::not_served));
  CHECK(statement.lines[3].record == ledger.id_of(part));
  CHECK(statement.closing == Hours{hours(3), {}});
  CHECK(statement.confirmed(RecordSource::declared) == hours(3));
  CHECK(statement.confirmed(RecordSource::clock) == Seconds{});

  const ServiceRecord unknown = record("never posted", 5);
  CHECK(ledger.confirm(unknown) == Outcome::claim_not_found);
  CHECK(ledger.confirm(ServiceRecord{.volunteer = "nobody"}) == Outcome::claim_not_found);
  CHECK_THROWS_AS(ledger.confirm(part, {.seconds = -1s}) == Outcome::booked, Error);
}

TEST_CASE("many claims are answered in one transaction, each with its own outcome", "[hours]") {
  HoursBooks books;
  HoursLedger& ledger = books.ledger;
  std::vector<ServiceRecord> records;
  for (int i = 0; i < 4; ++i)
    records.push_back({.volunteer = "V" + std::to_string(i), .intervals = {{at(0), at(3'600)}}});
  const std::span all(records);
  CHECK(ledger.claim(all.first(3)) == std::vector(3, Outcome::booked));
  CHECK(ledger.decline(all.subspan(1, 1), {.reason = HoursReason::not_served}) ==
        std::vector{Outcome::booked});
  CHECK(ledger.confirm(all, {.by = "leader"}) ==
        std::vector{Outcome::booked, Outcome::claim_declined, Outcome::booked,
                    Outcome::claim_not_found});
  CHECK(ledger.confirm(all.first(1), {.by = "leader"}) == std::vector{Outcome::exists});
  CHECK(ledger.balance("V0") == Hours{hours(1), {}});
  CHECK(ledger.balance("V1") == Hours{});
  CHECK(ledger.balance("V2") == Hours{hours(1), {}});
  CHECK(ledger.confirm(all.first(0)).empty());
  CHECK(ledger.books().verify().sound());
}

TEST_CASE("a record is taken back or replaced, in the month of the service", "[hours]") {
  HoursBooks books;
  HoursLedger& ledger = books.ledger;
  const auto march = served(planned("V", "N", "2026-03-05T08:00:00Z"), 2h);
  CHECK(ledger.claim(march) == Outcome::booked);
  CHECK(ledger.correct(march) == Outcome::entry_not_reversible);  // still open: decline it
  CHECK(ledger.confirm(march) == Outcome::booked);

  SECTION("taken back") {
    CHECK(ledger.correct(march) == Outcome::booked);
    CHECK(ledger.correct(march) == Outcome::exists);
    const Statement statement = ledger.statement("V", {2026y / 3});
    CHECK(words(statement) == Words{"claimed", "confirmed", "corrected"});
    CHECK(statement.lines[2].change == Hours{hours(-2), {}});
    CHECK(statement.lines[2].record == ledger.id_of(march));
    CHECK(statement.lines[2].need == "N");
    CHECK(statement.closing == Hours{});
  }
  SECTION("replaced, and replaced again") {
    const auto shorter = served(planned("V", "N", "2026-03-05T08:00:00Z"), 1h);
    const Id128 first = ledger.id_of(march);
    CHECK(ledger.replace(first, shorter) == Outcome::booked);
    CHECK(ledger.replace(first, shorter) == Outcome::exists);
    CHECK(ledger.balance("V").confirmed == hours(1));
    const Id128 second = HoursLedger::replacement_id(first);
    REQUIRE(ledger.find(second));
    CHECK(ledger.find(second)->served == 1h);
    CHECK(ledger.replace(second, served(planned("V", "N", "2026-03-05T08:00:00Z"), 3h)) ==
          Outcome::booked);
    CHECK(ledger.statement("V", {2026y / 3}).confirmed() == hours(3));
  }
  SECTION("the replacement may be another volunteer's") {
    CHECK(ledger.replace(ledger.id_of(march),
                         served(planned("W", "N", "2026-03-05T08:00:00Z"), 2h)) == Outcome::booked);
    CHECK(ledger.balance("V") == Hours{});
    CHECK(ledger.balance("W").confirmed == hours(2));
  }
  SECTION("a replacement is of the same class, and takes nothing from other records") {
    ServiceRecord other = served(planned("V", "M", "2026-03-05T10:00:00Z"), 2h);
    REQUIRE(ledger.post(other) == Outcome::booked);
    ServiceRecord longer = served(planned("V", "N", "2026-03-05T08:00:00Z"), 3h);
    CHECK(error_code([&] { (void)ledger.replace(ledger.id_of(march), longer); }) ==
          "replacement_disputed");
    longer.intervals = {{longer.intervals[0].begins, longer.intervals[0].begins + 2h}};
    longer.served = {};
    longer.source = RecordSource::clock;
    CHECK(error_code([&] { (void)ledger.replace(ledger.id_of(march), longer); }) ==
          "source_changes");
    CHECK(ledger.balance("V").confirmed == hours(4));
  }
  SECTION("if the replacement is refused, nothing is taken back") {
    ServiceRecord taken = march;
    taken.id = ledger.id_of(march);
    CHECK(ledger.replace(taken.id, taken) == Outcome::exists_with_different_kind);
    CHECK(ledger.replace(id(99), march) == Outcome::entry_not_found);
    CHECK(ledger.balance("V").confirmed == hours(2));
  }
  CHECK(ledger.books().verify().sound());
  for (const TrialBalance& total : ledger.books().trial_balance()) CHECK(total.sums_to_zero());
}

TEST_CASE("bad records are named by row, and nothing of the call is booked", "[hours]") {
  HoursBooks books;
  const std::vector<ServiceRecord> records{
      served(planned("V", "N", ""), 1h), {.volunteer = "V"}, {.served = 5s}};
  try {
    static_cast<void>(books.ledger.post(records));
    FAIL("it did not throw");
  } catch (const InputError& error) {
    REQUIRE(error.problems().size() == 2);
    CHECK(error.problems()[0].row == 2);
    CHECK(error.problems()[0].code == "served_missing");
    CHECK(error.problems()[1].row == 3);
    CHECK(error.problems()[1].code == "volunteer_missing");
  }
  CHECK(books.ledger.books().head().count == 0);
}

TEST_CASE("a volunteer without hours has an empty statement", "[hours]") {
  HoursBooks books;
  const Statement statement = books.ledger.statement("V-9", {2026y});
  CHECK(statement.lines.empty());
  CHECK(statement.closing == Hours{});
  CHECK_FALSE(books.ledger.account_of("V-9"));
  CHECK(statement.table().rows() == 0);
  CHECK(statement.table().columns.size() == 14);
}

TEST_CASE("a record is found again with all it said", "[hours]") {
  HoursBooks books;
  const ServiceRecord record{.id = id(77),
                             .volunteer = "V",
                             .need = "N",
                             .activity = "A",
                             .organisation = "O",
                             .place = "P",
                             .item = "I",
                             .beneficiary = "B",
                             .intervals = {{at(100), at(200)}, {at(300), at(400)}},
                             .served = 150s,
                             .recorded_by = "R",
                             .source = RecordSource::backfilled};
  CHECK(books.ledger.post(record) == Outcome::booked);
  CHECK(books.ledger.find(id(77)) == record);
  CHECK_FALSE(books.ledger.find(id(78)));
}

TEST_CASE("an erased person leaves amounts and a chain that verifies", "[hours]") {
  HoursBooks books;
  HoursLedger& ledger = books.ledger;
  ServiceRecord own = served(planned("V", "N-1", "2026-03-05T08:00:00Z"), 2h);
  own.recorded_by = "someone";
  ServiceRecord others = served(planned("W", "N-2", "2026-03-06T08:00:00Z"), 1h);
  others.beneficiary = "V";
  others.recorded_by = "V";
  CHECK(ledger.post(own) == Outcome::booked);
  CHECK(ledger.post(others) == Outcome::booked);
  CHECK(ledger.claim(served(planned("V", "N-3", "2026-03-07T08:00:00Z"), 1h)) == Outcome::booked);
  const Id128 own_id = ledger.id_of(own);
  const Id128 account = ledger.account_of("V").value();

  CHECK(ledger.erase("V") == Outcome::booked);
  CHECK_FALSE(ledger.account_of("V"));
  CHECK_FALSE(ledger.find(own_id));
  CHECK_FALSE(books.directory.name_of(account));
  CHECK(ledger.balance("V") == Hours{});
  const auto left = ledger.find(ledger.id_of(others));
  REQUIRE(left);
  CHECK(left->beneficiary.empty());
  CHECK(left->recorded_by.empty());
  CHECK(left->volunteer == "W");
  CHECK(ledger.post(others) == Outcome::exists);  // what was blanked is not compared
  CHECK(ledger.books().balance(account) == Balance{.credits_posted = 7'200});
  CHECK(ledger.books().find_account(account)->closed);
  CHECK(ledger.books().verify().sound());
  CHECK(ledger.erase("V") == Outcome::account_not_found);

  // The same external id, given to someone else later, starts from nothing.
  CHECK(ledger.post(own) == Outcome::booked);
  CHECK(ledger.id_of(own) != own_id);
  CHECK(ledger.account_of("V") != account);
}

TEST_CASE("a claim that is due keeps nobody from being erased", "[hours]") {
  HoursBooks books;
  HoursLedger& ledger = books.ledger;
  CHECK(ledger.claim(served(planned("V", "N-1", "2026-03-05T08:00:00Z"), 1h), 1h) ==
        Outcome::booked);
  books.clock.advance(2h);
  const Id128 account = ledger.account_of("V").value();
  CHECK(ledger.erase("V") == Outcome::booked);
  CHECK(ledger.books().find_account(account)->closed);
  CHECK(ledger.books().balance(account) == Balance{});
  CHECK_FALSE(books.directory.find(PartyKind::volunteer, "V"));
}

TEST_CASE("who answered is erased, and the answer sent again still exists", "[hours]") {
  HoursBooks books;
  const ServiceRecord record = served(planned("V", "N-1", "2026-03-05T08:00:00Z"), 1h);
  CHECK(books.ledger.claim(record) == Outcome::booked);
  CHECK(books.ledger.confirm(record, {.by = "leader"}) == Outcome::booked);
  CHECK(books.ledger.confirm(record, {.by = "other"}) == Outcome::exists_with_different_commitment);
  CHECK(books.ledger.erase("leader") == Outcome::account_not_found);
  CHECK(books.ledger.confirm(record, {.by = "leader"}) == Outcome::exists);
}

TEST_CASE("who has no hours is erased too", "[hours]") {
  HoursBooks books;
  TimeBank bank(books.ledger, {});
  REQUIRE(bank.enrol({.id = "V"}) == Outcome::booked);
  CHECK(books.ledger.erase("V") == Outcome::booked);  // the account of credits was closed
  CHECK(books.ledger.erase("V") == Outcome::account_not_found);
  CHECK_FALSE(books.directory.find(PartyKind::volunteer, "V"));
}

TEST_CASE("nothing on the chain can be guessed from external ids", "[hours]") {
  HoursBooks first;
  HoursBooks second;
  const ServiceRecord record = served(planned("V", "N", "2026-03-05T08:00:00Z"), 1h);
  CHECK(first.ledger.post(record) == Outcome::booked);
  CHECK(second.ledger.post(record) == Outcome::booked);
  CHECK(first.ledger.id_of(record) != second.ledger.id_of(record));
  const auto one = first.ledger.books().find_entry(first.ledger.id_of(record));
  const auto two = second.ledger.books().find_entry(second.ledger.id_of(record));
  CHECK(one->commitment != two->commitment);
  CHECK(one->reference != two->reference);
  CHECK(one->credit != two->credit);
  // The id rises with the time of service: its first 48 bits are milliseconds.
  CHECK(one->id.high >> 16U == two->id.high >> 16U);
  CHECK(one->id.high >> 16U == 1'772'697'600'000);
}

TEST_CASE("hours as text", "[hours]") {
  CHECK(hours_text(Seconds{0}) == "0:00:00");
  CHECK(hours_text(Seconds{5'405}) == "1:30:05");
  CHECK(hours_text(Seconds{360'000}) == "100:00:00");
  CHECK(hours_text(Seconds{-61}) == "-0:01:01");
  CHECK(hours_text(Seconds{std::numeric_limits<std::int64_t>::min()}) == "-2562047788015215:30:08");
}

TEST_CASE("statements add up to the ledger, whatever is posted", "[hours]") {
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  for (std::int64_t round = scaled(20); round > 0; --round) {
    HoursBooks books;
    std::vector<ServiceRecord> records;
    std::map<std::string, std::int64_t> confirmed;  // seconds by volunteer, as they should be
    for (int step = 0; step < 150; ++step) {
      const std::string volunteer = "V" + std::to_string(random() % 5);
      const auto begin = static_cast<std::int64_t>(random() % 50'000'000);
      const auto length = static_cast<std::int64_t>(1 + random() % 20'000);
      switch (random() % 5) {
        case 0:
        case 1:
          records.push_back(
              {.volunteer = volunteer, .intervals = {{at(begin), at(begin + length)}}});
          if (books.ledger.post(records.back()) == Outcome::booked) confirmed[volunteer] += length;
          break;
        case 2:
          records.push_back(
              {.volunteer = volunteer, .intervals = {{at(begin), at(begin + length)}}});
          CHECK(succeeded(books.ledger.claim(records.back())));
          break;
        default:
          if (records.empty()) break;
          const ServiceRecord& one = records[random() % records.size()];
          if (random() % 2 == 0) {
            if (books.ledger.confirm(one) == Outcome::booked)
              confirmed[one.volunteer] += counted_seconds(one).count();
          } else if (books.ledger.correct(one) == Outcome::booked) {
            confirmed[one.volunteer] -= counted_seconds(one).count();
          }
      }
    }
    for (const auto& [volunteer, seconds] : confirmed) {
      REQUIRE(books.ledger.balance(volunteer).confirmed == Seconds{seconds});
      Hours running;
      Seconds sum;
      for (int year = 1970; year < 1973; ++year) {
        const Statement statement = books.ledger.statement(volunteer, {std::chrono::year{year}});
        REQUIRE(statement.opening == running);
        for (const StatementLine& line : statement.lines) {
          running.confirmed += line.change.confirmed;
          running.claimed += line.change.claimed;
        }
        REQUIRE(statement.closing == running);
        sum += statement.confirmed(RecordSource::organisation);
      }
      REQUIRE(running == books.ledger.balance(volunteer));
      REQUIRE(sum == running.confirmed);
    }
    REQUIRE(books.ledger.books().verify().sound());
  }
}
