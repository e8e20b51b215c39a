#pragma once

#include <chrono>
#include <filesystem>

namespace jiedui::detail {

/// The exclusive lock on `<store>.jiedui-lock` that every writer and checkpointer of a store holds.
///
/// SQLite's own locks do not do: versions before 3.51.3 can lose pages when one connection writes
/// while another resets the WAL, and a second copy of SQLite in the process silently lets go of
/// them. A lock on an open file description (flock) depends on neither.
class FileLock {
 public:
  /// Creates the side file if it is missing. @throws Error "store_not_writable".
  explicit FileLock(const std::filesystem::path& store);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  /// @return whether the lock was got within that time.
  bool lock(std::chrono::milliseconds patience);
  void unlock() noexcept;

 private:
  int file_ = -1;
};

}  // namespace jiedui::detail
