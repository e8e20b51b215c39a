#include "explicit_source.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace jiedui::solver {

namespace {

/// Calls take(first, last) for each run of candidates of one volunteer and the same points, those
/// without a slot apart.
template <class Take>
void for_each_offer(const std::vector<Candidate>& sorted, Take take) {
  auto first = sorted.begin();
  while (first != sorted.end()) {
    const auto last = std::find_if(first, sorted.end(), [&](const Candidate& other) {
      return other.volunteer != first->volunteer || other.points != first->points ||
             (other.slot == Candidate::no_slot) != (first->slot == Candidate::no_slot);
    });
    take(first, last);
    first = last;
  }
}

}  // namespace

ExplicitSource::ExplicitSource(const Instance& instance) : instance_(instance) {
  for (const Candidate& candidate : instance.candidates) {
    range_.least = std::min(range_.least, candidate.points);
    range_.most = std::max(range_.most, candidate.points);
    has_slots_ = has_slots_ || candidate.slot != Candidate::no_slot;
  }
  if (has_slots_) collect_sets();
}

std::vector<Candidate> ExplicitSource::sorted(std::uint32_t line) const {
  const auto given = instance_.candidates_of(line);
  std::vector<Candidate> sorted(given.begin(), given.end());
  std::sort(sorted.begin(), sorted.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.volunteer, a.points, a.slot) < std::tuple(b.volunteer, b.points, b.slot);
  });
  return sorted;
}

void ExplicitSource::collect_sets() {
  numbers_.emplace(std::vector{Candidate::no_slot}, 0);
  for (std::uint32_t n = 0; n < instance_.needs(); ++n) {
    std::uint32_t last = Candidate::no_slot;
    for_each_offer(sorted(n), [&](auto first, auto end) {
      splits_ = splits_ || first->volunteer == last;
      last = first->volunteer;
      std::vector<std::uint32_t> slots;
      for (auto at = first; at != end; ++at) slots.push_back(at->slot);
      if (!numbers_.contains(slots)) numbers_.emplace(slots, sets_.add(slots));
    });
  }
}

Rest ExplicitSource::best(std::uint32_t line, std::size_t count, std::vector<Offer>& out) const {
  out.clear();
  if (has_slots_) {
    for_each_offer(sorted(line), [&](auto first, auto end) {
      std::vector<std::uint32_t> slots;
      for (auto at = first; at != end; ++at) slots.push_back(at->slot);
      out.push_back({first->volunteer, numbers_.at(slots), first->points});
    });
  } else {
    for (const Candidate& candidate : instance_.candidates_of(line))
      out.push_back({candidate.volunteer, 0, candidate.points});
  }
  const auto is_better = [](const Offer& a, const Offer& b) {
    return std::tuple(-a.points, a.volunteer, a.slots) <
           std::tuple(-b.points, b.volunteer, b.slots);
  };
  Rest rest;
  if (count < out.size()) {
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(out.begin(), end, out.end(), is_better);
    rest = {.any = true, .points_max = end->points};
    out.erase(end, out.end());
  }
  std::sort(out.begin(), out.end(), is_better);
  return rest;
}

void ExplicitSource::requests_of(std::uint32_t volunteer, std::vector<Request>& out) const {
  out.clear();
  std::vector<Offer> offers;
  for (std::uint32_t n = 0; n < instance_.needs(); ++n) {
    best(n, std::numeric_limits<std::size_t>::max(), offers);
    for (const Offer& offer : offers)
      if (offer.volunteer == volunteer) out.push_back({n, offer.slots, offer.points});
  }
}

}  // namespace jiedui::solver
