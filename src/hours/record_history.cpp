#include "jiedui/hours/record_history.hpp"

#include <algorithm>
#include <map>

#include "hours/hours_state.hpp"

namespace jiedui {

namespace {

RecordState state_after(const Entry& answer, const std::optional<Entry>& correction) {
  if (answer.kind == EntryKind::decline || answer.kind == EntryKind::expire)
    return RecordState::declined;
  return correction ? RecordState::corrected : RecordState::confirmed;
}

/// Of the whole, from its parts.
RecordState state_of(const RecordHistory& history) {
  const auto any = [&](RecordState state) {
    return std::any_of(history.parts.begin(), history.parts.end(),
                       [&](const RecordPart& part) { return part.state == state; });
  };
  if (history.hours.confirmed.count() > 0) {
    const bool whole =
        std::all_of(history.parts.begin(), history.parts.end(),
                    [](const RecordPart& part) { return part.confirmed == part.seconds; });
    return whole ? RecordState::confirmed : RecordState::partly_confirmed;
  }
  if (any(RecordState::claimed)) return RecordState::claimed;
  return any(RecordState::corrected) ? RecordState::corrected : RecordState::declined;
}

}  // namespace

std::string_view to_string(RecordState state) {
  switch (state) {
    case RecordState::claimed:
      return "claimed";
    case RecordState::confirmed:
      return "confirmed";
    case RecordState::partly_confirmed:
      return "partly_confirmed";
    case RecordState::declined:
      return "declined";
    case RecordState::corrected:
      return "corrected";
  }
  return "unknown";
}

RecordPart HoursLedger::State::part_of(const Entry& entry) {
  RecordPart part{.entry = entry.id,
                  .approver = detail::approver_of(entry),
                  .disputed = detail::is_disputed(entry),
                  .seconds = Seconds{entry.amount},
                  .booked = entry.booked};
  const auto answer = books.find_answer(entry.id);
  std::optional<Entry> last = answer;
  if (entry.kind == EntryKind::transfer) {
    // Corrections can be corrected: an even number of them leaves what was booked.
    bool counts = true;
    for (auto next = answer; next; next = books.find_answer(next->id)) {
      counts = !counts;
      last = next;
    }
    part.state = counts ? RecordState::confirmed : RecordState::corrected;
    if (counts) part.confirmed = part.seconds;
  } else if (answer) {
    std::optional<Entry> correction;
    bool counts = answer->kind == EntryKind::confirm;
    for (auto next = books.find_answer(answer->id); next; next = books.find_answer(next->id)) {
      counts = !counts;
      correction = last = next;
    }
    if (counts) correction.reset();
    part.state = state_after(*answer, correction);
    if (counts) part.confirmed = Seconds{answer->amount};
  }
  if (last) {
    part.answered = last->booked;
    part.reason = last->reason;
    if (const auto details = directory.find_answer(last->id)) part.answered_by = details->by;
  }
  return part;
}

std::optional<RecordHistory> HoursLedger::State::history_of(Id128 record) {
  const auto details = directory.find_record(record);
  const std::vector<Entry> parts = details ? parts_of(record) : std::vector<Entry>{};
  if (parts.empty() || parts.front().unit != Unit::seconds_served()) return std::nullopt;
  RecordHistory history{.record = record_of(*details, parts.front()),
                        .happened = parts.front().happened};
  for (const Entry& entry : parts) {
    const RecordPart& part = history.parts.emplace_back(part_of(entry));
    history.hours.confirmed += part.confirmed;
    if (part.state == RecordState::claimed) history.hours.claimed += part.seconds;
  }
  history.state = state_of(history);
  return history;
}

ServiceRecord HoursLedger::State::record_of(const RecordDetails& details, const Entry& own) {
  ServiceRecord record = details.record;
  record.id = own.id;
  record.source = detail::source_of(own);
  // Stores of schema 1 kept the seconds in the entry alone, which then was the whole record.
  if (record.served.count() == 0) record.served = std::chrono::seconds{own.amount};
  if (const auto name = directory.name_of(own.credit)) record.volunteer = name->external_id;
  return record;
}

std::vector<Id128> HoursLedger::State::records_of(Id128 account) {
  std::vector<std::pair<Instant, Id128>> records;
  books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
    if (detail::is_part(entry) && !detail::is_further_part(entry) && entry.credit == account)
      records.emplace_back(entry.happened, entry.id);
    return true;
  });
  std::sort(records.begin(), records.end());
  std::vector<Id128> ids;
  ids.reserve(records.size());
  for (const auto& [happened, id] : records) ids.push_back(id);
  return ids;
}

std::vector<InboxItem> HoursLedger::State::open_claims(bool disputed, Approver approver,
                                                       std::span<const std::string> organisations) {
  const LedgerSnapshot still = books.snapshot();
  std::vector<Entry> claims;
  books.read_open_claims([&](const Entry& claim, const Hash256&) {
    const bool wanted = disputed ? detail::is_disputed(claim)
                                 : !detail::is_disputed(claim) &&
                                       detail::approver_of(claim) == approver &&
                                       approver != Approver::automatic;
    if (wanted) claims.push_back(claim);
    return true;
  });
  std::sort(claims.begin(), claims.end(),
            [](const Entry& a, const Entry& b) { return a.number < b.number; });
  std::vector<InboxItem> items;
  std::map<Id128, detail::HeldSeconds> held;
  for (const Entry& claim : claims) {
    const Id128 id = detail::is_further_part(claim) ? claim.reference : claim.id;
    const auto details = directory.find_record(id);
    const ServiceRecord record = details ? record_of(*details, claim) : ServiceRecord{};
    const auto named = [&](const std::string& organisation) {
      const auto& others = record.co_organisers;
      return organisation == record.organisation ||
             std::find(others.begin(), others.end(), organisation) != others.end();
    };
    if (!organisations.empty() && std::none_of(organisations.begin(), organisations.end(), named))
      continue;
    InboxItem& item = items.emplace_back(InboxItem{.record = id,
                                                   .part = claim.id,
                                                   .volunteer = record.volunteer,
                                                   .organisation = record.organisation,
                                                   .co_organisers = record.co_organisers,
                                                   .source = detail::source_of(claim),
                                                   .happened = claim.happened,
                                                   .seconds = Seconds{claim.amount},
                                                   .approver = detail::approver_of(claim),
                                                   .disputed = disputed,
                                                   .claimed = claim.booked});
    if (claim.timeout < detail::longest_timeout) item.expires = due(claim);
    if (!disputed) continue;
    auto of_volunteer = held.find(claim.credit);
    if (of_volunteer == held.end())
      of_volunteer = held.emplace(claim.credit, held_by(claim.credit)).first;
    for (const auto& [place, seconds] : of_volunteer->second.holders(claim.id)) {
      const Id128 holder = of_volunteer->second.parts()[place].record;
      auto& others = item.disputed_with;
      if (std::find(others.begin(), others.end(), holder) == others.end()) others.push_back(holder);
    }
  }
  return items;
}

std::vector<InboxItem> HoursLedger::inbox(Approver approver,
                                          std::span<const std::string> organisations) {
  return state_->open_claims(false, approver, organisations);
}
std::vector<InboxItem> HoursLedger::disputes(std::span<const std::string> organisations) {
  return state_->open_claims(true, Approver::automatic, organisations);
}

std::optional<RecordHistory> HoursLedger::history(Id128 record) {
  const LedgerSnapshot still = state_->books.snapshot();
  return state_->history_of(record);
}

std::vector<RecordHistory> HoursLedger::histories(std::string_view volunteer) {
  const LedgerSnapshot still = state_->books.snapshot();
  std::vector<RecordHistory> lives;
  const auto account = account_of(volunteer);
  if (!account) return lives;
  for (const Id128 id : state_->records_of(*account))
    if (auto life = state_->history_of(id)) lives.push_back(std::move(*life));
  return lives;
}

}  // namespace jiedui
