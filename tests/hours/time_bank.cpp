#include "jiedui/hours/time_bank.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const Instant noon = utc("2026-03-05T04:00:00Z");  // 12:00 in Shanghai

/// A bank with members A, B and C.
struct Bank {
  HoursBooks books{"Asia/Shanghai"};
  TimeBank bank;
  std::uint64_t last = 0;

  explicit Bank(const TimeBankRules& rules = {}) : bank(books.ledger, rules) {
    for (const char* member : {"A", "B", "C"})
      REQUIRE(bank.enrol({.id = member}) == Outcome::booked);
  }
  Id128 next() { return {9, ++last}; }
  Earned earn(std::string_view member, std::chrono::seconds amount, Instant happened = noon,
              AboveDailyLimit above = AboveDailyLimit::to_pool) {
    return bank.earn(next(), member, amount, happened, above);
  }
};

}  // namespace

TEST_CASE("credits are earned, spent, given, donated and granted", "[time_bank]") {
  Bank b;
  CHECK(b.earn("A", 3h).kept == 3h);
  CHECK(b.bank.spend(b.next(), "A", 1h, noon) == Outcome::booked);
  CHECK(b.bank.give(b.next(), "A", "B", 30min, noon) == Outcome::booked);
  CHECK(b.bank.donate(b.next(), "A", 1h, noon) == Outcome::booked);
  CHECK(b.bank.balance("A") == 30min);
  CHECK(b.bank.balance("B") == 30min);
  CHECK(b.bank.pool() == 1h);
  CHECK(b.bank.outstanding() == 2h);
  CHECK(b.bank.spend(b.next(), "A", 1h, noon) == Outcome::debit_limit_exceeded);
  CHECK(b.bank.donate(b.next(), "A", 31min, noon) == Outcome::debit_limit_exceeded);
  CHECK(b.bank.give(b.next(), "A", "A", 1min, noon) == Outcome::accounts_are_same);
  CHECK(b.books.ledger.balance("A") == Hours{});  // never hours of service
}

TEST_CASE("the same id again answers exists and moves nothing", "[time_bank]") {
  Bank b({.earned_per_day = 2h, .held = 3h});
  const Id128 id{1, 1};
  const Earned first = b.bank.earn(id, "A", 5h, noon);
  CHECK(first == Earned{Outcome::booked, 2h, 3h});
  CHECK(b.bank.earn(id, "A", 5h, noon) == Earned{Outcome::exists, 2h, 3h});
  CHECK(b.bank.earn(id, "A", 6h, noon).outcome == Outcome::exists_with_different_amount);
  CHECK(b.bank.earn(id, "B", 5h, noon).outcome == Outcome::exists_with_different_credit);
  const Id128 donation{1, 2};
  CHECK(b.bank.donate(donation, "A", 2h, noon) == Outcome::booked);
  CHECK(b.bank.donate(donation, "A", 2h, noon) == Outcome::exists);
  CHECK(b.bank.donate(donation, "A", 1h, noon) == Outcome::exists_with_different_amount);
  CHECK(b.bank.pool() == 5h);
  CHECK(b.bank.enrol({.id = "A"}) == Outcome::exists);
}

// programmes.md, rule 17: Changning 1 h = 1 credit, at most 2 a day and 600 held.
TEST_CASE("Changning: two hours a local day, 600 held, the rest to the pool", "[time_bank]") {
  Bank b({.earned_per_day = 2h, .held = 600h});
  CHECK(b.earn("A", 90min) == Earned{Outcome::booked, 90min, 0s});
  CHECK(b.earn("A", 1h, noon + 11h + 59min) == Earned{Outcome::booked, 30min, 30min});
  CHECK(b.earn("A", 1h, noon + 12h) == Earned{Outcome::booked, 1h, 0s});  // midnight in Shanghai
  CHECK(b.earn("B", 3h, noon, AboveDailyLimit::dropped) == Earned{Outcome::booked, 2h, 0s});
  CHECK(b.earn("B", 3h, noon, AboveDailyLimit::dropped).outcome == Outcome::amount_is_zero);
  for (int day = 1; day <= 300; ++day) (void)b.earn("C", 2h, noon + 24h * day);
  CHECK(b.bank.balance("C") == 600h);
  CHECK(b.earn("C", 2h, noon + 24h * 301) == Earned{Outcome::booked, 0s, 2h});
  CHECK(b.bank.balance("C") == 600h);
}

// programmes.md, rule 17: Nanjing, at most 1,500 h held, the excess is donated, groups only donate,
// donated time goes first to elders who live alone.
TEST_CASE("Nanjing: 1,500 hours held, groups only donate, elders alone first", "[time_bank]") {
  Bank b({.held = 1500h,
          .organisations_only_donate = true,
          .priority = {"elder_alone_key", "elder_alone"}});
  CHECK(b.earn("A", 1600h) == Earned{Outcome::booked, 1500h, 100h});
  CHECK(b.bank.give(b.next(), "A", "B", 1h, noon) == Outcome::booked);
  REQUIRE(b.bank.enrol({.id = "O", .organisation = true}) == Outcome::booked);
  (void)b.earn("O", 10h);
  CHECK(error_code([&] { (void)b.bank.spend(b.next(), "O", 1h, noon); }) ==
        "organisation_only_donates");
  CHECK(error_code([&] { (void)b.bank.give(b.next(), "O", "A", 1h, noon); }) ==
        "organisation_only_donates");
  CHECK(b.bank.donate(b.next(), "O", 10h, noon) == Outcome::booked);
  CHECK(b.bank.pool() == 110h);

  REQUIRE(b.bank.enrol({.id = "K", .tags = {"elder_alone_key"}}) == Outcome::booked);
  REQUIRE(b.bank.enrol({.id = "E", .tags = {"elder_alone"}}) == Outcome::booked);
  const std::vector<GrantRequest> requests{{{5, 1}, "C", 40h, noon},
                                           {{5, 2}, "E", 60h, noon + 1s},
                                           {{5, 3}, "E", 5h, noon},
                                           {{5, 4}, "K", 30h, noon + 2s}};
  const std::vector<Grant> grants = b.bank.grant(requests);
  CHECK(grants == std::vector<Grant>{{{5, 4}, Outcome::booked, 30h},
                                     {{5, 3}, Outcome::booked, 5h},
                                     {{5, 2}, Outcome::booked, 60h},
                                     {{5, 1}, Outcome::booked, 15h}});
  CHECK(b.bank.pool() == 0s);
  for (const Grant& again : b.bank.grant(requests)) CHECK(again.outcome == Outcome::exists);
  const std::vector<GrantRequest> late{{{5, 9}, "K", 1h, noon}};
  CHECK(b.bank.grant(late)[0] == Grant{{5, 9}, Outcome::debit_limit_exceeded, 0s});
}

TEST_CASE("the young spend through their guardian until their birthday", "[time_bank]") {
  Bank b({.guardian_below_age = 18});
  const TimeBankMember child{
      .id = "M", .born = std::chrono::sys_days{2008y / 3 / 6}, .guardian = "G"};
  REQUIRE(b.bank.enrol(child) == Outcome::booked);
  CHECK(b.earn("M", 2h).kept == 2h);
  CHECK(error_code([&] { (void)b.bank.spend(b.next(), "M", 1h, noon); }) == "guardian_needed");
  CHECK(error_code([&] { (void)b.bank.give(b.next(), "M", "A", 1h, noon, "M"); }) ==
        "guardian_needed");
  CHECK(error_code([&] { (void)b.bank.donate(b.next(), "M", 1h, noon); }) == "guardian_needed");
  CHECK(b.bank.spend(b.next(), "M", 1h, noon, "G") == Outcome::booked);
  b.books.clock.set(std::chrono::nanoseconds{(noon + 12h).time_since_epoch()}.count());
  CHECK(b.bank.spend(b.next(), "M", 1h, noon + 12h) == Outcome::booked);  // the 6th in Shanghai
}

TEST_CASE("credits expire, the oldest first, what was spent is not lost twice", "[time_bank]") {
  Bank b({.expires = std::chrono::days{30}});
  (void)b.earn("A", 3h);
  b.books.clock.advance(24h * 10);
  (void)b.earn("A", 2h);
  CHECK(b.bank.spend(b.next(), "A", 1h, noon) == Outcome::booked);
  const Instant start = std::chrono::floor<std::chrono::seconds>(b.books.clock.now());
  CHECK(b.bank.advance(start + 24h * 19) == 0s);
  CHECK(b.bank.advance(start + 24h * 21) == 2h);
  CHECK(b.bank.advance(start + 24h * 21) == 0s);
  CHECK(b.bank.balance("A") == 2h);
  CHECK(b.bank.pool() == 2h);
  CHECK(b.bank.advance(start + 24h * 31) == 2h);
  CHECK(b.bank.balance("A") == 0s);
}

TEST_CASE("a credit line, and the pool of a household", "[time_bank]") {
  Bank b({.credit_line = 5h});
  CHECK(b.bank.spend(b.next(), "A", 5h, noon) == Outcome::booked);
  CHECK(b.bank.balance("A") == -5h);
  CHECK(b.bank.spend(b.next(), "A", 1s, noon) == Outcome::debit_limit_exceeded);
  CHECK(b.bank.donate(b.next(), "B", 1s, noon) == Outcome::debit_limit_exceeded);
  REQUIRE(b.bank.enrol({.id = "W", .household = "H"}) == Outcome::booked);
  REQUIRE(b.bank.enrol({.id = "X", .household = "H"}) == Outcome::booked);
  (void)b.earn("W", 4h);
  CHECK(b.bank.share(b.next(), "W", 3h, noon) == Outcome::booked);
  CHECK(b.bank.draw(b.next(), "X", 2h, noon) == Outcome::booked);
  CHECK(b.bank.draw(b.next(), "X", 2h, noon) == Outcome::debit_limit_exceeded);
  CHECK(b.bank.household_pool("H") == 1h);
  CHECK(error_code([&] { (void)b.bank.draw(b.next(), "A", 1h, noon); }) == "household_missing");
}

TEST_CASE("organisations lend hands and keep a balance", "[time_bank]") {
  Bank b;
  CHECK(b.bank.lend({3, 1}, "O1", "O2", 5h, noon) == Outcome::booked);
  CHECK(b.bank.lend({3, 1}, "O1", "O2", 5h, noon) == Outcome::exists);
  CHECK(b.bank.lend({3, 2}, "O2", "O1", 2h, noon) == Outcome::booked);
  CHECK(b.bank.lent("O1", "O2") == 3h);
  CHECK(b.bank.lent("O2", "O1") == -3h);
  CHECK(b.bank.lent("O1", "O3") == 0s);
  CHECK(b.bank.lend({3, 3}, "O1", "O1", 2h, noon) == Outcome::accounts_are_same);
  CHECK(b.bank.outstanding() == 0s);
}

TEST_CASE("banks owe each other no more than agreed", "[time_bank]") {
  Bank b;
  (void)b.earn("A", 10h);
  CHECK(b.bank.send(b.next(), "A", "East", 1h, noon) == Outcome::credit_not_found);
  CHECK(b.bank.partner({4, 1}, "East", {.we_owe = 3h, .they_owe = 2h}) == Outcome::booked);
  CHECK(b.bank.send(b.next(), "A", "East", 3h, noon) == Outcome::booked);
  CHECK(b.bank.send(b.next(), "A", "East", 1s, noon) == Outcome::credit_limit_exceeded);
  CHECK(b.bank.owed_to("East") == 3h);
  CHECK(b.bank.receive(b.next(), "East", "B", 5h, noon) == Earned{Outcome::booked, 5h, 0h});
  CHECK(b.bank.receive(b.next(), "East", "B", 1s, noon).outcome == Outcome::debit_limit_exceeded);
  CHECK(b.bank.owed_to("East") == -2h);
  CHECK(b.bank.partner({4, 2}, "East", {.we_owe = 3h, .they_owe = 1h}) ==
        Outcome::limits_below_balance);
}

TEST_CASE("a correction gives the day's room back, and expires nothing else", "[time_bank]") {
  Bank b({.earned_per_day = 2h, .expires = std::chrono::days{30}});
  CHECK(b.bank.earn({5, 1}, "A", 3h, noon) == Earned{Outcome::booked, 2h, 1h});
  CHECK(b.bank.correct({5, 1}) == Outcome::booked);
  CHECK(b.bank.correct({5, 1}) == Outcome::exists);
  CHECK(b.bank.balance("A") == 0h);
  CHECK(b.bank.pool() == 0h);
  CHECK(b.earn("A", 2h).kept == 2h);
  CHECK(b.bank.correct({5, 99}) == Outcome::entry_not_found);

  b.books.clock.advance(std::chrono::days{20});
  REQUIRE(b.bank.earn({5, 2}, "A", 1h, noon + std::chrono::days{20}).kept == 1h);
  CHECK(b.bank.correct({5, 2}) == Outcome::booked);  // not the two hours that are older
  b.books.clock.advance(std::chrono::days{11});
  CHECK(b.bank.advance(std::chrono::floor<std::chrono::seconds>(b.books.clock.now())) == 2h);
  CHECK(b.bank.balance("A") == 0h);
}

TEST_CASE("a full account still counts towards the day", "[time_bank]") {
  Bank b({.earned_per_day = 2h, .held = 4h});
  for (int day = 0; day < 2; ++day)
    CHECK(b.earn("A", 2h, noon + std::chrono::days{day}).kept == 2h);
  const Instant third = noon + std::chrono::days{2};
  CHECK(b.earn("A", 2h, third, AboveDailyLimit::dropped) == Earned{Outcome::booked, 0h, 2h});
  CHECK(b.earn("A", 2h, third, AboveDailyLimit::dropped).outcome == Outcome::amount_is_zero);
  CHECK(b.bank.pool() == 2h);
}

TEST_CASE("help for another bank's member is earned under the same limits", "[time_bank]") {
  Bank b({.earned_per_day = 2h});
  REQUIRE(b.bank.partner({4, 1}, "East", {.we_owe = 9h, .they_owe = 9h}) == Outcome::booked);
  CHECK(b.bank.receive(b.next(), "East", "A", 3h, noon) == Earned{Outcome::booked, 2h, 1h});
  CHECK(b.earn("A", 1h) == Earned{Outcome::booked, 0h, 1h});
  CHECK(b.bank.owed_to("East") == -3h);
}

TEST_CASE("new rules reach those who are enrolled again", "[time_bank]") {
  HoursBooks books{"Asia/Shanghai"};
  TimeBank before(books.ledger, {.held = 10h});
  REQUIRE(before.enrol({.id = "A"}) == Outcome::booked);
  CHECK(before.earn({1, 1}, "A", 10h, noon).kept == 10h);
  TimeBank after(books.ledger, {.held = 20h, .credit_line = 5h});
  CHECK(after.earn({1, 2}, "A", 1h, noon) == Earned{Outcome::booked, 0h, 1h});  // nothing is lost
  CHECK(after.enrol({.id = "A"}) == Outcome::exists);
  CHECK(after.earn({1, 3}, "A", 1h, noon).kept == 1h);
  CHECK(after.spend({1, 4}, "A", 16h, noon) == Outcome::booked);
  CHECK(after.balance("A") == -5h);
}

TEST_CASE("nothing gets round a guardian", "[time_bank]") {
  Bank b({.credit_line = 9h});
  const TimeBankMember child{
      .id = "M", .born = std::chrono::sys_days{2016y / 3 / 6}, .guardian = "G", .household = "H"};
  REQUIRE(b.bank.enrol(child) == Outcome::booked);
  CHECK(b.earn("M", 2h).kept == 2h);
  CHECK(error_code([&] { (void)b.bank.leave(b.next(), "M"); }) == "guardian_needed");
  CHECK(error_code([&] {
          (void)b.bank.spend(b.next(), "M", 1h, noon + std::chrono::days{9'000});
        }) == "guardian_needed");
  CHECK(b.bank.enrol({.id = "M", .household = "H"}) == Outcome::exists);  // forgets neither
  CHECK(b.bank.member("M") == child);
  CHECK(error_code([&] { (void)b.bank.enrol({.id = "N", .guardian = "N"}); }) == "member_invalid");
  CHECK(error_code([&] { (void)b.bank.enrol({.id = "M", .organisation = true}); }) ==
        "member_invalid");
  // What is shared is held: no debt is made to give it away.
  CHECK(b.bank.share(b.next(), "M", 3h, noon, "G") == Outcome::debit_limit_exceeded);
  CHECK(b.bank.share(b.next(), "M", 2h, noon, "G") == Outcome::booked);
  CHECK(b.bank.leave(b.next(), "M", "G") == Outcome::booked);
}

TEST_CASE("who leaves, leaves the rest to the pool", "[time_bank]") {
  Bank b;
  (void)b.earn("A", 2h);
  CHECK(b.bank.leave({6, 1}, "A") == Outcome::booked);
  CHECK(b.bank.leave({6, 1}, "A") == Outcome::exists);
  CHECK(b.bank.enrol({.id = "A", .household = "H"}) == Outcome::account_closed);
  CHECK(b.bank.member("A") == TimeBankMember{.id = "A"});
  CHECK(b.bank.pool() == 2h);
  CHECK(b.bank.spend(b.next(), "A", 1h, noon) == Outcome::debit_closed);
  CHECK(error_code([&] { (void)b.bank.balance("Z"); }) == "member_unknown");
  CHECK(error_code([&] { (void)b.earn("B", 0s); }) == "credits_out_of_range");
}

TEST_CASE("whatever is asked of a bank, it sums to zero and keeps its limits", "[time_bank]") {
  std::mt19937 random(seed());
  const auto draw = [&](std::int64_t below) { return static_cast<std::int64_t>(random()) % below; };
  for (std::int64_t run = 0; run < scaled(20); ++run) {
    Bank b({.earned_per_day = 2h, .held = 6h, .credit_line = 1h, .expires = std::chrono::days{9}});
    const std::array<const char*, 3> who{"A", "B", "C"};
    REQUIRE(b.bank.partner(b.next(), "East", {.we_owe = 4h, .they_owe = 3h}) == Outcome::booked);
    for (int step = 0; step < 150; ++step) {
      const char* from = who[static_cast<std::size_t>(draw(3))];
      const char* to = who[static_cast<std::size_t>(draw(3))];
      const std::chrono::seconds amount{1 + draw(10'000)};
      const Instant happened = noon + std::chrono::seconds{draw(86'400 * 5)};
      const auto before = b.bank.outstanding();
      switch (draw(8)) {
        case 0:
        case 1: {
          const Earned earned = b.bank.earn(b.next(), from, amount, happened);
          REQUIRE(earned.kept + earned.to_pool == amount);
          REQUIRE(b.bank.outstanding() == before + amount);
          break;
        }
        case 2:
          (void)b.bank.spend(b.next(), from, amount, happened);
          break;
        case 3:
          (void)b.bank.give(b.next(), from, to, amount, happened);
          break;
        case 4:
          (void)b.bank.donate(b.next(), from, amount, happened);
          break;
        case 5: {
          const GrantRequest request{b.next(), from, amount, happened};
          (void)b.bank.grant(std::span(&request, 1));
          break;
        }
        case 6:
          (void)b.bank.send(b.next(), from, "East", amount, happened);
          break;
        default:
          (void)b.bank.receive(b.next(), "East", from, amount, happened);
      }
      b.books.clock.advance(5h);
      if (step % 10 == 0)
        (void)b.bank.advance(std::chrono::floor<std::chrono::seconds>(b.books.clock.now()));
      auto held = b.bank.pool();
      for (const char* member : who) {
        REQUIRE(b.bank.balance(member) <= 6h);
        REQUIRE(b.bank.balance(member) >= -1h);
        held += b.bank.balance(member);
      }
      REQUIRE(b.bank.pool() >= 0s);
      REQUIRE(b.bank.owed_to("East") <= 4h);
      REQUIRE(b.bank.owed_to("East") >= -3h);
      REQUIRE(held + b.bank.owed_to("East") == b.bank.outstanding());
    }
    REQUIRE(b.books.ledger.books().verify().sound());
  }
}
