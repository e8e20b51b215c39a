#include "explicit_source.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <tuple>
#include <utility>

#include "locality.hpp"

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

/// At least as many candidates as `count`, or all, have so many points; rarely many more have. A
/// histogram finds them without the unforeseeable branches of a selection.
std::int64_t least_points(std::span<const Candidate> candidates, std::size_t count) {
  constexpr std::size_t bars = 64;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::int64_t most = std::numeric_limits<std::int64_t>::min();
  for (const Candidate& candidate : candidates) {
    least = std::min(least, candidate.points);
    most = std::max(most, candidate.points);
  }
  if (count >= candidates.size() || least == most) return least;
  const auto width =
      static_cast<int>(std::bit_width(static_cast<std::uint64_t>(most - least) / bars));
  std::array<std::uint32_t, bars> height{};
  for (const Candidate& candidate : candidates)
    ++height[static_cast<std::uint64_t>(candidate.points - least) >> width];
  std::size_t bar = bars;
  for (std::size_t held = 0; held < count;) held += height[--bar];
  return least + static_cast<std::int64_t>(bar << width);
}

void add_to_rest(Rest& rest, std::int64_t points) {
  rest.points_max = rest.any ? std::max(rest.points_max, points) : points;
  rest.any = true;
}

}  // namespace

ExplicitSource::ExplicitSource(const Instance& instance, int threads) : instance_(instance) {
  read_instance();
  auto [of_volunteers, of_lines] = locality_of(instance, threads);
  volunteers_ = std::move(of_volunteers);
  lines_ = std::move(of_lines);
}
ExplicitSource::ExplicitSource(const Instance& instance, Numbering volunteers, Numbering lines)
    : instance_(instance), volunteers_(std::move(volunteers)), lines_(std::move(lines)) {
  read_instance();
}

void ExplicitSource::read_instance() {
  for (const Candidate& candidate : instance_.candidates) {
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
  const Rest rest = best_by_row(lines_.row(line), count, out);
  for (Offer& offer : out) offer.volunteer = volunteers_.number(offer.volunteer);
  return rest;
}

Rest ExplicitSource::best_by_row(std::uint32_t line, std::size_t count,
                                 std::vector<Offer>& out) const {
  out.clear();
  Rest rest;
  if (has_slots_) {
    for_each_offer(sorted(line), [&](auto first, auto end) {
      std::vector<std::uint32_t> slots;
      for (auto at = first; at != end; ++at) slots.push_back(at->slot);
      out.push_back({first->volunteer, numbers_.at(slots), first->points});
    });
  } else {
    const auto candidates = instance_.candidates_of(line);
    const std::int64_t least = least_points(candidates, count);
    for (const Candidate& candidate : candidates) {
      if (candidate.points >= least)
        out.push_back({candidate.volunteer, 0, candidate.points});
      else
        add_to_rest(rest, candidate.points);
    }
  }
  std::sort(out.begin(), out.end(), [](const Offer& a, const Offer& b) {
    return std::tuple(-a.points, a.volunteer, a.slots) <
           std::tuple(-b.points, b.volunteer, b.slots);
  });
  if (count < out.size()) {
    add_to_rest(rest, out[count].points);
    out.resize(count);
  }
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
