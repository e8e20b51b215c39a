#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "hours/hours_state.hpp"
#include "hours/interval_set.hpp"
#include "hours/record_encoding.hpp"

namespace jiedui {

namespace {

Instant end_of(const ServiceRecord& record, Instant now) {
  Instant end = record.intervals.empty() ? now : record.intervals.front().ends;
  for (const auto& [begins, ends] : record.intervals) end = std::max(end, ends);
  return end;
}

}  // namespace

void detail::check_rules(const ServiceRecord& record, const RulePack& pack, const Zone& zone,
                         Instant now, std::int64_t row, ProblemList& problems) {
  const auto wrong = [&](const char* column, const char* code, std::string allowed) {
    problems.add({"service_records", row, column, code, std::move(allowed)});
  };
  const Instant end = end_of(record, now);
  if (end > now) wrong("intervals", "service_not_over", "service that has ended");
  const Date day = zone.local_date(end - std::chrono::seconds{record.intervals.empty() ? 0 : 1});
  if (day < pack.valid_from || day > pack.valid_to)
    wrong("intervals", "pack_not_in_force",
          format(pack.valid_from) + " to " + format(pack.valid_to));
  if (record.source != RecordSource::backfilled) return;
  const BackfillRules& rules = pack.backfill;
  if (record.recorded_by.empty())
    wrong("recorded_by", "backfill_author_missing", "who entered it after the fact");
  if (rules.reason_needed && record.evidence.reason.empty())
    wrong("reason", "backfill_reason_missing", "why it was entered after the fact");
  if (rules.evidence_needed && record.evidence.document.empty())
    wrong("evidence", "backfill_evidence_missing", "a reference to what shows the service");
  if (rules.window && zone.local_date(now) - day > *rules.window)
    wrong("intervals", "backfill_too_late",
          "at most " + std::to_string(rules.window->count()) + " days after the service");
}

namespace {

/// In which records of one call are taken, whatever the order of the rows.
auto rank(const ServiceRecord& record) {
  const Instant begins =
      record.intervals.empty()
          ? Instant{}
          : std::min_element(record.intervals.begin(), record.intervals.end())->begins;
  return std::tuple{std::string_view(record.volunteer),
                    record.source,
                    begins,
                    record.id,
                    std::string_view(record.need),
                    std::string_view(record.activity),
                    std::string_view(record.organisation)};
}

/// Where records agree in all of `rank`, what is left of them decides: by an unsalted commitment to
/// everything that they say.
bool comes_before(const ServiceRecord& a, const ServiceRecord& b) {
  const auto first = rank(a), second = rank(b);
  if (first != second) return first < second;
  const auto intervals = united(a.intervals), others = united(b.intervals);
  if (intervals != others) return intervals < others;
  return detail::commitment_to(a, {}).bytes < detail::commitment_to(b, {}).bytes;
}

void check_zone(const RulePack& pack, const std::string& zone) {
  if (pack.zone == zone) return;
  throw Error({.code = "pack_zone_differs",
               .place = "rule pack " + pack.id,
               .message = "its days begin at other times than those of the books",
               .allowed = zone,
               .way_out = "open the books with the zone of the pack"});
}

}  // namespace

std::vector<Submission> HoursLedger::submit(std::span<const ServiceRecord> records,
                                            const RulePack& pack) {
  check_zone(pack, state_->zone);
  const Zone zone{pack.zone};
  const auto now = std::chrono::floor<std::chrono::seconds>(state_->clock());
  ProblemList problems;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i) + 1;
    check(records[i], row, problems);
    detail::check_rules(records[i], pack, zone, now, row, problems);
  }
  problems.throw_if_any();

  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return comes_before(records[a], records[b]);
  });
  std::vector<Submission> submissions(records.size());
  LedgerTransaction transaction = state_->begin();
  std::optional<TimeSheet> sheet;
  const std::string* volunteer = nullptr;
  for (const std::size_t i : order) {
    const ServiceRecord& record = records[i];
    if (volunteer == nullptr || *volunteer != record.volunteer) {
      volunteer = &record.volunteer;
      sheet.emplace(pack);
      state_->fill(*sheet, record.volunteer, zone);
    }
    submissions[i] = state_->submit(transaction, record, pack, zone.local_date(now), *sheet);
  }
  if (transaction.entry_count() > 0) transaction.commit();
  return submissions;
}

Submission HoursLedger::submit(const ServiceRecord& record, const RulePack& pack) {
  return submit(std::span(&record, 1), pack)[0];
}

Table submission_table(std::span<const Submission> submissions) {
  TextColumn record, outcome;
  std::array<std::vector<std::int64_t>, 6> seconds;
  for (const Submission& one : submissions) {
    record.push_back(one.record.to_string());
    outcome.push_back(to_string(one.outcome));
    for (std::size_t i = 0; i < 4; ++i) seconds[i].push_back(one.assessment.by_approver[i].count());
    seconds[4].push_back(one.assessment.disputed.count());
    seconds[5].push_back(one.assessment.over_cap.count());
  }
  Table table{.name = "submissions"};
  table.columns.push_back({.name = "record", .cells = std::move(record)});
  table.columns.push_back({.name = "outcome", .cells = std::move(outcome)});
  constexpr std::array names = {"confirmed", "organisation", "parent_organisation",
                                "province",  "disputed",     "over_cap"};
  for (std::size_t i = 0; i < names.size(); ++i)
    table.columns.push_back({.name = names[i], .cells = std::move(seconds[i])});
  return table;
}

detail::HeldSeconds HoursLedger::State::held_by(Id128 account) {
  detail::HeldSeconds held{account};
  std::vector<Entry> entries;  // the directory cannot be asked while the journal is read
  books.read_entries_of(account, [&](const Entry& entry, const Hash256&) {
    entries.push_back(entry);
    return true;
  });
  for (const Entry& entry : entries) {
    ServiceRecord record;
    if (detail::is_part(entry) && !detail::is_further_part(entry))
      if (auto details = directory.find_record(entry.id)) record = std::move(details->record);
    held.read(entry, record);
  }
  return held;
}

void HoursLedger::State::fill(TimeSheet& sheet, const std::string& volunteer, const Zone& zone) {
  const auto party = find_party(PartyKind::volunteer, volunteer);
  if (!party || !books.find_account(party->id)) return;
  const detail::HeldSeconds held = held_by(party->id);
  for (const auto& [begins, piece] : held.pieces())
    sheet.hold({begins, piece.ends}, held.parts()[piece.part].record);
  for (const auto& part : held.parts())
    if (part.undated && part.holds)
      sheet.days_[zone.local_date(part.entry.happened)] += std::chrono::seconds{part.amount};
}

Submission HoursLedger::State::submit(LedgerTransaction& transaction, const ServiceRecord& record,
                                      const RulePack& pack, Date today, TimeSheet& sheet) {
  if (const auto there = existing(transaction, record))
    return {
        .outcome = *there,
        .record = record.id.is_zero()
                      ? detail::derived_id(
                            record, directory.find(PartyKind::volunteer, record.volunteer)->salt)
                      : record.id};
  Draft draft;
  ServiceRecord named = record;
  if (named.id.is_zero())
    named.id =
        detail::derived_id(record, party(PartyKind::volunteer, record.volunteer, draft).salt);
  Submission submission{.record = named.id, .assessment = sheet.add(named, today)};
  const std::chrono::seconds timeout =
      pack.approval.timeout.count() == 0 ? detail::longest_timeout : pack.approval.timeout;
  std::vector<Manner> parts;
  const Assessment& assessment = submission.assessment;
  for (std::size_t place = 0; place < assessment.by_approver.size(); ++place)
    if (assessment.by_approver[place].count() > 0)
      parts.push_back({.claim = place > 0,
                       .timeout = timeout,
                       .reason = detail::reason_for(static_cast<Approver>(place)),
                       .seconds = assessment.by_approver[place],
                       .counting = pack.counting});
  if (assessment.disputed.count() > 0)
    parts.push_back({.claim = true,
                     .timeout = detail::longest_timeout,  // a dispute ends by a decision
                     .reason = static_cast<std::uint32_t>(HoursReason::disputed),
                     .seconds = assessment.disputed,
                     .counting = pack.counting});
  if (parts.empty()) {
    submission.outcome = Outcome::amount_is_zero;
  } else {
    add_movements(transaction, named, parts, draft);
    submission.outcome = book(transaction, draft);
  }
  const bool holds = submission.outcome == Outcome::booked &&
                     assessment.total() > assessment.disputed + assessment.over_cap;
  if (!holds) sheet.let_go(named, today);
  return submission;
}

void HoursLedger::State::take(const detail::HeldSeconds::Part& part, std::uint64_t seconds,
                              const Answer& answer, Chain& chain) {
  const Entry& entry = part.entry;
  const bool open = entry.kind == EntryKind::claim && part.last == entry.id;
  add(chain, open ? EntryKind::decline : EntryKind::correct, part.last, answer);
  if (seconds >= part.amount) return;
  const Id128 id = detail::rest_id(part.last);
  const std::uint32_t code = entry.code | detail::part_flag;
  const std::uint64_t left = part.amount - seconds;
  if (open)
    chain.commands.push_back(Claim{id, entry.debit, entry.credit, left, entry.unit, code,
                                   entry.reason, entry.timeout, entry.happened, part.record});
  else
    chain.commands.push_back(Transfer{id, entry.debit, entry.credit, left, entry.unit, code,
                                      entry.reason, entry.happened, part.record});
}

Outcome HoursLedger::settle(Id128 part, const Settlement& settlement) {
  if (settlement.by.empty())
    throw Error({.code = "settler_missing",
                 .place = "claim " + part.to_string(),
                 .message = "a dispute is settled by somebody named",
                 .allowed = "the id of a person or an office",
                 .way_out = "give Settlement::by"});
  state_->books.advance();  // what is due holds nothing any more
  LedgerTransaction transaction = state_->books.begin();
  const auto claim = transaction.find_entry(part);
  if (!claim) return Outcome::claim_not_found;
  if (!detail::is_disputed(*claim))
    throw Error({.code = "part_not_disputed",
                 .place = "claim " + part.to_string(),
                 .message = "no other record covers its seconds",
                 .allowed = "a claim that `disputes` lists",
                 .way_out = "confirm or decline it"});
  state_->check_not_own(*claim, settlement.by);
  const State::Answer answer{EntryKind::confirm, settlement.by, {}, settlement.reason};
  State::Chain chain;
  if (!settlement.award) {
    state_->add(chain, EntryKind::decline, part, answer);
  } else {
    if (!transaction.find_answer(part)) {
      const detail::HeldSeconds held = state_->held_by(claim->credit);
      // Whatever the settlement's reason: `recount` tells by it that the service was not refused.
      const State::Answer taken{EntryKind::correct, settlement.by, {}, HoursReason::disputed};
      for (const auto& [holder, seconds] : held.holders(part))
        state_->take(held.parts()[holder], seconds, taken, chain);
    }
    state_->add(chain, EntryKind::confirm, part, answer);
  }
  const Outcome outcome = state_->post(transaction, chain);
  if (outcome == Outcome::booked) transaction.commit();
  return outcome;
}

}  // namespace jiedui
