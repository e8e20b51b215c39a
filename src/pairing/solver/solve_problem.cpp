#include "solve_problem.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "read_out.hpp"
#include "repair.hpp"

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
        repair_(state_) {}

  Solution run() {
    Solution solution;
    solution.weights = weights_;
    state_.read_first_offers(std::clamp(options_.threads, 1, 64),
                             {.stop = options_.stop, .progress = {}});
    solution.statistics.build_seconds = seconds_since(begun_);
    const auto built = Clock::now();
    send_all(solution);
    read_out(state_, solution);
    for (const auto& line : state_.lines) solution.statistics.candidates += line.offers.taken;
    solution.statistics.relaxations = repair_.counts().relaxations;
    solution.statistics.scans = repair_.counts().scans;
    solution.statistics.paths = repair_.counts().paths;
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
    for (; done < order.size() && repair_.fill_line(order[done], options_.stop); ++done) {
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

  /// When stopped: whatever is free, best first; the profit keeps the bound valid.
  void complete_greedily(std::uint32_t n) {
    auto& line = state_.lines[n];
    repair_.raise_profit(n);
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

  const Clock::time_point begun_ = Clock::now();
  const Limits& limits_;
  const Options& options_;
  const Weights weights_;
  State state_;
  Repair<Weight, Score> repair_;
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
