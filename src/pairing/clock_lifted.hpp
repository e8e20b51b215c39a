#pragma once

#include <limits>

#include "eligibility.hpp"

// Private to the room.

namespace jiedui {

/// Holds rows against the rules whatever the clock says.
class ClockLifted {
 public:
  explicit ClockLifted(Eligibility& eligibility)
      : eligibility_(eligibility), clock_(eligibility.clock()) {
    eligibility_.set_clock(std::numeric_limits<std::int64_t>::min());
  }
  ClockLifted(const ClockLifted&) = delete;
  ClockLifted& operator=(const ClockLifted&) = delete;
  ~ClockLifted() { eligibility_.set_clock(clock_); }

 private:
  Eligibility& eligibility_;
  const std::int64_t clock_;
};

}  // namespace jiedui
