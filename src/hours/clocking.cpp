#include "jiedui/hours/clocking.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace jiedui {

namespace {

/// What pairs of one record have in common.
auto service_of(const ClockEvent& event) {
  return std::tie(event.volunteer, event.need, event.activity, event.organisation);
}

class Clocking {
 public:
  Clocking(std::span<const ClockEvent> events, const RulePack& pack)
      : events_(events), rules_(pack.clock), zone_(pack.zone) {}

  ClockedRecords read() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const bool off =
          rules_.skew_max.count() > 0 && std::chrono::abs(events_[i].skew) > rules_.skew_max;
      if (off)
        wrong(i, "clock_skew", "at most " + std::to_string(rules_.skew_max.count()) + " seconds");
      else
        order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto service = service_of(events_[a]) <=> service_of(events_[b]);
      // Out before in at the same instant: the end of one pair and the begin of the next.
      return service != 0 ? service < 0
                          : std::tuple{time(a), events_[a].clocked_in} <
                                std::tuple{time(b), events_[b].clocked_in};
    });
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
      while (last < order.size() &&
             service_of(events_[order[last]]) == service_of(events_[order[first]]))
        ++last;
      pair_up(std::span(order).subspan(first, last - first));
    }
    std::stable_sort(found_.problems.begin(), found_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.row < b.row; });
    return std::move(found_);
  }

 private:
  Instant time(std::size_t event) const { return events_[event].at - events_[event].skew; }
  void wrong(std::size_t event, const char* code, std::string allowed) {
    found_.problems.push_back(
        {"clock_events", static_cast<std::int64_t>(event) + 1, "at", code, std::move(allowed)});
  }

  /// The events of one volunteer and service, by time.
  void pair_up(std::span<const std::size_t> events) {
    own_.clear();
    for (std::size_t i = 0; i < events.size(); ++i) {
      const bool in = events_[events[i]].clocked_in;
      const bool more = i + 1 < events.size();
      if (in && more && !events_[events[i + 1]].clocked_in) {
        add(events[i], events[i + 1]);
        ++i;
      } else if (!in && more && events_[events[i + 1]].clocked_in &&
                 (i + 2 == events.size() || events_[events[i + 2]].clocked_in) &&
                 same_instant_or_day(events[i], events[i + 1])) {
        const bool none = time(events[i]) == time(events[i + 1]);
        wrong(events[i], none ? "clock_no_time" : "clock_out_before_in", "in, and later out");
        ++i;
      } else if (in) {
        wrong(events[i], "clock_out_missing", "an out after each in");
      } else {
        wrong(events[i], "clock_in_missing", "an in before each out");
      }
    }
  }

  bool same_instant_or_day(std::size_t a, std::size_t b) const {
    return zone_.local_date(time(a)) == zone_.local_date(time(b));
  }

  void add(std::size_t in, std::size_t out) {
    const ServiceInterval pair{time(in), time(out)};
    if (pair.begins == pair.ends) return wrong(in, "clock_no_time", "in, and later out");
    if (rules_.longest.count() > 0 && pair.ends - pair.begins > rules_.longest)
      return wrong(out, "clock_too_long",
                   "at most " + std::to_string(rules_.longest / std::chrono::hours{1}) +
                       " hours after the in");
    const Date day = zone_.local_date(pair.begins);
    for (const auto& [taken, at] : own_)
      if (taken == day) {
        ServiceRecord& record = found_.records[at];
        if (rules_.pairs_per_day_max > 0 &&
            std::ssize(record.intervals) >= rules_.pairs_per_day_max)
          return wrong(in, "clock_pairs_too_many",
                       "at most " + std::to_string(rules_.pairs_per_day_max) + " a day");
        record.intervals.push_back(pair);
        return;
      }
    const ClockEvent& event = events_[in];
    own_.emplace_back(day, found_.records.size());
    found_.records.push_back(
        {.volunteer = event.volunteer,
         .need = event.need,
         .activity = event.activity,
         .organisation = event.organisation,
         .place = event.place,
         .item = event.item,
         .intervals = {pair},
         .source = RecordSource::clock,
         .evidence = {
             .device = event.device, .time_code = event.time_code, .position = event.position}});
  }

  std::span<const ClockEvent> events_;
  const ClockRules& rules_;
  Zone zone_;
  ClockedRecords found_;
  std::vector<std::pair<Date, std::size_t>> own_;  // records of this service, by day
};

}  // namespace

ClockedRecords clocked_records(std::span<const ClockEvent> events, const RulePack& pack) {
  return Clocking{events, pack}.read();
}

}  // namespace jiedui
