#pragma once

#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/ledger/command.hpp"
#include "jiedui/ledger/outcome.hpp"

namespace jiedui {

/// The commands of a table, one a row, with the columns of Entry as far as a caller gives them:
/// kind (a transfer where empty), linked (yes, no), id, debit (the account of change_limits and
/// close_account), credit, answers, reference, amount, unit (a Unit's name), code, reason, timeout
/// (seconds), happened (UTC), debits_over_credits_max, credits_over_debits_max, commitment. Ids are
/// 32 hexadecimal digits or UUIDs, the commitment 64 digits. Columns may be missing. What a row
/// lacks for its kind is for the ledger to judge. O(cells).
/// @throws InputError with every cell that does not have its column's form ("id128_invalid",
/// "hash_invalid", "number_invalid", "number_out_of_range", "instant_invalid", "choice_unknown"),
/// or that its kind does not take ("cell_not_taken"); Error "column_length".
JIEDUI_API std::vector<Command> commands_of(const Table& table);

}  // namespace jiedui
