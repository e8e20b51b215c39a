#include "jiedui/hours/service_record.hpp"

#include <algorithm>

namespace jiedui {

namespace {

constexpr std::size_t id_bytes_max = 256;
constexpr std::size_t intervals_max = 1'000;

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

std::chrono::seconds counted_seconds(const ServiceRecord& record) {
  if (record.served.count() != 0) return record.served;
  std::chrono::seconds sum{0};
  for (const ServiceInterval& one : united(record.intervals)) sum += one.ends - one.begins;
  return sum;
}

void check(const ServiceRecord& record, std::int64_t row, ProblemList& problems) {
  const auto wrong = [&](const char* column, const char* code, const char* allowed) {
    problems.add({"service_records", row, column, code, allowed});
  };
  const std::pair<const char*, const std::string*> ids[] = {{"volunteer", &record.volunteer},
                                                            {"need", &record.need},
                                                            {"activity", &record.activity},
                                                            {"organisation", &record.organisation},
                                                            {"place", &record.place},
                                                            {"item", &record.item},
                                                            {"beneficiary", &record.beneficiary},
                                                            {"recorded_by", &record.recorded_by}};
  for (const auto& [column, text] : ids)
    if (text->size() > id_bytes_max) wrong(column, "id_too_long", "at most 256 bytes");
  if (record.volunteer.empty()) wrong("volunteer", "volunteer_missing", "an external id");
  if (to_string(record.source) == "unknown")
    wrong("source", "source_unknown", "clock, organisation, declared or backfilled");

  if (record.intervals.size() > intervals_max) {
    wrong("intervals", "intervals_too_many", "at most 1000");
    return;
  }
  bool sound = true;
  for (const auto& [begins, ends] : record.intervals) {
    const bool real =
        begins >= Instant{earliest_date} && ends < Instant{latest_date + std::chrono::days{1}};
    if (!real) wrong("intervals", "time_out_of_range", "1900-01-01 to 2199-12-31");
    if (ends <= begins) wrong("intervals", "interval_reversed", "it ends after it begins");
    sound = sound && real && begins < ends;
  }
  if (record.served < std::chrono::seconds{0})
    wrong("served", "served_negative", "0 or more seconds");
  if (!sound) return;
  if (record.intervals.empty() && record.served.count() == 0)
    wrong("served", "served_missing", "seconds, or intervals");
  ServiceRecord whole{.intervals = record.intervals};
  if (!record.intervals.empty() && record.served > counted_seconds(whole))
    wrong("served", "served_above_intervals", "at most the united length of the intervals");
}

}  // namespace jiedui
