#pragma once

#include "jiedui/base/table.hpp"

namespace jiedui::wire {

/// Holds a table to what its types promise: named, distinct columns of one length, presence bytes
/// for all rows or none, dictionary codes within their texts.
/// @throws Error "table_invalid" naming the table and the column.
void check_table(const Table& table);

}  // namespace jiedui::wire
