#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "jiedui/base/control.hpp"

// Private to the room.

namespace jiedui {

/// Calls use(begin, end) for blocks of lines that together are all, on several threads. Throws what
/// a call throws; returns false if it was stopped before the end.
template <std::uint32_t block = 256, class Use>
bool each_block(std::uint32_t lines, int threads, const Control& control, Use&& use) {
  const std::uint32_t blocks = (lines + block - 1) / block;
  std::atomic<std::uint32_t> next = 0;
  std::atomic<bool> stopped = false;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&](bool is_caller) {
    detail::ControlledSteps steps(control, blocks);
    try {
      for (std::uint32_t i = next++; i < blocks && !stopped; i = next++) {
        if (is_caller ? !steps.next() : control.stop.stop_requested()) {
          stopped = true;
          return;
        }
        use(i * block, std::min(lines, (i + 1) * block));
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      stopped = true;
    }
  };
  {
    std::vector<std::jthread> others;
    for (int t = 1; t < threads; ++t) others.emplace_back(work, false);
    work(true);
  }
  if (failure) std::rethrow_exception(failure);
  return !stopped;
}

}  // namespace jiedui
