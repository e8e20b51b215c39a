#include <cstring>
#include <ctime>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/wire/snapshot.hpp"
#include "support/run.hpp"
#include "wire/support.hpp"

// Frames that no program writes by accident, word by word (capnproto.org, "Encoding Spec").

using namespace jiedui;
using namespace jiedui::test;

namespace {

using Words = std::vector<std::uint64_t>;

constexpr std::uint64_t structure(std::int32_t offset, std::uint64_t data, std::uint64_t pointers) {
  return (static_cast<std::uint32_t>(offset) << 2U) | (data << 32U) | (pointers << 48U);
}
/// @param size 0 void, 1 bit, 2 byte, 3 two, 4 four, 5 eight bytes, 6 pointer, 7 structures.
constexpr std::uint64_t list(std::int32_t offset, std::uint64_t size, std::uint64_t count) {
  return (static_cast<std::uint32_t>(offset) << 2U) | 1U | (size << 32U) | (count << 35U);
}
constexpr std::uint64_t far_away(std::uint64_t word, std::uint64_t segment, bool twice) {
  return 2U | (twice ? 4U : 0U) | (word << 3U) | (segment << 32U);
}
/// The first word of a list of structures.
constexpr std::uint64_t tag(std::uint64_t count, std::uint64_t data, std::uint64_t pointers) {
  return (count << 2U) | (data << 32U) | (pointers << 48U);
}

constexpr std::uint64_t count_max = (std::uint64_t{1} << 29U) - 1;
enum Kind : std::uint64_t { tables = 1, network = 2, entries = 3, plan = 4, dispatcher = 5 };

/// Root pointer and Frame, whose content begins at the fourth word.
Words frame(Kind kind, std::uint64_t content) {
  return {structure(0, 1, 1), 1 | (std::uint64_t{kind} << 32U), content};
}

std::string bytes_of(const std::vector<Words>& segments) {
  std::vector<std::uint32_t> table{static_cast<std::uint32_t>(segments.size() - 1)};
  for (const Words& segment : segments) table.push_back(static_cast<std::uint32_t>(segment.size()));
  if (table.size() % 2 != 0) table.push_back(0);
  std::string bytes(reinterpret_cast<const char*>(table.data()), table.size() * 4);
  for (const Words& segment : segments)
    bytes.append(reinterpret_cast<const char*>(segment.data()), segment.size() * 8);
  return bytes;
}

Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::size_t size_of(const Table& table) {
  std::size_t size = table.name.size();
  for (const Column& column : table.columns) {
    size += column.name.size() + column.present.size() / 8;
    std::visit(
        [&](const auto& cells) {
          if constexpr (requires { cells.bytes(); })
            size += cells.bytes().size() + 4 * cells.size();
          else if constexpr (requires { cells.codes; })
            size += cells.texts.bytes().size() + 4 * cells.texts.size() + 4 * cells.codes.size();
          else
            size += 8 * cells.size();
        },
        column.cells);
  }
  return size;
}

/// Loads the bytes as everything; whatever is accepted is not much larger than the bytes, and
/// little time passes. Returns the code of the refusal as tables.
std::string refusal(const std::string& bytes) {
  const std::clock_t before = std::clock();
  const std::string code = error_code([&] {
    std::size_t size = 0;
    for (const Table& table : tables_from_bytes(bytes)) size += size_of(table);
    CHECK(size <= 3 * bytes.size() + 256 * 1024);
  });
  error_code([&] { network_from_bytes(bytes); });
  error_code([&] { plan_from_bytes(bytes); });
  error_code([&] { entries_from_bytes(bytes); });
  error_code([&] { dispatcher_from_bytes(bytes); });
  const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  CHECK(seconds < 0.2);  // five loads, with the sanitizers' tenfold
  return code;
}

}  // namespace

TEST_CASE("lists that claim more than is there", "[wire]") {
  CHECK(refusal(bytes_of({frame(tables, structure(0, 0, 0))})).empty());
  for (const std::uint64_t size : {0, 1, 2, 3, 4, 5, 6}) {
    // The list of tables, of columns, and each list of a column.
    CHECK(refusal(bytes_of({frame(tables, structure(0, 0, 1)) +
                            Words{list(0, size, count_max)}})) == "snapshot_invalid");
    const Words table =
        frame(tables, structure(0, 0, 1)) + Words{list(0, 7, 3), tag(1, 1, 2), 0, 0};
    CHECK(refusal(bytes_of({table + Words{list(0, size, count_max)}})) == "snapshot_invalid");
    for (const std::uint64_t kind : {0, 1, 2, 3})
      CHECK(refusal(bytes_of({table + Words{list(0, 7, 4), tag(1, 1, 3), kind, 0, 0,
                                            list(0, size, count_max)}})) == "snapshot_invalid");
    CHECK(refusal(bytes_of({table + Words{list(0, 7, 4), tag(1, 1, 3), 0, 0,
                                          list(1, size, count_max), structure(0, 0, 2),
                                          list(0, size, count_max), list(0, size, count_max)}})) ==
          "snapshot_invalid");
    refusal(
        bytes_of({frame(entries, structure(0, 0, 3)) + Words{0, list(1, size, count_max), 0, 0}}));
    for (std::uint64_t pointer = 0; pointer < 6; ++pointer) {
      Words words = frame(plan, structure(0, 11, 6)) + Words(17);
      words[14 + pointer] = list(0, size, count_max);
      refusal(bytes_of({words}));
    }
    for (std::uint64_t pointer = 0; pointer < 30; ++pointer) {
      Words words = frame(dispatcher, structure(0, 8, 30)) + Words(38);
      words[11 + pointer] = list(0, size, count_max);
      CHECK(error_code([&] { dispatcher_from_bytes(bytes_of({words})); }) == "snapshot_invalid");
    }
  }
  // Structures of no size take no words: nothing but a limit stops half a billion of them.
  CHECK(refusal(bytes_of({frame(tables, structure(0, 0, 1)) +
                          Words{list(0, 7, 0), tag(count_max, 0, 0)}})) == "snapshot_invalid");
  CHECK(refusal(bytes_of({frame(tables, structure(0, 0, 1)) +
                          Words{list(0, 7, 0), tag(65, 0, 0)}})) == "snapshot_invalid");
  CHECK(refusal(bytes_of({frame(tables, structure(0, 0, 1)) + Words{list(0, 7, 0), tag(64, 0, 0)}}))
            .empty());
  CHECK(refusal(bytes_of({frame(tables, structure(0, 0, 1)) +
                          Words{list(0, 7, 3), tag(1, 1, 2), 0, 0, list(0, 7, 0),
                                tag(count_max, 0, 0)}})) == "snapshot_invalid");
  refusal(bytes_of(
      {frame(entries, structure(0, 0, 3)) + Words{0, list(1, 7, 0), 0, tag(count_max, 0, 0)}}));
}

TEST_CASE("a thousand columns that all point to one run of bytes", "[wire]") {
  for (const std::uint64_t columns : {2, 10, 100, 1000}) {
    for (const std::uint64_t kind : {1, 2}) {
      const std::uint64_t length = 8192;
      Words words = frame(tables, structure(0, 0, 1)) + Words{list(0, 7, 3), tag(1, 1, 2), 0, 0} +
                    Words{list(0, 7, 4 * columns), tag(columns, 1, 3)};
      const std::size_t first = words.size();
      words.resize(first + 4 * columns);
      for (std::size_t i = 0; i < columns; ++i) {
        const std::size_t at = first + 4 * i + 3;
        words[at - 3] = kind;
        words[at] = list(static_cast<std::int32_t>(first + 4 * columns - at - 1), 5, length);
      }
      words.resize(words.size() + length);
      CHECK(refusal(bytes_of({words})) == "snapshot_invalid");
    }
  }
}

TEST_CASE("pointers in circles, to nowhere and of other kinds", "[wire]") {
  const std::uint64_t wrong[] = {structure(-2, 0, 1),          // to its own frame
                                 structure(-1, 0, 1),          // to itself
                                 structure(1 << 28, 1, 1),     // far behind the end
                                 structure(-(1 << 28), 1, 1),  // far before the beginning
                                 structure(0, 0xFFFF, 0xFFFF),
                                 list(-1, 6, 1),
                                 list(-1, 7, 0),
                                 far_away(2, 0, false),  // to itself
                                 far_away(2, 0, true),
                                 far_away(0, 0, false),
                                 far_away(0, 7, false),  // to a segment that is not there
                                 far_away((1U << 29U) - 1, 0, true),
                                 3,  // a capability
                                 3 | (std::uint64_t{5} << 32U),
                                 ~std::uint64_t{0}};
  for (const std::uint64_t pointer : wrong) {
    for (const Kind kind : {tables, network, entries, plan, dispatcher})
      refusal(bytes_of({frame(kind, pointer) + Words(4)}));
    refusal(bytes_of({Words{pointer, 1, 2, 3}}));
    refusal(bytes_of({frame(tables, far_away(0, 1, false)), Words{pointer, pointer}}));
    refusal(bytes_of({frame(tables, far_away(0, 1, true)), Words{far_away(0, 1, false), pointer}}));
  }
  // Every word of a small message is a random pointer.
  std::mt19937_64 random(17);
  for (std::int64_t i = 0; i < scaled(3000); ++i) {
    Words words = frame(static_cast<Kind>(random() % 6), 0) + Words(random() % 24);
    for (std::size_t at = i % 4 == 0 ? 0 : 2; at < words.size(); ++at) {
      const auto near = static_cast<std::int32_t>(random() % 16) - 4;
      const std::uint64_t any[] = {structure(near, random() % 3, random() % 4),
                                   list(near, random() % 8, random() % 40),
                                   tag(random() % 4, random() % 3, random() % 4),
                                   far_away(random() % 16, random() % 2, random() % 2 == 0),
                                   random() % 5,
                                   random()};
      words[at] = any[random() % 6];
    }
    refusal(bytes_of({words}));
  }
}

TEST_CASE("segment tables that lie", "[wire]") {
  const Words good = frame(tables, structure(0, 0, 0));
  const std::string bytes = bytes_of({good});
  REQUIRE(refusal(bytes).empty());
  for (const std::uint32_t first : {0xFFFF'FFFFU, 0x7FFF'FFFFU, 511U, 64U, 63U, 1U, 0x4000'0000U}) {
    std::string bad = bytes;
    std::memcpy(bad.data(), &first, 4);
    CHECK(refusal(bad) == "snapshot_invalid");
  }
  for (const std::uint32_t length : {0U, 2U, 4U, 0xFFFF'FFFFU, 0x2000'0003U}) {
    std::string bad = bytes;
    std::memcpy(bad.data() + 4, &length, 4);
    CHECK(refusal(bad) == "snapshot_invalid");
  }
  // 64 segments are taken, 65 and 511 not, however well they add up.
  for (const std::size_t count : {64, 65, 511}) {
    std::vector<Words> segments(count, Words{0});
    segments[0] = good;
    CHECK(refusal(bytes_of(segments)) == (count == 64 ? "" : "snapshot_invalid"));
    for (std::size_t i = 1; i < count; ++i) segments[i].clear();
    CHECK(refusal(bytes_of(segments)) == (count == 64 ? "" : "snapshot_invalid"));
  }
  // Packed messages are not read: their lengths are decided by the bytes.
  std::string packed = {'\0', '\xFF', '\0', '\xFF'};
  while (packed.size() < 4096) packed += packed;
  CHECK(refusal(packed) == "snapshot_invalid");
  CHECK(refusal(std::string(1 << 16, '\0')) == "snapshot_invalid");
  CHECK(refusal(std::string(1 << 16, '\xFF')) == "snapshot_invalid");
}
