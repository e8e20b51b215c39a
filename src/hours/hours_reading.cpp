#include <limits>

#include "hours/hours_state.hpp"
#include "hours/record_encoding.hpp"

namespace jiedui {

namespace {

/// The difference of two totals as seconds that a quantity holds.
Seconds net_of_totals(std::uint64_t more, std::uint64_t less) {
  const int128 value = int128{more} - int128{less};
  constexpr int128 most = std::numeric_limits<std::int64_t>::max();
  if (value > most || value < -most)
    detail::overflow("seconds served", -static_cast<std::int64_t>(most),
                     static_cast<std::int64_t>(most));
  return Seconds{static_cast<std::int64_t>(value)};
}

}  // namespace

Hours detail::hours_of(const Balance& balance) {
  return {net_of_totals(balance.credits_posted, balance.debits_posted),
          net_of_totals(balance.credits_pending, balance.debits_pending)};
}

Hours detail::change_of(const Entry& entry, Id128 account) {
  Balance change;  // as hours_of reads it
  if (entry.kind == EntryKind::claim) {
    change.credits_pending = entry.amount;
  } else if (entry.credit == account) {
    change.credits_posted = entry.amount;
    change.debits_pending = entry.released;  // taken off what was pending on the credit side
  } else {
    change.debits_posted = entry.amount;
  }
  return hours_of(change);
}

const std::string& HoursLedger::zone() const {
  return state_->zone;
}
Directory& HoursLedger::directory() {
  return state_->directory;
}
Ledger& HoursLedger::books() {
  return state_->books;
}

std::optional<Id128> HoursLedger::account_of(std::string_view volunteer) {
  const auto party = state_->directory.find(PartyKind::volunteer, volunteer);
  if (!party || !state_->books.find_account(party->id)) return std::nullopt;
  return party->id;
}

Id128 HoursLedger::id_of(const ServiceRecord& record) {
  if (!record.id.is_zero()) return record.id;
  const auto party = state_->directory.find(PartyKind::volunteer, record.volunteer);
  return party ? detail::derived_id(record, party->salt) : Id128{};
}

std::optional<ServiceRecord> HoursLedger::find(Id128 record) {
  const LedgerSnapshot still = state_->books.snapshot();
  const auto entry = state_->books.find_entry(record);
  const auto details = state_->directory.find_record(record);
  if (!entry || entry->unit != Unit::seconds_served() || !details) return std::nullopt;
  return state_->record_of(*details, *entry);
}

Hours HoursLedger::balance(std::string_view volunteer) {
  const LedgerSnapshot still = state_->books.snapshot();
  const auto account = account_of(volunteer);
  return account ? detail::hours_of(state_->books.balance(*account)) : Hours{};
}

/// The entry of the service record that an entry is about.
Entry HoursLedger::State::root_of(const Entry& entry) {
  Entry root = entry;
  while (!root.answers.is_zero()) {
    const auto answered = books.find_entry(root.answers);
    if (!answered || answered->number >= root.number)
      throw Error({.code = "books_inconsistent",
                   .place = "entry " + std::to_string(root.number),
                   .message = "what it answers is not before it",
                   .allowed = "entries that only the ledger has written",
                   .way_out = "verify the books to find what was changed, and restore a copy"});
    root = *answered;
  }
  if (detail::is_further_part(root))
    if (const auto own = books.find_entry(root.reference)) return *own;
  return root;
}

StatementLine HoursLedger::State::line_of(const Entry& entry, Id128 account) {
  const Entry root = root_of(entry);
  StatementLine line{.record = root.id,
                     .entry = entry.id,
                     .number = entry.number,
                     .kind = entry.kind,
                     .source = detail::source_of(root),
                     .reason = entry.reason,
                     .happened = entry.happened,
                     .booked = entry.booked,
                     .change = detail::change_of(entry, account)};
  if (const auto details = directory.find_record(root.id)) {
    const ServiceRecord& record = details->record;
    line.need = record.need;
    line.activity = record.activity;
    line.organisation = record.organisation;
    line.place = record.place;
    line.item = record.item;
  }
  return line;
}

Statement HoursLedger::statement(std::string_view volunteer, const CalendarPeriod& period) {
  const LedgerSnapshot still = state_->books.snapshot();
  Statement statement{.volunteer = std::string(volunteer),
                      .period = period,
                      .zone = state_->zone,
                      .as_of_entry = state_->books.head().count};
  const auto account = account_of(volunteer);
  if (!account) return statement;
  const AccountStatement source =
      state_->books.statement(*account, period.instants(Zone{state_->zone}));
  statement.opening = detail::hours_of(source.opening);
  statement.closing = detail::hours_of(source.closing);
  for (const AccountLine& line : source.lines) {
    const bool moves = line.entry.amount != 0 || line.entry.released != 0;
    if (moves) statement.lines.push_back(state_->line_of(line.entry, *account));
  }
  return statement;
}

}  // namespace jiedui
