#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace jiedui::wire {

/// What one record has wrong in one of its cells.
struct CsvFault {
  std::size_t cell;
  const char* code;
  const char* allowed;
};

/// One record of CSV, read byte by byte. It makes sense of whatever comes, and says what is wrong.
///
/// A misplaced quote stands for itself; a quoted cell with text behind its closing quote goes on to
/// the next separator.
class CsvRecord {
 public:
  struct Cell {
    std::string_view text;  ///< without the outer quotes; doubled quotes as they stand
    bool quoted;
  };

  /// Reads the record at `begin`; text.data()[text.size()] must be a line feed.
  /// Returns where the next record begins; more than text.size() at the end.
  std::size_t read(std::string_view text, std::size_t begin, char separator);

  const std::vector<Cell>& cells() const { return cells_; }
  const std::vector<CsvFault>& faults() const { return faults_; }
  /// A quote was never closed: the record took the rest of the text.
  bool unclosed() const { return unclosed_; }

 private:
  std::size_t read_quoted(std::string_view text, std::size_t begin, char separator);
  std::size_t read_plain(std::string_view text, std::size_t begin, char separator);

  std::vector<Cell> cells_;
  std::vector<CsvFault> faults_;
  bool unclosed_ = false;
};

}  // namespace jiedui::wire
