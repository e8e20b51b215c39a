#pragma once

#include <algorithm>
#include <bit>
#include <limits>
#include <memory_resource>
#include <span>
#include <vector>

#include "candidate_source.hpp"

// Private to the room: the offers of one line, ordered by what they are worth at today's prices.

namespace jiedui::solver {

/// Whole numbers of any size as 32 bits that are never less than the number, once scaled back.
template <class Weight>
class RoundedUp {
 public:
  /// @param greatest no number to be rounded is greater, sign aside.
  explicit RoundedUp(Weight greatest) {
    while ((greatest >> shift_) >= (Weight{1} << 30U)) ++shift_;
  }
  std::int32_t operator()(Weight number) const {
    return static_cast<std::int32_t>((number + ((Weight{1} << shift_) - 1)) >> shift_);
  }
  Weight back(std::int32_t rounded) const { return static_cast<Weight>(rounded) << shift_; }

 private:
  unsigned shift_ = 0;
};

/// A heap by worth = points − price, the best first. The worth kept is an upper bound: prices rise
/// while units are sent, so that an offer is looked at again only where its old worth would matter,
/// and then sinks to its place. Offers of volunteers who serve the line are parked behind the heap.
///
/// That keeps a search to the few offers within its radius, however many there are and however far
/// the prices have moved since they were sorted.
template <class Score>
class OfferHeap {
 public:
  struct Entry {
    Score points;
    std::uint32_t volunteer;
    std::uint32_t slots;
    std::int32_t worth;  // rounded up
  };

  std::size_t size() const { return heap_; }
  bool empty() const { return heap_ == 0; }
  Entry& operator[](std::size_t i) { return entries_[i]; }
  const Entry& operator[](std::size_t i) const { return entries_[i]; }
  std::span<const Entry> all() const { return {entries_, end_}; }
  std::span<const Entry> parked() const { return {entries_ + heap_, end_ - heap_}; }

  /// How many offers the source has handed out, and what it said of the rest.
  std::uint32_t taken = 0;
  /// Whether the source has lost an offer since: those that it hands out have moved up.
  bool is_thinned = false;
  Rest rest{.any = true, .points_max = std::numeric_limits<std::int64_t>::max()};

  void reserve(std::size_t entries, std::pmr::memory_resource& memory) {
    if (entries <= room_) return;
    entries = std::max<std::size_t>(entries, room_ + room_ / 2);
    auto* grown = static_cast<Entry*>(memory.allocate(entries * sizeof(Entry), alignof(Entry)));
    std::copy(entries_, entries_ + end_, grown);
    entries_ = grown;
    room_ = static_cast<std::uint32_t>(entries);
  }
  /// Appends behind everything; heapify() or insert() puts it in its place. Room must be reserved.
  void append(const Entry& entry) {
    entries_[end_] = entries_[heap_];
    entries_[heap_] = entry;
    ++end_;
    sift_up(heap_++);
  }

  void sift_down(std::size_t i) {
    const Entry entry = entries_[i];
    while (true) {
      std::size_t child = 2 * i + 1;
      if (child >= heap_) break;
      if (child + 1 < heap_ && before(entries_[child + 1], entries_[child])) ++child;
      if (!before(entries_[child], entry)) break;
      entries_[i] = entries_[child];
      i = child;
    }
    entries_[i] = entry;
  }

  /// Takes all offers of the volunteer out of the heap.
  void park(std::uint32_t volunteer) {
    for (std::size_t i = 0; i < heap_;) {
      if (entries_[i].volunteer != volunteer) {
        ++i;
        continue;
      }
      std::swap(entries_[i], entries_[--heap_]);
      if (i == heap_) break;
      if (i > 0 && before(entries_[i], entries_[(i - 1) / 2]))
        sift_up(i);
      else
        sift_down(i);
      i = 0;  // entries before i may have moved; a volunteer has few offers
      if (!split_) return;
    }
  }
  /// Puts them back, as worthy as `worth(entry)` says.
  template <class Worth>
  void unpark(std::uint32_t volunteer, Worth worth) {
    for (std::size_t i = heap_; i < end_; ++i) {
      if (entries_[i].volunteer != volunteer) continue;
      std::swap(entries_[i], entries_[heap_]);
      entries_[heap_].worth = worth(entries_[heap_]);
      sift_up(heap_++);
      if (!split_) return;
    }
  }
  /// Sets the worths of the volunteer's offers right where they were too low.
  template <class Worth>
  void raise(std::uint32_t volunteer, Worth worth) {
    for (std::size_t i = 0; i < heap_; ++i) {
      if (entries_[i].volunteer != volunteer) continue;
      const std::int32_t now = worth(entries_[i]);
      if (now > entries_[i].worth) {
        entries_[i].worth = now;
        sift_up(i);
      }
      if (!split_) return;
    }
  }
  /// Adds to the points of the volunteer's offers, parked or not.
  template <class Worth>
  void add_points(std::uint32_t volunteer, Score by, Worth worth) {
    for (std::size_t i = 0; i < end_; ++i)
      if (entries_[i].volunteer == volunteer) entries_[i].points += by;
    raise(volunteer, worth);
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
    heap_ = end_ = 0;
    taken = 0;
    is_thinned = false;
    rest = {.any = true, .points_max = std::numeric_limits<std::int64_t>::max()};
  }
  /// Forgets the volunteer's offers.
  void erase(std::uint32_t volunteer) {
    is_thinned = true;
    park(volunteer);
    for (std::size_t i = heap_; i < end_;)
      if (entries_[i].volunteer == volunteer)
        entries_[i] = entries_[--end_];
      else
        ++i;
  }
  /// A volunteer may have several offers, of different points.
  void set_split() { split_ = true; }

 private:
  static bool before(const Entry& a, const Entry& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.volunteer < b.volunteer;
  }
  void sift_up(std::size_t i) {
    const Entry entry = entries_[i];
    for (; i > 0 && before(entry, entries_[(i - 1) / 2]); i = (i - 1) / 2)
      entries_[i] = entries_[(i - 1) / 2];
    entries_[i] = entry;
  }

  Entry* entries_ = nullptr;  // in the memory given to reserve()
  std::uint32_t heap_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t room_ = 0;
  bool split_ = false;
};

}  // namespace jiedui::solver
