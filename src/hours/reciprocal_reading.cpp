#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "hours/reciprocal_state.hpp"
#include "jiedui/ledger/detail/id_hash.hpp"

namespace jiedui {

namespace {

using detail::as_seconds;
using std::chrono::seconds;
using Movement = detail::ReciprocalMovement;

/// Adds what an entry does to the figures of an obligation. A correction moves back what it
/// corrects, under the same code.
void count(const Entry& entry, Id128 obligation, ReciprocalFigures& figures) {
  if (entry.kind == EntryKind::claim) {
    figures.scheduled += as_seconds(entry.amount);
    figures.open -= as_seconds(entry.amount);
    return;
  }
  figures.scheduled -= as_seconds(entry.released);
  figures.open += as_seconds(entry.released);
  const seconds in =
      entry.credit == obligation ? as_seconds(entry.amount) : -as_seconds(entry.amount);
  figures.open += in;
  if (detail::is(entry, Movement::accrued)) figures.accrued += in;
  if (detail::is(entry, Movement::scheduled)) figures.settled -= in;
  if (detail::is(entry, Movement::waived)) figures.waived -= in;
}

bool moves(const Entry& entry) {
  return entry.amount != 0 || entry.released != 0;
}

}  // namespace

bool ReciprocalService::State::is_busy(std::string_view family, const ServiceInterval& session) {
  const auto party = hours.directory.find(PartyKind::volunteer, family);
  if (!party) return false;
  std::vector<Id128> claims;
  for (const Id128 account : detail::obligations_of(hours.books, party->salt))
    hours.books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
      if (entry.kind == EntryKind::claim && entry.happened < session.ends)
        claims.push_back(entry.id);
      return true;
    });
  return std::any_of(claims.begin(), claims.end(), [&](Id128 claim) {
    const auto details = hours.directory.find_record(claim);
    return details && !details->record.intervals.empty() &&
           session.begins < details->record.intervals.back().ends && stands(claim);
  });
}

std::int64_t ReciprocalService::State::taken(Id128 session, Id128 venue_account) {
  std::vector<Id128> claims;
  hours.books.read_entries_about(session, [&](const Entry& entry, const Hash256&) {
    if (entry.kind == EntryKind::claim && entry.credit == venue_account) claims.push_back(entry.id);
    return true;
  });
  return std::count_if(claims.begin(), claims.end(), [&](Id128 claim) { return stands(claim); });
}

ReciprocalFigures ReciprocalService::figures(std::string_view family, std::string_view venue) {
  HoursLedger::State& hours = state_->hours;
  const LedgerSnapshot still = hours.books.snapshot();
  ReciprocalFigures figures;
  const Id128 own = state_->obligation(family, venue);
  hours.books.read_entries_of(own, [&](const Entry& entry, const Hash256&) {
    if (moves(entry)) count(entry, own, figures);
    return true;
  });
  return figures;
}

Table ReciprocalService::table() {
  HoursLedger::State& hours = state_->hours;
  const LedgerSnapshot still = hours.books.snapshot();
  std::set<Id128> venues;
  hours.books.read_entries_about(state_->service(), [&](const Entry& entry, const Hash256&) {
    if (entry.kind == EntryKind::transfer) venues.insert(entry.debit);
    return true;
  });
  std::vector<std::tuple<std::string, std::string, Id128, ReciprocalFigures>> rows;
  for (const Id128 venue : venues) {
    std::unordered_map<Id128, ReciprocalFigures, detail::IdHash> families;
    hours.books.read_entries_of(venue, [&](const Entry& entry, const Hash256&) {
      const Id128 family = entry.debit == venue ? entry.credit : entry.debit;
      if (moves(entry)) count(entry, family, families[family]);
      return true;
    });
    const std::string name = state_->venue_of(venue);
    for (const auto& [family, figures] : families)
      rows.emplace_back(state_->family_of(family), name, family, figures);
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a), std::get<2>(a)) <
           std::tie(std::get<0>(b), std::get<1>(b), std::get<2>(b));
  });
  TextColumn families, names;
  std::array<std::vector<std::int64_t>, 5> cells;
  for (const auto& [family, venue, account, figures] : rows) {
    families.push_back(family);
    names.push_back(venue);
    const std::array<seconds, 5> amounts = {figures.accrued, figures.open, figures.scheduled,
                                            figures.settled, figures.waived};
    for (std::size_t i = 0; i < amounts.size(); ++i) cells[i].push_back(amounts[i].count());
  }
  Table table{.name = "reciprocal_service"};
  table.columns.push_back({.name = "family", .cells = std::move(families)});
  table.columns.push_back({.name = "venue", .cells = std::move(names)});
  constexpr std::array columns = {"accrued", "open", "scheduled", "settled", "waived"};
  for (std::size_t i = 0; i < columns.size(); ++i)
    table.columns.push_back({.name = columns[i], .cells = std::move(cells[i])});
  return table;
}

Table ReciprocalService::schedules(std::string_view venue, const CalendarPeriod& period) {
  HoursLedger::State& hours = state_->hours;
  const LedgerSnapshot still = hours.books.snapshot();
  const Period instants = period.instants(Zone{hours.zone});
  std::vector<Entry> claims;
  hours.books.read_entries_of(state_->venue(venue), [&](const Entry& entry, const Hash256&) {
    if (entry.kind == EntryKind::claim && entry.happened >= instants.from &&
        entry.happened < instants.until)
      claims.push_back(entry);
    return true;
  });
  struct Row {
    Instant begins;
    std::string family;
    Entry claim;
  };
  std::vector<Row> rows;
  for (const Entry& claim : claims)
    rows.push_back({claim.happened, state_->family_of(claim.debit), claim});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.begins, a.family, a.claim.number) <
           std::tie(b.begins, b.family, b.claim.number);
  });
  TextColumn schedule, session, family, begins, ends, state;
  std::vector<std::int64_t> amount, settled;
  for (const Row& row : rows) {
    const Entry& claim = row.claim;
    const auto name = hours.directory.name_of(claim.reference);
    const auto details = hours.directory.find_record(claim.id);
    const bool dated = details && !details->record.intervals.empty();
    const auto answer = hours.books.find_answer(claim.id);
    const bool confirmed = answer && answer->kind == EntryKind::confirm;
    const bool counts = confirmed && state_->stands(claim.id);
    schedule.push_back(claim.id.to_string());
    session.push_back(name ? name->external_id : std::string{});
    family.push_back(row.family);
    begins.push_back(format(claim.happened));
    ends.push_back(dated ? format(details->record.intervals.back().ends) : std::string{});
    amount.push_back(as_seconds(claim.amount).count());
    settled.push_back(counts ? as_seconds(answer->amount).count() : 0);
    if (!answer)
      state.push_back("open");
    else if (confirmed)
      state.push_back(counts ? "settled" : "corrected");
    else
      state.push_back(answer->kind == EntryKind::decline ? "cancelled" : "expired");
  }
  Table table{.name = "schedules"};
  table.columns.push_back({.name = "schedule", .cells = std::move(schedule)});
  table.columns.push_back({.name = "session", .cells = std::move(session)});
  table.columns.push_back({.name = "family", .cells = std::move(family)});
  table.columns.push_back({.name = "begins", .cells = std::move(begins)});
  table.columns.push_back({.name = "ends", .cells = std::move(ends)});
  table.columns.push_back({.name = "seconds", .cells = std::move(amount)});
  table.columns.push_back({.name = "state", .cells = std::move(state)});
  table.columns.push_back({.name = "settled", .cells = std::move(settled)});
  return table;
}

}  // namespace jiedui
