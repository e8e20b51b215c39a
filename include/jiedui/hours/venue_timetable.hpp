#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/error.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/hours/calendar_period.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

/// A session of each week at which a venue welcomes hands.
struct TimetableSession {
  std::string id;     ///< external, 1 to 117 bytes, unique in the timetable: "SAT-READING"
  std::string venue;  ///< external id of the organisation
  std::chrono::weekday weekday{std::chrono::Monday};  ///< on which it begins
  /// Local times of day, 0 to 1,439 minutes from midnight; a session that ends no later than it
  /// begins ends on the next day.
  std::chrono::minutes begins{0}, ends{0};
  std::int32_t demand = 1;  ///< how many are welcome, 1 to 100,000
  std::string item = {};    ///< of the catalogue of services: what there is to do
  std::string place = {};   ///< of the network; empty: not given
  friend bool operator==(const TimetableSession&, const TimetableSession&) = default;
};

/// The sessions that venues publish for a time.
struct VenueTimetable {
  std::string zone = "Asia/Shanghai";  ///< IANA name; of the local times
  Date valid_from = earliest_date;     ///< first and last local day on which a session begins
  Date valid_to = latest_date;
  std::vector<TimetableSession> sessions;
  std::vector<Date> closed = {};  ///< local days on which no session begins
  friend bool operator==(const VenueTimetable&, const VenueTimetable&) = default;
};

/// A session on its day. It is a need: `session_needs` takes it into a network.
struct VenueSession {
  std::string id;  ///< that of the timetable's session and the local day: "SAT-READING@2026-03-07"
  std::string venue;
  ServiceInterval interval;  ///< UTC
  std::int32_t demand = 1;
  std::string item = {};
  std::string place = {};
  /// What the clocks made of its local times: see `venue_sessions`.
  LocalTime::Kind begins_is = LocalTime::Kind::unique;
  LocalTime::Kind ends_is = LocalTime::Kind::unique;
  friend bool operator==(const VenueSession&, const VenueSession&) = default;
};

/// Finds everything that is wrong with a timetable; the rows are those of its sessions, from 1, and
/// of its closed days. Codes "id_missing", "id_too_long", "id_invalid", "id_duplicate",
/// "weekday_invalid", "number_out_of_range", "zone_unknown", "ends_before_start", "date_invalid".
JIEDUI_API void check(const VenueTimetable& timetable, ProblemList& problems);

/// The sessions that begin on the local days of a period, by begin, then id.
///
/// A local time that the clocks skip or repeat is read as Zone::instant does (RFC 5545, section
/// 3.3.5), and the session says so: a skipped end moves forward by the gap, of a repeated time the
/// earlier one counts. A skipped begin moves the session forward as a whole, with its length on the
/// timetable. All other sessions last from the one local time to the other, so that one over a
/// change of the clocks is longer or shorter than on other days.
///
/// O(days · sessions + n log n).
/// @throws InputError as `check`.
JIEDUI_API std::vector<VenueSession> venue_sessions(const VenueTimetable& timetable,
                                                    const CalendarPeriod& period);

/// Sessions as a table of needs, each with its window, demand, item and place, for
/// NetworkBuilder::add. The pairs of a plan then name them by id.
/// @param zone of the market's windows.
/// @throws Error "session_invalid" for one without an id, or of no whole minutes from 1 to 2,880;
/// "session_not_local" for one whose times that zone's clocks show twice, and the windows mean
/// another; "zone_unknown".
JIEDUI_API Table session_needs(std::span<const VenueSession> sessions, std::string_view zone);

}  // namespace jiedui
