#include "jiedui/hours/time_bank.hpp"

#include <tuple>

#include "hours/time_bank_state.hpp"

namespace jiedui {

namespace {

using detail::amount_of;
using detail::limit_of;
using detail::net_of;
using std::chrono::seconds;
using Movement = detail::BankMovement;

constexpr std::size_t id_bytes_max = 256;
constexpr std::size_t tags_max = 64;

bool is_id(std::string_view text) {
  return text.size() <= id_bytes_max && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

void check(const TimeBankMember& member) {
  const auto& [id, organisation, born, guardian, household, tags] = member;
  const bool sound = !id.empty() && guardian != id && is_id(id) && is_id(guardian) &&
                     is_id(household) && tags.size() <= tags_max &&
                     (!born || (*born >= earliest_date && *born <= latest_date)) &&
                     std::all_of(tags.begin(), tags.end(), [](const std::string& tag) {
                       return !tag.empty() && is_id(tag) && tag.find(';') == std::string::npos;
                     });
  if (!sound)
    detail::refuse("member_invalid",
                   "a member has an id, a guardian, a day of birth or a tag that is not kept",
                   "an id; another one as guardian; texts of at most 256 bytes without control "
                   "characters; 1900 to 2199; at "
                   "most 64 tags without \";\"",
                   "mend the member");
}

}  // namespace

TimeBank::TimeBank(HoursLedger& hours, const TimeBankRules& rules, std::string_view name)
    : state_(new State{*hours.state_, rules, std::string(name), Zone(hours.zone())}) {
  (void)limit_of(rules.credit_line);
  (void)limit_of(rules.held.value_or(seconds{0}));
}
TimeBank::TimeBank(TimeBank&&) noexcept = default;
TimeBank& TimeBank::operator=(TimeBank&&) noexcept = default;
TimeBank::~TimeBank() = default;

Outcome TimeBank::enrol(const TimeBankMember& member) {
  return enrol(std::span(&member, 1))[0];
}

std::vector<Outcome> TimeBank::enrol(std::span<const TimeBankMember> members) {
  for (const TimeBankMember& member : members) check(member);
  std::vector<Outcome> outcomes;
  LedgerTransaction transaction = state_->hours.books.begin();
  for (const TimeBankMember& member : members)
    outcomes.push_back(state_->enrol(transaction, member));
  transaction.commit();
  return outcomes;
}

std::optional<TimeBankMember> TimeBank::member(std::string_view id) {
  return state_->hours.directory.find_member(state_->name, id);
}

Table TimeBank::members() {
  TextColumn id, born, guardian, household, tags;
  std::vector<std::int64_t> organisation;
  state_->hours.directory.read_members(state_->name, [&](const TimeBankMember& member) {
    id.push_back(member.id);
    organisation.push_back(member.organisation ? 1 : 0);
    born.push_back(member.born ? format(*member.born) : std::string());
    guardian.push_back(member.guardian);
    household.push_back(member.household);
    std::string all;
    for (const std::string& tag : member.tags) all += (all.empty() ? "" : ";") + tag;
    tags.push_back(all);
    return true;
  });
  return {.name = "members",
          .columns = {{.name = "id", .cells = std::move(id)},
                      {.name = "organisation", .cells = std::move(organisation)},
                      {.name = "born", .cells = std::move(born)},
                      {.name = "guardian", .cells = std::move(guardian)},
                      {.name = "household", .cells = std::move(household)},
                      {.name = "tags", .cells = std::move(tags)}}};
}

Earned TimeBank::earn(Id128 id, std::string_view member, seconds amount, Instant happened,
                      AboveDailyLimit above) {
  return state_->credit(id, member, state_->issue(), Movement::earned, amount, happened, above);
}

Id128 TimeBank::earned_id(Id128 part) {
  return detail::part_id(part, detail::earning_part);
}

Outcome TimeBank::spend(Id128 id, std::string_view member, seconds amount, Instant happened,
                        std::string_view by) {
  const TimeBankMember who = state_->member(member);
  state_->may_spend(who, happened, by);
  return state_->move(
      {id, state_->holder(who), state_->issue(), amount, Movement::spent, happened, by});
}

Outcome TimeBank::give(Id128 id, std::string_view from, std::string_view to, seconds amount,
                       Instant happened, std::string_view by) {
  const TimeBankMember giver = state_->member(from);
  const TimeBankMember taker = state_->member(to);
  state_->may_spend(giver, happened, by);
  return state_->move(
      {id, state_->holder(giver), state_->holder(taker), amount, Movement::given, happened, by});
}

Outcome TimeBank::donate(Id128 id, std::string_view member, seconds amount, Instant happened,
                         std::string_view by) {
  const TimeBankMember who = state_->member(member);
  state_->may_spend(who, happened, by, true);
  return state_->move_held(
      {id, state_->holder(who), state_->pool(), amount, Movement::donated, happened, by});
}

Outcome TimeBank::share(Id128 id, std::string_view member, seconds amount, Instant happened,
                        std::string_view by) {
  const TimeBankMember who = state_->member(member);
  state_->may_spend(who, happened, by);
  return state_->move_held(
      {id, state_->holder(who), state_->household_of(who), amount, Movement::shared, happened, by});
}

Outcome TimeBank::draw(Id128 id, std::string_view member, seconds amount, Instant happened) {
  const TimeBankMember who = state_->member(member);
  return state_->move(
      {id, state_->household_of(who), state_->holder(who), amount, Movement::drawn, happened});
}

std::vector<Grant> TimeBank::grant(std::span<const GrantRequest> requests) {
  const auto& tags = state_->rules.priority;
  const auto rank = [&](const GrantRequest& request) {
    const TimeBankMember who = state_->member(request.member);
    const auto first = std::find_if(tags.begin(), tags.end(), [&](const std::string& tag) {
      return std::find(who.tags.begin(), who.tags.end(), tag) != who.tags.end();
    });
    return first - tags.begin();
  };
  std::vector<std::pair<std::ptrdiff_t, const GrantRequest*>> order;
  for (const GrantRequest& request : requests) {
    (void)amount_of(request.amount);
    order.emplace_back(rank(request), &request);
  }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second->asked, a.second->member, a.second->id) <
           std::tie(b.first, b.second->asked, b.second->member, b.second->id);
  });
  std::vector<Grant> grants;
  LedgerTransaction transaction = state_->hours.books.begin();
  const State::Holder pool = state_->pool();
  for (const auto& [group, request] : order) {
    const State::Holder own = state_->holder(state_->member(request->member));
    Grant& grant = grants.emplace_back(Grant{request->id, Outcome::exists, seconds{0}});
    if (const auto before = transaction.find_entry(request->id)) {
      grant.granted = seconds{static_cast<std::int64_t>(before->amount)};
      if (before->credit != own.id) grant.outcome = Outcome::exists_with_different_credit;
      if (grant.granted > request->amount) grant.outcome = Outcome::exists_with_different_amount;
      continue;
    }
    const auto from = transaction.find_account(pool.id);
    const auto to = transaction.find_account(own.id);
    const seconds there = from ? net_of(*from) : seconds{0};
    seconds room = request->amount;
    if (state_->rules.held) room = *state_->rules.held - (to ? net_of(*to) : seconds{0});
    const seconds granted = std::min({request->amount, there, room});
    if (granted <= seconds{0}) {
      grant.outcome =
          there == seconds{0} ? Outcome::debit_limit_exceeded : Outcome::credit_limit_exceeded;
      continue;
    }
    const State::Step step{request->id, pool, own, granted, Movement::granted, request->asked};
    grant.outcome = state_->post(transaction, std::span(&step, 1));
    if (grant.outcome == Outcome::booked) grant.granted = granted;
  }
  if (transaction.entry_count() > 0) transaction.commit();
  return grants;
}

seconds TimeBank::advance(Instant now) {
  seconds expired{0};
  if (!state_->rules.expires) return expired;
  LedgerTransaction transaction = state_->hours.books.begin();
  const State::Holder pool = state_->pool();
  state_->hours.directory.read_members(state_->name, [&](const TimeBankMember& member) {
    const State::Holder own = state_->holder(member);
    for (const State::Lot& lot : state_->lots_of(own.id)) {
      if (lot.left == 0 || lot.booked + *state_->rules.expires > now) continue;
      const seconds amount{static_cast<std::int64_t>(lot.left)};
      const State::Step step{detail::part_id(lot.entry, detail::expiry_part),
                             own,
                             pool,
                             amount,
                             Movement::expired,
                             now};
      if (state_->post(transaction, std::span(&step, 1)) == Outcome::booked) expired += amount;
    }
    return true;
  });
  if (transaction.entry_count() > 0) transaction.commit();
  return expired;
}

Outcome TimeBank::lend(Id128 id, std::string_view lender, std::string_view borrower, seconds amount,
                       Instant happened) {
  LedgerTransaction transaction = state_->hours.books.begin();
  state_->hours.introduce(PartyKind::organisation, lender);
  state_->hours.introduce(PartyKind::organisation, borrower);
  const State::Step step{id,
                         state_->lending(borrower, lender),
                         state_->lending(lender, borrower),
                         amount,
                         Movement::lent,
                         happened};
  if (lender == borrower) return Outcome::accounts_are_same;
  std::vector<Command> accounts;
  state_->open(transaction, step.debit, accounts);
  state_->open(transaction, step.credit, accounts);
  for (const Command& account : accounts)
    if (const Outcome opened = transaction.post(account); opened != Outcome::booked) return opened;
  const Outcome outcome = state_->post(transaction, std::span(&step, 1));
  if (outcome == Outcome::booked) transaction.commit();
  return outcome;
}
seconds TimeBank::lent(std::string_view organisation, std::string_view other) {
  return state_->balance(state_->lending(organisation, other));
}

Outcome TimeBank::partner(Id128 id, std::string_view bank, const PartnerLimits& limits) {
  LedgerTransaction transaction = state_->hours.books.begin();
  state_->hours.introduce(PartyKind::organisation, bank);
  State::Holder account = state_->partner(bank);
  account.limits = {.debits_over_credits_max = limit_of(limits.they_owe),
                    .credits_over_debits_max = limit_of(limits.we_owe)};
  std::vector<Command> commands;
  state_->open(transaction, account, commands);
  commands.push_back(ChangeLimits{.id = id, .account = account.id, .limits = account.limits});
  if (commands.size() > 1) commands.front().link();
  const Outcome outcome = detail::outcome_of(transaction.post(commands));
  if (outcome == Outcome::booked) transaction.commit();
  return outcome;
}

Outcome TimeBank::send(Id128 id, std::string_view member, std::string_view bank, seconds amount,
                       Instant happened, std::string_view by) {
  const TimeBankMember who = state_->member(member);
  state_->may_spend(who, happened, by);
  return state_->move(
      {id, state_->holder(who), state_->partner(bank), amount, Movement::sent, happened, by});
}
Earned TimeBank::receive(Id128 id, std::string_view bank, std::string_view member, seconds amount,
                         Instant happened, AboveDailyLimit above) {
  return state_->credit(id, member, state_->partner(bank), Movement::received, amount, happened,
                        above);
}
seconds TimeBank::owed_to(std::string_view bank) {
  return state_->balance(state_->partner(bank));
}

Outcome TimeBank::correct(Id128 movement) {
  LedgerTransaction transaction = state_->hours.books.begin();
  std::vector<Command> commands;
  for (const Id128 id : {movement, detail::part_id(movement, detail::overflow_part)})
    if (const auto entry = transaction.find_entry(id)) {
      if (entry->kind != EntryKind::transfer || entry->unit != Unit::time_credits())
        return Outcome::entry_not_found;
      commands.push_back(Correct{.id = detail::part_id(id, detail::correction_part), .entry = id});
    }
  if (commands.empty()) return Outcome::entry_not_found;
  if (commands.size() > 1) commands.front().link();
  const Outcome outcome = detail::outcome_of(transaction.post(commands));
  if (outcome == Outcome::booked) transaction.commit();
  return outcome;
}

Outcome TimeBank::leave(Id128 id, std::string_view member, std::string_view by) {
  const TimeBankMember who = state_->member(member);
  const auto now = std::chrono::floor<seconds>(state_->hours.clock());
  state_->may_spend(who, now, by, true);
  const State::Holder own = state_->holder(who);
  LedgerTransaction transaction = state_->hours.books.begin();
  const auto account = transaction.find_account(own.id);
  if (!account) return Outcome::account_not_found;
  const seconds rest = net_of(*account);
  if (!account->closed && rest < seconds{0}) return Outcome::debit_limit_exceeded;
  if (!account->closed && rest > seconds{0}) {
    const State::Step step{detail::part_id(id, detail::closing_part),
                           own,
                           state_->pool(),
                           rest,
                           Movement::left,
                           now,
                           by};
    if (const Outcome moved = state_->post(transaction, std::span(&step, 1));
        moved != Outcome::booked)
      return moved;
  }
  const Outcome outcome = transaction.post(CloseAccount{.id = id, .account = own.id});
  if (outcome == Outcome::booked) transaction.commit();
  return outcome;
}

seconds TimeBank::balance(std::string_view member) {
  return state_->balance(state_->holder(state_->member(member)));
}
seconds TimeBank::pool() {
  return state_->balance(state_->pool());
}
seconds TimeBank::household_pool(std::string_view household) {
  return state_->balance(state_->household(household));
}
seconds TimeBank::outstanding() {
  return -state_->balance(state_->issue());
}

}  // namespace jiedui
