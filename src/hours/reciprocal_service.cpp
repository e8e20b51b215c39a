#include "jiedui/hours/reciprocal_service.hpp"

#include <algorithm>

#include "hours/reciprocal_state.hpp"

namespace jiedui {

namespace {

using detail::as_seconds;
using detail::reciprocal_amount;
using detail::refuse_reciprocal;
using std::chrono::seconds;
using Movement = detail::ReciprocalMovement;

constexpr std::size_t longest_id = 256;
constexpr std::chrono::days longest_wait{366};

void check_id(std::string_view id) {
  if (id.empty())
    refuse_reciprocal("id_missing", "a family, venue or session has no id", "1 to 256 bytes",
                      "give the id");
  if (id.size() > longest_id)
    refuse_reciprocal("id_too_long", "the id of a family, venue or session", "1 to 256 bytes",
                      "choose a shorter id");
}

void check_agreement(std::string_view agreed_by) {
  if (agreed_by.empty())
    refuse_reciprocal("agreement_missing", "nobody can be made to serve: a family must agree",
                      "the id of whoever agreed for the family", "ask the family");
}

void check_session(const VenueSession& session) {
  check_id(session.id);
  check_id(session.venue);
  if (session.interval.ends <= session.interval.begins || session.demand < 1)
    refuse_reciprocal("session_invalid", "the session has no time, or welcomes nobody",
                      "ends after begins, a demand of at least 1", "take it from venue_sessions");
}

seconds open_of(const Account& account) {
  const Balance& balance = account.balance;
  return as_seconds(balance.credits_posted - balance.debits_posted - balance.debits_pending);
}

/// What a scheduling says off the chain, as a record of what had been agreed.
ServiceRecord agreed(std::string_view family, const VenueSession& session, seconds amount,
                     std::string_view agreed_by) {
  ServiceRecord record;
  record.volunteer = family;
  record.need = session.id;
  record.organisation = session.venue;
  record.intervals = {session.interval};
  record.served = amount;
  record.recorded_by = agreed_by;
  return record;
}

}  // namespace

ReciprocalService::ReciprocalService(HoursLedger& hours, std::string_view name,
                                     seconds answer_within)
    : state_(new State{*hours.state_, std::string(name), answer_within}) {
  if (answer_within < seconds{1} || answer_within > longest_wait)
    refuse_reciprocal("seconds_out_of_range", "not a time to answer in", "1 second to 366 days",
                      "mend answer_within");
}
ReciprocalService::ReciprocalService(ReciprocalService&&) noexcept = default;
ReciprocalService& ReciprocalService::operator=(ReciprocalService&&) noexcept = default;
ReciprocalService::~ReciprocalService() = default;

Unit ReciprocalService::unit() {
  return detail::reciprocal_unit();
}

Outcome ReciprocalService::accrue(Id128 id, std::string_view family, std::string_view venue,
                                  seconds amount, Instant happened, std::string_view agreed_by) {
  check_id(family);
  check_id(venue);
  check_agreement(agreed_by);
  HoursLedger::State& hours = state_->hours;
  LedgerTransaction transaction = hours.books.begin();
  hours.introduce(PartyKind::organisation, "");
  hours.introduce(PartyKind::organisation, venue);
  hours.introduce(PartyKind::volunteer, family);
  const Id128 from = state_->venue(venue);
  const Id128 to = state_->obligation(family, from);
  State::Chain chain;
  const auto organisation = hours.directory.find(PartyKind::organisation, venue);
  if (!transaction.find_account(from))
    chain.commands.push_back(State::opening(from, State::Role::venue, organisation->id));
  if (!transaction.find_account(to)) {
    const auto party = hours.directory.find(PartyKind::volunteer, family);
    OpenAccount open =
        State::opening(to, State::Role::obligation, detail::family_reference(party->salt));
    open.commitment = hours.sign(chain, to, family);
    chain.commands.push_back(open);
  }
  chain.commands.push_back(Transfer{.id = id,
                                    .debit = from,
                                    .credit = to,
                                    .amount = reciprocal_amount(amount),
                                    .unit = unit(),
                                    .code = static_cast<std::uint32_t>(Movement::accrued),
                                    .happened = happened,
                                    .reference = state_->service(),
                                    .commitment = hours.sign(chain, id, agreed_by)});
  return state_->post(transaction, chain);
}

Scheduled ReciprocalService::schedule(Id128 id, std::string_view family,
                                      const VenueSession& session, std::string_view agreed_by) {
  check_id(family);
  check_session(session);
  check_agreement(agreed_by);
  HoursLedger::State& hours = state_->hours;
  LedgerTransaction transaction = hours.books.begin();
  hours.introduce(PartyKind::need, session.id);
  const Id128 about = hours.directory.find(PartyKind::need, session.id)->id;
  Claim claim{.id = id,
              .debit = state_->obligation(family, session.venue),
              .credit = state_->venue(session.venue),
              .unit = unit(),
              .code = static_cast<std::uint32_t>(Movement::scheduled),
              .happened = session.interval.begins,
              .reference = about};
  const auto before = transaction.find_entry(id);
  if (before) {
    claim.amount = before->amount;
    claim.timeout = before->timeout;
  } else {
    const auto now = std::chrono::floor<seconds>(hours.clock());
    claim.timeout = session.interval.ends + state_->answer_within - now;
    if (claim.timeout < seconds{1})
      refuse_reciprocal("session_over", "the time to answer for the session has passed",
                        "answer_within after its end", "post a ServiceRecord, or waive the time");
    const auto account = transaction.find_account(claim.debit);
    const seconds open = account ? open_of(*account) : seconds{0};
    if (open < seconds{1})
      refuse_reciprocal("nothing_open", "the family has promised nothing that is still open",
                        "what is neither scheduled nor settled nor waived",
                        "the family may come as volunteers: post a ServiceRecord");
    if (state_->is_busy(family, session.interval))
      refuse_reciprocal("family_busy", "the family has another session at that time",
                        "sessions that do not overlap", "cancel the other one, or choose another");
    if (state_->taken(about, claim.credit) >= session.demand)
      refuse_reciprocal("session_full", "as many are scheduled for the session as are welcome",
                        "the session's demand", "choose another session");
    claim.amount =
        reciprocal_amount(std::min(open, seconds{session.interval.ends - session.interval.begins}));
  }
  const ServiceRecord record = agreed(family, session, as_seconds(claim.amount), agreed_by);
  const auto kept = before ? hours.directory.find_record(id) : std::nullopt;
  const bool comparable = kept && !kept->salt.is_zero();
  const Hash256 salt = comparable ? kept->salt : random_secret();
  const bool erased = before && !comparable;  // there is nothing to compare with
  claim.commitment = erased ? before->commitment : detail::commitment_to(record, salt);
  const Outcome outcome = transaction.post(claim);
  if (outcome == Outcome::booked) {
    hours.directory.save_record(id, detail::details_of(record, salt));
    transaction.commit();
  }
  return {outcome, succeeded(outcome) ? as_seconds(claim.amount) : seconds{0}};
}

Settled ReciprocalService::settle(Id128 schedule, seconds served, std::string_view by) {
  const std::uint64_t wanted = reciprocal_amount(served);
  LedgerTransaction transaction = state_->hours.books.begin();
  const auto claim = state_->find_schedule(transaction, schedule);
  if (!claim) return {Outcome::claim_not_found, {}, {}};
  if (served > std::chrono::hours{24})
    refuse_reciprocal("seconds_out_of_range", "nobody serves so long at a session",
                      "1 second to 24 hours", "mend the time served");
  const seconds settled = as_seconds(std::min(wanted, claim->amount));
  const Outcome outcome = state_->answer(EntryKind::confirm, schedule, settled, by, transaction);
  if (!succeeded(outcome)) return {outcome, {}, {}};
  return {outcome, settled, served - settled};
}

Outcome ReciprocalService::cancel(Id128 schedule, std::string_view by) {
  LedgerTransaction transaction = state_->hours.books.begin();
  if (!state_->find_schedule(transaction, schedule)) return Outcome::claim_not_found;
  return state_->answer(EntryKind::decline, schedule, {}, by, transaction);
}

Waived ReciprocalService::waive(Id128 id, std::string_view family, std::string_view venue,
                                std::optional<seconds> amount, std::string_view by) {
  LedgerTransaction transaction = state_->hours.books.begin();
  const Id128 own = state_->obligation(family, venue);
  const auto account = transaction.find_account(own);
  if (!account) return {Outcome::account_not_found, {}};
  const auto before = transaction.find_entry(id);
  const seconds waived = amount   ? as_seconds(reciprocal_amount(*amount))
                         : before ? as_seconds(before->amount)
                                  : open_of(*account);
  State::Chain chain;
  chain.commands.push_back(detail::waiver(id, own, state_->venue(venue),
                                          static_cast<std::uint64_t>(waived.count()),
                                          HoursReason::none, state_->hours.sign(chain, id, by)));
  const Outcome outcome = state_->post(transaction, chain);
  return {outcome, succeeded(outcome) ? waived : seconds{0}};
}

Waived ReciprocalService::withdraw(Id128 id, std::string_view family, std::string_view venue,
                                   std::string_view by) {
  HoursLedger::State& hours = state_->hours;
  hours.books.advance();  // what is due cannot be declined any more
  LedgerTransaction transaction = hours.books.begin();
  const Id128 own = state_->obligation(family, venue);
  if (!transaction.find_account(own)) return {Outcome::account_not_found, {}};
  State::Chain chain;
  std::uint64_t waived = 0;
  if (const auto before = transaction.find_entry(id)) {
    waived = before->amount;
    chain.commands.push_back(detail::waiver(id, own, state_->venue(venue), waived,
                                            HoursReason::withdrawn, hours.sign(chain, id, by)));
  } else {
    const std::string who(by);
    waived = hours.add_withdrawal(transaction, own, id,
                                  {EntryKind::decline, who, {}, HoursReason::withdrawn}, chain);
    if (waived == 0) return {Outcome::amount_is_zero, {}};
  }
  const Outcome outcome = state_->post(transaction, chain);
  return {outcome, succeeded(outcome) ? as_seconds(waived) : seconds{0}};
}

}  // namespace jiedui
