#include "pin_book.hpp"

#include <algorithm>

namespace jiedui {

PinBook::PinBook(const solver::Limits& limits) : limits_(limits) {}

std::string_view PinBook::add(std::uint32_t line, std::span<const solver::Candidate> ways) {
  const std::uint32_t volunteer = ways.front().volunteer;
  Pins& pins = of_volunteer_[volunteer];
  const bool serves_already = std::any_of(pins.begin(), pins.end(), [&](const Pin& pin) {
    return limits_.need_of(pin.line) == limits_.need_of(line);
  });
  if (serves_already) return "once for each need";
  if (static_cast<std::int32_t>(pins.size()) >= limits_.capacity[volunteer])
    return "the volunteer's capacity";
  if (of_line_[line] >= limits_.demand[line]) return "the need's demand";
  const std::uint32_t organisation = limits_.organisation.empty() ? solver::Limits::no_organisation
                                                                  : limits_.organisation[volunteer];
  const bool counts = organisation != solver::Limits::no_organisation;
  if (counts && of_organisation_[organisation] >= limits_.organisation_total[organisation])
    return "the organisation's total";
  const auto lent = std::find_if(limits_.cross.lending.begin(), limits_.cross.lending.end(),
                                 [&](const auto& lending) {
                                   return lending.from == limits_.cross.home[volunteer] &&
                                          lending.to == limits_.cross.asking[line];
                                 });
  const bool is_lent = lent != limits_.cross.lending.end();
  if (is_lent && lent_[{lent->from, lent->to}] >= lent->at_most)
    return "what one organisation may lend the other";
  pins.push_back({line, {ways.begin(), ways.end()}, ways.size()});
  if (!place_last(pins)) {
    pins.pop_back();
    return "one pair of the volunteer in each slot";
  }
  ++of_line_[line];
  if (counts) ++of_organisation_[organisation];
  if (is_lent) ++lent_[{lent->from, lent->to}];
  return "";
}

bool PinBook::place_last(Pins& pins) const {
  std::set<std::uint32_t> seen;
  if (limits_.cross.slots == 0) return place(pins, pins.size() - 1, seen);
  Pins arranged = pins;
  std::int32_t tries = tries_max;
  if (!arrange(arranged, 0, tries)) return false;
  pins = std::move(arranged);
  return true;
}

bool PinBook::arrange(Pins& pins, std::size_t i, std::int32_t& tries) const {
  if (i == pins.size()) return true;
  const auto run = [&](const Pin& pin) {
    return solver::SlotRun::of(pin.ways[pin.way].slot, limits_.cross.slots);
  };
  const auto before = pins.begin() + static_cast<std::ptrdiff_t>(i);
  for (pins[i].way = 0; pins[i].way < pins[i].ways.size() && --tries >= 0; ++pins[i].way) {
    const solver::SlotRun taken = run(pins[i]);
    const bool is_free = std::none_of(pins.begin(), before,
                                      [&](const Pin& other) { return run(other).overlaps(taken); });
    if (is_free && arrange(pins, i + 1, tries)) return true;
  }
  return false;
}

bool PinBook::place(Pins& pins, std::size_t i, std::set<std::uint32_t>& seen) {
  for (std::size_t way = 0; way < pins[i].ways.size(); ++way) {
    const std::uint32_t slot = pins[i].ways[way].slot;
    std::size_t holder = pins.size();
    if (slot != solver::Candidate::no_slot) {
      if (!seen.insert(slot).second) continue;
      for (std::size_t other = 0; other < pins.size(); ++other)
        if (other != i && pins[other].way < pins[other].ways.size() &&
            pins[other].ways[pins[other].way].slot == slot)
          holder = other;
    }
    if (holder == pins.size() || place(pins, holder, seen)) {
      pins[i].way = way;
      return true;
    }
  }
  return false;
}

std::vector<solver::ChosenPair> PinBook::pins() const {
  std::vector<solver::ChosenPair> all;
  for (const auto& [volunteer, pins] : of_volunteer_)
    for (const Pin& pin : pins) all.push_back({pin.line, pin.ways[pin.way]});
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.need != b.need ? a.need < b.need : a.candidate.volunteer < b.candidate.volunteer;
  });
  return all;
}

}  // namespace jiedui
