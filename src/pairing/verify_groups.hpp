#pragma once

#include <functional>

#include "verify_need.hpp"
#include "verify_points.hpp"
#include "verify_tree.hpp"

// Private to verify: who can be eligible for a line at all, by verify's own grouping.

namespace jiedui::verification {

/// What volunteers are put in order by; `none` where only their place matters.
enum class Key : std::uint8_t { none, points, points_less_price };

/// The volunteers of a network by skill and travel mode, each group in a tree over place and price.
/// Leaves out those who have no room beside their pins.
template <class Wide>
class Groups {
 public:
  Groups(const Input& input, const Eligibility& definition, const OwnPoints& points, Key key,
         int threads);

  /// Calls visit(volunteer) for all whose points, less price if the key says so, might exceed
  /// `threshold`, except those with a bond to the beneficiary. Returns how many were compared.
  template <class Visit>
  std::int64_t each_above(std::uint32_t line, Wide threshold, Visit&& visit) const;
  /// Everybody with the skill, and within reach where that matters.
  void list(std::uint32_t line, std::vector<VolunteerIndex>& out) const;
  /// Lines in an order in which neighbours ask for the same skill near the same place.
  std::uint64_t order_of(std::uint32_t line) const;

 private:
  static constexpr std::size_t kinds = 6;  // travel modes, and those without a position
  static constexpr std::size_t placeless = 5;
  using Tree = PriceTree<Wide>;
  using Group = std::array<Tree, kinds>;
  using Records = std::array<std::vector<typename Tree::Record>, kinds>;

  const Group& group_of(std::uint32_t line) const;
  bool is_by_skill(std::uint32_t line) const {
    return by_skill_ && definition_.skill_of(line).has_value();
  }
  typename Tree::Query query(std::uint32_t line) const;
  static std::uint64_t bits_of(std::span<const Symbol> languages);
  Traits traits_of_line(std::uint32_t line) const;
  void add(Records& records, std::uint32_t v, std::int64_t points) const;

  const Input& input_;
  const Eligibility& definition_;
  const OwnPoints& points_;
  const Times times_;
  Key key_;
  bool by_skill_;
  std::vector<Group> by_symbol_;
  Group everybody_;
};

template <class Wide>
template <class Visit>
std::int64_t Groups<Wide>::each_above(std::uint32_t line, Wide threshold, Visit&& visit) const {
  typename Tree::Query query = this->query(line);
  if (query.has_reach && !query.has_distance) return 0;
  query.threshold = threshold - (is_by_skill(line) ? points_.level_offset(line) : 0);
  query.traits = traits_of_line(line);
  query.language_points = points_.language_most();
  query.organisation_points = points_.organisation_most();
  const auto bonded = points_.bonded_with(line);
  const auto visit_unbonded = [&](std::uint32_t v) {
    if (!std::binary_search(bonded.begin(), bonded.end(), v)) visit(v);
  };
  const Group& group = group_of(line);
  std::int64_t held = 0;
  const auto look_at = [&](std::size_t mode) {
    const auto nearness = [&](std::int64_t squared) {
      return static_cast<Wide>(points_.nearness_bound(mode, squared));
    };
    const std::int64_t nearest = query.has_distance ? points_.nearness_most(mode) : 0;
    held += group[mode].each_above(query, static_cast<Wide>(nearest), nearness, visit_unbonded);
  };
  for (std::size_t mode = 0; mode < placeless; ++mode) look_at(mode);
  if (query.has_reach) return held;
  query.has_distance = false;
  const auto none = [](std::int64_t) { return Wide{0}; };
  return held + group[placeless].each_above(query, Wide{0}, none, visit_unbonded);
}

/// Runs work(thread) for each thread, the caller's being number 0; throws what the first throws.
void run_threads(int threads, const std::function<void(int)>& work);

}  // namespace jiedui::verification
