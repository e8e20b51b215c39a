#include "candidate_index.hpp"

#include <algorithm>
#include <bit>

namespace jiedui {

CandidateIndex::CandidateIndex(const Network& network, const Rules& rules,
                               const Eligibility& eligibility)
    : eligibility_(eligibility),
      by_skill_(rules.has(StandardRule::skill)),
      by_symbol_(network.words().size()) {
  const Volunteers& volunteers = network.volunteers();
  for (std::uint32_t v = 0; v < volunteers.id.size(); ++v) {
    add(everybody_, v);
    if (!by_skill_) continue;
    Symbol last;
    for (const SkillEntry& entry : volunteers.skills[v]) {
      if (entry.skill != last) add(by_symbol_[entry.skill.value()], v);
      last = entry.skill;
    }
  }
  const auto sort = [](Group& group) {
    for (auto& [number, reach] : group.classes)
      std::sort(reach.volunteers.begin(), reach.volunteers.end());
  };
  sort(everybody_);
  for (Group& group : by_symbol_) sort(group);
}

void CandidateIndex::add(Group& group, std::uint32_t v) {
  group.all.push_back(v);
  if (!eligibility_.has_position(false, v) || eligibility_.reach(v) < 0) return;
  const auto metres = static_cast<std::uint64_t>(eligibility_.reach(v) + 1);
  const auto power = static_cast<unsigned>(std::bit_width(metres));  // metres < 2^power
  ReachClass& reach = group.classes[power];
  constexpr unsigned metre_shift = 6;  // 64 units to the metre
  reach.cell_shift = std::min(power + metre_shift, 30U);
  reach.volunteers.emplace_back(cell_of(eligibility_.point(false, v), reach.cell_shift), v);
}

void CandidateIndex::find(std::uint32_t n, std::vector<std::uint32_t>& volunteers) const {
  volunteers.clear();
  const Symbol skill = eligibility_.skill_of(n);
  const Group& group = by_skill_ && skill.has_value() ? by_symbol_[skill.value()] : everybody_;
  if (eligibility_.ignores_reach(n)) {
    volunteers = group.all;
    return;
  }
  if (!eligibility_.has_position(true, n)) return;
  for (const auto& [power, reach] : group.classes)
    add_cells(reach, cell_of(eligibility_.point(true, n), reach.cell_shift), volunteers);
  std::sort(volunteers.begin(), volunteers.end());
}

void CandidateIndex::add_cells(const ReachClass& reach, Cell middle,
                               std::vector<std::uint32_t>& out) {
  for (std::int32_t dx = -1; dx <= 1; ++dx)
    for (std::int32_t dy = -1; dy <= 1; ++dy) {
      // The three cells that differ in z only lie one behind the other.
      const Cell first{middle.x + dx, middle.y + dy, middle.z - 1};
      const Cell last{first.x, first.y, middle.z + 1};
      auto place =
          std::lower_bound(reach.volunteers.begin(), reach.volunteers.end(), first,
                           [](const auto& entry, const Cell& cell) { return entry.first < cell; });
      for (; place != reach.volunteers.end() && place->first <= last; ++place)
        out.push_back(place->second);
    }
}

}  // namespace jiedui
