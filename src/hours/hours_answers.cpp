#include <algorithm>

#include "hours/hours_state.hpp"
#include "hours/record_encoding.hpp"

namespace jiedui {

namespace {

constexpr auto disputed = static_cast<std::uint32_t>(HoursReason::disputed);
constexpr auto awaits = static_cast<std::uint32_t>(HoursReason::awaits_organisation);

std::uint64_t amount_of(std::chrono::seconds seconds) {
  if (seconds < std::chrono::seconds{0})
    throw Error({.code = "seconds_negative",
                 .place = "confirmation",
                 .message = "less than nothing cannot be confirmed",
                 .allowed = "1 to the claimed seconds",
                 .way_out = "decline the claim, or correct the record"});
  return static_cast<std::uint64_t>(seconds.count());
}

[[noreturn]] void not_yours(const Entry& claim) {
  if (detail::is_disputed(claim))
    throw Error({.code = "dispute_unsettled",
                 .place = "claim " + claim.id.to_string(),
                 .message = "another record of the volunteer covers these seconds too",
                 .allowed = "settle, by somebody named",
                 .way_out = "look at both records (disputes) and settle"});
  throw Error({.code = "approver_too_low",
               .place = "claim " + claim.id.to_string(),
               .message = "it awaits a higher approver",
               .allowed = std::string(to_string(detail::approver_of(claim))) + " or above",
               .way_out = "leave it in that approver's inbox, or confirm it as such"});
}

}  // namespace

Approver detail::approver_of(const Entry& claim) {
  const std::uint32_t place = claim.reason - awaits;  // wraps below
  return place < 3 ? static_cast<Approver>(place + 1) : Approver::automatic;
}
bool detail::is_disputed(const Entry& claim) {
  return claim.kind == EntryKind::claim && claim.reason == disputed;
}
std::uint32_t detail::reason_for(Approver approver) {
  return approver == Approver::automatic ? 0 : awaits + static_cast<std::uint32_t>(approver) - 1;
}

Hash256 HoursLedger::State::sign(Chain& chain, Id128 entry, std::string_view by) {
  if (by.empty()) return {};
  const auto kept = directory.find_answer(entry);
  if (!kept) {
    // Who was behind a booked entry has been erased: there is nothing to compare.
    const auto booked = books.find_entry(entry);
    if (booked && !booked->commitment.is_zero()) return booked->commitment;
  }
  const AnswerDetails details{std::string(by), kept ? kept->salt : random_secret()};
  chain.details.emplace_back(entry, details);
  return detail::commitment_to(details);
}

void HoursLedger::State::add(Chain& chain, EntryKind kind, Id128 entry, const Answer& answer) {
  const Id128 id = detail::answer_id(kind, entry);
  const Hash256 commitment = sign(chain, id, answer.by);
  const auto reason = static_cast<std::uint32_t>(answer.reason);
  std::optional<std::uint64_t> amount;
  if (answer.seconds) amount = amount_of(*answer.seconds);
  if (kind == EntryKind::confirm)
    chain.commands.push_back(Confirm{id, entry, amount, reason, commitment});
  else if (kind == EntryKind::decline)
    chain.commands.push_back(Decline{id, entry, reason, commitment});
  else
    chain.commands.push_back(Correct{id, entry, reason, commitment});
}

Outcome HoursLedger::State::post(LedgerTransaction& transaction, Chain& chain) {
  for (std::size_t i = 0; i + 1 < chain.commands.size(); ++i) chain.commands[i].link();
  const Outcome outcome = detail::outcome_of(transaction.post(chain.commands));
  if (outcome == Outcome::booked)
    for (const auto& [id, details] : chain.details) directory.save_answer(id, details);
  return outcome;
}

Id128 HoursLedger::State::moved_by(LedgerTransaction& transaction, const Entry& part) {
  if (part.kind != EntryKind::claim) return part.id;
  const auto answer = transaction.find_answer(part.id);
  return answer && answer->kind == EntryKind::confirm ? answer->id : part.id;
}

std::vector<Entry> HoursLedger::State::parts_of(Id128 record) {
  std::vector<Entry> parts;
  const auto own = books.find_entry(record);
  if (!own) return parts;
  parts.push_back(*own);
  if (!detail::is_part(*own) || detail::is_further_part(*own)) return parts;
  books.read_entries_about(record, [&](const Entry& entry, const Hash256&) {
    if (detail::is_part(entry) && detail::is_further_part(entry)) parts.push_back(entry);
    return true;
  });
  return parts;
}

void HoursLedger::State::add_correction(LedgerTransaction& transaction, Id128 record,
                                        const Answer& answer, Chain& chain) {
  Id128 last = record;
  for (const Entry& part : parts_of(record)) {
    const auto answered = transaction.find_answer(part.id);
    if (part.kind == EntryKind::claim && !answered) {
      add(chain, EntryKind::decline, part.id, answer);
      continue;
    }
    if (answered && answered->kind != EntryKind::confirm && part.kind == EntryKind::claim) continue;
    last = moved_by(transaction, part);
    if (!transaction.find_answer(last)) add(chain, EntryKind::correct, last, answer);
  }
  // Nothing of it counts any more, or nothing ever did: the ledger has the word for that.
  const bool counted = std::any_of(chain.commands.begin(), chain.commands.end(), [](auto& one) {
    return one.asked().kind == EntryKind::correct;
  });
  if (!counted) {
    chain = {};
    add(chain, EntryKind::correct, last, answer);
  }
}

void HoursLedger::State::check_not_own(const Entry& claim, const std::string& by) {
  if (by.empty()) return;
  const auto volunteer = directory.name_of(claim.credit);
  if (volunteer && volunteer->external_id == by)
    throw Error({.code = "decides_own_claim",
                 .place = "claim " + claim.id.to_string(),
                 .message = "volunteers do not decide on their own hours",
                 .allowed = "anybody else",
                 .way_out = "leave it to the organisation, or to one above it"});
}

void HoursLedger::State::check_confirmer(const Entry& claim, const std::string& by) {
  const RecordSource source = detail::source_of(claim);
  if (source == RecordSource::backfilled && by.empty())
    throw Error({.code = "confirmer_missing",
                 .place = "claim " + claim.id.to_string(),
                 .message = "service entered after the fact is confirmed by somebody named",
                 .allowed = "the id of a person or an office",
                 .way_out = "give Confirmation::by"});
  if (source == RecordSource::declared || source == RecordSource::backfilled)
    check_not_own(claim, by);
}

Outcome HoursLedger::State::add_answer(LedgerTransaction& transaction, Id128 record,
                                       const Answer& answer) {
  Chain chain;
  if (answer.kind == EntryKind::correct) {
    add_correction(transaction, record, answer, chain);
    return post(transaction, chain);
  }
  std::vector<Entry> open;
  Id128 claim = record;
  for (const Entry& part : parts_of(record)) {
    if (part.kind != EntryKind::claim) continue;
    claim = part.id;
    if (!transaction.find_answer(part.id)) open.push_back(part);
  }
  std::vector<Entry> decidable = open;
  if (answer.kind == EntryKind::confirm)
    std::erase_if(decidable, [&](const Entry& part) {
      return detail::is_disputed(part) || detail::approver_of(part) > answer.approver;
    });
  if (decidable.empty() && !open.empty()) not_yours(open.front());
  if (decidable.size() > 1 && answer.seconds)
    throw Error({.code = "part_unclear",
                 .place = "record " + record.to_string(),
                 .message = "several parts of it are open",
                 .allowed = "seconds for one part, or the whole of all",
                 .way_out = "confirm each part by its own id, see inbox"});
  for (const Entry& part : decidable) {
    if (answer.kind == EntryKind::confirm) check_confirmer(part, answer.by);
    add(chain, answer.kind, part.id, answer);
  }
  if (decidable.empty()) add(chain, answer.kind, claim, answer);  // the ledger says why not
  return post(transaction, chain);
}

Outcome HoursLedger::State::answer(Id128 record, const Answer& answer) {
  return answer_all(std::span(&record, 1), answer)[0];
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

std::vector<Id128> HoursLedger::ids_of(std::span<const ServiceRecord> records) {
  std::vector<Id128> ids;
  ids.reserve(records.size());
  for (const ServiceRecord& record : records) ids.push_back(id_of(record));
  return ids;
}

Outcome HoursLedger::confirm(Id128 record, const Confirmation& confirmation) {
  return state_->answer(record, {EntryKind::confirm, confirmation.by, confirmation.seconds,
                                 confirmation.reason, confirmation.approver});
}
Outcome HoursLedger::confirm(const ServiceRecord& record, const Confirmation& confirmation) {
  return confirm(id_of(record), confirmation);
}
std::vector<Outcome> HoursLedger::confirm(std::span<const ServiceRecord> records,
                                          const Confirmation& confirmation) {
  return state_->answer_all(ids_of(records),
                            {EntryKind::confirm, confirmation.by, confirmation.seconds,
                             confirmation.reason, confirmation.approver});
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

void HoursLedger::State::check_replacement(Id128 record, const ServiceRecord& replacement) {
  const auto entry = books.find_entry(record);
  if (!entry || !detail::is_part(*entry)) return;  // booking tells
  if (detail::source_of(*entry) != replacement.source)
    throw Error({.code = "source_changes",
                 .place = "record " + record.to_string(),
                 .message = "the replacement comes from another class than the record",
                 .allowed = std::string(to_string(detail::source_of(*entry))),
                 .way_out = "take the record back with correct, and submit the other one"});
  const auto party = find_party(PartyKind::volunteer, replacement.volunteer);
  if (!party || !books.find_account(party->id)) return;
  detail::HeldSeconds held = held_by(party->id);
  held.release(record);
  if (held.holds_any(detail::counted_intervals(replacement, {})))
    throw Error({.code = "replacement_disputed",
                 .place = "record " + record.to_string(),
                 .message = "another record of the volunteer holds seconds of the replacement",
                 .allowed = "seconds that no other record holds",
                 .way_out = "take the record back with correct, and submit the other one: the "
                            "seconds are then in dispute"});
}

Outcome HoursLedger::replace(Id128 record, const ServiceRecord& replacement,
                             const Refusal& refusal) {
  ProblemList problems;
  check(replacement, 1, problems);
  problems.throw_if_any();
  ServiceRecord named = replacement;
  if (named.id.is_zero()) named.id = replacement_id(record);
  LedgerTransaction transaction = state_->begin();
  if (!transaction.find_entry(named.id)) state_->check_replacement(record, named);
  State::Chain chain;
  state_->add_correction(transaction, record, {EntryKind::correct, refusal.by, {}, refusal.reason},
                         chain);
  State::Draft draft;
  draft.commands = chain.commands;
  const State::Manner manner;
  state_->add_movements(transaction, named, std::span(&manner, 1), draft);
  const Outcome outcome = state_->book(transaction, draft);
  if (outcome != Outcome::booked) return outcome;
  for (const auto& [id, details] : chain.details) state_->directory.save_answer(id, details);
  transaction.commit();
  return outcome;
}

Id128 HoursLedger::replacement_id(Id128 record) {
  return detail::successor_id(record);
}

}  // namespace jiedui
