#include "verify_pairs.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "market_state.hpp"
#include "verify_groups.hpp"
#include "verify_roads.hpp"

namespace jiedui::verification {

namespace {

/// Sends the needs through `check(NeedCheck&, need)`, shared out among the threads, and adds up.
template <class MakeCheck>
PairSums for_each_need(const Input& input, const VerifyOptions& options,
                       std::span<const std::uint32_t> order, std::size_t chunk, Findings& findings,
                       MakeCheck&& make_check) {
  const auto threads = static_cast<std::size_t>(options.threads);
  const std::size_t chunks = (order.size() + chunk - 1) / chunk;
  std::vector<NeedCheck> checks(threads, NeedCheck(input));
  std::atomic<bool> is_stopped = false;
  run_threads(options.threads, [&](int thread) {
    // Every thread takes each so-manieth chunk, so that the caller's knows how far all are.
    const auto first = static_cast<std::size_t>(thread);
    const Control watch{options.control.stop, thread == 0 ? options.control.progress : nullptr};
    detail::ControlledSteps steps(watch, (chunks + threads - 1) / threads);
    NeedCheck& check = checks[first];
    auto check_need = make_check(check);
    for (std::size_t i = first; i < chunks && !is_stopped; i += threads) {
      for (std::size_t k = i * chunk; k < std::min(order.size(), (i + 1) * chunk); ++k) {
        const std::uint32_t begin = input.need_first[order[k]];
        const std::span lines(&input.line_order[begin], input.need_first[order[k] + 1] - begin);
        check.begin(lines);
        for (const std::uint32_t line : lines) check_need(line);
        check.end();
      }
      if (!steps.next()) is_stopped = true;
    }
  });
  PairSums sums;
  for (NeedCheck& check : checks) {
    sums.value += check.sums.value;
    sums.bound += check.sums.bound;
    sums.pairs_checked += check.sums.pairs_checked;
    sums.units += check.sums.units;
    sums.points_least = std::min(sums.points_least, check.sums.points_least);
    sums.points_most = std::max(sums.points_most, check.sums.points_most);
    findings.take(std::move(check.findings));
  }
  sums.is_complete = !is_stopped;
  sums.units = std::min(sums.units, input.units());
  return sums;
}

std::vector<std::uint32_t> needs_in_order(const Input& input) {
  std::vector<std::uint32_t> order(input.need_first.size() - 1);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

/// Holds the prices against each candidate of a line one by one.
void check_all(const Input& input, NeedCheck& check, std::uint32_t line,
               std::span<const solver::Candidate> candidates) {
  check.check_chosen(line, candidates);
  PairSums& sums = check.sums;
  for (const solver::Candidate& candidate : candidates) {
    sums.points_least = std::min(sums.points_least, candidate.points);
    sums.points_most = std::max(sums.points_most, candidate.points);
    check.consider(line, candidate);
  }
  sums.pairs_checked += static_cast<std::int64_t>(candidates.size());
  sums.units += std::min<std::int64_t>(input.limits.demand[line],
                                       static_cast<std::int64_t>(candidates.size()));
}

PairSums check_explicit(const Input& input, const VerifyOptions& options, Findings& findings) {
  const solver::Instance& given = MarketAccess::state(input.market).instance;
  return for_each_need(input, options, needs_in_order(input), 64, findings, [&](NeedCheck& check) {
    return [&](std::uint32_t line) { check_all(input, check, line, given.candidates_of(line)); };
  });
}

PairSums check_exhaustively(const Input& input, const VerifyOptions& options, Findings& findings) {
  std::vector<VolunteerIndex> everybody;
  for (std::uint32_t v = 0; v < input.volunteers(); ++v) everybody.emplace_back(v);
  return for_each_need(input, options, needs_in_order(input), 1, findings, [&](NeedCheck& check) {
    return [&](std::uint32_t line) {
      check_all(input, check, line, input.market.candidates(everybody, NeedIndex{line}));
    };
  });
}

/// Every eligible pair, found by skill and place.
PairSums check_listed(const Input& input, const VerifyOptions& options, Findings& findings,
                      const Eligibility& definition, const OwnPoints& points) {
  const Groups<std::int64_t> groups(input, definition, points, Key::none, options.threads);
  return for_each_need(input, options, needs_in_order(input), 1, findings, [&](NeedCheck& check) {
    return [&, volunteers = std::vector<VolunteerIndex>()](std::uint32_t line) mutable {
      groups.list(line, volunteers);
      check_all(input, check, line, input.market.candidates(volunteers, NeedIndex{line}));
    };
  });
}

/// The market says of all who may be near by road what it says of them; the seconds are verify's.
PairSums check_by_road(const Input& input, const VerifyOptions& options, Findings& findings,
                       const Eligibility& definition) {
  const OwnRoads roads(input.market.network(), definition);
  return for_each_need(input, options, needs_in_order(input), 1, findings, [&](NeedCheck& check) {
    return [&, near = std::vector<VolunteerIndex>()](std::uint32_t line) mutable {
      const OwnRoads::Line ways(roads, line);
      near.clear();
      for (std::uint32_t v = 0; v < input.volunteers(); ++v) {
        if (!definition.ignores_reach(line) && !ways.is_near(v)) continue;
        near.emplace_back(v);
        const std::int64_t seconds = definition.travel_seconds(v, line);
        if (ways.seconds(v) != (seconds == RoadTimes::no_way ? -1 : seconds))
          check.findings.add_infeasible("travel_differs", line, v);
      }
      check_all(input, check, line, input.market.candidates(near, NeedIndex{line}));
    };
  });
}

/// Holds the prices against pairs whose points might exceed them; the others are below by a bound.
template <class Wide>
class BoundedCheck {
 public:
  BoundedCheck(const Input& input, const Eligibility& definition, const OwnPoints& points,
               const Groups<Wide>& groups, NeedCheck& check)
      : input_(input), definition_(definition), points_(points), groups_(groups), check_(check) {}

  void operator()(std::uint32_t line) {
    check_chosen(line);
    if (!input_.is_line_open(line)) return;
    const int128 threshold = input_.profit[line] - input_.bonus(line);
    for (const std::uint32_t v : points_.bonded_with(line))
      if (input_.is_open(v)) {
        ++check_.sums.pairs_checked;
        look_at(line, v, threshold);
      }
    // Prices of changes lift pairs of the plan before above the bounds of the groups.
    for (const solver::LinePair& pair : input_.favoured(line)) {
      const std::uint32_t v = pair.volunteer;
      if (!input_.is_open(v) || points_.points(v, line) - input_.price[v] > threshold) continue;
      ++check_.sums.pairs_checked;
      look_at(line, v, threshold);
    }
    check_.sums.pairs_checked += groups_.each_above(
        line, static_cast<Wide>(threshold), [&](std::uint32_t v) { look_at(line, v, threshold); });
  }

 private:
  /// Where the standard rules are all there is, their verdict and verify's own points will do.
  void check_chosen(std::uint32_t line) {
    const MarketOptions& options = definition_.options();
    if (!definition_.rules().own().empty() || !options.forbidden.empty())
      return check_.check_chosen(line);
    eligible_.clear();
    for (const Chosen& chosen : input_.chosen_of(line)) {
      const std::uint32_t v = chosen.volunteer;
      if (chosen.pinned || !definition_.is_eligible(v, line, free_, slots_)) continue;
      if (points_.points(v, line) != chosen.points) return check_.check_chosen(line);
      for (const std::uint32_t slot : slots_) eligible_.push_back({v, slot, chosen.points});
    }
    check_.check_chosen(line, eligible_);
  }

  void look_at(std::uint32_t line, std::uint32_t v, int128 threshold) {
    const int128 margin =
        points_.points(v, line) - input_.cross_price(line, v) - input_.price[v] - threshold;
    if (margin <= 0 || !definition_.is_eligible(v, line, free_, slots_)) return;
    const bool is_above = std::any_of(slots_.begin(), slots_.end(), [&](std::uint32_t slot) {
      return margin > input_.slot_price(v, slot);
    });
    if (!is_above) return;
    const VolunteerIndex volunteer{v};
    for (const solver::Candidate& candidate : input_.market.candidates(volunteer, NeedIndex{line}))
      check_.consider(line, candidate);
  }

  const Input& input_;
  const Eligibility& definition_;
  const OwnPoints& points_;
  const Groups<Wide>& groups_;
  NeedCheck& check_;
  Eligibility::FreeSlots free_;
  std::vector<std::uint32_t> slots_;
  std::vector<solver::Candidate> eligible_;
};

template <class Wide>
PairSums check_bounded(const Input& input, const VerifyOptions& options, Findings& findings,
                       const Eligibility& definition, const OwnPoints& points,
                       std::pair<std::int64_t, std::int64_t> range) {
  const Groups<Wide> groups(input, definition, points, Key::points_less_price, options.threads);
  // Neighbours share what the processor has at hand.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  for (std::uint32_t need = 0; need + 1 < input.need_first.size(); ++need)
    keys.emplace_back(groups.order_of(input.line_order[input.need_first[need]]), need);
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> order;
  order.reserve(keys.size());
  for (const auto& [key, need] : keys) order.push_back(need);
  PairSums sums = for_each_need(input, options, order, 64, findings, [&](NeedCheck& check) {
    return BoundedCheck<Wide>(input, definition, points, groups, check);
  });
  std::tie(sums.points_least, sums.points_most) = range;
  sums.units = input.units();
  return sums;
}

/// The most points that a pair has for which the standard rules hold, or 0.
std::int64_t greatest_points(const Input& input, const VerifyOptions& options,
                             const Eligibility& definition, const OwnPoints& points) {
  const Groups<std::int64_t> groups(input, definition, points, Key::points, options.threads);
  std::vector<std::int64_t> greatest(static_cast<std::size_t>(options.threads), 0);
  run_threads(options.threads, [&](int thread) {
    std::int64_t most = 0;
    Eligibility::FreeSlots free;
    std::vector<std::uint32_t> slots;
    for (auto line = static_cast<std::uint32_t>(thread); line < input.lines();
         line += static_cast<std::uint32_t>(options.threads)) {
      const auto look_at = [&](std::uint32_t v) {
        const std::int64_t own = points.points(v, line);
        if (own > most && definition.is_eligible(v, line, free, slots)) most = own;
      };
      for (const std::uint32_t v : points.bonded_with(line)) look_at(v);
      groups.each_above(line, most, look_at);
    }
    greatest[static_cast<std::size_t>(thread)] = most;
  });
  return *std::max_element(greatest.begin(), greatest.end());
}

}  // namespace

PairSums check_pairs(const Input& input, const VerifyOptions& options, Findings& findings) {
  if (input.market.is_explicit()) return check_explicit(input, options, findings);
  if (options.exhaustive) return check_exhaustively(input, options, findings);
  const Eligibility& definition = *MarketAccess::state(input.market).eligibility;
  if (definition.is_by_road()) return check_by_road(input, options, findings, definition);
  const OwnPoints points(input.market.network(), definition);
  // Nothing bounds the points of the user's own terms.
  if (!definition.terms().own().empty())
    return check_listed(input, options, findings, definition, points);
  auto range = points.range();
  const auto is_strict = [&] {
    return input.is_step_above(input.units(), range.first, range.second);
  };
  // Where the bounds are too wide to show that tiers come strictly first, the pairs may do so.
  if (!is_strict()) range.second = greatest_points(input, options, definition, points);
  if (!is_strict()) return check_listed(input, options, findings, definition, points);
  return input.fits_64_bits()
             ? check_bounded<std::int64_t>(input, options, findings, definition, points, range)
             : check_bounded<int128>(input, options, findings, definition, points, range);
}

}  // namespace jiedui::verification
