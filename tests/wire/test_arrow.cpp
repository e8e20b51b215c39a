#include <cstring>
#include <limits>
#include <memory>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/wire/arrow.hpp"
#include "support/run.hpp"
#include "wire/arrow_producer.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

Table round_trip(const Table& table) {
  ArrowArrayStream stream{};
  export_arrow(std::make_shared<Table>(table), &stream);
  Table back = import_arrow(&stream, table.name);
  CHECK(stream.release == nullptr);
  return back;
}

/// The column that a stream of these batches becomes.
Column imported(const Made& made, const std::vector<Made>& more = {}) {
  Producer producer;
  producer.schema = made;
  producer.batches = {made};
  producer.batches.insert(producer.batches.end(), more.begin(), more.end());
  return producer.read().columns.at(0);
}

std::string refusal(const Made& made) {
  return error_code([&] { imported(made); });
}

using Wholes = std::vector<std::int64_t>;
using Present = std::vector<std::uint8_t>;

std::vector<std::string> cells_of(const Column& column) {
  return cells({.name = "t", .columns = {column}}, column.name);
}

}  // namespace

TEST_CASE("a table goes out to Arrow and comes back", "[wire]") {
  const Table table{
      .name = "people",
      .columns = {
          column("id", texts(hostile_texts())), column("n", Wholes(hostile_texts().size(), -7)),
          column("x", std::vector<double>(hostile_texts().size(), 0.5)),
          column("d", DictionaryColumn{texts({"a", "b"}),
                                       std::vector<std::uint32_t>(hostile_texts().size())})}};
  CHECK(round_trip(table) == table);
  CHECK(round_trip({.name = "none", .columns = {}}) == Table{.name = "none", .columns = {}});
  const Table empty{.name = "e",
                    .columns = {column("t", TextColumn()), column("w", Wholes()),
                                column("d", DictionaryColumn())}};
  CHECK(round_trip(empty) == empty);

  std::mt19937_64 random(3);
  for (std::int64_t i = 0; i < scaled(300); ++i) {
    const std::size_t rows = random() % 40;
    Table made{.name = "t", .columns = {}};
    TextColumn text;
    Wholes whole;
    std::vector<double> real;
    DictionaryColumn dictionary{texts({"x", "\u738B", "zz"}), {}};
    Present present;
    bool any_absent = false;
    for (std::size_t row = 0; row < rows; ++row) {
      text.push_back(random_text(random, 5));
      present.push_back(random() % 4 == 0 ? 0 : 1);
      any_absent |= present.back() == 0;
      whole.push_back(present.back() == 0 ? 0 : static_cast<std::int64_t>(random()));
      real.push_back(present.back() == 0 ? 0 : static_cast<double>(random()) / 7);
      dictionary.codes.push_back(random() % 5 == 0 ? DictionaryColumn::absent
                                                   : static_cast<std::uint32_t>(random() % 3));
    }
    if (!any_absent) present.clear();
    made.columns = {column("t", text), column("w", whole, present), column("r", real, present),
                    column("d", dictionary)};
    REQUIRE(round_trip(made) == made);
  }
}

TEST_CASE("what is exported lives until all of it is released, once", "[wire]") {
  const auto table = std::make_shared<Table>(
      Table{.name = "t",
            .columns = {column("a", texts({"x", ""})),
                        column("d", DictionaryColumn{texts({"v"}), {0, 0}})}});
  ArrowArrayStream stream{};
  export_arrow(table, &stream);
  ArrowSchema schema{};
  ArrowArray batch{}, end{};
  REQUIRE(stream.get_schema(&stream, &schema) == 0);
  REQUIRE(stream.get_next(&stream, &batch) == 0);
  REQUIRE(stream.get_next(&stream, &end) == 0);
  CHECK(end.release == nullptr);
  stream.release(&stream);
  CHECK(stream.release == nullptr);
  CHECK(std::string(schema.format) == "+s");
  CHECK(std::string(schema.children[1]->format) == "i");
  CHECK(std::string(schema.children[1]->dictionary->format) == "u");
  // A consumer may move a child out and let go of the rest.
  ArrowArray child = *batch.children[0];
  batch.children[0]->release = nullptr;
  CHECK(table.use_count() > 1);
  batch.release(&batch);
  CHECK(batch.release == nullptr);
  CHECK(child.null_count == 1);
  CHECK(std::memcmp(child.buffers[2], "x", 1) == 0);
  child.release(&child);
  schema.release(&schema);
  CHECK(table.use_count() == 1);
}

TEST_CASE("bad tables are not exported", "[wire]") {
  ArrowArrayStream stream{};
  const auto code = [&](Table table) {
    return error_code([&] { export_arrow(std::make_shared<Table>(std::move(table)), &stream); });
  };
  CHECK(code({.name = "t", .columns = {column("a", texts({"\xFF"}))}}) == "cell_invalid");
  // Valid as a run, but the character is cut in two.
  CHECK(code({.name = "t", .columns = {column("a", texts({"\xE7\x8E", "\x8B"}))}}) ==
        "cell_invalid");
  CHECK(code({.name = "t", .columns = {column("a", DictionaryColumn{texts({"x"}), {1}})}}) ==
        "table_invalid");
  CHECK(error_code([&] { export_arrow(nullptr, &stream); }) == "argument_missing");
  CHECK(error_code([] { import_arrow(nullptr, "t"); }) == "argument_missing");
  CHECK(stream.release == nullptr);
}

TEST_CASE("numbers of every width", "[wire]") {
  using std::int16_t, std::int32_t, std::int64_t, std::int8_t;
  CHECK(imported(numbers<int8_t>("c", {-128, 127})).cells == Column::Cells(Wholes{-128, 127}));
  CHECK(imported(numbers<std::uint8_t>("C", {0, 255})).cells == Column::Cells(Wholes{0, 255}));
  CHECK(imported(numbers<int16_t>("s", {-5})).cells == Column::Cells(Wholes{-5}));
  CHECK(imported(numbers<std::uint16_t>("S", {65535})).cells == Column::Cells(Wholes{65535}));
  CHECK(imported(numbers<int32_t>("i", {-5})).cells == Column::Cells(Wholes{-5}));
  CHECK(imported(numbers<std::uint32_t>("I", {4294967295U})).cells ==
        Column::Cells(Wholes{4294967295}));
  CHECK(imported(numbers<int64_t>("l", {std::numeric_limits<int64_t>::min()})).cells ==
        Column::Cells(Wholes{std::numeric_limits<int64_t>::min()}));
  CHECK(imported(numbers<std::uint64_t>("L", {9223372036854775807U})).cells ==
        Column::Cells(Wholes{9223372036854775807}));
  CHECK(refusal(numbers<std::uint64_t>("L", {9223372036854775808U})) == "arrow_value_refused");
  CHECK(imported(numbers<float>("f", {0.5F})).cells == Column::Cells(std::vector<double>{0.5}));
  CHECK(imported(numbers<double>("g", {-0.1})).cells == Column::Cells(std::vector<double>{-0.1}));
  Made bits = numbers<char>("b", {0b0110});
  bits.length = 4;
  CHECK(imported(bits).cells == Column::Cells(Wholes{0, 1, 1, 0}));

  const Column absent = imported(with_nulls(numbers<int32_t>("i", {1, 2, 3, 4})));
  CHECK(absent.cells == Column::Cells(Wholes{1, 0, 3, 0}));
  CHECK(absent.present == Present{1, 0, 1, 0});
  Made uncounted = with_nulls(numbers<std::uint64_t>("L", {1, ~std::uint64_t{0}, 3, 4}));
  uncounted.null_count = -1;
  CHECK(imported(uncounted).present == Present{1, 0, 1, 0});
  Made none{.format = "n"};
  none.length = 3;
  none.null_count = 3;
  CHECK(cells_of(imported(none)) == std::vector<std::string>{"", "", ""});
}

TEST_CASE("texts of every layout, in batches, with offsets", "[wire]") {
  const std::vector<std::string> four = {"a", "", "\u738B\u5C0F", "dd"};
  CHECK(cells_of(imported(strings<std::int32_t>("u", four))) == four);
  CHECK(cells_of(imported(strings<std::int64_t>("U", four))) == four);
  const std::vector<std::string> holes = {"a", "", "\u738B\u5C0F", ""};
  // The bytes under a null do not count, whatever they are.
  CHECK(cells_of(imported(
            with_nulls(strings<std::int32_t>("u", {"a", "\xFF", "\u738B\u5C0F", "x"})))) == holes);
  Producer producer;
  producer.schema = strings<std::int32_t>("u", four);
  producer.batches = {producer.schema, producer.schema,
                      strings<std::int32_t>("u", {"e", "f", "g", "h"})};
  for (Made& batch : producer.batches) batch.offset = 1, batch.length = 3;
  producer.batch_offset = 1;
  CHECK(cells(producer.read(), "c") ==
        std::vector<std::string>{"\u738B\u5C0F", "dd", "\u738B\u5C0F", "dd", "g", "h"});

  const std::string far = "more than twelve bytes";
  std::vector<char> views(4 * 16);
  const auto view = [&](std::size_t row, std::int32_t length, const std::string& inside,
                        std::int32_t buffer, std::int32_t offset) {
    std::memcpy(&views[row * 16], &length, 4);
    if (length <= 12) {
      std::memcpy(&views[row * 16 + 4], inside.data(), inside.size());
    } else {
      std::memcpy(&views[row * 16 + 8], &buffer, 4);
      std::memcpy(&views[row * 16 + 12], &offset, 4);
    }
  };
  const auto made = [&] {
    Made made{.format = "vu"};
    made.length = 4;
    made.add_null().add(views).add(std::vector<char>(far.begin(), far.end()));
    made.add(std::vector<std::int64_t>{static_cast<std::int64_t>(far.size())});
    return made;
  };
  view(0, 3, "\u738B", 0, 0);
  view(1, static_cast<std::int32_t>(far.size()), "", 0, 0);
  view(2, 0, "", 0, 0);
  view(3, 12, "twelve bytes", 0, 0);
  CHECK(cells_of(imported(made())) == std::vector<std::string>{"\u738B", far, "", "twelve bytes"});
  view(1, static_cast<std::int32_t>(far.size()), "", 0, 1);
  CHECK(refusal(made()) == "arrow_invalid");
  view(1, 13, "", 1, 0);
  CHECK(refusal(made()) == "arrow_invalid");
  view(1, 13, "", 0, -1);
  CHECK(refusal(made()) == "arrow_invalid");
  view(1, -1, "", 0, 0);
  CHECK(refusal(made()) == "arrow_invalid");
}

TEST_CASE("dictionaries that change from batch to batch", "[wire]") {
  Made first = numbers<std::int8_t>("c", {1, 0, 1, 0});
  first.dictionary = std::make_shared<Made>(strings<std::int32_t>("u", {"x", "y"}));
  Made second = with_nulls(numbers<std::int8_t>("c", {0, 99, 1, -1}));
  second.dictionary = std::make_shared<Made>(strings<std::int32_t>("u", {"z", "x", "z"}));
  const Column column = imported(first, {second});
  CHECK(column.cells == Column::Cells(DictionaryColumn{texts({"x", "y", "z"}),
                                                       {1, 0, 1, 0, 2, DictionaryColumn::absent, 0,
                                                        DictionaryColumn::absent}}));
  CHECK(column.present.empty());
  Made outside = first;
  outside.buffers[1][0] = 2;
  CHECK(refusal(outside) == "arrow_invalid");
  outside.buffers[1][0] = -1;
  CHECK(refusal(outside) == "arrow_invalid");
  Made of_numbers = first;
  of_numbers.dictionary = std::make_shared<Made>(numbers<std::int32_t>("i", {1, 2}));
  CHECK(refusal(of_numbers) == "arrow_type_refused");
}

TEST_CASE("days and timestamps become texts", "[wire]") {
  using Texts = std::vector<std::string>;
  CHECK(cells_of(imported(numbers<std::int32_t>("tdD", {0, 20'517, -1}))) ==
        Texts{"1970-01-01", "2026-03-05", "1969-12-31"});
  CHECK(cells_of(imported(numbers<std::int64_t>("tdm", {86'400'000, -86'400'000}))) ==
        Texts{"1970-01-02", "1969-12-31"});
  CHECK(cells_of(imported(numbers<std::int64_t>("tss:UTC", {1'772'674'200, -1}))) ==
        Texts{"2026-03-05T01:30:00Z", "1969-12-31T23:59:59Z"});
  CHECK(cells_of(imported(numbers<std::int64_t>("tsm:Asia/Shanghai", {1'772'674'200'000, -1}))) ==
        Texts{"2026-03-05T01:30:00Z", "1969-12-31T23:59:59.999Z"});
  CHECK(cells_of(imported(numbers<std::int64_t>("tsn:UTC", {1'772'674'200'000'000'007}))) ==
        Texts{"2026-03-05T01:30:00.000000007Z"});
  CHECK(cells_of(imported(
            with_nulls(numbers<std::int64_t>("tsu:", {0, 5, 1'772'668'800'000'000, 7})))) ==
        Texts{"1970-01-01", "", "2026-03-05", ""});
  CHECK(refusal(numbers<std::int64_t>("tss:", {0, 3600})) == "arrow_value_refused");
  CHECK(refusal(numbers<std::int32_t>("tdD", {2'147'483'647})) == "arrow_value_refused");
  CHECK(refusal(numbers<std::int64_t>("tss:UTC", {std::numeric_limits<std::int64_t>::max()})) ==
        "arrow_value_refused");
}

TEST_CASE("arrays that break the rules are refused, and released", "[wire]") {
  for (const char* format : {"+l", "+s", "z", "e", "tiD", "d:10,2", "ts", "tsx:", "", "w:4", "vz"})
    CHECK(refusal(numbers<std::int32_t>(format, {1})) == "arrow_type_refused");
  const Made good = strings<std::int32_t>("u", {"a", "bb", "\u738B"});
  CHECK(refusal(good).empty());
  const auto broken = [&](auto change) {
    Made made = good;
    change(made);
    return refusal(made);
  };
  const auto offset = [](Made& made, std::size_t row, std::int32_t value) {
    std::memcpy(&made.buffers[1][row * 4], &value, 4);
  };
  CHECK(broken([&](Made& m) { offset(m, 1, 4); }) == "arrow_invalid");  // falls after it
  CHECK(broken([&](Made& m) { offset(m, 0, -1); }) == "arrow_invalid");
  CHECK(broken([&](Made& m) { offset(m, 2, 4); }) == "arrow_invalid");  // within a character
  CHECK(broken([](Made& m) { m.buffers[2][0] = '\xFF'; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.is_null[1] = true; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.is_null[2] = true; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.null_count = 4; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.null_count = 1; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.null_count = -2; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.offset = -1; }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.add_null(); }) == "arrow_invalid");
  CHECK(broken([](Made& m) { m.buffers.pop_back(), m.is_null.pop_back(); }) == "arrow_invalid");

  Producer producer;
  producer.schema = good;
  producer.batches = {good};
  const auto code = [&] { return error_code([&] { producer.read(); }); };
  producer.batch_length = 4;
  CHECK(code() == "arrow_invalid");
  producer.batch_length = 2, producer.batch_offset = 2;
  CHECK(code() == "arrow_invalid");
  producer.batch_length = -1, producer.batch_offset = 0;
  producer.root_format = "u";
  CHECK(code() == "arrow_type_refused");
  producer.root_format = "+s";
  producer.columns = 2;
  CHECK(code() == "arrow_invalid");  // the batch has one
  producer.batches.clear();
  CHECK(code() == "table_invalid");  // two columns of one name
  producer.columns = 1001;
  CHECK(code() == "arrow_too_large");
  producer.columns = 1;
  producer.fail_with = 5;
  CHECK(code() == "arrow_stream_failed");
  try {
    producer.read();
  } catch (const Error& error) {
    CHECK(error.parts().message.find("the disk is on fire") != std::string::npos);
  }
}
