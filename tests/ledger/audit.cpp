#include "jiedui/ledger/audit.hpp"

#include <functional>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "ledger/books.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using Outcomes = std::vector<Outcome>;

/// A copy of some books, to be tampered with.
struct Copy {
  Id128 book;
  std::vector<Entry> entries;
  std::vector<Hash256> hashes;
  std::vector<Account> accounts;

  explicit Copy(Books& books) : book(books.ledger.head().book) {
    books.ledger.read_entries(1, u64_max, [&](const Entry& entry, const Hash256& hash) {
      entries.push_back(entry);
      hashes.push_back(hash);
      return true;
    });
    books.journal.read_accounts([&](const Account& account) {
      accounts.push_back(account);
      return true;
    });
  }
  /// Numbers the entries and computes the chain anew, as a thorough forger would.
  void forge() {
    ChainHead head = first_head(book);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i].number = i + 1;
      head = next_head(head, entries[i]);
      hashes[i] = head.hash;
    }
  }
  AuditReport audit(std::span<const ChainHead> exported = {}) const {
    Audit audit{book,
                [&](Id128 wanted) -> std::optional<Entry> {
                  for (const Entry& entry : entries)
                    if (entry.id == wanted) return entry;
                  return std::nullopt;
                },
                exported};
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (!audit.add(entries[i], hashes[i])) break;
    for (const Account& account : accounts) audit.add(account);
    return audit.finish();
  }
};

/// Ten entries; number 3 is a transfer, 4 a claim, 5 its confirmation.
struct Village : Books {
  ChainHead at_five;
  Village() {
    CHECK(ledger.post({transfer(50, 100), claim(51, 60), Confirm{.id = id(52), .claim = id(51)}}) ==
          Outcomes(3, Outcome::booked));
    at_five = ledger.head();
    CHECK(ledger.post({transfer(53, 1), transfer(54, 2), transfer(55, 3), transfer(56, 4),
                       Correct{.id = id(57), .entry = id(50)}}) == Outcomes(5, Outcome::booked));
  }
};

void check_found(const AuditReport& report, Finding finding, std::uint64_t first,
                 std::uint64_t last) {
  INFO(report.detail);
  CHECK(to_string(report.finding) == to_string(finding));
  CHECK(report.first_bad_entry == first);
  CHECK(report.last_bad_entry == last);
}

}  // namespace

TEST_CASE("sound books are sound, and pass through their exported heads", "[ledger]") {
  Village village;
  const std::vector<ChainHead> exported{village.ledger.head(), village.at_five};
  const AuditReport report = village.ledger.verify(exported);
  CHECK(report.sound());
  CHECK(report.head == village.ledger.head());
  CHECK(report.heads_matched == 2);
  CHECK(report.accounts == 2);
  std::ostringstream text;
  text << report;
  CHECK(text.str().find("SOUND") == 0);
  CHECK(text.str().find(report.head.hash.to_string()) != std::string::npos);
}

TEST_CASE("an audit names the first bad entry", "[ledger]") {
  Village village;
  Copy copy{village};
  const std::vector<ChainHead> exported{village.at_five};
  SECTION("a changed amount") {
    copy.entries[6].amount += 1;
    check_found(copy.audit(), Finding::hash_differs, 7, 7);
  }
  SECTION("a changed hash") {
    copy.hashes[2].bytes[31] ^= 1;
    check_found(copy.audit(), Finding::hash_differs, 3, 3);
  }
  SECTION("a removed entry") {
    copy.entries.erase(copy.entries.begin() + 4);
    copy.hashes.erase(copy.hashes.begin() + 4);
    check_found(copy.audit(), Finding::entry_missing, 5, 5);
  }
  SECTION("two swapped entries") {
    std::swap(copy.entries[6], copy.entries[7]);
    std::swap(copy.hashes[6], copy.hashes[7]);
    check_found(copy.audit(), Finding::entry_missing, 7, 7);
  }
  SECTION("a chain that was recomputed over a changed entry") {
    copy.entries[6].amount += 1;
    copy.forge();
    check_found(copy.audit(), Finding::account_differs, 1, 1);
    const std::vector<ChainHead> both{village.at_five, village.ledger.head()};
    check_found(copy.audit(both), Finding::head_differs, 6, 10);
    CHECK(copy.audit(both).heads_matched == 1);
  }
  SECTION("a cut end, seen by an exported head only") {
    copy.entries.resize(4);
    copy.hashes.resize(4);
    check_found(copy.audit(exported), Finding::tail_missing, 5, 5);
    const std::vector<ChainHead> last{village.ledger.head()};
    check_found(copy.audit(last), Finding::tail_missing, 5, 10);
  }
  SECTION("an entry that breaks a rule, in a chain that was recomputed") {
    copy.entries[4].amount = 61;  // more than the claim
    copy.forge();
    check_found(copy.audit(), Finding::rule_broken, 5, 5);
  }
  SECTION("an entry booked too early, in a chain that was recomputed") {
    copy.entries[5].booked = copy.entries[4].booked;
    copy.forge();
    check_found(copy.audit(), Finding::time_not_rising, 6, 6);
  }
  SECTION("a second answer to a claim") {
    copy.entries[5] = copy.entries[4];
    copy.entries[5].id = id(99);
    copy.entries[5].booked += std::chrono::nanoseconds{1};
    copy.forge();
    check_found(copy.audit(), Finding::rule_broken, 6, 6);
  }
  SECTION("a repeated id") {
    copy.entries[5].id = id(54);
    copy.forge();
    check_found(copy.audit(), Finding::rule_broken, 7, 7);
  }
  SECTION("a junk field that the ledger leaves empty") {
    copy.entries[5].released = 1;
    copy.forge();
    check_found(copy.audit(), Finding::rule_broken, 6, 6);
  }
  SECTION("a last entry whose chain goes on") {
    copy.entries.back().linked = true;
    copy.forge();
    check_found(copy.audit(), Finding::rule_broken, 10, 10);
  }
  SECTION("another book") {
    copy.book = id(1);
    check_found(copy.audit(), Finding::hash_differs, 1, 1);
  }
  SECTION("accounts") {
    copy.accounts[1].balance.credits_posted += 1;
    check_found(copy.audit(), Finding::account_differs, 2, 2);
    copy.accounts.pop_back();
    check_found(copy.audit(), Finding::account_missing, 2, 2);
    copy.accounts.push_back({.id = id(3), .unit = hours_unit});
    check_found(copy.audit(), Finding::account_unknown, 0, 0);
  }
}

TEST_CASE("every flipped bit of an entry is found at that entry", "[ledger]") {
  Village village;
  const Copy sound{village};
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937_64 random{seed};
  std::int64_t readable = 0;
  for (std::int64_t round = scaled(4'000); round > 0; --round) {
    Copy copy = sound;
    const std::size_t place = random() % copy.entries.size();
    EntryBytes bytes = canonical_bytes(copy.entries[place]);
    bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
    const auto entry = read_canonical(bytes);
    if (!entry) continue;
    ++readable;
    copy.entries[place] = *entry;
    const AuditReport report = copy.audit();
    REQUIRE_FALSE(report.sound());
    REQUIRE(report.first_bad_entry == place + 1);
  }
  CHECK(readable > 0);
}
