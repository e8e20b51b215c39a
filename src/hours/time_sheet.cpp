#include "jiedui/hours/time_sheet.hpp"

#include <algorithm>
#include <numeric>

#include "hours/interval_set.hpp"

namespace jiedui {

namespace {

using std::chrono::seconds;

Date monday_of(Date day) {
  return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

/// What a pack counts of a record.
detail::Intervals counted_intervals(const ServiceRecord& record, const CountingRules& rules) {
  std::vector<ServiceInterval> pauses;
  if (!rules.breaks_count) pauses = record.breaks;
  if (!rules.travel_counts) pauses.insert(pauses.end(), record.travel.begin(), record.travel.end());
  const auto all = detail::difference(united(record.intervals), united(std::move(pauses)));
  return record.served.count() == 0 ? all : detail::first_of(all, record.served);
}

}  // namespace

seconds Assessment::total() const {
  return std::accumulate(by_approver.begin(), by_approver.end(), disputed + over_cap);
}

TimeSheet::TimeSheet(const RulePack& pack) : pack_(pack), zone_(pack.zone) {}

seconds TimeSheet::covered(Date day) const {
  const auto at = days_.find(day);
  return at == days_.end() ? seconds{0} : at->second;
}

/// The seconds of a day that caps leave, what is on the sheet taken off.
seconds TimeSheet::room(Date day) const {
  const auto under_day_cap = [&](seconds of_day) {
    return pack_.caps.day ? std::min(of_day, *pack_.caps.day) : of_day;
  };
  seconds left = seconds::max();
  if (pack_.caps.day) left = *pack_.caps.day - under_day_cap(covered(day));
  if (pack_.caps.week) {
    const Date monday = monday_of(day);
    seconds week{0};
    for (auto at = days_.lower_bound(monday);
         at != days_.end() && at->first < monday + std::chrono::days{7}; ++at)
      week += under_day_cap(at->second);
    left = std::min(left, *pack_.caps.week - std::min(*pack_.caps.week, week));
  }
  return left;
}

void TimeSheet::add_to_day(Date day, seconds of_day, RecordSource source, Assessment& to) {
  const seconds counts = std::min(of_day, room(day));
  to.over_cap += of_day - counts;
  seconds before = covered(day);
  seconds rest = counts;
  const auto& by_source = pack_.approval.by_source;
  const auto place = static_cast<std::size_t>(source) - 1;
  const Approver least = place < by_source.size() ? by_source[place] : Approver::automatic;
  const auto give = [&](Approver approver, seconds share) {
    to.by_approver[static_cast<std::size_t>(std::max(approver, least))] += share;
    before += share;
    rest -= share;
  };
  for (const ApprovalTier& tier : pack_.approval.tiers) {
    if (rest.count() == 0) break;
    if (!tier.day_up_to) {
      give(tier.approver, rest);
    } else if (before < *tier.day_up_to) {
      give(tier.approver, std::min(rest, *tier.day_up_to - before));
    }
  }
  const auto& tiers = pack_.approval.tiers;
  if (rest.count() > 0) give(tiers.empty() ? Approver::automatic : tiers.back().approver, rest);
  days_[day] += of_day;
}

Assessment TimeSheet::add(const ServiceRecord& record, Date undated) {
  Assessment found;
  if (record.intervals.empty()) {
    add_to_day(undated, record.served, record.source, found);
    return found;
  }
  const detail::Intervals counted = counted_intervals(record, pack_.counting);
  detail::Intervals taken;
  for (const auto& [begins, ends] : counted) {
    auto at = pieces_.upper_bound(begins);
    if (at != pieces_.begin() && std::prev(at)->second.ends > begins) --at;
    for (; at != pieces_.end() && at->first < ends; ++at) {
      taken.push_back({std::max(begins, at->first), std::min(ends, at->second.ends)});
      const auto& others = found.disputed_with;
      if (std::find(others.begin(), others.end(), at->second.record) == others.end())
        found.disputed_with.push_back(at->second.record);
    }
  }
  found.disputed = detail::length(taken);
  for (const auto& [begins, ends] : detail::difference(counted, united(taken))) {
    pieces_[begins] = {ends, record.id};
    for (Instant from = begins; from < ends;) {
      const Date day = zone_.local_date(from);
      const Instant until = std::min(ends, zone_.instant(day + std::chrono::days{1}, 0));
      add_to_day(day, until - from, record.source, found);
      from = until;
    }
  }
  return found;
}

}  // namespace jiedui
