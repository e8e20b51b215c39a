#pragma once

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "candidate_source.hpp"

// Private to the room: a source from which pairs are taken away while the day goes on.

namespace jiedui::solver {

/// Not to be changed while a thread reads.
class EditableSource final : public CandidateSource {
 public:
  explicit EditableSource(const CandidateSource& base) : base_(&base) {}

  void forbid(std::uint32_t line, std::uint32_t volunteer) {
    if (is_forbidden(line, volunteer)) return;
    by_line_[line].push_back(volunteer);
    by_volunteer_[volunteer].push_back(line);
  }
  /// Takes a forbid() back.
  void allow(std::uint32_t line, std::uint32_t volunteer) {
    std::erase(by_line_[line], volunteer);
    std::erase(by_volunteer_[volunteer], line);
  }
  bool is_forbidden(std::uint32_t line, std::uint32_t volunteer) const {
    return contains(of(by_volunteer_, volunteer), line);
  }

  /// By line, then volunteer.
  std::vector<LinePair> forbidden() const {
    std::vector<LinePair> pairs;
    for (const auto& [line, volunteers] : by_line_)
      for (const std::uint32_t volunteer : volunteers) pairs.push_back({line, volunteer});
    std::sort(pairs.begin(), pairs.end());
    return pairs;
  }

  Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const override {
    const Numbers& barred = of(by_line_, line);
    // As many more as may have to be taken away.
    const Rest rest = base_->best(line, count + barred.size(), out);
    if (!barred.empty())
      std::erase_if(out, [&](const Offer& offer) { return contains(barred, offer.volunteer); });
    return rest;
  }
  void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const override {
    base_->requests_of(volunteer, out);
    const Numbers& barred = of(by_volunteer_, volunteer);
    if (!barred.empty())
      std::erase_if(out, [&](const Request& request) { return contains(barred, request.line); });
  }
  std::span<const std::uint32_t> slots(std::uint32_t set) const override {
    return base_->slots(set);
  }
  bool splits_offers() const override { return base_->splits_offers(); }
  Range points_range() const override { return base_->points_range(); }

 private:
  using Numbers = std::vector<std::uint32_t>;  // few
  using Lists = std::unordered_map<std::uint32_t, Numbers>;
  static const Numbers& of(const Lists& lists, std::uint32_t number) {
    static const Numbers none;
    if (lists.empty()) return none;
    const auto found = lists.find(number);
    return found == lists.end() ? none : found->second;
  }
  static bool contains(const Numbers& numbers, std::uint32_t number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
  }

  const CandidateSource* base_;
  Lists by_line_, by_volunteer_;
};

}  // namespace jiedui::solver
