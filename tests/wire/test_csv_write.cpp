#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "jiedui/wire/csv.hpp"
#include "support/run.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

Table one_column(const std::vector<std::string>& cells) {
  return {.name = "t", .columns = {column("c", texts(cells))}};
}

/// The first cell of the second line as it stands in the file.
std::string written(const std::string& cell) {
  const Table table{.name = "t",
                    .columns = {column("c", texts({cell})), column("d", texts({"x"}))}};
  std::string text = to_csv(table);
  REQUIRE(text.starts_with("c,d\r\n"));
  REQUIRE(text.ends_with(",x\r\n"));
  return text.substr(5, text.size() - 9);
}

}  // namespace

TEST_CASE("a table as CSV", "[wire]") {
  const Table table{
      .name = "t",
      .columns = {
          column("id", texts({"a", "", "b,c"})),
          column("count", std::vector<std::int64_t>{-5, 0, 7}, {1, 0, 1}),
          column("degrees", std::vector<double>{-73.9857, 1e-7, 0.1}),
          column("kind", DictionaryColumn{texts({"x", "=y"}), {1, DictionaryColumn::absent, 0}})}};
  CHECK(to_csv(table) ==
        "id,count,degrees,kind\r\na,-5,-73.9857,'=y\r\n,,1e-07,\r\n\"b,c\",7,0.1,x\r\n");
  CHECK(to_csv(table, ';').starts_with("id;count;"));
  CHECK(to_csv({.name = "t", .columns = {column("a", texts({"", "1", ""}))}}) ==
        "a\r\n\"\"\r\n1\r\n\"\"\r\n");
}

TEST_CASE("cells that a spreadsheet takes for formulas are disarmed", "[wire]") {
  CHECK(written("=1+1") == "'=1+1");
  CHECK(written("@x") == "'@x");
  CHECK(written("+x") == "'+x");
  CHECK(written("\t=1") == "'\t=1");
  CHECK(written("\r=1") == "\"'\r=1\"");
  CHECK(written("=A1,B1") == "\"'=A1,B1\"");
  CHECK(written("\uFF1D1") == "'\uFF1D1");
  CHECK(written("-x") == "'-x");
  CHECK(written("-1") == "-1");
  CHECK(written("-73.9857") == "-73.9857");
  CHECK(written("-1e5") == "'-1e5");
  CHECK(written("-1.") == "'-1.");
  CHECK(written("'=1") == "''=1");
  CHECK(written("'a") == "'a");
  CHECK(written("a=1") == "a=1");
  for (const std::string& text : hostile_texts()) {
    const std::string cell = written(text);
    const std::size_t first = cell.starts_with('"') ? 1 : 0;
    if (cell.size() > first + 1 && !(cell[first] == '-' && cell[first + 1] >= '0'))
      CHECK(std::string_view("=+@\t\r").find(cell[first]) == std::string_view::npos);
  }
}

TEST_CASE("hostile texts come back as they were", "[wire]") {
  std::vector<std::string> all = hostile_texts();
  std::mt19937_64 random(11);
  for (std::int64_t i = 0; i < scaled(2000); ++i) all.push_back(random_text(random, 12));
  for (const char separator : {',', ';', '\t', '|'}) {
    for (const bool alone : {true, false}) {
      Table table = one_column(all);
      if (!alone) table.columns.push_back(column("d", texts(all)));
      const auto read = parse_csv(to_csv(table, separator), "t", {.separator = separator});
      REQUIRE(read.problems.empty());
      REQUIRE(cells(read.table, "c") == all);
      if (!alone) REQUIRE(cells(read.table, "d") == all);
    }
  }
  for (const std::string& name : hostile_texts()) {
    const Table table{.name = "t", .columns = {column(name, texts({"1"}))}};
    CHECK(parse_csv(to_csv(table), "t").table.columns.front().name == name);
  }
}

TEST_CASE("numbers come back exactly", "[wire]") {
  std::mt19937_64 random(5);
  std::vector<double> reals = {0.0, -0.0, 5e-324, 1.7976931348623157e308, 0.1, 1.0 / 3};
  std::vector<std::int64_t> wholes = {
      0, -1, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
      1, 2};
  while (reals.size() < 2000) {
    const std::uint64_t bits = random();
    const auto real = std::bit_cast<double>(bits);
    if (std::isfinite(real))
      reals.push_back(real), wholes.push_back(static_cast<std::int64_t>(bits));
  }
  const Table table{.name = "t", .columns = {column("r", reals), column("w", wholes)}};
  const auto read = parse_csv(to_csv(table), "t");
  const auto real_texts = cells(read.table, "r");
  const auto whole_texts = cells(read.table, "w");
  for (std::size_t i = 0; i < reals.size(); ++i) {
    CHECK(std::strtod(real_texts[i].c_str(), nullptr) == reals[i]);
    CHECK(std::stoll(whole_texts[i]) == wholes[i]);
  }
}

TEST_CASE("what cannot be written is refused", "[wire]") {
  CHECK(error_code([] { to_csv(one_column({"a", std::string("\0", 1)})); }) == "cell_invalid");
  CHECK(error_code([] { to_csv(one_column({"\xFF"})); }) == "cell_invalid");
  CHECK(error_code([] {
          to_csv({.name = "t", .columns = {column("a", std::vector<double>{NAN})}});
        }) == "cell_invalid");
  CHECK(error_code([] { to_csv({.name = "t", .columns = {column("", texts({"a"}))}}); }) ==
        "table_invalid");
  CHECK(error_code([] {
          to_csv({.name = "t", .columns = {column("a", texts({})), column("a", texts({}))}});
        }) == "table_invalid");
  CHECK(error_code([] {
          to_csv({.name = "t", .columns = {column("a", texts({"1"})), column("b", texts({}))}});
        }) == "table_invalid");
  CHECK(error_code([] {
          to_csv({.name = "t", .columns = {column("a", DictionaryColumn{texts({"x"}), {1}})}});
        }) == "table_invalid");
  CHECK(error_code([] {
          to_csv({.name = "t", .columns = {column("a", std::vector<double>{1}, {1, 1})}});
        }) == "table_invalid");
}

TEST_CASE("a file is replaced as a whole or not at all", "[wire]") {
  const Folder folder;
  const auto path = folder / "t.csv";
  const Table table = one_column({"1"});
  write_csv(table, path);
  CHECK(read_bytes(path) == "c\r\n1\r\n");
  CHECK(cells(read_csv_table(path).table, "c") == std::vector<std::string>{"1"});
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  write_csv(one_column({"2"}), path);
  CHECK(read_bytes(path) == "c\r\n2\r\n");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
  // A refused table leaves the old file; a link is replaced and not followed.
  CHECK(error_code([&] { write_csv(one_column({"\xFF"}), path); }) == "cell_invalid");
  CHECK(read_bytes(path) == "c\r\n2\r\n");
  std::filesystem::create_symlink(path, folder / "link.csv");
  write_csv(table, folder / "link.csv");
  CHECK(read_bytes(path) == "c\r\n2\r\n");
  CHECK_FALSE(std::filesystem::is_symlink(folder / "link.csv"));
  CHECK(error_code([&] { write_csv(table, folder / "no/t.csv"); }) == "file_unwritable");
  CHECK(error_code([&] { write_csv(table, folder.path()); }) == "file_unwritable");
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
    ++files;
  CHECK(files == 2);  // nothing unfinished is left behind
}
