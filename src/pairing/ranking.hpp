#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

// Private to the room.

namespace jiedui {

/// Finds the best of many by points falling, then number rising: O(all + chosen · log of those
/// whose points are much the same).
class Ranking {
 public:
  struct Ranked {
    std::uint64_t key;    ///< rising: points falling, then the number
    std::uint32_t index;  ///< in what was given
    friend bool operator<(const Ranked& a, const Ranked& b) { return a.key < b.key; }
  };

  /// Ranks the `count` best and at least one more, if there are as many.
  void rank(std::span<const std::int32_t> points, std::span<const std::uint32_t> numbers,
            std::size_t count) {
    ranked_.clear();
    if (points.empty()) return;
    // Classes of points, the best first, as fine as the bins allow.
    std::int32_t least = points.front();
    std::int32_t most = points.front();
    for (const std::int32_t of : points) {
      least = std::min(least, of);
      most = std::max(most, of);
    }
    const auto below = [&](std::int32_t of) {
      return static_cast<std::uint32_t>(std::int64_t{most} - of);
    };
    const auto width = static_cast<unsigned>(std::bit_width(below(least)));
    const unsigned shift = width > bin_bits ? width - bin_bits : 0;
    const std::size_t bins = (below(least) >> shift) + 1;
    std::fill_n(end_.begin(), bins, 0U);
    for (const std::int32_t of : points) ++end_[below(of) >> shift];
    std::size_t wanted = 0;
    std::uint32_t sum = 0;
    while (wanted < bins && sum <= count) {
      const std::uint32_t size = end_[wanted];
      end_[wanted++] = sum;  // where the class begins; it ends there once all are in
      sum += size;
    }
    ranked_.resize(sum);
    const auto reach = static_cast<std::uint32_t>(((std::uint64_t{wanted} << shift) - 1));
    for (std::uint32_t i = 0; i < points.size(); ++i)
      if (below(points[i]) <= reach)
        ranked_[end_[below(points[i]) >> shift]++] = {
            std::uint64_t{below(points[i])} << 32U | numbers[i], i};
    std::uint32_t begin = 0;
    for (std::size_t bin = 0; bin < wanted; ++bin) {
      if (end_[bin] - begin > 1) std::sort(ranked_.begin() + begin, ranked_.begin() + end_[bin]);
      begin = end_[bin];
    }
  }
  std::span<const Ranked> best() const { return ranked_; }

 private:
  static constexpr unsigned bin_bits = 10;
  std::array<std::uint32_t, (std::size_t{1} << bin_bits)> end_{};
  std::vector<Ranked> ranked_;
};

}  // namespace jiedui
