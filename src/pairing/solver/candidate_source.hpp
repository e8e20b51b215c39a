#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room: where the solver gets candidates from, whether they are listed or implied.

namespace jiedui::solver {

/// The slots in which a volunteer can serve a line, by number: each distinct set is stored once.
/// Set 0 is {Candidate::no_slot}.
class SlotSets {
 public:
  SlotSets() { add({&no_slot_, 1}); }
  std::span<const std::uint32_t> operator[](std::uint32_t set) const {
    const std::uint32_t begin = set == 0 ? 0 : ends_[set - 1];
    return {slots_.data() + begin, ends_[set] - begin};
  }
  /// The caller sees to it that the set, in rising order, is new.
  std::uint32_t add(std::span<const std::uint32_t> slots) {
    slots_.insert(slots_.end(), slots.begin(), slots.end());
    ends_.push_back(static_cast<std::uint32_t>(slots_.size()));
    return static_cast<std::uint32_t>(ends_.size() - 1);
  }
  std::size_t size() const { return ends_.size(); }

 private:
  static constexpr std::uint32_t no_slot_ = Candidate::no_slot;
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> ends_;
};

/// A volunteer beside a line, with all slots in which the pair brings these points.
struct Offer {
  std::uint32_t volunteer = 0;
  std::uint32_t slots = 0;  ///< number of a set in SlotSets
  std::int64_t points = 0;
  friend constexpr bool operator==(const Offer&, const Offer&) = default;
};

/// A line beside a volunteer, the same the other way round.
struct Request {
  std::uint32_t line = 0;
  std::uint32_t slots = 0;
  std::int64_t points = 0;
};

/// What is known of the offers that have not been handed out.
struct Rest {
  bool any = false;
  std::int64_t points_max = 0;  ///< none of them has more points, if there are any
};

/// Hands out the candidates of each line, best first. Forbidden pairs are not among them. Functions
/// may be called from several threads at once.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;
  /// Writes the `count` best offers of the line to `out`, or all if there are fewer: by points
  /// falling; where they are equal, in an order of the source's own. A later call with a greater
  /// count begins with the same offers.
  virtual Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const = 0;
  /// Writes all lines that the volunteer may serve to `out`, by line.
  virtual void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const = 0;
  virtual std::span<const std::uint32_t> slots(std::uint32_t set) const = 0;
  /// Whether a volunteer may have several offers for one line, of different points.
  virtual bool splits_offers() const { return false; }
  /// No offer has less or more points.
  struct Range {
    std::int64_t least = 0;
    std::int64_t most = 0;
  };
  virtual Range points_range() const = 0;
};

}  // namespace jiedui::solver
