#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/error.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/base/table.hpp"
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

/// Service that one volunteer gave. Ids are external ones, at most 256 bytes; empty for none.
///
/// Who was served and who wrote it down are personal: they stay off the chain.
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
  /// Seconds served: 1 to the united length of the intervals (breaks and travel are left out); 0
  /// for all of that length.
  std::chrono::seconds served{0};
  std::string recorded_by;  ///< who wrote it down
  RecordSource source = RecordSource::organisation;
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

/// The seconds that a record counts, taken from its intervals where it leaves them open.
JIEDUI_API std::chrono::seconds counted_seconds(const ServiceRecord& record);

/// Finds everything that is wrong with a record: codes "volunteer_missing", "id_too_long",
/// "interval_reversed", "time_out_of_range", "intervals_too_many", "served_missing",
/// "served_negative", "served_above_intervals", "source_unknown".
/// @param row as Problem::row.
JIEDUI_API void check(const ServiceRecord& record, std::int64_t row, ProblemList& problems);

/// The records of a table, one a row, with the fields of ServiceRecord as columns: volunteer, need,
/// activity, organisation, place, item, beneficiary, begins and ends (UTC, both or neither: one
/// interval), served (seconds), recorded_by, source (a name; organisation where empty), id (32
/// hexadecimal digits or a UUID). Columns may be missing. O(cells).
/// @throws InputError with every row that does not pass `check`, and every cell that does not have
/// its column's form; Error "column_length".
JIEDUI_API std::vector<ServiceRecord> records_of(const Table& table);

}  // namespace jiedui
