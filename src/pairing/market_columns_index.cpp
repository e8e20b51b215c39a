#include <algorithm>

#include "market_columns.hpp"
#include "solver/line_threads.hpp"

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

void MarketColumns::set_anywhere() {
  for (std::uint32_t need = 0; need < network_.need_count(); ++need)
    if (eligibility_.ignores_reach(need))
      items_[network_.needs().item[need].value()].is_anywhere = true;
}

void MarketColumns::index_lines() {
  std::vector<std::vector<LineEntry>> placed(items_.size());
  for (std::uint32_t number = 0; number < line_.size(); ++number) {
    const Line& line = line_[number];
    if (line.is_anywhere) {
      items_[line.item].lines_anywhere.push_back(number);
    } else if (line.is_placed) {
      placed[line.item].push_back({line.point, number});
    }
  }
  for (std::size_t item = 0; item < items_.size(); ++item)
    items_[item].lines = SpatialTree<LineEntry, 16>(std::move(placed[item]));
}

/// What a block of rows of volunteers may serve, in their order.
struct MarketColumns::RowEntries {
  struct Entry {
    ItemVolunteer who;
    std::uint32_t item;
  };
  /// An entry that holds on some days only, whose time has no number yet.
  struct Dated {
    std::size_t entry;
    std::vector<bool> days;
  };
  std::vector<Entry> entries;
  std::vector<std::uint32_t> end;  // of each row
  std::vector<Dated> dated;
};

void MarketColumns::read_rows(std::uint32_t begin, std::uint32_t end, RowEntries& found) const {
  found.entries.reserve(2 * std::size_t{end - begin});
  std::vector<std::uint32_t> items;
  for (std::uint32_t row = begin; row < end; ++row) {
    items_of(volunteers_.number(row), items);
    for (const std::uint32_t item : items) {
      auto who = entry_without_time(row, item);
      if (!who || (who->limit <= 0 && !items_[item].is_anywhere)) continue;
      who->time = network_.volunteers().availability.number(row);
      if (is_dated_[item] != 0 && !eligibility_.dated_rules_hold_throughout(row, item)) {
        std::vector<bool> days = days_of(row, item);
        if (std::find(days.begin(), days.end(), true) == days.end()) continue;
        found.dated.push_back({found.entries.size(), std::move(days)});
      }
      found.entries.push_back({*who, item});
    }
    found.end.push_back(static_cast<std::uint32_t>(found.entries.size()));
  }
}

std::uint32_t MarketColumns::add_time(std::uint32_t availability, const std::vector<bool>& days) {
  const auto [set, is_new] =
      days_number_.try_emplace(days, static_cast<std::uint32_t>(days_.size()));
  if (is_new) days_.push_back(days);
  VolunteerTime time;
  time.availability = availability;
  time.days = set->second;
  if (has_few_slots()) {
    time.day_slots = 0;
    for (std::size_t slot = 0; slot < days.size(); ++slot)
      time.day_slots |= std::uint64_t{days[slot]} << slot;
  }
  const auto [known, added] = time_number_.try_emplace(
      {time.availability, time.days}, static_cast<std::uint32_t>(volunteer_times_.size()));
  if (added) volunteer_times_.push_back(time);
  return known->second;
}

void MarketColumns::index_all(std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden,
                              int threads) {
  const auto volunteers = static_cast<std::uint32_t>(network_.volunteer_count());
  // Rows are read in their order, as they lie in memory; the lines are one more block.
  std::vector<RowEntries> found((volunteers + rows_at_once - 1) / rows_at_once);
  set_anywhere();
  each_block<1>(static_cast<std::uint32_t>(found.size() + 1), threads, {},
                [&](std::uint32_t block, std::uint32_t /*end*/) {
                  if (block == 0) {
                    set_lines(forbidden);
                    index_lines();
                    return;
                  }
                  const std::uint32_t begin = (block - 1) * rows_at_once;
                  read_rows(begin, std::min(volunteers, begin + rows_at_once), found[block - 1]);
                });
  index_volunteers(found, threads);
}

void MarketColumns::index_volunteers(std::vector<RowEntries>& found, int threads) {
  // Most volunteers may serve an item on all days or on none; the others have a time of their own.
  for (RowEntries& rows : found)
    for (const RowEntries::Dated& dated : rows.dated) {
      std::uint32_t& time = rows.entries[dated.entry].who.time;
      time = add_time(time, dated.days);
    }
  set_open_in_slot();
  constexpr std::size_t classes = 32;
  constexpr std::size_t groups = nearness_count * classes;
  const auto group_of = [](const RowEntries::Entry& entry) {
    return entry.item * groups + entry.who.mode * classes +
           static_cast<std::size_t>(
               std::bit_width(static_cast<std::uint32_t>(std::max(entry.who.limit, 0))));
  };
  std::vector<std::size_t> size(items_.size() * groups, 0);
  for (const RowEntries& rows : found)
    for (const RowEntries::Entry& entry : rows.entries) ++size[group_of(entry)];
  std::vector<std::vector<ItemVolunteer>> by_group(size.size());
  for (std::size_t group = 0; group < size.size(); ++group) by_group[group].reserve(size[group]);
  for (const std::uint32_t row : volunteers_.row_of) {
    const RowEntries& rows = found[row / rows_at_once];
    const std::uint32_t place = row % rows_at_once;
    for (std::uint32_t i = place == 0 ? 0 : rows.end[place - 1]; i < rows.end[place]; ++i)
      by_group[group_of(rows.entries[i])].push_back(rows.entries[i].who);
  }
  found.clear();
  each_block<1>(static_cast<std::uint32_t>(items_.size()), threads, {},
                [&](std::uint32_t item, std::uint32_t /*end*/) {
                  index_item(items_[item], std::span(by_group).subspan(item * groups, groups));
                });
}

void MarketColumns::index_item(ItemColumns& item, std::span<std::vector<ItemVolunteer>> by_group) {
  std::vector<ItemVolunteer> everybody;
  for (std::vector<ItemVolunteer>& group : by_group) {
    if (item.is_anywhere)
      everybody.insert(everybody.end(), group.begin(), group.end());
    else if (!group.empty())
      item.groups.emplace_back(group);
    group = {};
  }
  std::sort(everybody.begin(), everybody.end(), is_better);
  item.everybody = blocks_of(everybody);
}

}  // namespace jiedui
