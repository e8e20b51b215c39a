#include "wire/snapshot_tables.hpp"

#include <variant>

#include "wire/encoding.hpp"
#include "wire/frame.hpp"
#include "wire/snapshot_lists.hpp"
#include "wire/table_check.hpp"

namespace jiedui::wire {

namespace {

constexpr unsigned tables_max = 64;
constexpr unsigned columns_max = 1000;

struct WordsOfCells {
  std::size_t operator()(const TextColumn& cells) const { return words_of(cells); }
  std::size_t operator()(const std::vector<std::int64_t>& cells) const { return cells.size(); }
  std::size_t operator()(const std::vector<double>& cells) const { return cells.size(); }
  std::size_t operator()(const DictionaryColumn& cells) const {
    return words_of(cells.texts) + words(4 * cells.codes.size());
  }
};

template <class Number, class List>
void set_numbers(List list, const std::vector<Number>& from) {
  for (unsigned i = 0; i < list.size(); ++i) list.set(i, from[i]);
}

/// Sets the cells of one column; rows and texts were counted.
struct WriteCells {
  schema::Column::Builder out;
  const std::string& place;

  unsigned count(std::size_t rows) const {
    check_list(rows, place);
    return static_cast<unsigned>(rows);
  }
  void operator()(const TextColumn& cells) { write_texts(cells, out.initTexts(), place); }
  void operator()(const std::vector<std::int64_t>& cells) {
    set_numbers(out.initWholes(count(cells.size())), cells);
  }
  void operator()(const std::vector<double>& cells) {
    set_numbers(out.initReals(count(cells.size())), cells);
  }
  void operator()(const DictionaryColumn& cells) {
    auto dictionary = out.initDictionary();
    write_texts(cells.texts, dictionary.initTexts(), place);
    set_numbers(dictionary.initCodes(count(cells.codes.size())), cells.codes);
  }
};

void write_table(const Table& table, schema::Table::Builder out) {
  check_table(table);
  check_texts(table);
  if (table.columns.size() > columns_max)
    throw Error({.code = "snapshot_too_large",
                 .place = table.name,
                 .message = "the table has too many columns",
                 .allowed = "at most 1000",
                 .way_out = "leave columns out"});
  out.setName({table.name.c_str(), table.name.size()});
  out.setFirstRow(table.first_row);
  auto columns = out.initColumns(static_cast<unsigned>(table.columns.size()));
  for (unsigned i = 0; i < columns.size(); ++i) {
    const Column& column = table.columns[i];
    const std::string place = table.name + " column " + column.name;
    columns[i].setName({column.name.c_str(), column.name.size()});
    WriteCells write{columns[i], place};
    if (!column.present.empty()) {
      auto present = columns[i].initPresent(write.count(column.present.size()));
      for (unsigned row = 0; row < present.size(); ++row)
        present.set(row, column.present[row] != 0);
    }
    std::visit(write, column.cells);
  }
}

Column read_column(schema::Column::Reader in, const std::string& name) {
  Column column;
  column.name = in.getName();
  switch (in.which()) {
    case schema::Column::TEXTS:
      column.cells = read_texts(in.getTexts(), name);
      break;
    case schema::Column::WHOLES:
      column.cells = numbers<std::int64_t>(in.getWholes());
      break;
    case schema::Column::REALS:
      column.cells = numbers<double>(in.getReals());
      break;
    case schema::Column::DICTIONARY: {
      const auto dictionary = in.getDictionary();
      column.cells = DictionaryColumn{read_texts(dictionary.getTexts(), name),
                                      numbers<std::uint32_t>(dictionary.getCodes())};
      break;
    }
    default:
      snapshot_invalid(name, "a column is of an unknown kind");
  }
  const auto present = in.getPresent();
  if (present.size() > 0 && present.size() != column.size())
    snapshot_invalid(name, "the columns of a table differ in length");
  column.present.reserve(present.size());
  for (const bool is_present : present) column.present.push_back(is_present ? 1 : 0);
  return column;
}

Table read_table(schema::Table::Reader in, const std::string& name) {
  Table table;
  table.name = in.getName();
  table.first_row = in.getFirstRow();
  constexpr std::int64_t first_row_max = std::int64_t{1} << 40;
  if (!is_utf8(table.name) || table.first_row < 1 || table.first_row > first_row_max)
    snapshot_invalid(name, "a table is damaged");
  const auto columns = in.getColumns();
  if (columns.size() > columns_max) snapshot_invalid(name, "a table has too many columns");
  for (const auto column : columns) table.columns.push_back(read_column(column, name));
  check_table(table);
  check_texts(table);
  return table;
}

}  // namespace

std::size_t words_of(const TextColumn& texts) {
  return words(texts.bytes().size()) + words(4 * texts.size());
}

std::size_t words_of(std::span<const Table> tables) {
  std::size_t sum = 0;
  for (const Table& table : tables) {
    sum += 8 + words(table.name.size());
    for (const Column& column : table.columns) {
      sum += 16 + words(column.name.size()) + words(column.present.size() / 8 + 1);
      sum += std::visit(WordsOfCells(), column.cells);
    }
  }
  return sum;
}

void write_texts(const TextColumn& texts, schema::Texts::Builder out, const std::string& place) {
  check_list(texts.bytes().size(), place);
  check_list(texts.size(), place);
  const auto* bytes = reinterpret_cast<const kj::byte*>(texts.bytes().data());
  out.setBytes(kj::arrayPtr(bytes, texts.bytes().size()));
  set_numbers(out.initEnds(static_cast<unsigned>(texts.size())), texts.ends());
}

TextColumn read_texts(schema::Texts::Reader in, const std::string& name) {
  const auto bytes = in.getBytes().asChars();
  try {
    return TextColumn(std::vector<char>(bytes.begin(), bytes.end()),
                      numbers<std::uint32_t>(in.getEnds()));
  } catch (const Error&) {
    snapshot_invalid(name, "the ends of the texts do not fit their bytes");
  }
}

void write_tables(std::span<const Table> tables, schema::Tables::Builder out) {
  if (tables.size() > tables_max)
    throw Error({.code = "snapshot_too_large",
                 .place = "tables",
                 .message = "there are too many tables",
                 .allowed = "at most 64",
                 .way_out = "save them in several files"});
  auto list = out.initTables(static_cast<unsigned>(tables.size()));
  for (unsigned i = 0; i < list.size(); ++i) write_table(tables[i], list[i]);
}

std::vector<Table> read_tables(schema::Tables::Reader in, const std::string& name) {
  const auto list = in.getTables();
  if (list.size() > tables_max) snapshot_invalid(name, "there are too many tables");
  std::vector<Table> tables;
  try {
    for (const auto table : list) tables.push_back(read_table(table, name));
  } catch (const Error& error) {
    if (error.code() != "table_invalid" && error.code() != "cell_invalid") throw;
    snapshot_invalid(name, "a table does not hold together");
  }
  return tables;
}

}  // namespace jiedui::wire
