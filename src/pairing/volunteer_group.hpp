#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "jiedui/base/position.hpp"
#include "lanes.hpp"
#include "spatial_tree.hpp"

// Private to the room: the volunteers of one item in space.

namespace jiedui {

/// A volunteer who may serve an item: all that depends on the two alone holds.
struct ItemVolunteer {
  Cartesian point;
  std::int32_t limit = 0;          ///< nearer than this many units is within reach; 0: never
  std::int32_t points = 0;         ///< level above the item's least and experience, weighted
  std::uint32_t number = 0;        ///< of the volunteer
  std::uint32_t languages = 0;     ///< bits
  std::uint32_t time = 0;          ///< when free and allowed: number of a VolunteerTime
  std::uint32_t organisation = 0;  ///< his own
  std::uint8_t level = 0;
  std::uint8_t mode = 0;
  std::uint8_t gender = 0;
  std::uint8_t is_placed = 0;
  Summary summary() const { return {point, point, limit, points, languages, number}; }
};

/// Sixteen of them side by side. Unused places have limit 0.
struct alignas(64) VolunteerBlock {
  lanes::Column<std::int32_t> x{}, y{}, z{}, limit{}, points{};
  lanes::Column<std::uint32_t> time{}, languages{}, organisation{}, number{};
  /// Level, gender, mode and is_placed, a byte each; 0 in an unused place.
  lanes::Column<std::int32_t> traits{};
  static constexpr unsigned gender_shift = 8;
  static constexpr unsigned mode_shift = 16;
  static constexpr unsigned placed_shift = 24;
  static constexpr unsigned used_shift = 25;

  bool is_used(std::size_t i) const { return traits[i] != 0; }
  ItemVolunteer entry(std::size_t i) const;
};

/// All of them, in this order.
std::vector<VolunteerBlock> blocks_of(std::span<const ItemVolunteer> volunteers);

/// Boxes around sixteen blocks, or around sixteen BoxBlocks, and the most of what is inside.
struct alignas(64) BoxBlock {
  lanes::Column<std::int32_t> low_x{}, low_y{}, low_z{}, high_x{}, high_y{}, high_z{};
  lanes::Column<std::int32_t> limit{};          ///< most; 0 where there is no box
  lanes::Column<std::int32_t> points{};         ///< most
  lanes::Column<std::uint32_t> languages{};     ///< of any
  lanes::Column<std::uint32_t> first_number{};  ///< least

  Summary box(std::size_t i) const {
    return {{low_x[i], low_y[i], low_z[i]},
            {high_x[i], high_y[i], high_z[i]},
            limit[i],
            points[i],
            languages[i],
            first_number[i]};
  }
  void set(std::size_t i, const Summary& box);
  /// The boxes that may reach the point; those left out do not.
  std::uint32_t near(Cartesian point) const;
};

/// Numbers of blocks, with room behind the last for lanes::append().
struct BlockList {
  std::vector<std::uint32_t> numbers;
  std::size_t size = 0;
  void reserve(std::size_t more) {
    if (numbers.size() < size + more + lanes::count)
      numbers.resize(2 * (size + more + lanes::count));
  }
};

/// Volunteers in the order of their numbers, in which neighbours are near, under a tree of boxes.
///
/// A tree of boxes has no poles and no 180th meridian, and it is fine where people live densely.
class VolunteerGroup {
 public:
  /// All must have the same mode.
  explicit VolunteerGroup(std::span<const ItemVolunteer> by_number);

  std::uint8_t mode() const { return mode_; }
  /// Whether doubles hold the squares of all limits exactly.
  bool is_narrow() const { return is_narrow_; }
  std::size_t size() const { return size_; }
  std::span<const VolunteerBlock> blocks() const { return blocks_; }

  /// The levels of boxes; those on level 0 hold a VolunteerBlock each, and the top is one BoxBlock.
  std::size_t levels() const { return levels_.size(); }
  const BoxBlock& boxes(std::size_t level, std::size_t block) const {
    return levels_[level][block];
  }
  /// Appends the numbers of all blocks with a volunteer who may be within reach.
  void append_blocks_near(Cartesian point, BlockList& blocks) const;

 private:
  std::size_t size_ = 0;
  std::uint8_t mode_ = 0;
  bool is_narrow_ = false;
  std::vector<VolunteerBlock> blocks_;
  std::vector<std::vector<BoxBlock>> levels_;
};

}  // namespace jiedui
