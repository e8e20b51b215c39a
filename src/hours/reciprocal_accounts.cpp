#include "hours/reciprocal_accounts.hpp"

#include "hours/record_encoding.hpp"

namespace jiedui {

namespace detail {

Id128 family_reference(const Hash256& salt) {
  return time_bank_account(salt, "", static_cast<std::uint32_t>(ReciprocalRole::family), "");
}

std::vector<Id128> obligations_of(Ledger& books, const Hash256& salt) {
  std::vector<Id128> accounts;
  books.read_entries_about(family_reference(salt), [&](const Entry& entry, const Hash256&) {
    if (entry.kind == EntryKind::open_account) accounts.push_back(entry.id);
    return true;
  });
  return accounts;
}

}  // namespace detail

std::uint64_t HoursLedger::State::add_withdrawal(LedgerTransaction& transaction, Id128 obligation,
                                                 Id128 waiver, const Answer& answer, Chain& chain) {
  const auto account = transaction.find_account(obligation);
  if (!account) return 0;
  Id128 venue;
  std::vector<Id128> open;
  books.read_entries_of(obligation, [&](const Entry& entry, const Hash256&) {
    if (venue.is_zero() && entry.kind == EntryKind::transfer) venue = entry.debit;  // it accrued
    if (entry.kind == EntryKind::claim && !transaction.find_answer(entry.id))
      open.push_back(entry.id);
    return true;
  });
  for (const Id128 claim : open) add(chain, EntryKind::decline, claim, answer);
  const std::uint64_t rest = account->balance.credits_posted - account->balance.debits_posted;
  if (rest > 0)
    chain.commands.push_back(detail::waiver(waiver, obligation, venue, rest, answer.reason,
                                            sign(chain, waiver, answer.by)));
  return rest;
}

}  // namespace jiedui
