#pragma once

#include "hours/hours_books.hpp"
#include "jiedui/hours/time_bank.hpp"

namespace jiedui::test {

/// A bank in which A has 5 h, B 1 h less than nothing, the child C a guardian A, and D a household
/// that bears the id of A and holds 1 h; with a second bank, in which A has 3 h.
struct BankOfFour {
  HoursLedger& hours;
  TimeBank bank;
  TimeBank other;
  Instant noon = utc("2026-03-05T04:00:00Z");
  std::uint64_t last = 0;

  explicit BankOfFour(HoursLedger& ledger)
      : hours(ledger),
        bank(ledger, {.credit_line = std::chrono::hours{5}, .guardian_below_age = 18}),
        other(ledger, {}, "other") {
    using namespace std::chrono_literals;
    const std::vector<TimeBankMember> members{
        {.id = "A", .tags = {"elder", "elder_alone"}},
        {.id = "B"},
        {.id = "C", .born = std::chrono::sys_days{2015y / 1 / 2}, .guardian = "A"},
        {.id = "D", .household = "A"}};
    for (const Outcome outcome : bank.enrol(members)) must(outcome);
    must(other.enrol(members[0]));
    must(bank.earn(next(), "A", 5h, noon).outcome);
    must(bank.earn(next(), "C", 2h, noon).outcome);
    must(bank.spend(next(), "C", 1h, noon, "A"));
    must(bank.spend(next(), "B", 1h, noon));
    must(bank.earn(next(), "D", 2h, noon).outcome);
    must(bank.share(next(), "D", 1h, noon));
    must(other.earn(next(), "A", 3h, noon).outcome);
  }
  Id128 next() { return {8, ++last}; }
  static void must(Outcome outcome) {
    if (outcome != Outcome::booked) throw std::runtime_error("the bank was not made");
  }
};

}  // namespace jiedui::test
