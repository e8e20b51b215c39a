#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include <sqlite3.h>

#include "jiedui/ledger/entry.hpp"

namespace jiedui::bench {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct EndStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, EndStatement>;

Database open_database(const std::filesystem::path& path, int flags);
Statement prepared(sqlite3* database, const std::string& sql);
void run(sqlite3* database, const std::string& sql);

/// What jiedui is measured against: SQLite with a prepared insert, and nothing else. The table has
/// the columns and the indexes of a store's entries, without checks, foreign keys and triggers; the
/// pragmas and the rule for checkpoints are the store's.
class RawFile {
 public:
  /// @param store whose table is copied.
  RawFile(const std::filesystem::path& path, const std::filesystem::path& store);
  /// Inserts the rows in one transaction; checkpoints as the store does.
  void append(std::span<const Entry> entries, std::span<const Hash256> hashes);
  /// Of the file alone, after a checkpoint.
  std::uint64_t bytes();
  std::int64_t rows();

 private:
  void insert(const Entry& entry, const Hash256& hash);

  std::filesystem::path path_;
  Database database_;
  Statement begin_, row_, commit_;
  int wal_frames_ = 0;
};

}  // namespace jiedui::bench
