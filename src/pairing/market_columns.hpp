#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "eligibility.hpp"
#include "numbering.hpp"
#include "spatial_tree.hpp"
#include "volunteer_group.hpp"

// Private to the room: rules and points of a market compiled to columns. What they mean stands in
// eligibility.cpp; here it is arranged so that a pair costs a few nanoseconds.

namespace jiedui {

/// When a volunteer is free, and on which days he may serve an item.
struct VolunteerTime {
  static constexpr std::uint32_t every_day = 0;
  /// The slots of those days, as bits.
  std::uint64_t day_slots = ~std::uint64_t{0};
  std::uint32_t availability = 0;  ///< number of a list
  std::uint32_t days = every_day;  ///< number of a set of slots
};

/// When a need can be met: its windows cut at the slots, for one duration.
struct LineTime {
  bool is_timed = false;
  /// Windows overlap after a change of the clocks: Eligibility works it out.
  bool is_irregular = false;
  std::uint32_t windows = 0;  ///< number of the list
  std::int32_t duration = 0;
  struct Part {
    std::uint32_t slot;
    std::int32_t begin, end;  ///< seconds of the horizon
  };
  std::vector<Part> parts;
};

/// A line: what it asks for beyond its item.
struct Line {
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  Cartesian point;
  std::uint32_t item = 0;
  std::uint32_t time = 0;             ///< number of a LineTime
  std::uint32_t wished_language = 0;  ///< bit; 0: none
  std::uint32_t languages = 0;        ///< bits of the beneficiary
  std::uint32_t organisation = none;  ///< that runs the activity
  std::uint32_t barred = 0;           ///< first of those who are kept apart, in barred()
  std::uint32_t barred_end = 0;
  std::uint32_t bonded = 0;  ///< first of those with a bond, in bonded()
  std::uint32_t bonded_end = 0;
  std::uint8_t gender = 0;       ///< wished
  std::uint8_t least_level = 0;  ///< 0 if the item's own level is enough
  bool is_placed = false;
  bool is_anywhere = false;  ///< reach does not matter
  bool counts_nearness = false;
};

struct LineEntry {
  Cartesian point;
  std::uint32_t number = 0;
  Summary summary() const { return {point, point, 0, 0, 0, number}; }
};

/// All volunteers and lines of one item.
struct ItemColumns {
  /// Those who travel alike: by mode and by class of reach, from 2^k to 2^(k+1) units. Empty if
  /// the item's lines ignore reach.
  std::vector<VolunteerGroup> groups;
  std::vector<VolunteerBlock> everybody;  ///< by points falling, number; if the lines ignore reach
  SpatialTree<LineEntry, 16> lines;
  std::vector<std::uint32_t> lines_anywhere;
  bool is_anywhere = false;  ///< its lines ignore reach
};

class MarketColumns {
 public:
  /// @param forbidden rows of volunteers and lines that no plan pairs.
  MarketColumns(const Network& network, const Rules& rules, const PointTerms& terms,
                const Eligibility& eligibility,
                std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden, int threads);

  const Eligibility& eligibility() const { return eligibility_; }
  const Numbering& volunteers() const { return volunteers_; }
  const Numbering& lines() const { return lines_; }
  const Line& line(std::uint32_t number) const { return line_[number]; }
  std::size_t line_count() const { return line_.size(); }
  std::size_t volunteer_count() const { return volunteers_.row_of.size(); }
  const ItemColumns& item(std::uint32_t item) const { return items_[item]; }
  /// The volunteer beside the item, if all that depends on the two alone holds.
  std::optional<ItemVolunteer> entry(std::uint32_t volunteer, std::uint32_t item) const;
  /// Items that the volunteer can have an entry for: those of his skills, and those without.
  void items_of(std::uint32_t volunteer, std::vector<std::uint32_t>& out) const;

  std::span<const std::uint32_t> barred(const Line& line) const {
    return std::span(barred_).subspan(line.barred, line.barred_end - line.barred);
  }
  std::span<const std::uint32_t> bonded(const Line& line) const {
    return std::span(bonded_).subspan(line.bonded, line.bonded_end - line.bonded);
  }
  /// Whether sets of slots fit 64 bits.
  bool has_few_slots() const {
    return eligibility_.slots().size() <= 64 && !eligibility_.has_runs();
  }
  /// The slots in which the two can meet, as bits; for a line without a time, all or none.
  /// Only if has_few_slots().
  std::uint64_t slot_bits(std::uint32_t line_time, std::uint32_t volunteer_time) const {
    const LineTime& asked = line_times_[line_time];
    const VolunteerTime& offered = volunteer_times_[volunteer_time];
    const Open& open = open_[offered.availability];
    if (!asked.is_timed || asked.is_irregular || open.is_irregular)
      return slow_slot_bits(line_time, volunteer_time);
    if (is_clock_running()) return slot_bits_after(asked, open) & offered.day_slots;
    std::uint64_t bits = 0;
    for (const LineTime::Part& part : asked.parts) {
      const std::uint64_t bit = std::uint64_t{1} << part.slot;
      if ((open.slots & bit) == 0) continue;
      const Stretch& stretch =
          stretches_[open.first + static_cast<unsigned>(std::popcount(open.slots & (bit - 1)))];
      if (std::min(stretch.end, part.end) - std::max(stretch.begin, part.begin) >= asked.duration)
        bits |= bit;
    }
    return bits & offered.day_slots;
  }
  /// Writes slot_bits() for each VolunteerTime to `bits`, which has room for all; false if they are
  /// to be asked for one by one, being many or irregular.
  bool slot_bits_of_all(std::uint32_t line_time, std::span<std::uint64_t> bits) const;
  bool is_timed(std::uint32_t line_time) const { return line_times_[line_time].is_timed; }
  /// Writes the slots in which the two can meet.
  void slots_of(std::uint32_t line_time, std::uint32_t volunteer_time,
                std::vector<std::uint32_t>& out) const;
  std::size_t volunteer_times() const { return volunteer_times_.size(); }

  // For a network that is edited (EditableNetwork), after Eligibility has taken the change in. The
  // index of volunteers and lines stays what it was. What is appended gets its row as its number.
  void update_volunteer(std::uint32_t number);
  void update_line(std::uint32_t number);
  /// Whether update_line() can take in a row with these columns of length 1: volunteers are indexed
  /// for its item, and they have a bit for its language.
  bool has_place_for(const Needs& one) const;

  /// Whether the volunteer speaks the language wished for; `who` has its bit.
  bool speaks(std::uint32_t line, const ItemVolunteer& who) const;
  /// @param languages bits of the volunteer.
  bool have_common_language(const Line& line, std::uint32_t number, std::uint32_t volunteer,
                            std::uint32_t languages) const {
    const std::uint32_t common = line.languages & languages;
    return common != 0 && (common != other_languages_ || share_other_language(number, volunteer));
  }
  /// Whether the bits of languages tell all that the line asks of them.
  bool has_plain_languages(const Line& line) const {
    return ((line.languages | line.wished_language) & other_languages_) == 0;
  }
  /// Whether the points of all standard terms together fit 32 bits.
  bool has_narrow_points() const { return has_narrow_points_; }
  std::int32_t least_level(std::uint32_t item) const {
    return network_.catalogue().least_level[item];
  }
  /// Whether only volunteers of the line's least level may serve it.
  bool must_have_level(const Line& line) const {
    return has_rule(StandardRule::skill) && network_.catalogue().skill[line.item].has_value();
  }
  std::int64_t weight(StandardTerm term) const { return weights_[static_cast<std::size_t>(term)]; }
  /// The term nearness for the square of a distance.
  std::int64_t nearness(std::uint8_t mode, std::int64_t squared) const {
    const std::vector<std::int32_t>& table = nearness_[mode];
    const auto metres = static_cast<std::size_t>(metres_of(squared));
    return metres < table.size() ? table[metres] : 0;
  }
  /// The term for whole metres; 0 at the end and beyond.
  std::span<const std::int32_t> nearness_by_metres(std::uint8_t mode) const {
    return nearness_[mode];
  }
  static std::int32_t metres_of(std::int64_t squared) {
    // The root of a whole number below 2^52 is rounded to nothing wrong once cut off; above, the
    // whole-number root does it.
    constexpr std::int64_t exact = std::int64_t{1} << 52U;
    const std::int64_t root =
        squared < exact ? static_cast<std::int64_t>(std::sqrt(static_cast<double>(squared)))
                        : integer_square_root(squared);
    return static_cast<std::int32_t>(root / Cartesian::units_per_metre);
  }

 private:
  void set_languages();
  void set_items();
  void set_lines(std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden);
  void set_line(std::uint32_t number,
                std::span<const std::pair<std::uint32_t, std::uint32_t>> apart);
  std::uint32_t line_time_of(std::uint32_t row);
  void set_open();
  void add_open(std::uint32_t list);
  /// Times of the volunteer that hold on some days only.
  void add_times_of(std::uint32_t number);
  bool is_clock_running() const {
    return eligibility_.clock() >= eligibility_.slots().front().begin;
  }
  std::int32_t second_of_horizon(std::int64_t second) const {
    return static_cast<std::int32_t>(second - eligibility_.slots().front().begin);
  }
  std::uint64_t slow_slot_bits(std::uint32_t line_time, std::uint32_t volunteer_time) const;
  struct Open;
  /// The slots in which the two can begin after the clock's moment.
  std::uint64_t slot_bits_after(const LineTime& asked, const Open& open) const;
  void set_nearness();
  void set_open_in_slot();
  void add_open_in_slot(const VolunteerTime& time);
  void index_all(std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden, int threads);
  static constexpr std::uint32_t rows_at_once = 4096;
  struct RowEntries;
  void read_rows(std::uint32_t begin, std::uint32_t end, RowEntries& found) const;
  std::optional<ItemVolunteer> entry_without_time(std::uint32_t row, std::uint32_t item) const;
  /// The number of the time of those who are free so, and allowed on these days.
  std::uint32_t add_time(std::uint32_t availability, const std::vector<bool>& days);
  void index_volunteers(std::vector<RowEntries>& found, int threads);
  static void index_item(ItemColumns& item, std::span<std::vector<ItemVolunteer>> by_group);
  void set_anywhere();
  void index_lines();
  std::uint32_t mask_of(std::span<const Symbol> languages) const;
  /// For each slot, whether the dated rules hold on its day.
  std::vector<bool> days_of(std::uint32_t row, std::uint32_t item) const;
  /// The number of a time, or none where the dated rules hold on no day of the horizon.
  std::optional<std::uint32_t> time_of(std::uint32_t row, std::uint32_t item) const;
  bool share_other_language(std::uint32_t line, std::uint32_t volunteer) const;
  bool has_rule(StandardRule rule) const { return rules_.has(rule); }

  const Network network_;
  const Rules rules_;
  const Eligibility& eligibility_;
  std::array<std::int64_t, standard_term_count> weights_{};
  Numbering volunteers_, lines_;
  std::vector<Line> line_;
  std::vector<ItemColumns> items_;
  std::vector<std::vector<std::uint32_t>> items_of_skill_;
  std::vector<std::uint32_t> items_without_skill_;
  std::vector<std::uint32_t> barred_, bonded_;
  std::vector<std::uint32_t> language_bit_;  // of each word
  std::uint32_t other_languages_ = 0;        // the bit that several languages share
  std::vector<std::uint32_t> languages_;     // bits of each distinct list of volunteers
  std::vector<LineTime> line_times_;
  std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t> line_time_number_;
  std::vector<std::vector<std::uint32_t>> bonds_;  // volunteers of each beneficiary
  std::vector<std::uint8_t> is_item_used_;
  std::vector<std::uint32_t> time_of_list_;  // the VolunteerTime of each availability list
  // Sets of slots on whose days the dated rules hold, and the times that have one. Filled for all
  // volunteers and items up front.
  std::vector<std::uint8_t> is_dated_;  // of each item: whether a dated rule asks for anything
  std::vector<std::vector<bool>> days_ = {{}};  // number 0: every day
  std::vector<VolunteerTime> volunteer_times_;
  std::map<std::vector<bool>, std::uint32_t> days_number_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> time_number_;
  /// A list of availability: in which slots it is open, and when.
  struct Open {
    std::uint64_t slots = 0;
    std::uint32_t first = 0;  // of the stretches, one for each slot
    /// Several stretches in a slot, or a horizon of many slots: Eligibility works it out.
    bool is_irregular = false;
  };
  struct Stretch {
    std::int32_t begin, end;  // seconds of the horizon
  };
  std::vector<Open> open_;
  std::vector<Stretch> stretches_;
  /// When each VolunteerTime is open in one slot; closed: ends before it begins.
  struct SlotColumns {
    std::vector<std::int32_t> begin, end;
  };
  std::vector<SlotColumns> open_in_slot_;  // of each slot, if there are few times, all regular
  static constexpr std::size_t nearness_count = 5;  // modes of travel
  std::array<std::vector<std::int32_t>, nearness_count> nearness_;
  bool has_narrow_points_ = false;
};

}  // namespace jiedui
