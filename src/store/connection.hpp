#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include "jiedui/base/error.hpp"
#include "store/file_lock.hpp"
#include "store/prepared.hpp"
#include "store/second_sqlite.hpp"

namespace jiedui::detail {

enum class OpenMode { read_only, read_write, create };

/// One connection to a store's file, set up and checked, with the lock that its writers hold.
///
/// Everything that a store keeps goes through one of these, so that entries and what belongs to
/// them become durable together.
class Connection {
 public:
  /// @param zone goes into a store that is made here. @param untrusted: the file will be checked as
  /// a whole, so traces of other programs are no reason to refuse it. @throws Error: see Store.
  Connection(const std::filesystem::path& path, OpenMode mode, const std::string& zone = "UTC",
             bool untrusted = false);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  SQLite::Database& database() { return *database_; }
  const std::filesystem::path& path() const { return path_; }
  bool read_only() const { return mode_ == OpenMode::read_only; }

  /// Takes the lock and begins a transaction that may write.
  void begin_write();
  /// Makes it durable, and carries the WAL over into the file once it has grown.
  void commit();
  void rollback() noexcept;
  bool writing() const { return writing_; }
  /// Nests; within a write it does nothing.
  void begin_read();
  void end_read() noexcept;

  /// Moves the WAL into the file and empties it. False if readers are in the way.
  bool empty_wal();
  /// From the next commit on, what was deleted must not be left in the WAL.
  void wipe_at_commit() { wipe_ = true; }

  /// Runs `work` and turns what SQLite throws into an Error.
  template <class Work>
  auto run(Work&& work) -> decltype(work()) {
    settle();
    try {
      return work();
    } catch (const SQLite::Exception& exception) {
      fail(exception);
    }
  }
  [[noreturn]] void fail(const SQLite::Exception& exception);

 private:
  void open(OpenMode mode);
  void configure();
  void migrate(OpenMode mode, const std::string& zone, bool untrusted);
  void begin_immediate();
  void look_for_writers();
  void identify(const std::string& zone);
  void lock();
  void refuse_second_sqlite();
  bool forked() const;
  void refuse_broken() const;
  void end_transaction() noexcept;
  void settle();
  int checkpoint(int sqlite_mode) noexcept;

  std::filesystem::path path_;
  OpenMode mode_;
  std::optional<FileLock> lock_;
  SecondSqlite second_sqlite_;
  std::unique_ptr<SQLite::Database> database_;
  int wal_frames_ = 0;  // after the last commit; kept by SQLite's hook
  int reading_ = 0;
  long process_ = 0;
  bool writing_ = false;
  bool ending_ = false;  // a transaction was let go of, but SQLite had no memory to end it
  bool broken_ = false;  // the disk failed under a commit: nothing more is promised
  bool wipe_ = false;
};

}  // namespace jiedui::detail
