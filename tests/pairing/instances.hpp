#pragma once

#include <random>

#include "jiedui/pairing/market.hpp"

namespace jiedui::test {

/// What a random instance looks like.
struct Shape {
  std::uint32_t volunteers = 4;
  std::uint32_t needs = 4;
  std::int32_t capacity_max = 3;
  std::int32_t demand_max = 3;
  std::int32_t tiers = 3;
  std::uint32_t slots = 0;        ///< 0: no candidate has a slot
  bool points_by_slot = false;    ///< points differ between the slots of one pair
  std::int64_t points_scale = 1;  ///< points are −10 to 10 times this
  double density = 0.6;
  std::size_t candidates_max = 14;
};

/// Needs draw volunteers, slots and points independently; the candidates come in random order.
inline solver::Instance random_instance(const Shape& shape, std::mt19937_64& random) {
  const auto draw = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  };
  const auto happens = [&] {
    return draw(0, 999) < static_cast<std::int64_t>(shape.density * 1000);
  };
  solver::Instance instance;
  for (std::uint32_t v = 0; v < shape.volunteers; ++v)
    instance.capacity.push_back(static_cast<std::int32_t>(draw(0, shape.capacity_max)));
  instance.first = {0};
  for (std::uint32_t n = 0; n < shape.needs; ++n) {
    instance.demand.push_back(static_cast<std::int32_t>(draw(0, shape.demand_max)));
    instance.tier.push_back(static_cast<std::int32_t>(draw(1, shape.tiers)));
    std::vector<solver::Candidate> own;
    for (std::uint32_t v = 0; v < shape.volunteers; ++v) {
      const std::int64_t points = draw(-10, 10) * shape.points_scale;
      // Slot 0 stands for no slot, so that needs with and without windows meet.
      for (std::uint32_t slot = 0; slot <= shape.slots; ++slot)
        if (happens())
          own.push_back({v, slot == 0 ? solver::Candidate::no_slot : slot - 1,
                         shape.points_by_slot ? points + draw(0, 4) : points});
    }
    std::shuffle(own.begin(), own.end(), random);
    for (const solver::Candidate& candidate : own)
      if (instance.candidates.size() < shape.candidates_max)
        instance.candidates.push_back(candidate);
    instance.first.push_back(instance.candidates.size());
  }
  return instance;
}

/// Filled units of tier 1, 2, … 16, then the sum of points: what plans are compared by.
using Score = std::array<int128, solver::Instance::tiers_max + 1>;

inline Score score_of(const solver::Instance& instance,
                      const std::vector<solver::ChosenPair>& pairs) {
  Score score{};
  for (const solver::ChosenPair& pair : pairs) {
    ++score[static_cast<std::size_t>(instance.tier[pair.need] - 1)];
    score.back() += pair.candidate.points;
  }
  return score;
}

inline ExplicitMarket market_of(const solver::Instance& instance) {
  PairColumns pairs;
  for (std::uint32_t n = 0; n < instance.needs(); ++n)
    for (const solver::Candidate& candidate : instance.candidates_of(n)) {
      pairs.need.push_back(n);
      pairs.volunteer.push_back(candidate.volunteer);
      pairs.points.push_back(candidate.points);
      pairs.slot.push_back(candidate.slot);
    }
  return {std::move(pairs), instance.capacity, instance.demand, instance.tier};
}

}  // namespace jiedui::test
