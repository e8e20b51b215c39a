#include <algorithm>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>
#include <dlfcn.h>
#include <sqlite3.h>

#include "store/town.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

ServiceRecord record(int number) {
  return {.volunteer = "V" + std::to_string(number % 7),
          .need = "N" + std::to_string(number),
          .served = std::chrono::seconds{100 + number}};
}

void book(Store& store, int first, int last) {
  for (int i = first; i < last; ++i) REQUIRE(store.ledger().post(record(i)) == Outcome::booked);
}

/// Names of the files in a folder, one behind the other.
std::string files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder))
    names.push_back(file.path().filename().string());
  std::sort(names.begin(), names.end());
  std::string all;
  for (const std::string& name : names) all += name + " ";
  return all;
}

}  // namespace

TEST_CASE("a backup is the store as it was", "[store]") {
  const Town town;
  Store store = town.open();
  book(store, 0, 20);
  const Folder other;
  const ChainHead copied = store.backup(other / "copy.jiedui");
  CHECK(copied == store.books().head());
  CHECK(files_in((other / "x").parent_path()) == "copy.jiedui ");
  book(store, 20, 30);
  const AuditReport report = verify_store(other / "copy.jiedui", std::vector<ChainHead>{copied});
  CHECK(report.sound());
  CHECK(report.covered == copied.count);
  Store copy = Store::open(other / "copy.jiedui");
  CHECK(copy.book() == store.book());
  CHECK(copy.books().head() == copied);
  CHECK(copy.ledger().post(record(21)) == Outcome::booked);
}

TEST_CASE("a backup leaves nothing behind when it does not succeed", "[store]") {
  const Town town;
  Store store = town.open();
  book(store, 0, 5);
  const Folder other;
  const auto copy = other / "copy.jiedui";
  SECTION("a file is there") {
    std::ofstream(copy) << "mine";
    CHECK(error_code([&] { store.backup(copy); }) == "file_exists");
    CHECK(std::filesystem::file_size(copy) == 4);
    CHECK(files_in(copy.parent_path()) == "copy.jiedui ");
  }
  SECTION("a link that leads nowhere is there") {
    std::filesystem::create_symlink(other / "none", copy);
    CHECK(error_code([&] { store.backup(copy); }) == "file_exists");
  }
  SECTION("another backup is at work, or was killed") {
    std::ofstream(copy.string() + ".jiedui-part") << "half";
    CHECK(error_code([&] { store.backup(copy); }) == "file_exists");
    CHECK(files_in(copy.parent_path()) == "copy.jiedui.jiedui-part ");
  }
  SECTION("no folder") {
    CHECK(error_code([&] { store.backup(other / "none" / "copy"); }) == "file_unwritable");
  }
  SECTION("stopped") {
    std::stop_source stop;
    stop.request_stop();
    CHECK(error_code([&] { store.backup(copy, {.stop = stop.get_token()}); }) == "interrupted");
    CHECK(files_in(copy.parent_path()).empty());
  }
  SECTION("within a transaction") {
    LedgerTransaction transaction = store.books().begin();
    CHECK(error_code([&] { store.backup(copy); }) == "store_busy");
    CHECK(files_in(copy.parent_path()).empty());
  }
  book(store, 5, 6);  // the store goes on
  CHECK(store.verify().sound());
}

TEST_CASE("others write while a backup is made", "[store]") {
  const Town town;
  Store store = town.open();
  book(store, 0, 50);
  const Folder other;
  std::jthread writer([&](const std::stop_token& stop) {
    Store mine = Store::open(town.path);
    for (int i = 1'000; !stop.stop_requested(); ++i)
      if (mine.ledger().post(record(i)) != Outcome::booked) return;
  });
  for (int i = 0; i < 8; ++i) {
    const auto copy = other / (std::to_string(i) + ".jiedui");
    const ChainHead head = store.backup(copy);
    const AuditReport report = verify_store(copy, std::vector<ChainHead>{head});
    INFO(report.detail);
    REQUIRE(report.sound());
    REQUIRE(report.head == head);
  }
  writer.request_stop();
  writer.join();
  CHECK(store.verify().sound());
}

TEST_CASE("opening sees an end that was tampered with", "[store]") {
  const Town town;
  {
    Store store = town.open();
    book(store, 0, 10);
  }
  SECTION("the last entry") {
    town.tamper(
        "DROP TRIGGER entries_are_not_changed; UPDATE entries SET amount = amount + 1"
        " WHERE number = (SELECT max(number) FROM entries)");
  }
  SECTION("the one before it") {
    town.tamper(
        "DROP TRIGGER entries_are_not_removed; DELETE FROM entries"
        " WHERE number = (SELECT max(number) - 1 FROM entries)");
  }
  SECTION("its accounts") {
    town.tamper(
        "PRAGMA foreign_keys=OFF; DROP TRIGGER accounts_are_not_removed; "
        "DELETE FROM accounts");
  }
  CHECK(error_code([&] { Store::open(town.path); }) == "store_corrupt");
  CHECK(error_code([&] { Store::open_or_create(town.path); }) == "store_corrupt");
  CHECK_FALSE(verify_store(town.path).sound());
}

TEST_CASE("an untrusted file is checked as a whole", "[store]") {
  const Town town;
  {
    Store store = town.open();
    book(store, 0, 10);
  }
  const auto code = [&] {
    return error_code([&] {
      Store::open(town.path, StoreAccess::read_only, {.untrusted = true}).books().head();
    });
  };
  CHECK(code().empty());
  SECTION("a trigger of someone else's") {
    town.tamper("CREATE TRIGGER x AFTER INSERT ON entries BEGIN DELETE FROM parties; END");
    CHECK(code() == "store_altered");
  }
  SECTION("a view") {
    town.tamper("CREATE VIEW x AS SELECT * FROM entries");
    CHECK(code() == "store_altered");
  }
  SECTION("a table") {
    town.tamper("CREATE TABLE x (a TEXT) STRICT");
    CHECK(code() == "store_altered");
  }
  SECTION("a saved table that computes") {
    town.tamper(
        "INSERT INTO saved_tables VALUES ('network', 0, 'x', 0);"
        "CREATE TABLE \"network_x\" (\"a\" TEXT, \"b\" TEXT AS (upper(a))) STRICT");
    CHECK(code() == "store_altered");
  }
  SECTION("a saved table as it should be") {
    town.tamper(
        "INSERT INTO saved_tables VALUES ('network', 0, 'x', 0);"
        "CREATE TABLE \"network_x\" (\"a, )\" TEXT, \"b\" INTEGER, \"c\" REAL) STRICT");
    CHECK(code().empty());
  }
  SECTION("a trigger of ours is gone") {
    town.tamper("DROP TRIGGER entries_are_not_changed");
    CHECK(code() == "store_altered");
  }
  SECTION("an index is gone") {
    town.tamper("DROP INDEX entries_reference");
    CHECK(code() == "store_altered");
  }
  SECTION("a balance") {
    town.tamper("UPDATE accounts SET credits_posted = credits_posted + 1 WHERE code = 1");
    CHECK(error_code([&] { Store::open(town.path); }).empty());
    CHECK(code() == "store_unsound");
  }
}

TEST_CASE("a file that another program has worked on is not opened for writing", "[store]") {
  const Town town;
  {
    Store store = town.open();
    book(store, 0, 10);
  }
  const auto code = [&](StoreAccess access, bool untrusted) {
    return error_code(
        [&] { Store::open(town.path, access, {.untrusted = untrusted}).books().head(); });
  };
  const auto writing = [&] { return code(StoreAccess::read_write, false); };
  const auto reading = [&] { return code(StoreAccess::read_only, false); };
  CHECK(writing().empty());
  SECTION("a trigger, a view, a table, a missing index") {
    for (const auto& [made, undone] : std::vector<std::pair<std::string, std::string>>{
             {"CREATE TRIGGER x AFTER INSERT ON entries BEGIN DELETE FROM parties; END",
              "DROP TRIGGER x"},
             {"CREATE VIEW x AS SELECT * FROM entries", "DROP VIEW x"},
             {"CREATE TABLE x (a TEXT) STRICT", "DROP TABLE x"},
             {"DROP INDEX entries_credit",
              "CREATE INDEX entries_credit ON entries (credit) WHERE credit IS NOT NULL"}}) {
      town.tamper(made);
      CHECK(writing() == "store_altered");
      CHECK(reading().empty());
      town.tamper(undone);
      CHECK(writing().empty());
    }
  }
  SECTION("another journal mode") {
    town.tamper("PRAGMA journal_mode=DELETE");
    CHECK(writing() == "store_altered");
    CHECK(reading() == "store_altered");
    CHECK(verify_store(town.path).sound());
    CHECK(code(StoreAccess::read_only, true).empty());
    CHECK(town.look("PRAGMA journal_mode") == "delete");
    CHECK(code(StoreAccess::read_write, true).empty());
    CHECK(town.look("PRAGMA journal_mode") == "wal");
    CHECK(writing().empty());
  }
  SECTION("a rollback journal beside it") {
    std::filesystem::path journal = town.path;
    journal += "-journal";
    std::ofstream(journal) << "played back, this would change the file";
    CHECK(writing() == "store_altered");
    CHECK(reading() == "store_altered");
    std::ofstream{journal};  // an empty one is what some programs leave, and does nothing
    CHECK(writing().empty());
  }
  SECTION("one that is writing") {
    SQLite::Database other(town.path.string(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    CHECK(reading().empty());
    CHECK(writing() == "store_busy");
    other.exec("ROLLBACK");
    CHECK(writing().empty());
  }
}

TEST_CASE("a second copy of SQLite in the process ends the writing", "[store]") {
  const Town town;
  Store store = town.open();
  book(store, 0, 3);
  Dl_info own{};
  REQUIRE(dladdr(sqlite3_sourceid(), &own) != 0);
  const Folder folder;
  const auto copy = folder / "libother.so";
  std::filesystem::copy_file(std::filesystem::canonical(own.dli_fname), copy);
  void* second = ::dlopen(copy.c_str(), RTLD_NOW | RTLD_LOCAL);
  REQUIRE(second != nullptr);
  CHECK(error_code([&] { static_cast<void>(store.ledger().post(record(3))); }) ==
        "store_second_sqlite");
  CHECK(error_code([&] { Store::open(town.path); }) == "store_second_sqlite");
  CHECK(Store::open(town.path, StoreAccess::read_only).books().head().count > 0);
  REQUIRE(::dlclose(second) == 0);
  if (::dlopen(copy.c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr)
    book(store = Store::open(town.path), 3, 4);
}
