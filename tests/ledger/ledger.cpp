#include "jiedui/ledger/ledger.hpp"

#include <type_traits>

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"
#include "ledger/books.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using std::chrono::seconds;
using Outcomes = std::vector<Outcome>;

// A journal that would die with the statement does not compile.
static_assert(std::is_constructible_v<Ledger, MemoryJournal&>);
static_assert(!std::is_constructible_v<Ledger, MemoryJournal>);
static_assert(Journal<MemoryJournal>);

}  // namespace

TEST_CASE("claim, confirm in part, correct: balances by hand", "[ledger]") {
  Books books;
  Ledger& ledger = books.ledger;
  Claim first = claim(50, 5'400);
  first.reference = id(70);
  first.code = 3;
  CHECK(ledger.post(first) == Outcome::booked);
  CHECK(ledger.balance(id(1)) == Balance{.debits_pending = 5'400});
  CHECK(ledger.balance(id(2)) == Balance{.credits_pending = 5'400});
  CHECK(ledger.post(Confirm{.id = id(51), .claim = id(50), .amount = 3'600}) == Outcome::booked);
  CHECK(ledger.balance(id(1)) == Balance{.debits_posted = 3'600});
  CHECK(ledger.balance(id(2)) == Balance{.credits_posted = 3'600});
  CHECK(ledger.post(Correct{.id = id(52), .entry = id(51)}) == Outcome::booked);
  CHECK(ledger.balance(id(1)) == Balance{.debits_posted = 3'600, .credits_posted = 3'600});
  CHECK(ledger.balance(id(2)).net() == 0);

  const auto confirmed = ledger.find_answer(id(50));
  REQUIRE(confirmed);
  CHECK(confirmed->released == 5'400);
  CHECK(confirmed->happened == at(1'000));  // the claim's
  const auto corrected = ledger.find_answer(id(51));
  REQUIRE(corrected);
  CHECK(corrected->debit == id(2));
  CHECK(corrected->credit == id(1));
  CHECK(corrected->amount == 3'600);
  for (const Entry& answer : {*confirmed, *corrected}) {
    CHECK(answer.reference == id(70));
    CHECK(answer.code == 3);
    CHECK(answer.unit == hours_unit);
    CHECK(answer.happened == at(1'000));
  }
}

TEST_CASE("booked times strictly rise, whatever the clock does", "[ledger]") {
  Books books;
  books.clock.set(2'000'000'000'000'000'000);
  CHECK(books.ledger.post({transfer(50, 1), transfer(51, 1)}) ==
        Outcomes{Outcome::booked, Outcome::booked});
  books.clock.set(1'999'000'000'000'000'000);  // it steps back
  CHECK(books.ledger.post(transfer(52, 1)) == Outcome::booked);
  const auto entries = books.entries();
  REQUIRE(entries.size() == 5);
  CHECK(entries[2].booked == booked_at(2'000'000'000'000'000'000));
  CHECK(entries[3].booked == booked_at(2'000'000'000'000'000'001));
  CHECK(entries[4].booked == booked_at(2'000'000'000'000'000'002));
  books.clock.set(-1);
  CHECK_THROWS_AS(books.ledger.post(transfer(53, 1)) == Outcome::booked, Error);
}

TEST_CASE("an entry without a time happened when it was booked", "[ledger]") {
  Books books;
  books.clock.set(1'999'999'999'999'999'999);
  Transfer now = transfer(50, 1);
  now.happened.reset();
  CHECK(books.ledger.post(now) == Outcome::booked);
  CHECK(books.ledger.find_entry(id(50))->happened == at(1'999'999'999));
  books.clock.advance(seconds{100});
  CHECK(books.ledger.post(now) == Outcome::exists);
}

TEST_CASE("linked commands are all booked or none", "[ledger]") {
  Books books;
  Ledger& ledger = books.ledger;
  const Command bad = transfer(60, 0);

  SECTION("a chain succeeds") {
    CHECK(ledger.post({linked(transfer(50, 1)), transfer(51, 2)}) ==
          Outcomes{Outcome::booked, Outcome::booked});
    CHECK(ledger.find_entry(id(50))->linked);
    CHECK_FALSE(ledger.find_entry(id(51))->linked);
  }
  SECTION("one fails, all fail; those before and after are left alone") {
    CHECK(ledger.post({transfer(50, 1), linked(transfer(51, 2)), linked(bad), transfer(52, 4),
                       transfer(53, 8)}) ==
          Outcomes{Outcome::booked, Outcome::linked_entry_failed, Outcome::amount_is_zero,
                   Outcome::linked_entry_failed, Outcome::booked});
    CHECK(ledger.balance(id(2)).credits_posted == 9);
    CHECK_FALSE(ledger.find_entry(id(51)));
    CHECK(ledger.head().count == 4);
  }
  SECTION("an account opened in a chain that fails is not open") {
    CHECK(ledger.post({linked(OpenAccount{.id = id(9), .unit = hours_unit}), bad}) ==
          Outcomes{Outcome::linked_entry_failed, Outcome::amount_is_zero});
    CHECK_FALSE(ledger.find_account(id(9)));
    CHECK(ledger.post(OpenAccount{.id = id(9), .unit = hours_unit}) == Outcome::booked);
  }
  SECTION("a later command of a chain sees what an earlier one did") {
    CHECK(ledger.post({linked(claim(50, 3)), Confirm{.id = id(51), .claim = id(50)}}) ==
          Outcomes{Outcome::booked, Outcome::booked});
    CHECK(ledger.balance(id(2)).credits_posted == 3);
    CHECK(ledger.post({linked(claim(52, 3)), linked(Confirm{.id = id(53), .claim = id(52)}),
                       bad}) == Outcomes{Outcome::linked_entry_failed, Outcome::linked_entry_failed,
                                         Outcome::amount_is_zero});
    CHECK(ledger.post(claim(52, 4)) == Outcome::booked);
    CHECK_FALSE(ledger.find_answer(id(52)));
  }
  SECTION("a chain that failed has answered nothing") {
    CHECK(ledger.post({claim(50, 3), linked(Confirm{.id = id(51), .claim = id(50)}), bad,
                       Confirm{.id = id(51), .claim = id(50), .amount = 2}}) ==
          Outcomes{Outcome::booked, Outcome::linked_entry_failed, Outcome::amount_is_zero,
                   Outcome::booked});
    CHECK(ledger.balance(id(2)).credits_posted == 2);
  }
  SECTION("a chain that was booked exists, a part of it does not go on") {
    CHECK(ledger.post({linked(transfer(50, 1)), transfer(51, 2)}) ==
          Outcomes{Outcome::booked, Outcome::booked});
    CHECK(ledger.post({linked(transfer(50, 1)), transfer(51, 2)}) ==
          Outcomes{Outcome::exists, Outcome::exists});
    CHECK(ledger.post({linked(transfer(50, 1)), transfer(54, 2)}) ==
          Outcomes{Outcome::exists, Outcome::linked_entry_failed});
    CHECK_FALSE(ledger.find_entry(id(54)));
  }
  SECTION("the last command of a call ends its chain") {
    CHECK(ledger.post({transfer(50, 1), linked(transfer(51, 2)), linked(transfer(52, 2))}) ==
          Outcomes{Outcome::booked, Outcome::linked_entry_failed, Outcome::linked_chain_open});
    CHECK(ledger.head().count == 3);
  }
  CHECK(ledger.verify().sound());
}

TEST_CASE("a transaction is durable at commit and leaves nothing without", "[ledger]") {
  Books books;
  Ledger& ledger = books.ledger;
  {
    LedgerTransaction transaction = ledger.begin();
    CHECK(transaction.post(transfer(50, 5)) == Outcome::booked);
    CHECK(transaction.post(transfer(50, 5)) == Outcome::exists);
    CHECK(transaction.find_account(id(2))->balance.credits_posted == 5);
    CHECK(transaction.entry_count() == 1);
    CHECK_FALSE(ledger.find_entry(id(50)));
    CHECK_THROWS_AS(ledger.begin(), Error);
  }
  CHECK_FALSE(ledger.find_entry(id(50)));
  LedgerTransaction transaction = ledger.begin();
  CHECK(transaction.post(transfer(50, 6)) == Outcome::booked);
  transaction.commit();
  CHECK(ledger.balance(id(2)).credits_posted == 6);
  CHECK_THROWS_AS(transaction.commit(), Error);
  CHECK(ledger.post(transfer(51, 1)) == Outcome::booked);  // the old one lets go of the ledger
}

TEST_CASE("advance books the expiry of what is due", "[ledger]") {
  Books books;
  Ledger& ledger = books.ledger;
  CHECK(ledger.post({claim(50, 1, 10), claim(51, 2, 20), claim(52, 4), claim(53, 8, 10)}) ==
        Outcomes(4, Outcome::booked));
  CHECK(ledger.post(Confirm{.id = id(60), .claim = id(53)}) == Outcome::booked);
  CHECK(ledger.advance() == 0);
  books.clock.advance(seconds{11});
  CHECK(ledger.advance() == 1);
  CHECK(ledger.advance() == 0);
  CHECK(ledger.balance(id(2)) == Balance{.credits_posted = 8, .credits_pending = 6});
  books.clock.advance(seconds{100});
  CHECK(ledger.advance() == 1);
  CHECK(ledger.balance(id(2)).credits_pending == 4);
  const auto expiry = ledger.find_answer(id(51));
  REQUIRE(expiry);
  CHECK(expiry->kind == EntryKind::expire);
  CHECK(expiry->released == 2);
  CHECK(expiry->amount == 0);
  CHECK(ledger.verify().sound());
}

TEST_CASE("a time-out passes at its very nanosecond", "[ledger]") {
  Books books;
  for (const bool in_time : {true, false}) {
    const std::uint64_t number = in_time ? 50 : 60;
    books.clock.advance(seconds{100});
    CHECK(books.ledger.post(claim(number, 1, 10)) == Outcome::booked);
    books.clock.advance(seconds{10} - std::chrono::nanoseconds{in_time ? 1 : 0});
    CHECK(books.ledger.post(Confirm{.id = id(number + 1), .claim = id(number)}) ==
          (in_time ? Outcome::booked : Outcome::claim_expired));
  }
  CHECK(books.ledger.advance() == 1);
}

TEST_CASE("an entry's command books the same entry in a copy of the book", "[ledger]") {
  Books books;
  books.open(3, {.debits_over_credits_max = 0});
  CHECK(books.ledger.post({linked(claim(50, 4, 5)), transfer(51, 1), claim(52, 3),
                           Confirm{.id = id(53), .claim = id(52), .amount = 2},
                           Correct{.id = id(54), .entry = id(53), .reason = 1}, claim(55, 1),
                           Decline{.id = id(56), .claim = id(55)},
                           ChangeLimits{.id = id(57), .account = id(3), .limits = {}},
                           CloseAccount{.id = id(58), .account = id(3)}}) ==
        Outcomes(9, Outcome::booked));
  books.clock.advance(seconds{6});
  CHECK(books.ledger.advance() == 1);

  BookedTime now{};
  MemoryJournal copy{books.ledger.head().book};
  Ledger again{copy, [&] { return now; }};
  std::vector<Command> chain;
  for (const Entry& entry : books.entries()) {
    if (chain.empty()) now = entry.booked;
    chain.emplace_back(entry);
    if (entry.linked) continue;
    CHECK(again.post(chain) == Outcomes(chain.size(), Outcome::booked));
    chain.clear();
  }
  CHECK(again.head() == books.ledger.head());
}

TEST_CASE("statements by both times", "[ledger]") {
  Books books;
  Ledger& ledger = books.ledger;
  const auto post_at = [&](Command command, std::int64_t booked_second) {
    books.clock.set(booked_second * 1'000'000'000);
    CHECK(ledger.post(command) == Outcome::booked);
  };
  const std::int64_t base = 1'900'000'000;
  const auto happened = [&](Transfer one, std::int64_t second) {
    one.happened = at(base + second);
    return one;
  };
  post_at(happened(transfer(50, 1), 10), base + 100);
  post_at(happened(transfer(51, 2), 30), base + 110);
  post_at(happened(transfer(52, 4), 20), base + 120);
  post_at(happened(transfer(53, 8), 40), base + 130);
  post_at(Correct{.id = id(54), .entry = id(52)}, base + 140);

  const auto numbers = [](const AccountStatement& statement) {
    std::vector<std::uint64_t> all;
    for (const AccountLine& line : statement.lines) all.push_back(line.entry.id.low);
    return all;
  };
  SECTION("by the time it happened: the correction counts where the mistake was") {
    const auto statement = ledger.statement(id(2), {at(base + 20), at(base + 40)});
    CHECK(statement.opening == Balance{.credits_posted = 1});
    CHECK(numbers(statement) == std::vector<std::uint64_t>{52, 54, 51});
    CHECK(statement.lines[0].after.net() == 5);
    CHECK(statement.lines[1].after.net() == 1);
    CHECK(statement.closing == Balance{.debits_posted = 4, .credits_posted = 7});
  }
  SECTION("by the time it was booked: as it was known then") {
    const auto statement =
        ledger.statement(id(2), {at(base + 110), at(base + 140)}, TimeAxis::booked);
    CHECK(statement.opening.net() == 1);
    CHECK(numbers(statement) == std::vector<std::uint64_t>{51, 52, 53});
    CHECK(statement.closing.net() == 15);
  }
  SECTION("balances at a time") {
    CHECK(ledger.balance(id(2), at(base + 9)).net() == 0);
    CHECK(ledger.balance(id(2), at(base + 10)).net() == 1);
    CHECK(ledger.balance(id(2), at(base + 30)).net() == 3);
    CHECK(ledger.balance(id(2), at(base + 139), TimeAxis::booked).net() == 15);
    CHECK(ledger.balance(id(2), at(base + 140), TimeAxis::booked).net() == 11);
    CHECK(ledger.balance(id(2)).net() == 11);
  }
  SECTION("a table with one row a line") {
    const Table table = ledger.statement(id(2), {at(base), at(base + 100)}).table();
    CHECK(table.rows() == 5);
    REQUIRE(table.find("amount") != nullptr);
    CHECK(std::get<std::vector<std::int64_t>>(table.find("amount")->cells) ==
          std::vector<std::int64_t>{1, 4, 4, 2, 8});
    CHECK(std::get<TextColumn>(table.find("kind")->cells)[2] == "correct");
  }
  CHECK_THROWS_AS(ledger.statement(id(2), {at(1), at(0)}), Error);
  CHECK_THROWS_AS(ledger.statement(id(77), {at(0), at(1)}), Error);
  CHECK_THROWS_AS(ledger.balance(id(77)), Error);
}

TEST_CASE("the trial balance sums to zero in each unit", "[ledger]") {
  Books books;
  books.open(3, {}, Unit::money("CNY"));
  books.open(4, {}, Unit::money("CNY"));
  Transfer money = transfer(50, 434'000);
  money.debit = id(3);
  money.credit = id(4);
  money.unit = Unit::money("CNY");
  CHECK(books.ledger.post({money, claim(51, 60)}) == Outcomes(2, Outcome::booked));
  const auto totals = books.ledger.trial_balance();
  REQUIRE(totals.size() == 2);
  CHECK(
      totals[0] ==
      TrialBalance{.unit = hours_unit, .accounts = 2, .debits_pending = 60, .credits_pending = 60});
  CHECK(totals[1] == TrialBalance{.unit = Unit::money("CNY"),
                                  .accounts = 2,
                                  .debits_posted = 434'000,
                                  .credits_posted = 434'000});
  CHECK(totals[0].sums_to_zero());
  CHECK(totals[1].sums_to_zero());
}
