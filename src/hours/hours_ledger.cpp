#include "jiedui/hours/hours_ledger.hpp"

#include <algorithm>

#include "hours/hours_state.hpp"
#include "hours/reciprocal_accounts.hpp"
#include "hours/record_encoding.hpp"

namespace jiedui {

namespace {

constexpr Unit unit = Unit::seconds_served();

}  // namespace

Outcome detail::outcome_of(std::span<const Outcome> chain) {
  if (chain.back() != Outcome::linked_entry_failed) return chain.back();
  const auto cause = std::find_if(chain.begin(), chain.end(), [](Outcome outcome) {
    return outcome != Outcome::linked_entry_failed && !succeeded(outcome);
  });
  return cause == chain.end() ? chain.back() : *cause;
}

HoursLedger::HoursLedger(Ledger books, Directory& directory, const HoursOptions& options)
    : state_(new State{std::move(books), directory, options.zone, options.clock, {}}) {}
HoursLedger::HoursLedger(HoursLedger&&) noexcept = default;
HoursLedger& HoursLedger::operator=(HoursLedger&&) noexcept = default;
HoursLedger::~HoursLedger() = default;

namespace {

std::string key_of(PartyKind kind, const std::string& external_id) {
  return static_cast<char>(kind) + external_id;
}

}  // namespace

LedgerTransaction HoursLedger::State::begin() {
  LedgerTransaction transaction = books.begin();
  met.clear();
  return transaction;
}

std::optional<Party> HoursLedger::State::find_party(PartyKind kind,
                                                    const std::string& external_id) {
  const std::string key = key_of(kind, external_id);
  if (const auto at = met.find(key); at != met.end()) return at->second;
  const auto found = directory.find(kind, external_id);
  if (found) met.emplace(key, *found);
  return found;
}

void HoursLedger::State::introduce(PartyKind kind, std::string_view external_id) {
  if (directory.find(kind, external_id)) return;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(clock().time_since_epoch());
  directory.add(kind, external_id, {ids.next(now.count()), random_secret()});
}

/// The party of an external id: the directory's, one of this draft, or a new one.
Party HoursLedger::State::party(PartyKind kind, const std::string& external_id, Draft& draft) {
  if (const auto known = find_party(kind, external_id)) return *known;
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
      OpenAccount{.id = party.id, .unit = unit, .code = static_cast<std::uint32_t>(code)});
}

std::optional<Outcome> HoursLedger::State::existing(LedgerTransaction& transaction,
                                                    const ServiceRecord& record) {
  const auto party = find_party(PartyKind::volunteer, record.volunteer);
  if (record.id.is_zero() && !party) return std::nullopt;
  const auto entry = transaction.find_entry(
      record.id.is_zero() ? detail::derived_id(record, party->salt) : record.id);
  if (!entry) return std::nullopt;
  if (!party || entry->credit != party->id) return Outcome::exists_with_different_credit;
  const auto kept = directory.find_record(entry->id);
  const bool same = !kept || kept->salt.is_zero() ||
                    detail::commitment_to(record, kept->salt) == entry->commitment;
  return same ? Outcome::exists : Outcome::exists_with_different_commitment;
}

void HoursLedger::State::add_movements(LedgerTransaction& transaction, const ServiceRecord& record,
                                       std::span<const Manner> parts, Draft& draft) {
  const Party volunteer = party(PartyKind::volunteer, record.volunteer, draft);
  const Party organisation = party(PartyKind::organisation, record.organisation, draft);
  Id128 reference;
  if (!record.need.empty())
    reference = party(PartyKind::need, record.need, draft).id;
  else if (!record.activity.empty())
    reference = party(PartyKind::activity, record.activity, draft).id;
  draft.entry = record.id.is_zero() ? detail::derived_id(record, volunteer.salt) : record.id;
  draft.details = detail::details_of(record, random_secret());
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
  std::optional<Instant> happened;
  const auto& intervals = draft.details.record.intervals;
  if (!intervals.empty()) happened = intervals.front().begins;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Manner& manner = parts[i];
    const bool further = i > 0;
    const Id128 id = further ? detail::part_id(draft.entry, manner.reason) : draft.entry;
    const auto amount =
        static_cast<std::uint64_t>(manner.seconds.value_or(counted_seconds(record)).count());
    auto code = static_cast<std::uint32_t>(record.source) | (further ? detail::part_flag : 0);
    if (manner.counting.breaks_count && !record.breaks.empty()) code |= detail::breaks_flag;
    if (manner.counting.travel_counts && !record.travel.empty()) code |= detail::travel_flag;
    const Id128 about = further ? draft.entry : reference;
    const Hash256 bound = further ? Hash256{} : commitment;
    if (manner.claim)
      draft.commands.push_back(Claim{id, organisation.id, volunteer.id, amount, unit, code,
                                     manner.reason, manner.timeout, happened, about, bound});
    else
      draft.commands.push_back(Transfer{id, organisation.id, volunteer.id, amount, unit, code,
                                        manner.reason, happened, about, bound});
  }
}

Outcome HoursLedger::State::book(LedgerTransaction& transaction, Draft& draft) {
  for (std::size_t i = 0; i + 1 < draft.commands.size(); ++i) draft.commands[i].link();
  const Outcome outcome = detail::outcome_of(transaction.post(draft.commands));
  if (outcome != Outcome::booked) return outcome;
  for (const auto& [name, party] : draft.parties) {
    directory.add(name.kind, name.external_id, party);
    met.emplace(key_of(name.kind, name.external_id), party);
  }
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
  LedgerTransaction transaction = begin();
  for (const ServiceRecord& record : records) {
    Draft draft;
    add_movements(transaction, record, std::span(&manner, 1), draft);
    outcomes.push_back(book(transaction, draft));
  }
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

std::size_t HoursLedger::advance() {
  return state_->books.advance();
}

}  // namespace jiedui
