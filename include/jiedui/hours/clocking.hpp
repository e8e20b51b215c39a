#pragma once

#include <span>
#include <string>
#include <vector>

#include "jiedui/base/error.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

/// One press of the clock: in, or out.
struct ClockEvent {
  std::string volunteer, need, activity, organisation, place, item;
  bool clocked_in = true;  ///< else out
  Instant at;              ///< by the device's clock
  /// How far the device's clock was ahead of the receiver's when they last met; negative: behind.
  std::chrono::seconds skew{0};
  std::string device, time_code;
  Position position;
};

struct ClockedRecords {
  std::vector<ServiceRecord> records;  ///< of source `clock`, by volunteer and begin
  std::vector<Problem> problems;       ///< by row; what is in them is in no record
};

/// Makes records of clocking in and out: one for each volunteer, need or activity, organisation and
/// local day on which the first pair began, with an interval for each pair. Events may come in any
/// order; their times are set right by the skew. A pair may go past midnight and past a change of
/// the clocks: what counts is the time between the instants. O(n log n).
///
/// Each event that makes no pair has a problem with a name: "clock_out_missing" (an "in" that no
/// "out" follows), "clock_in_missing", "clock_out_before_in" (an "out" and then an "in", and
/// nothing else on that day), "clock_no_time" (in and out at the same instant), "clock_skew" (more
/// than the pack allows), "clock_too_long" (more between in and out than the pack allows),
/// "clock_pairs_too_many". The way out of each is a back-filled record.
JIEDUI_API ClockedRecords clocked_records(std::span<const ClockEvent> events, const RulePack& pack);

}  // namespace jiedui
