#include "eligibility.hpp"

namespace jiedui {

void Eligibility::append_candidates(std::uint32_t n, std::span<const std::uint32_t> volunteers,
                                    std::vector<solver::Candidate>& out) const {
  std::vector<VolunteerIndex> eligible;
  std::vector<std::uint32_t> slots;
  std::vector<std::uint32_t> all_slots;
  std::vector<std::size_t> slots_end;  // of each eligible volunteer, in all_slots
  FreeSlots free;
  for (const std::uint32_t v : volunteers)
    if (is_eligible(v, n, free, slots)) {
      eligible.emplace_back(v);
      all_slots.insert(all_slots.end(), slots.begin(), slots.end());
      slots_end.push_back(all_slots.size());
    }
  std::vector<std::uint8_t> fits;
  fits_own_rules(n, eligible, fits);
  std::vector<VolunteerIndex> fit;
  for (std::size_t i = 0; i < eligible.size(); ++i)
    if (fits[i] != 0) fit.push_back(eligible[i]);
  const std::vector<std::int64_t> of_fit = points(n, fit);
  std::size_t k = 0;
  for (std::size_t i = 0; i < eligible.size(); ++i) {
    if (fits[i] == 0) continue;
    for (std::size_t s = i == 0 ? 0 : slots_end[i - 1]; s < slots_end[i]; ++s)
      out.push_back({eligible[i].value(), all_slots[s], of_fit[k]});
    ++k;
  }
}

void Eligibility::fits_own_rules(std::uint32_t n, std::span<const VolunteerIndex> volunteers,
                                 std::vector<std::uint8_t>& fits) const {
  fits.assign(volunteers.size(), 1);
  if (rules_.own().empty() || volunteers.empty()) return;
  const std::vector<std::int32_t> distances = metres(volunteers, n);
  const PairBlock block{network_, NeedIndex{n}, volunteers, distances};
  for (const Rules::Own& rule : rules_.own()) rule.block(block, fits);
}

std::vector<Reason> Eligibility::reasons_against(std::uint32_t v, std::uint32_t n) const {
  std::vector<Reason> reasons;
  for (std::size_t r = 0; r < standard_rule_count; ++r) {
    const auto rule = static_cast<StandardRule>(r);
    if (!holds(rule, v, n)) reasons.push_back({std::string(name(rule)), reason(rule, v, n)});
  }
  // Each rule may hold on a day of its own, and none on all.
  std::vector<std::uint32_t> slots;
  slots_of(v, n, slots);
  if (reasons.empty() && slots.empty())
    reasons.push_back({std::string(name(StandardRule::availability)),
                       "there is no day on which all that is asked for holds at once"});
  // One's own rules are asked only about pairs that the standard ones let pass.
  if (!reasons.empty()) return reasons;
  const VolunteerIndex volunteer{v};
  const std::int32_t distance = metres(v, n);
  for (const Rules::Own& own : rules_.own()) {
    std::uint8_t fits = 1;
    own.block({network_, NeedIndex{n}, std::span(&volunteer, 1), std::span(&distance, 1)},
              std::span(&fits, 1));
    if (fits == 0) reasons.push_back({own.code, own.reason});
  }
  return reasons;
}

std::string Eligibility::reason(StandardRule rule, std::uint32_t v, std::uint32_t n) const {
  using enum StandardRule;
  switch (rule) {
    case capacity:
      return "takes no pair in this horizon (capacity 0)";
    case excluded:
      return "is excluded by the need, or is the beneficiary himself";
    case skill:
      return "lacks the item's skill at the level asked for";
    case credential:
      return "holds no credential for the item that is valid on the day";
    case training:
      return "has not done the item's training";
    case insurance:
      return "is not insured on the day, and the item is dangerous";
    case age:
      return volunteers_.birth_year[v].has_value()
                 ? "is not certainly within the item's age window on the day"
                 : "the item has an age window, and the year of birth is unknown";
    case health:
      return "has a health limit that clashes with the item's demands";
    case language:
      return "does not speak the language wished for";
    case wish:
      return "is not of the gender wished for";
    case availability:
      if (has_runs())
        return has_slot(n) ? "is not free for the duration in a window of the need"
                           : "no window of the need in the horizon is as long as its duration";
      return has_slot(n) ? "is not free for the duration in a window of the need within one slot"
                         : "no slot of the horizon holds the need's duration within its windows; "
                           "MarketOptions::span_slots, or other slot_cuts, may";
    case reach:
      if (volunteer_placed_[v] == 0)
        return "reach cannot be judged: the volunteer's position is unknown";
      return need_placed_[n] == 0 ? "reach cannot be judged: the need's position is unknown"
                                  : "is out of reach for the volunteer's metres or minutes";
  }
  return {};
}

}  // namespace jiedui
