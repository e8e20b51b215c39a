#include "hours/time_bank_state.hpp"

// What comes onto a member's account: the limits of a day and of what may be held, and by what it
// expires.

namespace jiedui {

using detail::BankMovement;
using std::chrono::seconds;

namespace {

bool is(const Entry& entry, BankMovement movement) {
  return entry.code == static_cast<std::uint32_t>(movement);
}

seconds seconds_of(const Entry& entry) {
  return seconds{static_cast<std::int64_t>(entry.amount)};
}

}  // namespace

Earned TimeBank::State::credit(Id128 id, std::string_view member_id, const Holder& from,
                               Movement movement, seconds amount, Instant happened,
                               AboveDailyLimit above) {
  (void)detail::amount_of(amount);
  LedgerTransaction transaction = hours.books.begin();
  const Holder own = holder(member(member_id));
  if (const auto before = earned_before(transaction, id, own, amount, above)) return *before;
  seconds counts = amount;
  if (rules.earned_per_day) {
    const seconds today = earned_on(own.id, zone.local_date(happened));
    counts = std::clamp(*rules.earned_per_day - today, seconds{0}, amount);
  }
  Earned earned;
  earned.kept = counts;
  const auto account = transaction.find_account(own.id);
  // The account may have been opened under other rules: its own limit is the one that binds.
  if (account && account->limits.credits_over_debits_max) {
    const auto most = static_cast<std::int64_t>(*account->limits.credits_over_debits_max);
    earned.kept = std::clamp(seconds{most} - detail::net_of(*account), seconds{0}, counts);
  }
  earned.to_pool = (above == AboveDailyLimit::to_pool ? amount : counts) - earned.kept;
  std::vector<Step> steps;
  if (earned.kept > seconds{0}) steps.push_back({id, from, own, earned.kept, movement, happened});
  if (earned.to_pool > seconds{0})
    steps.push_back({detail::part_id(id, detail::overflow_part),
                     from,
                     pool(),
                     earned.to_pool,
                     Movement::above_limit,
                     happened,
                     {},
                     own.id});
  if (steps.empty()) return {Outcome::amount_is_zero, {}, {}};
  earned.outcome = post(transaction, steps);
  if (earned.outcome != Outcome::booked) return {earned.outcome, {}, {}};
  transaction.commit();
  return earned;
}

/// What came on the local day of an instant, to the account or above its limits; corrections taken
/// off.
seconds TimeBank::State::earned_on(Id128 account, Date day) {
  seconds sum{0};
  const auto count = [&](const Entry& entry, bool counts) {
    if (!counts || zone.local_date(entry.happened) != day) return true;
    if (entry.kind == EntryKind::transfer) sum += seconds_of(entry);
    if (entry.kind == EntryKind::correct) sum -= seconds_of(entry);
    return true;
  };
  hours.books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
    return count(entry, is(entry, Movement::earned) || is(entry, Movement::received));
  });
  hours.books.read_entries_about(account, [&](const Entry& entry, const Hash256&) {
    return count(entry, is(entry, Movement::above_limit));
  });
  return sum;
}

/// What was booked under an id before; empty if nothing was.
std::optional<Earned> TimeBank::State::earned_before(LedgerTransaction& transaction, Id128 id,
                                                     const Holder& own, seconds amount,
                                                     AboveDailyLimit above_limit) {
  const auto kept = transaction.find_entry(id);
  const auto above = transaction.find_entry(detail::part_id(id, detail::overflow_part));
  if (!kept && !above) return std::nullopt;
  if ((kept && kept->credit != own.id) || (above && above->reference != own.id))
    return Earned{Outcome::exists_with_different_credit, {}, {}};
  Earned earned{Outcome::exists, {}, {}};
  if (kept) earned.kept = seconds_of(*kept);
  if (above) earned.to_pool = seconds_of(*above);
  const seconds sum = earned.kept + earned.to_pool;
  if (sum > amount || (sum < amount && above_limit == AboveDailyLimit::to_pool))
    return Earned{Outcome::exists_with_different_amount, {}, {}};
  return earned;
}

std::vector<TimeBank::State::Lot> TimeBank::State::lots_of(Id128 account) {
  std::vector<Lot> lots;
  std::uint64_t gone = 0;
  hours.books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
    if (entry.kind != EntryKind::transfer && entry.kind != EntryKind::correct) return true;
    if (entry.credit == account) {
      lots.push_back({entry.id, entry.booked, entry.amount});
      return true;
    }
    // A correction takes away the credits that it corrects, not the oldest.
    const auto corrected = std::find_if(lots.begin(), lots.end(), [&](const Lot& lot) {
      return entry.kind == EntryKind::correct && lot.entry == entry.answers;
    });
    if (corrected == lots.end())
      gone += entry.amount;
    else
      corrected->left = 0;
    return true;
  });
  for (Lot& lot : lots) {
    const std::uint64_t taken = std::min(gone, lot.left);
    lot.left -= taken;
    gone -= taken;
  }
  return lots;
}

}  // namespace jiedui
