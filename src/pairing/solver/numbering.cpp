#include "numbering.hpp"

#include <algorithm>
#include <utility>

namespace jiedui::solver {

Numbering numbering_of(std::vector<std::uint32_t> row_of) {
  Numbering numbering;
  numbering.number_of.resize(row_of.size());
  for (std::uint32_t number = 0; number < row_of.size(); ++number)
    numbering.number_of[row_of[number]] = number;
  numbering.row_of = std::move(row_of);
  return numbering;
}

Limits by_number(Limits limits, const Numbering& volunteers, const Numbering& lines) {
  const auto sort = [](auto& column, const Numbering& numbering) {
    if (column.empty() || numbering.row_of.empty()) return;
    const auto old = column;
    for (std::uint32_t i = 0; i < old.size(); ++i) column[i] = old[numbering.row(i)];
  };
  sort(limits.capacity, volunteers);
  sort(limits.least, volunteers);
  sort(limits.load_before, volunteers);
  sort(limits.organisation, volunteers);
  sort(limits.demand, lines);
  sort(limits.tier, lines);
  sort(limits.need, lines);
  for (std::uint32_t& need : limits.need) need = lines.number(need);
  for (ChosenPair& pair : limits.pinned) {
    pair.need = lines.number(pair.need);
    pair.candidate.volunteer = volunteers.number(pair.candidate.volunteer);
  }
  sort(limits.cross.home, volunteers);
  sort(limits.cross.asking, lines);
  for (LinePair& pair : limits.cross.before)
    pair = {lines.number(pair.line), volunteers.number(pair.volunteer)};
  std::sort(limits.cross.before.begin(), limits.cross.before.end());
  return limits;
}

Limits by_row(Limits limits, const Numbering& volunteers, const Numbering& lines) {
  return by_number(std::move(limits), {volunteers.number_of, volunteers.row_of},
                   {lines.number_of, lines.row_of});
}

void to_rows(Solution& solution, const Numbering& volunteers, const Numbering& lines) {
  if (volunteers.row_of.empty() && lines.row_of.empty()) return;
  const auto sort = [](std::vector<int128>& values, const Numbering& numbering) {
    std::vector<int128> sorted(values.size());
    for (std::uint32_t i = 0; i < values.size(); ++i) sorted[numbering.row(i)] = values[i];
    values = std::move(sorted);
  };
  sort(solution.price, volunteers);
  sort(solution.profit, lines);
  for (SlotPrice& price : solution.slot_price) price.volunteer = volunteers.row(price.volunteer);
  for (ChosenPair& pair : solution.pairs) {
    pair.need = lines.row(pair.need);
    pair.candidate.volunteer = volunteers.row(pair.candidate.volunteer);
  }
  std::sort(solution.slot_price.begin(), solution.slot_price.end(), [](auto& a, auto& b) {
    return std::pair(a.volunteer, a.slot) < std::pair(b.volunteer, b.slot);
  });
  std::sort(solution.pairs.begin(), solution.pairs.end(), [](auto& a, auto& b) {
    return std::pair(a.need, a.candidate.volunteer) < std::pair(b.need, b.candidate.volunteer);
  });
}

}  // namespace jiedui::solver
