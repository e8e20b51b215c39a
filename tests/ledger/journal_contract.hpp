#pragma once

// What every journal has to pass. A test source defines JournalFixtures, a std::tuple of types with
// `journal()` and `reopen()`, and includes this file once. model_batches says how long the model
// test runs.

#include <algorithm>
#include <array>
#include <random>
#include <tuple>

#include <catch2/catch.hpp>

#include "ledger/against_model.hpp"
#include "ledger/books.hpp"
#include "support/run.hpp"

namespace jiedui::test {

inline std::vector<std::uint64_t> ids_of(const std::function<void(const EntryVisitor&)>& read) {
  std::vector<std::uint64_t> ids;
  read([&](const Entry& entry, const Hash256&) {
    ids.push_back(entry.id.low);
    return true;
  });
  return ids;
}

/// Draws commands from so few ids, accounts and amounts that they often meet.
class RandomCommands {
 public:
  explicit RandomCommands(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool chance(std::uint64_t in) { return below(in) == 0; }

  Command next() {
    Command command = draw();
    if (below(3) != 0) recent_.at(below(recent_.size())) = command.id();
    return command;
  }

 private:
  Command draw() {
    switch (below(14)) {
      case 0:
        return OpenAccount{.id = account(), .unit = unit(), .limits = limits()};
      case 1:
        if (chance(3)) return CloseAccount{.id = any(), .account = account()};
        return ChangeLimits{.id = any(), .account = account(), .limits = limits()};
      case 2:
      case 3:
      case 4:
        return Transfer{.id = any(),
                        .debit = account(),
                        .credit = account(),
                        .amount = amount(),
                        .unit = unit(),
                        .happened = at(5)};
      case 5:
      case 6:
      case 7:
        return Claim{.id = any(),
                     .debit = account(),
                     .credit = account(),
                     .amount = amount(),
                     .unit = unit(),
                     .timeout = std::chrono::seconds{below(9)},
                     .happened = at(5)};
      case 8:
        return Confirm{.id = any(), .claim = met()};
      case 9:
        return Confirm{.id = any(), .claim = met(), .amount = amount()};
      case 10:
        return Decline{.id = any(), .claim = met()};
      default:
        return Correct{.id = any(), .entry = met(), .reason = static_cast<std::uint32_t>(below(2))};
    }
  }
  Id128 met() { return chance(8) ? any() : recent_.at(below(recent_.size())); }
  Id128 account() { return id(below(9)); }
  Id128 any() { return id(8 + below(400)); }
  Unit unit() { return chance(6) ? Unit::grams() : hours_unit; }
  std::uint64_t amount() {
    if (chance(30)) return u64_max - below(3);
    if (chance(30)) return std::uint64_t{1} << 63U;
    return below(20);
  }
  AccountLimits limits() {
    AccountLimits drawn;
    if (chance(3)) drawn.debits_over_credits_max = below(30);
    if (chance(3)) drawn.credits_over_debits_max = below(30);
    return drawn;
  }
  std::mt19937_64 random_;
  std::array<Id128, 8> recent_{};  // ids used not long ago, to be answered
};

}  // namespace jiedui::test

TEMPLATE_LIST_TEST_CASE("an empty journal", "[ledger][journal]", JournalFixtures) {
  using namespace jiedui::test;
  TestType fixture;
  auto& journal = fixture.journal();
  CHECK(journal.head() == jiedui::first_head(journal.head().book));
  CHECK_FALSE(journal.head().book.is_zero());
  CHECK_FALSE(journal.find_account(id(1)));
  CHECK_FALSE(journal.find_entry(id(1)));
  CHECK_FALSE(journal.find_answer(id(1)));
  CHECK(ids_of([&](const auto& visit) { journal.read_entries(0, u64_max, visit); }).empty());
  CHECK(ids_of([&](const auto& visit) { journal.read_entries_of(id(1), visit); }).empty());
}

TEMPLATE_LIST_TEST_CASE("a journal gives back what was appended", "[ledger][journal]",
                        JournalFixtures) {
  using namespace jiedui;
  using namespace jiedui::test;
  TestType fixture;
  HandClock clock;
  const auto post = [&](const Command& command) {
    Ledger ledger{fixture.journal(), clock.clock()};
    CHECK(ledger.post(command) == Outcome::booked);
  };
  for (const std::uint64_t account : {3, 1, 2, 4})
    post(OpenAccount{.id = id(account),
                     .unit = hours_unit,
                     .code = 4'294'967'295,
                     .limits = {u64_max, u64_max},
                     .reference = {u64_max, 1}});
  Transfer most = transfer(50, u64_max);
  most.debit = id(3);
  most.credit = id(4);
  most.reference = id(90);
  most.reason = 4'294'967'295;
  most.happened = at(-2'000'000'000);
  most.commitment.bytes = {255, 1, 2};
  post(most);
  post(claim(51, 5, 4'294'967'295));
  post(claim(52, 6, 30));
  post(claim(53, 7, 20));
  post(claim(54, 8));
  post(Confirm{.id = id(55), .claim = id(54), .amount = 3});
  post(Correct{.id = id(56), .entry = id(55)});
  const Id128 high{u64_max, 57};  // ids above 2^127 sort last
  post(OpenAccount{.id = high, .unit = Unit::money("CNY")});
  post(ChangeLimits{.id = id(58), .account = high, .limits = {0, std::uint64_t{1} << 63U}});
  post(CloseAccount{.id = id(59), .account = high});

  std::vector<Entry> before;
  std::vector<Account> accounts_before;
  for (const bool reopened : {false, true}) {
    if (reopened) fixture.reopen();
    auto& journal = fixture.journal();
    std::vector<Entry> entries;
    ChainHead head = first_head(journal.head().book);
    journal.read_entries(1, u64_max, [&](const Entry& entry, const Hash256& hash) {
      head = next_head(head, entry);
      CHECK(head.hash == hash);
      entries.push_back(entry);
      return true;
    });
    CHECK(head == journal.head());
    REQUIRE(entries.size() == 14);
    CHECK(entries[4].amount == u64_max);
    CHECK(entries[4].happened == at(-2'000'000'000));
    CHECK(entries[4].commitment.bytes[0] == 255);
    CHECK(entries[5].timeout == std::chrono::seconds{4'294'967'295});
    std::vector<Account> accounts;
    journal.read_accounts([&](const Account& account) {
      accounts.push_back(account);
      return true;
    });
    REQUIRE(accounts.size() == 5);
    CHECK(accounts[0].id == id(1));
    CHECK(accounts[4].id == high);
    CHECK(accounts[4].closed);
    if (reopened) {
      CHECK(entries == before);
      CHECK(accounts == accounts_before);
    }
    before = entries;
    accounts_before = accounts;

    for (const Entry& entry : entries) CHECK(journal.find_entry(entry.id) == entry);
    for (const Account& account : accounts) CHECK(journal.find_account(account.id) == account);
    CHECK(journal.find_answer(id(54)) == entries[9]);
    CHECK(journal.find_answer(id(55)) == entries[10]);
    CHECK_FALSE(journal.find_answer(id(53)));
    using Ids = std::vector<std::uint64_t>;
    CHECK(ids_of([&](const auto& visit) { journal.read_entries(6, 8, visit); }) == Ids{51, 52, 53});
    CHECK(ids_of([&](const auto& visit) { journal.read_entries_of(id(3), visit); }) == Ids{3, 50});
    CHECK(ids_of([&](const auto& visit) { journal.read_entries_of(id(1), visit); }) ==
          Ids{1, 51, 52, 53, 54, 55, 56});
    CHECK(ids_of([&](const auto& visit) { journal.read_entries_about(id(90), visit); }) == Ids{50});
    CHECK(ids_of([&](const auto& visit) { journal.read_entries_about(id(91), visit); }).empty());
    const auto due_by = [&](std::int64_t seconds) {
      return ids_of([&](const auto& visit) {
        journal.read_due_claims(clock.now() + std::chrono::seconds{seconds}, visit);
      });
    };
    CHECK(due_by(19).empty());
    CHECK(due_by(25) == Ids{53});
    CHECK(due_by(40) == Ids{53, 52});
    int visited = 0;
    journal.read_entries(1, u64_max, [&](const Entry&, const Hash256&) { return ++visited < 2; });
    CHECK(visited == 2);
  }
}

TEMPLATE_LIST_TEST_CASE("what is abandoned leaves no trace", "[ledger][journal]", JournalFixtures) {
  using namespace jiedui;
  using namespace jiedui::test;
  TestType fixture;
  Ledger ledger{fixture.journal()};
  CHECK(ledger.post(OpenAccount{.id = id(1), .unit = hours_unit}) == Outcome::booked);
  const ChainHead head = ledger.head();
  {
    LedgerTransaction transaction = ledger.begin();
    CHECK(transaction.post(OpenAccount{.id = id(2), .unit = hours_unit}) == Outcome::booked);
  }
  CHECK(ledger.head() == head);
  CHECK(ledger.post(OpenAccount{.id = id(1), .unit = hours_unit}) == Outcome::exists);
  CHECK(ledger.head() == head);
  fixture.reopen();
  CHECK(fixture.journal().head() == head);
  CHECK_FALSE(fixture.journal().find_account(id(2)));
}

TEMPLATE_LIST_TEST_CASE("two ledgers on one journal see each other's entries", "[ledger][journal]",
                        JournalFixtures) {
  using namespace jiedui;
  using namespace jiedui::test;
  TestType fixture;
  Ledger first{fixture.journal()};
  Ledger second{fixture.journal()};
  CHECK(first.post({OpenAccount{.id = id(1), .unit = hours_unit},
                    OpenAccount{.id = id(2), .unit = hours_unit, .limits = {10, {}}}}) ==
        std::vector<Outcome>(2, Outcome::booked));
  CHECK(second.post(transfer(50, 7)) == Outcome::booked);
  CHECK(first.post(transfer(51, 8)) == Outcome::booked);
  CHECK(second.post(transfer(52, 9)) == Outcome::booked);
  CHECK(first.balance(id(2)).credits_posted == 24);
  CHECK(first.verify().sound());
}

TEMPLATE_LIST_TEST_CASE("random calls against the model", "[ledger][journal][model]",
                        JournalFixtures) {
  using namespace jiedui;
  using namespace jiedui::test;
  const char* given = std::getenv("JIEDUI_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : jiedui::test::seed();
  INFO("JIEDUI_SEED=" << seed);
  RandomCommands random{seed};
  std::map<Outcome, std::int64_t> seen;
  std::int64_t batches = scaled(TestType::model_batches);
  while (batches > 0) {
    TestType fixture;
    HandClock clock;
    Ledger ledger{fixture.journal(), clock.clock()};
    Model model;
    std::int64_t last = 0;
    for (int step = 0; step < 100 && batches > 0; ++step, --batches) {
      clock.advance(std::chrono::milliseconds{random.below(1'500)});
      const std::int64_t now = clock.now().time_since_epoch().count();
      std::vector<Command> commands;
      for (std::uint64_t count = 1 + random.below(8); count > 0; --count) {
        commands.push_back(random.next());
        if (random.chance(5)) commands.back().link();
      }
      const auto outcomes = ledger.post(commands);
      REQUIRE(outcomes == post_to(model, last, now, commands));
      for (const Outcome outcome : outcomes) ++seen[outcome];
      if (random.chance(6)) {
        const std::size_t expired = model.expire(std::max(now, last + 1));
        REQUIRE(ledger.advance() == expired);
        last = expired == 0 ? last : std::max(now - 1, last) + std::int64_t(expired);
      }
      REQUIRE(difference(model, fixture.journal()) == "");
    }
    REQUIRE(ledger.head().booked.time_since_epoch().count() == last);
    fixture.reopen();
    REQUIRE(difference(model, fixture.journal()) == "");
    Ledger again{fixture.journal(), clock.clock()};
    const AuditReport report = again.verify();
    INFO(report.detail);
    REQUIRE(report.sound());
  }
  if (scaled(TestType::model_batches) < 20'000) return;
  // The random calls are worth something only if they meet nearly everything.
  for (const Outcome outcome : outcomes_to_meet) {
    INFO(to_string(outcome));
    CHECK(seen[outcome] > 0);
  }
}
