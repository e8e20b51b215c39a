#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "jiedui/base/table.hpp"
#include "wire/csv_dictionary.hpp"

namespace jiedui::wire {

/// The cells of one column in a well-formed stretch: that of row r is
/// [text + cuts[r · columns − 1] + 1, text + cuts[r · columns]). 64 bytes behind the stretch can be
/// read.
struct CsvCells {
  const char* text;
  const std::uint32_t* cuts;
  std::size_t columns;
  std::size_t rows;
  bool trim;  ///< the last column of lines that may end with CRLF: a CR at the end is no part
};

/// Room to work in, one for all columns.
struct CsvScratch {
  std::vector<char> bytes;             ///< as long as a stretch, and 64 more
  std::vector<std::uint32_t> numbers;  ///< as long as a stretch has bytes
};

/// Gathers the cells of one column as texts, or as a dictionary while few are distinct.
class CsvColumn {
 public:
  explicit CsvColumn(bool dictionaries) : undecided_(dictionaries) {}

  /// @throws Error "column_too_large", without a place.
  void add(const CsvCells& cells, CsvScratch& scratch);
  /// Adds one cell as it is meant: without quotes and without the apostrophe before a formula.
  void add(std::string_view text);
  /// Makes room for `times` as much again, at most `bytes_max` more bytes.
  void reserve(double times, std::size_t bytes_max);
  Column::Cells take();

 private:
  void add_texts(const CsvCells& cells, CsvScratch& scratch);
  void add_codes(const CsvCells& cells, CsvScratch& scratch);
  std::uint32_t code_of(std::string_view text);
  void decide();
  void give_up_dictionary();
  std::string_view text(std::size_t row) const;

  bool undecided_;
  bool coded_ = false;
  std::vector<char> bytes_;          ///< of texts
  std::vector<std::uint32_t> ends_;  ///< of texts
  CsvDictionary dictionary_;
  std::vector<std::uint32_t> codes_;
};

}  // namespace jiedui::wire
