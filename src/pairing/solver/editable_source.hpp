#pragma once

#include <algorithm>
#include <set>
#include <utility>

#include "candidate_source.hpp"

// Private to the room: a source from which pairs are taken away while the day goes on.

namespace jiedui::solver {

/// Not to be changed while a thread reads.
class EditableSource final : public CandidateSource {
 public:
  explicit EditableSource(const CandidateSource& base) : base_(base) {}

  void forbid(std::uint32_t line, std::uint32_t volunteer) { forbidden_.insert({line, volunteer}); }
  bool is_forbidden(std::uint32_t line, std::uint32_t volunteer) const {
    return forbidden_.contains(LinePair{line, volunteer});
  }

  std::vector<LinePair> forbidden() const { return {forbidden_.begin(), forbidden_.end()}; }

  Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const override {
    const auto first = forbidden_.lower_bound(LinePair{line, 0});
    const auto last = forbidden_.lower_bound(LinePair{line + 1, 0});
    // As many more as may have to be taken away.
    const Rest rest =
        base_.best(line, count + static_cast<std::size_t>(std::distance(first, last)), out);
    if (first != last)
      std::erase_if(out, [&](const Offer& offer) { return is_forbidden(line, offer.volunteer); });
    return rest;
  }
  void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const override {
    base_.requests_of(volunteer, out);
    if (!forbidden_.empty())
      std::erase_if(out, [&](const Request& r) { return is_forbidden(r.line, volunteer); });
  }
  std::span<const std::uint32_t> slots(std::uint32_t set) const override {
    return base_.slots(set);
  }
  bool splits_offers() const override { return base_.splits_offers(); }
  Range points_range() const override { return base_.points_range(); }

 private:
  const CandidateSource& base_;
  std::set<LinePair> forbidden_;
};

}  // namespace jiedui::solver
