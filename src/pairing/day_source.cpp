#include "day_source.hpp"

#include <algorithm>
#include <limits>

#include "term_points.hpp"

namespace jiedui {

using solver::Offer;
using solver::Request;

DaySource::DaySource(ImpliedSource& base)
    : base_(base),
      volunteers_(base.columns().volunteers().row_of.size(), Standing::in_base),
      lines_(base.columns().line_count(), Standing::in_base),
      check_(base.columns(), base.slot_sets()) {}

void DaySource::set(std::vector<Standing>& all, std::uint32_t number, Standing now) {
  if (number >= all.size()) all.resize(number + std::size_t{1}, Standing::out);
  all[number] = now;
}

// --- what changes ---

void DaySource::take_out_volunteer(std::uint32_t number) {
  set(volunteers_, number, Standing::out);
  const auto known = entries_.find(number);
  if (known == entries_.end()) return;
  for (const Placed& entry : known->second) {
    if (base_.columns().item(entry.item).is_anywhere) everybody_[entry.item].erase(entry);
    if (entry.limit <= 0) continue;
    const unsigned size = cell_size(entry.limit);
    volunteer_grid_.remove(entry.item, size, entry.point, number);
    auto& sizes = sizes_[entry.item];
    if (--sizes[size] == 0) sizes.erase(size);
  }
  entries_.erase(known);
}

void DaySource::put_in_volunteer(std::uint32_t number) {
  set(volunteers_, number, Standing::beside);
  std::vector<Placed>& entries = entries_[number];
  base_.columns().items_of(number, items_);
  for (const std::uint32_t item : items_) {
    const auto who = base_.columns().entry(number, item);
    if (!who) continue;
    entries.push_back({*who, item});
    if (base_.columns().item(item).is_anywhere) everybody_[item].insert(*who);
    if (who->limit <= 0) continue;
    const unsigned size = cell_size(who->limit);
    volunteer_grid_.add(item, size, *who);
    ++sizes_[item][size];
  }
}

void DaySource::take_out_line(std::uint32_t number) {
  if (standing(lines_, number) == Standing::beside) {
    const Line& line = base_.columns().line(number);
    ItemLines& lines = item_lines_[line.item];
    lines.anywhere.erase(number);
    if (lines.placed.erase(number) != 0)
      line_grid_.remove(line.item, line_cell, line.point, number);
  }
  set(lines_, number, Standing::out);
}

void DaySource::put_in_line(std::uint32_t number) {
  set(lines_, number, Standing::beside);
  const Line& line = base_.columns().line(number);
  if (line.is_anywhere) {
    item_lines_[line.item].anywhere.insert(number);
  } else if (line.is_placed) {
    item_lines_[line.item].placed.insert(number);
    line_grid_.add(line.item, line_cell, {line.point, number});
  }
}

// --- what is asked for ---

void DaySource::look_at(const ItemVolunteer& who, std::vector<Offer>& out) const {
  StandardPair pair;
  if (check_(who, pair)) out.push_back({pair.volunteer, pair.slots, pair.points});
}

solver::Rest DaySource::best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const {
  solver::Rest rest;
  for (std::size_t asked = count;; asked *= 2) {
    rest = base_.best(line, asked, out);
    std::erase_if(out, [&](const Offer& offer) {
      return standing(volunteers_, offer.volunteer) != Standing::in_base;
    });
    if (!rest.any || out.size() >= count) break;
  }
  if (entries_.empty()) return rest;
  const Line& of = base_.columns().line(line);
  check_.begin(line, true);
  if (of.is_anywhere) {
    rest = add_everybody(of, count, rest, out);
  } else if (of.is_placed) {
    const auto sizes = sizes_.find(of.item);
    if (sizes != sizes_.end())
      for (const auto& [size, entries] : sizes->second)
        // Nobody in cells of this size goes farther than half of one.
        volunteer_grid_.visit(of.item, size, of.point, std::int32_t{1} << (size - 1),
                              [&](const ItemVolunteer& who) { look_at(who, out); });
  }
  std::sort(out.begin(), out.end(), [](const Offer& a, const Offer& b) {
    return a.points != b.points ? a.points > b.points : a.volunteer < b.volunteer;
  });
  return rest;
}

/// Those who may serve the item anywhere, best first.
solver::Rest DaySource::add_everybody(const Line& line, std::size_t count, solver::Rest rest,
                                      std::vector<Offer>& out) const {
  const auto everybody = everybody_.find(line.item);
  if (everybody == everybody_.end()) return rest;
  std::int64_t beside =
      check_.most_beside(~std::uint32_t{0}) +
      std::max<std::int64_t>(base_.columns().weight(StandardTerm::continuity), 0) *
          term_points::continuity;
  if (line.counts_nearness)
    beside += std::max<std::int64_t>(base_.columns().weight(StandardTerm::nearness), 0) *
              term_points::nearness_most;
  std::size_t left = count;
  for (const ItemVolunteer& who : everybody->second) {
    if (left == 0) {
      const std::int64_t most = who.points + beside;
      return {true, rest.any ? std::max(rest.points_max, most) : most};
    }
    const std::size_t before = out.size();
    look_at(who, out);
    left -= out.size() - before;
  }
  return rest;
}

void DaySource::requests_of(std::uint32_t volunteer, std::vector<Request>& out) const {
  out.clear();
  if (standing(volunteers_, volunteer) == Standing::out) return;
  base_.requests_of(volunteer, out);
  std::erase_if(out, [&](const Request& request) {
    return standing(lines_, request.line) != Standing::in_base;
  });
  if (item_lines_.empty()) return;
  base_.columns().items_of(volunteer, items_);
  for (const std::uint32_t item : items_) {
    const auto lines = item_lines_.find(item);
    if (lines == item_lines_.end()) continue;
    const auto who = base_.columns().entry(volunteer, item);
    if (!who) continue;
    const auto look_at_line = [&](std::uint32_t line) {
      check_.begin(line, true);
      StandardPair pair;
      if (check_(*who, pair)) out.push_back({line, pair.slots, pair.points});
    };
    for (const std::uint32_t line : lines->second.anywhere) look_at_line(line);
    if (who->limit <= 0) continue;
    if (DayGrid<LineEntry>::cells_within(line_cell, who->limit) > lines->second.placed.size()) {
      for (const std::uint32_t line : lines->second.placed) look_at_line(line);
      continue;
    }
    const std::int64_t limit = std::int64_t{who->limit} * who->limit;
    line_grid_.visit(item, line_cell, who->point, who->limit, [&](const LineEntry& line) {
      if (squared_distance(line.point, who->point) < limit) look_at_line(line.number);
    });
  }
  std::sort(out.begin(), out.end(),
            [](const Request& a, const Request& b) { return a.line < b.line; });
}

std::optional<Offer> DaySource::offer(std::uint32_t line, std::uint32_t volunteer) const {
  if (standing(volunteers_, volunteer) == Standing::out || standing(lines_, line) == Standing::out)
    return std::nullopt;
  const Line& of = base_.columns().line(line);
  const auto who = base_.columns().entry(volunteer, of.item);
  if (!who || (!of.is_anywhere && !of.is_placed)) return std::nullopt;
  check_.begin(line, true);
  StandardPair pair;
  if (!check_(*who, pair)) return std::nullopt;
  return Offer{pair.volunteer, pair.slots, pair.points};
}

}  // namespace jiedui
