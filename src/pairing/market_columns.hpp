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

// Private to the room: rules and points of a market compiled to columns. What they mean stands in
// eligibility.cpp; here it is arranged so that a pair costs a few nanoseconds.

namespace jiedui {

/// A volunteer who may serve an item: all that depends on the two alone holds.
struct ItemVolunteer {
  Cartesian point;
  std::int32_t limit = 0;       ///< nearer than this many units is within reach; 0: never
  std::int32_t points = 0;      ///< level above the item's least and experience, weighted
  std::uint32_t number = 0;     ///< of the volunteer
  std::uint32_t languages = 0;  ///< bits
  std::uint32_t time = 0;       ///< when free and allowed: number of a VolunteerTime
  std::uint8_t level = 0;
  std::uint8_t mode = 0;
  std::uint8_t gender = 0;
  std::uint8_t is_placed = 0;
  Summary summary() const { return {point, point, limit, points, languages, number}; }
};

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
  /// Those who travel alike: by mode and by class of reach, from 2^k to 2^(k+1) units.
  struct Group {
    /// Neighbours in space, by points falling within a leaf, so that the best of a leaf are looked
    /// at first, `step` at a time.
    static constexpr std::size_t leaf = 32;
    static constexpr std::size_t step = 16;
    explicit Group(std::vector<ItemVolunteer> by_number);

    std::uint8_t mode = 0;
    SpatialTree<ItemVolunteer, leaf> tree;
    /// What the inner loop reads of a step's entries once more, side by side: it tries all at once.
    /// Behind the last entry the limit is 0.
    struct Step {
      std::array<std::int32_t, step> x{}, y{}, z{}, limit{}, points{};
      std::array<std::uint32_t, step> time{}, languages{}, number{};
    };
    std::vector<Step> steps;
    /// Whether doubles hold the squares of all limits exactly.
    bool is_narrow = false;
    /// The least number from each step to the end of its leaf.
    std::vector<std::uint32_t> least_number;
  };
  std::vector<Group> groups;
  std::vector<ItemVolunteer> everybody;  ///< by points falling, number; if a line asks for it
  SpatialTree<LineEntry, 16> lines;
  std::vector<std::uint32_t> lines_anywhere;
  bool is_anywhere = false;  ///< some line ignores reach
};

class MarketColumns {
 public:
  /// @param forbidden rows of volunteers and lines that no plan pairs.
  MarketColumns(const Network& network, const Rules& rules, const PointTerms& terms,
                const Eligibility& eligibility,
                std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden);

  const Eligibility& eligibility() const { return eligibility_; }
  const Numbering& volunteers() const { return volunteers_; }
  const Numbering& lines() const { return lines_; }
  const Line& line(std::uint32_t number) const { return line_[number]; }
  std::size_t line_count() const { return line_.size(); }
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
  bool has_few_slots() const { return eligibility_.slots().size() <= 64; }
  /// The slots in which the two can meet, as bits; for a line without a time, all or none.
  /// Only if has_few_slots().
  std::uint64_t slot_bits(std::uint32_t line_time, std::uint32_t volunteer_time) const {
    const LineTime& asked = line_times_[line_time];
    const VolunteerTime& offered = volunteer_times_[volunteer_time];
    const Open& open = open_[offered.availability];
    if (!asked.is_timed || asked.is_irregular || open.is_irregular)
      return slow_slot_bits(line_time, volunteer_time);
    if (eligibility_.clock() >= eligibility_.slots().front().begin)
      return slot_bits_after(asked, open) & offered.day_slots;
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
  bool is_of_organisation(const Line& line, std::uint32_t volunteer) const {
    return organisation_[volunteer] == line.organisation;
  }
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
    const std::vector<std::uint16_t>& table = nearness_[mode];
    const auto metres = static_cast<std::size_t>(metres_of(squared));
    return metres < table.size() ? table[metres] : 0;
  }
  /// The term for whole metres; 0 beyond the end.
  std::span<const std::uint16_t> nearness_by_metres(std::uint8_t mode) const {
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
  void add_times_of(std::uint32_t number, std::vector<std::uint32_t>& items);
  std::int32_t second_of_horizon(std::int64_t second) const {
    return static_cast<std::int32_t>(second - eligibility_.slots().front().begin);
  }
  std::uint64_t slow_slot_bits(std::uint32_t line_time, std::uint32_t volunteer_time) const;
  struct Open;
  /// The slots in which the two can begin after the clock's moment.
  std::uint64_t slot_bits_after(const LineTime& asked, const Open& open) const;
  void set_nearness();
  void set_volunteer_times();
  void index_volunteers();
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
  std::vector<std::uint32_t> organisation_;  // of each volunteer
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
  static constexpr std::size_t nearness_count = 5;  // modes of travel
  std::array<std::vector<std::uint16_t>, nearness_count> nearness_;
};

}  // namespace jiedui
