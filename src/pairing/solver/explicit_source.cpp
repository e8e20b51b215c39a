#include "explicit_source.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "line_threads.hpp"

namespace jiedui::solver {

namespace {

constexpr std::uint32_t none = 0xFFFF'FFFF;

std::uint32_t hashed(std::uint32_t number) {
  number *= 0x9E37'79B1U;
  number ^= number >> 15U;
  return number * 0x85EB'CA77U;
}

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

ExplicitSource::ExplicitSource(const Instance& instance, int threads) : instance_(instance) {
  read_instance();
  number(threads);
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

void ExplicitSource::number(int threads) {
  const auto lines = static_cast<std::uint32_t>(instance_.needs());
  std::vector<std::uint32_t> order(lines);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint32_t> key(lines);
  const auto sort_by_key = [&](auto key_of) {
    each_block(lines, threads, {}, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t n = begin; n < end; ++n) {
        key[n] = 0xFFFF'FFFF;
        for (const Candidate& candidate : instance_.candidates_of(n))
          key[n] = std::min(key[n], key_of(candidate.volunteer));
      }
    });
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key[a] < key[b]; });
    volunteers_ = in_order_of(order);
  };
  // Lines that share many volunteers are likely to share the one whose hash is least; then those
  // groups follow each other that share the one who was met first.
  sort_by_key([](std::uint32_t v) { return hashed(v); });
  sort_by_key([&](std::uint32_t v) { return volunteers_.number(v); });
  lines_ = numbering_of(std::move(order));
}

Numbering ExplicitSource::in_order_of(std::span<const std::uint32_t> lines) const {
  std::vector<std::uint32_t> order;
  std::vector<std::uint8_t> is_in(instance_.volunteers());
  order.reserve(instance_.volunteers());
  const auto add = [&](std::uint32_t v) {
    if (std::exchange(is_in[v], 1) == 0) order.push_back(v);
  };
  for (const std::uint32_t n : lines) {
    const auto begin = static_cast<std::ptrdiff_t>(order.size());
    for (const Candidate& candidate : instance_.candidates_of(n)) add(candidate.volunteer);
    std::sort(order.begin() + begin, order.end());  // however the line lists them
  }
  for (std::uint32_t v = 0; v < instance_.volunteers(); ++v) add(v);
  return numbering_of(std::move(order));
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
