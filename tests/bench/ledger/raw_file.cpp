#include "ledger/raw_file.hpp"

#include <array>
#include <stdexcept>
#include <vector>

namespace jiedui::bench {

namespace {

// As in src/store/connection.cpp.
constexpr const char* pragmas =
    "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON; PRAGMA cache_size=-65536;"
    "PRAGMA wal_autocheckpoint=0";
constexpr int wal_frames_max = 4'000;

void check(sqlite3* database, int code, int wanted) {
  if (code != wanted) throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(database));
}

std::string text(sqlite3_stmt* statement, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
}

/// The table of a store's entries: columns, types and what must be there, and nothing enforced.
std::string table_of(sqlite3* store) {
  const Statement columns =
      prepared(store, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('entries')");
  std::string sql;
  while (sqlite3_step(columns.get()) == SQLITE_ROW) {
    sql += (sql.empty() ? "CREATE TABLE entries (" : ", ") + text(columns.get(), 0) + " " +
           text(columns.get(), 1);
    if (sqlite3_column_int(columns.get(), 3) != 0)
      sql += " PRIMARY KEY";
    else if (sqlite3_column_int(columns.get(), 2) != 0)
      sql += " NOT NULL";
  }
  return sql + ") STRICT";
}

/// An id as the store keeps it: 16 bytes, the highest first.
std::array<std::uint8_t, 16> bytes_of(Id128 id) {
  std::array<std::uint8_t, 16> bytes{};
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(id.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(id.low >> (56 - 8 * i));
  }
  return bytes;
}

}  // namespace

Database open_database(const std::filesystem::path& path, int flags) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(opened);
  check(opened, code, SQLITE_OK);
  return database;
}

Statement prepared(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  check(
      database,
      sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
      SQLITE_OK);
  return Statement(statement);
}

void run(sqlite3* database, const std::string& sql) {
  check(database, sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
}

RawFile::RawFile(const std::filesystem::path& path, const std::filesystem::path& store)
    : path_(path), database_(open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) {
  run(database_.get(), pragmas);
  const Database model = open_database(store, SQLITE_OPEN_READONLY);
  run(database_.get(), table_of(model.get()));
  const Statement indexes = prepared(
      model.get(),
      "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'entries' AND sql <> ''");
  while (sqlite3_step(indexes.get()) == SQLITE_ROW) run(database_.get(), text(indexes.get(), 0));
  sqlite3_wal_hook(
      database_.get(),
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<RawFile*>(self)->wal_frames_ = frames;
        return SQLITE_OK;
      },
      this);
  begin_ = prepared(database_.get(), "BEGIN IMMEDIATE");
  commit_ = prepared(database_.get(), "COMMIT");
  row_ = prepared(database_.get(),
                  "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
}

void RawFile::insert(const Entry& entry, const Hash256& hash) {
  sqlite3_stmt* to = row_.get();
  int at = 0;
  const auto whole = [&](auto value) {
    sqlite3_bind_int64(to, ++at, static_cast<sqlite3_int64>(value));
  };
  const auto bytes = [&](const auto& value, bool absent) {
    if (absent)
      sqlite3_bind_null(to, ++at);
    else
      sqlite3_bind_blob(to, ++at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  };
  const auto limit = [&](const std::optional<std::uint64_t>& value) {
    if (value)
      whole(*value);
    else
      sqlite3_bind_null(to, ++at);
  };
  const auto id = bytes_of(entry.id), debit = bytes_of(entry.debit),
             credit = bytes_of(entry.credit), answers = bytes_of(entry.answers),
             reference = bytes_of(entry.reference);
  whole(entry.number);
  whole(entry.kind);
  whole(entry.linked);
  bytes(id, false);
  bytes(debit, false);
  bytes(credit, entry.credit.is_zero());
  bytes(answers, entry.answers.is_zero());
  bytes(reference, entry.reference.is_zero());
  whole(entry.amount);
  whole(entry.released);
  whole(entry.unit.value());
  whole(entry.code);
  whole(entry.reason);
  whole(entry.timeout.count());
  whole(entry.happened.time_since_epoch().count());
  whole(entry.booked.time_since_epoch().count());
  limit(entry.limits.debits_over_credits_max);
  limit(entry.limits.credits_over_debits_max);
  bytes(entry.commitment.bytes, entry.commitment.is_zero());
  bytes(hash.bytes, false);
  const int code = sqlite3_step(to);  // while what is bound lives
  sqlite3_reset(to);
  check(database_.get(), code, SQLITE_DONE);
}

void RawFile::append(std::span<const Entry> entries, std::span<const Hash256> hashes) {
  const auto once = [&](const Statement& statement) {
    const int code = sqlite3_step(statement.get());
    sqlite3_reset(statement.get());
    check(database_.get(), code, SQLITE_DONE);
  };
  once(begin_);
  for (std::size_t i = 0; i < entries.size(); ++i) insert(entries[i], hashes[i]);
  once(commit_);
  if (wal_frames_ <= wal_frames_max) return;
  check(database_.get(),
        sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                  nullptr),
        SQLITE_OK);
  wal_frames_ = 0;
}

std::uint64_t RawFile::bytes() {
  run(database_.get(), "PRAGMA wal_checkpoint(TRUNCATE)");
  return std::filesystem::file_size(path_);
}

std::int64_t RawFile::rows() {
  const Statement count = prepared(database_.get(), "SELECT count(*) FROM entries");
  sqlite3_step(count.get());
  return sqlite3_column_int64(count.get(), 0);
}

}  // namespace jiedui::bench
