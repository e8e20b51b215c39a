#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/error.hpp"
#include "jiedui/base/table.hpp"

namespace jiedui {

enum class Encoding {
  automatic,  ///< UTF-8 if all of it is valid UTF-8, else GB18030
  utf8,       ///< with or without a byte order mark
  gb18030,    ///< and its subsets GBK and GB 2312
};

/// How a CSV file is read. The limits stop files made to fill the memory.
struct CsvOptions {
  Encoding encoding = Encoding::automatic;
  /// Any ASCII character but a letter, a digit, a space, a quote, a minus, a full stop or a control
  /// character; tab is allowed.
  char separator = ',';
  /// Columns with few distinct texts (about 4,000) become DictionaryColumns: quicker to read and to
  /// check. Otherwise all are TextColumns.
  bool dictionaries = false;
  std::size_t file_bytes_max = std::size_t{1} << 30;
  std::size_t cell_bytes_max = std::size_t{1} << 20;
  std::size_t columns_max = 1000;
};

/// What was read, and what was wrong with it.
struct CsvTable {
  /// The records with as many cells as the header and no problem. `first_row` is 2.
  Table table;
  /// Everything wrong with the form of the file, record by record.
  ProblemList problems;
  /// The number of the record of each row of `table`, the header being 1; empty when no record was
  /// left out, so that row i is record i + 2.
  std::vector<std::int64_t> records;

  std::int64_t record(std::size_t row) const {
    return records.empty() ? static_cast<std::int64_t>(row) + table.first_row : records[row];
  }
};

/// Reads a CSV file with a header line (RFC 4180; docs/formats.md).
///
/// Lines end with LF or CRLF; empty lines at the end are ignored. A quote opens a cell only at its
/// beginning. Records with a problem are left out of the table and listed: every one of them is
/// found, save that nothing can be read behind a quote that is never closed. O(bytes).
///
/// Problem codes: header_missing, header_empty, header_double, columns_too_many, cell_count,
/// cell_too_long, cell_nul, cell_encoding, quote_misplaced, quote_unclosed, line_end_invalid.
/// @throws Error "file_missing", "file_unreadable", "file_not_regular", "file_too_large",
/// "encoding_unknown" (neither UTF-8 nor GB18030), "option_invalid", "column_too_large".
JIEDUI_API CsvTable read_csv_table(const std::filesystem::path& path,
                                   const CsvOptions& options = {});

/// As read_csv_table, from memory. `name` stands for the file in problems.
JIEDUI_API CsvTable parse_csv(std::string_view bytes, const std::string& name,
                              const CsvOptions& options = {});

/// The table as CSV in UTF-8 (RFC 4180, CRLF), readable again to the same cells.
///
/// Whole numbers are decimal, real numbers the shortest decimal that reads back the same, absent
/// cells empty. Text cells that a spreadsheet would take for a formula get an apostrophe in front
/// (OWASP "CSV Injection"; ASVS 1.2.10), which reading takes away again.
/// @throws Error "cell_invalid" for texts that are not UTF-8 or hold NUL, and for NaN and
/// infinities; "table_invalid" for columns that are nameless, double or of unequal length.
JIEDUI_API std::string to_csv(const Table& table, char separator = ',');

/// Writes to_csv(table) so that `path` holds the old file or the whole new one, never a part.
/// @throws Error as to_csv, and "file_unwritable".
JIEDUI_API void write_csv(const Table& table, const std::filesystem::path& path,
                          char separator = ',');

}  // namespace jiedui
