#pragma once

#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui::detail {

// Sets of seconds, each as intervals in order that neither overlap nor touch, as `united` makes
// them. All O(size).

using Intervals = std::vector<ServiceInterval>;

std::chrono::seconds length(const Intervals& set);
Intervals intersection(const Intervals& a, const Intervals& b);
Intervals difference(const Intervals& a, const Intervals& b);
/// The first `seconds` of a set.
Intervals first_of(const Intervals& set, std::chrono::seconds seconds);

/// What a record counts under the rules of a pack. `served` that is all of the time without breaks
/// and travel means the same as none: all that the rules count.
Intervals counted_intervals(const ServiceRecord& record, const CountingRules& rules);

}  // namespace jiedui::detail
