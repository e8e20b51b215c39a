#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

/// Reads a time sheet: one record a row, from columns of the names of ServiceRecord's fields.
///
/// `volunteer`, and `served_seconds` or `begins` and `ends` must be there; the others are `id`,
/// `need`, `activity`, `organisation`, `place`, `item`, `beneficiary`, `recorded_by`, `source`
/// ("clock" …), `break_seconds` and `travel_seconds` (taken off, when is not known),
/// `planned_begins`, `planned_ends`, `co_organisers` (";" between), `people_served`, `document`,
/// `device`, `time_code` and `reason`. Times are "2026-03-05T01:30:00Z", or local as
/// "2026-03-05 09:30" or "2026-03-05 09:30:00"; one that the clocks skipped or repeated is refused,
/// as nobody can tell what it means.
/// @param zone of local times.
/// @throws InputError with the codes of `check` and "column_missing", "column_unknown",
/// "time_invalid", "local_time_skipped", "local_time_repeated", "number_invalid", "id_invalid",
/// "source_unknown"; Error "zone_unknown". O(rows).
JIEDUI_API std::vector<ServiceRecord> service_records(const Table& table,
                                                      std::string_view zone = "UTC");

}  // namespace jiedui
