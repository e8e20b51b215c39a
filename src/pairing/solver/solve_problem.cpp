#include "solve_problem.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "line_search.hpp"

namespace jiedui::solver {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

template <class Weight, class Score>
class Solver {
  using State = PairingState<Weight, Score>;

 public:
  Solver(const Limits& limits, const CandidateSource& source, const Weights& weights,
         Weight greatest, const Options& options)
      : limits_(limits),
        options_(options),
        weights_(weights),
        state_(limits, weights, source, greatest),
        search_(state_) {}

  Solution run() {
    Solution solution;
    solution.weights = weights_;
    state_.read_first_offers(std::clamp(options_.threads, 1, 64), {.stop = options_.stop, .progress = {}});
    solution.statistics.build_seconds = seconds_since(begun_);
    const auto built = Clock::now();
    send_all(solution);
    extract(solution);
    for (const auto& line : state_.lines) solution.statistics.candidates += line.offers.taken;
    solution.statistics.relaxations = search_.counts.relaxations;
    solution.statistics.scans = search_.counts.scans;
    solution.statistics.paths = search_.counts.paths;
    solution.statistics.solve_seconds = seconds_since(built);
    return solution;
  }

 private:
  void send_all(Solution& solution) {
    std::vector<std::uint32_t> order(limits_.needs());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return limits_.tier[a] < limits_.tier[b];
    });
    auto reported = Clock::now();
    std::size_t done = 0;
    for (; done < order.size() && send(order[done]); ++done) {
      if (!options_.progress || done % 64 != 0) continue;
      if (Clock::now() - reported < std::chrono::milliseconds(50)) continue;
      reported = Clock::now();
      options_.progress(
          {static_cast<double>(done) / static_cast<double>(order.size()), state_.value});
    }
    if (done == order.size()) return;
    solution.status = Status::interrupted;
    for (; done < order.size(); ++done) complete_greedily(order[done]);
  }

  /// Sends all units of a line; false if stopped on the way.
  bool send(std::uint32_t n) {
    auto& line = state_.lines[n];
    search_.raise_profit(n);
    // A unit that stays unfilled brings the profit to 0, and with it every further unit.
    while (line.used < line.demand && line.profit > 0) {
      if (options_.stop.stop_requested()) return false;
      search_.send(n);
    }
    return !options_.stop.stop_requested();
  }

  /// When stopped: whatever is free, best first; the profit keeps the bound valid.
  void complete_greedily(std::uint32_t n) {
    auto& line = state_.lines[n];
    search_.raise_profit(n);
    auto offers = std::vector(line.offers.all().begin(), line.offers.all().end());
    std::sort(offers.begin(), offers.end(), [](const auto& a, const auto& b) {
      return a.points != b.points ? a.points > b.points : a.volunteer < b.volunteer;
    });
    for (const auto& offer : offers) {
      if (line.used == line.demand) return;
      const std::uint32_t v = offer.volunteer;
      const std::uint32_t o = state_.organisation_of(v);
      if (!state_.has_room(v) || state_.pair_for(v, line.need) != none) continue;
      if (o != none && state_.organisations[o].used >= state_.organisations[o].total) continue;
      const std::uint32_t slot =
          offer.slots == 0 ? Candidate::no_slot : state_.free_slot(v, offer.slots);
      if (offer.slots != 0 && slot == none) continue;
      if (state_.weight(n, offer.points) <= state_.next_cost(v)) continue;
      state_.add_pair(n, v, offer.slots, slot, offer.points, state_.volunteers[v].price);
    }
  }

  void extract(Solution& solution) const {
    solution.value = state_.value;
    for (const auto& organisation : state_.organisations)
      solution.organisation_price.push_back(organisation.price);
    for (std::uint32_t v = 0; v < state_.volunteers.size(); ++v)
      solution.price.push_back(state_.volunteers[v].price);
    for (std::uint32_t n = 0; n < state_.lines.size(); ++n) {
      solution.profit.push_back(state_.lines[n].profit);
      for (std::uint32_t p = state_.lines[n].first_pair; p != none;
           p = state_.pairs[p].next_of_line) {
        const auto& pair = state_.pairs[p];
        solution.pairs.push_back({n, {pair.volunteer, pair.slot, pair.points}});
        const int128 surplus = int128{state_.price(pair)} - state_.volunteers[pair.volunteer].price;
        if (surplus > 0 && !pair.pinned)
          solution.slot_price.push_back({pair.volunteer, pair.slot, surplus});
      }
    }
    std::sort(solution.pairs.begin(), solution.pairs.end(), [](const auto& a, const auto& b) {
      return std::pair(a.need, a.candidate.volunteer) < std::pair(b.need, b.candidate.volunteer);
    });
    std::sort(solution.slot_price.begin(), solution.slot_price.end(),
              [](const SlotPrice& a, const SlotPrice& b) {
                return std::pair(a.volunteer, a.slot) < std::pair(b.volunteer, b.slot);
              });
    solution.bound = bound();
  }

  /// The dual objective: the limits times their prices, and what the pairs of the plan are worth
  /// beyond them.
  int128 bound() const {
    int128 bound = 0;
    for (std::size_t o = 0; o < state_.organisations.size(); ++o) {
      std::int64_t pinned = 0;
      for (const std::uint32_t v : state_.organisations[o].volunteers)
        pinned += state_.volunteers[v].pinned;
      bound += int128{state_.organisations[o].price} * (state_.organisations[o].total - pinned);
    }
    for (std::uint32_t v = 0; v < state_.volunteers.size(); ++v) bound += bound_of(v);
    for (const auto& line : state_.lines) bound += int128{line.profit} * line.demand;
    for (const auto& line : state_.lines)
      for (std::uint32_t p = line.first_pair; p != none; p = state_.pairs[p].next_of_line) {
        const auto& pair = state_.pairs[p];
        if (pair.pinned) {
          bound += state_.weight(pair) - line.profit;
          continue;
        }
        bound += int128{state_.price(pair)} - state_.volunteers[pair.volunteer].price;
        const Weight margin = state_.margin(pair);
        if (margin > 0) bound += margin;
      }
    return bound;
  }

  int128 bound_of(std::uint32_t v) const {
    const auto& volunteer = state_.volunteers[v];
    const Weight price = volunteer.price - state_.organisation_price(v);
    int128 bound = 0;
    std::int32_t i = 1;
    for (; i <= volunteer.pinned; ++i) bound -= state_.cost(v, i);
    // From some pair on every further one costs the same.
    const std::int32_t varied = std::min(volunteer.capacity, state_.varied_costs(v));
    for (; i <= varied; ++i) bound += std::max<Weight>(0, price - state_.cost(v, i));
    if (i <= volunteer.capacity)
      bound +=
          int128{std::max<Weight>(0, price - state_.cost(v, i))} * (volunteer.capacity - i + 1);
    return bound;
  }

  const Clock::time_point begun_ = Clock::now();
  const Limits& limits_;
  const Options& options_;
  const Weights weights_;
  State state_;
  LineSearch<Weight, Score> search_;
};

CandidateSource::Range with_pins(const Limits& limits, CandidateSource::Range range) {
  for (const ChosenPair& pin : limits.pinned) {
    range.most = std::max(range.most, pin.candidate.points);
    range.least = std::min(range.least, pin.candidate.points);
  }
  return range;
}

}  // namespace

Weights strict_weights(const Limits& limits, CandidateSource::Range range) {
  int128 units = 0;
  Weights weights;
  for (std::size_t n = 0; n < limits.needs(); ++n) {
    units += limits.demand[n];
    weights.tiers = std::max(weights.tiers, limits.tier[n]);
  }
  range = with_pins(limits, range);
  const int128 most = std::max<std::int64_t>(range.most, 0);
  const int128 least = std::min<std::int64_t>(range.least, 0);
  const int128 load = limits.load_cost.empty() ? 0 : limits.load_cost.back();
  weights.step = units * (most - least + load) + 1;
  return weights;
}

Solution solve(const Limits& limits, const CandidateSource& source, const Options& options) {
  const Weights weights = strict_weights(limits, source.points_range());
  int128 count = 1 + static_cast<int128>(limits.volunteers() + limits.needs());
  int128 units = 0;
  int128 places = 0;
  for (const std::int32_t demand : limits.demand) units += demand;
  for (const std::int32_t capacity : limits.capacity) places += capacity;
  count += 2 * std::min(units, places);
  const CandidateSource::Range range = with_pins(limits, source.points_range());
  const int128 most = std::max(int128{range.most}, -int128{range.least}) +
                      (limits.load_cost.empty() ? 0 : limits.load_cost.back());
  // A distance stays below four times the greatest weight, a total below `count` times it.
  const int128 greatest = 2 * (weights.tiers + 1) * weights.step + most;
  constexpr int128 most_total = int128{1} << 116U;  // leaves verify() room for its sums
  if (greatest > most_total / count)
    throw Error({.code = "points_out_of_range",
                 .place = "points",
                 .message = "the pairing problem cannot be posed",
                 .allowed = "|points| up to " +
                            to_string(most_total / count / (4 * (weights.tiers + 2) * count)) +
                            " for these capacities and demands",
                 .way_out = "use smaller points"});
  constexpr int128 most_weight = int128{1} << 58U;
  constexpr std::int64_t most_points = 0x7FFF'FFFF;
  if (greatest < most_weight && most <= most_points)
    return Solver<std::int64_t, std::int32_t>(limits, source, weights,
                                              static_cast<std::int64_t>(greatest), options)
        .run();
  return Solver<int128, std::int64_t>(limits, source, weights, greatest, options).run();
}

}  // namespace jiedui::solver
