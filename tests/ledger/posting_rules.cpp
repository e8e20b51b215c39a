#include "jiedui/ledger/posting_rules.hpp"

#include <functional>

#include <catch2/catch.hpp>

#include "ledger/books.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using std::chrono::seconds;

/// Posts the command, expects the outcome, then mends what was wrong, from the top of the list on.
template <class Asked>
struct Walk {
  Ledger& ledger;
  Asked asked;
  void expect(Outcome outcome, const std::function<void(Asked&)>& mend) {
    INFO(to_string(outcome));
    CHECK(ledger.post(asked) == outcome);
    mend(asked);
  }
  void expect(Outcome outcome) {
    expect(outcome, [](Asked&) {});
  }
};

/// Accounts 3 in money, 4 closed, 5 nearly full of debits, 6 nearly full of credits; 7 may owe
/// nothing, 8 may hold at most 10.
struct Street : Books {
  Street() {
    open(3, {}, Unit::money("CNY"));
    open(4);
    CHECK(ledger.post(CloseAccount{.id = id(40), .account = id(4)}) == Outcome::booked);
    open(5);
    open(6);
    Transfer fill = transfer(41, u64_max - 1);
    fill.debit = id(5);
    fill.credit = id(6);
    CHECK(ledger.post(fill) == Outcome::booked);
    open(7, {.debits_over_credits_max = 0});
    open(8, {.credits_over_debits_max = 10});
  }
};

template <class Asked>
void walk_movement(Street& street, Asked asked) {
  asked.id = {};
  asked.unit = {};
  asked.amount = 0;
  asked.debit = asked.credit = id(99);
  asked.happened = Instant{earliest_date} - seconds{1};
  Walk<Asked> walk{street.ledger, asked};
  walk.expect(Outcome::id_is_zero, [](Asked& a) { a.id = id(50); });
  walk.expect(Outcome::unit_is_none, [](Asked& a) { a.unit = hours_unit; });
  walk.expect(Outcome::amount_is_zero, [](Asked& a) { a.amount = 11; });
  walk.expect(Outcome::happened_out_of_range,
              [](Asked& a) { a.happened = Instant{latest_date + std::chrono::days{1}}; });
  walk.expect(Outcome::happened_out_of_range, [](Asked& a) {
    a.happened = Instant{latest_date + std::chrono::days{1}} - seconds{1};
  });
  if constexpr (requires { asked.timeout; }) {
    walk.asked.timeout = seconds{-1};
    walk.expect(Outcome::timeout_out_of_range,
                [](Asked& a) { a.timeout = seconds{4'294'967'296}; });
    walk.expect(Outcome::timeout_out_of_range,
                [](Asked& a) { a.timeout = seconds{4'294'967'295}; });
  }
  walk.expect(Outcome::debit_not_found, [](Asked& a) { a.debit = id(3); });
  walk.expect(Outcome::credit_not_found, [](Asked& a) { a.credit = id(3); });
  walk.expect(Outcome::accounts_are_same,
              [](Asked& a) { a.credit = id(4), a.unit = Unit::grams(); });
  walk.expect(Outcome::debit_unit_differs, [](Asked& a) { a.debit = id(4), a.credit = id(3); });
  walk.expect(Outcome::debit_unit_differs, [](Asked& a) { a.unit = hours_unit; });
  walk.expect(Outcome::credit_unit_differs, [](Asked& a) { a.credit = id(6); });
  walk.expect(Outcome::debit_closed, [](Asked& a) { a.debit = id(5), a.credit = id(4); });
  walk.expect(Outcome::credit_closed, [](Asked& a) { a.credit = id(6); });
  walk.expect(Outcome::debits_overflow, [](Asked& a) { a.debit = id(7); });
  walk.expect(Outcome::credits_overflow, [](Asked& a) { a.credit = id(8); });
  walk.expect(Outcome::debit_limit_exceeded, [](Asked& a) { a.debit = id(1); });
  walk.expect(Outcome::credit_limit_exceeded, [](Asked& a) { a.amount = 10; });
  walk.expect(Outcome::booked);
  walk.expect(Outcome::exists);
}

}  // namespace

TEST_CASE("a transfer's outcomes by precedence", "[ledger]") {
  Street street;
  walk_movement(street, Transfer{});
}

TEST_CASE("a claim's outcomes by precedence", "[ledger]") {
  Street street;
  walk_movement(street, Claim{});
}

TEST_CASE("an id that exists is compared field by field, by precedence", "[ledger]") {
  Street street;
  Claim first = claim(50, 5, 60);
  first.code = 1;
  first.reason = 2;
  first.reference = id(77);
  first.commitment.bytes[0] = 3;
  CHECK(street.ledger.post(first) == Outcome::booked);
  CHECK(street.ledger.post(transfer(50, 5)) == Outcome::exists_with_different_kind);

  Claim other{
      .id = id(50), .debit = id(3), .credit = id(4), .timeout = seconds{7}, .happened = at(0)};
  Walk<Claim> walk{street.ledger, other};
  walk.expect(Outcome::exists_with_different_debit, [](Claim& c) { c.debit = id(1); });
  walk.expect(Outcome::exists_with_different_credit, [](Claim& c) { c.credit = id(2); });
  walk.expect(Outcome::exists_with_different_amount, [](Claim& c) { c.amount = 5; });
  walk.expect(Outcome::exists_with_different_unit, [](Claim& c) { c.unit = hours_unit; });
  walk.expect(Outcome::exists_with_different_code, [](Claim& c) { c.code = 1; });
  walk.expect(Outcome::exists_with_different_reason, [](Claim& c) { c.reason = 2; });
  walk.expect(Outcome::exists_with_different_happened, [](Claim& c) { c.happened = at(1'000); });
  walk.expect(Outcome::exists_with_different_timeout, [](Claim& c) { c.timeout = seconds{60}; });
  walk.expect(Outcome::exists_with_different_reference, [](Claim& c) { c.reference = id(77); });
  walk.expect(Outcome::exists_with_different_commitment,
              [](Claim& c) { c.commitment.bytes[0] = 3; });
  walk.expect(Outcome::exists, [](Claim& c) { c.happened.reset(); });
  walk.expect(Outcome::exists);
}

TEST_CASE("what answers a claim, by precedence", "[ledger]") {
  Street street;
  Ledger& ledger = street.ledger;
  CHECK(ledger.post(transfer(60, 1)) == Outcome::booked);
  CHECK(ledger.post(claim(61, 5)) == Outcome::booked);
  CHECK(ledger.post(claim(62, 5)) == Outcome::booked);
  CHECK(ledger.post(claim(63, 5, 10)) == Outcome::booked);
  CHECK(ledger.post(claim(64, 5, 10)) == Outcome::booked);
  CHECK(ledger.post(claim(65, 5)) == Outcome::booked);
  CHECK(ledger.post(Confirm{.id = id(70), .claim = id(61)}) == Outcome::booked);
  CHECK(ledger.post(Decline{.id = id(71), .claim = id(62)}) == Outcome::booked);
  street.clock.advance(seconds{11});

  Walk<Confirm> confirm{ledger, {.id = {}, .claim = id(99), .amount = 0}};
  confirm.expect(Outcome::id_is_zero, [](Confirm& c) { c.id = id(80); });
  confirm.expect(Outcome::amount_is_zero, [](Confirm& c) { c.amount = 6; });
  confirm.expect(Outcome::claim_not_found, [](Confirm& c) { c.claim = id(60); });
  confirm.expect(Outcome::entry_is_no_claim, [](Confirm& c) { c.claim = id(1); });
  confirm.expect(Outcome::entry_is_no_claim, [](Confirm& c) { c.claim = id(61); });
  confirm.expect(Outcome::claim_confirmed, [](Confirm& c) { c.claim = id(62); });
  confirm.expect(Outcome::claim_declined, [](Confirm& c) { c.claim = id(63); });
  confirm.expect(Outcome::claim_expired);  // due, though no expiry is booked yet
  CHECK(ledger.advance() == 2);
  confirm.expect(Outcome::claim_expired, [](Confirm& c) { c.claim = id(65); });
  confirm.expect(Outcome::amount_above_claim, [](Confirm& c) { c.amount = 5; });
  confirm.expect(Outcome::booked, [](Confirm& c) { c.amount = 4; });
  confirm.expect(Outcome::exists_with_different_amount, [](Confirm& c) { c.amount.reset(); });
  confirm.expect(Outcome::exists, [](Confirm& c) { c.claim = id(61); });
  confirm.expect(Outcome::exists_with_different_answers);

  Walk<Decline> decline{ledger, {.id = id(81), .claim = id(65)}};
  decline.expect(Outcome::claim_confirmed, [](Decline& d) { d.claim = id(64); });
  decline.expect(Outcome::claim_expired, [](Decline& d) { d.id = id(80); });
  decline.expect(Outcome::exists_with_different_kind);
}

TEST_CASE("corrections by precedence", "[ledger]") {
  Street street;
  Ledger& ledger = street.ledger;
  CHECK(ledger.post(claim(60, 5)) == Outcome::booked);
  Transfer spent = transfer(61, 5);
  spent.credit = id(7);
  CHECK(ledger.post(spent) == Outcome::booked);
  Transfer on = transfer(62, 5);
  on.debit = id(7);
  CHECK(ledger.post(on) == Outcome::booked);

  Walk<Correct> correct{ledger, {.id = {}, .entry = id(99), .reason = 3}};
  correct.expect(Outcome::id_is_zero, [](Correct& c) { c.id = id(70); });
  correct.expect(Outcome::entry_not_found, [](Correct& c) { c.entry = id(60); });
  correct.expect(Outcome::entry_not_reversible, [](Correct& c) { c.entry = id(1); });
  correct.expect(Outcome::entry_not_reversible, [](Correct& c) { c.entry = id(61); });
  correct.expect(Outcome::debit_limit_exceeded, [](Correct& c) { c.entry = id(62); });
  correct.expect(Outcome::booked);
  correct.expect(Outcome::exists, [](Correct& c) { c.reason = 4; });
  correct.expect(Outcome::exists_with_different_reason, [](Correct& c) { c.id = id(71); });
  correct.expect(Outcome::entry_already_reversed, [](Correct& c) { c.entry = id(61); });
  correct.expect(Outcome::booked);  // now that account 7 has its five seconds back
  // The correction of a correction brings the entry back.
  CHECK(ledger.post(Correct{.id = id(72), .entry = id(71)}) == Outcome::booked);
  CHECK(ledger.balance(id(7)).net() == 5);
}

TEST_CASE("limits and closing by precedence", "[ledger]") {
  Street street;
  Ledger& ledger = street.ledger;
  CHECK(ledger.post(transfer(50, 10)) == Outcome::booked);
  CHECK(ledger.post(claim(51, 5)) == Outcome::booked);

  Walk<ChangeLimits> limits{ledger, {.id = {}, .account = id(99), .limits = {14, {}}}};
  limits.expect(Outcome::id_is_zero, [](ChangeLimits& c) { c.id = id(60); });
  limits.expect(Outcome::account_not_found, [](ChangeLimits& c) { c.account = id(4); });
  limits.expect(Outcome::account_closed, [](ChangeLimits& c) { c.account = id(1); });
  // Ten are posted and five are pending: fourteen do not do.
  limits.expect(Outcome::limits_below_balance, [](ChangeLimits& c) { c.limits = {15, {}}; });
  limits.expect(Outcome::booked, [](ChangeLimits& c) { c.limits = {16, {}}; });
  limits.expect(Outcome::exists_with_different_limits, [](ChangeLimits& c) { c.account = id(2); });
  limits.expect(Outcome::exists_with_different_debit);
  CHECK(ledger.post(transfer(52, 1)) == Outcome::debit_limit_exceeded);

  Walk<CloseAccount> close{ledger, {.id = {}, .account = id(99)}};
  close.expect(Outcome::id_is_zero, [](CloseAccount& c) { c.id = id(61); });
  close.expect(Outcome::account_not_found, [](CloseAccount& c) { c.account = id(4); });
  close.expect(Outcome::account_closed, [](CloseAccount& c) { c.account = id(1); });
  close.expect(Outcome::account_has_claims);
  CHECK(ledger.post(Decline{.id = id(62), .claim = id(51)}) == Outcome::booked);
  close.expect(Outcome::booked);
  close.expect(Outcome::exists);

  Walk<OpenAccount> open{ledger, {.id = {}}};
  open.expect(Outcome::id_is_zero, [](OpenAccount& o) { o.id = id(63); });
  open.expect(Outcome::unit_is_none, [](OpenAccount& o) { o.unit = hours_unit; });
  open.expect(Outcome::booked, [](OpenAccount& o) { o.unit = Unit::grams(), o.code = 1; });
  open.expect(Outcome::exists_with_different_unit, [](OpenAccount& o) { o.unit = hours_unit; });
  open.expect(Outcome::exists_with_different_code);
}

TEST_CASE("a closed account keeps its balance and takes corrections", "[ledger]") {
  Books books;
  CHECK(books.ledger.post(transfer(50, 10)) == Outcome::booked);
  CHECK(books.ledger.post(CloseAccount{.id = id(51), .account = id(2)}) == Outcome::booked);
  CHECK(books.ledger.balance(id(2)).net() == 10);
  CHECK(books.ledger.post(transfer(52, 1)) == Outcome::credit_closed);
  CHECK(books.ledger.post(Correct{.id = id(53), .entry = id(50)}) == Outcome::booked);
  CHECK(books.ledger.balance(id(2)).net() == 0);
}

TEST_CASE("amounts at the edge of 64 bits are exact", "[ledger]") {
  Books books;
  CHECK(books.ledger.post(transfer(50, u64_max - 3)) == Outcome::booked);
  CHECK(books.ledger.post(transfer(51, 4)) == Outcome::debits_overflow);
  CHECK(books.ledger.post(claim(52, 3)) == Outcome::booked);
  CHECK(books.ledger.post(transfer(53, 1)) == Outcome::debits_overflow);  // pending counts
  CHECK(books.ledger.post(Confirm{.id = id(54), .claim = id(52), .amount = 2}) == Outcome::booked);
  CHECK(books.ledger.post(transfer(55, 1)) == Outcome::booked);
  const Balance balance = books.ledger.balance(id(1));
  CHECK(balance.debits_posted == u64_max);
  CHECK(balance.debits_pending == 0);
  CHECK(balance.net() == -int128{u64_max});
  // A limit at the top of the range is no less a limit, and does not wrap.
  books.open(3, {.debits_over_credits_max = u64_max, .credits_over_debits_max = u64_max});
  books.open(4);
  Transfer most = transfer(56, u64_max);
  most.debit = id(3);
  most.credit = id(4);
  CHECK(books.ledger.post(most) == Outcome::booked);
  most.id = id(57);
  most.amount = 1;
  CHECK(books.ledger.post(most) == Outcome::debits_overflow);
}
