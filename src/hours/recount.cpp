#include "jiedui/hours/recount.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>

#include "hours/interval_set.hpp"
#include "jiedui/hours/hours_ledger.hpp"

namespace jiedui {

namespace {

/// Seconds that somebody decided do not count. Those of a dispute are not among them: whoever holds
/// them, the volunteer served them.
Seconds taken_off(const RecordHistory& history) {
  Seconds seconds;
  for (const RecordPart& part : history.parts) {
    const bool by_dispute =
        part.disputed || part.reason == static_cast<std::uint32_t>(HoursReason::disputed);
    if (part.state != RecordState::claimed && !by_dispute) seconds += part.seconds - part.confirmed;
  }
  return seconds;
}

/// Counts the records of one volunteer.
class Recounter {
 public:
  Recounter(const RulePack& pack, std::string volunteer)
      : pack_(pack), zone_(pack.zone), sheet_(pack) {
    count_.volunteer = std::move(volunteer);
  }

  void add(const RecordHistory& history) {
    ServiceRecord record = history.record;
    const std::chrono::seconds off{taken_off(history).count()};
    // As it was booked under another pack, breaks and travel are judged anew by this one.
    const detail::Intervals time = detail::counted_intervals(record, pack_.counting);
    const bool undated = record.intervals.empty();
    const std::chrono::seconds left = (undated ? record.served : detail::length(time)) - off;
    if (left.count() <= 0) return;
    record.served = undated ? left : std::chrono::seconds{0};
    record.intervals = detail::first_of(time, left);
    record.breaks.clear();
    record.travel.clear();
    const Date day = zone_.local_date(history.happened);
    const Assessment found = sheet_.add(record, day);
    Seconds counted;
    for (std::size_t i = 0; i < found.by_approver.size(); ++i) {
      const Seconds seconds{found.by_approver[i].count()};
      count_.by_approver[i] += seconds;
      counted += seconds;
    }
    count_.disputed += Seconds{found.disputed.count()};
    count_.over_cap += Seconds{found.over_cap.count()};
    served_.push_back({.record = record.id,
                       .volunteer = count_.volunteer,
                       .source = record.source,
                       .happened = history.happened,
                       .day = day,
                       .confirmed = counted});
  }

  Recount finish(Date as_of, const Registrations& registered) {
    if (!pack_.stars) return std::move(count_);
    Registrations own;
    if (const auto at = registered.find(count_.volunteer); at != registered.end()) own.insert(*at);
    auto standings = stars(served_, *pack_.stars, as_of, own);
    if (!standings.empty()) count_.stars = std::move(standings.front());
    return std::move(count_);
  }

 private:
  const RulePack& pack_;
  Zone zone_;
  TimeSheet sheet_;
  Recount count_;
  std::vector<ServedRecord> served_;
};

/// As records that are handed in together are taken.
bool comes_before(const RecordHistory* a, const RecordHistory* b) {
  const auto key = [](const RecordHistory& history) {
    return std::tuple{std::string_view(history.record.volunteer), history.record.source,
                      history.happened, history.record.id};
  };
  return key(*a) < key(*b);
}

std::string_view star_of(const Recount& count) {
  return count.stars.reached.empty() ? std::string_view{} : count.stars.reached.back().level;
}

void add_columns(Table& table, const std::vector<const Recount*>& counts,
                 const std::string& prefix) {
  const auto add = [&](std::string_view name, const auto& value) {
    std::vector<std::int64_t> cells;
    cells.reserve(counts.size());
    for (const Recount* count : counts) cells.push_back(value(*count).count());
    table.columns.push_back(
        {.name = prefix + std::string(name) + "_seconds", .cells = std::move(cells)});
  };
  for (std::size_t i = 0; i < 4; ++i)
    add(to_string(static_cast<Approver>(i)),
        [i](const Recount& count) { return count.by_approver[i]; });
  add("counted", [](const Recount& count) { return count.counted(); });
  add("disputed", [](const Recount& count) { return count.disputed; });
  add("over_cap", [](const Recount& count) { return count.over_cap; });
  TextColumn star;
  for (const Recount* count : counts) star.push_back(star_of(*count));
  table.columns.push_back({.name = prefix + "star", .cells = std::move(star)});
}

Table table_of(const char* name, const std::vector<const Recount*>& counts) {
  TextColumn volunteer;
  for (const Recount* count : counts) volunteer.push_back(count->volunteer);
  Table table{.name = name};
  table.columns.push_back({.name = "volunteer", .cells = std::move(volunteer)});
  return table;
}

}  // namespace

Seconds Recount::counted() const {
  return std::accumulate(by_approver.begin(), by_approver.end(), Seconds{});
}

std::vector<Recount> recount(std::span<const RecordHistory> histories, const RulePack& pack,
                             Date as_of, const Registrations& registered) {
  std::vector<const RecordHistory*> in_order;
  for (const RecordHistory& history : histories)
    if (!history.record.volunteer.empty()) in_order.push_back(&history);
  std::sort(in_order.begin(), in_order.end(), comes_before);
  std::vector<Recount> counts;
  for (std::size_t i = 0; i < in_order.size();) {
    const std::string& volunteer = in_order[i]->record.volunteer;
    Recounter counter{pack, volunteer};
    for (; i < in_order.size() && in_order[i]->record.volunteer == volunteer; ++i)
      counter.add(*in_order[i]);
    counts.push_back(counter.finish(as_of, registered));
  }
  return counts;
}

Table recount_table(std::span<const Recount> recounts) {
  std::vector<const Recount*> rows;
  for (const Recount& count : recounts) rows.push_back(&count);
  Table table = table_of("recount", rows);
  add_columns(table, rows, "");
  return table;
}

std::vector<PackChange> compare_packs(std::span<const RecordHistory> histories,
                                      const RulePack& before, const RulePack& after, Date as_of,
                                      const Registrations& registered) {
  std::vector<Recount> first = recount(histories, before, as_of, registered);
  std::vector<Recount> second = recount(histories, after, as_of, registered);
  std::vector<PackChange> changes;
  for (std::size_t i = 0; i < first.size(); ++i) {
    PackChange& change = changes.emplace_back(
        PackChange{.before = std::move(first[i]), .after = std::move(second[i])});
    change.counted = change.after.counted() - change.before.counted();
    change.star = star_of(change.before) != star_of(change.after);
  }
  return changes;
}

Table pack_change_table(std::span<const PackChange> changes) {
  std::vector<const Recount*> before, after;
  std::vector<std::int64_t> counted;
  for (const PackChange& change : changes) {
    before.push_back(&change.before);
    after.push_back(&change.after);
    counted.push_back(change.counted.count());
  }
  Table table = table_of("pack_changes", before);
  add_columns(table, before, "before_");
  add_columns(table, after, "after_");
  table.columns.push_back({.name = "counted_change_seconds", .cells = std::move(counted)});
  return table;
}

}  // namespace jiedui
