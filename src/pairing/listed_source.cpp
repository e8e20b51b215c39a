#include "listed_source.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace jiedui {

namespace {

using solver::Candidate;
using solver::Offer;

bool is_better(const Offer& a, const Offer& b) {
  if (a.points != b.points) return a.points > b.points;
  return a.volunteer != b.volunteer ? a.volunteer < b.volunteer : a.slots < b.slots;
}

/// Numbers of slot sets by their slots.
class SetNumbers {
 public:
  explicit SetNumbers(solver::SlotSets& sets) : sets_(sets) { numbers_[{Candidate::no_slot}] = 0; }
  std::uint32_t operator()(const std::vector<std::uint32_t>& slots) {
    const auto [known, added] = numbers_.try_emplace(slots, 0);
    if (added) known->second = sets_.add(slots);
    return known->second;
  }

 private:
  solver::SlotSets& sets_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;
};

}  // namespace

ListedSource::ListedSource(std::span<const std::uint64_t> first,
                           std::span<const Candidate> candidates, std::size_t volunteers)
    : first_{0}, first_place_(volunteers + 1, 0) {
  SetNumbers number_of(sets_);
  std::vector<Candidate> line;
  std::vector<std::uint32_t> slots;
  for (std::size_t n = 0; n + 1 < first.size(); ++n) {
    line.assign(candidates.begin() + static_cast<std::ptrdiff_t>(first[n]),
                candidates.begin() + static_cast<std::ptrdiff_t>(first[n + 1]));
    std::sort(line.begin(), line.end(), [](const Candidate& a, const Candidate& b) {
      if (a.points != b.points) return a.points > b.points;
      return a.volunteer != b.volunteer ? a.volunteer < b.volunteer : a.slot < b.slot;
    });
    for (std::size_t i = 0; i < line.size();) {
      const Candidate& head = line[i];
      slots.clear();
      for (;
           i < line.size() && line[i].volunteer == head.volunteer && line[i].points == head.points;
           ++i)
        slots.push_back(line[i].slot);
      offers_.push_back({head.volunteer, number_of(slots), head.points});
      ++first_place_[head.volunteer + 1];
    }
    std::sort(offers_.begin() + static_cast<std::ptrdiff_t>(first_.back()), offers_.end(),
              is_better);
    first_.push_back(offers_.size());
  }
  std::partial_sum(first_place_.begin(), first_place_.end(), first_place_.begin());
  std::vector<std::uint64_t> next(first_place_.begin(), first_place_.end());
  places_.resize(offers_.size());
  for (std::uint32_t n = 0; n + 1 < first_.size(); ++n)
    for (std::uint64_t i = first_[n]; i < first_[n + 1]; ++i)
      places_[next[offers_[i].volunteer]++] = {n, static_cast<std::uint32_t>(i - first_[n])};
  if (!offers_.empty()) {
    const auto [least, most] =
        std::minmax_element(offers_.begin(), offers_.end(),
                            [](const Offer& a, const Offer& b) { return a.points < b.points; });
    range_ = {least->points, most->points};
  }
}

solver::Rest ListedSource::best(std::uint32_t line, std::size_t count,
                                std::vector<Offer>& out) const {
  const std::span<const Offer> all(offers_.data() + first_[line], first_[line + 1] - first_[line]);
  const std::size_t taken = std::min(count, all.size());
  out.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(taken));
  if (taken == all.size()) return {};
  return {true, all[taken].points};
}

void ListedSource::requests_of(std::uint32_t volunteer, std::vector<solver::Request>& out) const {
  out.clear();
  for (std::uint64_t i = first_place_[volunteer]; i < first_place_[volunteer + 1]; ++i) {
    const Offer& offer = offers_[first_[places_[i].line] + places_[i].offer];
    out.push_back({places_[i].line, offer.slots, offer.points});
  }
}

}  // namespace jiedui
