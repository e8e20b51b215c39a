#include <algorithm>

#include "hours/hours_state.hpp"
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

}  // namespace

Outcome HoursLedger::State::close_in_bank(LedgerTransaction& transaction, const std::string& bank,
                                          const Account& account) {
  const auto own = directory.find(PartyKind::organisation, "");
  JIEDUI_CHECK(own.has_value());
  const auto of_bank = [&](BankRole role) {
    return detail::time_bank_account(own->salt, bank, static_cast<std::uint32_t>(role), {});
  };
  std::vector<Command> commands;
  const auto rest = detail::net_of(account).count();
  if (rest != 0) {
    const bool owed = rest < 0;
    const auto movement = owed ? BankMovement::written_off : BankMovement::left;
    commands.push_back(
        linked(Transfer{.id = detail::part_id(closing_of(account.id), detail::closing_part),
                        .debit = owed ? of_bank(BankRole::issue) : account.id,
                        .credit = owed ? account.id : of_bank(BankRole::pool),
                        .amount = static_cast<std::uint64_t>(owed ? -rest : rest),
                        .unit = Unit::time_credits(),
                        .code = static_cast<std::uint32_t>(movement),
                        .reason = reason}));
  }
  commands.push_back(CloseAccount{closing_of(account.id), account.id, reason});
  return detail::outcome_of(transaction.post(commands));
}

Outcome HoursLedger::erase(std::string_view person) {
  Directory& directory = state_->directory;
  LedgerTransaction transaction = state_->begin();
  const auto party = directory.find(PartyKind::volunteer, person);
  const auto household = directory.find(PartyKind::organisation, person);

  std::vector<Id128> closed;  // accounts, whose entries lead to nobody from now on
  std::vector<std::string> banks = directory.banks_naming(person);
  // Stores of schema 2 kept accounts and no members: the bank without a name is looked at anyway.
  if (std::find(banks.begin(), banks.end(), "") == banks.end()) banks.emplace_back();
  bool was_household = false;
  const auto leave = [&](const std::string& bank, const Party& of, BankRole role) {
    const auto account = transaction.find_account(
        detail::time_bank_account(of.salt, bank, static_cast<std::uint32_t>(role), {}));
    if (!account) return Outcome::booked;
    closed.push_back(account->id);
    was_household = was_household || role == BankRole::household;
    return account->closed ? Outcome::booked : state_->close_in_bank(transaction, bank, *account);
  };
  for (const std::string& bank : banks) {
    if (party)
      if (const Outcome left = leave(bank, *party, BankRole::member); left != Outcome::booked)
        return left;
    if (household)
      if (const Outcome left = leave(bank, *household, BankRole::household);
          left != Outcome::booked)
        return left;
  }
  const auto hours = party ? transaction.find_account(party->id) : std::nullopt;
  if (hours) {
    std::vector<Command> commands;
    state_->books.read_entries_of(hours->id, [&](const Entry& entry, const Hash256&) {
      if (entry.kind == EntryKind::claim && !transaction.find_answer(entry.id))
        commands.push_back(
            linked(Decline{detail::answer_id(EntryKind::decline, entry.id), entry.id, reason}));
      return true;
    });
    commands.push_back(CloseAccount{closing_of(hours->id), hours->id, reason});
    const Outcome outcome = detail::outcome_of(transaction.post(commands));
    if (outcome != Outcome::booked && outcome != Outcome::account_closed) return outcome;
    closed.push_back(hours->id);
  }

  // Not before nothing can be refused any more: a directory in memory takes nothing back.
  for (const Id128 account : closed)
    state_->books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
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
  return closed.empty() ? Outcome::account_not_found : Outcome::booked;
}

}  // namespace jiedui
