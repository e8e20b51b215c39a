#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

namespace jiedui {

/// How a long call is watched and stopped.
struct Control {
  /// Asked often; when it is stopped, the call ends as its documentation says.
  std::stop_token stop;
  /// Called on the working thread with the fraction done, 0 to 1, at most every 50 ms.
  std::function<void(double fraction)> progress;
};

namespace detail {

/// Counts steps of a long call and reports them now and then.
class ControlledSteps {
 public:
  ControlledSteps(const Control& control, std::size_t steps) : control_(control), steps_(steps) {}

  /// False once the call is to stop.
  bool next() {
    ++done_;
    if (control_.stop.stop_requested()) return false;
    if (control_.progress && done_ % 16 == 0) {
      const auto now = std::chrono::steady_clock::now();
      if (now - reported_ > std::chrono::milliseconds(50)) {
        reported_ = now;
        control_.progress(static_cast<double>(done_) / static_cast<double>(steps_));
      }
    }
    return true;
  }

 private:
  const Control& control_;
  std::size_t steps_;
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point reported_ = std::chrono::steady_clock::now();
};

}  // namespace detail
}  // namespace jiedui
