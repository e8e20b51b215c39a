#pragma once

#include "jiedui/store/sqlite_journal.hpp"
#include "store/connection.hpp"

namespace jiedui::detail {

/// Whether the last entry continues the chain and its accounts are there. O(log entries).
/// @throws Error "store_corrupt".
void check_end(SqliteJournal& journal);

/// Whether the file is sound to SQLite and holds what jiedui makes and nothing more: no foreign
/// table, view, index or trigger that would take part in what is read or written. O(size).
/// @throws Error "store_altered", "store_corrupt".
void check_file(Connection& connection);

}  // namespace jiedui::detail
