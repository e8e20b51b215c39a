#pragma once

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>

#include "problem_range.hpp"
#include "progress_bound.hpp"
#include "read_out.hpp"
#include "repair.hpp"

// Private to the room: one solve from the first line to the last.

namespace jiedui::solver {

template <class Weight, class Score>
class SolverRun {
  using State = PairingState<Weight, Score>;
  using Clock = std::chrono::steady_clock;
  static double seconds_since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
  }

 public:
  SolverRun(const Limits& limits, const CandidateSource& source, const ProblemRange& range,
            const Options& options)
      : limits_(limits),
        options_(options),
        weights_(range.weights),
        state_(limits, range.weights, source, static_cast<Weight>(range.greatest),
               static_cast<Weight>(range.scale)),
        repair_(state_) {}
  State& state() { return state_; }
  const State& state() const { return state_; }
  Repair<Weight, Score>& repair() { return repair_; }

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
    std::optional<Report> report;
    if (options_.progress) report.emplace(*this);
    std::size_t done = 0;
    for (; done < order.size() && repair_.fill_line(order[done], options_.stop); ++done)
      if (report) report->sent(order[done], done + 1);
    if (done == order.size()) return;
    solution.status = Status::interrupted;
    for (; done < order.size(); ++done) complete_greedily(order[done]);
  }

  /// Tells the caller how far the lines are, at the beginning and then every 50 ms at most.
  class Report {
   public:
    explicit Report(const SolverRun& run) : run_(run), bound_(run.state_) { tell(0); }
    void sent(std::uint32_t line, std::size_t done) {
      bound_.set_sent(line);
      if (done % 64 != 0 || Clock::now() - reported_ < std::chrono::milliseconds(50)) return;
      tell(done);
    }

   private:
    void tell(std::size_t done) {
      const auto lines = static_cast<double>(std::max<std::size_t>(run_.limits_.needs(), 1));
      run_.options_.progress({.fraction = static_cast<double>(done) / lines,
                              .value = ReadOut<Weight, Score>(run_.state_).whole(run_.state_.value),
                              .bound = bound_()});
      reported_ = Clock::now();
    }
    const SolverRun& run_;
    ProgressBound<Weight, Score> bound_;
    Clock::time_point reported_{};
  };

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
      state_.add_pair(n, v, offer.slots, slot, offer.points, state_.prices[v]);
    }
  }

  const Clock::time_point begun_ = Clock::now();
  const Limits& limits_;
  const Options options_;
  const Weights weights_;
  State state_;
  Repair<Weight, Score> repair_;
};

}  // namespace jiedui::solver
