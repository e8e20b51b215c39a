#include <algorithm>
#include <set>

#include "hours/hours_state.hpp"
#include "hours/reciprocal_accounts.hpp"
#include "hours/record_encoding.hpp"
#include "hours/time_bank_state.hpp"

namespace jiedui {

namespace {

using detail::BankMovement;
using detail::BankRole;

constexpr auto reason = static_cast<std::uint32_t>(HoursReason::erased);

Id128 closing_of(Id128 account) {
  return detail::answer_id(EntryKind::close_account, account);
}

Id128 bank_account(const Party& party, const std::string& bank, BankRole role) {
  return detail::time_bank_account(party.salt, bank, static_cast<std::uint32_t>(role), {});
}

std::vector<std::string> banks_naming(Directory& directory, std::string_view person) {
  std::vector<std::string> banks = directory.banks_naming(person);
  // Stores of schema 2 kept accounts and no members: the bank without a name is looked at anyway.
  if (std::find(banks.begin(), banks.end(), "") == banks.end()) banks.emplace_back();
  return banks;
}

}  // namespace

void HoursLedger::State::settle_in_bank(const std::string& bank, const Account& account,
                                        Chain& chain) {
  const auto rest = detail::net_of(account).count();
  if (rest == 0) return;
  const auto own = directory.find(PartyKind::organisation, "");
  JIEDUI_CHECK(own.has_value());
  const bool owed = rest < 0;
  const auto movement = owed ? BankMovement::written_off : BankMovement::left;
  chain.commands.push_back(
      Transfer{.id = detail::part_id(closing_of(account.id), detail::closing_part),
               .debit = owed ? bank_account(*own, bank, BankRole::issue) : account.id,
               .credit = owed ? account.id : bank_account(*own, bank, BankRole::pool),
               .amount = static_cast<std::uint64_t>(owed ? -rest : rest),
               .unit = Unit::time_credits(),
               .code = static_cast<std::uint32_t>(movement),
               .reason = reason});
}

Outcome HoursLedger::erase(std::string_view person) {
  Directory& directory = state_->directory;
  state_->books.advance();  // what is due cannot be declined any more
  LedgerTransaction transaction = state_->begin();
  const auto party = directory.find(PartyKind::volunteer, person);
  const auto household = directory.find(PartyKind::organisation, person);
  const std::vector<std::string> banks = banks_naming(directory, person);

  const std::string nobody;
  const State::Answer erased{EntryKind::decline, nobody, {}, HoursReason::erased};
  State::Chain chain;
  std::vector<Account> accounts;
  std::set<Id128> declined;
  const auto take = [&](Id128 id) {
    const auto account = transaction.find_account(id);
    if (account) accounts.push_back(*account);
    return account && !account->closed;
  };
  const auto decline_claims = [&](Id128 account) {
    state_->books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
      if (entry.kind == EntryKind::claim && !transaction.find_answer(entry.id) &&
          declined.insert(entry.id).second)
        state_->add(chain, EntryKind::decline, entry.id, erased);
      return true;
    });
  };
  bool was_household = false;
  for (const std::string& bank : banks) {
    const auto leave = [&](const std::optional<Party>& holder, BankRole role) {
      if (!holder || !take(bank_account(*holder, bank, role))) return false;
      decline_claims(accounts.back().id);
      state_->settle_in_bank(bank, accounts.back(), chain);
      return true;
    };
    leave(party, BankRole::member);
    was_household = leave(household, BankRole::household) || was_household;
  }
  if (party) {
    for (const Id128 obligation : detail::obligations_of(state_->books, party->salt))
      if (take(obligation))
        state_->add_withdrawal(transaction, obligation,
                               detail::answer_id(EntryKind::transfer, obligation), erased, chain);
    if (take(party->id)) decline_claims(party->id);
  }
  for (const Account& account : accounts)
    if (!account.closed)
      chain.commands.push_back(CloseAccount{closing_of(account.id), account.id, reason});
  if (!chain.commands.empty())
    if (const Outcome outcome = state_->post(transaction, chain); outcome != Outcome::booked)
      return outcome;

  // Not before nothing can be refused any more: a directory in memory takes nothing back.
  for (const Account& account : accounts)
    state_->books.read_entries_of(account.id, [&](const Entry& entry, const Hash256&) {
      directory.remove_record(entry.id);
      directory.remove_answer(entry.id);
      return true;
    });
  for (const std::string& bank : banks)
    if (const auto member = directory.find_member(bank, person); member && !member->organisation)
      directory.remove_member(bank, person);
  directory.forget(person);
  if (party) directory.remove(PartyKind::volunteer, person);
  if (was_household && !transaction.find_account(household->id))
    directory.remove(PartyKind::organisation, person);
  transaction.commit();
  return accounts.empty() ? Outcome::account_not_found : Outcome::booked;
}

}  // namespace jiedui
