#pragma once

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "eligibility.hpp"

// Private to verify: the standard points terms by code of its own, and bounds on them.

namespace jiedui::verification {

/// The standard terms as rules.hpp defines them, written down afresh.
class OwnPoints {
 public:
  OwnPoints(const Network& network, const Eligibility& definition);

  /// The points of a pair by the standard terms.
  std::int64_t points(std::uint32_t v, std::uint32_t line) const;

  /// The terms experience and level, for a volunteer whose level in the skill suffices, are
  /// fixed_points + level_offset of the line.
  std::int64_t fixed_points(std::uint32_t v, std::int32_t level) const;
  std::int64_t level_offset(std::uint32_t line) const;
  /// The most that a language in common and the own organisation add. (A bond is looked up.)
  std::int64_t language_most() const;
  std::int64_t organisation_most() const;
  /// The most that nearness can add by a mode at no less than the given distance.
  std::int64_t nearness_bound(std::size_t mode, std::int64_t squared_distance) const {
    const Nearness& of = nearness_[mode];
    if (squared_distance >= of.zero_from) return 0;
    // One metre less than the root in floating point: rounding cannot make the bound too small.
    const auto metres =
        static_cast<std::int64_t>(std::sqrt(static_cast<double>(squared_distance))) /
            Cartesian::units_per_metre -
        1;
    return of.bound[static_cast<std::size_t>(std::max<std::int64_t>(metres, 0)) >> of.shift];
  }
  std::int64_t nearness_most(std::size_t mode) const { return nearness_[mode].bound[0]; }

  /// Volunteers with a bond to the line's beneficiary in the horizon, in order.
  std::span<const std::uint32_t> bonded_with(std::uint32_t line) const;

  /// Least and most points that any pair can have, 0 included.
  std::pair<std::int64_t, std::int64_t> range() const;

 private:
  struct Nearness {
    unsigned shift = 0;               ///< metres to each entry, as a power of two
    std::int64_t zero_from = 0;       ///< squared distance from which on the term is 0
    std::vector<std::int64_t> bound;  ///< weighted, never falling below the true value
  };
  void set_nearness();
  void set_experience();
  void set_bonds();
  std::int64_t nearness(std::size_t mode, std::int64_t metres) const;
  std::int32_t least_level(std::uint32_t line) const;
  bool has_common_language(std::uint32_t v, std::uint32_t beneficiary) const;

  std::int64_t weight(StandardTerm term) const { return weight_[static_cast<std::size_t>(term)]; }

  const Network& network_;
  const Eligibility& definition_;
  const Volunteers& volunteers_;
  const Needs& needs_;
  std::array<std::int64_t, standard_term_count> weight_{};
  std::array<Nearness, 5> nearness_;
  std::vector<std::int32_t> experience_;
  std::vector<std::uint32_t> bond_first_, bonded_;  // by beneficiary
};

}  // namespace jiedui::verification
