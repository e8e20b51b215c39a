#include "eligibility.hpp"

#include <algorithm>

#include "sorted_lists.hpp"

namespace jiedui {

namespace {

std::int64_t day_number(Date date) {
  return date.time_since_epoch().count();
}

[[noreturn]] void refuse(std::string code, std::string place, std::string allowed,
                         std::string way_out) {
  throw Error({.code = std::move(code),
               .place = std::move(place),
               .message = "the market cannot be made",
               .allowed = std::move(allowed),
               .way_out = std::move(way_out)});
}

}  // namespace

Eligibility::Eligibility(const Network& network, const Rules& rules, const PointTerms& points,
                         const MarketOptions& options)
    : network_(network),
      rules_(rules),
      terms_(points),
      options_(options),
      volunteers_(network_.volunteers()),
      needs_(network_.needs()),
      items_(network_.catalogue()),
      beneficiaries_(network_.beneficiaries()) {
  set_horizon();
  set_slots();
  set_positions();
  set_bonds();
  set_experience();
  set_roads();
}

// --- horizon and slots ---

Eligibility::Day Eligibility::day_of(std::int64_t number) {
  const Date date{std::chrono::days{number}};
  return {date, static_cast<int>(std::chrono::year_month_day{date}.year())};
}

bool Eligibility::dates_matter(const Needs& needs) {
  return needs.windows.distinct() > 1;
}
bool Eligibility::dates_matter(const Volunteers& volunteers) {
  const auto any = [](const auto& column, auto absent) {
    return std::any_of(column.begin(), column.end(),
                       [&](const auto& value) { return value != absent; });
  };
  return volunteers.availability.distinct() > 1 || volunteers.credentials.distinct() > 1 ||
         any(volunteers.birth_year, YearRange{}) || any(volunteers.insured_until, field::no_date);
}

void Eligibility::set_horizon() {
  std::optional<Date> first;
  std::optional<Date> last;
  for (std::uint32_t list = 0; list < needs_.windows.distinct(); ++list)
    for (const Window& window : needs_.windows.list(list)) {
      if (window.kind != Window::Kind::dated) continue;
      const Date day{std::chrono::days{window.day}};
      const Date end{std::chrono::days{window.day + (window.end - 1) / day_seconds}};
      first = first ? std::min(*first, day) : day;
      last = last ? std::max(*last, end) : end;
    }
  std::optional<Date> registered;
  for (const Date day : volunteers_.registered_since)
    if (day != field::no_date) registered = registered ? std::max(*registered, day) : day;

  const std::optional<Date> from = options_.from ? options_.from : first ? first : registered;
  has_horizon_ = from.has_value();
  if (!from && (dates_matter(needs_) || dates_matter(volunteers_)))
    refuse("horizon_unknown", "options.from", "a date",
           "give the first day of the planning horizon: MarketOptions::from");
  from_ = from.value_or(Date{});
  if (options_.days && (*options_.days < 1 || *options_.days > 366))
    refuse("days_out_of_range", "options.days", "1 to 366", "choose a shorter horizon");
  std::int64_t days = options_.days.value_or(7);
  if (!options_.days && last && *last >= from_) {
    days = day_number(*last) - day_number(from_) + 1;
    // One stale date must not put all other needs out of sight.
    if (!options_.from && days > 31)
      refuse(
          "horizon_too_wide", "options.from",
          "dated windows within 31 days; they go from " + format(*first) + " to " + format(*last),
          "give MarketOptions::from and days, or mend the dates");
    days = std::min<std::int64_t>(days, 31);
  }
  until_ = from_ + std::chrono::days{days - 1};
}

void Eligibility::set_slots() {
  std::vector<std::int32_t> cuts = {0};
  cuts.insert(cuts.end(), options_.slot_cuts.begin(), options_.slot_cuts.end());
  cuts.push_back(day_seconds);
  if (std::adjacent_find(cuts.begin(), cuts.end(), std::greater_equal<>{}) != cuts.end())
    refuse("slot_cuts_invalid", "options.slot_cuts", "rising seconds between 1 and 86399",
           "give the seconds of the day at which slots are cut, or none");
  zone_.emplace(options_.zone);
  if (options_.begin_after) clock_ = options_.begin_after->time_since_epoch().count();
  for (std::int64_t day = day_number(from_); day <= day_number(until_); ++day)
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      const Interval local{day * day_seconds + cuts[i], day * day_seconds + cuts[i + 1]};
      slots_.push_back(to_instants(local));
      slot_days_.push_back(day_of(day));
    }
  if (has_runs() && slots_.size() > solver::SlotRun::slots_max)
    refuse("option_invalid", "options.span_slots",
           "up to " + std::to_string(solver::SlotRun::slots_max) + " slots in the horizon",
           "give fewer MarketOptions::slot_cuts or days, or leave span_slots out");
  add_times();
}

void Eligibility::add_times() {
  for (auto i = static_cast<std::uint32_t>(availability_.size());
       i < volunteers_.availability.distinct(); ++i) {
    availability_.push_back(instants_of(volunteers_.availability.list(i)));
    std::int64_t longest = 0;
    for (const Interval& open : availability_.back())
      longest = std::max(longest, open.end - open.begin);
    longest_availability_.push_back(longest);
  }
  for (auto i = static_cast<std::uint32_t>(windows_.size()); i < needs_.windows.distinct(); ++i)
    windows_.push_back(instants_of(needs_.windows.list(i)));
}

Interval Eligibility::to_instants(const Interval& local) const {
  const auto instant = [&](std::int64_t second) {
    const std::int64_t day = local_day(second);
    return std::int64_t{zone_->instant(Date{std::chrono::days{day}}, second - day * day_seconds)
                            .time_since_epoch()
                            .count()};
  };
  return {instant(local.begin), instant(local.end)};
}

/// Durations are measured between instants: a change of the clocks makes a window shorter or
/// longer.
std::vector<Interval> Eligibility::instants_of(std::span<const Window> windows) const {
  std::vector<Interval> instants;
  for (const Interval& local : open_intervals(windows, from_, until_)) {
    const Interval interval = to_instants(local);
    if (interval.begin < interval.end) instants.push_back(interval);
  }
  return instants;
}

bool Eligibility::has_slot(std::uint32_t n) const {
  if (!is_timed(n)) return true;
  const std::int64_t duration = needs_.duration_minutes[n] * 60;
  const std::vector<Interval>& windows = windows_[needs_.windows.number(n)];
  const auto parts = has_runs() ? windows : intersection(windows, slots_);
  return std::any_of(parts.begin(), parts.end(),
                     [&](const Interval& part) { return part.end - part.begin >= duration; });
}

bool Eligibility::can_begin_after(std::uint32_t n, std::int64_t second) const {
  const std::int64_t duration = needs_.duration_minutes[n] * std::int64_t{60};
  const auto parts = intersection(windows_[needs_.windows.number(n)], slots_);
  return std::any_of(parts.begin(), parts.end(), [&](const Interval& part) {
    return part.end - part.begin >= duration && part.end - duration > second;
  });
}

std::vector<NeedIndex> Eligibility::needs_without_slot() const {
  std::vector<NeedIndex> found;
  for (std::uint32_t n = 0; n < needs_.id.size(); ++n)
    if (!has_slot(n)) found.push_back(NeedIndex{n});
  return found;
}

void Eligibility::slots_of(std::uint32_t v, std::uint32_t n,
                           std::vector<std::uint32_t>& out) const {
  out.clear();
  if (is_timed(n)) free_slots(v, n, out);
  keep_dated(v, n, out);
}

void Eligibility::keep_dated(std::uint32_t v, std::uint32_t n,
                             std::vector<std::uint32_t>& slots) const {
  if (is_timed(n)) {
    std::erase_if(slots, [&](std::uint32_t slot) {
      const solver::SlotRun run = run_of(slot);
      return !std::all_of(
          slot_days_.begin() + run.first, slot_days_.begin() + run.end,
          [&](const Day& day) { return dated_rules_hold(v, needs_.item[n].value(), day); });
    });
    return;
  }
  slots.clear();
  if (is_free_for(v, n) && dated_rules_hold_throughout(v, needs_.item[n].value()))
    slots.push_back(solver::Candidate::no_slot);
}

bool Eligibility::is_free_for(std::uint32_t v, std::uint32_t n) const {
  if (!rules_.has(StandardRule::availability)) return true;
  return longest_availability_[volunteers_.availability.number(v)] >=
         needs_.duration_minutes[n] * 60;
}

bool Eligibility::dated_rules_hold_throughout(std::uint32_t v, std::uint32_t item) const {
  return holds_every_day(StandardRule::credential, v, item) &&
         holds_every_day(StandardRule::insurance, v, item) &&
         holds_every_day(StandardRule::age, v, item);
}

bool Eligibility::holds_every_day(StandardRule rule, std::uint32_t v, std::uint32_t item) const {
  if (!rules_.has(rule)) return true;
  // Age and insurance hold between two days on which they hold; credentials may have gaps.
  if (rule != StandardRule::credential)
    return holds_on(rule, v, item, slot_days_.front()) &&
           holds_on(rule, v, item, slot_days_.back());
  const Symbol asked = items_.credential[item];
  if (!asked.has_value()) return true;
  Date day =
      from_;  // the first that no validity looked at covers; they are in order of their begin
  for (const CredentialEntry& entry : volunteers_.credentials[v])
    if (entry.credential == asked && entry.from <= day && day <= entry.until)
      day = entry.until + std::chrono::days{1};
  return day > until_;
}

bool Eligibility::dated_rules_hold(std::uint32_t v, std::uint32_t item, const Day& day) const {
  return holds_on(StandardRule::credential, v, item, day) &&
         holds_on(StandardRule::insurance, v, item, day) &&
         holds_on(StandardRule::age, v, item, day);
}

void Eligibility::free_slots(std::uint32_t v, std::uint32_t n,
                             std::vector<std::uint32_t>& out) const {
  free_slots(needs_.windows.number(n), volunteers_.availability.number(v),
             needs_.duration_minutes[n] * std::int64_t{60}, out);
}

void Eligibility::free_slots(std::uint32_t windows, std::uint32_t availability,
                             std::int64_t duration, std::vector<std::uint32_t>& out) const {
  if (rules_.has(StandardRule::availability))
    slots_within(intersection(windows_[windows], availability_[availability]), duration, clock_,
                 out);
  else
    slots_within(windows_[windows], duration, clock_, out);
}

void Eligibility::window_slots(std::uint32_t n, std::vector<std::uint32_t>& out) const {
  if (has_runs()) return begin_slots(n, out);
  slots_within(windows_[needs_.windows.number(n)], needs_.duration_minutes[n] * std::int64_t{60},
               std::numeric_limits<std::int64_t>::min(), out);
}

void Eligibility::slots_within(std::span<const Interval> open, std::int64_t duration,
                               std::int64_t after, std::vector<std::uint32_t>& out) const {
  if (has_runs()) return runs_within(open, duration, after, out);
  constexpr std::uint32_t none = 0xFFFF'FFFF;
  std::uint32_t last = none;
  for (const Interval& part : open) {
    auto slot = std::upper_bound(slots_.begin(), slots_.end(), part.begin,
                                 [](std::int64_t at, const Slot& s) { return at < s.end; });
    for (; slot != slots_.end() && slot->begin < part.end; ++slot) {
      const std::int64_t begin = std::max(part.begin, slot->begin);
      const auto number = static_cast<std::uint32_t>(slot - slots_.begin());
      if (std::min(part.end, slot->end) - begin < duration || number == last) continue;
      last = number;  // the earliest time in a slot is the one that counts
      if (begin > after) out.push_back(number);
    }
  }
}

// --- rules ---

Symbol Eligibility::skill_of(std::uint32_t n) const {
  return items_.skill[needs_.item[n].value()];
}

bool Eligibility::suits_item(StandardRule rule, std::uint32_t v, std::uint32_t item) const {
  if (!rules_.has(rule)) return true;
  if (rule == StandardRule::capacity) return volunteers_.capacity[v] >= 1;
  if (rule == StandardRule::training)
    return !items_.training[item].has_value() ||
           contains(volunteers_.training[v], items_.training[item]);
  return !have_common(items_.health_demands[item], volunteers_.health_limits[v]);
}

std::int32_t Eligibility::level_of(std::uint32_t v, std::uint32_t item) const {
  std::int32_t level = 0;
  if (items_.skill[item].has_value())
    for (const SkillEntry& entry : volunteers_.skills[v])
      if (entry.skill == items_.skill[item]) level = std::max(level, entry.level);
  return level;
}

bool Eligibility::holds(StandardRule rule, std::uint32_t v, std::uint32_t n) const {
  if (!rules_.has(rule)) return true;
  const std::uint32_t item = needs_.item[n].value();
  switch (rule) {
    case StandardRule::capacity:
    case StandardRule::training:
    case StandardRule::health:
      return suits_item(rule, v, item);
    case StandardRule::excluded:
      return !is_excluded(v, n);
    case StandardRule::skill:
      return has_skill(v, n);
    case StandardRule::language:
      return !needs_.language[n].has_value() ||
             contains(volunteers_.languages[v], needs_.language[n]);
    case StandardRule::wish:
      return needs_.gender[n] == Gender::unstated || needs_.gender[n] == volunteers_.gender[v];
    case StandardRule::reach:
      return within_reach(v, n);
    case StandardRule::credential:
    case StandardRule::insurance:
    case StandardRule::age:
      return holds_some_day(rule, v, n);
    case StandardRule::availability: {
      if (!is_timed(n)) return is_free_for(v, n);
      std::vector<std::uint32_t> slots;
      free_slots(v, n, slots);
      return !slots.empty();
    }
  }
  return false;
}

bool Eligibility::is_eligible(std::uint32_t v, std::uint32_t n, FreeSlots& free,
                              std::vector<std::uint32_t>& slots) const {
  // The cheap rules that sift most come first; availability and dates come with the slots.
  using enum StandardRule;
  constexpr std::array order = {reach, skill, capacity, training, language, wish, health, excluded};
  for (const StandardRule rule : order)
    if (!holds(rule, v, n)) return false;
  slots.clear();
  if (is_timed(n)) {
    if (free.need != n || free.lists.size() == FreeSlots::lists_max) {
      free.need = n;
      free.lists.clear();
      free.slots.clear();
    }
    const std::uint32_t availability = volunteers_.availability.number(v);
    auto known = std::find_if(free.lists.begin(), free.lists.end(),
                              [&](const auto& list) { return list.availability == availability; });
    if (known == free.lists.end()) {
      const std::size_t begin = free.slots.size();
      free_slots(v, n, slots);
      free.slots.insert(free.slots.end(), slots.begin(), slots.end());
      known = free.lists.insert(known, {availability, begin, free.slots.size()});
    }
    slots.assign(free.slots.begin() + static_cast<std::ptrdiff_t>(known->begin),
                 free.slots.begin() + static_cast<std::ptrdiff_t>(known->end));
    if (slots.empty()) return false;
  }
  keep_dated(v, n, slots);
  return !slots.empty();
}

bool Eligibility::has_skill(std::uint32_t v, std::uint32_t n) const {
  const std::uint32_t item = needs_.item[n].value();
  return !items_.skill[item].has_value() ||
         level_of(v, item) >= std::max(items_.least_level[item], needs_.least_level[n]);
}

bool Eligibility::holds_credential(std::uint32_t v, std::uint32_t item, const Day& day) const {
  const Symbol asked = items_.credential[item];
  if (!asked.has_value()) return true;
  for (const CredentialEntry& entry : volunteers_.credentials[v])
    if (entry.credential == asked && entry.from <= day.date && day.date <= entry.until) return true;
  return false;
}

bool Eligibility::is_insured(std::uint32_t v, std::uint32_t item, const Day& day) const {
  if (items_.dangerous[item] == YesNo::no) return true;
  return volunteers_.insured_until[v] != field::no_date && day.date <= volunteers_.insured_until[v];
}

bool Eligibility::age_fits(std::uint32_t v, std::uint32_t item, const Day& day) const {
  const std::int32_t least = items_.min_age[item];
  const std::int32_t most = items_.max_age[item];
  if (least == field::no_number && most == field::no_number) return true;
  const YearRange born = volunteers_.birth_year[v];
  if (!born.has_value()) return false;
  // Only the year is known: before the birthday a person is one year younger. Both bounds must hold
  // on any birthday, and for each year of a band.
  return (least == field::no_number || day.year - born.last - 1 >= least) &&
         (most == field::no_number || day.year - born.first <= most);
}

bool Eligibility::holds_on(StandardRule rule, std::uint32_t v, std::uint32_t item,
                           const Day& day) const {
  if (!rules_.has(rule)) return true;
  if (rule == StandardRule::credential) return holds_credential(v, item, day);
  if (rule == StandardRule::insurance) return is_insured(v, item, day);
  return age_fits(v, item, day);
}

bool Eligibility::holds_some_day(StandardRule rule, std::uint32_t v, std::uint32_t n) const {
  if (!is_timed(n)) return holds_every_day(rule, v, needs_.item[n].value());
  bool any_day = false;
  std::size_t s = 0;
  for (const Interval& part : windows_[needs_.windows.number(n)])
    for (; s < slots_.size() && slots_[s].begin < part.end; ++s) {
      if (slots_[s].end <= part.begin) continue;
      any_day = true;
      if (holds_on(rule, v, needs_.item[n].value(), slot_days_[s])) return true;
    }
  return !any_day;  // without a day in the horizon it is the slots that are missing
}

bool Eligibility::is_excluded(std::uint32_t v, std::uint32_t n) const {
  if (contains(needs_.excluded[n], VolunteerIndex{v})) return true;
  const BeneficiaryIndex beneficiary = needs_.beneficiary[n];
  return beneficiary.has_value() && same_person_[beneficiary.value()] == v;
}

bool Eligibility::within_reach(std::uint32_t v, std::uint32_t n) const {
  if (remote_[n] != 0) return true;
  if (volunteer_placed_[v] == 0 || need_placed_[n] == 0) return false;
  if (reach_[v] < 0) return false;
  const std::int64_t limit = (reach_[v] + 1) * Cartesian::units_per_metre;
  if (squared_distance(volunteer_point_[v], need_point_[n]) >= limit * limit) return false;
  return !is_by_road() || within_minutes(v, n);
}

}  // namespace jiedui
