#include "jiedui/hours/served_record.hpp"

#include <algorithm>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "jiedui/hours/hours_report.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const CalendarPeriod all_time{earliest_date, latest_date};

/// 8 hours a day count at once, up to 12 the parent organisation, above it the province.
RulePack tiers() {
  RulePack pack{.id = "test", .zone = "Asia/Shanghai"};
  pack.approval.tiers = {{8h, Approver::automatic}, {12h, Approver::parent_organisation}};
  pack.approval.tiers.push_back({{}, Approver::province});
  pack.approval.timeout = 24h * 30;
  return pack;
}

/// Books of which anything may have happened.
struct RandomBooks : HoursBooks {
  std::mt19937_64 random;
  std::vector<ServiceRecord> records;
  RulePack pack = tiers();

  explicit RandomBooks(std::uint64_t seed) : HoursBooks("Asia/Shanghai"), random(seed) {
    clock.set(utc("2026-06-30T00:00:00Z").time_since_epoch().count() * 1'000'000'000);
  }

  std::size_t below(std::size_t bound) { return random() % bound; }
  std::string one_of(std::string kind) { return kind.append(std::to_string(below(3))); }

  ServiceRecord make() {
    const Instant begins = utc("2026-01-30T00:00:00Z") + std::chrono::minutes{below(60 * 24 * 60)};
    ServiceRecord record{.volunteer = one_of("V"),
                         .need = "N" + std::to_string(records.size()),
                         .activity = one_of("A"),
                         .organisation = one_of("O"),
                         .place = one_of("P"),
                         .item = one_of("I"),
                         .beneficiary = one_of("B"),
                         .intervals = {{begins, begins + std::chrono::seconds{1 + below(50'000)}}},
                         .recorded_by = "R",
                         .source = static_cast<RecordSource>(1 + below(4))};
    if (below(3) == 0) record.co_organisers = {"O8", "O9"};
    record.people_served = static_cast<std::int64_t>(below(5));
    return record;
  }

  void step() {
    if (records.empty() || below(2) == 0) {
      records.push_back(make());
      const ServiceRecord& record = records.back();
      if (below(3) == 0)
        (void)ledger.post(record);
      else if (below(3) == 0)
        (void)ledger.claim(record, below(2) == 0 ? 1h : 0h);
      else
        (void)ledger.submit(record, pack);
      return;
    }
    const Id128 one = ledger.id_of(records[below(records.size())]);
    switch (below(6)) {
      case 0:
        if (const auto life = ledger.history(one); life && life->parts.size() == 1)
          (void)ledger.confirm(life->parts[0].entry, {.seconds = std::chrono::seconds{1},
                                                      .approver = Approver::province});
        break;
      case 1:
        (void)ledger.decline(one);
        break;
      case 2:
        (void)ledger.correct(one);
        break;
      case 3:
        records.push_back(make());
        if (const auto life = ledger.history(one)) records.back().source = life->record.source;
        try {
          (void)ledger.replace(one, records.back());
        } catch (const Error& error) {
          REQUIRE(error.code() == "replacement_disputed");
          records.pop_back();
        }
        break;
      case 4:
        for (const InboxItem& item : ledger.disputes()) {
          (void)ledger.settle(item.part, {.by = "S", .award = below(2) == 0});
          break;
        }
        break;
      default:
        for (const InboxItem& item : ledger.inbox(Approver::province))
          (void)ledger.confirm(item.part, {.approver = Approver::province});
        (void)ledger.advance();
    }
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      try {
        step();
      } catch (const Error&) {
        // Answers that the books refuse: already decided, not this approver's, several parts.
      }
    }
  }
};

}  // namespace

TEST_CASE("served records add up to the statements, whatever was booked", "[hours]") {
  std::mt19937_64 random(seed());
  for (std::int64_t round = scaled(20); round > 0; --round) {
    RandomBooks books{random()};
    books.run(120);
    for (const CalendarPeriod& period :
         {all_time, CalendarPeriod{2026y / 2}, CalendarPeriod{2026y / 2 / 17}}) {
      std::map<std::string, Hours> sums;
      std::map<std::string, std::map<RecordSource, Seconds>> by_source;
      Instant last{};
      for (const ServedRecord& record : books.ledger.served_records(period)) {
        sums[record.volunteer].confirmed += record.confirmed;
        sums[record.volunteer].claimed += record.claimed;
        by_source[record.volunteer][record.source] += record.confirmed;
        REQUIRE(record.confirmed.count() >= 0);
        REQUIRE(record.claimed.count() >= 0);
        REQUIRE(record.day >= period.first());
        REQUIRE(record.day <= period.last());
        REQUIRE(record.happened >= last);
        last = record.happened;
      }
      for (const std::string volunteer : {"V0", "V1", "V2"}) {
        const Statement statement = books.ledger.statement(volunteer, period);
        REQUIRE(sums[volunteer].confirmed == statement.confirmed());
        REQUIRE(sums[volunteer].claimed == statement.closing.claimed - statement.opening.claimed);
        for (const RecordSource source : {RecordSource::clock, RecordSource::organisation,
                                          RecordSource::declared, RecordSource::backfilled})
          REQUIRE(by_source[volunteer][source] == statement.confirmed(source));
      }
    }
    for (const ServedRecord& record : books.ledger.served_records(all_time)) {
      const auto history = books.ledger.history(record.record);
      REQUIRE(history);
      REQUIRE(history->hours == Hours{record.confirmed, record.claimed});
      REQUIRE(history->record.place == record.place);
    }
    REQUIRE(books.ledger.all_histories(all_time).size() ==
            books.ledger.served_records(all_time).size());
  }
}

TEST_CASE("a served record says what the books know of it", "[hours]") {
  HoursBooks books{"Asia/Shanghai"};
  CHECK(books.ledger.served_records(all_time).empty());
  const ServiceRecord record{
      .volunteer = "V",
      .need = "N",
      .activity = "A",
      .organisation = "O",
      .place = "P",
      .item = "I",
      .beneficiary = "B",
      .intervals = {{utc("2026-02-28T15:30:00Z"), utc("2026-02-28T16:30:00Z")}},
      .source = RecordSource::clock,
      .co_organisers = {"O2"},
      .people_served = 7};
  REQUIRE(books.ledger.post(record) == Outcome::booked);
  const auto served = books.ledger.served_records(2026y / 2);
  REQUIRE(served.size() == 1);
  // 23:30 in Shanghai on the last of February: all of it belongs to that day, and that month.
  CHECK(served[0] == ServedRecord{.record = books.ledger.id_of(record),
                                  .account = books.ledger.account_of("V").value(),
                                  .volunteer = "V",
                                  .need = "N",
                                  .activity = "A",
                                  .organisation = "O",
                                  .co_organisers = {"O2"},
                                  .place = "P",
                                  .item = "I",
                                  .beneficiary = "B",
                                  .source = RecordSource::clock,
                                  .happened = utc("2026-02-28T15:30:00Z"),
                                  .day = Date{2026y / 2 / 28},
                                  .confirmed = Seconds{3'600},
                                  .people_served = 7});
  CHECK(books.ledger.served_records(2026y / 3).empty());
  CHECK(std::get<TextColumn>(served_table(served).find("month")->cells)[0] == "2026-02");

  // Erased people's hours stay in the whole, under an account that leads to nobody.
  REQUIRE(books.ledger.erase("V") == Outcome::booked);
  const auto left = books.ledger.served_records(2026y / 2);
  REQUIRE(left.size() == 1);
  CHECK(left[0].volunteer.empty());
  CHECK(left[0].place.empty());
  CHECK(left[0].confirmed == Seconds{3'600});
  CHECK(left[0].account == served[0].account);
}

TEST_CASE("a correction and its reverse leave reports unchanged", "[hours]") {
  RandomBooks books{seed()};
  books.run(60);
  const auto report = [&] {
    return hours_report(books.ledger.served_records(all_time),
                        {GroupBy::organisation, GroupBy::month});
  };
  const HoursReport before = report();
  const auto served = books.ledger.served_records(all_time);
  const auto whole = std::find_if(served.begin(), served.end(), [&](const ServedRecord& record) {
    const auto history = books.ledger.history(record.record);
    return history->parts.size() == 1 && history->state == RecordState::confirmed &&
           !history->parts[0].answered;
  });
  REQUIRE(whole != served.end());
  REQUIRE(books.ledger.correct(whole->record) == Outcome::booked);
  CHECK(report().total.confirmed == before.total.confirmed - whole->confirmed);
  const auto correction = books.ledger.books().find_answer(whole->record);
  REQUIRE(correction);
  REQUIRE(books.ledger.books().post(Correct{Id128{1, 2}, correction->id}) == Outcome::booked);
  CHECK(report() == before);
}

TEST_CASE("a long reading is stopped", "[hours]") {
  RandomBooks books{seed()};
  books.run(30);
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(books.ledger.served_records(all_time, {.stop = stop.get_token()}), Error);
  CHECK_THROWS_AS(books.ledger.all_histories(all_time, {.stop = stop.get_token()}), Error);
}
