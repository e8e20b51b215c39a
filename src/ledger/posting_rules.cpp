#include "jiedui/ledger/posting_rules.hpp"

#include <limits>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

constexpr std::uint64_t amount_max = std::numeric_limits<std::uint64_t>::max();
constexpr std::chrono::seconds timeout_max{std::numeric_limits<std::uint32_t>::max()};
constexpr Instant happened_least{earliest_date};
constexpr Instant happened_end{latest_date + std::chrono::days{1}};

bool moves_at_once(EntryKind kind) {
  return kind == EntryKind::transfer || kind == EntryKind::confirm || kind == EntryKind::correct;
}

/// Whether `more` on one side still keeps it within `limit` of the posted other side.
bool within(std::uint64_t posted, std::uint64_t pending, std::uint64_t more, std::uint64_t other,
            const std::optional<std::uint64_t>& limit) {
  return !limit || uint128{posted} + pending + more <= uint128{other} + *limit;
}

bool within(const AccountLimits& limits, const Balance& balance) {
  return within(balance.debits_posted, balance.debits_pending, 0, balance.credits_posted,
                limits.debits_over_credits_max) &&
         within(balance.credits_posted, balance.credits_pending, 0, balance.debits_posted,
                limits.credits_over_debits_max);
}

/// What stands in the way of moving, or holding, an amount.
Outcome judge_movement(std::uint64_t amount, const Account& debit, const Account& credit) {
  const Balance& from = debit.balance;
  const Balance& to = credit.balance;
  if (uint128{from.debits_posted} + from.debits_pending + amount > amount_max)
    return Outcome::debits_overflow;
  if (uint128{to.credits_posted} + to.credits_pending + amount > amount_max)
    return Outcome::credits_overflow;
  if (!within(from.debits_posted, from.debits_pending, amount, from.credits_posted,
              debit.limits.debits_over_credits_max))
    return Outcome::debit_limit_exceeded;
  if (!within(to.credits_posted, to.credits_pending, amount, to.debits_posted,
              credit.limits.credits_over_debits_max))
    return Outcome::credit_limit_exceeded;
  return Outcome::booked;
}

/// How a command whose id is taken compares with the entry that has it. Only what the caller gives
/// is compared: a kind leaves the other fields to the ledger.
Outcome judge_existing(const Command& command, const Entry& existing) {
  const Entry& asked = command.asked();
  if (asked.kind != existing.kind) return Outcome::exists_with_different_kind;
  if (asked.answers != existing.answers) return Outcome::exists_with_different_answers;
  const bool moves = asked.kind == EntryKind::transfer || asked.kind == EntryKind::claim;
  const bool of_account =
      asked.kind == EntryKind::change_limits || asked.kind == EntryKind::close_account;
  const bool opens = asked.kind == EntryKind::open_account;
  if ((moves || of_account) && asked.debit != existing.debit)
    return Outcome::exists_with_different_debit;
  if (moves && asked.credit != existing.credit) return Outcome::exists_with_different_credit;
  if (moves && asked.amount != existing.amount) return Outcome::exists_with_different_amount;
  if (asked.kind == EntryKind::confirm) {
    const std::uint64_t amount = command.has_amount() ? asked.amount : existing.released;
    if (amount != existing.amount) return Outcome::exists_with_different_amount;
  }
  if ((moves || opens) && asked.unit != existing.unit) return Outcome::exists_with_different_unit;
  if ((moves || opens) && asked.code != existing.code) return Outcome::exists_with_different_code;
  if (asked.reason != existing.reason) return Outcome::exists_with_different_reason;
  if (command.has_happened() && asked.happened != existing.happened)
    return Outcome::exists_with_different_happened;
  if (asked.timeout != existing.timeout) return Outcome::exists_with_different_timeout;
  if (asked.limits != existing.limits) return Outcome::exists_with_different_limits;
  if ((moves || opens) && asked.reference != existing.reference)
    return Outcome::exists_with_different_reference;
  if (asked.commitment != existing.commitment) return Outcome::exists_with_different_commitment;
  return Outcome::exists;
}

Outcome judge_transfer(const Command& command, const Facts& facts) {
  const Entry& asked = command.asked();
  if (asked.unit == Unit{}) return Outcome::unit_is_none;
  if (asked.amount == 0) return Outcome::amount_is_zero;
  const bool in_range = asked.happened >= happened_least && asked.happened < happened_end;
  if (command.has_happened() && !in_range) return Outcome::happened_out_of_range;
  if (asked.timeout < std::chrono::seconds{0} || asked.timeout > timeout_max)
    return Outcome::timeout_out_of_range;
  if (facts.debit == nullptr) return Outcome::debit_not_found;
  if (facts.credit == nullptr) return Outcome::credit_not_found;
  if (asked.debit == asked.credit) return Outcome::accounts_are_same;
  if (asked.unit != facts.debit->unit) return Outcome::debit_unit_differs;
  if (asked.unit != facts.credit->unit) return Outcome::credit_unit_differs;
  if (facts.debit->closed) return Outcome::debit_closed;
  if (facts.credit->closed) return Outcome::credit_closed;
  return judge_movement(asked.amount, *facts.debit, *facts.credit);
}

Outcome judge_answer_to_claim(const Command& command, const Facts& facts, BookedTime booked) {
  const Entry& asked = command.asked();
  if (command.has_amount() && asked.amount == 0) return Outcome::amount_is_zero;
  if (facts.answered == nullptr) return Outcome::claim_not_found;
  const Entry& claim = *facts.answered;
  if (claim.kind != EntryKind::claim) return Outcome::entry_is_no_claim;
  if (facts.answer != nullptr) {
    if (facts.answer->kind == EntryKind::confirm) return Outcome::claim_confirmed;
    if (facts.answer->kind == EntryKind::decline) return Outcome::claim_declined;
    return Outcome::claim_expired;
  }
  const auto time = due(claim);
  const bool expired = time && *time <= booked;
  if (asked.kind == EntryKind::expire) return expired ? Outcome::booked : Outcome::claim_not_due;
  if (expired) return Outcome::claim_expired;
  if (asked.amount > claim.amount) return Outcome::amount_above_claim;
  return Outcome::booked;
}

Outcome judge_correction(const Facts& facts) {
  if (facts.answered == nullptr) return Outcome::entry_not_found;
  if (!moves_at_once(facts.answered->kind)) return Outcome::entry_not_reversible;
  if (facts.answer != nullptr) return Outcome::entry_already_reversed;
  if (facts.debit == nullptr) return Outcome::debit_not_found;
  if (facts.credit == nullptr) return Outcome::credit_not_found;
  return judge_movement(facts.answered->amount, *facts.debit, *facts.credit);
}

Outcome judge_account(const Entry& asked, const Account* account) {
  if (account == nullptr) return Outcome::account_not_found;
  if (account->closed) return Outcome::account_closed;
  if (asked.kind == EntryKind::change_limits)
    return within(asked.limits, account->balance) ? Outcome::booked : Outcome::limits_below_balance;
  const Balance& balance = account->balance;
  const bool claims = balance.debits_pending != 0 || balance.credits_pending != 0;
  return claims ? Outcome::account_has_claims : Outcome::booked;
}

}  // namespace

AccountPair accounts_of(const Command& command, const Entry* answered) {
  const Entry& asked = command.asked();
  switch (asked.kind) {
    case EntryKind::confirm:
    case EntryKind::decline:
    case EntryKind::expire:
      if (answered == nullptr) return {};
      return {answered->debit, answered->credit};
    case EntryKind::correct:
      if (answered == nullptr) return {};
      return {answered->credit, answered->debit};
    default:
      return {asked.debit, asked.credit};
  }
}

Outcome judge(const Command& command, const Facts& facts, BookedTime booked) {
  const Entry& asked = command.asked();
  if (asked.id.is_zero()) return Outcome::id_is_zero;
  if (facts.existing != nullptr) return judge_existing(command, *facts.existing);
  switch (asked.kind) {
    case EntryKind::open_account:
      return asked.unit == Unit{} ? Outcome::unit_is_none : Outcome::booked;
    case EntryKind::change_limits:
    case EntryKind::close_account:
      return judge_account(asked, facts.debit);
    case EntryKind::transfer:
    case EntryKind::claim:
      return judge_transfer(command, facts);
    case EntryKind::confirm:
    case EntryKind::decline:
    case EntryKind::expire:
      return judge_answer_to_claim(command, facts, booked);
    case EntryKind::correct:
      return judge_correction(facts);
  }
  return Outcome::exists_with_different_kind;
}

Entry make_entry(const Command& command, const Facts& facts, std::uint64_t number,
                 BookedTime booked) {
  Entry entry = command.asked();
  entry.number = number;
  entry.booked = booked;
  if (!command.has_happened()) entry.happened = std::chrono::floor<std::chrono::seconds>(booked);
  if (entry.kind == EntryKind::change_limits || entry.kind == EntryKind::close_account)
    entry.unit = facts.debit->unit;
  if (facts.answered == nullptr) return entry;

  const Entry& answered = *facts.answered;
  const AccountPair accounts = accounts_of(command, &answered);
  entry.debit = accounts.debit;
  entry.credit = accounts.credit;
  entry.reference = answered.reference;
  entry.unit = answered.unit;
  entry.code = answered.code;
  entry.happened = answered.happened;
  if (entry.kind == EntryKind::correct) {
    entry.amount = answered.amount;
  } else {
    entry.released = answered.amount;
    const bool whole = entry.kind == EntryKind::confirm && !command.has_amount();
    if (whole) entry.amount = answered.amount;
  }
  return entry;
}

void apply(const Entry& entry, Account& account) {
  if (entry.kind == EntryKind::open_account) {
    account = opened_account(entry);
  } else if (entry.kind == EntryKind::change_limits) {
    account.limits = entry.limits;
  } else if (entry.kind == EntryKind::close_account) {
    account.closed = true;
  } else {
    apply(entry, account.id, account.balance);
  }
}

Account opened_account(const Entry& entry) {
  return {.id = entry.id, .unit = entry.unit, .code = entry.code, .limits = entry.limits};
}

}  // namespace jiedui
