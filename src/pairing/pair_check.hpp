#pragma once

#include <algorithm>
#include <span>

#include "line_times.hpp"
#include "market_columns.hpp"

// Private to the room: holds one line against one volunteer.

namespace jiedui {

/// A volunteer for whom the standard rules hold, with the points of the standard terms.
struct StandardPair {
  std::uint32_t volunteer = 0;  ///< number
  std::uint32_t slots = 0;      ///< number of a set
  std::int64_t points = 0;
};

/// Holds one line against volunteers. One object serves one thread, for many lines one after the
/// other.
class PairCheck {
 public:
  PairCheck(const MarketColumns& columns, SharedSlotSets& sets)
      : weights(columns), columns_(&columns), times_(columns, sets) {}

  /// @param for_few whether it will be held against few volunteers.
  void begin(std::uint32_t line, bool for_few = false) {
    number_ = line;
    line_ = &columns_->line(line);
    barred_ = columns_->barred(*line_);
    bonded_ = columns_->bonded(*line_);
    asks_little_ = line_->wished_language == 0 && line_->gender == 0 && line_->least_level == 0 &&
                   barred_.empty() && bonded_.empty();
    times_.begin(line_->time, for_few);
  }
  const Line& line() const { return *line_; }
  std::uint32_t number() const { return number_; }
  LineTimes& times() { return times_; }

  /// Whether the standard rules hold.
  bool operator()(const ItemVolunteer& who, StandardPair& pair) {
    const std::int64_t squared = squared_distance(line_->point, who.point);
    const bool is_near = line_->is_anywhere || squared < std::int64_t{who.limit} * who.limit;
    return is_near && fits(who, squared, pair);
  }

  /// No volunteer without a bond has more points in the line.
  /// @param points the most that level and experience bring.
  /// @param squared the square of the least distance.
  std::int64_t most_points(std::int32_t points, std::uint32_t languages, std::uint8_t mode,
                           std::int64_t squared) const {
    std::int64_t most = points + most_beside(languages);
    if (line_->counts_nearness && weights.nearness > 0)
      most += weights.nearness * columns_->nearness(mode, squared);
    return most;
  }
  /// The most that all terms but level, experience, nearness and continuity can bring.
  std::int64_t most_beside(std::uint32_t languages) const {
    std::int64_t most = 0;
    if ((line_->languages & languages) != 0) most += std::max<std::int64_t>(weights.language, 0);
    if (line_->organisation != Line::none) most += std::max<std::int64_t>(weights.organisation, 0);
    if (weights.level < 0 && line_->least_level != 0) most -= weights.level * line_->least_level;
    return most;
  }
  bool is_bonded(std::uint32_t volunteer) const {
    return !bonded_.empty() && std::binary_search(bonded_.begin(), bonded_.end(), volunteer);
  }
  std::span<const std::uint32_t> bonded() const { return bonded_; }
  std::span<const std::uint32_t> barred() const { return barred_; }

  /// What a term brings where it applies; level: for each level.
  const struct Weights {
    explicit Weights(const MarketColumns& columns);
    std::int64_t nearness, language, organisation, continuity, level;
  } weights;

 private:
  /// Whether all rules but reach hold.
  bool fits(const ItemVolunteer& who, std::int64_t squared, StandardPair& pair);
  /// What few lines ask for; adds to the points.
  bool special(const ItemVolunteer& who, std::int64_t& points) const;

  const MarketColumns* columns_;
  LineTimes times_;
  const Line* line_ = nullptr;
  std::uint32_t number_ = 0;
  bool asks_little_ = false;
  std::span<const std::uint32_t> barred_, bonded_;
};

}  // namespace jiedui
