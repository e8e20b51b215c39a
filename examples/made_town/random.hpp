#pragma once

#include <cstdint>

#include "jiedui/base/quantity.hpp"

namespace made_town {

/// splitmix64 (Steele, Lea, Flood 2014, OOPSLA): whole numbers only, the same on every machine.
///
/// Each thing that is made has a generator of its own, so that a town of more volunteers begins
/// with the volunteers of a smaller one.
class Random {
 public:
  /// What is made; a stream of numbers for each.
  enum class Stream : std::uint8_t { town, community, organisation, volunteer, request, edge };

  Random(std::uint64_t seed, Stream stream, std::uint64_t index)
      : state_(mixed(mixed(seed * 8 + static_cast<std::uint64_t>(stream)) + index)) {}

  std::uint64_t next() { return mixed(state_ += 0x9E37'79B9'7F4A'7C15U); }

  /// 0 to bound − 1.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(
        (jiedui::uint128{next()} * static_cast<jiedui::uint128>(bound)) >> 64U);
  }
  /// least to most.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + below(most - least + 1);
  }
  /// True `per_thousand` times in 1,000.
  bool chance(std::int64_t per_thousand) { return below(1000) < per_thousand; }
  /// About 0, at most `most` to either side, the more seldom the farther.
  std::int64_t around_zero(std::int64_t most) {
    return (between(-most, most) + between(-most, most)) / 2;
  }
  /// One of the entries, each as often as its member `share` says.
  template <class Entries>
  const auto& pick(const Entries& entries) {
    std::int64_t total = 0;
    for (const auto& entry : entries) total += entry.share;
    std::int64_t at = below(total);
    for (const auto& entry : entries)
      if ((at -= entry.share) < 0) return entry;
    return *(entries.end() - 1);
  }

 private:
  static constexpr std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D0'49BB'1331'11EBU;
    return value ^ (value >> 31U);
  }
  std::uint64_t state_;
};

}  // namespace made_town
