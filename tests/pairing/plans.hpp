#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// What a plan is worth and whether it may be, counted without the library.

namespace jiedui::test {

/// The least pairs met, filled units of tier 1, 2, … 16, then points less the cost of load: what
/// plans are compared by.
using Score = std::array<int128, solver::Limits::tiers_max + 2>;

inline std::vector<std::int32_t> pairs_of_volunteers(const solver::Limits& limits,
                                                     const std::vector<solver::ChosenPair>& pairs) {
  std::vector<std::int32_t> count(limits.volunteers(), 0);
  for (const solver::ChosenPair& pair : pairs) ++count[pair.candidate.volunteer];
  return count;
}

inline Score score_of(const solver::Limits& limits, const std::vector<solver::ChosenPair>& pairs) {
  Score score{};
  for (const solver::ChosenPair& pair : pairs) {
    ++score[static_cast<std::size_t>(limits.tier[pair.need])];
    score.back() += pair.candidate.points;
  }
  const std::vector<std::int32_t> count = pairs_of_volunteers(limits, pairs);
  for (std::size_t v = 0; v < count.size(); ++v) {
    if (!limits.least.empty()) score[0] += std::min(count[v], limits.least[v]);
    for (std::int32_t number = 1; number <= count[v]; ++number)
      score.back() -= limits.cost_of(v, number);
  }
  return score;
}

/// The score as one number.
inline int128 weight_of(const Score& score, const solver::Weights& weights) {
  int128 weight = score.back() + score[0] * weights.least_bonus();
  for (std::int32_t tier = 1; tier <= weights.tiers; ++tier)
    weight += score[static_cast<std::size_t>(tier)] * weights.bonus(tier);
  return weight;
}

/// The slots that a candidate takes.
inline std::vector<std::uint32_t> slots_of(const solver::Limits& limits, std::uint32_t slot) {
  if (slot == solver::Candidate::no_slot) return {};
  if (limits.cross.slots == 0) return {slot};
  std::vector<std::uint32_t> slots = {slot % limits.cross.slots};
  for (std::uint32_t more = slot / limits.cross.slots; more > 0; --more)
    slots.push_back(slots.back() + 1);
  return slots;
}

/// The first limit of the instance that the pairs break, or "".
inline std::string limit_broken(const solver::Limits& limits,
                                const std::vector<solver::ChosenPair>& pairs) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> met;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seats;
  std::vector<std::int64_t> filled(limits.needs(), 0);
  std::vector<std::int64_t> of_organisation(limits.organisation_total.size(), 0);
  for (const auto& [line, candidate] : pairs) {
    const auto [volunteer, slot, points] = candidate;
    const std::string place = " " + std::to_string(volunteer) + ", " + std::to_string(line);
    if (!met.emplace(volunteer, limits.need_of(line)).second) return "need met twice" + place;
    for (const std::uint32_t taken : slots_of(limits, slot))
      if (!seats.emplace(volunteer, taken).second) return "two pairs in a slot" + place;
    if (++filled[line] > limits.demand[line]) return "demand exceeded" + place;
    if (limits.organisation.empty()) continue;
    const std::uint32_t organisation = limits.organisation[volunteer];
    if (organisation != solver::Limits::no_organisation &&
        ++of_organisation[organisation] > limits.organisation_total[organisation])
      return "organisation's total exceeded" + place;
  }
  for (const solver::CrossLimits::Lending& lending : limits.cross.lending)
    if (std::count_if(pairs.begin(), pairs.end(), [&](const solver::ChosenPair& pair) {
          return limits.cross.home[pair.candidate.volunteer] == lending.from &&
                 limits.cross.asking[pair.need] == lending.to;
        }) > lending.at_most)
      return "too many lent from " + std::to_string(lending.from);
  const std::vector<std::int32_t> count = pairs_of_volunteers(limits, pairs);
  for (std::size_t v = 0; v < count.size(); ++v)
    if (count[v] > limits.capacity[v]) return "capacity exceeded " + std::to_string(v);
  return "";
}

/// Pairs of the plan before that the plan has too.
inline std::int64_t kept_pairs(const solver::Limits& limits,
                               const std::vector<solver::ChosenPair>& pairs) {
  return std::count_if(pairs.begin(), pairs.end(), [&](const solver::ChosenPair& pair) {
    const solver::LinePair place{pair.need, pair.candidate.volunteer};
    return std::find(limits.cross.before.begin(), limits.cross.before.end(), place) !=
           limits.cross.before.end();
  });
}

/// What is wrong with the plan: a limit broken, a pair that is neither a candidate nor pinned, a
/// pin that is missing; or "".
inline std::string fault_of(const solver::Instance& instance,
                            const std::vector<solver::ChosenPair>& pairs) {
  const auto key = [](std::uint32_t line, const solver::Candidate& candidate) {
    return std::tuple(line, candidate.volunteer, candidate.slot, candidate.points);
  };
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::int64_t>> allowed;
  for (std::uint32_t line = 0; line < instance.needs(); ++line)
    for (const solver::Candidate& candidate : instance.candidates_of(line))
      allowed.insert(key(line, candidate));
  for (const auto& [line, candidate] : instance.pinned) allowed.insert(key(line, candidate));
  for (const auto& [line, candidate] : pairs)
    if (!allowed.contains(key(line, candidate)))
      return "no candidate " + std::to_string(candidate.volunteer) + ", " + std::to_string(line);
  for (const solver::ChosenPair& pin : instance.pinned)
    if (std::find(pairs.begin(), pairs.end(), pin) == pairs.end())
      return "pin missing " + std::to_string(pin.candidate.volunteer);
  if (kept_pairs(instance, pairs) < instance.cross.kept_least()) return "too many changes";
  return limit_broken(instance, pairs);
}

}  // namespace jiedui::test
