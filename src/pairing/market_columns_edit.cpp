#include <algorithm>

#include "market_columns.hpp"

// What an edited network asks of the columns of a market.

namespace jiedui {

void MarketColumns::update_volunteer(std::uint32_t number) {
  const Volunteers& all = network_.volunteers();
  const std::size_t lists = open_.size();
  const std::size_t times = volunteer_times_.size();
  items_of_skill_.resize(network_.words().size());
  language_bit_.resize(network_.words().size(), 0);
  for (auto list = static_cast<std::uint32_t>(languages_.size()); list < all.languages.distinct();
       ++list)
    languages_.push_back(mask_of(all.languages.list(list)));
  for (auto list = static_cast<std::uint32_t>(open_.size()); list < all.availability.distinct();
       ++list)
    add_open(list);
  if (number == volunteers_.row_of.size()) {
    volunteers_.row_of.push_back(number);
    volunteers_.number_of.push_back(number);
  }
  add_times_of(number);
  // Times that came are looked up with the others, unless one of them has to be worked out.
  for (std::size_t list = lists; list < open_.size(); ++list)
    if (open_[list].is_irregular) open_in_slot_.clear();
  if (!open_in_slot_.empty())
    for (std::size_t time = times; time < volunteer_times_.size(); ++time)
      add_open_in_slot(volunteer_times_[time]);
}

void MarketColumns::add_times_of(std::uint32_t number) {
  const std::uint32_t row = volunteers_.row(number);
  std::vector<std::uint32_t> items;
  items_of(number, items);
  for (const std::uint32_t item : items) {
    if (is_dated_[item] == 0 || eligibility_.dated_rules_hold_throughout(row, item)) continue;
    const std::vector<bool> days = days_of(row, item);
    if (std::find(days.begin(), days.end(), true) != days.end())
      add_time(network_.volunteers().availability.number(row), days);
  }
}

void MarketColumns::update_line(std::uint32_t number) {
  language_bit_.resize(network_.words().size(), 0);
  if (number == lines_.row_of.size()) {
    lines_.row_of.push_back(number);
    lines_.number_of.push_back(number);
    line_.emplace_back();
  }
  set_line(number, {});
}

bool MarketColumns::has_place_for(const Needs& one) const {
  const Symbol language = one.language[0];
  return is_item_used_[one.item[0].value()] != 0 &&
         (!language.has_value() ||
          (language.value() < language_bit_.size() && language_bit_[language.value()] != 0));
}

std::uint64_t MarketColumns::slot_bits_after(const LineTime& asked, const Open& open) const {
  const std::int64_t after = eligibility_.clock() - eligibility_.slots().front().begin;
  std::uint64_t holds = 0;
  std::uint64_t bits = 0;
  for (const LineTime::Part& part : asked.parts) {
    const std::uint64_t bit = std::uint64_t{1} << part.slot;
    if ((open.slots & bit) == 0 || (holds & bit) != 0) continue;
    const Stretch& stretch =
        stretches_[open.first + static_cast<unsigned>(std::popcount(open.slots & (bit - 1)))];
    const std::int32_t begin = std::max(stretch.begin, part.begin);
    if (std::min(stretch.end, part.end) - begin < asked.duration) continue;
    holds |= bit;  // the earliest time in a slot is the one that counts
    if (begin > after) bits |= bit;
  }
  return bits;
}

}  // namespace jiedui
