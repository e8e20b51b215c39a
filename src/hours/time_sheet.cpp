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

std::map<Date, seconds> TimeSheet::by_day(Instant begins, Instant ends) const {
  std::map<Date, seconds> days;
  while (begins < ends) {
    const Date day = zone_.local_date(begins);
    const Instant until = std::min(ends, zone_.instant(day + std::chrono::days{1}, 0));
    days[day] += until - begins;
    begins = until;
  }
  return days;
}

void TimeSheet::hold(const ServiceInterval& interval, Id128 record) {
  pieces_[interval.begins] = {interval.ends, record};
  for (const auto& [day, of_day] : by_day(interval.begins, interval.ends)) days_[day] += of_day;
}

void TimeSheet::let_go(const ServiceRecord& record, Date undated) {
  if (record.intervals.empty()) days_[undated] -= record.served;
  std::erase_if(pieces_, [&](const auto& piece) {
    if (piece.second.record != record.id) return false;
    for (const auto& [day, of_day] : by_day(piece.first, piece.second.ends)) days_[day] -= of_day;
    return true;
  });
}

Assessment TimeSheet::add(const ServiceRecord& record, Date undated) {
  Assessment found;
  if (record.intervals.empty()) {
    add_to_day(undated, record.served, record.source, found);
    return found;
  }
  const detail::Intervals counted = detail::counted_intervals(record, pack_.counting);
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
    for (const auto& [day, of_day] : by_day(begins, ends))
      add_to_day(day, of_day, record.source, found);
  }
  return found;
}

}  // namespace jiedui
