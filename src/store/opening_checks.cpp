#include "store/opening_checks.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "store/cells.hpp"
#include "store/schema.hpp"

namespace jiedui::detail {

namespace {

/// Type, name, table and SQL of one thing in the schema.
using Part = std::tuple<std::string, std::string, std::string, std::string>;

std::set<Part> parts_of(SQLite::Database& database) {
  std::set<Part> parts;
  SQLite::Statement rows{database, "SELECT type, name, tbl_name, sql FROM sqlite_schema"};
  while (rows.executeStep())
    parts.emplace(rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                  rows.getColumn(2).getString(), rows.getColumn(3).getString());
  return parts;
}

std::set<Part> released_parts() {
  SQLite::Database released{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  for (const char* migration : migrations) released.exec(migration);
  return parts_of(released);
}

std::set<std::string> saved_names(SQLite::Database& database) {
  std::set<std::string> names;
  SQLite::Statement rows{database, "SELECT collection || '_' || name FROM saved_tables"};
  while (rows.executeStep()) names.insert(rows.getColumn(0).getString());
  return names;
}

/// A table as Store::save makes it: columns of a plain type; nothing that is computed or enforced.
bool plain_table(const Part& part) {
  const auto& [type, name, table, sql] = part;
  if (type != "table" || !sql.starts_with("CREATE TABLE \"") || !sql.ends_with(") STRICT"))
    return false;
  std::string outside;  // of the quotes
  bool inside = false;
  for (const char c : sql) {
    if (c == '"') inside = !inside;
    if (!inside && c != '"') outside += c;
  }
  static constexpr std::string_view allowed[] = {"TEXT", "INTEGER", "REAL"};
  const std::string_view columns = std::string_view(outside).substr(outside.find('(') + 1);
  for (std::size_t at = 0; at < columns.size();) {
    const std::size_t end = std::min(columns.find_first_of(",)", at), columns.size());
    std::string_view word = columns.substr(at, end - at);
    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
    if (std::find(std::begin(allowed), std::end(allowed), word) == std::end(allowed)) return false;
    if (end < columns.size() && columns[end] == ')') return columns.substr(end) == ") STRICT";
    at = end + 1;
  }
  return false;
}

/// Holds the books still until the end of a check.
template <class Readable>
class Still {
 public:
  explicit Still(Readable& read) : read_(read) { read_.begin_read(); }
  Still(const Still&) = delete;
  Still& operator=(const Still&) = delete;
  ~Still() { read_.end_read(); }

 private:
  Readable& read_;
};

[[noreturn]] void altered(const Connection& connection, std::string what) {
  throw Error({.code = "store_altered",
               .place = connection.path().filename().string(),
               .message = std::move(what),
               .allowed = "the tables, indexes and triggers that jiedui makes",
               .way_out = "take back what was changed, or restore a copy that verifies"});
}

}  // namespace

void check_end(SqliteJournal& journal) {
  const Still still{journal};
  const ChainHead last = journal.head();
  if (last.count == 0) return;
  ChainHead before = first_head(last.book);
  bool continues = false;
  Entry entry;
  journal.read_entries(last.count - 1, last.count, [&](const Entry& read, const Hash256& hash) {
    if (read.number == last.count) {
      continues = before.count + 1 == last.count && next_head(before, read).hash == hash;
      entry = read;
    } else {
      before.count = read.number;
      before.hash = hash;
    }
    return true;
  });
  if (!continues) corrupt("the last entry does not continue the chain");
  for (const Id128& id : {entry.debit, entry.credit})
    if (!id.is_zero() && !journal.find_account(id))
      corrupt("an account of the last entry is missing");
}

void check_schema(Connection& connection) {
  connection.run([&] {
    const Still still{connection};  // others may be saving a network
    SQLite::Database& database = connection.database();
    const std::set<Part> released = released_parts();
    const std::set<Part> found = parts_of(database);
    for (const Part& part : released)
      if (!found.contains(part))
        altered(connection, "the " + std::get<0>(part) + " " + std::get<1>(part) +
                                " is missing, or is not as jiedui made it");
    const std::set<std::string> saved = saved_names(database);
    for (const Part& part : found)
      if (!released.contains(part) && !(saved.contains(std::get<1>(part)) && plain_table(part)))
        altered(connection, "the file holds a " + std::get<0>(part) + " that jiedui did not make");
  });
}

void check_file(Connection& connection) {
  check_schema(connection);
  connection.run([&] {
    if (connection.database().execAndGet("PRAGMA integrity_check(1)").getString() != "ok")
      corrupt("SQLite finds the file damaged");
  });
}

}  // namespace jiedui::detail
