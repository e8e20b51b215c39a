#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

/// Reads a time sheet: one record a row, with the fields of ServiceRecord as columns. Columns may
/// be missing: volunteer, need, activity, organisation, place, item, beneficiary, begins and ends
/// (both or neither: one interval), served (seconds), break_seconds and travel_seconds (taken off,
/// when is not known), planned_begins and planned_ends, recorded_by, source (a name; organisation
/// where empty), co_organisers (";" between), people_served, document, device, time_code, reason,
/// id (32 hexadecimal digits or a UUID).
///
/// Times are "2026-03-05T01:30:00Z", or local as "2026-03-05 09:30" or "2026-03-05 09:30:00"; a
/// local time that the clocks skipped or repeated is refused, as nobody can tell what it means.
/// @param zone of local times. O(cells).
/// @throws InputError with every row that does not pass `check`, and every cell that does not have
/// its column's form; Error "column_length", "zone_unknown".
JIEDUI_API std::vector<ServiceRecord> service_records(const Table& table,
                                                      std::string_view zone = "UTC");

}  // namespace jiedui
