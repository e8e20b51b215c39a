#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"

using namespace jiedui;
using namespace jiedui::test;

TEST_CASE("blood, water, clean-ups and money stand in the books beside each other (Y3)",
          "[hours]") {
  MemoryJournal journal;
  HandClock clock;
  Ledger books(journal, clock.clock());
  struct Gift {
    Unit unit;
    std::uint64_t amount;
  };
  // Three years of a fire brigade: 12,000 ml of blood, 140 t of water, 30 streets, 57,000 yuan.
  const Gift gifts[] = {{Unit::millilitres(), 12'000},
                        {Unit::grams(), 140'000'000},
                        {Unit::pieces(), 30},
                        {Unit::money("CNY"), 57'000'00}};
  std::uint64_t number = 1;
  for (const Gift& gift : gifts) {
    const Id128 brigade{1, number}, town{2, number};
    REQUIRE(books.post(OpenAccount{.id = brigade, .unit = gift.unit}) == Outcome::booked);
    REQUIRE(books.post(OpenAccount{.id = town, .unit = gift.unit}) == Outcome::booked);
    CHECK(books.post(Transfer{.id = {3, number},
                              .debit = brigade,
                              .credit = town,
                              .amount = gift.amount,
                              .unit = gift.unit}) == Outcome::booked);
    CHECK(books.balance(town).net() == int128{gift.amount});
    ++number;
  }
  // Units never mix: blood is not paid with money.
  CHECK(books.post(Transfer{
            .id = {4, 1}, .debit = {1, 1}, .credit = {2, 4}, .amount = 1, .unit = gifts[0].unit}) ==
        Outcome::credit_unit_differs);
  CHECK(books.trial_balance().size() == 4);
  for (const TrialBalance& line : books.trial_balance())
    CHECK(line.debits_posted == line.credits_posted);
  CHECK(books.verify().sound());
}

TEST_CASE("a campaign can end at its target (Q19)", "[hours]") {
  MemoryJournal journal;
  HandClock clock;
  Ledger books(journal, clock.clock());
  const Unit yuan = Unit::money("CNY");
  const Id128 givers{0, 1}, purpose{0, 2};
  REQUIRE(books.post(OpenAccount{.id = givers, .unit = yuan}) == Outcome::booked);
  REQUIRE(books.post(OpenAccount{
              .id = purpose, .unit = yuan, .limits = {.credits_over_debits_max = 600'000'00}}) ==
          Outcome::booked);
  const auto give = [&](std::uint64_t id, std::uint64_t amount) {
    return books.post(Transfer{
        .id = {1, id}, .debit = givers, .credit = purpose, .amount = amount, .unit = yuan});
  };
  CHECK(give(1, 599'999'00) == Outcome::booked);
  CHECK(give(2, 2'00) == Outcome::credit_limit_exceeded);
  CHECK(give(3, 1'00) == Outcome::booked);
  CHECK(books.balance(purpose).net() == 600'000'00);
}
