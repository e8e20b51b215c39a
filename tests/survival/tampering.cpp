// Tampering: bits of entries, accounts, the book's id and exported heads, and rows removed,
// swapped, inserted or rewritten together with the chain. All of it is found, up to the last
// exported head.

#include <array>

#include <catch2/catch.hpp>

#include "survival/books_on_disk.hpp"
#include "survival/disk.hpp"
#include "survival/record_bytes.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

constexpr std::uint64_t accounts = 5;

/// A book of all kinds of entries on a disk in memory, and the head exported at its end.
class ExportedBook {
 public:
  ExportedBook() {
    Store store = Store::open_or_create(path_);
    post(store);
    export_head(store.books().head());
    store.close();
    sound_ = disk_.content(path_);
    entries_ = records_of(sound_, "entries");
    // How an entry's number is stored is not read: it is the row's own.
    for (RecordBytes& record : entries_) record.header += 2;
    accounts_ = records_of(sound_, "accounts");
    settings_ = records_of(sound_, "settings");
    for (const RecordBytes& record : accounts_) account_numbers_.push_back(number_of(record));
  }

  std::string& bytes() { return disk_.find(path_)->now; }
  void restore() { disk_.put(path_, sound_); }
  AuditReport verdict() const { return verify_store(path_, exported_); }
  std::vector<ChainHead>& exported() { return exported_; }
  const std::vector<ChainHead>& exported() const { return exported_; }
  const std::vector<RecordBytes>& entries() const { return entries_; }
  const std::vector<RecordBytes>& account_records() const { return accounts_; }
  /// The entry that opened the account of a record.
  std::uint64_t opened_by(std::size_t record) const { return account_numbers_.at(record); }
  const std::vector<RecordBytes>& settings() const { return settings_; }

  /// SQL by someone who takes the triggers away first.
  void forge(const std::string& sql) {
    SQLite::Database file(path_, SQLite::OPEN_READWRITE);
    file.exec(
        "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;"
        "DROP TRIGGER entries_are_not_changed; DROP TRIGGER entries_are_not_removed;"
        "DROP TRIGGER accounts_are_not_removed;");
    file.exec(sql);
    file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  /// Raises the amount of a transfer and makes chain and balances fit again.
  void rewrite(std::uint64_t number) {
    std::vector<std::pair<Entry, Hash256>> rewritten;
    {
      Store store = Store::open(path_);
      ChainHead head = first_head(store.book());
      store.books().read_entries(1, u64_max, [&](const Entry& stored, const Hash256&) {
        Entry entry = stored;
        if (entry.number == number) entry.amount += 1;
        head = next_head(head, entry);
        rewritten.emplace_back(entry, head.hash);
        return true;
      });
    }
    std::string sql;
    for (const auto& [entry, hash] : rewritten) {
      if (entry.number < number) continue;
      sql += "UPDATE entries SET amount = " + std::to_string(entry.amount) + ", hash = x'" +
             hash.to_string() + "' WHERE number = " + std::to_string(entry.number) + ";";
    }
    const std::string changed = " WHERE number = " + std::to_string(number) + ");";
    forge(sql +
          "UPDATE accounts SET debits_posted = debits_posted + 1 WHERE id = (SELECT debit FROM"
          " entries" +
          changed +
          "UPDATE accounts SET credits_posted = credits_posted + 1 WHERE id = (SELECT credit FROM"
          " entries" +
          changed);
  }

 private:
  void export_head(const ChainHead& head) { exported_.push_back(head); }

  void post(Store& store) {
    Ledger& books = store.books();
    std::vector<Command> commands;
    for (std::uint64_t account = 1; account <= accounts; ++account)
      commands.emplace_back(OpenAccount{.id = id(account),
                                        .unit = hours_unit,
                                        .code = 7,
                                        .limits = {100'000, {}},
                                        .reference = {9, account}});
    for (std::uint64_t i = 0; i < 30; ++i) {
      const Id128 debit = id(1 + i % accounts);
      const Id128 credit = id(1 + (i + 1) % accounts);
      commands.emplace_back(Transfer{.id = {10, i},
                                     .debit = debit,
                                     .credit = credit,
                                     .amount = 100 + i,
                                     .unit = hours_unit,
                                     .happened = at(1'000)});
      if (i % 3 == 0)
        commands.emplace_back(Claim{.id = {11, i},
                                    .debit = debit,
                                    .credit = credit,
                                    .amount = 50,
                                    .unit = hours_unit,
                                    .timeout = std::chrono::hours{24}});
      if (i % 6 == 0) commands.emplace_back(Confirm{.id = {12, i}, .claim = {11, i}, .amount = 20});
      if (i % 6 == 3) commands.emplace_back(Decline{.id = {13, i}, .claim = {11, i}});
      if (i % 7 == 0) commands.emplace_back(Correct{.id = {14, i}, .entry = {10, i}});
      if (i == 15) {
        static_cast<void>(books.post(commands));
        commands.clear();
        export_head(books.head());
      }
    }
    for (const Outcome outcome : books.post(commands)) REQUIRE(outcome == Outcome::booked);
  }

  /// Accounts have the ids 1 to 5 in their first column and were opened by the entries 1 to 5.
  std::uint64_t number_of(const RecordBytes& record) const {
    return static_cast<unsigned char>(sound_[record.body + 15]);
  }

  Folder folder_{memory_folder()};
  Disk disk_{folder_.path()};
  std::string path_ = (disk_.folder() / "town.jiedui").string();
  std::string sound_;
  std::vector<ChainHead> exported_;
  std::vector<RecordBytes> entries_;
  std::vector<RecordBytes> accounts_;
  std::vector<RecordBytes> settings_;
  std::vector<std::uint64_t> account_numbers_;
};

/// @return which byte it was.
std::size_t flip(std::string& bytes, std::size_t begin, std::size_t end, std::mt19937_64& random) {
  const std::size_t at = begin + random() % (end - begin);
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
  return at;
}

/// Flips one bit of a record: of its values, or of how they are stored.
std::size_t flip(ExportedBook& book, const RecordBytes& record, std::mt19937_64& random) {
  const bool types = random() % 5 == 0;
  return flip(book.bytes(), types ? record.header : record.body, types ? record.body : record.end,
              random);
}

void check_flipped_entry(ExportedBook& book, std::mt19937_64& random) {
  const std::size_t at = random() % book.entries().size();
  flip(book, book.entries()[at], random);
  const AuditReport report = book.verdict();
  INFO("entry " << at + 1 << ": " << report);
  REQUIRE_FALSE(report.sound());
  if (report.finding != Finding::unreadable) REQUIRE(report.first_bad_entry == at + 1);
}

void check_flipped_account(ExportedBook& book, std::mt19937_64& random) {
  const std::size_t at = random() % book.account_records().size();
  const RecordBytes& record = book.account_records()[at];
  const std::size_t byte = flip(book, record, random);
  const AuditReport report = book.verdict();
  INFO("account " << at << ": " << report);
  REQUIRE_FALSE(report.sound());
  const bool of_its_id = byte < record.body + 16;
  if (report.finding == Finding::account_differs && !of_its_id)
    REQUIRE(report.first_bad_entry == book.opened_by(at));
}

void check_flipped_book(ExportedBook& book, std::mt19937_64& random) {
  // "book" comes before "zone", the value after the name.
  const RecordBytes& record = book.settings().front();
  flip(book.bytes(), record.end - 16, record.end, random);
  const AuditReport report = book.verdict();
  INFO("the book's id: " << report);
  REQUIRE(report.finding == Finding::hash_differs);
  REQUIRE(report.first_bad_entry == 1);
}

void check_changed_head(ExportedBook& book, std::mt19937_64& random) {
  const std::vector<ChainHead> exported = book.exported();
  const std::size_t at = random() % exported.size();
  ChainHead& head = book.exported()[at];
  switch (random() % 3) {
    case 0: {
      auto& byte = head.hash.bytes.at(random() % 32);
      byte = static_cast<std::uint8_t>(byte ^ (1U << random() % 8));
      break;
    }
    case 1:
      head.book.low ^= std::uint64_t{1} << random() % 64;
      break;
    default:
      head.count += 1 + random() % 3;
  }
  const AuditReport report = book.verdict();
  INFO("head " << at << ": " << report);
  REQUIRE((report.finding == Finding::head_differs || report.finding == Finding::tail_missing));
  book.exported() = exported;
}

/// Rows removed, cut, swapped, inserted; the first bad entry is named.
void check_forged_rows(ExportedBook& book, std::mt19937_64& random) {
  const std::uint64_t count = book.entries().size();
  const std::uint64_t number = 1 + random() % (count - 1);
  const std::string one = std::to_string(number);
  const std::string next = std::to_string(number + 1);
  Finding expected = Finding::hash_differs;
  std::uint64_t first = number;
  switch (random() % 4) {
    case 0:
      book.forge("DELETE FROM entries WHERE number = " + one);
      expected = Finding::entry_missing;
      break;
    case 1:
      book.forge("DELETE FROM entries WHERE number > " + one);
      expected = Finding::tail_missing;
      first = number + 1;
      break;
    case 2:
      book.forge("UPDATE entries SET number = -1 WHERE number = " + one +
                 "; UPDATE entries SET number = " + one + " WHERE number = " + next +
                 "; UPDATE entries SET number = " + next + " WHERE number = -1");
      break;
    default:
      book.forge(
          "INSERT INTO entries SELECT (SELECT max(number) + 1 FROM entries), kind, linked,"
          " randomblob(16), debit, credit, NULL, reference, amount, released, unit, code, reason,"
          " timeout, happened, booked, debits_over_credits_max, credits_over_debits_max,"
          " commitment, hash FROM entries WHERE number = " +
          one);
      first = count + 1;
  }
  const AuditReport report = book.verdict();
  INFO("entry " << number << ": " << report);
  REQUIRE(report.finding == expected);
  REQUIRE(report.first_bad_entry == first);
}

/// A chain rewritten from an entry on is sound in itself: only the exported head tells.
void check_rewritten_chain(ExportedBook& book, std::mt19937_64& random) {
  const std::uint64_t middle = book.exported().front().count;
  const bool early = random() % 2 == 0;
  // The transfers 16 and 29 are neither corrected nor claimed.
  const std::uint64_t number = early ? accounts + 5 : book.entries().size();
  book.rewrite(number);
  const AuditReport report = book.verdict();
  INFO("entry " << number << ": " << report);
  REQUIRE(report.finding == Finding::head_differs);
  REQUIRE(report.first_bad_entry == (early ? 1 : middle + 1));
  REQUIRE(report.last_bad_entry == (early ? middle : book.exported().back().count));
}

}  // namespace

TEST_CASE("tampering is found, and where", "[survival]") {
  INFO(seed_text());
  std::mt19937_64 random{jiedui::test::seed()};
  ExportedBook book;
  REQUIRE(book.verdict().sound());
  REQUIRE(book.verdict().heads_matched == 2);
  for (std::int64_t change = 0, all = scaled(10'000, 1'000'000); change < all; ++change) {
    INFO("change " << change);
    const std::uint64_t draw = random() % 100;
    if (draw < 60)
      check_flipped_entry(book, random);
    else if (draw < 82)
      check_flipped_account(book, random);
    else if (draw < 84)
      check_flipped_book(book, random);
    else if (draw < 94)
      check_changed_head(book, random);
    else if (draw < 99)
      check_forged_rows(book, random);
    else
      check_rewritten_chain(book, random);
    book.restore();
  }
  REQUIRE(book.verdict().sound());
}
