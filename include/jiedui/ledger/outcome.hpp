#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string_view>

#include "jiedui/base/export.hpp"

namespace jiedui {

/// What became of one command. The first that applies, from the top, is the one that is given.
///
/// Numbers are never reused or changed. They rise with the order of precedence and leave room, so
/// that a later outcome finds its place between two others. docs/outcomes.md has cause and cure.
enum class [[nodiscard]] Outcome : std::uint16_t{
    booked = 0,

    linked_entry_failed = 10,
    linked_chain_open = 20,
    id_is_zero = 30,

    exists_with_different_kind = 100,
    exists_with_different_answers = 110,
    exists_with_different_debit = 120,
    exists_with_different_credit = 130,
    exists_with_different_amount = 140,
    exists_with_different_unit = 150,
    exists_with_different_code = 160,
    exists_with_different_reason = 170,
    exists_with_different_happened = 180,
    exists_with_different_timeout = 190,
    exists_with_different_limits = 200,
    exists_with_different_reference = 210,
    exists_with_different_commitment = 220,
    exists = 230,

    unit_is_none = 300,
    amount_is_zero = 310,
    happened_out_of_range = 320,
    timeout_out_of_range = 330,

    claim_not_found = 400,
    entry_is_no_claim = 410,
    claim_confirmed = 420,
    claim_declined = 430,
    claim_expired = 440,
    claim_not_due = 445,
    amount_above_claim = 450,
    entry_not_found = 460,
    entry_not_reversible = 470,
    entry_already_reversed = 480,

    account_not_found = 500,
    account_closed = 510,
    account_has_claims = 520,
    limits_below_balance = 530,
    debit_not_found = 540,
    credit_not_found = 550,
    accounts_are_same = 560,
    debit_unit_differs = 570,
    credit_unit_differs = 580,
    debit_closed = 590,
    credit_closed = 600,

    debits_overflow = 700,
    credits_overflow = 710,
    debit_limit_exceeded = 720,
    credit_limit_exceeded = 730,
};

/// An outcome as docs/outcomes.md lists it.
struct OutcomeInfo {
  Outcome outcome;
  std::string_view name;
  std::string_view cause;
  std::string_view cure;
};

/// Every outcome, by precedence.
inline constexpr std::array outcome_list = {
    OutcomeInfo{Outcome::booked, "booked", "the entry is in the books, durably", "nothing to do"},
    OutcomeInfo{Outcome::linked_entry_failed, "linked_entry_failed",
                "another entry of the same linked chain was refused, so none was booked",
                "mend the entry of the chain that has another outcome and post the chain again"},
    OutcomeInfo{Outcome::linked_chain_open, "linked_chain_open",
                "the last command of the call is linked to a next one that does not come",
                "post the whole chain in one call, its last command not linked"},
    OutcomeInfo{Outcome::id_is_zero, "id_is_zero", "the id is zero, which means none",
                "give each command an id, best from IdGenerator"},
    OutcomeInfo{Outcome::exists_with_different_kind, "exists_with_different_kind",
                "the id is taken by an entry of another kind", "choose a new id"},
    OutcomeInfo{Outcome::exists_with_different_answers, "exists_with_different_answers",
                "the id is taken by an answer to another entry", "choose a new id"},
    OutcomeInfo{Outcome::exists_with_different_debit, "exists_with_different_debit",
                "the id is taken by an entry with another debit account (or another account)",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_credit, "exists_with_different_credit",
                "the id is taken by an entry with another credit account",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_amount, "exists_with_different_amount",
                "the id is taken by an entry with another amount",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_unit, "exists_with_different_unit",
                "the id is taken by an entry in another unit", "choose a new id"},
    OutcomeInfo{Outcome::exists_with_different_code, "exists_with_different_code",
                "the id is taken by an entry with another code",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_reason, "exists_with_different_reason",
                "the id is taken by an entry with another reason",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_happened, "exists_with_different_happened",
                "the id is taken by an entry that happened at another time",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_timeout, "exists_with_different_timeout",
                "the id is taken by a claim with another time-out", "choose a new id"},
    OutcomeInfo{Outcome::exists_with_different_limits, "exists_with_different_limits",
                "the id is taken by an entry with other limits", "choose a new id"},
    OutcomeInfo{Outcome::exists_with_different_reference, "exists_with_different_reference",
                "the id is taken by an entry that is for something else",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists_with_different_commitment, "exists_with_different_commitment",
                "the id is taken by an entry whose details off the chain differ",
                "choose a new id, or correct the entry that exists"},
    OutcomeInfo{Outcome::exists, "exists", "the same command was booked before",
                "nothing to do: sending again is safe"},
    OutcomeInfo{Outcome::unit_is_none, "unit_is_none", "the unit is none", "name a unit"},
    OutcomeInfo{Outcome::amount_is_zero, "amount_is_zero", "the amount is zero",
                "give 1 to 18446744073709551615"},
    OutcomeInfo{Outcome::happened_out_of_range, "happened_out_of_range",
                "the time it happened lies outside 1900-01-01 to 2199-12-31", "mend the time"},
    OutcomeInfo{Outcome::timeout_out_of_range, "timeout_out_of_range",
                "the time-out lies outside 0 to 4294967295 seconds",
                "give a time-out in that range; 0 is none"},
    OutcomeInfo{Outcome::claim_not_found, "claim_not_found", "there is no entry of the claim's id",
                "mend the id, or post the claim first"},
    OutcomeInfo{Outcome::entry_is_no_claim, "entry_is_no_claim",
                "the entry of that id is not a claim", "mend the id"},
    OutcomeInfo{Outcome::claim_confirmed, "claim_confirmed", "the claim is already confirmed",
                "to take it back, correct the confirmation"},
    OutcomeInfo{Outcome::claim_declined, "claim_declined", "the claim is already declined",
                "claim again under a new id"},
    OutcomeInfo{Outcome::claim_expired, "claim_expired", "the claim's time-out has passed",
                "claim again under a new id"},
    OutcomeInfo{Outcome::claim_not_due, "claim_not_due",
                "an entry of another book lets a claim expire whose time-out has not passed here",
                "nothing to do: Ledger::advance books the expiry when it is due"},
    OutcomeInfo{Outcome::amount_above_claim, "amount_above_claim",
                "more is confirmed than was claimed",
                "confirm at most the claimed amount and book the rest as an entry of its own"},
    OutcomeInfo{Outcome::entry_not_found, "entry_not_found",
                "there is no entry of the id that is to be corrected", "mend the id"},
    OutcomeInfo{Outcome::entry_not_reversible, "entry_not_reversible",
                "the entry moves nothing that was posted",
                "correct a transfer, a confirmation or a correction; decline an open claim"},
    OutcomeInfo{Outcome::entry_already_reversed, "entry_already_reversed",
                "the entry was corrected before",
                "nothing to do, or correct the correction to bring the entry back"},
    OutcomeInfo{Outcome::account_not_found, "account_not_found", "there is no account of that id",
                "open it first"},
    OutcomeInfo{Outcome::account_closed, "account_closed", "the account is closed",
                "open a new account"},
    OutcomeInfo{Outcome::account_has_claims, "account_has_claims",
                "claims on the account are still open", "confirm or decline them first"},
    OutcomeInfo{Outcome::limits_below_balance, "limits_below_balance",
                "the balance, claims counted, already lies beyond the new limits",
                "move the balance first, or choose wider limits"},
    OutcomeInfo{Outcome::debit_not_found, "debit_not_found", "there is no such debit account",
                "open it first"},
    OutcomeInfo{Outcome::credit_not_found, "credit_not_found", "there is no such credit account",
                "open it first"},
    OutcomeInfo{Outcome::accounts_are_same, "accounts_are_same",
                "debit and credit account are the same", "name two accounts"},
    OutcomeInfo{Outcome::debit_unit_differs, "debit_unit_differs",
                "the debit account is in another unit",
                "units never convert: name an account in "
                "the unit of the transfer"},
    OutcomeInfo{Outcome::credit_unit_differs, "credit_unit_differs",
                "the credit account is in another unit",
                "units never convert: name an account in "
                "the unit of the transfer"},
    OutcomeInfo{Outcome::debit_closed, "debit_closed", "the debit account is closed",
                "name an open account; a closed one takes corrections only"},
    OutcomeInfo{Outcome::credit_closed, "credit_closed", "the credit account is closed",
                "name an open account; a closed one takes corrections only"},
    OutcomeInfo{Outcome::debits_overflow, "debits_overflow",
                "the debits of the debit account, claims counted, would pass 18446744073709551615",
                "carry the balance over to a new account"},
    OutcomeInfo{Outcome::credits_overflow, "credits_overflow",
                "the credits of the credit account, claims counted, would pass "
                "18446744073709551615",
                "carry the balance over to a new account"},
    OutcomeInfo{Outcome::debit_limit_exceeded, "debit_limit_exceeded",
                "the debit account's debits, claims counted, would exceed its credits by more than "
                "its limit",
                "lower the amount, or change the account's limits"},
    OutcomeInfo{Outcome::credit_limit_exceeded, "credit_limit_exceeded",
                "the credit account's credits, claims counted, would exceed its debits by more "
                "than its limit",
                "lower the amount, or change the account's limits"},
};

namespace detail {
constexpr bool outcome_numbers_rise() {
  for (std::size_t i = 1; i < outcome_list.size(); ++i)
    if (outcome_list[i - 1].outcome >= outcome_list[i].outcome) return false;
  return true;
}
}  // namespace detail
static_assert(detail::outcome_numbers_rise(), "the number is the order of precedence");

/// Whether what was asked for is in the books now: booked, or booked before.
constexpr bool succeeded(Outcome outcome) {
  return outcome == Outcome::booked || outcome == Outcome::exists;
}

/// "exists_with_different_amount".
JIEDUI_API std::string_view to_string(Outcome outcome);
/// Cause and cure of an outcome.
JIEDUI_API const OutcomeInfo& info(Outcome outcome);
JIEDUI_API std::ostream& operator<<(std::ostream& out, Outcome outcome);

}  // namespace jiedui
