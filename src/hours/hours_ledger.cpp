#include "jiedui/hours/hours_ledger.hpp"

#include <algorithm>

#include "hours/hours_state.hpp"
#include "hours/record_encoding.hpp"

namespace jiedui {

namespace {

constexpr Unit unit = Unit::seconds_served();

std::uint64_t amount_of(std::chrono::seconds seconds) {
  if (seconds < std::chrono::seconds{0})
    throw Error({.code = "seconds_negative",
                 .place = "confirmation",
                 .message = "less than nothing cannot be confirmed",
                 .allowed = "1 to the claimed seconds",
                 .way_out = "decline the claim, or correct the record"});
  return static_cast<std::uint64_t>(seconds.count());
}

/// What became of a chain: of its last command, or of the one that made it fail.
Outcome outcome_of(std::span<const Outcome> chain) {
  if (chain.back() != Outcome::linked_entry_failed) return chain.back();
  const auto cause = std::find_if(chain.begin(), chain.end(), [](Outcome outcome) {
    return outcome != Outcome::linked_entry_failed && !succeeded(outcome);
  });
  return cause == chain.end() ? chain.back() : *cause;
}

}  // namespace

HoursLedger::HoursLedger(Ledger books, Directory& directory, const HoursOptions& options)
    : state_(new State{std::move(books), directory, options.zone, options.clock, {}}) {}
HoursLedger::HoursLedger(HoursLedger&&) noexcept = default;
HoursLedger& HoursLedger::operator=(HoursLedger&&) noexcept = default;
HoursLedger::~HoursLedger() = default;

/// The party of an external id: the directory's, one of this draft, or a new one.
Party HoursLedger::State::party(PartyKind kind, const std::string& external_id, Draft& draft) {
  if (const auto known = directory.find(kind, external_id)) return *known;
  const PartyName name{kind, external_id};
  for (const auto& [drafted, party] : draft.parties)
    if (drafted == name) return party;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(clock().time_since_epoch());
  const Party made{ids.next(now.count()), random_secret()};
  draft.parties.emplace_back(name, made);
  return made;
}

void HoursLedger::State::open(LedgerTransaction& transaction, const Party& party, HoursAccount code,
                              Draft& draft) {
  if (transaction.find_account(party.id)) return;
  draft.commands.push_back(
      linked(OpenAccount{.id = party.id, .unit = unit, .code = static_cast<std::uint32_t>(code)}));
}

/// Adds to a draft what books a record that passed `check`.
void HoursLedger::State::add_movement(LedgerTransaction& transaction, const ServiceRecord& record,
                                      const Manner& manner, Draft& draft) {
  const Party volunteer = party(PartyKind::volunteer, record.volunteer, draft);
  const Party organisation = party(PartyKind::organisation, record.organisation, draft);
  Id128 reference;
  if (!record.need.empty())
    reference = party(PartyKind::need, record.need, draft).id;
  else if (!record.activity.empty())
    reference = party(PartyKind::activity, record.activity, draft).id;
  draft.entry = record.id.is_zero() ? detail::derived_id(record, volunteer.salt) : record.id;
  draft.details = {
      record.need,        record.activity,    record.organisation,      record.place,   record.item,
      record.beneficiary, record.recorded_by, united(record.intervals), random_secret()};
  Hash256 commitment;
  const auto existing = transaction.find_entry(draft.entry);
  const auto kept = existing ? directory.find_record(draft.entry) : std::nullopt;
  if (existing && !(kept && !kept->salt.is_zero())) {
    commitment = existing->commitment;  // its details were erased: there is nothing to compare
  } else {
    if (kept) draft.details.salt = kept->salt;
    commitment = detail::commitment_to(record, draft.details.salt);
  }
  if (!existing) {
    open(transaction, organisation, HoursAccount::organisation, draft);
    open(transaction, volunteer, HoursAccount::volunteer, draft);
  }
  const auto amount = static_cast<std::uint64_t>(counted_seconds(record).count());
  const auto code = static_cast<std::uint32_t>(record.source);
  std::optional<Instant> happened;
  if (!draft.details.intervals.empty()) happened = draft.details.intervals.front().begins;
  if (manner.claim)
    draft.commands.push_back(Claim{.id = draft.entry,
                                   .debit = organisation.id,
                                   .credit = volunteer.id,
                                   .amount = amount,
                                   .unit = unit,
                                   .code = code,
                                   .timeout = manner.timeout,
                                   .happened = happened,
                                   .reference = reference,
                                   .commitment = commitment});
  else
    draft.commands.push_back(Transfer{.id = draft.entry,
                                      .debit = organisation.id,
                                      .credit = volunteer.id,
                                      .amount = amount,
                                      .unit = unit,
                                      .code = code,
                                      .happened = happened,
                                      .reference = reference,
                                      .commitment = commitment});
}

Outcome HoursLedger::State::book(LedgerTransaction& transaction, Draft& draft) {
  const Outcome outcome = outcome_of(transaction.post(draft.commands));
  if (outcome != Outcome::booked) return outcome;
  for (const auto& [name, party] : draft.parties) directory.add(name.kind, name.external_id, party);
  directory.save_record(draft.entry, draft.details);
  return outcome;
}

std::vector<Outcome> HoursLedger::State::book_all(std::span<const ServiceRecord> records,
                                                  const Manner& manner) {
  ProblemList problems;
  for (std::size_t i = 0; i < records.size(); ++i)
    check(records[i], static_cast<std::int64_t>(i) + 1, problems);
  problems.throw_if_any();
  std::vector<Outcome> outcomes;
  outcomes.reserve(records.size());
  LedgerTransaction transaction = books.begin();
  for (const ServiceRecord& record : records) {
    Draft draft;
    add_movement(transaction, record, manner, draft);
    outcomes.push_back(book(transaction, draft));
  }
  if (transaction.entry_count() > 0) transaction.commit();
  return outcomes;
}

std::optional<AnswerDetails> HoursLedger::State::answer_details(Id128 entry,
                                                                const std::string& by) {
  if (by.empty()) return std::nullopt;
  const auto kept = directory.find_answer(entry);
  return AnswerDetails{by, kept ? kept->salt : random_secret()};
}

Id128 HoursLedger::State::moved_by(LedgerTransaction& transaction, Id128 record) {
  const auto entry = transaction.find_entry(record);
  if (!entry || entry->kind != EntryKind::claim) return record;
  const auto answer = transaction.find_answer(record);
  return answer && answer->kind == EntryKind::confirm ? answer->id : record;
}

Outcome HoursLedger::State::add_answer(LedgerTransaction& transaction, Id128 record,
                                       const Answer& answer) {
  std::optional<std::uint64_t> amount;
  if (answer.seconds) amount = amount_of(*answer.seconds);
  if (answer.kind == EntryKind::correct) record = moved_by(transaction, record);
  const Id128 id = detail::answer_id(answer.kind, record);
  const auto details = answer_details(id, answer.by);
  Hash256 commitment;
  if (details) commitment = detail::commitment_to(*details);
  const auto code = static_cast<std::uint32_t>(answer.reason);
  Outcome outcome = Outcome::booked;
  if (answer.kind == EntryKind::confirm)
    outcome = transaction.post(Confirm{id, record, amount, code, commitment});
  else if (answer.kind == EntryKind::decline)
    outcome = transaction.post(Decline{id, record, code, commitment});
  else
    outcome = transaction.post(Correct{id, record, code, commitment});
  if (outcome == Outcome::booked && details) directory.save_answer(id, *details);
  return outcome;
}

Outcome HoursLedger::State::answer(Id128 record, const Answer& answer) {
  LedgerTransaction transaction = books.begin();
  const Outcome outcome = add_answer(transaction, record, answer);
  if (outcome == Outcome::booked) transaction.commit();
  return outcome;
}

std::vector<Outcome> HoursLedger::State::answer_all(std::span<const Id128> records,
                                                    const Answer& answer) {
  std::vector<Outcome> outcomes;
  outcomes.reserve(records.size());
  LedgerTransaction transaction = books.begin();
  for (const Id128 record : records) outcomes.push_back(add_answer(transaction, record, answer));
  if (transaction.entry_count() > 0) transaction.commit();
  return outcomes;
}

Outcome HoursLedger::post(const ServiceRecord& record) {
  return post(std::span(&record, 1))[0];
}
std::vector<Outcome> HoursLedger::post(std::span<const ServiceRecord> records) {
  return state_->book_all(records, {});
}
Outcome HoursLedger::claim(const ServiceRecord& record, std::chrono::seconds timeout) {
  return claim(std::span(&record, 1), timeout)[0];
}
std::vector<Outcome> HoursLedger::claim(std::span<const ServiceRecord> records,
                                        std::chrono::seconds timeout) {
  return state_->book_all(records, {.claim = true, .timeout = timeout});
}

std::vector<Id128> HoursLedger::ids_of(std::span<const ServiceRecord> records) {
  std::vector<Id128> ids;
  ids.reserve(records.size());
  for (const ServiceRecord& record : records) ids.push_back(id_of(record));
  return ids;
}

Outcome HoursLedger::confirm(Id128 record, const Confirmation& confirmation) {
  return state_->answer(
      record, {EntryKind::confirm, confirmation.by, confirmation.seconds, confirmation.reason});
}
Outcome HoursLedger::confirm(const ServiceRecord& record, const Confirmation& confirmation) {
  return confirm(id_of(record), confirmation);
}
std::vector<Outcome> HoursLedger::confirm(std::span<const ServiceRecord> records,
                                          const Confirmation& confirmation) {
  return state_->answer_all(ids_of(records), {EntryKind::confirm, confirmation.by,
                                              confirmation.seconds, confirmation.reason});
}
Outcome HoursLedger::decline(Id128 record, const Refusal& refusal) {
  return state_->answer(record, {EntryKind::decline, refusal.by, {}, refusal.reason});
}
Outcome HoursLedger::decline(const ServiceRecord& record, const Refusal& refusal) {
  return decline(id_of(record), refusal);
}
std::vector<Outcome> HoursLedger::decline(std::span<const ServiceRecord> records,
                                          const Refusal& refusal) {
  return state_->answer_all(ids_of(records), {EntryKind::decline, refusal.by, {}, refusal.reason});
}
Outcome HoursLedger::correct(Id128 record, const Refusal& refusal) {
  return state_->answer(record, {EntryKind::correct, refusal.by, {}, refusal.reason});
}
Outcome HoursLedger::correct(const ServiceRecord& record, const Refusal& refusal) {
  return correct(id_of(record), refusal);
}

Outcome HoursLedger::replace(Id128 record, const ServiceRecord& replacement,
                             const Refusal& refusal) {
  ProblemList problems;
  check(replacement, 1, problems);
  problems.throw_if_any();
  ServiceRecord named = replacement;
  if (named.id.is_zero()) named.id = replacement_id(record);
  LedgerTransaction transaction = state_->books.begin();
  const Id128 wrong = State::moved_by(transaction, record);
  const Id128 id = detail::answer_id(EntryKind::correct, wrong);
  const auto details = state_->answer_details(id, refusal.by);
  Hash256 commitment;
  if (details) commitment = detail::commitment_to(*details);
  State::Draft draft;
  draft.commands.push_back(linked(Correct{.id = id,
                                          .entry = wrong,
                                          .reason = static_cast<std::uint32_t>(refusal.reason),
                                          .commitment = commitment}));
  state_->add_movement(transaction, named, {}, draft);
  const Outcome outcome = state_->book(transaction, draft);
  if (outcome != Outcome::booked) return outcome;
  if (details) state_->directory.save_answer(id, *details);
  transaction.commit();
  return outcome;
}

std::size_t HoursLedger::advance() {
  return state_->books.advance();
}

Outcome HoursLedger::erase(std::string_view person) {
  Directory& directory = state_->directory;
  LedgerTransaction transaction = state_->books.begin();
  directory.forget(person);
  const auto party = directory.find(PartyKind::volunteer, person);
  const auto account = party ? transaction.find_account(party->id) : std::nullopt;
  if (!account) {
    transaction.commit();
    return Outcome::account_not_found;
  }
  constexpr auto reason = static_cast<std::uint32_t>(HoursReason::erased);
  std::vector<Command> commands;
  state_->books.read_entries_of(account->id, [&](const Entry& entry, const Hash256&) {
    directory.remove_record(entry.id);
    directory.remove_answer(entry.id);
    if (entry.kind == EntryKind::claim && !transaction.find_answer(entry.id))
      commands.push_back(
          linked(Decline{detail::answer_id(EntryKind::decline, entry.id), entry.id, reason}));
    return true;
  });
  commands.push_back(
      CloseAccount{detail::answer_id(EntryKind::close_account, account->id), account->id, reason});
  directory.remove(PartyKind::volunteer, person);
  const Outcome outcome = outcome_of(transaction.post(commands));
  if (outcome != Outcome::booked && outcome != Outcome::account_closed) return outcome;
  transaction.commit();
  return Outcome::booked;
}

Id128 HoursLedger::replacement_id(Id128 record) {
  return detail::successor_id(record);
}

}  // namespace jiedui
