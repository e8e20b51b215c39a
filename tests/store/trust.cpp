#include <fstream>
#include <random>

#include <catch2/catch.hpp>

#include "store/town.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

/// A store with 60 records of hours, some claimed and answered; closed, its WAL empty.
struct BookedTown : Town {
  ChainHead head;
  BookedTown() {
    Store store = open();
    for (int i = 0; i < 60; ++i) {
      const ServiceRecord record{.volunteer = "V" + std::to_string(i % 7),
                                 .need = "N" + std::to_string(i),
                                 .served = std::chrono::seconds{100 + i}};
      if (i % 3 != 0) {
        REQUIRE(store.ledger().post(record) == Outcome::booked);
      } else {
        REQUIRE(store.ledger().claim(record, std::chrono::hours{1}) == Outcome::booked);
        if (i % 2 == 0) REQUIRE(store.ledger().confirm(record) == Outcome::booked);
      }
    }
    head = store.books().head();
  }
  /// SQL by someone who takes the triggers away first.
  void forge(const std::string& sql) const {
    tamper(
        "PRAGMA foreign_keys=OFF; DROP TRIGGER entries_are_not_changed;"
        "DROP TRIGGER entries_are_not_removed; DROP TRIGGER accounts_are_not_removed;" +
        sql);
  }
  AuditReport verdict() const {
    const std::vector<ChainHead> exported{head};
    return verify_store(path, exported);
  }
};

void check_bad(const BookedTown& town, Finding finding, std::uint64_t first) {
  const AuditReport report = town.verdict();
  INFO(report.detail);
  CHECK(to_string(report.finding) == to_string(finding));
  CHECK(report.first_bad_entry == first);
}

}  // namespace

TEST_CASE("tampering with a store is found, and where", "[store]") {
  const BookedTown town;
  REQUIRE(town.verdict().sound());
  REQUIRE(town.verdict().heads_matched == 1);
  SECTION("an amount") {
    town.forge("UPDATE entries SET amount = amount + 1 WHERE number = 20");
    check_bad(town, Finding::hash_differs, 20);
  }
  SECTION("a removed entry") {
    town.forge("DELETE FROM entries WHERE number = 33");
    check_bad(town, Finding::entry_missing, 33);
  }
  SECTION("a cut end") {
    town.forge("DELETE FROM entries WHERE number > 40");
    check_bad(town, Finding::tail_missing, 41);
  }
  SECTION("an inserted entry") {
    town.forge(
        "INSERT INTO entries SELECT (SELECT max(number) + 1 FROM entries), kind, linked,"
        " randomblob(16), debit, credit, answers, reference, amount, released, unit, code, reason,"
        " timeout, happened, booked, debits_over_credits_max, credits_over_debits_max, commitment,"
        " randomblob(32) FROM entries WHERE number = (SELECT max(number) FROM entries"
        " WHERE answers IS NULL)");
    check_bad(town, Finding::hash_differs, town.head.count + 1);
  }
  SECTION("two swapped entries") {
    town.forge(
        "UPDATE entries SET number = -1 WHERE number = 12;"
        "UPDATE entries SET number = 12 WHERE number = 13;"
        "UPDATE entries SET number = 13 WHERE number = -1");
    check_bad(town, Finding::hash_differs, 12);
  }
  SECTION("a balance") {
    town.forge("UPDATE accounts SET credits_posted = credits_posted + 1 WHERE code = 1");
    CHECK(town.verdict().finding == Finding::account_differs);
  }
  SECTION("a limit") {
    town.forge("UPDATE accounts SET debits_over_credits_max = 0 WHERE code = 2");
    check_bad(town, Finding::account_differs, 1);
  }
  SECTION("a removed account") {
    town.forge("DELETE FROM accounts WHERE code = 2");
    check_bad(town, Finding::account_missing, 1);
  }
  SECTION("a value that no store holds") {
    town.forge("UPDATE entries SET unit = 999 WHERE number = 5");
    CHECK(town.verdict().finding == Finding::unreadable);
  }
  SECTION("the book's id") {
    town.forge("UPDATE settings SET value = zeroblob(16) WHERE name = 'book'");
    CHECK_FALSE(town.verdict().sound());
  }
  SECTION("the list of open claims does not make the ledger book what is wrong") {
    Store store = town.open();
    town.forge("INSERT INTO open_claims (due, number) VALUES (5, 3)");
    CHECK(error_code([&] { store.ledger().advance(); }) == "books_inconsistent");
    CHECK(store.books().head() == town.head);
  }
}

TEST_CASE("every changed cell of an entry or account is found", "[store]") {
  const BookedTown town;
  town.forge("");
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  const std::vector<std::string> entry_cells{"kind",
                                             "linked",
                                             "id",
                                             "debit",
                                             "credit",
                                             "answers",
                                             "reference",
                                             "amount",
                                             "released",
                                             "unit",
                                             "code",
                                             "reason",
                                             "timeout",
                                             "happened",
                                             "booked",
                                             "debits_over_credits_max",
                                             "credits_over_debits_max",
                                             "commitment",
                                             "hash"};
  const std::vector<std::string> account_cells{"unit",
                                               "code",
                                               "closed",
                                               "debits_over_credits_max",
                                               "credits_over_debits_max",
                                               "debits_posted",
                                               "debits_pending",
                                               "credits_posted",
                                               "credits_pending"};
  const std::string copy = town.path.string() + ".copy";
  std::int64_t changed = 0;
  for (std::int64_t round = scaled(200); round > 0; --round) {
    std::filesystem::copy_file(town.path, copy, std::filesystem::copy_options::overwrite_existing);
    const bool in_entry = random() % 3 != 0;
    const auto& cells = in_entry ? entry_cells : account_cells;
    const std::string cell = cells[random() % cells.size()];
    const std::string other =
        cell == "linked" || cell == "closed" ? "1 - " + cell : "coalesce(" + cell + ", 0) + 1";
    const bool bytes = in_entry && (cell == "id" || cell == "debit" || cell == "credit" ||
                                    cell == "answers" || cell == "reference");
    std::string value = bytes ? "randomblob(16)" : other;
    if (cell == "commitment" || cell == "hash") value = "randomblob(32)";
    const std::string table = in_entry ? "entries" : "accounts";
    {
      SQLite::Database file(copy, SQLite::OPEN_READWRITE);
      file.exec("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON");
      const std::string row = in_entry
                                  ? "number = " + std::to_string(1 + random() % town.head.count)
                                  : "id = (SELECT id FROM accounts ORDER BY id LIMIT 1 OFFSET " +
                                        std::to_string(random() % 8) + ")";
      INFO(table << " " << cell << " " << row);
      changed += file.exec("UPDATE " + table + " SET " + cell + " = " + value + " WHERE " + row);
      file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    INFO(table << " " << cell);
    REQUIRE_FALSE(verify_store(copy).sound());
  }
  CHECK(changed == scaled(200));
}

TEST_CASE("a damaged file is an error or a verdict, never a crash", "[store]") {
  const BookedTown town;
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  std::ifstream file(town.path, std::ios::binary);
  const std::string sound((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string copy = town.path.string() + ".copy";
  for (std::int64_t round = scaled(150); round > 0; --round) {
    std::string bytes = sound;
    for (auto count = 1 + random() % 20; count > 0; --count)
      bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    std::filesystem::remove(copy + "-wal");
    std::filesystem::remove(copy + "-shm");
    std::ofstream(copy, std::ios::binary) << bytes;
    const std::string code = error_code([&] {
      if (!verify_store(copy).sound()) return;
      Store store = Store::open(copy);
      static_cast<void>(store.books().trial_balance());
    });
    INFO(code);
    REQUIRE((code.empty() || code.starts_with("store_")));
  }
}
