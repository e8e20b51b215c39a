#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;
using std::chrono::seconds;

Seconds hours(std::int64_t count) {
  return Seconds{3'600 * count};
}

/// A programme in Shanghai: 8 hours a day count, up to 12 the parent, above it the province;
/// back-filled hours need the organisation, a reason, and 30 days at most.
RulePack programme() {
  RulePack pack{.id = "test", .zone = "Asia/Shanghai"};
  pack.approval.tiers = {{8h, Approver::automatic}, {12h, Approver::parent_organisation}};
  pack.approval.tiers.push_back({{}, Approver::province});
  pack.approval.by_source = {Approver::automatic, Approver::automatic, Approver::organisation,
                             Approver::organisation};
  pack.approval.timeout = 24h * 30;
  pack.backfill = {.window = std::chrono::days{30}, .reason_needed = true, .evidence_needed = true};
  return pack;
}

struct Programme : HoursBooks {
  RulePack pack = programme();
  Programme() : HoursBooks("Asia/Shanghai") {
    clock.set(utc("2026-03-31T00:00:00Z").time_since_epoch().count() * 1'000'000'000);
  }
};

ServiceRecord record(std::string need, std::string_view begins, seconds length,
                     std::string organisation = "O") {
  return {.volunteer = "V",
          .need = std::move(need),
          .organisation = std::move(organisation),
          .intervals = {{utc(begins), utc(begins) + length}}};
}

std::vector<std::string> codes(const Programme& books, const std::vector<ServiceRecord>& records) {
  std::vector<std::string> all;
  try {
    (void)const_cast<Programme&>(books).ledger.submit(records, books.pack);
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems())
      all.push_back(std::to_string(problem.row) + ' ' + problem.code);
  }
  return all;
}

}  // namespace

TEST_CASE("a long day is booked in parts, each for its approver", "[hours]") {
  Programme books;
  const ServiceRecord long_day = record("N1", "2026-03-05T00:00:00Z", 13h);
  const Submission handed_in = books.ledger.submit(long_day, books.pack);
  CHECK(handed_in.outcome == Outcome::booked);
  CHECK(books.ledger.balance("V") == Hours{hours(8), hours(5)});
  CHECK(books.ledger.submit(long_day, books.pack).outcome == Outcome::exists);
  ServiceRecord other = long_day;
  other.intervals[0].ends -= 1h;
  CHECK(books.ledger.submit(other, books.pack).outcome ==
        Outcome::exists_with_different_commitment);
  CHECK(books.ledger.balance("V") == Hours{hours(8), hours(5)});

  CHECK(books.ledger.inbox(Approver::organisation).empty());
  const auto parent = books.ledger.inbox(Approver::parent_organisation);
  REQUIRE(parent.size() == 1);
  CHECK(parent[0].record == handed_in.record);
  CHECK(parent[0].volunteer == "V");
  CHECK(parent[0].seconds == hours(4));
  CHECK(parent[0].expires);
  REQUIRE(books.ledger.inbox(Approver::province).size() == 1);
  const std::vector<std::string> elsewhere{"P"}, here{"O"};
  CHECK(books.ledger.inbox(Approver::province, elsewhere).empty());
  CHECK(books.ledger.inbox(Approver::province, here).size() == 1);

  CHECK_THROWS_AS(books.ledger.confirm(handed_in.record, {.by = "clerk"}), Error);
  CHECK(books.ledger.confirm(handed_in.record,
                             {.by = "chief", .approver = Approver::parent_organisation}) ==
        Outcome::booked);
  CHECK(books.ledger.balance("V") == Hours{hours(12), hours(1)});
  CHECK(books.ledger.history(handed_in.record)->state == RecordState::partly_confirmed);
  CHECK(books.ledger.confirm(handed_in.record, {.by = "office", .approver = Approver::province}) ==
        Outcome::booked);
  const auto life = books.ledger.history(handed_in.record);
  CHECK(life->state == RecordState::confirmed);
  CHECK(life->hours == Hours{hours(13), {}});
  REQUIRE(life->parts.size() == 3);
  CHECK(life->parts[1].answered_by == "chief");
  CHECK(life->record.served == 13h);

  CHECK(books.ledger.correct(handed_in.record) == Outcome::booked);
  CHECK(books.ledger.balance("V") == Hours{});
  CHECK(books.ledger.history(handed_in.record)->state == RecordState::corrected);
  CHECK(books.ledger.books().verify().sound());
}

TEST_CASE("disputed seconds stay claimed until somebody named settles", "[hours]") {
  Programme books;
  const auto first = books.ledger.submit(record("N1", "2026-03-05T01:00:00Z", 2h, "A"), books.pack);
  const auto second =
      books.ledger.submit(record("N2", "2026-03-05T02:30:00Z", 2h, "B"), books.pack);
  CHECK(second.assessment.disputed == 30min);
  CHECK(books.ledger.balance("V") == Hours{Seconds{12'600}, Seconds{1'800}});
  const auto open = books.ledger.disputes();
  REQUIRE(open.size() == 1);
  CHECK(open[0].record == second.record);
  CHECK(open[0].disputed_with == std::vector<Id128>{first.record});
  CHECK(open[0].organisation == "B");
  CHECK(!open[0].expires);
  CHECK_THROWS_AS(books.ledger.confirm(second.record), Error);
  CHECK_THROWS_AS(books.ledger.settle(open[0].part, {}), Error);
  CHECK_THROWS_AS(books.ledger.settle(first.record, {.by = "office"}), Error);

  SECTION("in favour of the one before") {
    CHECK(books.ledger.settle(open[0].part, {.by = "office"}) == Outcome::booked);
    CHECK(books.ledger.balance("V") == Hours{Seconds{12'600}, {}});
    CHECK(books.ledger.history(first.record)->hours.confirmed == hours(2));
    CHECK(books.ledger.history(second.record)->hours.confirmed == Seconds{5'400});
  }
  SECTION("in favour of the later one") {
    CHECK(books.ledger.settle(open[0].part, {.by = "office", .award = true}) == Outcome::booked);
    CHECK(books.ledger.balance("V") == Hours{Seconds{12'600}, {}});
    CHECK(books.ledger.history(first.record)->hours.confirmed == Seconds{5'400});
    CHECK(books.ledger.history(first.record)->state == RecordState::partly_confirmed);
    CHECK(books.ledger.history(second.record)->hours.confirmed == hours(2));
    CHECK(books.ledger.settle(open[0].part, {.by = "office", .award = true}) == Outcome::exists);
    CHECK(books.ledger.correct(first.record) == Outcome::booked);
    CHECK(books.ledger.balance("V") == Hours{hours(2), {}});
  }
  SECTION("after the one before was taken back") {
    CHECK(books.ledger.correct(first.record) == Outcome::booked);
    CHECK(books.ledger.disputes()[0].disputed_with.empty());
    CHECK(books.ledger.settle(open[0].part, {.by = "office", .award = true}) == Outcome::booked);
    CHECK(books.ledger.balance("V") == Hours{hours(2), {}});
  }
  CHECK(books.ledger.disputes().empty());
  CHECK(books.ledger.books().verify().sound());
}

TEST_CASE("what a pack asks of a record is checked before anything is booked", "[hours]") {
  Programme books;
  ServiceRecord late = record("N1", "2026-01-05T01:00:00Z", 2h);
  late.source = RecordSource::backfilled;
  const std::vector<ServiceRecord> records{
      record("N2", "2026-03-05T01:00:00Z", 2h), late,
      record("N3", "2026-03-30T23:00:00Z", 2h),  // ends an hour from now
  };
  CHECK(codes(books, records) ==
        std::vector<std::string>{"2 backfill_author_missing", "2 backfill_reason_missing",
                                 "2 backfill_evidence_missing", "2 backfill_too_late",
                                 "3 service_not_over"});
  CHECK(books.ledger.books().head().count == 0);
  books.pack.valid_from = std::chrono::sys_days{std::chrono::year{2026} / 3 / 6};
  CHECK(codes(books, {records[0]}) == std::vector<std::string>{"1 pack_not_in_force"});

  books.pack = programme();
  late.recorded_by = "clerk";
  late.evidence = {.document = "form 7", .reason = "the phone was off"};
  late.intervals = {{utc("2026-03-01T01:00:00Z"), utc("2026-03-01T03:00:00Z")}};
  const Submission handed_in = books.ledger.submit(late, books.pack);
  CHECK(books.ledger.balance("V") == Hours{{}, hours(2)});
  CHECK(books.ledger.inbox(Approver::organisation).size() == 1);
  CHECK(books.ledger.confirm(handed_in.record, {.by = "head of O"}) == Outcome::booked);
  const auto life = books.ledger.history(handed_in.record);
  CHECK(life->record.evidence == late.evidence);
  CHECK(life->record.recorded_by == "clerk");
  CHECK(life->parts[0].answered_by == "head of O");
}

TEST_CASE("the order of rows that differ in their end only changes nothing", "[hours]") {
  const ServiceRecord shorter = record("N", "2026-03-05T00:00:00Z", 2h);
  const ServiceRecord longer = record("N", "2026-03-05T00:00:00Z", 4h);
  Programme one, other;
  (void)one.ledger.submit(std::vector{shorter, longer}, one.pack);
  (void)other.ledger.submit(std::vector{longer, shorter}, other.pack);
  CHECK(one.ledger.balance("V") == other.ledger.balance("V"));
  CHECK(one.ledger.balance("V") == Hours{hours(2), {}});
}

TEST_CASE("a pack of another zone than the books is refused", "[hours]") {
  Programme books;
  books.pack.zone = "UTC";
  CHECK(error_code([&] {
          (void)books.ledger.submit(record("N", "2026-03-05T00:00:00Z", 2h), books.pack);
        }) == "pack_zone_differs");
}

TEST_CASE("nobody decides on their own hours, nor somebody without a name on late ones",
          "[hours]") {
  Programme books;
  ServiceRecord declared = record("N1", "2026-03-05T00:00:00Z", 2h);
  declared.source = RecordSource::declared;
  const Id128 own = books.ledger.submit(declared, books.pack).record;
  CHECK(error_code([&] { (void)books.ledger.confirm(own, {.by = "V"}); }) == "decides_own_claim");
  const ServiceRecord second = record("N2", "2026-03-05T00:00:00Z", 2h);
  const Id128 part = books.ledger.submit(second, books.pack).record;
  CHECK(error_code([&] { (void)books.ledger.settle(part, {.by = "V", .award = true}); }) ==
        "decides_own_claim");
  ServiceRecord late = record("N3", "2026-03-05T04:00:00Z", 2h);
  late.source = RecordSource::backfilled;
  late.recorded_by = "clerk";
  late.evidence = {.document = "form 7", .reason = "the phone was off"};
  const Id128 backfilled = books.ledger.submit(late, books.pack).record;
  CHECK(error_code([&] { (void)books.ledger.confirm(backfilled); }) == "confirmer_missing");
  CHECK(books.ledger.balance("V") == Hours{{}, hours(6)});
  CHECK(books.ledger.settle(part, {.by = "office", .award = true}) == Outcome::booked);
  CHECK(books.ledger.confirm(backfilled, {.by = "office"}) == Outcome::booked);
  CHECK(books.ledger.balance("V") == Hours{hours(4), {}});
}

TEST_CASE("seconds over a cap are told and not booked", "[hours]") {
  Programme books;
  books.pack.caps.day = 8h;
  const Submission day = books.ledger.submit(record("N1", "2026-03-05T00:00:00Z", 13h), books.pack);
  CHECK(day.assessment.over_cap == 5h);
  CHECK(books.ledger.balance("V") == Hours{hours(8), {}});
  const Submission more = books.ledger.submit(record("N2", "2026-03-05T14:00:00Z", 1h), books.pack);
  CHECK(more.outcome == Outcome::amount_is_zero);
  CHECK(books.ledger.balance("V") == Hours{hours(8), {}});
}

TEST_CASE("the order of arrival changes no total of a volunteer", "[hours]") {
  std::mt19937_64 random(seed());
  for (std::int64_t round = 0; round < scaled(60); ++round) {
    std::vector<ServiceRecord> records;
    for (std::size_t i = 1 + random() % 6; i > 0; --i) {
      const Instant begins =
          utc("2026-03-05T00:00:00Z") + std::chrono::minutes{random() % (3 * 24 * 60)};
      ServiceRecord one{.volunteer = "V", .need = "N" + std::to_string(i)};
      one.intervals = {{begins, begins + std::chrono::minutes{1 + random() % 900}}};
      records.push_back(one);
    }
    std::optional<Hours> total;
    std::array<Seconds, 5> waiting_before{};
    for (int order = 0; order < 3; ++order) {
      Programme books;
      // One by one, in several calls, or in one.
      if (order == 0) {
        for (const ServiceRecord& one : records) (void)books.ledger.submit(one, books.pack);
      } else if (order == 1) {
        const std::size_t half = records.size() / 2;
        const auto all = std::span(records);
        (void)books.ledger.submit(all.first(half), books.pack);
        (void)books.ledger.submit(all.subspan(half), books.pack);
      } else {
        (void)books.ledger.submit(records, books.pack);
      }
      const Hours now = books.ledger.balance("V");
      std::array<Seconds, 5> waiting{};
      for (int level = 1; level < 4; ++level)
        for (const InboxItem& item : books.ledger.inbox(static_cast<Approver>(level)))
          waiting[static_cast<std::size_t>(level)] += item.seconds;
      for (const InboxItem& item : books.ledger.disputes()) waiting[4] += item.seconds;
      if (total) {
        CHECK(now == *total);
        CHECK(waiting == waiting_before);
      }
      total = now;
      waiting_before = waiting;
      CHECK(books.ledger.books().verify().sound());
      std::shuffle(records.begin(), records.end(), random);
    }
  }
}
