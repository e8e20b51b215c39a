#pragma once

#include <chrono>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

// C++17, for LEMON.

namespace jiedui::bench {

inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Times `once` so many times; only once if it takes longer than 10 s.
inline std::vector<double> timed(int repeats, const std::function<double()>& once) {
  constexpr double long_seconds = 10;
  std::vector<double> seconds;
  while (static_cast<int>(seconds.size()) < repeats &&
         (seconds.empty() || seconds[0] <= long_seconds))
    seconds.push_back(once());
  return seconds;
}

/// The numbers as a JSON array.
inline std::string json(const std::vector<double>& numbers) {
  std::ostringstream out;
  out << '[';
  for (std::size_t i = 0; i < numbers.size(); ++i) out << (i == 0 ? "" : ", ") << numbers[i];
  out << ']';
  return out.str();
}

}  // namespace jiedui::bench
