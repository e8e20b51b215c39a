#pragma once

#include <algorithm>
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
    ++stamp_;
    if (stamp_ == 0) {
      std::fill(known_.begin(), known_.end(), Known{});
      ++stamp_;
    }
  }
  const Line& line() const { return *line_; }

  /// Whether the standard rules hold.
  bool operator()(const ItemVolunteer& who, StandardPair& pair) {
    const Line& line = *line_;
    const std::int64_t squared = squared_distance(line.point, who.point);
    if (!line.is_anywhere && squared >= std::int64_t{who.limit} * who.limit) return false;
    pair.slots = slots(who.time);
    if (pair.slots == none) return false;
    pair.points = who.points;
    if (!asks_little_ && !special(who, pair.points)) return false;
    pair.volunteer = who.number;
    if (line.counts_nearness && who.is_placed != 0)
      pair.points += nearness_weight_ * columns_->nearness(who.mode, squared);
    if (line.languages != 0 && columns_->have_common_language(number_, who))
      pair.points += language_weight_;
    if (line.organisation != Line::none && columns_->is_of_organisation(line, who))
      pair.points += organisation_weight_;
    return true;
  }

  /// No volunteer of the summary has more points in the line, if he has no bond.
  /// @param squared the square of its least distance.
  std::int64_t most_points(const Summary& summary, std::uint8_t mode, std::int64_t squared) const {
    std::int64_t most = summary.points + most_beside(summary.languages);
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
  std::array<std::uint32_t, 64> recent_{};  // numbers of sets found before, by hash
  std::vector<std::uint32_t> found_;
  std::int64_t nearness_weight_ = 0, language_weight_ = 0, organisation_weight_ = 0,
               continuity_weight_ = 0, level_weight_ = 0;
};

}  // namespace jiedui
