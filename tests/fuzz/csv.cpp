#include "jiedui/wire/csv.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

// Any bytes become a table or a coded error; the table is written and read back the same.

namespace {

using namespace jiedui;

std::string_view cell(const Column& column, std::size_t row) {
  if (const auto* texts = std::get_if<TextColumn>(&column.cells)) return (*texts)[row];
  const auto& dictionary = std::get<DictionaryColumn>(column.cells);
  const std::uint32_t code = dictionary.codes[row];
  return code == DictionaryColumn::absent ? std::string_view() : dictionary.texts[code];
}

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  CsvOptions options;
  options.encoding = static_cast<Encoding>(choice % 3);
  options.separator = ",;\t|"[choice / 3 % 4];
  options.dictionaries = choice >= 128;
  try {
    const CsvTable read = parse_csv(bytes, "fuzz", options);
    expect(read.records.empty() || read.records.size() == read.table.rows());
    if (!read.problems.empty()) return 0;
    const std::string text = to_csv(read.table, options.separator);
    options.encoding = Encoding::utf8;
    const CsvTable again = parse_csv(text, "fuzz", options);
    expect(again.problems.empty());
    expect(again.table.columns.size() == read.table.columns.size());
    expect(again.table.rows() == read.table.rows());
    for (std::size_t c = 0; c < read.table.columns.size(); ++c) {
      expect(again.table.columns[c].name == read.table.columns[c].name);
      for (std::size_t row = 0; row < read.table.rows(); ++row)
        expect(cell(again.table.columns[c], row) == cell(read.table.columns[c], row));
    }
  } catch (const Error& error) {
    expect(error.code() == "encoding_unknown");
  }
  return 0;
}
