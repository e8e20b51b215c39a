#pragma once

#include "jiedui/store/sqlite_journal.hpp"
#include "store/connection.hpp"

namespace jiedui::detail {

/// Whether the last entry continues the chain and its accounts are there. O(log entries).
/// @throws Error "store_corrupt".
void check_end(SqliteJournal& journal);

/// Whether the file has the tables, indexes and triggers that jiedui makes and nothing more:
/// nothing foreign that would take part in what is read or written. O(tables).
/// @throws Error "store_altered".
void check_schema(Connection& connection);

/// Whether the file is sound to SQLite, and passes check_schema. O(size).
/// @throws Error "store_altered", "store_corrupt".
void check_file(Connection& connection);

}  // namespace jiedui::detail
