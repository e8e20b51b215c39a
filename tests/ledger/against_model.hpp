#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "jiedui/ledger/journal.hpp"
#include "ledger/books.hpp"
#include "ledger/model.hpp"

namespace jiedui::test {

/// What random commands are worth something for: that they meet nearly everything.
inline constexpr std::array outcomes_to_meet = {Outcome::booked,
                                                Outcome::linked_entry_failed,
                                                Outcome::linked_chain_open,
                                                Outcome::exists,
                                                Outcome::exists_with_different_kind,
                                                Outcome::claim_not_found,
                                                Outcome::claim_confirmed,
                                                Outcome::claim_declined,
                                                Outcome::claim_expired,
                                                Outcome::amount_above_claim,
                                                Outcome::entry_not_found,
                                                Outcome::entry_not_reversible,
                                                Outcome::entry_already_reversed,
                                                Outcome::account_not_found,
                                                Outcome::account_closed,
                                                Outcome::account_has_claims,
                                                Outcome::limits_below_balance,
                                                Outcome::debit_not_found,
                                                Outcome::credit_not_found,
                                                Outcome::accounts_are_same,
                                                Outcome::debit_unit_differs,
                                                Outcome::credit_unit_differs,
                                                Outcome::debit_closed,
                                                Outcome::credit_closed,
                                                Outcome::debits_overflow,
                                                Outcome::credits_overflow,
                                                Outcome::debit_limit_exceeded,
                                                Outcome::credit_limit_exceeded};

/// The model's answer to a call, linked chains included.
inline std::vector<Outcome> post_to(Model& model, std::int64_t& last, std::int64_t now,
                                    const std::vector<Command>& commands) {
  std::vector<Outcome> outcomes;
  for (std::size_t begin = 0; begin < commands.size();) {
    std::size_t end = begin;
    while (end < commands.size() && commands[end].linked()) ++end;
    const bool open = end == commands.size();
    end = std::min(end + 1, commands.size());
    Model tried = model;
    std::int64_t tried_last = last;
    std::vector<Outcome> chain;
    for (std::size_t i = begin; i < end && !open; ++i) {
      const std::int64_t booked = std::max(now, tried_last + 1);
      chain.push_back(tried.post(commands[i], booked));
      if (chain.back() == Outcome::booked) tried_last = booked;
      if (!succeeded(chain.back())) break;
    }
    const auto booked = std::count(chain.begin(), chain.end(), Outcome::booked);
    const bool all = chain.size() == end - begin && (chain.empty() || succeeded(chain.back()));
    const bool kept = all && (booked == 0 || booked == std::ptrdiff_t(chain.size()));
    if (kept) {
      model = tried;
      last = tried_last;
    } else if (!chain.empty() && !succeeded(chain.back())) {
      const Outcome failure = chain.back();
      std::fill(chain.begin(), chain.end(), Outcome::linked_entry_failed);
      chain.back() = failure;
    } else {
      std::replace(chain.begin(), chain.end(), Outcome::booked, Outcome::linked_entry_failed);
    }
    chain.resize(end - begin, Outcome::linked_entry_failed);
    if (open) chain.back() = Outcome::linked_chain_open;
    outcomes.insert(outcomes.end(), chain.begin(), chain.end());
    begin = end;
  }
  return outcomes;
}

/// In what a journal's accounts differ from the model's, are beyond their limits, or do not sum to
/// zero in each unit; "" if in nothing.
template <class J>
std::string difference(const Model& model, J& journal) {
  std::map<Unit, int128> sums;
  std::size_t accounts = 0;
  std::string found;
  journal.read_accounts([&](const Account& account) {
    ++accounts;
    const auto expected = model.accounts.find(account.id.low);
    if (expected == model.accounts.end()) {
      found = "an account that the model has not";
      return false;
    }
    const Model::Totals totals = model.totals(account.id.low);
    const Balance& balance = account.balance;
    const AccountLimits& limits = account.limits;
    if (account.unit != expected->second.unit) found = "unit";
    if (account.closed != expected->second.closed) found = "closed";
    if (limits != expected->second.limits) found = "limits";
    if (int128{balance.debits_posted} != totals.debits) found = "debits_posted";
    if (int128{balance.credits_posted} != totals.credits) found = "credits_posted";
    if (int128{balance.debits_pending} != totals.debits_pending) found = "debits_pending";
    if (int128{balance.credits_pending} != totals.credits_pending) found = "credits_pending";
    const int128 debits = totals.debits + totals.debits_pending - totals.credits;
    const int128 credits = totals.credits + totals.credits_pending - totals.debits;
    if (debits > int128{limits.debits_over_credits_max.value_or(u64_max)}) found = "debit limit";
    if (credits > int128{limits.credits_over_debits_max.value_or(u64_max)}) found = "credit limit";
    sums[account.unit] += balance.net();
    return found.empty();
  });
  if (!found.empty()) return found;
  if (accounts != model.accounts.size()) return "an account is missing";
  for (const auto& [unit, sum] : sums)
    if (sum != 0) return unit.name() + " does not sum to zero";
  return "";
}

}  // namespace jiedui::test
