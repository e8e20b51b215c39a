#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jiedui::test {

/// Where a row lies in the bytes of a SQLite file: how its columns are stored, then their values.
struct RecordBytes {
  std::size_t header = 0;
  std::size_t body = 0;
  std::size_t end = 0;
};

/// The rows of a table, in its order. The file has no WAL and its rows fit into their pages.
std::vector<RecordBytes> records_of(const std::string& file, const std::string& table);

}  // namespace jiedui::test
