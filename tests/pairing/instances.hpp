#pragma once

#include <algorithm>
#include <random>
#include <set>

#include "jiedui/pairing/market.hpp"
#include "plans.hpp"

namespace jiedui::test {

/// What a random instance looks like.
struct Shape {
  std::uint32_t volunteers = 4;
  std::uint32_t needs = 4;  ///< lines, in fact
  std::int32_t capacity_max = 3;
  std::int32_t demand_max = 3;
  std::int32_t tiers = 3;
  std::uint32_t slots = 0;        ///< 0: no candidate has a slot
  bool points_by_slot = false;    ///< points differ between the slots of one pair
  std::int64_t points_scale = 1;  ///< points are −10 to 10 times this
  bool extreme_points = false;    ///< points are 0, ±2^31, ±2^53 and ±2^62 instead
  double density = 0.6;
  std::size_t candidates_max = 14;
  bool lines = false;          ///< some needs have several lines
  bool least = false;          ///< some volunteers are to have a least number of pairs
  bool load_cost = false;      ///< further pairs of a volunteer cost more
  bool load_before = false;    ///< some volunteers have pairs from before
  bool organisations = false;  ///< most volunteers are under the total of an organisation
  bool pins = false;           ///< some pairs are in every plan
  bool lending = false;        ///< some organisations may lend others few pairs
  bool changes = false;        ///< few pairs of a plan before may be dropped
  bool spans = false;          ///< candidates may take several slots in a row
};

/// Switches each feature of the model on or off.
inline Shape with_random_features(Shape shape, std::mt19937_64& random) {
  const std::uint64_t bits = random();
  shape.lines = (bits & 1U) != 0;
  shape.least = (bits & 2U) != 0;
  shape.load_cost = (bits & 4U) != 0;
  shape.load_before = (bits & 8U) != 0;
  shape.organisations = (bits & 16U) != 0;
  shape.pins = (bits & 32U) != 0;
  return shape;
}

class InstanceMaker {
 public:
  InstanceMaker(const Shape& shape, std::mt19937_64& random) : shape_(shape), random_(random) {}

  /// Lines draw volunteers, slots and points independently; candidates come in random order.
  solver::Instance make() {
    add_limits();
    if (shape_.spans) instance_.cross.slots = shape_.slots;
    instance_.first = {0};
    for (std::uint32_t line = 0; line < shape_.needs; ++line) add_candidates(line);
    if (shape_.lending) add_lending();
    if (shape_.changes) add_changes();
    if (shape_.pins)
      for (std::int64_t tries = draw(1, 4); tries > 0; --tries) add_pin();
    return std::move(instance_);
  }

 private:
  std::int64_t draw(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  std::int32_t draw_small(std::int32_t least, std::int32_t most) {
    return static_cast<std::int32_t>(draw(least, most));
  }
  std::int64_t draw_points() {
    if (!shape_.extreme_points) return draw(-10, 10) * shape_.points_scale;
    constexpr std::int64_t most = solver::Limits::points_max;
    constexpr std::int64_t extremes[] = {0,
                                         std::int64_t{1} << 31U,
                                         -(std::int64_t{1} << 31U),
                                         std::int64_t{1} << 53U,
                                         -(std::int64_t{1} << 53U),
                                         most,
                                         -most};
    return extremes[draw(0, std::size(extremes) - 1)];
  }
  /// Slot 0 stands for no slot, so that needs with and without windows meet.
  static std::uint32_t slot(std::int64_t number) {
    return number == 0 ? solver::Candidate::no_slot : static_cast<std::uint32_t>(number - 1);
  }
  /// The slot, or, with spans, one to three from there on.
  std::uint32_t run(std::int64_t number) {
    if (!shape_.spans || number == 0) return slot(number);
    const std::uint32_t first = slot(number);
    const std::int64_t most = std::min<std::int64_t>(3, shape_.slots - first);
    return first + static_cast<std::uint32_t>(draw(1, most) - 1) * shape_.slots;
  }

  void add_limits() {
    constexpr std::int32_t organisations = 3;
    for (std::uint32_t v = 0; v < shape_.volunteers; ++v) {
      const std::int32_t capacity = draw_small(0, shape_.capacity_max);
      instance_.capacity.push_back(capacity);
      if (shape_.least) instance_.least.push_back(draw_small(0, std::min(capacity, 2)));
      if (shape_.load_before) instance_.load_before.push_back(draw_small(0, 3));
      if (shape_.organisations) {
        const std::int64_t organisation = draw(0, organisations);
        instance_.organisation.push_back(organisation == organisations
                                             ? solver::Limits::no_organisation
                                             : static_cast<std::uint32_t>(organisation));
      }
    }
    for (std::uint32_t line = 0; line < shape_.needs; ++line) {
      instance_.demand.push_back(draw_small(0, shape_.demand_max));
      instance_.tier.push_back(draw_small(1, shape_.tiers));
      if (shape_.lines)
        instance_.need.push_back(static_cast<std::uint32_t>(draw(0, shape_.needs / 2)));
    }
    if (shape_.organisations)
      for (std::int32_t i = 0; i < organisations; ++i)
        instance_.organisation_total.push_back(
            draw_small(0, static_cast<std::int32_t>(shape_.volunteers)));
    if (shape_.load_cost)
      for (std::int64_t length = draw(1, 4), cost = 0; length > 0; --length)
        instance_.load_cost.push_back(cost += draw(0, 6) * std::min(shape_.points_scale, 100'000L));
  }

  /// The only slot that a volunteer may have for a need of several lines, by its number.
  std::int64_t slot_of(std::uint32_t v, std::uint32_t need) {
    const auto [found, added] = slots_.try_emplace({v, need}, 0);
    if (added) found->second = draw(0, shape_.slots);
    return found->second;
  }

  void add_candidates(std::uint32_t line) {
    const std::uint32_t need = instance_.need_of(line);
    const bool has_lines =
        shape_.lines && std::count(instance_.need.begin(), instance_.need.end(), need) > 1;
    std::vector<solver::Candidate> own;
    for (std::uint32_t v = 0; v < shape_.volunteers; ++v) {
      const std::int64_t points = draw_points();
      for (std::int64_t number = 0; number <= shape_.slots; ++number) {
        if (has_lines && number != slot_of(v, need)) continue;
        if (draw(0, 999) >= static_cast<std::int64_t>(shape_.density * 1000)) continue;
        own.push_back({v, run(number), shape_.points_by_slot ? points + draw(0, 4) : points});
      }
    }
    std::shuffle(own.begin(), own.end(), random_);
    for (const solver::Candidate& candidate : own)
      if (instance_.candidates.size() < shape_.candidates_max)
        instance_.candidates.push_back(candidate);
    instance_.first.push_back(instance_.candidates.size());
  }

  void add_lending() {
    solver::CrossLimits& cross = instance_.cross;
    constexpr std::uint32_t organisations = 3;
    const auto any = [&] {
      const std::int64_t organisation = draw(0, organisations);
      return organisation == organisations ? solver::Limits::no_organisation
                                           : static_cast<std::uint32_t>(organisation);
    };
    for (std::uint32_t v = 0; v < shape_.volunteers; ++v) cross.home.push_back(any());
    for (std::uint32_t line = 0; line < shape_.needs; ++line) cross.asking.push_back(any());
    for (std::uint32_t from = 0; from < organisations; ++from)
      for (std::uint32_t to = 0; to < organisations; ++to)
        if (from != to && draw(0, 2) > 0) cross.lending.push_back({from, to, draw_small(0, 2)});
  }

  /// Of any candidates, whether they fit together or not.
  void add_changes() {
    solver::CrossLimits& cross = instance_.cross;
    for (std::uint32_t line = 0; line < shape_.needs; ++line)
      for (const solver::Candidate& candidate : instance_.candidates_of(line))
        if (draw(0, 2) == 0) cross.before.push_back({line, candidate.volunteer});
    std::sort(cross.before.begin(), cross.before.end());
    cross.before.erase(std::unique(cross.before.begin(), cross.before.end()), cross.before.end());
    cross.before_count = std::ssize(cross.before) + draw(0, 1);
    cross.changes_at_most = draw(cross.before_count / 2, cross.before_count);
  }

  /// Pins a candidate or, once in three, any pair, if the limits allow it.
  void add_pin() {
    const auto line = static_cast<std::uint32_t>(draw(0, shape_.needs - 1));
    const auto candidates = instance_.candidates_of(line);
    solver::ChosenPair pin{line, {}};
    if (candidates.empty() || draw(0, 2) == 0)
      pin.candidate = {static_cast<std::uint32_t>(draw(0, shape_.volunteers - 1)),
                       run(draw(0, shape_.slots)), draw_points()};
    else
      pin.candidate = candidates[static_cast<std::size_t>(draw(0, std::ssize(candidates) - 1))];
    instance_.pinned.push_back(pin);
    if (!limit_broken(instance_, instance_.pinned).empty()) instance_.pinned.pop_back();
  }

  const Shape shape_;
  std::mt19937_64& random_;
  solver::Instance instance_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> slots_;
};

inline solver::Instance random_instance(const Shape& shape, std::mt19937_64& random) {
  return InstanceMaker(shape, random).make();
}

/// Knows capacity, demand, tiers and slots only.
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
