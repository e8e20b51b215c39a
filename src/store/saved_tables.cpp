#include "store/saved_tables.hpp"

#include <cmath>
#include <set>
#include <unordered_map>

#include "store/cells.hpp"

namespace jiedui::detail {

namespace {

struct Kind {
  const char* name;
  const char* type;
};
/// By the place of the alternative in Column::Cells.
constexpr std::array<Kind, std::variant_size_v<Column::Cells>> kinds = {
    {{"text", "TEXT"}, {"whole", "INTEGER"}, {"real", "REAL"}, {"dictionary", "TEXT"}}};

[[noreturn]] void invalid(const std::string& place, const char* message, const char* allowed) {
  throw Error({.code = "table_invalid",
               .place = place,
               .message = message,
               .allowed = allowed,
               .way_out = "rename or mend the column and save again"});
}

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string sql_name(const std::string& collection, const std::string& table) {
  return quoted(collection + "_" + table);
}

/// SQLite's names differ only if they differ beyond the case of A to Z.
std::string folded(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

void check_name(const std::string& name, const std::string& place, std::set<std::string>& taken) {
  if (name.empty() || name.find('\0') != std::string::npos)
    invalid(place, "a name is empty or holds a zero byte", "names of one byte and more");
  if (folded(name) == "_rowid_") invalid(place, "the name is SQLite's own", "any other name");
  if (!taken.insert(folded(name)).second)
    invalid(place, "two names differ in case at most", "names that differ beyond case");
}

void check_table(const Table& table, std::set<std::string>& taken) {
  check_name(table.name, table.name, taken);
  if (table.columns.empty()) invalid(table.name, "the table has no column", "one and more");
  std::set<std::string> names;
  for (const Column& column : table.columns) {
    check_name(column.name, table.name + " column " + column.name, names);
    const bool even = column.size() == table.rows() &&
                      (column.present.empty() || column.present.size() == table.rows());
    if (!even) invalid(table.name, "its columns are not of equal length", "equal lengths");
  }
}

class Row {
 public:
  Row(SQLite::Statement& statement, const std::string& place)
      : statement_(statement), place_(place) {}
  void bind(const Column& column, std::size_t row) {
    ++at_;
    const bool present = column.present.empty() || column.present[row] != 0;
    std::visit([&](const auto& cells) { bind(cells, row, present); }, column.cells);
  }

 private:
  void text(std::string_view cell, bool present) {
    if (present && !cell.empty())
      statement_.bind(at_, std::string(cell));
    else
      statement_.bind(at_);
  }
  void bind(const TextColumn& cells, std::size_t row, bool present) { text(cells[row], present); }
  void bind(const DictionaryColumn& cells, std::size_t row, bool present) {
    const std::uint32_t code = cells.codes[row];
    const bool given = code != DictionaryColumn::absent;
    if (given && code >= cells.texts.size())
      invalid(place_, "a code lies outside its dictionary", "codes of the column's texts");
    text(given ? cells.texts[code] : std::string_view(), present);
  }
  void bind(const std::vector<std::int64_t>& cells, std::size_t row, bool present) {
    if (present)
      statement_.bind(at_, cells[row]);
    else
      statement_.bind(at_);
  }
  void bind(const std::vector<double>& cells, std::size_t row, bool present) {
    if (present && !std::isfinite(cells[row]))
      invalid(place_, "a number is not finite", "finite numbers, or absent ones");
    if (present)
      statement_.bind(at_, cells[row]);
    else
      statement_.bind(at_);
  }

  SQLite::Statement& statement_;
  const std::string& place_;
  int at_ = 0;
};

void drop_tables(SQLite::Database& database, const std::string& collection) {
  SQLite::Statement names{database, "SELECT name FROM saved_tables WHERE collection = ?"};
  names.bind(1, collection);
  std::vector<std::string> tables;
  while (names.executeStep()) tables.push_back(names.getColumn(0).getString());
  names.reset();
  for (const std::string& table : tables)
    database.exec("DROP TABLE IF EXISTS " + sql_name(collection, table));
  for (const char* sql : {"DELETE FROM saved_columns WHERE collection = ?",
                          "DELETE FROM saved_tables WHERE collection = ?"}) {
    SQLite::Statement statement{database, sql};
    statement.bind(1, collection);
    statement.exec();
  }
}

void describe(SQLite::Database& database, const std::string& collection, const Table& table,
              std::int64_t place) {
  Prepared add_table{
      database,
      "INSERT INTO saved_tables (collection, place, name, first_row) VALUES (?, ?, ?, ?)"};
  Binder to{add_table};
  to.text_always(collection);
  to.whole(place);
  to.text_always(table.name);
  to.whole(table.first_row);
  add_table.exec();
  std::int64_t column_place = 0;
  for (const Column& column : table.columns) {
    Prepared add_column{database,
                        "INSERT INTO saved_columns (collection, table_place, place, name,"
                        " kind) VALUES (?, ?, ?, ?, ?)"};
    Binder cell{add_column};
    cell.text_always(collection);
    cell.whole(place);
    cell.whole(column_place++);
    cell.text_always(column.name);
    cell.text_always(kinds[column.cells.index()].name);
    add_column.exec();
  }
}

void save_table(SQLite::Database& database, const std::string& collection, const Table& table) {
  const std::string name = sql_name(collection, table.name);
  std::string columns;
  std::string marks;
  for (const Column& column : table.columns) {
    columns += (columns.empty() ? "" : ", ") + quoted(column.name) + " " +
               kinds[column.cells.index()].type;
    marks += marks.empty() ? "?" : ", ?";
  }
  database.exec("CREATE TABLE " + name + " (" + columns + ") STRICT");
  SQLite::Statement insert{database, "INSERT INTO " + name + " VALUES (" + marks + ")"};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Row cells{insert, table.name};
    for (const Column& column : table.columns) cells.bind(column, row);
    insert.exec();
    insert.reset();
  }
}

/// Gathers the cells of one column as they are read.
class Gathered {
 public:
  Gathered(std::string name, const std::string& kind) {
    column_.name = std::move(name);
    if (kind == "whole")
      column_.cells = std::vector<std::int64_t>{};
    else if (kind == "real")
      column_.cells = std::vector<double>{};
    else if (kind == "dictionary")
      column_.cells = DictionaryColumn{};
  }
  void add(const SQLite::Column& cell) {
    const bool present = !cell.isNull();
    all_present_ = all_present_ && present;
    std::visit([&](auto& cells) { add(cells, cell); }, column_.cells);
    present_.push_back(present ? 1 : 0);
  }
  Column finish() {
    const bool text = std::holds_alternative<TextColumn>(column_.cells) ||
                      std::holds_alternative<DictionaryColumn>(column_.cells);
    if (!text && !all_present_) column_.present = std::move(present_);
    return std::move(column_);
  }
  const std::string& name() const { return column_.name; }

 private:
  static std::string_view view(const SQLite::Column& cell) {
    const char* bytes = cell.getText();
    return {bytes, static_cast<std::size_t>(cell.getBytes())};
  }
  static void add(TextColumn& cells, const SQLite::Column& cell) { cells.push_back(view(cell)); }
  static void add(std::vector<std::int64_t>& cells, const SQLite::Column& cell) {
    cells.push_back(cell.getInt64());
  }
  static void add(std::vector<double>& cells, const SQLite::Column& cell) {
    cells.push_back(cell.getDouble());
  }
  void add(DictionaryColumn& cells, const SQLite::Column& cell) {
    if (cell.isNull()) {
      cells.codes.push_back(DictionaryColumn::absent);
      return;
    }
    const auto next = static_cast<std::uint32_t>(cells.texts.size());
    const auto [at, added] = codes_.emplace(std::string(view(cell)), next);
    if (added) cells.texts.push_back(at->first);
    cells.codes.push_back(at->second);
  }

  Column column_;
  std::vector<std::uint8_t> present_;
  std::unordered_map<std::string, std::uint32_t> codes_;
  bool all_present_ = true;
};

std::vector<Gathered> described_columns(SQLite::Database& database, const std::string& collection,
                                        std::int64_t table_place) {
  SQLite::Statement columns{database,
                            "SELECT name, kind FROM saved_columns"
                            " WHERE collection = ? AND table_place = ? ORDER BY place"};
  columns.bind(1, collection);
  columns.bind(2, table_place);
  std::vector<Gathered> found;
  while (columns.executeStep())
    found.emplace_back(columns.getColumn(0).getString(), columns.getColumn(1).getString());
  return found;
}

Table load_table(SQLite::Database& database, const std::string& collection, std::int64_t place,
                 const std::string& name, std::int64_t first_row) {
  std::vector<Gathered> columns = described_columns(database, collection, place);
  std::string list;
  for (const Gathered& column : columns) list += (list.empty() ? "" : ", ") + quoted(column.name());
  SQLite::Statement select{
      database, "SELECT " + list + " FROM " + sql_name(collection, name) + " ORDER BY _rowid_"};
  while (select.executeStep())
    for (std::size_t i = 0; i < columns.size(); ++i)
      columns[i].add(select.getColumn(static_cast<int>(i)));
  Table table{.name = name, .columns = {}, .first_row = first_row};
  for (Gathered& column : columns) table.columns.push_back(column.finish());
  return table;
}

}  // namespace

void save_tables(Connection& connection, const std::string& collection,
                 const std::vector<Table>& tables) {
  std::set<std::string> names;
  for (const Table& table : tables) check_table(table, names);
  connection.begin_write();
  try {
    connection.run([&] {
      drop_tables(connection.database(), collection);
      std::int64_t place = 0;
      for (const Table& table : tables) {
        describe(connection.database(), collection, table, place++);
        save_table(connection.database(), collection, table);
      }
    });
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
}

std::vector<Table> load_tables(Connection& connection, const std::string& collection) {
  std::vector<Table> tables;
  connection.begin_read();
  try {
    connection.run([&] {
      SQLite::Statement list{connection.database(),
                             "SELECT place, name, first_row FROM saved_tables"
                             " WHERE collection = ? ORDER BY place"};
      list.bind(1, collection);
      while (list.executeStep())
        tables.push_back(load_table(connection.database(), collection, list.getColumn(0).getInt64(),
                                    list.getColumn(1).getString(), list.getColumn(2).getInt64()));
    });
  } catch (...) {
    connection.end_read();
    throw;
  }
  connection.end_read();
  return tables;
}

bool has_tables(Connection& connection, const std::string& collection) {
  return connection.run([&] {
    SQLite::Statement any{connection.database(),
                          "SELECT 1 FROM saved_tables WHERE collection = ? LIMIT 1"};
    any.bind(1, collection);
    return any.executeStep();
  });
}

}  // namespace jiedui::detail
