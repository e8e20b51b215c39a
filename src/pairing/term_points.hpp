#pragma once

#include <array>
#include <cstdint>

#include "jiedui/pairing/rules.hpp"

// Private to the room: what the standard terms bring, in seconds of travel. The verification states
// the same numbers on its own.

namespace jiedui::term_points {

inline constexpr std::int64_t nearness_most = 3600;
inline constexpr std::int64_t level = 30;       // for each level above the least asked for
inline constexpr std::int64_t experience = 15;  // for each year
inline constexpr std::int64_t experience_years_most = 10;
inline constexpr std::int64_t continuity = 3600;
inline constexpr std::int64_t language = 300;
inline constexpr std::int64_t own_organisation = 300;

/// @param levels_above_most the most levels above the least that a volunteer can have.
/// @returns the most that each term brings; none brings less than 0.
constexpr std::array<std::int64_t, standard_term_count> most(std::int64_t levels_above_most) {
  return {nearness_most, level * levels_above_most, experience * experience_years_most, continuity,
          language,      own_organisation};
}

}  // namespace jiedui::term_points
