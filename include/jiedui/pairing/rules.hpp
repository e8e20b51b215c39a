#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jiedui/base/quantity.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

/// One volunteer beside one need, as a rule or a points term of the user's sees them.
struct PairView {
  const Network& network;
  VolunteerIndex volunteer;
  NeedIndex need;
  std::optional<Metres> metres;  ///< straight line; empty if a position is unknown
};

/// Many volunteers beside one need: what a function over columns works on.
struct PairBlock {
  static constexpr std::int32_t metres_unknown = -1;
  const Network& network;
  NeedIndex need;
  std::span<const VolunteerIndex> volunteers;
  std::span<const std::int32_t> metres;  ///< one for each volunteer, or metres_unknown

  std::size_t size() const { return volunteers.size(); }
  PairView operator[](std::size_t i) const {
    std::optional<Metres> distance;
    if (metres[i] != metres_unknown) distance = Metres{metres[i]};
    return {network, volunteers[i], need, distance};
  }
};

/// The rules that every market starts from. The order is the one in which reasons are listed.
enum class StandardRule : std::uint8_t {
  capacity,      ///< capacity is at least 1
  excluded,      ///< not on the need's list of excluded people, nor the beneficiary himself (S7)
  skill,         ///< has the item's skill at the level asked for (条例 15)
  credential,    ///< holds the item's credential on the day (条例 16)
  training,      ///< has done the item's training (条例 16)
  insurance,     ///< insured on the day, where the item is dangerous (条例 17)
  age,           ///< certainly within the item's age window, on any birthday (条例 15)
  health,        ///< no health limit clashes with the item's demands (条例 15)
  language,      ///< speaks the language wished for
  wish,          ///< is of the gender wished for
  availability,  ///< is free for the duration in a window of the need, within one slot; of a
                 ///< need without windows, at some time of the horizon
  reach,         ///< within the volunteer's metres and minutes, unless the item is remote
};
inline constexpr std::size_t standard_rule_count = 12;
constexpr auto names(StandardRule /*tag*/) {
  return std::array<std::string_view, standard_rule_count>{
      "capacity", "excluded", "skill",    "credential", "training",     "insurance",
      "age",      "health",   "language", "wish",       "availability", "reach"};
}

/// Who may help whom: the standard rules and the user's own. A value; cheap to copy.
class JIEDUI_API Rules {
 public:
  /// Sets fits[i] to 0 where the i-th candidate must not be paired; leaves the others alone.
  using Block = std::function<void(const PairBlock& block, std::span<std::uint8_t> fits)>;
  struct Own {
    std::string code;    ///< stable name, as the standard rules have one
    std::string reason;  ///< plain words: "does not come by car"
    Block block;
  };

  /// The same rules without one of the standard ones.
  Rules without(StandardRule rule) const;
  /// Adds a rule as a function over a block of candidates.
  Rules add_block(std::string code, std::string reason, Block block) const;
  /// Adds a rule as a function object bool(const PairView&), true where the two may be paired. It
  /// is inlined into the loop over the candidates. It must be pure, and safe to call from any
  /// thread.
  template <class Fits>
  Rules add(std::string code, std::string reason, Fits fits) const {
    return add_block(std::move(code), std::move(reason),
                     [fits = std::move(fits)](const PairBlock& block, std::span<std::uint8_t> out) {
                       for (std::size_t i = 0; i < block.size(); ++i)
                         if (!fits(block[i])) out[i] = 0;
                     });
  }

  bool has(StandardRule rule) const {
    return ((left_out_ >> static_cast<unsigned>(rule)) & 1U) == 0;
  }
  const std::vector<Own>& own() const { return own_; }

 private:
  std::uint32_t left_out_ = 0;
  std::vector<Own> own_;
};

/// All the standard rules, none of one's own.
JIEDUI_API Rules standard_rules();

/// The points terms that every market starts from; each is a whole number. A point is a second of
/// travel: what a volunteer brings beside nearness is stated as the travel that it is worth.
enum class StandardTerm : std::uint8_t {
  nearness,          ///< seconds of travel short of an hour: 3600 to 0; 0 if unknown
  level,             ///< 30 for each level above the least asked for
  experience,        ///< 15 for each full year since registration, at most 150
  continuity,        ///< 3600 with a bond to the beneficiary in the horizon (Q7)
  language,          ///< 300 with a language in common with the beneficiary
  own_organisation,  ///< 300 if the activity is the volunteer's own organisation's
};
inline constexpr std::size_t standard_term_count = 6;
constexpr auto names(StandardTerm /*tag*/) {
  return std::array<std::string_view, standard_term_count>{
      "nearness", "level", "experience", "continuity", "language", "own_organisation"};
}

/// Between which values a term of one's own always lies.
struct TermBounds {
  std::int64_t least = 0;
  std::int64_t most = 0;
  friend bool operator==(const TermBounds&, const TermBounds&) = default;
};

/// How good a pair is: the sum of weight · term over the standard terms and the user's own.
class JIEDUI_API PointTerms {
 public:
  /// Writes the term of the i-th candidate to points[i].
  using Block = std::function<void(const PairBlock& block, std::span<std::int64_t> points)>;
  struct Own {
    std::string code;
    std::int64_t weight = 1;
    Block block;
    std::optional<TermBounds> bounds;
  };

  /// The same terms with another weight for one of the standard ones; 0 leaves it out.
  /// @param weight −1,000,000 to 1,000,000.
  PointTerms weight(StandardTerm term, std::int64_t weight) const;
  /// Adds a term as a function over a block of candidates, called for eligible pairs only.
  ///
  /// With bounds, the market still finds candidates best first, and the term is worked out for
  /// those looked at; each value is held against the bounds, and one outside them throws Error
  /// "points_bound_broken". Narrow bounds let the search end early. Without bounds, every eligible
  /// pair is listed when the market is made: one call for each, 32 bytes each, and at most
  /// MarketOptions::pairs_max of them.
  /// @throws Error "overflow" where weight · bound leaves −2^62 to 2^62; "points_bounds_reversed".
  PointTerms add_block(std::string code, std::int64_t weight, Block block,
                       std::optional<TermBounds> bounds = {}) const;
  /// Adds a term as a function object std::int64_t(const PairView&); inlined, pure, thread-safe.
  template <class Term>
  PointTerms add(std::string code, std::int64_t weight, Term term,
                 std::optional<TermBounds> bounds = {}) const {
    return add_block(
        std::move(code), weight,
        [term = std::move(term)](const PairBlock& block, std::span<std::int64_t> out) {
          for (std::size_t i = 0; i < block.size(); ++i) out[i] = term(block[i]);
        },
        bounds);
  }

  std::int64_t weight_of(StandardTerm term) const {
    return weights_[static_cast<std::size_t>(term)];
  }
  const std::vector<Own>& own() const { return own_; }
  /// Between which values the weighted sum of the standard terms lies.
  TermBounds standard_bounds() const;
  /// The same for one's own terms; empty if one of them has no bounds.
  std::optional<TermBounds> own_bounds() const;

 private:
  std::array<std::int64_t, standard_term_count> weights_ = {1, 1, 1, 1, 1, 1};
  std::vector<Own> own_;
};

/// The standard terms, each with weight 1.
JIEDUI_API PointTerms standard_points();

}  // namespace jiedui
