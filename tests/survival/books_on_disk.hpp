#pragma once

#include <random>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "ledger/books.hpp"
#include "store/town.hpp"
#include "support/run.hpp"

namespace jiedui::test {

/// Where files are kept in memory, if there is such a place: what these tests cut and kill does not
/// depend on how fast a real disk is.
inline std::filesystem::path memory_folder() {
  const std::filesystem::path shared = "/dev/shm";
  std::error_code ignored;
  return std::filesystem::is_directory(shared, ignored) ? shared
                                                        : std::filesystem::temp_directory_path();
}

/// What a test says so that it can be run again: JIEDUI_SEED=…
inline std::string seed_text() {
  return "JIEDUI_SEED=" + std::to_string(seed());
}

/// Sends batches of linked transfers between a few accounts, each told apart by its reference: the
/// number of the batch and how many entries it has.
class Batches {
 public:
  static constexpr std::uint64_t accounts = 6;

  /// The accounts, if they are not there yet. Sent again after every opening.
  static std::vector<Command> opening() {
    std::vector<Command> commands;
    for (std::uint64_t account = 1; account <= accounts; ++account)
      commands.push_back(linked(OpenAccount{.id = id(account), .unit = hours_unit}));
    commands.back() = OpenAccount{.id = id(accounts), .unit = hours_unit};
    return commands;
  }
  /// @param number from 1, of the batch.
  static std::vector<Command> batch(std::uint64_t number, std::size_t size) {
    std::vector<Command> commands;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint64_t from = (number + i) % accounts;
      const Transfer one{.id = {number, i + 1},
                         .debit = id(1 + from),
                         .credit = id(1 + (from + 1 + number % (accounts - 1)) % accounts),
                         .amount = 1 + number % 7,
                         .unit = hours_unit,
                         .reference = {number, size}};
      commands.push_back(i + 1 < size ? linked(one) : Command{one});
    }
    return commands;
  }
};

/// What SQLite itself finds wrong with a file; "ok" if nothing.
inline std::string health(const std::filesystem::path& path) {
  SQLite::Database file(path.string(), SQLite::OPEN_READWRITE, 5'000);
  if (SQLite::Statement(file, "PRAGMA foreign_key_check").executeStep()) return "a foreign key";
  return file.execAndGet("PRAGMA integrity_check").getString();
}

}  // namespace jiedui::test
