#include <random>

#include <catch2/catch.hpp>
#include <csv.h>
#include <sys/stat.h>

#include "jiedui/wire/csv.hpp"
#include "support/run.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows(const Table& table) {
  Rows rows(table.rows());
  for (const Column& column : table.columns)
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (const auto* texts = std::get_if<TextColumn>(&column.cells)) {
        rows[row].emplace_back((*texts)[row]);
      } else {
        const auto& dictionary = std::get<DictionaryColumn>(column.cells);
        const std::uint32_t code = dictionary.codes[row];
        rows[row].emplace_back(code == DictionaryColumn::absent ? std::string_view()
                                                                : dictionary.texts[code]);
      }
    }
  return rows;
}

/// The records of well-formed CSV as libcsv reads them.
Rows rows_of_libcsv(const std::string& text, char separator) {
  struct State {
    Rows rows;
    std::vector<std::string> row;
  } state;
  csv_parser parser;
  REQUIRE(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0);
  csv_set_delim(&parser, static_cast<unsigned char>(separator));
  csv_set_space_func(&parser, [](unsigned char) { return 0; });
  const auto cell = [](void* bytes, std::size_t size, void* data) {
    static_cast<State*>(data)->row.emplace_back(static_cast<char*>(bytes), size);
  };
  const auto end = [](int, void* data) {
    auto& target = *static_cast<State*>(data);
    target.rows.push_back(std::move(target.row));
    target.row.clear();
  };
  const std::size_t read = csv_parse(&parser, text.data(), text.size(), cell, end, &state);
  CHECK(read == text.size());
  CHECK(csv_fini(&parser, cell, end, &state) == 0);
  csv_free(&parser);
  return state.rows;
}

/// One line a problem: "row column code".
std::vector<std::string> said(const CsvTable& read) {
  std::vector<std::string> lines;
  for (const Problem& problem : read.problems.listed()) {
    CHECK(problem.table == read.table.name);
    lines.push_back(std::to_string(problem.row) + " " + problem.column + " " + problem.code);
  }
  return lines;
}

CsvTable parse(std::string_view text, const CsvOptions& options = {}) {
  return parse_csv(text, "t.csv", options);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a CSV file becomes a table of texts", "[wire]") {
  const auto read = parse("id,name\nV-1,a\nV-2,\"b, \"\"c\"\"\nd\"\n");
  CHECK(read.problems.empty());
  CHECK(read.table.name == "t.csv");
  CHECK(read.table.first_row == 2);
  CHECK(rows(read.table) == Rows{{"V-1", "a"}, {"V-2", "b, \"c\"\nd"}});
  CHECK(read.record(1) == 3);
}

TEST_CASE("line ends, last lines and empty cells", "[wire]") {
  const Rows wanted = {{"1", ""}, {"", "2"}};
  for (const char* text :
       {"a,b\n1,\n,2\n", "a,b\n1,\n,2", "a,b\r\n1,\r\n,2\r\n", "a,b\r\n1,\r\n,2", "a,b\n1,\r\n,2\n",
        "\xEF\xBB\xBF"
        "a,b\n1,\n,2\n\n\r\n\n",
        "a,b\n1,\"\"\n\"\",2", "\"a\",\"b\"\r\n1,\"\"\r\n,\"2\"\r\n"}) {
    const auto read = parse(text);
    CHECK(said(read) == Lines{});
    CHECK(rows(read.table) == wanted);
    CHECK(read.table.find("a") != nullptr);
  }
  CHECK(rows(parse("a\n\n1\n\"\"\n").table) == Rows{{""}, {"1"}, {""}});
  CHECK(parse("a,b\n").table.columns.size() == 2);
  CHECK(parse("a,b").table.rows() == 0);
  CHECK(rows(parse("a;b\n1,5;2\n", {.separator = ';'}).table) == Rows{{"1,5", "2"}});
  CHECK(rows(parse("a\tb\n1\t\"2\"\n", {.separator = '\t'}).table) == Rows{{"1", "2"}});
}

TEST_CASE("every problem of form is listed with its record and column", "[wire]") {
  CHECK(said(parse("")) == Lines{"1  header_missing"});
  CHECK(said(parse("\n\r\n")) == Lines{"1  header_missing"});
  CHECK(said(parse("a,,a,\n1,2,3,4\n")) ==
        Lines{"1 #2 header_empty", "1 a header_double", "1 #4 header_empty"});
  CHECK(said(parse("a,b\n1\n1,2\n1,2,3\n\n1,2\n")) ==
        Lines{"2  cell_count", "4  cell_count", "5  cell_count"});
  CHECK(said(parse("a,b\n1,2\n\"x\"y,2\n5\",6\n\"7\" ,8\n1,2\n")) ==
        Lines{"3 a quote_misplaced", "4 a quote_misplaced", "5 a quote_misplaced"});
  CHECK(said(parse("a,b\n1,2\n3,\"4\n5,6\n")) == Lines{"3 b quote_unclosed"});
  CHECK(said(parse(std::string("a,b\n1,x\0y\n\"\0\",2\n3,4\n", 20))) ==
        Lines{"2 b cell_nul", "3 a cell_nul"});
  CHECK(said(parse("a,b\n1\r2,3\n4,5\r\r\n6,7\n")) ==
        Lines{"2 a line_end_invalid", "3 b line_end_invalid"});
  CHECK(said(parse("a,b\n1,\xE6\x9D\n\"\xFF\",2\n3,4\n", {.encoding = Encoding::utf8})) ==
        Lines{"2 b cell_encoding", "3 a cell_encoding"});
  CHECK(said(parse("a,b\n1,22222\n333333,4\n\"4\"\"4\",1\n", {.cell_bytes_max = 5})) ==
        Lines{"3 a cell_too_long"});
  CHECK(said(parse("a,b,c\n1,2,3\n", {.columns_max = 2})) == Lines{"1  columns_too_many"});
  // A quoted line feed counts for one record, and records behind it are numbered on.
  CHECK(said(parse("a,b\n\"1\n1\",2\n3\n")) == Lines{"3  cell_count"});
}

TEST_CASE("records with problems are left out, the others keep their numbers", "[wire]") {
  const auto read = parse("a,b\n1,2\n3\n4,5\n\"6,7\n");
  CHECK(rows(read.table) == Rows{{"1", "2"}, {"4", "5"}});
  CHECK(read.records == std::vector<std::int64_t>{2, 4});
  CHECK(read.record(1) == 4);
  CHECK(said(read) == Lines{"3  cell_count", "5 a quote_unclosed"});
}

TEST_CASE("a thousand problems are listed, all are counted", "[wire]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 50'000; ++i) text += i % 2 == 0 ? "1,2\n" : "1,2,3\n";
  const auto read = parse(text);
  CHECK(read.problems.count() == 25'000);
  REQUIRE(read.problems.listed().size() == 1000);
  CHECK(read.problems.listed().back().row == 2001);
  CHECK(read.table.rows() == 25'000);
  CHECK(read.records.size() == 25'000);
  CHECK(read.records.back() == 50'000);
}

TEST_CASE("problems tell no content of cells", "[wire]") {
  const auto read = parse("id,name\n1,\"Wang Xiaoming\"x\nWang Xiaoming\n");
  REQUIRE(read.problems.count() == 2);
  for (const Problem& problem : read.problems.listed())
    CHECK((problem.table + problem.column + problem.code + problem.allowed).find("Wang") ==
          std::string::npos);
}

TEST_CASE("encodings", "[wire]") {
  const std::string gb = "id,\xD0\xD5\xC3\xFB\n1,\xCD\xF5\xD0\xA1\xC3\xF7\n2,\x95\x32\x82\x36\n";
  const std::string name = "\u59D3\u540D";
  for (const Encoding encoding : {Encoding::automatic, Encoding::gb18030}) {
    const auto read = parse(gb, {.encoding = encoding});
    CHECK(said(read) == Lines{});
    CHECK(cells(read.table, name) == Lines{"\u738B\u5C0F\u660E", "\U00020000"});
  }
  CHECK(said(parse(gb, {.encoding = Encoding::utf8})) ==
        Lines{"1 #2 cell_encoding", "2 #2 cell_encoding", "3 #2 cell_encoding"});
  // Read as what it is not, a bad character shows with its place.
  CHECK(said(parse("a,b\n1,2\n3,\xCD\xF5\x81\n\xFF,4\n5,\xCD\xF5\n",
                   {.encoding = Encoding::gb18030})) ==
        Lines{"3 b cell_encoding", "4 a cell_encoding"});
  CHECK(error_code([] { parse("a\n\xFF\n"); }) == "encoding_unknown");
  CHECK(error_code([] {
          parse(
              std::string("\xFF\xFE"
                          "a\0\n\0",
                          6));
        }) == "encoding_unknown");
  CHECK(cells(parse("\x84\x31\x95\x33"
                    "a\n\xCD\xF5\n")
                  .table,
              "a") == Lines{"\u738B"});
  // All of the two-byte plane and a part of the four-byte one, there and back through the C
  // library.
  std::string all = "a\n", last;
  for (unsigned lead = 0x81; lead <= 0xFE; ++lead)
    for (unsigned trail = 0x40; trail <= 0xFE; ++trail)
      if (trail != 0x7F) last = {static_cast<char>(lead), static_cast<char>(trail)}, all += last;
  const auto read = parse(all + "\n", {.encoding = Encoding::gb18030});
  CHECK(said(read) == Lines{});
  CHECK(read.table.rows() == 1);
}

TEST_CASE("files that are missing, no files or too large", "[wire]") {
  const Folder folder;
  write_bytes(folder / "a.csv", "id\n1\n");
  CHECK(read_csv_table(folder / "a.csv").table.name == "a.csv");
  CHECK(error_code([&] { read_csv_table(folder / "b.csv"); }) == "file_missing");
  CHECK(error_code([&] { read_csv_table(folder / "a.csv/b.csv"); }) == "file_missing");
  CHECK(error_code([&] { read_csv_table(folder.path()); }) == "file_not_regular");
  CHECK(error_code([&] { read_csv_table("/dev/zero"); }) == "file_not_regular");
  write_bytes(folder / "\xFF.csv", "");
  CHECK(read_csv_table(folder / "\xFF.csv").table.name == "?.csv");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(error_code([&] { read_csv_table(folder / "pipe"); }) == "file_not_regular");
  CHECK(error_code([&] { read_csv_table(folder / "a.csv", {.file_bytes_max = 4}); }) ==
        "file_too_large");
  CHECK(error_code([] { parse("a\n", {.file_bytes_max = 1}); }) == "file_too_large");
  for (const char separator : {'\n', '"', 'a', '7', '\'', '.', '-', '\0', '\x80'})
    CHECK(error_code([&] { parse("a\n", {.separator = separator}); }) == "option_invalid");
}

TEST_CASE("random well-formed files read as libcsv reads them", "[wire]") {
  std::mt19937_64 random(20'260'101);
  for (std::int64_t i = 0; i < scaled(300); ++i) {
    const std::size_t columns = 1 + random() % 6;
    const char separator = ",;\t|"[random() % 4];
    // Some files are many stretches long, so that cells and quotes lie across their borders.
    const std::size_t records = i % 10 == 0 ? 4000 : random() % 40;
    const unsigned quoted = random() % 3 == 0 ? 2 : 1'000'000;
    const bool carriage_return = random() % 2 == 0;
    std::string text;
    for (std::size_t c = 0; c < columns; ++c)
      text += (c == 0 ? std::string() : std::string(1, separator)) + "c" + std::to_string(c);
    for (std::size_t r = 0; r < records; ++r) {
      text += carriage_return ? "\r\n" : "\n";
      for (std::size_t c = 0; c < columns; ++c) {
        if (c > 0) text += separator;
        std::string cell = random_text(random, i % 7 == 0 ? 60 : 8);
        const bool must = cell.find_first_of("\"\r\n") != std::string::npos ||
                          cell.find(separator) != std::string::npos || columns == 1;
        if (must || random() % quoted == 0) {
          text += '"';
          for (const char letter : cell) text.append(letter == '"' ? 2 : 1, letter);
          text += '"';
        } else {
          text += cell;
        }
      }
    }
    INFO("file " << i);
    const auto read = parse(text, {.separator = separator});
    REQUIRE(said(read) == Lines{});
    Rows wanted = rows_of_libcsv(text, separator);
    wanted.erase(wanted.begin());
    for (auto& row : wanted)  // the apostrophe before a formula, which libcsv knows nothing of
      for (std::string& cell : row) {
        const std::size_t begin = cell.find_first_not_of('\'');
        if (begin != 0 && begin != std::string::npos &&
            std::string_view("=+-@\t\r\n").find(cell[begin]) != std::string_view::npos)
          cell.erase(0, 1);
      }
    REQUIRE(rows(read.table) == wanted);
    const auto coded = parse(text, {.separator = separator, .dictionaries = true});
    REQUIRE(rows(coded.table) == wanted);
  }
}

TEST_CASE("columns with few distinct texts become dictionaries if asked", "[wire]") {
  const auto kinds = [](const Table& table) {
    std::string kinds;
    for (const Column& column : table.columns)
      kinds += std::holds_alternative<DictionaryColumn>(column.cells) ? 'd' : 't';
    return kinds;
  };
  std::mt19937_64 random(31);
  // Texts of all lengths around those that are compared in another way.
  Lines some;
  for (std::size_t i = 0; i < 300; ++i)
    some.push_back(std::string(i % 40, 'x') + std::to_string(i) + std::string(i % 7, 'y'));
  for (const std::string quote : {"", "\""}) {
    std::string text = "id,one,some,many,sorted,none,long\n";
    Rows wanted;
    for (std::size_t r = 0; r < 20'000; ++r) {
      wanted.push_back({std::to_string(r), "same", some[random() % some.size()],
                        std::to_string(random() % 1'000'000), std::to_string(r / 4), "",
                        r == 15'000 ? std::string(2000, 'z') : std::to_string(r % 5)});
      for (std::size_t c = 0; c < 7; ++c)
        text += (c == 0 ? "" : ",") + quote + wanted.back()[c] + quote;
      text += r % 5000 == 4999 ? "\nwrong\n" : "\n";  // some stretches are read with care
    }
    const auto read = parse(text, {.dictionaries = true});
    CHECK(read.problems.count() == 4);
    // "sorted" seems to have few texts for a while, "long" has one that is too long for codes.
    CHECK(kinds(read.table) == "tddttdt");
    CHECK(rows(read.table) == wanted);
    CHECK(kinds(parse(text).table) == "ttttttt");
  }
  CHECK(kinds(parse("a,b\n1,2\n1,2\n", {.dictionaries = true}).table) == "tt");
}

TEST_CASE("a damaged record changes no other one", "[wire]") {
  std::mt19937_64 random(7);
  for (std::int64_t i = 0; i < scaled(200); ++i) {
    const std::size_t records = 10 + random() % 8000;
    const std::size_t bad = random() % records;
    static const Lines wrong = {"1,2,3,4", "1,2", "1,2\"3,4", "\"1\"2,3,4", "1,2\r,3", "\xFF,2,3"};
    std::string text = "a,b,c\n";
    for (std::size_t r = 0; r < records; ++r)
      text += r == bad ? wrong[random() % wrong.size()] + "\n"
                       : std::to_string(r) + (r % 3 == 0 ? ",\"x,y\",z\n" : ",y,\n");
    const auto read = parse(text, {.encoding = Encoding::utf8});
    REQUIRE(read.problems.count() == 1);
    REQUIRE(read.problems.listed()[0].row == static_cast<std::int64_t>(bad) + 2);
    REQUIRE(read.table.rows() == records - 1);
    REQUIRE(read.records.size() == records - 1);
    const Lines ids = cells(read.table, "a");
    for (std::size_t r = 0; r < ids.size(); ++r)
      REQUIRE(ids[r] == std::to_string(read.records[r] - 2));
  }
}

TEST_CASE("whatever the bytes, reading ends with a table or an error", "[wire]") {
  std::mt19937_64 random(99);
  const std::string letters = "\",\n\r'=a\xE7\x8E\x8B\xFF\0;1";
  for (std::int64_t i = 0; i < scaled(20'000); ++i) {
    std::string text(random() % 200, ' ');
    for (char& letter : text) letter = letters[random() % letters.size()];
    for (const Encoding encoding : {Encoding::automatic, Encoding::utf8, Encoding::gb18030}) {
      try {
        const auto read = parse(text, {.encoding = encoding});
        REQUIRE((read.records.empty() || read.records.size() == read.table.rows()));
        for (const Column& column : read.table.columns) REQUIRE(column.size() == read.table.rows());
      } catch (const Error& error) {
        REQUIRE(error.code() == "encoding_unknown");
      }
    }
  }
}
