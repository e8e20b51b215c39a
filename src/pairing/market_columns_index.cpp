#include <algorithm>

#include "market_columns.hpp"

namespace jiedui {

namespace {

bool is_better(const ItemVolunteer& a, const ItemVolunteer& b) {
  return a.points != b.points ? a.points > b.points : a.number < b.number;
}

}  // namespace

void MarketColumns::set_lines(std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden) {
  bonds_.resize(network_.beneficiaries().id.size());
  eligibility_.each_bond([&](std::uint32_t volunteer, std::uint32_t beneficiary) {
    bonds_[beneficiary].push_back(volunteers_.number(volunteer));
  });
  for (auto& list : bonds_) std::sort(list.begin(), list.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> kept_apart;
  for (const auto& [volunteer, need] : forbidden)
    kept_apart.emplace_back(lines_.number(need), volunteers_.number(volunteer));
  std::sort(kept_apart.begin(), kept_apart.end());
  auto apart = kept_apart.begin();
  for (std::uint32_t number = 0; number < line_.size(); ++number) {
    const auto first = apart;
    while (apart != kept_apart.end() && apart->first == number) ++apart;
    set_line(number, {first, apart});
  }
}

void MarketColumns::set_line(std::uint32_t number,
                             std::span<const std::pair<std::uint32_t, std::uint32_t>> apart) {
  const Needs& needs = network_.needs();
  const Items& items = network_.catalogue();
  const std::uint32_t row = lines_.row(number);
  Line& line = line_[number];
  line = {};
  line.time = line_time_of(row);
  line.item = needs.item[row].value();
  line.is_placed = eligibility_.has_position(true, row);
  if (line.is_placed) line.point = eligibility_.point(true, row);
  line.is_anywhere = eligibility_.ignores_reach(row);
  line.counts_nearness = line.is_placed && items.remote[line.item] == YesNo::no;
  if (needs.language[row].has_value() && has_rule(StandardRule::language))
    line.wished_language = language_bit_[needs.language[row].value()];
  if (has_rule(StandardRule::wish)) line.gender = static_cast<std::uint8_t>(needs.gender[row]);
  if (needs.least_level[row] > items.least_level[line.item])
    line.least_level = static_cast<std::uint8_t>(needs.least_level[row]);
  if (needs.activity[row].has_value())
    line.organisation = network_.activities().organisation[needs.activity[row].value()].value();

  line.barred = static_cast<std::uint32_t>(barred_.size());
  line.bonded = static_cast<std::uint32_t>(bonded_.size());
  for (const auto& [of, volunteer] : apart) barred_.push_back(volunteer);
  const BeneficiaryIndex beneficiary = needs.beneficiary[row];
  if (has_rule(StandardRule::excluded)) {
    for (const VolunteerIndex volunteer : needs.excluded[row])
      barred_.push_back(volunteers_.number(volunteer.value()));
    if (beneficiary.has_value() && eligibility_.same_person(beneficiary.value()) != Line::none)
      barred_.push_back(volunteers_.number(eligibility_.same_person(beneficiary.value())));
    std::sort(barred_.begin() + line.barred, barred_.end());
  }
  if (beneficiary.has_value()) {
    line.languages = mask_of(network_.beneficiaries().languages[beneficiary.value()]);
    const auto& bonded = bonds_[beneficiary.value()];
    bonded_.insert(bonded_.end(), bonded.begin(), bonded.end());
  }
  line.barred_end = static_cast<std::uint32_t>(barred_.size());
  line.bonded_end = static_cast<std::uint32_t>(bonded_.size());
}

void MarketColumns::index_lines() {
  std::vector<std::vector<LineEntry>> placed(items_.size());
  for (std::uint32_t number = 0; number < line_.size(); ++number) {
    const Line& line = line_[number];
    if (line.is_anywhere) {
      items_[line.item].lines_anywhere.push_back(number);
      items_[line.item].is_anywhere = true;
    } else if (line.is_placed) {
      placed[line.item].push_back({line.point, number});
    }
  }
  for (std::size_t item = 0; item < items_.size(); ++item)
    items_[item].lines = SpatialTree<LineEntry, 16>(std::move(placed[item]));
}

void MarketColumns::set_volunteer_times() {
  std::vector<std::uint32_t> items;
  for (std::uint32_t v = 0; v < network_.volunteer_count(); ++v) add_times_of(v, items);
}

void MarketColumns::add_times_of(std::uint32_t v, std::vector<std::uint32_t>& items) {
  // Most volunteers may serve an item on all days or on none; the others have a time of their own.
  items_of(v, items);
  const std::uint32_t row = volunteers_.row(v);
  for (const std::uint32_t item : items) {
    if (is_dated_[item] == 0) continue;
    std::vector<bool> days = days_of(row, item);
    if (std::find(days.begin(), days.end(), false) == days.end() ||
        std::find(days.begin(), days.end(), true) == days.end())
      continue;
    const auto [set, new_set] =
        days_number_.try_emplace(days, static_cast<std::uint32_t>(days_.size()));
    if (new_set) days_.push_back(std::move(days));
    VolunteerTime time;
    time.availability = network_.volunteers().availability.number(row);
    time.days = set->second;
    if (has_few_slots()) {
      time.day_slots = 0;
      for (std::size_t slot = 0; slot < set->first.size(); ++slot)
        time.day_slots |= std::uint64_t{set->first[slot]} << slot;
    }
    const auto [known, added] = time_number_.try_emplace(
        {time.availability, time.days}, static_cast<std::uint32_t>(volunteer_times_.size()));
    if (added) volunteer_times_.push_back(time);
  }
}

ItemColumns::Group::Group(std::vector<ItemVolunteer> by_number) : mode(by_number.front().mode) {
  for (std::size_t begin = 0; begin < by_number.size(); begin += leaf) {
    const std::size_t end = std::min(begin + leaf, by_number.size());
    std::sort(by_number.begin() + static_cast<std::ptrdiff_t>(begin),
              by_number.begin() + static_cast<std::ptrdiff_t>(end), is_better);
    const std::size_t first_step = least_number.size();
    for (std::size_t i = begin; i < end; i += step) least_number.push_back(Line::none);
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t s = first_step; s <= first_step + (i - begin) / step; ++s)
        least_number[s] = std::min(least_number[s], by_number[i].number);
  }
  tree = SpatialTree<ItemVolunteer, leaf>(std::move(by_number));
  const std::span<const ItemVolunteer> entries = tree.entries();
  steps.resize(least_number.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const ItemVolunteer& who = entries[i];
    Step& of = steps[i / step];
    const std::size_t place = i % step;
    of.x[place] = who.point.x;
    of.y[place] = who.point.y;
    of.z[place] = who.point.z;
    of.limit[place] = who.limit;
    of.points[place] = who.points;
    of.time[place] = who.time;
    of.languages[place] = who.languages;
    of.number[place] = who.number;
  }
  constexpr std::int32_t narrow = 1 << 25;
  is_narrow = tree.summary(tree.root()).limit < narrow;
}

void MarketColumns::index_volunteers() {
  set_volunteer_times();
  constexpr std::size_t classes = 32;
  constexpr std::size_t groups = nearness_count * classes;
  std::vector<std::array<std::vector<ItemVolunteer>, groups>> found(items_.size());
  std::vector<std::uint32_t> items;
  for (std::uint32_t v = 0; v < network_.volunteer_count(); ++v) {
    items_of(v, items);
    for (const std::uint32_t item : items) {
      const auto who = entry(v, item);
      if (!who) continue;
      if (items_[item].is_anywhere) items_[item].everybody.push_back(*who);
      if (who->limit > 0)
        found[item][who->mode * classes + static_cast<std::size_t>(std::bit_width(
                                              static_cast<std::uint32_t>(who->limit)))]
            .push_back(*who);
    }
  }
  for (std::size_t item = 0; item < items_.size(); ++item) {
    for (std::size_t group = 0; group < groups; ++group)
      if (!found[item][group].empty())
        items_[item].groups.emplace_back(std::move(found[item][group]));
    std::vector<ItemVolunteer>& everybody = items_[item].everybody;
    std::sort(everybody.begin(), everybody.end(), is_better);
  }
}

}  // namespace jiedui
