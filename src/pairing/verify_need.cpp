#include "verify_need.hpp"

#include <algorithm>

namespace jiedui::verification {

const Chosen* NeedCheck::chosen_of(std::uint32_t volunteer, std::uint32_t& line) const {
  for (const std::uint32_t l : lines_) {
    const auto chosen = input_.chosen_of(l);
    const auto found =
        std::lower_bound(chosen.begin(), chosen.end(), volunteer,
                         [](const Chosen& a, std::uint32_t v) { return a.volunteer < v; });
    if (found == chosen.end() || found->volunteer != volunteer) continue;
    line = l;
    return &*found;
  }
  return nullptr;
}

void NeedCheck::consider(std::uint32_t line, const solver::Candidate& candidate) {
  const auto [v, slot, points] = candidate;
  const int128 margin = input_.margin(line, v, slot, points);
  if (margin <= 0 || !input_.is_open(v, line, slot)) return;
  worth_.push_back({v, margin});
  if (!input_.is_optimal()) return;
  std::uint32_t own_line = 0;
  const Chosen* own = chosen_of(v, own_line);
  if (own == nullptr) return findings.add("weight_above_price", line, v);
  if (own_line == line && own->slot == slot) return;
  if (margin > input_.margin(own_line, v, own->slot, own->points))
    findings.add(own_line == line ? "slot_better" : "line_better", line, v);
}

void NeedCheck::check_chosen(std::uint32_t line) {
  volunteers_.clear();
  for (const Chosen& chosen : input_.chosen_of(line))
    if (!chosen.pinned) volunteers_.emplace_back(chosen.volunteer);
  check_chosen(line, volunteers_.empty() ? std::vector<solver::Candidate>{}
                                         : input_.market.candidates(volunteers_, NeedIndex{line}));
}

void NeedCheck::check_chosen(std::uint32_t line, std::span<const solver::Candidate> eligible) {
  const auto all = input_.chosen_of(line);
  seen_.assign(all.size(), 0);
  for (const solver::Candidate& candidate : eligible) {
    const auto found =
        std::lower_bound(all.begin(), all.end(), candidate.volunteer,
                         [](const Chosen& a, std::uint32_t v) { return a.volunteer < v; });
    if (found == all.end() || found->volunteer != candidate.volunteer ||
        found->slot != candidate.slot || found->pinned)
      continue;
    seen_[static_cast<std::size_t>(found - all.begin())] = 1;
    if (found->points != candidate.points)
      findings.add_infeasible("points_differ", line, found->volunteer);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Chosen& chosen = all[i];
    check_time_and_way(line, chosen);
    sums.value += input_.weight(line, chosen.points);
    if (chosen.pinned) continue;
    if (seen_[i] == 0) {
      findings.add_infeasible("pair_not_eligible", line, chosen.volunteer);
      continue;
    }
    const int128 margin = input_.margin(line, chosen.volunteer, chosen.slot, chosen.points);
    if (margin > 0) worth_.push_back({chosen.volunteer, margin});
    if (margin < 0 && input_.is_optimal())
      findings.add("weight_below_price", line, chosen.volunteer);
  }
}

/// The time and the distance that the plan states are those of the market.
void NeedCheck::check_time_and_way(std::uint32_t line, const Chosen& chosen) {
  const VolunteerIndex volunteer{chosen.volunteer};
  const PlannedPair& pair = input_.plan.pairs[chosen.entry].pair;
  if (pair.metres != input_.market.metres(volunteer, NeedIndex{line}))
    findings.add_infeasible("metres_differ", line, chosen.volunteer);
  const auto time = input_.market.time_of(volunteer, NeedIndex{line}, chosen.slot);
  const auto stated =
      pair.begins && pair.ends ? std::optional(std::pair(*pair.begins, *pair.ends)) : std::nullopt;
  if (stated != time) findings.add_infeasible("time_differs", line, chosen.volunteer);
}

/// A volunteer serves the need once at most: the best of what he is worth beyond the prices counts.
void NeedCheck::end() {
  std::sort(worth_.begin(), worth_.end(), [](const Worth& a, const Worth& b) {
    return a.volunteer != b.volunteer ? a.volunteer < b.volunteer : a.margin > b.margin;
  });
  for (std::size_t i = 0; i < worth_.size(); ++i)
    if (i == 0 || worth_[i].volunteer != worth_[i - 1].volunteer) sums.bound += worth_[i].margin;
}

}  // namespace jiedui::verification
