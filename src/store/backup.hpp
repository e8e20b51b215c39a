#pragma once

#include <filesystem>

#include "jiedui/base/control.hpp"
#include "jiedui/ledger/entry.hpp"
#include "store/connection.hpp"

namespace jiedui::detail {

/// Copies the store as it is at this moment into a new file, and verifies the copy: SQLite's
/// integrity_check, and the head. Others may go on writing. Nothing is left behind when it throws.
/// @param head tells the head of the books; called while they are held still.
/// @throws Error "file_exists", "interrupted", "backup_differs", and those of a store.
ChainHead back_up(Connection& connection, const std::filesystem::path& copy,
                  const std::function<ChainHead()>& head, const Control& control);

}  // namespace jiedui::detail
