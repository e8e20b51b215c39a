#include <catch2/catch.hpp>

#include "hours/erased_member.hpp"
#include "store/on_both.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

// Members of time banks, in memory and in a store.

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

std::vector<std::string> texts_of(const Table& table, std::size_t column) {
  const auto& cells = std::get<TextColumn>(table.columns.at(column).cells);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < cells.size(); ++row) texts.emplace_back(cells[row]);
  return texts;
}

}  // namespace

TEST_CASE("the members of a bank are there again after opening", "[store][time_bank]") {
  const Town town;
  HandClock clock;
  const StoreOptions options{.zone = "Asia/Shanghai", .clock = clock.clock()};
  const TimeBankRules rules{.expires = std::chrono::days{30}, .guardian_below_age = 18};
  TimeBankMember child{.id = "M",
                       .born = std::chrono::sys_days{2012y / 2 / 29},
                       .guardian = "G",
                       .household = "H",
                       .tags = {"elder", "alone"}};
  const Instant noon = utc("2026-03-05T04:00:00Z");
  {
    Store store = Store::open_or_create(town.path, options);
    TimeBank bank(store.ledger(), rules);
    REQUIRE(bank.enrol(child) == Outcome::booked);
    REQUIRE(bank.enrol({.id = "O", .organisation = true}) == Outcome::booked);
    REQUIRE(bank.earn({1, 1}, "M", 2h, noon).outcome == Outcome::booked);
    REQUIRE(TimeBank(store.ledger(), rules, "other").enrol({.id = "X"}) == Outcome::booked);
  }
  clock.advance(24h * 40);
  {
    Store store = Store::open(town.path, StoreAccess::read_only, options);
    TimeBank bank(store.ledger(), rules);
    CHECK(bank.member("M") == child);
    CHECK(bank.member("O") == TimeBankMember{.id = "O", .organisation = true});
    CHECK_FALSE(bank.member("X"));
    CHECK(bank.balance("M") == 2h);
    CHECK(texts_of(bank.members(), 0) == std::vector<std::string>{"M", "O"});
    CHECK(texts_of(bank.members(), 2) == std::vector<std::string>{"2012-02-29", ""});
    CHECK(texts_of(bank.members(), 5) == std::vector<std::string>{"elder;alone", ""});
  }
  Store store = Store::open(town.path, StoreAccess::read_write, options);
  TimeBank bank(store.ledger(), rules);
  CHECK(error_code([&] { (void)bank.spend({1, 2}, "M", 1h, noon); }) == "guardian_needed");
  CHECK(bank.spend({1, 2}, "M", 1h, noon, "G") == Outcome::booked);
  CHECK(bank.advance(std::chrono::floor<std::chrono::seconds>(clock.now())) == 1h);
  child.guardian = "G2";
  child.tags.clear();
  CHECK(bank.enrol(child) == Outcome::exists);
  CHECK(bank.member("M") == child);
  CHECK(town.look("SELECT guardian FROM time_bank_members WHERE id = 'M'") == "G2");
}

TEST_CASE("a member that could not be read again is refused", "[store][time_bank]") {
  on_both([](HoursLedger& hours) {
    TimeBank bank(hours, {});
    const auto refused = [&](const TimeBankMember& member) {
      const std::vector<TimeBankMember> both{{.id = "first"}, member};
      return error_code([&] { (void)bank.enrol(both); });
    };
    CHECK(refused({.id = "A"}).empty());
    CHECK(refused({.id = ""}) == "member_invalid");
    CHECK(refused({.id = std::string(257, 'a')}) == "member_invalid");
    CHECK(refused({.id = "A\nB"}) == "member_invalid");
    CHECK(refused({.id = "B", .guardian = "G\t"}) == "member_invalid");
    CHECK(refused({.id = "B", .tags = {"a;b"}}) == "member_invalid");
    CHECK(refused({.id = "B", .tags = {""}}) == "member_invalid");
    CHECK(refused({.id = "B", .tags = std::vector<std::string>(65, "t")}) == "member_invalid");
    CHECK(refused({.id = "B", .born = std::chrono::sys_days{1899y / 12 / 31}}) == "member_invalid");
    CHECK_FALSE(bank.member("B"));
  });
}

TEST_CASE("what is not committed of a member is not there", "[store][time_bank]") {
  const Town town;
  Store store = town.open();
  {
    LedgerTransaction transaction = store.books().begin();
    store.ledger().directory().save_member("", {.id = "A"});
    CHECK(store.ledger().directory().find_member("", "A"));
  }
  CHECK_FALSE(store.ledger().directory().find_member("", "A"));
}

TEST_CASE("an erased member leaves credits to the pool, and nobody names them",
          "[store][time_bank]") {
  on_both([](HoursLedger& hours) {
    BankOfFour four(hours);
    const auto outstanding = four.bank.outstanding();
    CHECK(hours.erase("A") == Outcome::booked);
    CHECK(four.bank.pool() == 6h);  // 5 h of A's own, 1 h of the household of that id
    CHECK(four.other.pool() == 3h);
    CHECK(four.bank.outstanding() == outstanding);
    CHECK_FALSE(four.bank.member("A"));
    CHECK_FALSE(four.other.member("A"));
    CHECK(four.bank.member("C")->guardian.empty());
    CHECK(four.bank.member("C")->born);
    CHECK(four.bank.member("D")->household.empty());
    CHECK(four.bank.balance("D") == 1h);
    CHECK(error_code([&] { (void)four.bank.balance("A"); }) == "member_unknown");
    CHECK_FALSE(hours.directory().find(PartyKind::volunteer, "A"));
    CHECK_FALSE(hours.directory().find(PartyKind::organisation, "A"));
    CHECK_FALSE(hours.directory().find_answer({8, 3}));
    CHECK(hours.books().verify().sound());
    CHECK(hours.erase("A") == Outcome::account_not_found);

    // The same external id, given to someone else later, starts from nothing.
    CHECK(four.bank.enrol({.id = "A"}) == Outcome::booked);
    CHECK(four.bank.balance("A") == 0s);
  });
}

TEST_CASE("what an erased member owed is written off", "[store][time_bank]") {
  on_both([](HoursLedger& hours) {
    BankOfFour four(hours);
    CHECK(four.bank.leave(four.next(), "B") == Outcome::debit_limit_exceeded);
    const auto outstanding = four.bank.outstanding();
    CHECK(hours.erase("B") == Outcome::booked);
    CHECK(four.bank.outstanding() == outstanding + 1h);
    CHECK(four.bank.pool() == 0s);
    CHECK_FALSE(four.bank.member("B"));
    CHECK(hours.books().verify().sound());
  });
}

TEST_CASE("hours and credits of a person are erased together, claims on them declined",
          "[store][time_bank]") {
  on_both([](HoursLedger& hours) {
    BankOfFour four(hours);
    const ServiceRecord record = served(planned("A", "N", "2026-03-05T08:00:00Z"), 2h);
    REQUIRE(hours.post(record) == Outcome::booked);
    Id128 account;  // of A in the bank: the one that was given 5 h
    hours.books().read_entries(1, hours.books().head().count,
                               [&](const Entry& entry, const Hash256&) {
                                 if (entry.id == Id128{8, 1}) account = entry.credit;
                                 return account.is_zero();
                               });
    Id128 issue;
    hours.books().read_entries_of(account, [&](const Entry& entry, const Hash256&) {
      if (entry.kind == EntryKind::transfer) issue = entry.debit;
      return issue.is_zero();
    });
    REQUIRE(hours.books().post(Claim{.id = {8, 99},
                                     .debit = account,
                                     .credit = issue,
                                     .amount = 60,
                                     .unit = Unit::time_credits()}) == Outcome::booked);
    const Id128 own = hours.account_of("A").value();
    const Id128 record_id = hours.id_of(record);
    CHECK(hours.erase("A") == Outcome::booked);
    CHECK(hours.books().find_account(account)->closed);
    CHECK(hours.books().find_account(own)->closed);
    CHECK_FALSE(hours.find(record_id));
    CHECK(hours.books().find_answer({8, 99})->kind == EntryKind::decline);
    CHECK(four.bank.pool() == 6h);
    CHECK(hours.books().verify().sound());
  });
}

TEST_CASE("whoever is erased, a bank's accounts add up to zero", "[store][time_bank]") {
  std::mt19937 random(seed());
  const auto draw = [&](std::size_t below) { return random() % below; };
  for (std::int64_t run = 0; run < scaled(10); ++run) {
    HoursBooks books;
    TimeBank bank(books.ledger, {.held = 9h, .credit_line = 4h}, "bank");
    const std::vector<std::string> people{"A", "B", "C", "D", "E"};
    const std::vector<std::string> households{"", "H", "A"};
    const Instant noon = utc("2026-03-05T04:00:00Z");
    std::uint64_t last = 0;
    const auto next = [&] { return Id128{8, ++last}; };
    for (int step = 0; step < 120; ++step) {
      const std::string& who = people[draw(people.size())];
      const std::chrono::seconds amount{1 + static_cast<std::int64_t>(draw(9'000))};
      const std::string& guardian = people[draw(people.size())];
      if (!bank.member(who))
        REQUIRE(bank.enrol({.id = who,
                            .guardian = guardian == who ? std::string() : guardian,
                            .household = households[draw(3)]}) == Outcome::booked);
      const std::string& other = people[draw(people.size())];
      switch (draw(6)) {
        case 0:
          (void)bank.earn(next(), who, amount, noon);
          break;
        case 1:
          (void)bank.spend(next(), who, amount, noon, who);
          break;
        case 2:
          if (bank.member(other)) (void)bank.give(next(), who, other, amount, noon, other);
          break;
        case 3:
          if (!bank.member(who)->household.empty())
            (void)bank.share(next(), who, amount, noon, who);
          break;
        case 4:
          (void)bank.donate(next(), who, amount, noon, who);
          break;
        default:
          REQUIRE(books.ledger.erase(who) == Outcome::booked);
          REQUIRE_FALSE(bank.member(who));
      }
      auto held = bank.pool() + bank.household_pool("H") + bank.household_pool("A");
      for (const std::string& person : people) {
        if (!bank.member(person)) continue;
        held += bank.balance(person);
      }
      REQUIRE(held == bank.outstanding());
    }
    REQUIRE(books.ledger.books().verify().sound());
  }
}
