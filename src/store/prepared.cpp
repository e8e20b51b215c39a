#include "store/prepared.hpp"

#include <SQLiteCpp/Exception.h>

namespace jiedui::detail {

Prepared::Prepared(SQLite::Database& database, const char* sql) : database_(database.getHandle()) {
  sqlite3_stmt* made = nullptr;
  const int code =
      sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  handle_.reset(made);
  check(code);
}

bool Prepared::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) throw SQLite::Exception(database_, code);
  return false;
}

void Prepared::exec() {
  if (step()) throw SQLite::Exception("the statement gives rows", SQLITE_MISUSE);
}

void Prepared::bind(int parameter, const std::string& text) {
  check(sqlite3_bind_text(handle_.get(), parameter, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT));
}

void Prepared::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(database_, code);
}

}  // namespace jiedui::detail
