#pragma once

#include <filesystem>
#include <random>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "hours/hours_books.hpp"
#include "jiedui/store/store.hpp"
#include "support/error_code.hpp"

namespace jiedui::test {

/// A folder of its own, gone at the end.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::random_device random;
    path_ = parent / ("jiedui-test-" + std::to_string(random()) + std::to_string(random()));
    std::filesystem::create_directory(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// A store file and a second, foreign connection to it.
struct Town {
  Folder folder;
  std::filesystem::path path = folder / "town.jiedui";

  Store open() const { return Store::open_or_create(path); }
  /// Runs SQL on the file behind the library's back.
  void tamper(const std::string& sql) const {
    SQLite::Database other(path.string(), SQLite::OPEN_READWRITE, 5'000);
    other.exec(sql);
  }
  std::string look(const std::string& sql) const {
    SQLite::Database other(path.string(), SQLite::OPEN_READONLY, 5'000);
    return other.execAndGet(sql).getString();
  }
};

}  // namespace jiedui::test
