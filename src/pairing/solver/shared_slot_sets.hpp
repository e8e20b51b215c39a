#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room.

namespace jiedui {

/// Sets of slots by number, found while several threads look for candidates. Number 0 is
/// {no_slot}; which numbers the others get depends on the order in which they are found, so that
/// nothing may depend on the numbers.
class SharedSlotSets {
 public:
  SharedSlotSets() { number({&no_slot_, 1}); }
  /// Whoever knows a number may read its slots without locking: they do not move.
  std::span<const std::uint32_t> operator[](std::uint32_t number) const {
    const auto [chunk, place] = place_of(number);
    return chunks_[chunk][place];
  }
  /// The number of the set, in rising order.
  std::uint32_t number(std::span<const std::uint32_t> slots) {
    const std::lock_guard lock(mutex_);
    const auto [known, added] = numbers_.try_emplace({slots.begin(), slots.end()}, size_);
    if (added) {
      const auto [chunk, place] = place_of(size_);
      if (!chunks_[chunk])
        chunks_[chunk] = std::make_unique<std::span<const std::uint32_t>[]>(first_chunk << chunk);
      chunks_[chunk][place] = known->first;
      ++size_;
    }
    return known->second;
  }

 private:
  static constexpr std::uint32_t no_slot_ = solver::Candidate::no_slot;
  static constexpr std::size_t first_chunk = 64;
  struct Place {
    std::size_t chunk, place;
  };
  /// Chunk c holds the numbers from 64 · (2^c − 1).
  static Place place_of(std::size_t number) {
    const auto chunk = static_cast<std::size_t>(std::bit_width(number / first_chunk + 1)) - 1;
    return {chunk, number - first_chunk * ((std::size_t{1} << chunk) - 1)};
  }

  std::mutex mutex_;
  std::uint32_t size_ = 0;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;
  std::array<std::unique_ptr<std::span<const std::uint32_t>[]>, 27> chunks_;
};

}  // namespace jiedui
