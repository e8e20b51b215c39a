#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/error.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/base/position.hpp"
#include "jiedui/pairing/planned_pair.hpp"

namespace jiedui {

/// Where a record comes from: a class that never changes. Numbers are never reused.
enum class RecordSource : std::uint8_t {
  clock = 1,         ///< clocked in and out
  organisation = 2,  ///< entered by the organisation
  declared = 3,      ///< declared by the volunteer
  backfilled = 4,    ///< entered after the fact
};
/// "clock".
JIEDUI_API std::string_view to_string(RecordSource source);

/// A half-open stretch of time in UTC in which service was given.
struct ServiceInterval {
  Instant begins;
  Instant ends;
  friend auto operator<=>(const ServiceInterval&, const ServiceInterval&) = default;
};

/// What shows that service was given, as the recorder had it; each text at most 256 bytes.
struct RecordEvidence {
  std::string document;   ///< a form, photo or file, by the caller's own reference
  std::string device;     ///< that clocked in and out
  std::string time_code;  ///< shown at the site and typed in (时间码)
  Position position;      ///< where the volunteer clocked in
  std::string reason;     ///< why it was entered after the fact
  friend bool operator==(const RecordEvidence&, const RecordEvidence&) = default;
};

/// Service that one volunteer gave. Ids are external ones, at most 256 bytes; empty for none.
///
/// Who was served and who wrote it down are personal: they stay off the chain, as all details do.
struct ServiceRecord {
  /// Chosen by the caller; zero: derived by the ledger from volunteer, need, activity, organisation
  /// and begin, so that the same service posted twice is found to exist.
  Id128 id;
  std::string volunteer;
  std::string need;
  std::string activity;
  std::string organisation;
  std::string place;
  std::string item;         ///< of the catalogue of services
  std::string beneficiary;  ///< who was served
  /// When, in any order; those that overlap or touch are united. Empty: unknown, then it counts for
  /// the time when it is booked. It counts for the day on which the first one begins.
  std::vector<ServiceInterval> intervals;
  /// Seconds served: 1 to the united length of the intervals without breaks and travel; 0 for all
  /// of that length.
  std::chrono::seconds served{0};
  std::string recorded_by;  ///< who wrote it down
  RecordSource source = RecordSource::organisation;
  std::vector<ServiceInterval> planned;  ///< what had been agreed, to be held against the actual
  std::vector<ServiceInterval> breaks;   ///< within the intervals; not served
  std::vector<ServiceInterval> travel;   ///< the way there and back; not served
  /// Other organisations that ran the activity too; see organisation_shares.
  std::vector<std::string> co_organisers;
  std::int64_t people_served = 0;  ///< heads; 0: not counted
  RecordEvidence evidence;
  friend bool operator==(const ServiceRecord&, const ServiceRecord&) = default;
};

/// The record of a planned pair that was carried out: from the time planned, for as long as given.
/// A pair without a time counts for the time when it is booked, and can be booked once.
JIEDUI_API ServiceRecord served(const PlannedPair& pair, std::chrono::seconds duration);
/// The same, begun at another time than planned.
JIEDUI_API ServiceRecord served(const PlannedPair& pair, std::chrono::seconds duration,
                                Instant begins);

/// The intervals in order, those that overlap or touch made one. O(n log n).
JIEDUI_API std::vector<ServiceInterval> united(std::vector<ServiceInterval> intervals);

/// The intervals without breaks and travel, in order. O(n log n).
JIEDUI_API std::vector<ServiceInterval> served_intervals(const ServiceRecord& record);

/// The seconds that a record counts, taken from its intervals where it leaves them open.
JIEDUI_API std::chrono::seconds counted_seconds(const ServiceRecord& record);

/// What each organisation of a record is credited with, its own first, then `co_organisers`: equal
/// shares that add up to the whole, the first ones taking the seconds that do not divide
/// (largest remainder, ties by place in the list). The volunteer keeps all of them.
JIEDUI_API std::vector<std::pair<std::string, std::chrono::seconds>> organisation_shares(
    const ServiceRecord& record, std::chrono::seconds seconds);

/// Finds everything that is wrong with a record: codes "volunteer_missing", "id_too_long",
/// "interval_reversed", "time_out_of_range", "intervals_too_many", "served_missing",
/// "served_negative", "served_above_intervals", "source_unknown", "co_organiser_repeated",
/// "co_organisers_too_many", "people_served_negative", "record_spans_too_long" (more than 31 days
/// from the first begin to the last end: it counts for the day on which it began).
/// @param row as Problem::row.
JIEDUI_API void check(const ServiceRecord& record, std::int64_t row, ProblemList& problems);

}  // namespace jiedui
