#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

/// The cells of a line "| a | b | c |" of a Markdown table.
std::vector<std::string> cells_of_line(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  std::string cell;
  std::getline(stream, cell, '|');
  while (std::getline(stream, cell, '|')) {
    const std::size_t begin = std::min(cell.find_first_not_of(' '), cell.size());
    cells.push_back(cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin));
  }
  return cells;
}

std::vector<std::string> names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

}  // namespace

TEST_CASE("docs/formats.md has the columns of every table, and says which are personal", "[wire]") {
  std::istringstream page(read_bytes("docs/formats.md"));
  std::map<std::string, std::vector<std::string>> all, open;
  std::string line, table;
  bool in_columns = false;
  while (std::getline(page, line)) {
    if (line.starts_with("#")) {
      in_columns = false;
      table =
          line.starts_with("### ") && line.ends_with(".csv") ? line.substr(4, line.size() - 8) : "";
    } else if (!table.empty() && line.starts_with("| column |")) {
      in_columns = true;
    } else if (!line.starts_with("|")) {
      in_columns = false;
    } else if (in_columns && !line.starts_with("|--")) {
      const auto cells = cells_of_line(line);
      REQUIRE(cells.size() >= 3);
      all[table].push_back(cells[0]);
      if (!cells[2].starts_with("personal")) open[table].push_back(cells[0]);
    }
  }
  const Network network;
  CHECK(all.size() == entity_count);
  for (std::size_t i = 0; i < entity_count; ++i) {
    const std::string name(table_names[i]);
    CHECK(all[name] == names(network.table(static_cast<Entity>(i), Personal::included)));
    CHECK(open[name] == names(network.table(static_cast<Entity>(i), Personal::left_out)));
  }
}

TEST_CASE("docs/formats.md has the built-in catalogue as it is", "[wire]") {
  std::istringstream page(read_bytes("docs/formats.md"));
  std::map<std::string, std::vector<std::string>> rows;  // by id
  std::string line;
  while (std::getline(page, line)) {
    auto cells = cells_of_line(line);
    if (cells.size() == 7) rows.emplace(cells[0], std::move(cells));
  }
  const Table catalogue = standard_catalogue();
  const auto cell = [&](std::string_view column, std::size_t row) {
    return std::string(std::get<TextColumn>(catalogue.find(column)->cells)[row]);
  };
  const auto is_said = [](const std::string& words, const std::string& text) {
    return text.empty() || words.find(text) != std::string::npos;
  };
  for (std::size_t row = 0; row < catalogue.rows(); ++row) {
    CAPTURE(cell("id", row));
    REQUIRE(rows.contains(cell("id", row)));
    const auto& said = rows[cell("id", row)];
    CHECK(said[1] == cell("group", row));
    CHECK(said[2] == cell("name", row));
    CHECK(said[3] == cell("skill", row));
    CHECK(said[4] == cell("least_level", row));
    for (const auto* column : {"credential", "training", "min_age", "max_age", "health_demands"})
      CHECK(is_said(said[5], cell(column, row)));
    CHECK(is_said(said[5], "dangerous") == (cell("dangerous", row) == "yes"));
    CHECK(is_said(said[5], "remote") == (cell("remote", row) == "yes"));
    CHECK(said[6] == cell("service_class", row));
  }
}
