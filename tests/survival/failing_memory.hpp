#pragma once

#include <cstdint>

namespace jiedui::test {

/// Makes allocations of this program fail: those of SQLite and operator new, counted together.
/// One thread.
class FailingMemory {
 public:
  /// From now on the `nth` allocation fails, and with `for_good` all after it.
  static void arm(std::int64_t nth, bool for_good);
  /// @return whether an allocation has failed.
  static bool disarm();
};

/// While it lives, no allocation fails: for what stands in for the system.
class Undisturbed {
 public:
  Undisturbed();
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;
  ~Undisturbed();
};

}  // namespace jiedui::test
