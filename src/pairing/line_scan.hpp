#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pair_check.hpp"

// Private to the room: the inner loop over the candidates of a line.

namespace jiedui {

/// Looks at many volunteers at once for one line, and keeps those for whom the standard rules hold
/// beside their points. One object serves one thread, for many lines one after the other.
///
/// A few nanoseconds for each volunteer looked at. The points must fit 32 bits:
/// MarketColumns::has_narrow_points().
class LineScan {
 public:
  LineScan(const MarketColumns& columns, SharedSlotSets& sets)
      : columns_(&columns), check_(columns, sets) {}

  void begin(std::uint32_t line);
  PairCheck& check() { return check_; }

  /// The blocks of the item's groups that have volunteers within reach, and how many volunteers
  /// they hold at most.
  std::size_t find_blocks();
  /// Looks at all blocks found, or at everybody if the line ignores reach.
  void look_at_all();

  /// What was found, in no order.
  std::size_t size() const { return size_; }
  std::span<const std::int32_t> points() const { return std::span(points_).first(size_); }
  std::span<const std::uint32_t> volunteers() const { return std::span(numbers_).first(size_); }
  /// The number of the set of slots of pair `i`.
  std::uint32_t slots(std::size_t i) { return check_.times().slots(times_[i]); }

 private:
  struct Asked;
  /// From `begin` on, which are all of one mode: keeps those who are free, and adds what is left of
  /// the points.
  void finish(std::size_t begin, std::uint8_t mode);
  /// Appends those within reach who have what the line asks for of a person.
  template <bool is_anywhere>
  void append_near(std::span<const VolunteerBlock> all, std::span<const std::uint32_t> blocks);
  void append_slowly(std::span<const VolunteerBlock> all, std::span<const std::uint32_t> blocks);
  void keep_free(std::size_t begin);
  void add_nearness(std::size_t begin, std::span<const std::int32_t> table);
  void settle_barred_and_bonded(std::size_t begin);
  void reserve(std::size_t more);

  const MarketColumns* columns_;
  PairCheck check_;
  bool is_plain_ = false;  // no language of the line shares its bit with others
  struct Run {
    const VolunteerGroup* group;
    std::size_t begin, end;  // of blocks_
  };
  std::span<const std::uint32_t> blocks_of(const Run& run) const {
    return std::span(blocks_.numbers).subspan(run.begin, run.end - run.begin);
  }
  bool is_quick(const VolunteerGroup& group) const { return is_plain_ && group.is_narrow(); }
  std::vector<Run> runs_;
  BlockList blocks_;
  std::vector<std::uint32_t> all_blocks_;
  std::size_t size_ = 0;
  // Side by side, with room for a block behind the last.
  std::vector<std::int32_t> points_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> times_;
  std::vector<double> squared_;
};

}  // namespace jiedui
