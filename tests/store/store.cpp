#include "jiedui/store/store.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "jiedui/hours/time_bank.hpp"
#include "jiedui/network/builder.hpp"
#include "store/town.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

ServiceRecord hour(const std::string& volunteer, const std::string& need, std::int64_t second) {
  return {.volunteer = volunteer, .need = need, .intervals = {{at(second), at(second + 3'600)}}};
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("hours are in the file after it was closed", "[store]") {
  Town town;
  ChainHead head;
  {
    Store store = Store::open_or_create(town.path, {.zone = "Asia/Shanghai"});
    const PlannedPair pair = planned("V-0042", "N-17", "2026-03-05T01:30:00Z");
    CHECK(store.ledger().post(served(pair, 90min)) == Outcome::booked);
    CHECK(store.ledger().post(served(pair, 90min)) == Outcome::exists);
    CHECK(store.ledger().claim(served(planned("V-0042", "N-18", "2026-03-06T01:30:00Z"), 1h)) ==
          Outcome::booked);
    head = store.books().head();
  }
  Store store = Store::open(town.path);
  CHECK(store.books().head() == head);
  CHECK(store.ledger().zone() == "Asia/Shanghai");
  CHECK(store.ledger().confirm(served(planned("V-0042", "N-18", "2026-03-06T01:30:00Z"), 1h),
                               {.by = "leader"}) == Outcome::booked);
  std::ostringstream text;
  text << store.ledger().statement("V-0042", {2026y / 3});
  CHECK(text.str() ==
        "Service hours of V-0042\n"
        "2026-03-01 to 2026-03-31, Asia/Shanghai; as of entry 5\n"
        "began                          confirmed     claimed  source, for\n"
        "                  opening        0:00:00     0:00:00\n"
        "2026-03-05 09:30  served         1:30:00              organisation, N-17\n"
        "2026-03-06 09:30  claimed                    1:00:00  organisation, N-18\n"
        "2026-03-06 09:30  confirmed      1:00:00    -1:00:00  organisation, N-18\n"
        "                  closing        2:30:00     0:00:00\n");
  const ServiceRecord found =
      store.ledger().find(store.ledger().statement("V-0042", {2026y}).lines[0].record).value();
  CHECK(found.need == "N-17");
  CHECK(found.intervals.front().ends == utc("2026-03-05T03:00:00Z"));
  CHECK(store.verify().sound());
}

TEST_CASE("open, open_if_exists and open_or_create", "[store]") {
  Town town;
  CHECK(error_code([&] { Store::open(town.path); }) == "store_missing");
  CHECK_FALSE(Store::open_if_exists(town.path));
  CHECK(error_code([&] { Store::open_or_create(town.folder / "no" / "town.jiedui"); }) ==
        "store_not_writable");
  CHECK(error_code([&] { Store::open_or_create(town.path, {.zone = "Mars/Base"}); }) ==
        "zone_unknown");
  CHECK_FALSE(std::filesystem::exists(town.path));
  const Id128 book = Store::open_or_create(town.path).book();
  CHECK_FALSE(book.is_zero());
  CHECK(Store::open_or_create(town.path).book() == book);
  CHECK(Store::open_if_exists(town.path)->book() == book);
  CHECK(error_code([&] { Store::open_or_create(town.path, {.zone = "Asia/Shanghai"}); }) ==
        "zone_differs");
  // Another name for the same file meets the same lock.
  std::filesystem::create_symlink(town.path, town.folder / "link");
  CHECK(Store::open(town.folder / "link").path() == std::filesystem::canonical(town.path));
}

TEST_CASE("what is no store, or too new, is refused and left alone", "[store]") {
  Town town;
  const auto refused_as = [&](const char* code) {
    const std::string before = bytes_of(town.path);
    CHECK(error_code([&] { Store::open_or_create(town.path); }) == code);
    CHECK(error_code([&] { Store::open(town.path, StoreAccess::read_only); }) == code);
    CHECK(bytes_of(town.path) == before);
  };
  SECTION("a text file") {
    std::ofstream(town.path) << "volunteers,needs\nand much more than sixteen bytes of it\n";
    refused_as("store_foreign");
  }
  SECTION("a short file") {
    std::ofstream(town.path) << "x";
    refused_as("store_foreign");
  }
  SECTION("another program's SQLite file") {
    SQLite::Database(town.path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE t (x)");
    refused_as("store_foreign");
  }
  SECTION("another program's empty SQLite file, with its mark") {
    SQLite::Database(town.path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("PRAGMA application_id=7");
    refused_as("store_foreign");
  }
  SECTION("a newer store") {
    town.open();
    town.tamper("PRAGMA user_version=1000; PRAGMA wal_checkpoint(TRUNCATE)");
    refused_as("store_newer");
  }
  SECTION("an empty file is taken by open_or_create only") {
    std::ofstream{town.path};
    CHECK(error_code([&] { Store::open(town.path); }) == "store_foreign");
    CHECK(error_code([&] { Store::open_or_create(town.path); }).empty());
  }
}

TEST_CASE("the file is as the design wants it", "[store]") {
  Town town;
  Store store = town.open();
  CHECK(store.ledger().post(hour("V", "N", 0)) == Outcome::booked);
  CHECK(town.look("PRAGMA journal_mode") == "wal");
  CHECK(town.look("PRAGMA application_id") == "1246315844");  // 'J' 'I' 'E' 'D'
  CHECK(town.look("PRAGMA user_version") == "3");
  CHECK(town.look("PRAGMA integrity_check") == "ok");
  CHECK(town.look("SELECT count(*) FROM pragma_table_list"
                  " WHERE schema = 'main' AND type = 'table' AND NOT strict"
                  " AND name <> 'sqlite_schema'") == "0");
  CHECK(town.look("SELECT count(*) FROM entries") == "3");
  CHECK_THROWS_AS(town.tamper("UPDATE entries SET amount = 1"), SQLite::Exception);
  CHECK_THROWS_AS(town.tamper("DELETE FROM entries"), SQLite::Exception);
  CHECK_THROWS_AS(town.tamper("DELETE FROM accounts"), SQLite::Exception);
  CHECK(store.verify().sound());
}

TEST_CASE("read-only reads and does not write", "[store]") {
  Town town;
  CHECK(town.open().ledger().post(hour("V", "N", 0)) == Outcome::booked);
  Store store = Store::open(town.path, StoreAccess::read_only);
  CHECK(store.ledger().balance("V").confirmed == Seconds{3'600});
  CHECK(store.verify().sound());
  CHECK(error_code([&] { static_cast<void>(store.ledger().post(hour("V", "M", 0))); }) ==
        "store_read_only");
  CHECK_FALSE(store.checkpoint());
  CHECK(store.ledger().statement("V", {1970y}).lines.size() == 1);
}

TEST_CASE("a closed store says so", "[store]") {
  Town town;
  Store store = town.open();
  CHECK(store.is_open());
  store.close();
  store.close();
  CHECK_FALSE(store.is_open());
  CHECK(error_code([&] { store.ledger(); }) == "store_closed");
  CHECK(error_code([&] { store.has_plan(); }) == "store_closed");
  CHECK(error_code([&] { static_cast<void>(store.path()); }) == "store_closed");
}

TEST_CASE("what belongs together is in the file together", "[store]") {
  Town town;
  {
    Store store = town.open();
    CHECK(store.ledger().post(hour("V", "N", 0)) == Outcome::booked);
  }
  SECTION("an entry that cannot be written leaves no name behind") {
    Store store = town.open();
    town.tamper("CREATE TRIGGER no BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no'); END");
    CHECK(error_code([&] { static_cast<void>(store.ledger().post(hour("W", "N", 0))); }) ==
          "store_inconsistent");
    CHECK(town.look("SELECT count(*) FROM parties WHERE external_id = 'W'") == "0");
    town.tamper("DROP TRIGGER no");
    CHECK(store.ledger().post(hour("W", "N", 0)) == Outcome::booked);
    CHECK(store.verify().sound());
  }
  SECTION("a name that cannot be written leaves no entry behind") {
    Store store = town.open();
    town.tamper(
        "CREATE TRIGGER no BEFORE INSERT ON service_records BEGIN SELECT RAISE(ABORT, 'no'); END");
    CHECK(error_code([&] { static_cast<void>(store.ledger().post(hour("W", "N", 0))); }) ==
          "store_inconsistent");
    CHECK(town.look("SELECT count(*) FROM entries") == "3");
    CHECK(store.ledger().post(hour("V", "N", 0)) == Outcome::exists);
    CHECK(store.verify().sound());
  }
}

TEST_CASE("ids come back byte for byte, whatever they are", "[store]") {
  Town town;
  const std::vector<std::string> ids{"'; DROP TABLE entries; --",
                                     "\"",
                                     "%s%n",
                                     "../../x",
                                     "=1+1",
                                     " ",
                                     "\t\r\n",
                                     std::string("a\0b", 3),
                                     "\xff\xfe\x80",
                                     "志愿者𠮷",
                                     "\u202Eabc",
                                     "e\u0301",
                                     "\u00e9",
                                     "NULL",
                                     "0",
                                     std::string(256, 'x')};
  std::int64_t second = 0;
  {
    Store store = town.open();
    for (const std::string& text : ids) {
      const ServiceRecord record{.id = id(static_cast<std::uint64_t>(++second)),
                                 .volunteer = text,
                                 .need = text,
                                 .activity = text,
                                 .organisation = text,
                                 .place = text,
                                 .item = text,
                                 .beneficiary = text,
                                 .intervals = {{at(second), at(second + 60)}},
                                 .served = 60s,
                                 .recorded_by = text};
      REQUIRE(store.ledger().post(record) == Outcome::booked);
      REQUIRE(store.ledger().find(record.id) == record);
    }
  }
  Store store = town.open();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CHECK(store.ledger().balance(ids[i]).confirmed == Seconds{60});
    CHECK(store.ledger().find(id(i + 1))->recorded_by == ids[i]);
  }
  CHECK(store.verify().sound());
}

TEST_CASE("a snapshot holds the books still", "[store]") {
  Town town;
  Store reader = town.open();
  Store writer = town.open();
  CHECK(writer.ledger().post(hour("V", "N", 0)) == Outcome::booked);
  {
    const LedgerSnapshot still = reader.books().snapshot();
    CHECK(reader.books().head().count == 3);
    CHECK(writer.ledger().post(hour("V", "M", 0)) == Outcome::booked);
    CHECK(reader.books().head().count == 3);
    CHECK(reader.ledger().balance("V").confirmed == Seconds{3'600});
    CHECK(error_code([&] { static_cast<void>(reader.ledger().post(hour("V", "L", 0))); }) ==
          "snapshot_open");
  }
  CHECK(reader.books().head().count == 4);
  CHECK(reader.ledger().post(hour("V", "L", 0)) == Outcome::booked);
}

TEST_CASE("nothing of an erased person is left in the file", "[store]") {
  Town town;
  const std::string person = "person-to-be-erased-8471";
  Store store = town.open();
  ServiceRecord others = hour("W", "N", 7'200);
  others.beneficiary = person;
  for (int i = 0; i < 50; ++i)
    CHECK(store.ledger().post(hour(person, "N" + std::to_string(i), 86'400 * i)) ==
          Outcome::booked);
  CHECK(store.ledger().post(others) == Outcome::booked);
  CHECK(store.ledger().claim(hour(person, "claimed", 7)) == Outcome::booked);
  CHECK(store.ledger().confirm(others, {.by = person}) == Outcome::entry_is_no_claim);
  TimeBank bank(store.ledger(), {});
  CHECK(bank.enrol({.id = person, .tags = {person}}) == Outcome::booked);
  CHECK(bank.enrol({.id = "ward", .guardian = person, .household = person}) == Outcome::booked);
  const ChainHead before = store.books().head();
  const auto left = [&] {
    std::string all = bytes_of(town.path);
    for (const char* suffix : {"-wal", "-shm"}) all += bytes_of(town.path.string() + suffix);
    return all.find(person) != std::string::npos;
  };
  CHECK(left());
  CHECK(store.ledger().erase(person) == Outcome::booked);
  CHECK_FALSE(left());
  const std::vector<ChainHead> exported{before};
  CHECK(store.verify(exported).sound());
  for (const TrialBalance& line : store.books().trial_balance()) CHECK(line.sums_to_zero());
  CHECK(store.ledger().balance("W").confirmed == Seconds{3'600});
}

TEST_CASE("a network is kept and found again", "[store]") {
  Town town;
  Store store = town.open();
  CHECK_FALSE(store.has_network());
  CHECK(error_code([&] { store.load_network(); }) == "network_missing");
  NetworkBuilder builder;
  const auto texts = [](std::initializer_list<const char*> cells) {
    TextColumn column;
    for (const char* cell : cells) column.push_back(cell);
    return column;
  };
  builder.add(Entity::volunteer,
              Table{.name = "volunteers",
                    .columns = {{.name = "id", .cells = texts({"V-2", "V-1", "志愿者"})},
                                {.name = "skills", .cells = texts({"hair:2;repair", "", ""})},
                                {.name = "capacity", .cells = texts({"3", "1", "2"})}}});
  builder.add(Entity::need, Table{.name = "needs",
                                  .columns = {{.name = "id", .cells = texts({"N-1"})},
                                              {.name = "item", .cells = texts({"A3"})},
                                              {.name = "demand", .cells = texts({"2"})}}});
  const Network network = builder.build();
  store.save(network);
  CHECK(store.has_network());
  CHECK(store.load_network().tables(Personal::included) == network.tables(Personal::included));
  CHECK(town.look("SELECT group_concat(id, ',') FROM (SELECT id FROM network_volunteers"
                  " ORDER BY _rowid_)") == "V-1,V-2,志愿者");
  store.save(Network{});  // takes the former one's place
  CHECK(store.load_network().volunteer_count() == 0);
  store.save(network);
  Store again = town.open();
  CHECK(again.load_network().tables(Personal::included) == network.tables(Personal::included));
  CHECK(again.verify().sound());
}

TEST_CASE("a plan is kept with its proof and found again", "[store]") {
  Town town;
  Store store = town.open();
  CHECK_FALSE(store.has_plan());
  CHECK(error_code([&] { store.load_plan(); }) == "plan_missing");
  PlanData data;
  data.pairs = {
      {{.volunteer = "V-1",
        .need = "N-1",
        .points = Points{-5},
        .metres = Metres{120},
        .begins = utc("2026-03-05T01:30:00Z"),
        .ends = utc("2026-03-05T03:00:00Z")},
       4},
      {{.volunteer = "V-2", .need = "N-1", .points = Points{7}}, solver::Candidate::no_slot, true}};
  data.tiers = {{.tier = 1, .demand = 3, .filled = 2}};
  data.without_slot = {"N-9"};
  data.proof.step = (int128{1} << 100U) + 1;
  data.proof.prices = {{"V-1", 4, (int128{1} << 90U)}, {"V-2", solver::Candidate::no_slot, -3}};
  data.proof.profits = {{"N-1", 12}};
  data.proof.totals = {{"O-1", (int128{1} << 80U) + 7}};
  data.proof.bonuses = {(int128{1} << 70U) + 1, 5};
  data.proof.lending = {{"O-1", "O-2", (int128{1} << 65U) + 2}};
  data.proof.change_price = (int128{1} << 64U) + 4;
  data.unmet = {{"V-3", 2}};
  data.load_cost = (int128{1} << 70U) + 1;
  data.value = -(int128{1} << 100U);
  data.bound = (int128{1} << 126U) + 5;
  data.status = PlanStatus::interrupted;
  data.statistics.paths = 9;
  data.statistics.solve_seconds = 0.125;
  const Plan plan{data};
  store.save(plan);
  const Plan loaded = store.load_plan();
  CHECK(loaded == plan);
  CHECK(loaded.proof() == plan.proof());
  CHECK(loaded.value() == data.value);
  CHECK(loaded.bound() == data.bound);
  CHECK(loaded.data().pairs[1].pinned);
  CHECK(loaded.unmet() == data.unmet);
  CHECK(loaded.load_cost() == data.load_cost);
  CHECK(loaded.statistics().paths == 9);
  CHECK(loaded.statistics().solve_seconds == 0.125);
  CHECK(town.look("SELECT volunteer FROM plan_pairs WHERE points = -5 AND slot = 4") == "V-1");
  store.save(Plan{});
  CHECK(store.load_plan() == Plan{});
  store.save(plan);
  town.tamper("UPDATE plan_summary SET value = '12x'");
  CHECK(error_code([&] { store.load_plan(); }) == "store_corrupt");
  town.tamper("DROP TABLE plan_prices");
  CHECK_FALSE(error_code([&] { store.load_plan(); }).empty());
}

TEST_CASE("a plan that the first version saved can still be read", "[store]") {
  Town town;
  PlanData data;
  data.pairs = {{{.volunteer = "V-1", .need = "N-1", .points = Points{7}}}};
  data.tiers = {{.tier = 1, .demand = 1, .filled = 1}};
  data.proof.prices = {{"V-1", solver::Candidate::no_slot, 3}};
  data.value = data.bound = 17;
  const Plan plan{data};
  {
    Store store = town.open();
    store.save(plan);
  }
  // What that version did not write.
  town.tamper(
      "PRAGMA foreign_keys = ON; BEGIN;"
      "DELETE FROM saved_columns WHERE collection = 'plan' AND (name IN ('pinned', 'load_cost', "
      "'change_price')"
      "  OR table_place IN (SELECT place FROM saved_tables WHERE collection = 'plan'"
      "  AND name IN ('totals', 'unmet', 'lending', 'bonuses')));"
      "DELETE FROM saved_tables WHERE collection = 'plan'"
      "  AND name IN ('totals', 'unmet', 'lending', 'bonuses');"
      "DROP TABLE plan_totals; DROP TABLE plan_unmet; DROP TABLE plan_lending;"
      "DROP TABLE plan_bonuses; ALTER TABLE plan_summary DROP COLUMN change_price;"
      "ALTER TABLE plan_pairs DROP COLUMN pinned; ALTER TABLE plan_summary DROP COLUMN load_cost;"
      "COMMIT");
  Store store = town.open();
  CHECK(store.load_plan() == plan);
  CHECK(store.verify().sound());
  store.save(plan);
  town.tamper(
      "DELETE FROM saved_columns WHERE name = 'pinned'; ALTER TABLE plan_pairs DROP pinned");
  CHECK(error_code([&] { store.load_plan(); }) == "store_corrupt");
}
