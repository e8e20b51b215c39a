#pragma once

#include <limits>
#include <map>

#include "cross_table.hpp"

// Private to the room: a source whose points are less by the prices of the cross limits.

namespace jiedui::solver {

/// What the cross limits cost a pair.
struct CrossPrices {
  std::vector<std::int64_t> lending;  ///< of each limit, ≥ 0
  std::int64_t kept = 0;              ///< what a pair of the plan before brings more, ≥ 0
};

/// The offers of the lines that ask for pairs of the plan before, read once.
class OffersBefore {
 public:
  OffersBefore(const CandidateSource& source, const CrossTable& table) {
    if (table.limits().kept_least() == 0) return;
    std::vector<Offer> all;
    for (const LinePair& pair : table.limits().before) {
      if (of_line_.contains(pair.line)) continue;
      source.best(pair.line, std::numeric_limits<std::size_t>::max(), all);
      std::erase_if(all, [&](const Offer& o) { return !table.was_before(pair.line, o.volunteer); });
      of_line_.emplace(pair.line, all);
    }
  }
  std::span<const Offer> of(std::uint32_t line) const {
    const auto found = of_line_.find(line);
    if (found == of_line_.end()) return {};
    return found->second;
  }
  const std::map<std::uint32_t, std::vector<Offer>>& all() const { return of_line_; }

 private:
  std::map<std::uint32_t, std::vector<Offer>> of_line_;
};

class PricedSource final : public CandidateSource {
 public:
  PricedSource(const CandidateSource& base, const CrossTable& table, const OffersBefore& before,
               CrossPrices prices)
      : base_(base), table_(table), before_(before), prices_(std::move(prices)) {}
  /// From now on those pairs alone count for a lending limit that are given, in order; others that
  /// would are not handed out.
  void restrict_to(std::vector<LinePair> lent) {
    lent_ = std::move(lent);
    is_restricted_ = true;
  }

  /// What is taken from the points of a pair.
  std::int64_t price(std::uint32_t line, std::uint32_t volunteer) const {
    const std::uint32_t k = table_.lending(line, volunteer);
    const std::int64_t lending = k == CrossTable::no_limit ? 0 : prices_.lending[k];
    return prices_.kept != 0 && table_.was_before(line, volunteer) ? lending - prices_.kept
                                                                   : lending;
  }

  Rest best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const override {
    if (!is_touched(line)) return base_.best(line, count, out);
    for (std::size_t asked = count;; asked *= 4) {
      const Rest rest = base_.best(line, asked, out);
      std::erase_if(out, [&](const Offer& offer) {
        return is_withheld(line, offer.volunteer) ||
               (prices_.kept != 0 && table_.was_before(line, offer.volunteer));
      });
      if (prices_.kept != 0) {
        const auto before = before_.of(line);
        for (const Offer& offer : before)
          if (!is_withheld(line, offer.volunteer)) out.push_back(offer);
      }
      for (Offer& offer : out) offer.points -= price(line, offer.volunteer);
      std::sort(out.begin(), out.end(), [](const Offer& a, const Offer& b) {
        if (a.points != b.points) return a.points > b.points;
        return a.volunteer != b.volunteer ? a.volunteer < b.volunteer : a.slots < b.slots;
      });
      if (!rest.any) return rest;
      // Prices lower what has not been read: only offers above it are in their place.
      const auto placed = std::partition_point(
          out.begin(), out.end(), [&](const Offer& o) { return o.points > rest.points_max; });
      const auto found = static_cast<std::size_t>(placed - out.begin());
      if (found < count) continue;
      out.erase(placed, out.end());
      return rest;
    }
  }
  void requests_of(std::uint32_t volunteer, std::vector<Request>& out) const override {
    base_.requests_of(volunteer, out);
    std::erase_if(out, [&](const Request& r) { return is_withheld(r.line, volunteer); });
    for (Request& request : out) request.points -= price(request.line, volunteer);
  }
  std::span<const std::uint32_t> slots(std::uint32_t set) const override {
    return base_.slots(set);
  }
  bool splits_offers() const override { return base_.splits_offers(); }
  Range points_range() const override {
    Range range = base_.points_range();
    std::int64_t most = 0;
    for (const std::int64_t price : prices_.lending) most = std::max(most, price);
    range.least -= most;
    range.most += prices_.kept;
    return range;
  }

 private:
  bool is_touched(std::uint32_t line) const {
    if (prices_.kept != 0 && !before_.of(line).empty()) return true;
    const auto lending = table_.lending_of(line);
    return std::any_of(lending.begin(), lending.end(),
                       [&](std::uint32_t k) { return is_restricted_ || prices_.lending[k] != 0; });
  }
  bool is_withheld(std::uint32_t line, std::uint32_t volunteer) const {
    return is_restricted_ && table_.lending(line, volunteer) != CrossTable::no_limit &&
           !std::binary_search(lent_.begin(), lent_.end(), LinePair{line, volunteer});
  }

  const CandidateSource& base_;
  const CrossTable& table_;
  const OffersBefore& before_;
  CrossPrices prices_;
  bool is_restricted_ = false;
  std::vector<LinePair> lent_;
};

}  // namespace jiedui::solver
