#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market_columns.hpp"
#include "solver/shared_slot_sets.hpp"

// Private to the room.

namespace jiedui {

/// In which slots volunteers can meet one line, by the number of their VolunteerTime. Remembers
/// what it finds, so that one object serves one thread, for many lines one after the other.
class LineTimes {
 public:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  LineTimes(const MarketColumns& columns, SharedSlotSets& sets)
      : columns_(&columns), sets_(&sets) {}

  /// @param for_few whether few volunteers will be asked for.
  void begin(std::uint32_t line_time, bool for_few = false);
  /// The number of the set of slots; none if there is no slot.
  std::uint32_t slots(std::uint32_t time) {
    know(time);
    return is_free_[time] == 0 ? none : number_of(bits_[time]);
  }
  /// By time, all ones where there is a slot, else 0; right for these times, and for all that were
  /// asked for since begin().
  std::span<const std::int32_t> is_free(std::span<const std::uint32_t> times) {
    if (!knows_all_)
      for (const std::uint32_t time : times) know(time);
    return is_free_;
  }

 private:
  void know(std::uint32_t time) {
    if (knows_all_ || stamps_[time] == stamp_) return;
    stamps_[time] = stamp_;
    find(time);
  }
  void find(std::uint32_t time);
  std::uint32_t number_of(std::uint64_t bits);

  const MarketColumns* columns_;
  SharedSlotSets* sets_;
  std::uint32_t line_time_ = none;
  bool knows_all_ = false;
  std::uint32_t stamp_ = 0;
  std::vector<std::uint32_t> stamps_;  // of the line for which bits were found
  // The slots, as bits; the number of the set and 1 if the horizon has too many slots for that.
  std::vector<std::uint64_t> bits_;
  std::vector<std::int32_t> is_free_;
  static constexpr unsigned recent_bits = 11;
  struct Recent {
    std::uint64_t bits = 0;
    std::uint32_t number = 0;
  };
  std::vector<Recent> recent_ = std::vector<Recent>(1U << recent_bits);  // by hash of the bits
  std::vector<std::uint32_t> found_;
};

}  // namespace jiedui
