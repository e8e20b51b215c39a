#pragma once

#include <algorithm>

#include "hours/hours_state.hpp"
#include "hours/record_encoding.hpp"
#include "jiedui/hours/time_bank.hpp"

namespace jiedui {

namespace detail {

using std::chrono::seconds;

/// What an account of a time bank is for; its code, and part of what its id is derived from.
enum class BankRole : std::uint32_t {
  member = 101,
  organisation = 102,
  issue = 103,
  pool = 104,
  household = 105,
  lending = 106,
  partner = 107,
};
/// What a movement was; the code of its entry.
enum class BankMovement : std::uint32_t {
  earned = 201,
  above_limit = 202,
  spent = 203,
  given = 204,
  donated = 205,
  shared = 206,
  drawn = 207,
  granted = 208,
  expired = 209,
  lent = 210,
  sent = 211,
  received = 212,
  left = 213,
  written_off = 214,  // what an erased person owed
};
inline constexpr std::uint32_t overflow_part = 1;
inline constexpr std::uint32_t expiry_part = 2;
inline constexpr std::uint32_t closing_part = 3;
inline constexpr std::uint32_t correction_part = 4;
inline constexpr std::uint32_t earning_part = 100;  // of a record; the parts of hours end before

[[noreturn]] inline void refuse(const char* code, const char* message, const char* allowed,
                                const char* way_out) {
  throw Error({.code = code,
               .place = "time bank",
               .message = message,
               .allowed = allowed,
               .way_out = way_out});
}

inline std::uint64_t amount_of(seconds amount) {
  if (amount < seconds{1} || amount.count() > std::int64_t{1} << 62)
    refuse("credits_out_of_range", "not an amount of credits", "1 to 2^62 seconds",
           "mend the amount");
  return static_cast<std::uint64_t>(amount.count());
}

inline seconds net_of(const Account& account) {
  return seconds{static_cast<std::int64_t>(account.balance.net())};
}

inline std::uint64_t limit_of(seconds limit) {
  if (limit < seconds{0} || limit.count() > std::int64_t{1} << 62)
    refuse("credits_out_of_range", "not a limit of credits", "0 to 2^62 seconds", "mend the limit");
  return static_cast<std::uint64_t>(limit.count());
}

}  // namespace detail

struct TimeBank::State {
  using seconds = std::chrono::seconds;
  using Role = detail::BankRole;
  using Movement = detail::BankMovement;

  HoursLedger::State& hours;
  TimeBankRules rules;
  std::string name;
  Zone zone;

  struct Holder {
    Id128 id;
    Role role;
    AccountLimits limits;
  };

  TimeBankMember member(std::string_view id) const {
    auto found = hours.directory.find_member(name, id);
    if (!found)
      detail::refuse("member_unknown", "nobody of that id is enrolled", "a member",
                     "enrol them first");
    return *std::move(found);
  }

  /// The account of a party; its id is zero for one that was never introduced.
  Holder holder(PartyKind kind, std::string_view external_id, Role role, AccountLimits limits,
                std::string_view partner = {}) {
    const auto own = hours.directory.find(kind, external_id);
    if (!own) return {{}, role, limits};
    return {detail::time_bank_account(own->salt, name, static_cast<std::uint32_t>(role), partner),
            role, limits};
  }
  Holder holder(const TimeBankMember& own) {
    AccountLimits limits{.debits_over_credits_max = detail::limit_of(rules.credit_line),
                         .credits_over_debits_max = std::nullopt};
    if (rules.held) limits.credits_over_debits_max = detail::limit_of(*rules.held);
    return own.organisation ? holder(PartyKind::organisation, own.id, Role::organisation, limits)
                            : holder(PartyKind::volunteer, own.id, Role::member, limits);
  }
  // The bank's own accounts stand under the book's own organisation, the empty id.
  Holder issue() { return holder(PartyKind::organisation, "", Role::issue, {}); }
  Holder pool() {
    return holder(PartyKind::organisation, "", Role::pool,
                  {.debits_over_credits_max = 0, .credits_over_debits_max = {}});
  }
  Holder household(std::string_view id) {
    return holder(PartyKind::organisation, id, Role::household,
                  {.debits_over_credits_max = 0, .credits_over_debits_max = {}});
  }
  Holder household_of(const TimeBankMember& own) {
    if (own.household.empty())
      detail::refuse("household_missing", "the member belongs to no household",
                     "a member of a household", "enrol them with their household");
    return household(own.household);
  }
  Holder partner(std::string_view bank) {
    return holder(PartyKind::organisation, bank, Role::partner, {});
  }
  Holder lending(std::string_view organisation, std::string_view other) {
    const auto with = hours.directory.find(PartyKind::organisation, other);
    if (!with) return {{}, Role::lending, {}};
    return holder(PartyKind::organisation, organisation, Role::lending, {}, with->id.to_string());
  }

  seconds balance(const Holder& holder) {
    const auto account = hours.books.find_account(holder.id);
    return account ? detail::net_of(*account) : seconds{0};
  }

  /// The young spend through their guardian; organisations that only donate do not spend.
  void may_spend(const TimeBankMember& own, Instant happened, std::string_view by,
                 bool donates = false) const {
    if (own.organisation && rules.organisations_only_donate && !donates)
      detail::refuse("organisation_only_donates", "organisations may only donate under these rules",
                     "donate", "donate to the pool");
    if (!own.born || rules.guardian_below_age == 0) return;
    const std::chrono::year_month_day born{*own.born};
    // A movement that is dated ahead makes nobody older.
    const auto now = std::chrono::floor<seconds>(hours.clock());
    const std::chrono::year_month_day today{zone.local_date(std::min<Instant>(happened, now))};
    int age = int{today.year()} - int{born.year()};
    if (std::pair{today.month(), today.day()} < std::pair{born.month(), born.day()}) --age;
    if (age < rules.guardian_below_age && (own.guardian.empty() || by != own.guardian))
      detail::refuse("guardian_needed", "the member is too young to spend alone",
                     "by: the guardian's id", "let the guardian decide");
  }

  struct Step {
    Id128 id;
    Holder debit;
    Holder credit;
    seconds amount;
    Movement movement;
    Instant happened;
    std::string_view by = {};
    Id128 about = {};
  };
  void open(LedgerTransaction& transaction, const Holder& holder, std::vector<Command>& commands) {
    if (!transaction.find_account(holder.id))
      commands.push_back(OpenAccount{.id = holder.id,
                                     .unit = Unit::time_credits(),
                                     .code = static_cast<std::uint32_t>(holder.role),
                                     .limits = holder.limits});
  }
  /// Posts steps that succeed together.
  Outcome post(LedgerTransaction& transaction, std::span<const Step> steps) {
    HoursLedger::State::Chain chain;
    for (const Step& step : steps)
      chain.commands.push_back(Transfer{.id = step.id,
                                        .debit = step.debit.id,
                                        .credit = step.credit.id,
                                        .amount = detail::amount_of(step.amount),
                                        .unit = Unit::time_credits(),
                                        .code = static_cast<std::uint32_t>(step.movement),
                                        .happened = step.happened,
                                        .reference = step.about,
                                        .commitment = hours.sign(chain, step.id, step.by)});
    return hours.post(transaction, chain);
  }
  /// Opens the accounts of a member and keeps what is known of them; within a transaction.
  Outcome enrol(LedgerTransaction& transaction, TimeBankMember member) {
    const auto before = hours.directory.find_member(name, member.id);
    if (before && before->organisation != member.organisation)
      detail::refuse("member_invalid", "a person does not become an organisation, nor the reverse",
                     "as they were enrolled", "let them leave, and enrol under another id");
    // What protects the young is changed, not forgotten.
    if (before && !member.born) member.born = before->born;
    if (before && member.guardian.empty()) member.guardian = before->guardian;
    hours.introduce(PartyKind::organisation, "");
    hours.introduce(member.organisation ? PartyKind::organisation : PartyKind::volunteer,
                    member.id);
    if (!member.household.empty()) hours.introduce(PartyKind::organisation, member.household);
    const Holder own = holder(member);
    const auto known = transaction.find_account(own.id);
    if (known && known->closed) return Outcome::account_closed;
    std::vector<Command> commands;
    open(transaction, issue(), commands);
    open(transaction, pool(), commands);
    if (!member.household.empty()) open(transaction, household(member.household), commands);
    open(transaction, own, commands);
    if (known && known->limits != own.limits) {
      const auto now = std::chrono::floor<std::chrono::milliseconds>(hours.clock());
      commands.push_back(ChangeLimits{.id = hours.ids.next(now.time_since_epoch().count()),
                                      .account = own.id,
                                      .limits = own.limits});
    }
    for (std::size_t i = 0; i + 1 < commands.size(); ++i) commands[i].link();
    if (!commands.empty()) {
      const Outcome outcome = detail::outcome_of(transaction.post(commands));
      if (outcome != Outcome::booked) return outcome;
    }
    if (before != member) hours.directory.save_member(name, member);
    return known ? Outcome::exists : Outcome::booked;
  }
  Outcome move(const Step& step) {
    LedgerTransaction transaction = hours.books.begin();
    const Outcome outcome = post(transaction, std::span(&step, 1));
    if (outcome == Outcome::booked) transaction.commit();
    return outcome;
  }

  /// Moves what is held, and nothing on credit.
  Outcome move_held(const Step& step) {
    LedgerTransaction transaction = hours.books.begin();
    const auto account = transaction.find_account(step.debit.id);
    if (!transaction.find_entry(step.id) && account && step.amount > detail::net_of(*account))
      return Outcome::debit_limit_exceeded;
    const Outcome outcome = post(transaction, std::span(&step, 1));
    if (outcome == Outcome::booked) transaction.commit();
    return outcome;
  }

  /// Credits that come onto a member's account, as far as the limits leave room; see `earn`.
  Earned credit(Id128 id, std::string_view member, const Holder& from, Movement movement,
                seconds amount, Instant happened, AboveDailyLimit above);

  /// Credits of an account by when they came, the oldest first, less what has left it.
  struct Lot {
    Id128 entry;
    BookedTime booked;
    std::uint64_t left;
  };
  std::vector<Lot> lots_of(Id128 account);

 private:
  seconds earned_on(Id128 account, Date day);
  std::optional<Earned> earned_before(LedgerTransaction& transaction, Id128 id, const Holder& own,
                                      seconds amount, AboveDailyLimit above_limit);
};

}  // namespace jiedui
