#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <memory_resource>
#include <span>

#include "candidate_source.hpp"

// Private to the room: the offers of one line, and what they are worth at today's prices.

namespace jiedui::solver {

/// Offers in blocks. For each block a bound is kept on the worth = points − price of its offers.
/// Prices rise while units are sent, so that a bound stays one, and is set right when it leads to a
/// block that has nothing to give. Offers of volunteers who serve the line are parked behind the
/// rest.
///
/// That keeps a search to the few blocks within its radius, however far the prices have moved since
/// the offers came, and a block is looked through faster than a heap of the same size is kept.
template <class Weight, class Score>
class OfferList {
 public:
  struct Entry {
    std::uint32_t volunteer;
    std::uint32_t slots;
    Score points;
  };

  std::span<const Entry> all() const { return {entries_, end_}; }
  std::span<const Entry> parked() const { return {entries_ + live_, end_ - live_}; }

  /// How many offers the source has handed out, and what it said of the rest.
  std::uint32_t taken = 0;
  /// Whether the source has lost an offer since: those that it hands out have moved up.
  bool is_thinned = false;
  Rest rest{.any = true, .points_max = std::numeric_limits<std::int64_t>::max()};

  void reserve(std::size_t entries, std::pmr::memory_resource& memory) {
    if (entries <= room_) return;
    entries = std::max<std::size_t>(entries, room_ + room_ / 2);
    entries = (entries + block - 1) / block * block;
    auto* grown = static_cast<Entry*>(memory.allocate(entries * sizeof(Entry), alignof(Entry)));
    auto* bounds =
        static_cast<Weight*>(memory.allocate(entries / block * sizeof(Weight), alignof(Weight)));
    std::copy(entries_, entries_ + end_, grown);
    std::copy(bounds_, bounds_ + room_ / block, bounds);
    entries_ = grown;
    bounds_ = bounds;
    room_ = static_cast<std::uint32_t>(entries);
  }
  /// Room must be reserved. @param worth no less than the offer is worth.
  void append(const Entry& entry, Weight worth) {
    entries_[end_] = entries_[live_];
    entries_[live_] = entry;
    ++end_;
    add_last(worth);
  }

  /// Calls take(entry, price) for the offers, parked ones aside, whose worth matters. Whether a
  /// worth matters may only change from yes to no on the way.
  template <class Matters, class PriceOf, class Take>
  void look(Matters matters, PriceOf price_of, Take take) {
    Weight all_most = lowest;
    const bool any_raised = raised_ != lowest && matters(raised_);
    if (any_raised) raised_ = lowest;
    for (std::uint32_t begin = 0, b = 0; begin < live_; begin += block, ++b) {
      if (any_raised || matters(bounds_[b]))
        bounds_[b] = look_through(begin, matters, price_of, take);
      all_most = std::max(all_most, bounds_[b]);
    }
    bound_ = std::max(all_most, raised_);
  }
  /// The search will look at the offers soon.
  void prefetch() const {
    __builtin_prefetch(bounds_);
    for (std::uint32_t i = 0; i < block; i += 5) __builtin_prefetch(entries_ + i);
  }
  /// No offer but those parked is worth more.
  Weight bound() const { return bound_; }

  /// Takes all offers of the volunteer away from those that are looked at.
  void park(std::uint32_t volunteer) {
    for (std::uint32_t i = 0; i < live_;) {
      if (entries_[i].volunteer != volunteer) {
        ++i;
        continue;
      }
      const std::uint32_t last = --live_;
      std::swap(entries_[i], entries_[last]);
      raise_bound(i, bounds_[last / block]);
      if (!split_) return;
    }
  }
  /// Puts them back, as worthy as `worth(entry)` says.
  template <class Worth>
  void unpark(std::uint32_t volunteer, Worth worth) {
    for (std::uint32_t i = live_; i < end_; ++i) {
      if (entries_[i].volunteer != volunteer) continue;
      std::swap(entries_[i], entries_[live_]);
      add_last(worth(entries_[live_]));
      if (!split_) return;
    }
  }
  /// The price of the volunteer fell.
  template <class Worth>
  void raise(std::uint32_t volunteer, Worth worth) {
    for (std::uint32_t i = 0; i < live_; ++i) {
      if (entries_[i].volunteer != volunteer) continue;
      raise_bound(i, worth(entries_[i]));
      if (!split_) return;
    }
  }
  /// Adds to the points of the volunteer's offers, parked or not.
  template <class Worth>
  void add_points(std::uint32_t volunteer, Score by, Worth worth) {
    for (std::uint32_t i = 0; i < end_; ++i)
      if (entries_[i].volunteer == volunteer) entries_[i].points += by;
    raise(volunteer, worth);
  }
  /// Some offer is worth so much now; which one it is shows when that matters.
  void raise_some(Weight worth) {
    raised_ = std::max(raised_, worth);
    bound_ = std::max(bound_, worth);
  }
  bool has(std::uint32_t volunteer, std::uint32_t slots) const {
    return std::any_of(entries_, entries_ + end_, [&](const Entry& entry) {
      return entry.volunteer == volunteer && entry.slots == slots;
    });
  }
  /// Writes volunteer and set of each offer as one number, in order.
  void list_keys(std::vector<std::uint64_t>& out) const {
    out.clear();
    for (const Entry& entry : all())
      out.push_back((std::uint64_t{entry.volunteer} << 32U) | entry.slots);
    std::sort(out.begin(), out.end());
  }
  /// Forgets all offers: they are to be read again.
  void clear() {
    live_ = end_ = 0;
    bound_ = raised_ = lowest;
    taken = 0;
    is_thinned = false;
    rest = {.any = true, .points_max = std::numeric_limits<std::int64_t>::max()};
  }
  /// Forgets the volunteer's offers.
  void erase(std::uint32_t volunteer) {
    is_thinned = true;
    park(volunteer);
    for (std::uint32_t i = live_; i < end_;)
      if (entries_[i].volunteer == volunteer)
        entries_[i] = entries_[--end_];
      else
        ++i;
  }
  /// A volunteer may have several offers, of different points.
  void set_split() { split_ = true; }

 private:
  static constexpr std::uint32_t block = 16;
  /// Less than any worth; distances can be taken from it.
  static constexpr Weight lowest = std::numeric_limits<Weight>::min() / 2;

  /// @returns the greatest worth in the block.
  template <class Matters, class PriceOf, class Take>
  Weight look_through(std::uint32_t begin, Matters& matters, PriceOf& price_of, Take& take) {
    std::array<Weight, block> prices;
    const Entry* entries = entries_ + begin;
    const std::uint32_t count = std::min(block, live_ - begin);
    Weight most = lowest;
    for (std::uint32_t i = 0; i < count; ++i) {
      prices[i] = price_of(entries[i]);
      most = std::max(most, entries[i].points - prices[i]);
    }
    if (!matters(most)) return most;
    for (std::uint32_t i = 0; i < count; ++i)
      if (matters(entries[i].points - prices[i])) take(entries[i], prices[i]);
    return most;
  }

  void raise_bound(std::uint32_t i, Weight worth) {
    bounds_[i / block] = std::max(bounds_[i / block], worth);
    bound_ = std::max(bound_, worth);
  }
  void add_last(Weight worth) {
    const std::uint32_t i = live_++;
    if (i % block == 0) bounds_[i / block] = lowest;
    raise_bound(i, worth);
  }

  Entry* entries_ = nullptr;  // in the memory given to reserve()
  Weight* bounds_ = nullptr;  // of the blocks
  Weight bound_ = lowest;     // of them all
  /// No offer is worth more that was raised since the blocks were looked at.
  Weight raised_ = lowest;
  std::uint32_t live_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t room_ = 0;
  bool split_ = false;
};

}  // namespace jiedui::solver
