#include "jiedui/store/sqlite_journal.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "store/cells.hpp"
#include "store/connection.hpp"

namespace jiedui {

namespace {

using detail::Binder;
using detail::Cells;
using detail::Prepared;
using detail::Use;

#define JIEDUI_ENTRY_COLUMNS                                                                   \
  "number, kind, linked, id, debit, credit, answers, reference, amount, released, unit, code," \
  " reason, timeout, happened, booked, debits_over_credits_max, credits_over_debits_max,"      \
  " commitment, hash"
#define JIEDUI_ACCOUNT_COLUMNS                                                \
  "id, unit, code, closed, debits_over_credits_max, credits_over_debits_max," \
  " debits_posted, debits_pending, credits_posted, credits_pending"
#define JIEDUI_SELECT_ENTRIES "SELECT " JIEDUI_ENTRY_COLUMNS " FROM entries "

constexpr const char* insert_entry = "INSERT INTO entries (" JIEDUI_ENTRY_COLUMNS
                                     ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr const char* insert_account =
    "INSERT INTO accounts (" JIEDUI_ACCOUNT_COLUMNS
    ") VALUES (?,?,?,?,?,?,?,?,?,?)"
    " ON CONFLICT (id) DO UPDATE SET closed = excluded.closed,"
    " debits_over_credits_max = excluded.debits_over_credits_max,"
    " credits_over_debits_max = excluded.credits_over_debits_max,"
    " debits_posted = excluded.debits_posted, debits_pending = excluded.debits_pending,"
    " credits_posted = excluded.credits_posted, credits_pending = excluded.credits_pending";
constexpr const char* entries_of = JIEDUI_SELECT_ENTRIES
    "WHERE debit = ?1 UNION ALL " JIEDUI_SELECT_ENTRIES "WHERE credit = ?1 ORDER BY number";

struct StoredEntry {
  Entry entry;
  Hash256 hash;
};

Unit unit_of(std::uint32_t value) {
  const auto unit = Unit::from_value(value);
  if (!unit) detail::corrupt("there is no such unit");
  return *unit;
}

void bind_entry(Prepared& statement, const Entry& entry, const Hash256& hash) {
  Binder to{statement};
  to.amount(entry.number);
  to.whole(static_cast<std::int64_t>(entry.kind));
  to.whole(entry.linked ? 1 : 0);
  to.id_always(entry.id);
  to.id_always(entry.debit);
  to.id(entry.credit);
  to.id(entry.answers);
  to.id(entry.reference);
  to.amount(entry.amount);
  to.amount(entry.released);
  to.whole(entry.unit.value());
  to.whole(entry.code);
  to.whole(entry.reason);
  to.whole(entry.timeout.count());
  to.whole(entry.happened.time_since_epoch().count());
  to.whole(entry.booked.time_since_epoch().count());
  to.amount(entry.limits.debits_over_credits_max);
  to.amount(entry.limits.credits_over_debits_max);
  to.hash(entry.commitment);
  to.hash(hash);
}

StoredEntry read_entry(const Prepared& statement) {
  Cells from{statement};
  StoredEntry stored;
  Entry& entry = stored.entry;
  entry.number = from.amount();
  const std::int64_t kind = from.whole();
  if (kind < 1 || kind > 9) detail::corrupt("there is no such kind of entry");
  entry.kind = static_cast<EntryKind>(kind);
  entry.linked = from.yes();
  entry.id = from.id();
  entry.debit = from.id();
  entry.credit = from.id();
  entry.answers = from.id();
  entry.reference = from.id();
  entry.amount = from.amount();
  entry.released = from.amount();
  entry.unit = unit_of(from.number32());
  entry.code = from.number32();
  entry.reason = from.number32();
  entry.timeout = std::chrono::seconds{from.number32()};
  entry.happened = Instant{std::chrono::seconds{from.whole()}};
  entry.booked = BookedTime{std::chrono::nanoseconds{from.whole()}};
  entry.limits.debits_over_credits_max = from.amount_if_any();
  entry.limits.credits_over_debits_max = from.amount_if_any();
  entry.commitment = from.hash();
  stored.hash = from.hash();
  return stored;
}

void bind_account(Prepared& statement, const Account& account) {
  Binder to{statement};
  to.id_always(account.id);
  to.whole(account.unit.value());
  to.whole(account.code);
  to.whole(account.closed ? 1 : 0);
  to.amount(account.limits.debits_over_credits_max);
  to.amount(account.limits.credits_over_debits_max);
  const Balance& balance = account.balance;
  for (const std::uint64_t total : {balance.debits_posted, balance.debits_pending,
                                    balance.credits_posted, balance.credits_pending})
    to.amount(total);
}

Account read_account(const Prepared& statement) {
  Cells from{statement};
  Account account;
  account.id = from.id();
  account.unit = unit_of(from.number32());
  account.code = from.number32();
  account.closed = from.yes();
  account.limits.debits_over_credits_max = from.amount_if_any();
  account.limits.credits_over_debits_max = from.amount_if_any();
  for (std::uint64_t* total : {&account.balance.debits_posted, &account.balance.debits_pending,
                               &account.balance.credits_posted, &account.balance.credits_pending})
    *total = from.amount();
  return account;
}

std::int64_t nanoseconds(BookedTime time) {
  return time.time_since_epoch().count();
}

/// SQLite's row numbers are signed; no book comes near their end.
std::int64_t row_number(std::uint64_t number) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::min(number, static_cast<std::uint64_t>(most)));
}

}  // namespace

struct SqliteJournal::State {
  std::shared_ptr<detail::Connection> connection;
  Id128 book;
  Prepared last, account, entry, answer, add_entry, add_account, add_claim, drop_claim;

  explicit State(std::shared_ptr<detail::Connection> shared)
      : connection(std::move(shared)),
        last(prepare("SELECT number, hash, booked FROM entries ORDER BY number DESC LIMIT 1")),
        account(prepare("SELECT " JIEDUI_ACCOUNT_COLUMNS " FROM accounts WHERE id = ?")),
        entry(prepare(JIEDUI_SELECT_ENTRIES "WHERE id = ?")),
        answer(prepare(JIEDUI_SELECT_ENTRIES "WHERE answers = ?")),
        add_entry(prepare(insert_entry)),
        add_account(prepare(insert_account)),
        add_claim(prepare("INSERT INTO open_claims (due, number) VALUES (?, ?)")),
        drop_claim(prepare("DELETE FROM open_claims WHERE due = ? AND number = ?")) {
    Prepared setting = prepare("SELECT value FROM settings WHERE name = 'book'");
    if (!setting.step()) detail::corrupt("the id of the book is missing");
    book = Cells{setting}.id();
  }

  Prepared prepare(const char* sql) const { return Prepared{connection->database(), sql}; }

  std::optional<Entry> find(Prepared& statement, Id128 id) {
    return connection->run([&]() -> std::optional<Entry> {
      Use use{statement};
      Binder{*use}.id_always(id);
      if (!use->step()) return std::nullopt;
      return read_entry(*use).entry;
    });
  }

  /// Streams the entries of a query. Its own statement, so that a visitor may read as well.
  void read(const char* sql, const std::function<void(Binder&)>& bind, const EntryVisitor& visit) {
    connection->run([&] {
      Prepared statement = prepare(sql);
      Binder to{statement};
      bind(to);
      while (statement.step()) {
        const StoredEntry stored = read_entry(statement);
        if (!visit(stored.entry, stored.hash)) return;
      }
    });
  }

  void append_entry(const Entry& one, const Hash256& hash) {
    {
      Use use{add_entry};
      bind_entry(*use, one, hash);
      use->exec();
    }
    if (const auto time = due(one)) change_claims(add_claim, *time, one.number);
    if (one.answers.is_zero()) return;
    const auto claim = find(entry, one.answers);
    if (!claim) detail::corrupt("an answered entry is missing");
    if (const auto time = due(*claim)) change_claims(drop_claim, *time, claim->number);
  }
  static void change_claims(Prepared& statement, BookedTime time, std::uint64_t number) {
    Use use{statement};
    Binder to{*use};
    to.whole(nanoseconds(time));
    to.amount(number);
    use->exec();
  }
};

SqliteJournal::SqliteJournal(std::shared_ptr<detail::Connection> connection) {
  detail::Connection& shared = *connection;
  state_ = shared.run([&] { return std::make_unique<State>(std::move(connection)); });
}
SqliteJournal::SqliteJournal(SqliteJournal&&) noexcept = default;
SqliteJournal& SqliteJournal::operator=(SqliteJournal&&) noexcept = default;
SqliteJournal::~SqliteJournal() = default;

ChainHead SqliteJournal::head() {
  return state_->connection->run([&] {
    Use use{state_->last};
    if (!use->step()) return first_head(state_->book);
    Cells from{*use};
    ChainHead head{.book = state_->book};
    head.count = from.amount();
    head.hash = from.hash();
    head.booked = BookedTime{std::chrono::nanoseconds{from.whole()}};
    return head;
  });
}

std::optional<Account> SqliteJournal::find_account(Id128 id) {
  return state_->connection->run([&]() -> std::optional<Account> {
    Use use{state_->account};
    Binder{*use}.id_always(id);
    if (!use->step()) return std::nullopt;
    return read_account(*use);
  });
}

std::optional<Entry> SqliteJournal::find_entry(Id128 id) {
  return state_->find(state_->entry, id);
}

std::optional<Entry> SqliteJournal::find_answer(Id128 id) {
  return state_->find(state_->answer, id);
}

void SqliteJournal::read_entries(std::uint64_t first, std::uint64_t last,
                                 const EntryVisitor& visit) {
  state_->read(
      JIEDUI_SELECT_ENTRIES "WHERE number BETWEEN ? AND ? ORDER BY number",
      [&](Binder& to) {
        to.whole(row_number(first));
        to.whole(row_number(last));
      },
      visit);
}

void SqliteJournal::read_entries_of(Id128 account, const EntryVisitor& visit) {
  state_->read(
      entries_of, [&](Binder& to) { to.id_always(account); }, visit);
}

void SqliteJournal::read_entries_about(Id128 reference, const EntryVisitor& visit) {
  state_->read(
      JIEDUI_SELECT_ENTRIES "WHERE reference = ? ORDER BY number",
      [&](Binder& to) { to.id_always(reference); }, visit);
}

void SqliteJournal::read_due_claims(BookedTime time, const EntryVisitor& visit) {
  state_->read(
      JIEDUI_SELECT_ENTRIES "JOIN open_claims USING (number) WHERE due <= ? ORDER BY due, number",
      [&](Binder& to) { to.whole(nanoseconds(time)); }, visit);
}

void SqliteJournal::read_accounts(const AccountVisitor& visit) {
  state_->connection->run([&] {
    Prepared statement =
        state_->prepare("SELECT " JIEDUI_ACCOUNT_COLUMNS " FROM accounts ORDER BY id");
    while (statement.step())
      if (!visit(read_account(statement))) return;
  });
}

void SqliteJournal::begin_read() {
  state_->connection->begin_read();
}
void SqliteJournal::end_read() noexcept {
  state_->connection->end_read();
}
void SqliteJournal::begin_write() {
  state_->connection->begin_write();
}

void SqliteJournal::append(const Batch& batch) {
  state_->connection->run([&] {
    for (const Account& account : batch.accounts) {
      Use use{state_->add_account};
      bind_account(*use, account);
      use->exec();
    }
    for (std::size_t i = 0; i < batch.entries.size(); ++i)
      state_->append_entry(batch.entries[i], batch.hashes[i]);
  });
  state_->connection->commit();
}

void SqliteJournal::abandon() noexcept {
  state_->connection->rollback();
}

}  // namespace jiedui
