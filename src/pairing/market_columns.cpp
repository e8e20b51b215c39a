#include "market_columns.hpp"

#include <algorithm>

#include "solver/line_threads.hpp"
#include "sorted_lists.hpp"
#include "term_points.hpp"

namespace jiedui {

namespace {

constexpr std::uint32_t own_language_bits = 31;

bool is_regular(std::span<const Interval> intervals) {
  return std::adjacent_find(intervals.begin(), intervals.end(),
                            [](const Interval& a, const Interval& b) {
                              return b.begin <= a.end;
                            }) == intervals.end();
}

}  // namespace

MarketColumns::MarketColumns(const Network& network, const Rules& rules, const PointTerms& terms,
                             const Eligibility& eligibility,
                             std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden,
                             int threads)
    : network_(network), rules_(rules), eligibility_(eligibility) {
  for (std::size_t t = 0; t < standard_term_count; ++t)
    weights_[t] = terms.weight_of(static_cast<StandardTerm>(t));
  const std::size_t needs = network_.need_count();
  each_block<1>(2, threads, {}, [&](std::uint32_t of_lines, std::uint32_t /*end*/) {
    (of_lines == 0 ? volunteers_ : lines_) =
        number_by_position(eligibility_.positions(of_lines != 0));
  });
  line_.resize(needs);
  set_languages();
  set_nearness();
  set_items();
  set_open();
  index_all(forbidden, threads);
}

void MarketColumns::set_languages() {
  std::vector<std::uint8_t> is_asked(network_.words().size(), 0);
  const Lists<Symbol>& of_beneficiaries = network_.beneficiaries().languages;
  for (std::uint32_t list = 0; list < of_beneficiaries.distinct(); ++list)
    for (const Symbol language : of_beneficiaries.list(list)) is_asked[language.value()] = 1;
  for (const Symbol language : network_.needs().language)
    if (language.has_value()) is_asked[language.value()] = 1;
  language_bit_.resize(is_asked.size(), 0);
  std::uint32_t used = 0;
  for (std::size_t word = 0; word < is_asked.size(); ++word) {
    if (is_asked[word] == 0) continue;
    language_bit_[word] = std::uint32_t{1} << std::min(used, own_language_bits);
    if (used >= own_language_bits) other_languages_ = language_bit_[word];
    ++used;
  }
  const Lists<Symbol>& of_volunteers = network_.volunteers().languages;
  for (std::uint32_t list = 0; list < of_volunteers.distinct(); ++list)
    languages_.push_back(mask_of(of_volunteers.list(list)));
}

std::uint32_t MarketColumns::mask_of(std::span<const Symbol> languages) const {
  std::uint32_t mask = 0;
  for (const Symbol language : languages) mask |= language_bit_[language.value()];
  return mask;
}

void MarketColumns::set_nearness() {
  for (std::size_t mode = 0; mode < nearness_.size(); ++mode)
    for (std::int32_t metres = 0;; ++metres) {
      const std::int64_t value = eligibility_.nearness(static_cast<TravelMode>(mode), metres);
      nearness_[mode].push_back(static_cast<std::int32_t>(value));
      if (value == 0) break;  // it never rises again
    }
  // A line may ask for a level above the item's.
  constexpr auto most = term_points::most(16);
  std::int64_t sum = 0;
  for (std::size_t t = 0; t < most.size(); ++t) sum += std::abs(weights_[t]) * most[t];
  has_narrow_points_ = sum <= std::numeric_limits<std::int32_t>::max();
}

void MarketColumns::set_items() {
  const Items& items = network_.catalogue();
  items_.resize(items.id.size());
  items_of_skill_.resize(network_.words().size());
  is_item_used_.resize(items_.size(), 0);
  for (const ItemIndex item : network_.needs().item) is_item_used_[item.value()] = 1;
  for (std::uint32_t item = 0; item < items_.size(); ++item) {
    is_dated_.push_back(items.credential[item].has_value() || items.dangerous[item] == YesNo::yes ||
                        items.min_age[item] != field::no_number ||
                        items.max_age[item] != field::no_number);
    if (is_item_used_[item] == 0) continue;
    const Symbol skill = items.skill[item];
    if (skill.has_value() && has_rule(StandardRule::skill))
      items_of_skill_[skill.value()].push_back(item);
    else
      items_without_skill_.push_back(item);
  }
}

void MarketColumns::items_of(std::uint32_t volunteer, std::vector<std::uint32_t>& out) const {
  out = items_without_skill_;
  Symbol last;
  for (const SkillEntry& entry : network_.volunteers().skills[volunteers_.row(volunteer)]) {
    if (entry.skill != last)
      out.insert(out.end(), items_of_skill_[entry.skill.value()].begin(),
                 items_of_skill_[entry.skill.value()].end());
    last = entry.skill;
  }
}

std::optional<ItemVolunteer> MarketColumns::entry(std::uint32_t volunteer,
                                                  std::uint32_t item) const {
  const std::uint32_t row = volunteers_.row(volunteer);
  auto entry = entry_without_time(row, item);
  const auto time = entry ? time_of(row, item) : std::nullopt;
  if (!time) return {};
  entry->time = *time;
  return entry;
}

std::optional<ItemVolunteer> MarketColumns::entry_without_time(std::uint32_t row,
                                                               std::uint32_t item) const {
  using enum StandardRule;
  const Items& items = network_.catalogue();
  const Volunteers& all = network_.volunteers();
  const std::int32_t level = eligibility_.level_of(row, item);
  const std::int32_t least = items.least_level[item];
  if (has_rule(skill) && items.skill[item].has_value() && level < least) return {};
  for (const StandardRule rule : {capacity, training, health})
    if (!eligibility_.suits_item(rule, row, item)) return {};
  ItemVolunteer entry;
  entry.is_placed = eligibility_.has_position(false, row) ? 1 : 0;
  if (entry.is_placed != 0) {
    entry.point = eligibility_.point(false, row);
    entry.limit =
        static_cast<std::int32_t>((eligibility_.reach(row) + 1) * Cartesian::units_per_metre);
  }
  // At most 10^6 · (240 + 150): it fits.
  entry.points = static_cast<std::int32_t>(
      weight(StandardTerm::level) * std::max(level - least, 0) * term_points::level +
      weight(StandardTerm::experience) * eligibility_.experience(row));
  entry.number = volunteers_.number(row);
  entry.languages = languages_[all.languages.number(row)];
  entry.organisation = all.organisation[row].value();
  entry.level = static_cast<std::uint8_t>(level);
  entry.mode = static_cast<std::uint8_t>(all.travel_mode[row]);
  entry.gender = static_cast<std::uint8_t>(all.gender[row]);
  return entry;
}

std::vector<bool> MarketColumns::days_of(std::uint32_t row, std::uint32_t item) const {
  const std::vector<Eligibility::Day>& days = eligibility_.slot_days();
  std::vector<bool> holds(days.size());
  for (std::size_t s = 0; s < days.size(); ++s)
    holds[s] = s > 0 && days[s].date == days[s - 1].date
                   ? holds[s - 1]
                   : eligibility_.dated_rules_hold(row, item, days[s]);
  return holds;
}

std::optional<std::uint32_t> MarketColumns::time_of(std::uint32_t row, std::uint32_t item) const {
  const std::uint32_t availability = network_.volunteers().availability.number(row);
  if (is_dated_[item] == 0 || eligibility_.dated_rules_hold_throughout(row, item))
    return time_of_list_[availability];
  const std::vector<bool> days = days_of(row, item);
  if (std::find(days.begin(), days.end(), true) == days.end()) return {};
  return time_number_.at({availability, days_number_.at(days)});
}

void MarketColumns::slots_of(std::uint32_t line_time, std::uint32_t volunteer_time,
                             std::vector<std::uint32_t>& out) const {
  out.clear();
  const LineTime& asked = line_times_[line_time];
  const VolunteerTime& offered = volunteer_times_[volunteer_time];
  if (asked.is_timed) {
    eligibility_.free_slots(asked.windows, offered.availability, asked.duration, out);
    if (offered.days != VolunteerTime::every_day)
      std::erase_if(out, [&](std::uint32_t slot) {
        const std::vector<bool>& days = days_[offered.days];
        const solver::SlotRun run = eligibility_.run_of(slot);
        return std::find(days.begin() + run.first, days.begin() + run.end, false) !=
               days.begin() + run.end;
      });
  } else if (offered.days == VolunteerTime::every_day &&
             (!has_rule(StandardRule::availability) ||
              eligibility_.longest_availability(offered.availability) >= asked.duration)) {
    out.push_back(solver::Candidate::no_slot);
  }
}

std::uint64_t MarketColumns::slow_slot_bits(std::uint32_t line_time,
                                            std::uint32_t volunteer_time) const {
  std::vector<std::uint32_t> slots;
  slots_of(line_time, volunteer_time, slots);
  if (!is_timed(line_time)) return slots.empty() ? 0 : ~std::uint64_t{0};
  std::uint64_t bits = 0;
  for (const std::uint32_t slot : slots) bits |= std::uint64_t{1} << slot;
  return bits;
}

void MarketColumns::set_open() {
  for (std::uint32_t list = 0; list < network_.volunteers().availability.distinct(); ++list)
    add_open(list);
}

void MarketColumns::add_open(std::uint32_t list) {
  const std::vector<Slot>& slots = eligibility_.slots();
  VolunteerTime time;
  time.availability = list;
  time_of_list_.push_back(static_cast<std::uint32_t>(volunteer_times_.size()));
  volunteer_times_.push_back(time);
  Open open;
  open.first = static_cast<std::uint32_t>(stretches_.size());
  const Interval always{slots.front().begin, slots.back().end};
  const std::span<const Interval> intervals = has_rule(StandardRule::availability)
                                                  ? eligibility_.availability(list)
                                                  : std::span(&always, 1);
  open.is_irregular = !has_few_slots() || !is_regular(intervals);
  for (std::uint32_t slot = 0; slot < slots.size() && !open.is_irregular; ++slot)
    for (const Interval& interval : intervals) {
      const std::int64_t begin = std::max(interval.begin, slots[slot].begin);
      const std::int64_t end = std::min(interval.end, slots[slot].end);
      if (begin >= end) continue;
      const std::uint64_t bit = std::uint64_t{1} << slot;
      open.is_irregular = open.is_irregular || (open.slots & bit) != 0;
      open.slots |= bit;
      stretches_.push_back({second_of_horizon(begin), second_of_horizon(end)});
    }
  open_.push_back(open);
}

void MarketColumns::set_open_in_slot() {
  constexpr std::size_t times_max = 1024;
  if (!has_few_slots() || volunteer_times_.size() > times_max) return;
  for (const Open& open : open_)
    if (open.is_irregular) return;
  open_in_slot_.resize(eligibility_.slots().size());
  for (const VolunteerTime& time : volunteer_times_) add_open_in_slot(time);
}

void MarketColumns::add_open_in_slot(const VolunteerTime& time) {
  constexpr std::int32_t never = 1 << 30;
  const Open& open = open_[time.availability];
  for (std::size_t slot = 0; slot < open_in_slot_.size(); ++slot) {
    const std::uint64_t bit = std::uint64_t{1} << slot;
    Stretch stretch{never, -never};
    if ((open.slots & time.day_slots & bit) != 0)
      stretch =
          stretches_[open.first + static_cast<unsigned>(std::popcount(open.slots & (bit - 1)))];
    open_in_slot_[slot].begin.push_back(stretch.begin);
    open_in_slot_[slot].end.push_back(stretch.end);
  }
}

bool MarketColumns::slot_bits_of_all(std::uint32_t line_time, std::span<std::uint64_t> bits) const {
  const LineTime& asked = line_times_[line_time];
  if (open_in_slot_.empty() || !asked.is_timed || asked.is_irregular || is_clock_running())
    return false;
  const std::size_t times = open_in_slot_.front().begin.size();
  if (times != volunteer_times_.size()) return false;
  std::fill(bits.begin(), bits.end(), 0);
  for (const LineTime::Part& part : asked.parts) {
    const std::uint64_t bit = std::uint64_t{1} << part.slot;
    const std::int32_t* begin = open_in_slot_[part.slot].begin.data();
    const std::int32_t* end = open_in_slot_[part.slot].end.data();
    for (std::size_t t = 0; t < times; ++t)
      bits[t] |=
          std::min(end[t], part.end) - std::max(begin[t], part.begin) >= asked.duration ? bit : 0;
  }
  return true;
}

bool MarketColumns::speaks(std::uint32_t line, const ItemVolunteer& who) const {
  const std::uint32_t wished = line_[line].wished_language;
  if ((who.languages & wished) == 0) return false;
  return wished != other_languages_ ||
         contains(network_.volunteers().languages[volunteers_.row(who.number)],
                  network_.needs().language[lines_.row(line)]);
}

bool MarketColumns::share_other_language(std::uint32_t line, std::uint32_t volunteer) const {
  const BeneficiaryIndex beneficiary = network_.needs().beneficiary[lines_.row(line)];
  return have_common(network_.beneficiaries().languages[beneficiary.value()],
                     network_.volunteers().languages[volunteers_.row(volunteer)]);
}

std::uint32_t MarketColumns::line_time_of(std::uint32_t row) {
  const Needs& needs = network_.needs();
  const std::vector<Slot>& slots = eligibility_.slots();
  const std::uint32_t windows = needs.windows.number(row);
  const auto [known, added] = line_time_number_.try_emplace(
      {windows, needs.duration_minutes[row]}, static_cast<std::uint32_t>(line_times_.size()));
  if (!added) return known->second;
  LineTime time{.is_timed = eligibility_.is_timed(row),
                .is_irregular = !is_regular(eligibility_.windows(windows)),
                .windows = windows,
                .duration = needs.duration_minutes[row] * 60,
                .parts = {}};
  for (const Interval& window : eligibility_.windows(windows)) {
    auto slot = static_cast<std::uint32_t>(
        std::upper_bound(slots.begin(), slots.end(), window.begin,
                         [](std::int64_t at, const Slot& s) { return at < s.end; }) -
        slots.begin());
    for (; slot < slots.size() && slots[slot].begin < window.end; ++slot) {
      const Interval part{std::max(window.begin, slots[slot].begin),
                          std::min(window.end, slots[slot].end)};
      if (part.end - part.begin >= time.duration)
        time.parts.push_back({slot, second_of_horizon(part.begin), second_of_horizon(part.end)});
    }
  }
  line_times_.push_back(std::move(time));
  return known->second;
}

}  // namespace jiedui
