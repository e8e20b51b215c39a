#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "jiedui/hours/time_bank.hpp"
#include "jiedui/ledger/signed_head.hpp"
#include "store/town.hpp"

// Stores as each released version of the schema wrote them, in tests/store/data, with the head that
// each had. For a new version, before the schema changes: `build/PRESET/tests/test_store
// "[.made]"`.

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const std::filesystem::path data = "tests/store/data";

ServiceRecord record(int number) {
  return {.volunteer = "V" + std::to_string(number % 3),
          .need = "N" + std::to_string(number),
          .served = std::chrono::seconds{600 + number}};
}

/// With what a record says since schema 2.
ServiceRecord full_record() {
  const Instant begins = utc("2026-03-05T01:00:00Z");
  return {.volunteer = "V9",
          .need = "N90",
          .beneficiary = "B1",
          .intervals = {{begins, begins + 2h}},
          .planned = {{begins, begins + 3h}},
          .breaks = {{begins + 1h, begins + 70min}},
          .co_organisers = {"O2"},
          .people_served = 12,
          .evidence = {.document = "D1", .reason = "the clock was broken"}};
}

/// A member of a time bank with two hours of credits; in schema 2 only the account is kept.
const TimeBankMember holder{.id = "V1", .guardian = "V2", .household = "H1"};
const Id128 earned{7, 1};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("stores of released versions open, verify and go on", "[store]") {
  for (const std::string version : {"version_1", "version_2"}) {
    INFO(version);
    const Town town;
    std::filesystem::copy_file(data / (version + ".jiedui"), town.path);
    const ChainHead head = read_head(text_of(data / (version + ".head")));
    Store store = Store::open(town.path, StoreAccess::read_write, {.untrusted = true});
    const AuditReport report = store.verify(std::vector<ChainHead>{head});
    INFO(report.detail);
    REQUIRE(report.sound());
    CHECK(report.head == head);
    CHECK(store.ledger().balance("V1").confirmed == Seconds{601 + 604 + 607});
    CHECK(store.ledger().post(record(1)) == Outcome::exists);
    CHECK(store.ledger().post(record(100)) == Outcome::booked);
  }
}

TEST_CASE("a store of version 2 keeps records in full and credits", "[store]") {
  const Town town;
  std::filesystem::copy_file(data / "version_2.jiedui", town.path);
  Store store = Store::open(town.path);
  HoursLedger& ledger = store.ledger();
  CHECK(ledger.post(full_record()) == Outcome::exists);
  const auto kept = ledger.find(ledger.id_of(full_record()));
  REQUIRE(kept);
  CHECK(kept->planned == full_record().planned);
  CHECK(kept->evidence == full_record().evidence);
  TimeBank bank(ledger, {});
  CHECK(bank.enrol(holder) == Outcome::exists);
  CHECK(bank.earn(earned, holder.id, 2h, utc("2026-03-05T04:00:00Z")).outcome == Outcome::exists);
  CHECK(bank.balance(holder.id) == 2h);
  CHECK(bank.spend({7, 2}, holder.id, 1h, utc("2026-03-06T04:00:00Z")) == Outcome::booked);
  CHECK(bank.outstanding() == 1h);
}

TEST_CASE("credits of a store of version 2 go to the pool when their holder is erased", "[store]") {
  const Town town;
  std::filesystem::copy_file(data / "version_2.jiedui", town.path);
  Store store = Store::open(town.path);
  CHECK(store.ledger().erase(holder.id) == Outcome::booked);
  CHECK(TimeBank(store.ledger(), {}).pool() == 2h);
  CHECK(store.verify().sound());
}

TEST_CASE("makes the store of this version", "[.made]") {
  const std::string version = "version_3";
  std::filesystem::create_directories(data);
  Store store = Store::open_or_create(data / (version + ".new"));
  for (int i = 0; i < 9; ++i) REQUIRE(store.ledger().post(record(i)) == Outcome::booked);
  REQUIRE(store.ledger().post(full_record()) == Outcome::booked);
  TimeBank bank(store.ledger(), {});
  REQUIRE(bank.enrol(holder) == Outcome::booked);
  REQUIRE(bank.earn(earned, holder.id, 2h, utc("2026-03-05T04:00:00Z")).outcome == Outcome::booked);
  store.backup(data / (version + ".jiedui"));
  std::ofstream(data / (version + ".head")) << head_text(store.books().head());
  store.close();
  for (const char* ending : {".new", ".new-wal", ".new-shm", ".new.jiedui-lock"})
    std::filesystem::remove(data / (version + ending));
}
