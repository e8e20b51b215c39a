#pragma once

#include "cross_table.hpp"

// Private to the room: whole plans as lists of pairs, put together from others.

namespace jiedui::solver {

/// A plan within the nested limits, and how much of the cross limits it uses.
struct PlanDraft {
  std::vector<ChosenPair> pairs;   ///< by line, then volunteer
  int128 value = 0;                ///< weight
  std::vector<std::int64_t> lent;  ///< pairs of each lending limit
  std::int64_t kept = 0;           ///< pairs of the plan before
  /// Who has several pairs in a slot, in order: by runs of slots, which cross the nested limits.
  std::vector<std::uint32_t> overlapping;

  bool has(LinePair place) const {
    const auto found = std::lower_bound(
        pairs.begin(), pairs.end(), place, [](const ChosenPair& pair, const LinePair& wanted) {
          return LinePair{pair.need, pair.candidate.volunteer} < wanted;
        });
    return found != pairs.end() && found->need == place.line &&
           found->candidate.volunteer == place.volunteer;
  }
};

class DraftMaker {
 public:
  DraftMaker(const Limits& limits, const CrossTable& table, const Weights& weights);

  /// Sorts and counts. O(pairs · log).
  PlanDraft draft(std::vector<ChosenPair> pairs) const;
  bool is_within_limits(const PlanDraft& draft) const;
  /// The draft without the pairs that count for a lending limit beyond it, the least worthy first.
  PlanDraft without_excess(const PlanDraft& draft) const;
  /// The draft without pairs whose slots a pin or a worthier pair of the volunteer takes.
  PlanDraft without_overlaps(const PlanDraft& draft) const;
  /// A plan within the cross limits, as `base` is, and no worse: the parts in which the two differ
  /// and that no volunteer, line or organisation joins are taken from either, as far as that is
  /// better and the limits allow. O(pairs · log + parts · (limits + rounds)).
  PlanDraft mixed(const PlanDraft& base, const PlanDraft& other) const;

 private:
  struct Part;
  std::uint32_t organisation_of(std::uint32_t v) const {
    return limits_.organisation.empty() ? Limits::no_organisation : limits_.organisation[v];
  }
  int128 weight(const ChosenPair& pair) const {
    return weights_.bonus(limits_.tier[pair.need]) + pair.candidate.points;
  }
  /// What so many pairs of a volunteer cost, less what they bring towards the least.
  int128 load(std::uint32_t v, std::int32_t pairs) const;
  bool is_pinned(const ChosenPair& pair) const {
    return std::binary_search(pinned_.begin(), pinned_.end(),
                              LinePair{pair.need, pair.candidate.volunteer});
  }
  std::vector<std::uint32_t> overlapping(std::span<const ChosenPair> pairs) const;
  std::vector<Part> difference(const PlanDraft& base, const PlanDraft& other) const;
  /// Taken into the draft, the part keeps the limits.
  bool fits(const Part& part, const PlanDraft& draft) const;

  const Limits& limits_;
  const CrossTable& table_;
  const Weights& weights_;
  std::vector<LinePair> pinned_;
};

}  // namespace jiedui::solver
