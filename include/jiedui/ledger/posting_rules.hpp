#pragma once

#include "jiedui/ledger/command.hpp"
#include "jiedui/ledger/outcome.hpp"

namespace jiedui {

/// All that the books say about one command. Null where there is nothing.
struct Facts {
  const Entry* existing = nullptr;  ///< the entry of the command's own id
  const Entry* answered = nullptr;  ///< the claim, or the entry to correct
  const Entry* answer = nullptr;    ///< what answered that one before
  const Account* debit = nullptr;   ///< the account of asked_accounts().debit
  const Account* credit = nullptr;  ///< the account of asked_accounts().credit
};

/// The two accounts that a command touches.
struct AccountPair {
  Id128 debit;
  Id128 credit;
};

/// Which accounts a command touches. @param answered as in Facts.
JIEDUI_API AccountPair accounts_of(const Command& command, const Entry* answered);

/// What becomes of a command that is booked at that time. A pure function: O(1), no exceptions.
JIEDUI_API Outcome judge(const Command& command, const Facts& facts, BookedTime booked);

/// The entry of a command that is judged booked.
JIEDUI_API Entry make_entry(const Command& command, const Facts& facts, std::uint64_t number,
                            BookedTime booked);

/// What an entry does to one of its two accounts: balance, limits, open or closed.
JIEDUI_API void apply(const Entry& entry, Account& account);

/// The account that an entry opens, before anything is booked on it.
JIEDUI_API Account opened_account(const Entry& entry);

}  // namespace jiedui
