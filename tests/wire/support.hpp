#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/error.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/base/table.hpp"
#include "support/error_code.hpp"

namespace jiedui::test {

/// A folder of its own that disappears with everything in it.
class Folder {
 public:
  Folder() {
    IdGenerator ids;
    path_ = std::filesystem::temp_directory_path() / ("jiedui-test-" + ids.next(0).to_string());
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline TextColumn texts(const std::vector<std::string>& cells) {
  TextColumn column;
  for (const std::string& cell : cells) column.push_back(cell);
  return column;
}

inline Column column(std::string name, Column::Cells cells,
                     std::vector<std::uint8_t> present = {}) {
  return {std::move(name), std::move(cells), std::move(present)};
}

/// The cells of a text column.
inline std::vector<std::string> cells(const Table& table, std::string_view name) {
  std::vector<std::string> cells;
  const Column* column = table.find(name);
  if (column == nullptr) return {"(no such column)"};
  const auto& texts = std::get<TextColumn>(column->cells);
  for (std::size_t row = 0; row < texts.size(); ++row) cells.emplace_back(texts[row]);
  return cells;
}

/// Texts that break programs: each is well-formed UTF-8 without NUL.
inline std::vector<std::string> hostile_texts() {
  std::vector<std::string> texts = {"plain",
                                    " leading and trailing ",
                                    "\"",
                                    "\"\"",
                                    "\"quoted\"",
                                    "a\"b",
                                    ",",
                                    "a,b",
                                    "\n",
                                    "\r",
                                    "\r\n",
                                    "a\r\nb",
                                    "a\rb",
                                    "\t",
                                    ";",
                                    "|",
                                    "'",
                                    "''",
                                    "'a",
                                    "'=1+1",
                                    "''=1",
                                    "'''@x",
                                    "=1+1",
                                    "=cmd|' /C calc'!A0",
                                    "+1",
                                    "-1",
                                    "-1.5",
                                    "--1",
                                    "-",
                                    "+",
                                    "@SUM(A1)",
                                    "\t=1",
                                    "\r=1",
                                    "\n=1",
                                    "-73.9857",
                                    "-73.9857x",
                                    "=HYPERLINK(\"http://example.org\",\"x\")",
                                    "'; DROP TABLE volunteers; --",
                                    "<script>alert(1)</script>",
                                    "../../etc/passwd",
                                    "%s%s%s%n",
                                    "NULL",
                                    "null",
                                    "NaN",
                                    "nan",
                                    "Infinity",
                                    "-inf",
                                    "0x1F",
                                    "1e999",
                                    "1/0",
                                    "true",
                                    "undefined",
                                    "#REF!",
                                    "\\",
                                    "\\\"",
                                    "\\n",
                                    "{}",
                                    "[]",
                                    "$(id)",
                                    "`id`",
                                    "\u65B0\u7586",
                                    "\u738B\u5C0F\u660E",
                                    "\u6B27\u9633\u5A1C\u5A1C",
                                    "\U00020000\U00020001",  // CJK extension B
                                    "\U0002B820\U0002CEB0",  // extensions E and F
                                    "\U00030000\U00031350",  // extensions G and H
                                    "\u00E9",
                                    "e\u0301",  // composed and decomposed
                                    "\u05D0\u05D1\u05D2",
                                    "\u202Eabc\u202C",
                                    "\u0645\u0631\u062D\u0628\u0627",
                                    "\u200B",
                                    "\u200D",
                                    "a\u200Db",
                                    "\uFEFF",
                                    "\uFEFFid",
                                    "\uFFFD",
                                    "\uFFFE",
                                    "\U0010FFFF",
                                    "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                    "\u2028",
                                    "\u2029",
                                    "\u0085",
                                    "\u00A0",
                                    "\uFF1D1+1",
                                    "\uFF0B1",
                                    "\uFF0D1",
                                    "\uFF20x",
                                    "\u0001",
                                    "\u001B[31m",
                                    "\u007F",
                                    std::string(4096, 'x'),
                                    std::string(70'000, '"'),
                                    std::string(70'000, ','),
                                    std::string(100'000, '\n')};
  return texts;
}

/// A random text over letters that mean something to one format or another.
inline std::string random_text(std::mt19937_64& random, std::size_t length_max) {
  static const std::vector<std::string> letters = {"a",
                                                   "b",
                                                   "1",
                                                   " ",
                                                   "\"",
                                                   "\"",
                                                   ",",
                                                   "\n",
                                                   "\r",
                                                   "\r\n",
                                                   "'",
                                                   "=",
                                                   "+",
                                                   "-",
                                                   "@",
                                                   "\t",
                                                   ";",
                                                   "\u738B",
                                                   "\u5C0F",
                                                   "\u00E9",
                                                   "\U00020000",
                                                   "\u202E",
                                                   "abcdefghijklmnop"};
  std::string text;
  const std::size_t length = random() % (length_max + 1);
  for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
  return text;
}

}  // namespace jiedui::test
