#include "jiedui/hours/served_record.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "hours/hours_state.hpp"
#include "jiedui/ledger/detail/id_hash.hpp"

namespace jiedui {

namespace {

/// Gathers, entry by entry, what the records of a period come to.
class ServedReader {
 public:
  explicit ServedReader(Period period) : period_(period) {}

  void read(const Entry& entry) {
    if (entry.kind == EntryKind::open_account) {
      const bool holds_hours = entry.unit == Unit::seconds_served() &&
                               entry.code == static_cast<std::uint32_t>(HoursAccount::volunteer);
      if (holds_hours) volunteers_.insert(entry.debit);
      return;
    }
    const bool moves = entry.amount != 0 || entry.released != 0;
    if (!moves || entry.happened < period_.from || entry.happened >= period_.until) return;
    const bool given = volunteers_.contains(entry.credit);
    if (!given && !volunteers_.contains(entry.debit)) return;
    const Id128 account = given ? entry.credit : entry.debit;
    const std::size_t place = detail::is_part(entry) ? place_of(entry, account) : answered(entry);
    places_[entry.id] = place;
    const Hours change = detail::change_of(entry, account);
    records_[place].confirmed += change.confirmed;
    records_[place].claimed += change.claimed;
  }

  std::vector<ServedRecord> take() {
    std::erase_if(records_, [](const ServedRecord& record) {
      return record.confirmed.count() == 0 && record.claimed.count() == 0;
    });
    std::sort(records_.begin(), records_.end(), [](const ServedRecord& a, const ServedRecord& b) {
      return std::pair{a.happened, a.record} < std::pair{b.happened, b.record};
    });
    return std::move(records_);
  }

 private:
  std::size_t place_of(const Entry& part, Id128 account) {
    const Id128 record = detail::is_further_part(part) ? part.reference : part.id;
    const auto [at, is_new] = places_.try_emplace(record, records_.size());
    if (is_new)
      records_.push_back({.record = record,
                          .account = account,
                          .source = detail::source_of(part),
                          .happened = part.happened});
    return at->second;
  }

  // An answer has the time of what it answers, so both lie in the period or neither.
  std::size_t answered(const Entry& answer) const {
    const auto at = places_.find(answer.answers);
    if (at == places_.end())
      throw Error({.code = "books_inconsistent",
                   .place = "entry " + std::to_string(answer.number),
                   .message = "what it answers is not before it",
                   .allowed = "entries that only the ledger has written",
                   .way_out = "verify the books to find what was changed, and restore a copy"});
    return at->second;
  }

  Period period_;
  std::unordered_set<Id128, detail::IdHash> volunteers_;
  std::unordered_map<Id128, std::size_t, detail::IdHash> places_;  // of an entry's record
  std::vector<ServedRecord> records_;
};

void go_on(detail::ControlledSteps& steps) {
  if (steps.next()) return;
  throw Error({.code = "interrupted",
               .place = "books",
               .message = "the reading was stopped",
               .allowed = "",
               .way_out = "call again"});
}

}  // namespace

std::vector<ServedRecord> HoursLedger::State::read_served(const CalendarPeriod& period,
                                                          const Control& control) {
  const std::uint64_t count = books.head().count;
  ServedReader reader{period.instants(Zone{zone})};
  detail::ControlledSteps steps{control, count};
  books.read_entries(1, count, [&](const Entry& entry, const Hash256&) {
    go_on(steps);
    reader.read(entry);
    return true;
  });
  return reader.take();
}

std::vector<ServedRecord> HoursLedger::served_records(const CalendarPeriod& period,
                                                      const Control& control) {
  const LedgerSnapshot still = state_->books.snapshot();
  std::vector<ServedRecord> records = state_->read_served(period, control);
  const Zone zone{state_->zone};
  std::unordered_map<Id128, std::string, detail::IdHash> names;
  for (ServedRecord& served : records) {
    served.day = zone.local_date(served.happened);
    const auto [name, is_new] = names.try_emplace(served.account);
    if (is_new)
      if (const auto found = state_->directory.name_of(served.account))
        name->second = found->external_id;
    served.volunteer = name->second;
    auto details = state_->directory.find_record(served.record);
    if (!details) continue;
    ServiceRecord& record = details->record;
    served.need = std::move(record.need);
    served.activity = std::move(record.activity);
    served.organisation = std::move(record.organisation);
    served.co_organisers = std::move(record.co_organisers);
    served.place = std::move(record.place);
    served.item = std::move(record.item);
    served.beneficiary = std::move(record.beneficiary);
    served.people_served = record.people_served;
    for (const ServiceInterval& agreed : united(std::move(record.planned)))
      served.planned += Seconds{(agreed.ends - agreed.begins).count()};
  }
  return records;
}

std::vector<RecordHistory> HoursLedger::all_histories(const CalendarPeriod& period,
                                                      const Control& control) {
  const LedgerSnapshot still = state_->books.snapshot();
  std::vector<RecordHistory> lives;
  for (const ServedRecord& served : state_->read_served(period, control))
    if (auto life = state_->history_of(served.record)) lives.push_back(std::move(*life));
  return lives;
}

std::string month_text(Date day) {
  return format(day).substr(0, 7);
}

Table served_table(std::span<const ServedRecord> records) {
  TextColumn id, volunteer, need, activity, organisation, co_organisers, place, item, beneficiary,
      source, day, month;
  std::vector<std::int64_t> confirmed, claimed, planned, people_served;
  for (const ServedRecord& record : records) {
    id.push_back(record.record.to_string());
    volunteer.push_back(record.volunteer);
    need.push_back(record.need);
    activity.push_back(record.activity);
    organisation.push_back(record.organisation);
    std::string others;
    for (const std::string& other : record.co_organisers)
      others += (others.empty() ? "" : ";") + other;
    co_organisers.push_back(others);
    place.push_back(record.place);
    item.push_back(record.item);
    beneficiary.push_back(record.beneficiary);
    source.push_back(to_string(record.source));
    day.push_back(format(record.day));
    month.push_back(month_text(record.day));
    confirmed.push_back(record.confirmed.count());
    claimed.push_back(record.claimed.count());
    planned.push_back(record.planned.count());
    people_served.push_back(record.people_served);
  }
  Table table{.name = "served_records"};
  const auto add = [&](const char* name, auto cells) {
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  add("record", std::move(id));
  add("volunteer", std::move(volunteer));
  add("need", std::move(need));
  add("activity", std::move(activity));
  add("organisation", std::move(organisation));
  add("co_organisers", std::move(co_organisers));
  add("place", std::move(place));
  add("item", std::move(item));
  add("beneficiary", std::move(beneficiary));
  add("source", std::move(source));
  add("day", std::move(day));
  add("month", std::move(month));
  add("confirmed_seconds", std::move(confirmed));
  add("claimed_seconds", std::move(claimed));
  add("planned_seconds", std::move(planned));
  add("people_served", std::move(people_served));
  return table;
}

}  // namespace jiedui
