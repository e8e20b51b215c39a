#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace jiedui::detail {

/// A prepared statement that is used often. SQLiteCpp's own counts its users at every value that is
/// read, which costs more than the value.
class Prepared {
 public:
  /// @throws SQLite::Exception, as all below.
  Prepared(SQLite::Database& database, const char* sql);

  /// Whether there is another row.
  bool step();
  /// Runs it to its end. It gives no rows.
  void exec();
  void reset() noexcept { sqlite3_reset(handle_.get()); }
  void clear_bindings() noexcept { sqlite3_clear_bindings(handle_.get()); }

  void bind(int parameter) { check(sqlite3_bind_null(handle_.get(), parameter)); }
  void bind(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(handle_.get(), parameter, value));
  }
  void bind(int parameter, const std::string& text);
  void bind(int parameter, const void* bytes, int size) {
    check(sqlite3_bind_blob(handle_.get(), parameter, bytes, size, SQLITE_TRANSIENT));
  }

  bool is_null(int column) const {
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
  }
  std::int64_t whole(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  const std::uint8_t* blob(int column) const {
    return static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_.get(), column));
  }
  int bytes(int column) const { return sqlite3_column_bytes(handle_.get(), column); }

 private:
  void check(int code) const;

  struct End {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, End> handle_;
};

/// A prepared statement in use: it is reset at the end, so that it holds no lock and no text.
class Use {
 public:
  explicit Use(Prepared& statement) : statement_(statement) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() {
    statement_.reset();
    statement_.clear_bindings();
  }
  Prepared* operator->() { return &statement_; }
  Prepared& operator*() { return statement_; }

 private:
  Prepared& statement_;
};

}  // namespace jiedui::detail
