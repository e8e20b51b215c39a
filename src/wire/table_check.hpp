#pragma once

#include "jiedui/base/table.hpp"

namespace jiedui::wire {

/// Holds a table to what its types promise: named, distinct columns of one length, presence bytes
/// for all rows or none, dictionary codes within their texts.
/// @throws Error "table_invalid" naming the table and the column.
void check_table(const Table& table);

/// Whether every text is well-formed UTF-8. O(bytes + texts).
bool are_utf8(const TextColumn& texts);

/// @throws Error "cell_invalid" naming the column if a text is not UTF-8.
void check_texts(const Table& table);

}  // namespace jiedui::wire
