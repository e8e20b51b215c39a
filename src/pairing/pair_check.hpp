#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "market_columns.hpp"
#include "shared_slot_sets.hpp"

// Private to the room: the inner loop over the candidates of a line.

namespace jiedui {

/// A volunteer for whom the standard rules hold, with the points of the standard terms.
struct StandardPair {
  std::uint32_t volunteer = 0;  ///< number
  std::uint32_t slots = 0;      ///< number of a set
  std::int64_t points = 0;
};

/// Holds one line against volunteers. Remembers what it finds of the times, so that one object
/// serves one thread, for many lines one after the other.
class PairCheck {
 public:
  PairCheck(const MarketColumns& columns, SharedSlotSets& sets)
      : columns_(&columns), sets_(&sets), known_(columns.volunteer_times()) {
    nearness_weight_ = columns.weight(StandardTerm::nearness);
    language_weight_ = columns.weight(StandardTerm::language) * 200;
    organisation_weight_ = columns.weight(StandardTerm::own_organisation) * 300;
    continuity_weight_ = columns.weight(StandardTerm::continuity) * 1000;
    level_weight_ = columns.weight(StandardTerm::level) * 100;
  }

  void begin(std::uint32_t line) {
    number_ = line;
    line_ = &columns_->line(line);
    barred_ = columns_->barred(*line_);
    bonded_ = columns_->bonded(*line_);
    asks_little_ = line_->wished_language == 0 && line_->gender == 0 && line_->least_level == 0 &&
                   barred_.empty() && bonded_.empty();
    known_.resize(columns_->volunteer_times());
    ++stamp_;
    if (stamp_ == 0) {
      std::fill(known_.begin(), known_.end(), Known{});
      ++stamp_;
    }
  }
  const Line& line() const { return *line_; }

  /// Whether the standard rules hold.
  bool operator()(const ItemVolunteer& who, StandardPair& pair) {
    const std::int64_t squared = squared_distance(line_->point, who.point);
    const bool is_near = line_->is_anywhere || squared < std::int64_t{who.limit} * who.limit;
    return is_near && fits(who, squared, pair);
  }

  /// Calls use(pair) for those of the group's entries in the step that begins with `begin` for whom
  /// the standard rules hold. The line must not be one anywhere.
  template <class Use>
  void each(const ItemColumns::Group& group, std::size_t begin, Use&& use) {
    constexpr std::size_t size = ItemColumns::Group::step;
    const ItemColumns::Group::Step& step = group.steps[begin / size];
    const std::span<const ItemVolunteer> entries = group.tree.entries().subspan(begin);
    StandardPair pair;
    if (!group.is_narrow) {
      for (std::size_t i = 0; i < std::min(size, entries.size()); ++i)
        if ((*this)(entries[i], pair)) use(pair);
      return;
    }
    // Doubles hold whole numbers up to 2^53: squares below that of a limit, which is at most 2^50,
    // are exact, and greater ones are not rounded below it.
    std::array<double, size> squared;
    std::array<std::uint8_t, size> is_inside;
    const Cartesian at = line_->point;
    for (std::size_t i = 0; i < size; ++i) {
      const auto dx = static_cast<double>(step.x[i] - at.x);
      const auto dy = static_cast<double>(step.y[i] - at.y);
      const auto dz = static_cast<double>(step.z[i] - at.z);
      const auto most = static_cast<double>(step.limit[i]);
      squared[i] = dx * dx + dy * dy + dz * dz;
      is_inside[i] = squared[i] < most * most ? 1 : 0;
    }
    // Nearly as many fail as hold, here and for the times: no branch is taken on it.
    std::array<std::uint8_t, size> inside;
    std::size_t found = 0;
    for (std::size_t i = 0; i < size; ++i) {
      inside[found] = static_cast<std::uint8_t>(i);
      found += is_inside[i];
    }
    std::array<std::uint32_t, size> sets;
    std::size_t free = 0;
    for (std::size_t k = 0; k < found; ++k) {
      const std::uint8_t i = inside[k];
      inside[free] = i;
      sets[free] = slots(step.time[i]);
      free += sets[free] != none ? 1 : 0;
    }
    const std::span<const std::uint16_t> nearness = columns_->nearness_by_metres(group.mode);
    const std::int64_t nearness_weight = line_->counts_nearness ? nearness_weight_ : 0;
    for (std::size_t k = 0; k < free; ++k) {
      const std::size_t i = inside[k];
      pair = {step.number[i], sets[k], step.points[i]};
      if (!asks_little_ && !special(entries[i], pair.points)) continue;
      const auto metres = static_cast<std::uint32_t>(std::sqrt(squared[i])) /
                          static_cast<std::uint32_t>(Cartesian::units_per_metre);
      pair.points += nearness_weight * (metres < nearness.size() ? nearness[metres] : 0);
      add_common(step.number[i], step.languages[i], pair.points);
      use(pair);
    }
  }

  /// No volunteer without a bond has more points in the line.
  /// @param points the most that level and experience bring.
  /// @param squared the square of the least distance.
  std::int64_t most_points(std::int32_t points, std::uint32_t languages, std::uint8_t mode,
                           std::int64_t squared) const {
    std::int64_t most = points + most_beside(languages);
    if (line_->counts_nearness && nearness_weight_ > 0)
      most += nearness_weight_ * columns_->nearness(mode, squared);
    return most;
  }
  /// The most that all terms but level, experience, nearness and continuity can bring.
  std::int64_t most_beside(std::uint32_t languages) const {
    std::int64_t most = 0;
    if ((line_->languages & languages) != 0) most += std::max<std::int64_t>(language_weight_, 0);
    if (line_->organisation != Line::none) most += std::max<std::int64_t>(organisation_weight_, 0);
    if (level_weight_ < 0 && line_->least_level != 0) most -= level_weight_ * line_->least_level;
    return most;
  }
  bool is_bonded(std::uint32_t volunteer) const {
    return !bonded_.empty() && std::binary_search(bonded_.begin(), bonded_.end(), volunteer);
  }
  std::span<const std::uint32_t> bonded() const { return bonded_; }

 private:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  struct Known {
    std::uint32_t stamp = 0;  // of the line for which it was found
    std::uint32_t slots = none;
  };

  std::uint32_t slots(std::uint32_t time) {
    Known& known = known_[time];
    if (known.stamp != stamp_) known = {stamp_, find_slots(time)};
    return known.slots;
  }
  std::uint32_t find_slots(std::uint32_t time);
  /// Whether all rules but reach hold.
  bool fits(const ItemVolunteer& who, std::int64_t squared, StandardPair& pair) {
    const Line& line = *line_;
    pair.slots = slots(who.time);
    if (pair.slots == none) return false;
    pair.points = who.points;
    if (!asks_little_ && !special(who, pair.points)) return false;
    pair.volunteer = who.number;
    if (line.counts_nearness && who.is_placed != 0)
      pair.points += nearness_weight_ * columns_->nearness(who.mode, squared);
    add_common(who.number, who.languages, pair.points);
    return true;
  }
  /// The terms language and own_organisation.
  void add_common(std::uint32_t volunteer, std::uint32_t languages, std::int64_t& points) const {
    if (line_->languages != 0)
      points += columns_->have_common_language(*line_, number_, volunteer, languages)
                    ? language_weight_
                    : 0;
    if (line_->organisation != Line::none)
      points += columns_->is_of_organisation(*line_, volunteer) ? organisation_weight_ : 0;
  }
  /// What few lines ask for; adds to the points.
  bool special(const ItemVolunteer& who, std::int64_t& points) const;

  const MarketColumns* columns_;
  SharedSlotSets* sets_;
  const Line* line_ = nullptr;
  std::uint32_t number_ = 0;
  std::uint32_t stamp_ = 0;
  bool asks_little_ = false;
  std::span<const std::uint32_t> barred_, bonded_;
  std::vector<Known> known_;
  struct Recent {
    std::uint64_t bits = 0;
    std::uint32_t number = 0;
  };
  std::array<Recent, 256> recent_{};  // sets found before, by hash
  std::vector<std::uint32_t> found_;
  std::int64_t nearness_weight_ = 0, language_weight_ = 0, organisation_weight_ = 0,
               continuity_weight_ = 0, level_weight_ = 0;
};

}  // namespace jiedui
