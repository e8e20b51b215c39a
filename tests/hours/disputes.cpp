#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "support/run.hpp"

// The disputes of a volunteer against a model that looks at each minute by itself.

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

using Minutes = std::set<int>;

constexpr int day = 24 * 60;

struct ModelRecord {
  Minutes counts, waits, disputed;  // of its own seconds: what counts, is claimed, is in dispute
};

/// Who has each minute, as one would keep it with pencil and paper.
class Model {
 public:
  void submit(Id128 record, const Minutes& served, bool at_once) {
    ModelRecord made;
    for (const int minute : served) {
      if (holder(minute))
        made.disputed.insert(minute);
      else
        (at_once ? made.counts : made.waits).insert(minute);
    }
    records[record] = made;
  }
  void settle(Id128 record, bool award) {
    ModelRecord& own = records[record];
    if (award)
      for (const int minute : own.disputed) {
        for (auto& [other, theirs] : records) {
          theirs.counts.erase(minute);
          theirs.waits.erase(minute);
        }
        own.counts.insert(minute);
      }
    own.disputed.clear();
  }
  void confirm_first(Id128 record, std::size_t minutes) {
    ModelRecord& own = records[record];
    for (const int minute : own.waits)
      if (minutes-- > 0)
        own.counts.insert(minute);
      else
        break;
    own.waits.clear();
  }
  void decline(Id128 record, bool whole) {
    records[record].waits.clear();
    if (whole) records[record].disputed.clear();
  }
  void correct(Id128 record) { records[record] = {}; }

  const Id128* holder(int minute) const {
    for (const auto& [id, record] : records)
      if (record.counts.contains(minute) || record.waits.contains(minute)) return &id;
    return nullptr;
  }
  std::map<Id128, ModelRecord> records;
};

struct Walk {
  std::mt19937_64 random;
  HoursBooks books;
  RulePack pack;
  Model model;
  Minutes all;  // that any record covers
  Instant start = utc("2026-03-02T00:00:00Z");
  std::size_t made = 0;

  explicit Walk(std::uint64_t from) : random(from) {
    books.clock.set(utc("2026-03-31T00:00:00Z").time_since_epoch().count() * 1'000'000'000);
    pack.approval.by_source = {Approver::automatic, Approver::automatic, Approver::organisation,
                               Approver::organisation};
    pack.counting = {.travel_counts = random() % 2 == 0, .breaks_count = random() % 2 == 0};
  }
  int below(int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); }
  ServiceInterval stretch(int begins, int length) const {
    return {start + std::chrono::minutes{begins},
            start + std::chrono::minutes{begins} + std::chrono::minutes{length}};
  }
  static void mark(Minutes& minutes, int begins, int length, bool is_on) {
    for (int minute = begins; minute < begins + length; ++minute)
      if (is_on)
        minutes.insert(minute);
      else
        minutes.erase(minute);
  }

  void submit() {
    ServiceRecord record{.volunteer = "V", .need = "N" + std::to_string(++made)};
    record.source = below(2) == 0 ? RecordSource::clock : RecordSource::declared;
    Minutes counted, worked;  // by the pack, and without breaks and travel
    for (int i = 1 + below(2); i > 0; --i) {
      const int begins = below(day), length = 1 + below(300);
      record.intervals.push_back(stretch(begins, length));
      mark(counted, begins, length, true);
    }
    worked = counted;
    for (auto* pauses : {&record.breaks, &record.travel})
      if (below(3) == 0) {
        const bool counts =
            pauses == &record.breaks ? pack.counting.breaks_count : pack.counting.travel_counts;
        const int begins = below(day), length = 1 + below(60);
        pauses->push_back(stretch(begins, length));
        mark(worked, begins, length, false);
        if (!counts) mark(counted, begins, length, false);
      }
    if (worked.empty()) return;
    const int first = 1 + below(static_cast<int>(worked.size()));
    if (below(3) == 0 && first < static_cast<int>(worked.size())) {
      record.served = std::chrono::minutes{first};
      counted.erase(std::next(counted.begin(), first), counted.end());
    }
    const Submission submission = books.ledger.submit(record, pack);
    REQUIRE(submission.outcome == Outcome::booked);
    model.submit(submission.record, counted, record.source == RecordSource::clock);
    CHECK(submission.assessment.disputed ==
          std::chrono::minutes{model.records[submission.record].disputed.size()});
    all.insert(counted.begin(), counted.end());
  }

  void settle() {
    const auto open = books.ledger.disputes();
    if (open.empty()) return;
    const InboxItem& item = open[random() % open.size()];
    const bool award = below(3) > 0;
    REQUIRE(books.ledger.settle(
                item.part, {.by = "office", .award = award, .reason = HoursReason::duplicate}) ==
            Outcome::booked);
    model.settle(item.record, award);
  }

  void answer_claim() {
    const auto open = books.ledger.inbox(Approver::organisation);
    if (open.empty()) return;
    const InboxItem& item = open[random() % open.size()];
    if (below(3) == 0) {
      REQUIRE(books.ledger.decline(item.part) == Outcome::booked);
      return model.decline(item.record, item.part == item.record);
    }
    const auto claimed = static_cast<int>(item.seconds.count() / 60);
    const int minutes = below(2) == 0 ? claimed : 1 + below(claimed);
    REQUIRE(books.ledger.confirm(item.part,
                                 {.by = "office", .seconds = std::chrono::minutes{minutes}}) ==
            Outcome::booked);
    model.confirm_first(item.record, static_cast<std::size_t>(minutes));
  }

  void correct() {
    std::vector<Id128> counting;
    for (const auto& [id, record] : model.records)
      if (!record.counts.empty()) counting.push_back(id);
    if (counting.empty()) return;
    const Id128 record = counting[random() % counting.size()];
    REQUIRE(books.ledger.correct(record) == Outcome::booked);
    model.correct(record);
  }

  void compare() {
    Minutes counted;
    for (const auto& [id, record] : model.records) {
      const auto life = books.ledger.history(id);
      REQUIRE(life);
      const auto claimed = record.waits.size() + record.disputed.size();
      CHECK(life->hours.confirmed.count() == 60 * std::ssize(record.counts));
      CHECK(life->hours.claimed.count() == 60 * static_cast<std::int64_t>(claimed));
      counted.insert(record.counts.begin(), record.counts.end());
    }
    // Nothing counts twice, and nothing that nobody served.
    CHECK(books.ledger.balance("V").confirmed.count() == 60 * std::ssize(counted));
    CHECK(counted.size() <= all.size());
    for (const InboxItem& item : books.ledger.disputes()) {
      std::set<Id128> holders;
      for (const int minute : model.records[item.record].disputed)
        if (const Id128* holder = model.holder(minute)) holders.insert(*holder);
      CHECK(std::set<Id128>(item.disputed_with.begin(), item.disputed_with.end()) == holders);
    }
  }
};

}  // namespace

TEST_CASE("whatever is submitted, settled, confirmed and taken back, no minute counts twice",
          "[hours]") {
  for (std::int64_t round = 0; round < scaled(150); ++round) {
    const std::uint64_t from = seed() + static_cast<std::uint64_t>(round);
    INFO("walk " << from);
    Walk walk{from};
    for (int step = 0; step < 30; ++step) {
      const int choice = walk.below(10);
      if (choice < 4)
        walk.submit();
      else if (choice < 7)
        walk.settle();
      else if (choice < 9)
        walk.answer_claim();
      else
        walk.correct();
      walk.compare();
    }
    CHECK(walk.books.ledger.books().verify().sound());
  }
}
