#pragma once

#include <cstdint>

namespace jiedui::detail {

/// Looks for another copy of SQLite among what this process has loaded. Two copies in one process
/// do not know of each other's POSIX locks: closing a file in one lets go of those of the other.
///
/// Sees every loaded object whose SQLite can be found by name. A copy that was linked in statically
/// with its symbols hidden cannot be seen. Linux; elsewhere it sees nothing.
class SecondSqlite {
 public:
  /// O(1) while nothing was loaded since the last call, else O(loaded objects).
  bool present();

 private:
  std::uint64_t loaded_ = 0;
  bool present_ = false;
};

}  // namespace jiedui::detail
