#include "hours/interval_set.hpp"

#include <algorithm>

namespace jiedui::detail {

std::chrono::seconds length(const Intervals& set) {
  std::chrono::seconds sum{0};
  for (const auto& [begins, ends] : set) sum += ends - begins;
  return sum;
}

Intervals intersection(const Intervals& a, const Intervals& b) {
  Intervals both;
  for (auto one = a.begin(), other = b.begin(); one != a.end() && other != b.end();) {
    const Instant begins = std::max(one->begins, other->begins);
    const Instant ends = std::min(one->ends, other->ends);
    if (begins < ends) both.push_back({begins, ends});
    if (one->ends < other->ends)
      ++one;
    else
      ++other;
  }
  return both;
}

Intervals difference(const Intervals& a, const Intervals& b) {
  Intervals rest;
  auto other = b.begin();
  for (ServiceInterval left : a) {
    while (other != b.end() && other->ends <= left.begins) ++other;
    for (auto cut = other; cut != b.end() && cut->begins < left.ends; ++cut) {
      if (left.begins < cut->begins) rest.push_back({left.begins, cut->begins});
      left.begins = std::max(left.begins, std::min(left.ends, cut->ends));
    }
    if (left.begins < left.ends) rest.push_back(left);
  }
  return rest;
}

Intervals first_of(const Intervals& set, std::chrono::seconds seconds) {
  Intervals first;
  for (ServiceInterval one : set) {
    if (seconds.count() == 0) break;
    one.ends = std::min(one.ends, one.begins + seconds);
    seconds -= one.ends - one.begins;
    first.push_back(one);
  }
  return first;
}

Intervals counted_intervals(const ServiceRecord& record, const CountingRules& rules) {
  Intervals pauses;
  if (!rules.breaks_count) pauses = record.breaks;
  if (!rules.travel_counts) pauses.insert(pauses.end(), record.travel.begin(), record.travel.end());
  const Intervals all = difference(united(record.intervals), united(std::move(pauses)));
  const bool whole =
      record.served.count() == 0 || record.served == length(served_intervals(record));
  return whole ? all : first_of(all, record.served);
}

}  // namespace jiedui::detail
