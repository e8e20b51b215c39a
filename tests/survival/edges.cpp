// Amounts at the edges of 64 bits: every answer is exact, or an overflow that says of what and
// where the range ends.

#include <array>

#include <catch2/catch.hpp>

#include "ledger/against_model.hpp"
#include "survival/books_on_disk.hpp"
#include "survival/disk.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

constexpr std::uint64_t two_to(unsigned power) {
  return std::uint64_t{1} << power;
}

constexpr std::array edges = {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, two_to(31) - 1,
                              two_to(31),       two_to(32) - 1,   two_to(32),       two_to(53) - 1,
                              two_to(53),       two_to(53) + 1,   two_to(62),       two_to(63) - 1,
                              two_to(63),       two_to(63) + 1,   u64_max - 1,      u64_max};

std::uint64_t edge(std::mt19937_64& random) {
  return edges.at(random() % edges.size());
}

/// Movements of such amounts between a few accounts with such limits.
Command command_at_an_edge(std::mt19937_64& random, std::uint64_t number) {
  const Id128 own = id(100 + number);
  const Id128 answered = id(100 + (number < 8 ? 0 : number - 1 - random() % 8));
  const Id128 debit = id(1 + random() % 4);
  const Id128 credit = id(1 + random() % 4);
  switch (random() % 8) {
    case 0: {
      AccountLimits limits;
      if (random() % 2 == 0) limits.debits_over_credits_max = edge(random);
      if (random() % 2 == 0) limits.credits_over_debits_max = edge(random);
      return ChangeLimits{.id = own, .account = debit, .limits = limits};
    }
    case 1:
    case 2:
      return Claim{.id = own,
                   .debit = debit,
                   .credit = credit,
                   .amount = edge(random),
                   .unit = hours_unit,
                   .happened = at(1'000)};
    case 3:
      return Confirm{.id = own, .claim = answered, .amount = edge(random)};
    case 4:
      return Correct{.id = own, .entry = answered};
    default:
      return Transfer{.id = own,
                      .debit = debit,
                      .credit = credit,
                      .amount = edge(random),
                      .unit = hours_unit,
                      .happened = at(1'000)};
  }
}

/// The statement of an account as columns: exact, or an overflow that names column and range.
void check_table(Ledger& ledger, std::uint64_t account) {
  const AccountStatement statement = ledger.statement(id(account), {at(0), at(10'000)});
  REQUIRE(statement.closing == statement.account.balance);
  bool fits = true;
  for (const AccountLine& line : statement.lines)
    fits = fits && line.entry.amount < two_to(63) && line.entry.released < two_to(63);
  try {
    const Table table = statement.table();
    REQUIRE(fits);
  } catch (const Error& error) {
    REQUIRE(error.code() == "overflow");
    REQUIRE_FALSE(fits);
    INFO(error.what());
    REQUIRE_FALSE(error.parts().place.empty());
    REQUIRE(error.parts().allowed.find("9223372036854775807") != std::string::npos);
  }
}

template <class J>
void check_edges(std::mt19937_64& random, J& journal, std::int64_t count,
                 std::map<Outcome, std::int64_t>& seen) {
  HandClock clock;
  Ledger ledger{journal, clock.clock()};
  Model model;
  std::int64_t last = 0;
  const auto post = [&](const Command& command) {
    clock.advance(std::chrono::milliseconds{1});
    const std::int64_t now = clock.now().time_since_epoch().count();
    const std::vector<Command> call{command};
    const std::vector<Outcome> outcomes = ledger.post(call);
    REQUIRE(outcomes == post_to(model, last, now, call));
    ++seen[outcomes.front()];
  };
  for (std::uint64_t account = 1; account <= 4; ++account)
    post(OpenAccount{.id = id(account), .unit = hours_unit});
  for (std::int64_t i = 0; i < count; ++i) {
    post(command_at_an_edge(random, static_cast<std::uint64_t>(i)));
    REQUIRE(difference(model, journal) == "");
  }
  for (std::uint64_t account = 1; account <= 4; ++account) check_table(ledger, account);
  for (const TrialBalance& line : ledger.trial_balance()) REQUIRE(line.sums_to_zero());
  REQUIRE(ledger.verify().sound());
}

}  // namespace

TEST_CASE("amounts at the edges of 64 bits", "[survival]") {
  INFO(seed_text());
  std::mt19937_64 random{jiedui::test::seed()};
  std::map<Outcome, std::int64_t> seen;
  constexpr std::int64_t each = 50;
  const std::int64_t rounds = (scaled(10'000, 10'000) + each - 1) / each;
  for (std::int64_t round = 0; round < rounds; ++round) {
    if (round % 4 != 0) {
      MemoryJournal journal{Id128{7, 9}};
      check_edges(random, journal, each, seen);
    } else {
      const Folder folder{memory_folder()};
      const Disk disk{folder.path()};
      Store store = Store::open_or_create(disk.folder() / "town.jiedui");
      check_edges(random, store.journal(), each, seen);
    }
  }
  if (rounds < 20) return;
  for (const Outcome outcome :
       {Outcome::booked, Outcome::debits_overflow, Outcome::credits_overflow,
        Outcome::debit_limit_exceeded, Outcome::credit_limit_exceeded,
        Outcome::limits_below_balance, Outcome::amount_above_claim}) {
    INFO(to_string(outcome));
    CHECK(seen[outcome] > 0);
  }
}
