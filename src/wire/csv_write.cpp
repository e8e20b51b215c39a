#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <variant>

#include "jiedui/wire/csv.hpp"
#include "wire/csv_cell.hpp"
#include "wire/encoding.hpp"
#include "wire/table_check.hpp"
#include "wire/write_file.hpp"

namespace jiedui {

namespace wire {
namespace {

class CsvWriter {
 public:
  CsvWriter(const Table& table, char separator) : table_(table), separator_(separator) {
    plain_.fill(false);
    for (unsigned char letter = ' '; letter < 0x7F; ++letter) plain_[letter] = letter != '"';
    plain_[static_cast<unsigned char>(separator)] = false;
  }

  std::string write() {
    check_table(table_);
    const std::size_t columns = table_.columns.size();
    for (std::size_t c = 0; c < columns; ++c) {
      text(table_.columns[c].name, c, std::nullopt);
      end_cell(c);
    }
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      for (std::size_t c = 0; c < columns; ++c) {
        cell(c, row);
        end_cell(c);
      }
    }
    return std::move(out_);
  }

 private:
  void end_cell(std::size_t column) {
    if (column + 1 < table_.columns.size())
      out_ += separator_;
    else
      out_ += "\r\n";
  }

  void cell(std::size_t c, std::size_t row) {
    const Column& column = table_.columns[c];
    const std::size_t before = out_.size();
    if (column.present.empty() || column.present[row] != 0)
      std::visit([&](const auto& cells) { value(cells, c, row); }, column.cells);
    // A line with nothing on it would be no record.
    if (table_.columns.size() == 1 && out_.size() == before) out_ += "\"\"";
  }

  void value(const TextColumn& cells, std::size_t c, std::size_t row) { text(cells[row], c, row); }
  void value(const DictionaryColumn& cells, std::size_t c, std::size_t row) {
    if (cells.codes[row] != DictionaryColumn::absent) text(cells.texts[cells.codes[row]], c, row);
  }
  void value(const std::vector<std::int64_t>& cells, std::size_t, std::size_t row) {
    number(cells[row]);
  }
  void value(const std::vector<double>& cells, std::size_t c, std::size_t row) {
    if (!std::isfinite(cells[row])) invalid(c, row, "finite numbers");
    number(cells[row]);
  }

  template <class Number>
  void number(Number value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out_.append(digits.data(), end.ptr);
  }

  /// Whether the text stands in a file as it is: most do, and this is quick to see.
  bool is_plain(std::string_view text) const {
    bool plain = true;
    for (const char letter : text) plain &= plain_[static_cast<unsigned char>(letter)];
    return plain &&
           (text.empty() || std::string_view("=+-@'").find(text.front()) == std::string_view::npos);
  }

  void text(std::string_view text, std::size_t c, std::optional<std::size_t> row) {
    if (is_plain(text)) {
      out_ += text;
      return;
    }
    if (text.find('\0') != std::string_view::npos || !is_utf8(text))
      invalid(c, row, "UTF-8 without NUL");
    const bool guarded = needs_apostrophe(text);
    // A byte order mark that begins the file would be taken for one.
    const bool quoted = text.starts_with("\uFEFF") ||
                        text.find_first_of("\"\r\n") != std::string_view::npos ||
                        text.find(separator_) != std::string_view::npos;
    if (!quoted) {
      if (guarded) out_ += '\'';
      out_ += text;
      return;
    }
    out_ += '"';
    if (guarded) out_ += '\'';
    for (const char letter : text) {
      if (letter == '"') out_ += '"';
      out_ += letter;
    }
    out_ += '"';
  }

  [[noreturn]] void invalid(std::size_t column, std::optional<std::size_t> row,
                            const char* allowed) const {
    const std::string record =
        row ? std::to_string(table_.first_row + static_cast<std::int64_t>(*row)) : "of names";
    throw Error({.code = "cell_invalid",
                 .place = table_.name + " row " + record + " column " + table_.columns[column].name,
                 .message = "the cell cannot be written as CSV",
                 .allowed = allowed,
                 .way_out = "mend the cell"});
  }

  const Table& table_;
  const char separator_;
  std::array<bool, 256> plain_;  ///< letters that need neither quotes nor a closer look
  std::string out_;
};

}  // namespace
}  // namespace wire

std::string to_csv(const Table& table, char separator) {
  wire::check_separator(separator);
  return wire::CsvWriter(table, separator).write();
}

void write_csv(const Table& table, const std::filesystem::path& path, char separator) {
  const std::string text = to_csv(table, separator);
  const std::array parts{std::string_view(text)};
  wire::write_file(path, parts);
}

}  // namespace jiedui
