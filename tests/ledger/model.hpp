#pragma once

#include <map>

#include "jiedui/ledger/command.hpp"
#include "jiedui/ledger/outcome.hpp"

namespace jiedui::test {

/// The rules of docs/ledger.md written down a second time, as plainly as can be in 200 lines:
/// balances are summed afresh from all movements, in 128 bits, with nothing shared with src.
class Model {
 public:
  enum class State { none, open, confirmed, declined, expired, reversed };
  struct Record {
    Command command;
    std::uint64_t debit = 0, credit = 0;
    int128 amount = 0;          // what it moves
    State state = State::none;  // of a claim, or of a movement that was corrected
    std::int64_t due = 0;       // of a claim; 0: never
    bool whole = false;         // of a confirmation
  };
  struct Totals {
    int128 debits = 0, credits = 0, debits_pending = 0, credits_pending = 0;
  };
  struct ModelAccount {
    Unit unit;
    AccountLimits limits;
    bool closed = false;
  };

  std::map<std::uint64_t, ModelAccount> accounts;  // by the low half of the id
  std::map<std::uint64_t, Record> records;

  Totals totals(std::uint64_t account) const {
    Totals sum;
    for (const auto& [number, record] : records) {
      const bool claim = record.command.asked().kind == EntryKind::claim;
      if (claim && record.state != State::open) continue;
      if (record.debit == account) (claim ? sum.debits_pending : sum.debits) += record.amount;
      if (record.credit == account) (claim ? sum.credits_pending : sum.credits) += record.amount;
    }
    return sum;
  }

  Outcome post(const Command& command, std::int64_t now) {
    const Entry& a = command.asked();
    if (a.id.low == 0) return Outcome::id_is_zero;
    if (records.contains(a.id.low)) return compare(command, records.at(a.id.low));
    Record record{.command = command};
    const Outcome outcome = judge(command, record, now);  // now: nanoseconds, when it is booked
    if (outcome == Outcome::booked) records.emplace(a.id.low, record);
    return outcome;
  }

  /// @return how many claims expired.
  std::size_t expire(std::int64_t now) {
    std::size_t count = 0;
    for (auto& [number, record] : records) {
      if (record.state != State::open || record.due == 0 || record.due > now) continue;
      record.state = State::expired;
      ++count;
    }
    return count;
  }

 private:
  static constexpr int128 most = 0xFFFF'FFFF'FFFF'FFFF;
  static bool within(int128 amount, const std::optional<std::uint64_t>& limit) {
    return !limit || amount <= int128{*limit};
  }
  static Outcome compare(const Command& command, const Record& old) {
    const Entry& a = command.asked();
    const Entry& b = old.command.asked();
    if (a.kind != b.kind) return Outcome::exists_with_different_kind;
    if (a.answers != b.answers) return Outcome::exists_with_different_answers;
    if (a.debit != b.debit) return Outcome::exists_with_different_debit;
    if (a.credit != b.credit) return Outcome::exists_with_different_credit;
    const bool same = command.has_amount() ? old.amount == a.amount : old.whole;
    if (a.kind == EntryKind::confirm ? !same : a.amount != b.amount)
      return Outcome::exists_with_different_amount;
    if (a.unit != b.unit) return Outcome::exists_with_different_unit;
    if (a.code != b.code) return Outcome::exists_with_different_code;
    if (a.reason != b.reason) return Outcome::exists_with_different_reason;
    if (a.happened != b.happened) return Outcome::exists_with_different_happened;
    if (a.timeout != b.timeout) return Outcome::exists_with_different_timeout;
    if (a.limits != b.limits) return Outcome::exists_with_different_limits;
    return Outcome::exists;
  }

  Outcome judge(const Command& command, Record& record, std::int64_t now) {
    const Entry& a = command.asked();
    switch (a.kind) {
      case EntryKind::open_account:
        accounts[a.id.low] = {a.unit, a.limits, false};
        return Outcome::booked;
      case EntryKind::change_limits:
        return change(a);
      case EntryKind::close_account:
        return close(a);
      case EntryKind::transfer:
      case EntryKind::claim: {
        record = {command, a.debit.low, a.credit.low, a.amount};
        if (a.kind == EntryKind::claim) record.state = State::open;
        if (a.timeout.count() > 0) record.due = now + a.timeout.count() * 1'000'000'000;
        return move(a, record);
      }
      case EntryKind::confirm:
      case EntryKind::decline:
        return answer(command, record, now);
      case EntryKind::correct:
        return correct(a, record);
      default:
        return Outcome::exists_with_different_kind;
    }
  }

  Outcome change(const Entry& a) {
    if (!accounts.contains(a.debit.low)) return Outcome::account_not_found;
    ModelAccount& account = accounts.at(a.debit.low);
    if (account.closed) return Outcome::account_closed;
    const Totals sum = totals(a.debit.low);
    const int128 debits = sum.debits + sum.debits_pending - sum.credits;
    const int128 credits = sum.credits + sum.credits_pending - sum.debits;
    if (!within(debits, a.limits.debits_over_credits_max) ||
        !within(credits, a.limits.credits_over_debits_max))
      return Outcome::limits_below_balance;
    account.limits = a.limits;
    return Outcome::booked;
  }

  Outcome close(const Entry& a) {
    if (!accounts.contains(a.debit.low)) return Outcome::account_not_found;
    if (accounts.at(a.debit.low).closed) return Outcome::account_closed;
    const Totals sum = totals(a.debit.low);
    accounts.at(a.debit.low).closed = sum.debits_pending + sum.credits_pending == 0;
    return accounts.at(a.debit.low).closed ? Outcome::booked : Outcome::account_has_claims;
  }

  Outcome move(const Entry& a, const Record& record) {
    if (a.amount == 0) return Outcome::amount_is_zero;
    if (!accounts.contains(record.debit)) return Outcome::debit_not_found;
    if (!accounts.contains(record.credit)) return Outcome::credit_not_found;
    if (record.debit == record.credit) return Outcome::accounts_are_same;
    if (accounts.at(record.debit).unit != a.unit) return Outcome::debit_unit_differs;
    if (accounts.at(record.credit).unit != a.unit) return Outcome::credit_unit_differs;
    if (accounts.at(record.debit).closed) return Outcome::debit_closed;
    if (accounts.at(record.credit).closed) return Outcome::credit_closed;
    return room(record);
  }

  Outcome room(const Record& record) {
    const Totals from = totals(record.debit), to = totals(record.credit);
    const int128 debits = from.debits + from.debits_pending + record.amount;
    const int128 credits = to.credits + to.credits_pending + record.amount;
    if (debits > most) return Outcome::debits_overflow;
    if (credits > most) return Outcome::credits_overflow;
    if (!within(debits - from.credits, accounts.at(record.debit).limits.debits_over_credits_max))
      return Outcome::debit_limit_exceeded;
    if (!within(credits - to.debits, accounts.at(record.credit).limits.credits_over_debits_max))
      return Outcome::credit_limit_exceeded;
    return Outcome::booked;
  }

  Outcome answer(const Command& command, Record& record, std::int64_t now) {
    const Entry& a = command.asked();
    const bool confirms = a.kind == EntryKind::confirm;
    if (confirms && command.has_amount() && a.amount == 0) return Outcome::amount_is_zero;
    if (!records.contains(a.answers.low)) return Outcome::claim_not_found;
    Record& claim = records.at(a.answers.low);
    if (claim.command.asked().kind != EntryKind::claim) return Outcome::entry_is_no_claim;
    if (claim.state == State::confirmed) return Outcome::claim_confirmed;
    if (claim.state == State::declined) return Outcome::claim_declined;
    if (claim.state == State::expired || (claim.due != 0 && claim.due <= now))
      return Outcome::claim_expired;
    if (confirms && command.has_amount() && int128{a.amount} > claim.amount)
      return Outcome::amount_above_claim;
    claim.state = confirms ? State::confirmed : State::declined;
    if (!confirms) return Outcome::booked;
    record = {command, claim.debit, claim.credit, claim.amount};
    if (command.has_amount()) record.amount = a.amount;
    record.whole = record.amount == claim.amount;
    return Outcome::booked;
  }

  Outcome correct(const Entry& a, Record& record) {
    if (!records.contains(a.answers.low)) return Outcome::entry_not_found;
    Record& wrong = records.at(a.answers.low);
    const EntryKind kind = wrong.command.asked().kind;
    if (kind != EntryKind::transfer && kind != EntryKind::confirm && kind != EntryKind::correct)
      return Outcome::entry_not_reversible;
    if (wrong.state == State::reversed) return Outcome::entry_already_reversed;
    record = {record.command, wrong.credit, wrong.debit, wrong.amount};
    const Outcome outcome = room(record);
    if (outcome == Outcome::booked) wrong.state = State::reversed;
    return outcome;
  }
};

}  // namespace jiedui::test
