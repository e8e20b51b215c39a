#pragma once

#include <string>
#include <vector>

#include "jiedui/base/table.hpp"
#include "store/connection.hpp"

namespace jiedui::detail {

/// Keeps tables under a collection's name, in place of those that it held, as SQLite tables that
/// anyone can read: columns "id", "skills" of the table "network_volunteers". Durable on return.
///
/// An empty text and an absent cell are NULL. O(cells).
/// @throws Error "table_invalid" for names that SQLite cannot tell apart, columns of unequal length
/// and numbers that are not finite; then the former tables stay.
void save_tables(Connection& connection, const std::string& collection,
                 const std::vector<Table>& tables);

/// The tables of a collection, in the order and with the kinds of column in which they were saved;
/// empty if none were.
std::vector<Table> load_tables(Connection& connection, const std::string& collection);

bool has_tables(Connection& connection, const std::string& collection);

}  // namespace jiedui::detail
