#include "jiedui/hours/recount.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "hours/served_records.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const CalendarPeriod all_time{earliest_date, latest_date};

RulePack plain(std::string id) {
  return {.id = std::move(id), .zone = "Asia/Shanghai"};
}

RulePack tiers() {
  RulePack pack = plain("tiers");
  pack.approval.tiers = {{8h, Approver::automatic}, {12h, Approver::parent_organisation}};
  pack.approval.tiers.push_back({{}, Approver::province});
  return pack;
}

struct Programme : HoursBooks {
  Programme() : HoursBooks("Asia/Shanghai") {
    clock.set(utc("2026-06-30T00:00:00Z").time_since_epoch().count() * 1'000'000'000);
  }
  std::vector<RecordHistory> histories() { return ledger.all_histories(all_time); }
};

ServiceRecord record(std::string need, std::string_view begins, std::chrono::seconds length) {
  return {.volunteer = "V",
          .need = std::move(need),
          .intervals = {{utc(begins), utc(begins) + length}}};
}

Recount counted(Programme& books, const RulePack& pack) {
  const auto counts = recount(books.histories(), pack, latest_date);
  REQUIRE(counts.size() == 1);
  return counts[0];
}

}  // namespace

TEST_CASE("a long day under several packs", "[hours]") {
  Programme books;
  REQUIRE(books.ledger.submit(record("N1", "2026-03-05T00:00:00Z", 13h), tiers()).outcome ==
          Outcome::booked);
  const ChainHead head = books.ledger.books().head();
  const Recount guangdong = counted(books, tiers());
  CHECK(guangdong.by_approver == std::array{hours(8), hours(0), hours(4), hours(1)});
  CHECK(guangdong.counted() == hours(13));
  CHECK(counted(books, plain("free")).by_approver[0] == hours(13));
  RulePack capped = plain("capped");
  capped.caps.day = 10h;
  CHECK(counted(books, capped).by_approver[0] == hours(10));
  CHECK(counted(books, capped).over_cap == hours(3));
  CHECK(books.ledger.books().head() == head);
}

TEST_CASE("what another pack would change", "[hours]") {
  Programme books;
  for (int i = 0; i < 25; ++i) {
    ServiceRecord long_day = record("N" + std::to_string(i), "2026-03-01T00:00:00Z", 10h);
    long_day.intervals[0].begins += std::chrono::days{i};
    long_day.intervals[0].ends += std::chrono::days{i};
    REQUIRE(books.ledger.post(long_day) == Outcome::booked);
  }
  // 250 hours: one star in China, two in Beijing (rules 6 and 8).
  RulePack china = plain("china"), beijing = plain("beijing");
  china.stars = {{{"1", 100h}, {"2", 300h}, {"3", 600h}, {"4", 1'000h}, {"5", 1'500h}}};
  beijing.stars = {{{"1", 100h}, {"2", 200h}, {"3", 500h}, {"4", 800h}, {"5", 1'000h}}};
  auto changes = compare_packs(books.histories(), china, beijing, latest_date);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].counted == hours(0));
  CHECK(changes[0].star);
  CHECK(changes[0].before.stars.reached.size() == 1);
  CHECK(changes[0].before.stars.to_next == hours(50));
  CHECK(changes[0].after.stars.reached.back() == StarReached{"2", day("2026-03-20")});

  beijing.caps.day = 3h;
  changes = compare_packs(books.histories(), china, beijing, latest_date);
  CHECK(changes[0].counted == hours(75 - 250));
  CHECK(changes[0].after.stars.reached.empty());
  const Table table = pack_change_table(changes);
  CHECK(std::get<std::vector<std::int64_t>>(table.find("after_over_cap_seconds")->cells) ==
        std::vector<std::int64_t>{175 * 3'600});
  CHECK(std::get<TextColumn>(table.find("before_star")->cells)[0] == "1");
}

TEST_CASE("breaks and travel count as the other pack says", "[hours]") {
  Programme books;
  ServiceRecord visit = record("N1", "2026-03-05T00:00:00Z", 5h);
  visit.breaks = {{utc("2026-03-05T02:00:00Z"), utc("2026-03-05T03:00:00Z")}};
  visit.travel = {{utc("2026-03-05T00:00:00Z"), utc("2026-03-05T00:30:00Z")}};
  REQUIRE(books.ledger.post(visit) == Outcome::booked);
  CHECK(counted(books, plain("strict")).counted().count() == 3'600 * 7 / 2);
  RulePack generous = plain("generous");
  generous.counting = {.travel_counts = true, .breaks_count = true};
  CHECK(counted(books, generous).counted() == hours(5));
}

TEST_CASE("what somebody decided stays decided in a recount", "[hours]") {
  Programme books;
  const ServiceRecord part = record("N1", "2026-03-05T00:00:00Z", 6h);
  const ServiceRecord refused = record("N2", "2026-03-06T00:00:00Z", 6h);
  const ServiceRecord wrong = record("N3", "2026-03-07T00:00:00Z", 6h);
  REQUIRE(books.ledger.claim(part) == Outcome::booked);
  REQUIRE(books.ledger.confirm(part, {.seconds = 4h}) == Outcome::booked);
  REQUIRE(books.ledger.claim(refused) == Outcome::booked);
  REQUIRE(books.ledger.decline(refused) == Outcome::booked);
  REQUIRE(books.ledger.post(wrong) == Outcome::booked);
  REQUIRE(books.ledger.correct(wrong) == Outcome::booked);
  CHECK(counted(books, plain("free")).counted() == hours(4));
}

TEST_CASE("a settled dispute counts its seconds once in a recount", "[hours]") {
  for (const bool award : {false, true}) {
    Programme books;
    const RulePack pack = tiers();
    (void)books.ledger.submit(record("N1", "2026-03-05T02:00:00Z", 4h), pack);
    (void)books.ledger.submit(record("N2", "2026-03-05T00:00:00Z", 4h), pack);
    const auto disputes = books.ledger.disputes();
    REQUIRE(disputes.size() == 1);
    REQUIRE(books.ledger.settle(disputes[0].part, {.by = "S", .award = award}) == Outcome::booked);
    CHECK(books.ledger.balance("V").confirmed == hours(6));
    CHECK(counted(books, pack).counted() == hours(6));
  }
}

TEST_CASE("a recount under the same pack finds what was handed in, in any order", "[hours]") {
  std::mt19937_64 random(seed());
  RulePack pack = tiers();
  pack.caps = {.day = 14h, .week = 40h};
  for (std::int64_t round = scaled(20); round > 0; --round) {
    Programme books;
    std::vector<ServiceRecord> records;
    for (std::size_t i = 1 + random() % 12; i > 0; --i) {
      const Instant begins =
          utc("2026-03-01T00:00:00Z") + std::chrono::minutes{random() % (20 * 24 * 60)};
      records.push_back({.volunteer = "V" + std::to_string(random() % 2),
                         .need = "N" + std::to_string(i),
                         .intervals = {{begins, begins + std::chrono::minutes{1 + random() % 900}}},
                         .recorded_by = "R",
                         .source = static_cast<RecordSource>(1 + random() % 4)});
    }
    std::map<std::string, Recount> handed_in;
    const auto submissions = books.ledger.submit(records, pack);
    for (std::size_t i = 0; i < records.size(); ++i) {
      Recount& sum = handed_in[records[i].volunteer];
      const Assessment& found = submissions[i].assessment;
      for (std::size_t at = 0; at < 4; ++at)
        sum.by_approver[at] += Seconds{found.by_approver[at].count()};
      sum.disputed += Seconds{found.disputed.count()};
    }
    auto histories = books.histories();
    const auto counts = recount(histories, pack, latest_date);
    REQUIRE(counts.size() <= handed_in.size());
    for (const Recount& count : counts) {
      // Records of which nothing is booked, all over a cap, are not in the books.
      const Recount& sum = handed_in.at(count.volunteer);
      REQUIRE(count.counted() == sum.counted());
      REQUIRE(count.by_approver == sum.by_approver);
      REQUIRE(count.disputed == sum.disputed);
    }
    std::shuffle(histories.begin(), histories.end(), random);
    REQUIRE(recount(histories, pack, latest_date) == counts);
  }
}
