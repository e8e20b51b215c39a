#include "wire/table_check.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "wire/encoding.hpp"

namespace jiedui::wire {

namespace {

[[noreturn]] void invalid(const Table& table, std::string column, const char* message,
                          const char* allowed) {
  throw Error({.code = "table_invalid",
               .place = table.name + " column " + column,
               .message = message,
               .allowed = allowed,
               .way_out = "mend the table"});
}

}  // namespace

bool are_utf8(const TextColumn& texts) {
  if (!is_utf8({texts.bytes().data(), texts.bytes().size()})) return false;
  // Within valid bytes every text is valid unless one begins inside a character.
  for (const std::uint32_t end : texts.ends())
    if (end < texts.bytes().size() &&
        (static_cast<unsigned char>(texts.bytes()[end]) & 0xC0) == 0x80)
      return false;
  return true;
}

void check_table(const Table& table) {
  std::unordered_set<std::string_view> names;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (column.name.empty())
      invalid(table, std::string("#").append(std::to_string(i + 1)), "the column has no name",
              "a name for every column");
    if (column.name.find('\0') != std::string::npos || !is_utf8(column.name))
      invalid(table, std::string("#").append(std::to_string(i + 1)), "the name cannot be written",
              "UTF-8 without NUL");
    if (!names.insert(column.name).second)
      invalid(table, column.name, "two columns have this name", "each name once");
    if (column.size() != table.rows())
      invalid(table, column.name, "the columns differ in length", "columns of one length");
    if (!column.present.empty() && column.present.size() != table.rows())
      invalid(table, column.name, "the presence bytes do not fit the rows",
              "one byte a row, or none");
    const auto* dictionary = std::get_if<DictionaryColumn>(&column.cells);
    if (dictionary != nullptr &&
        !std::all_of(dictionary->codes.begin(), dictionary->codes.end(), [&](std::uint32_t code) {
          return code < dictionary->texts.size() || code == DictionaryColumn::absent;
        }))
      invalid(table, column.name, "a code is behind the end of the dictionary",
              "indexes of its texts, or DictionaryColumn::absent");
  }
}

void check_texts(const Table& table) {
  for (const Column& column : table.columns) {
    const auto* texts = std::get_if<TextColumn>(&column.cells);
    const auto* dictionary = std::get_if<DictionaryColumn>(&column.cells);
    if ((texts == nullptr || are_utf8(*texts)) &&
        (dictionary == nullptr || are_utf8(dictionary->texts)))
      continue;
    throw Error({.code = "cell_invalid",
                 .place = table.name + " column " + column.name,
                 .message = "a text is not UTF-8",
                 .allowed = "UTF-8",
                 .way_out = "mend the text"});
  }
}

}  // namespace jiedui::wire
