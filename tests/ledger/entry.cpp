#include "jiedui/ledger/entry.hpp"

#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "ledger/books.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

/// The text of the fenced block behind "<!-- name -->" in docs/ledger.md, without white space.
std::string documented(const std::string& name) {
  std::ifstream file("docs/ledger.md");
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  const auto mark = all.find("<!-- " + name + " -->");
  REQUIRE(mark != std::string::npos);
  const auto begin = all.find("```\n", mark) + 4;
  std::string block = all.substr(begin, all.find("```", begin) - begin);
  std::erase(block, '\n');
  return block;
}

std::string hex(const EntryBytes& bytes) {
  std::ostringstream text;
  for (const std::uint8_t byte : bytes) {
    text << "0123456789abcdef"[byte >> 4U] << "0123456789abcdef"[byte & 0xFU];
  }
  return text.str();
}

/// The three entries of the examples in docs/ledger.md.
const Id128 book{0x0011223344556677, 0x8899AABBCCDDEEFF};

Entry opening() {
  return {.number = 1,
          .kind = EntryKind::open_account,
          .id = {0x0190A1B2C3D47001, 0x8000000000000001},
          .debit = {0x0190A1B2C3D47001, 0x8000000000000001},
          .unit = Unit::seconds_served(),
          .code = 2,
          .happened = at(1'772'692'200),
          .booked = booked_at(1'772'692'200'000'000'001),
          .limits = {.debits_over_credits_max = 0}};
}

Entry claiming() {
  Entry entry{.number = 2,
              .kind = EntryKind::claim,
              .linked = true,
              .id = {0x0190A1B2C3D47002, 0x8000000000000002},
              .debit = {0x0190A1B2C3D47003, 0x8000000000000003},
              .credit = {0x0190A1B2C3D47001, 0x8000000000000001},
              .reference = {0x1111111111111111, 0x2222222222222222},
              .amount = 5'400,
              .unit = Unit::seconds_served(),
              .code = 3,
              .timeout = std::chrono::seconds{604'800},
              .happened = at(-1),
              .booked = booked_at(1'772'692'200'000'000'002)};
  for (unsigned i = 0; i < 32; ++i) entry.commitment.bytes[i] = static_cast<std::uint8_t>(i);
  return entry;
}

Entry confirming() {
  return {.number = 3,
          .kind = EntryKind::confirm,
          .id = {0x0190A1B2C3D47004, 0x8000000000000004},
          .debit = {0x0190A1B2C3D47003, 0x8000000000000003},
          .credit = {0x0190A1B2C3D47001, 0x8000000000000001},
          .answers = {0x0190A1B2C3D47002, 0x8000000000000002},
          .reference = {0x1111111111111111, 0x2222222222222222},
          .amount = 3'600,
          .released = 5'400,
          .unit = Unit::seconds_served(),
          .code = 3,
          .reason = 4'294'967'295,
          .happened = at(-1),
          .booked = booked_at(1'772'692'200'000'000'003)};
}

}  // namespace

TEST_CASE("canonical bytes and chain are those of docs/ledger.md", "[ledger]") {
  CHECK(hex(canonical_bytes(opening())) == documented("golden entry 1"));
  CHECK(hex(canonical_bytes(claiming())) == documented("golden entry 2"));
  CHECK(hex(canonical_bytes(confirming())) == documented("golden entry 3"));
  ChainHead head = first_head(book);
  CHECK(head.hash.to_string() == documented("golden hash 0"));
  head = next_head(head, opening());
  CHECK(head.hash.to_string() == documented("golden hash 1"));
  head = next_head(head, claiming());
  CHECK(head.hash.to_string() == documented("golden hash 2"));
  head = next_head(head, confirming());
  CHECK(head.hash.to_string() == documented("golden hash 3"));
  CHECK(head.count == 3);
  CHECK(head.booked == booked_at(1'772'692'200'000'000'003));
}

TEST_CASE("canonical bytes are read back, and nothing else is", "[ledger]") {
  for (const Entry& entry : {opening(), claiming(), confirming()})
    CHECK(read_canonical(canonical_bytes(entry)) == entry);
  EntryBytes bytes = canonical_bytes(confirming());
  CHECK_FALSE(read_canonical(std::span(bytes).first(191)));
  bytes[0] = 2;  // another layout
  CHECK_FALSE(read_canonical(bytes));
  bytes = canonical_bytes(confirming());
  bytes[2] = 10;  // no such kind
  CHECK_FALSE(read_canonical(bytes));
  bytes = canonical_bytes(confirming());
  bytes[4] = 8;  // no such flag
  CHECK_FALSE(read_canonical(bytes));
  bytes = canonical_bytes(confirming());
  bytes[144] = 1;  // a limit without its flag
  CHECK_FALSE(read_canonical(bytes));
}

TEST_CASE("random bytes are refused or are canonical", "[ledger]") {
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937_64 random{seed};
  const EntryBytes sound = canonical_bytes(claiming());
  for (std::int64_t round = scaled(20'000); round > 0; --round) {
    EntryBytes bytes = sound;
    for (int flips = 1 + static_cast<int>(random() % 4); flips > 0; --flips)
      bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
    if (const auto entry = read_canonical(bytes)) REQUIRE(canonical_bytes(*entry) == bytes);
  }
}

TEST_CASE("a hash is read from its own text only", "[ledger]") {
  const Hash256 hash = first_head(book).hash;
  CHECK(Hash256::parse(hash.to_string()) == hash);
  CHECK_FALSE(Hash256::parse(""));
  CHECK_FALSE(Hash256::parse(hash.to_string().substr(1)));
  CHECK_FALSE(Hash256::parse(std::string(64, 'g')));
  CHECK(random_secret() != random_secret());
}

TEST_CASE("BLAKE2b-256 gives the published values", "[ledger]") {
  // Of the empty text, and of "abc", as the b2sum tool of the algorithm's authors prints them.
  const std::vector<std::uint8_t> abc{'a', 'b', 'c'};
  CHECK(blake2b({}).to_string() ==
        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  CHECK(blake2b(abc).to_string() ==
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  CHECK(blake2b(std::span(abc).first(1), std::span(abc).last(2)) == blake2b(abc));
}
