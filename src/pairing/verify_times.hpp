#pragma once

#include <array>
#include <vector>

#include "eligibility.hpp"

// Private to verify: a quick look at who cannot possibly be free when a line asks for it.

namespace jiedui::verification {

/// One bit for each of 128 equal parts of the horizon.
using TimeMask = std::array<std::uint64_t, 2>;

inline bool have_common(const TimeMask& a, const TimeMask& b) {
  return ((a[0] & b[0]) | (a[1] & b[1])) != 0;
}

/// If a volunteer may serve a line, their masks have a part in common; not the other way round.
class Times {
 public:
  Times(const Network& network, const Eligibility& definition);
  /// The parts in which the volunteer is free at some moment.
  const TimeMask& of_volunteer(std::uint32_t v) const {
    return by_availability_[volunteers_.availability.number(v)];
  }
  /// Parts such that who serves the line is free at a moment of one of them.
  TimeMask of_line(std::uint32_t line) const;

 private:
  static constexpr TimeMask always = {~std::uint64_t{0}, ~std::uint64_t{0}};
  void add(TimeMask& mask, std::int64_t first, std::int64_t last) const;

  const Volunteers& volunteers_;
  const Needs& needs_;
  const Eligibility& definition_;
  std::int64_t begin_ = 0;
  std::int64_t part_ = 1;  ///< seconds
  std::vector<TimeMask> by_availability_;
};

}  // namespace jiedui::verification
