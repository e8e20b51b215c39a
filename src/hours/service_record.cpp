#include "jiedui/hours/service_record.hpp"

#include <algorithm>
#include <set>

#include "hours/interval_set.hpp"

namespace jiedui {

namespace {

constexpr std::size_t id_bytes_max = 256;
constexpr std::size_t intervals_max = 1'000;
constexpr std::size_t co_organisers_max = 16;
// A record counts for the day on which it began: one of a year would make last year's hours of it.
constexpr std::chrono::days span_max{31};

}  // namespace

std::string_view to_string(RecordSource source) {
  switch (source) {
    case RecordSource::clock:
      return "clock";
    case RecordSource::organisation:
      return "organisation";
    case RecordSource::declared:
      return "declared";
    case RecordSource::backfilled:
      return "backfilled";
  }
  return "unknown";
}

ServiceRecord served(const PlannedPair& pair, std::chrono::seconds duration) {
  ServiceRecord record{.volunteer = pair.volunteer, .need = pair.need, .served = duration};
  if (pair.begins) record.intervals = {{*pair.begins, *pair.begins + duration}};
  return record;
}

ServiceRecord served(const PlannedPair& pair, std::chrono::seconds duration, Instant begins) {
  return {.volunteer = pair.volunteer,
          .need = pair.need,
          .intervals = {{begins, begins + duration}},
          .served = duration};
}

std::vector<ServiceInterval> united(std::vector<ServiceInterval> intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::vector<ServiceInterval> one;
  for (const ServiceInterval& next : intervals) {
    if (!one.empty() && next.begins <= one.back().ends)
      one.back().ends = std::max(one.back().ends, next.ends);
    else
      one.push_back(next);
  }
  return one;
}

std::vector<ServiceInterval> served_intervals(const ServiceRecord& record) {
  std::vector<ServiceInterval> pauses = record.breaks;
  pauses.insert(pauses.end(), record.travel.begin(), record.travel.end());
  return detail::difference(united(record.intervals), united(std::move(pauses)));
}

std::chrono::seconds counted_seconds(const ServiceRecord& record) {
  return record.served.count() != 0 ? record.served : detail::length(served_intervals(record));
}

std::vector<std::pair<std::string, std::chrono::seconds>> organisation_shares(
    const ServiceRecord& record, std::chrono::seconds seconds) {
  std::vector<std::pair<std::string, std::chrono::seconds>> shares;
  const auto count = static_cast<std::int64_t>(record.co_organisers.size()) + 1;
  const auto add = [&](const std::string& organisation) {
    const bool takes_one_more = std::ssize(shares) < seconds.count() % count;
    shares.emplace_back(organisation, seconds / count + std::chrono::seconds{takes_one_more});
  };
  add(record.organisation);
  for (const std::string& other : record.co_organisers) add(other);
  return shares;
}

namespace {

/// Whether every interval is in range and goes forward; what is wrong goes into the list.
template <class Wrong>
bool sound(const std::vector<ServiceInterval>& intervals, const char* column, const Wrong& wrong) {
  if (intervals.size() > intervals_max) {
    wrong(column, "intervals_too_many", "at most 1000");
    return false;
  }
  bool all = true;
  for (const auto& [begins, ends] : intervals) {
    const bool real =
        begins >= Instant{earliest_date} && ends < Instant{latest_date + std::chrono::days{1}};
    if (!real) wrong(column, "time_out_of_range", "1900-01-01 to 2199-12-31");
    if (ends <= begins) wrong(column, "interval_reversed", "it ends after it begins");
    all = all && real && begins < ends;
  }
  return all;
}

}  // namespace

void check(const ServiceRecord& record, std::int64_t row, ProblemList& problems) {
  const auto wrong = [&](const char* column, const char* code, const char* allowed) {
    problems.add({"service_records", row, column, code, allowed});
  };
  const std::pair<const char*, const std::string*> ids[] = {
      {"volunteer", &record.volunteer},
      {"need", &record.need},
      {"activity", &record.activity},
      {"organisation", &record.organisation},
      {"place", &record.place},
      {"item", &record.item},
      {"beneficiary", &record.beneficiary},
      {"recorded_by", &record.recorded_by},
      {"evidence", &record.evidence.document},
      {"device", &record.evidence.device},
      {"time_code", &record.evidence.time_code},
      {"reason", &record.evidence.reason}};
  for (const auto& [column, text] : ids)
    if (text->size() > id_bytes_max) wrong(column, "id_too_long", "at most 256 bytes");
  if (record.volunteer.empty()) wrong("volunteer", "volunteer_missing", "an external id");
  if (to_string(record.source) == "unknown")
    wrong("source", "source_unknown", "clock, organisation, declared or backfilled");
  if (record.people_served < 0) wrong("people_served", "people_served_negative", "0 or more");

  std::set<std::string_view> organisations{record.organisation};
  for (const std::string& other : record.co_organisers) {
    if (other.empty() || other.size() > id_bytes_max || other.find('\n') != std::string::npos)
      wrong("co_organisers", "id_too_long", "1 to 256 bytes without a line feed");
    if (!organisations.insert(other).second)
      wrong("co_organisers", "co_organiser_repeated", "each organisation once");
  }
  if (record.co_organisers.size() > co_organisers_max)
    wrong("co_organisers", "co_organisers_too_many", "at most 16");

  bool all_sound = sound(record.intervals, "intervals", wrong);
  all_sound = sound(record.planned, "planned", wrong) && all_sound;
  all_sound = sound(record.breaks, "breaks", wrong) && all_sound;
  all_sound = sound(record.travel, "travel", wrong) && all_sound;
  if (record.served < std::chrono::seconds{0})
    wrong("served", "served_negative", "0 or more seconds");
  if (!all_sound) return;
  if (!record.intervals.empty()) {
    const auto all = united(record.intervals);
    if (all.back().ends - all.front().begins > span_max)
      wrong("intervals", "record_spans_too_long", "at most 31 days from first to last");
  }
  const std::chrono::seconds most = detail::length(served_intervals(record));
  if (record.served.count() == 0 && most.count() == 0)
    wrong("served", "served_missing", "seconds, or intervals longer than breaks and travel");
  if (!record.intervals.empty() && record.served > most)
    wrong("served", "served_above_intervals",
          "at most the united length of the intervals without breaks and travel");
}

}  // namespace jiedui
