#include "replanner.hpp"

#include "problem_range.hpp"
#include "solver_run.hpp"

namespace jiedui::solver {

namespace {

template <class Weight, class Score>
class ReplannerOf final : public Replanner {
  using State = PairingState<Weight, Score>;
  using Run = SolverRun<Weight, Score>;

 public:
  ReplannerOf(Limits limits, EditableSource source, const ProblemRange& range,
              std::span<const LinePair> before, const Options& options)
      : limits_(std::move(limits)),
        source_(std::move(source)),
        range_(range),
        run_(std::make_unique<Run>(limits_, source_, range, options)) {
    for (const LinePair& pair : before)
      state().given_up.insert(State::key(pair.line, pair.volunteer));
    first_ = run_->run();
    accept();
  }

  const Limits& limits() const override { return limits_; }
  const EditableSource& source() const override { return source_; }
  const Weights& weights() const override { return range_.weights; }

  Change forbid(LinePair pair) override {
    source_.forbid(pair.line, pair.volunteer);
    const std::uint32_t p = find(pair);
    if (p == none) {
      state().lines[pair.line].offers.erase(pair.volunteer);
      return {};
    }
    if (state().pairs[p].pinned) {
      forget_pin(p);
      if (state().has_lines) return solve_anew();  // the pin may have had a slot of its own
      state().unpin(p);
    }
    repair().forbid(p);
    return accept();
  }

  std::optional<Change> pin(LinePair pair, const Offer& offer) override {
    std::uint32_t p = find(pair);
    if (p == none) {
      const std::uint32_t slot = slot_for(pair, offer);
      if (slot == none && offer.slots != 0) return std::nullopt;
      if (!repair().can_hold_one_more(pair.line, pair.volunteer)) return std::nullopt;
      p = repair().force(pair.line, pair.volunteer, offer.slots, slot, offer.points);
      note_pin(p);
    } else if (!state().pairs[p].pinned) {
      state().pin(p);
      note_pin(p);
    }
    return accept();
  }

  Change unpin(LinePair pair) override {
    const std::uint32_t p = find(pair);
    if (p == none || !state().pairs[p].pinned) return {};
    forget_pin(p);
    if (!is_simple(p)) return solve_anew();
    repair().unpin(p);
    return accept();
  }

  Change set_capacity(std::uint32_t v, std::int32_t capacity) override {
    std::int32_t& now = limits_.capacity[v];
    const bool is_new = now == 0 && capacity > 0;
    while (now > capacity) {
      --now;
      repair().lower_capacity(v);
    }
    if (is_new) state().admit(v);
    while (now < capacity) {
      ++now;
      repair().raise_capacity(v);
    }
    return accept();
  }

  Change set_demand(std::uint32_t n, std::int32_t demand) override {
    std::int32_t& now = limits_.demand[n];
    while (now > demand) {
      --now;
      repair().lower_demand(n);
    }
    while (now < demand) {
      ++now;
      repair().raise_demand(n);
    }
    return accept();
  }

  std::vector<Choice> choices(std::uint32_t n, std::span<const Offer> offers) override {
    std::vector<Choice> found;
    const Weight released = repair().cost_of_release(n);
    for (const Offer& offer : offers) {
      Choice choice{offer, 0};
      if (find({n, offer.volunteer}) == none)
        choice.cost = ReadOut<Weight, Score>(state()).whole(repair().cost_of(n, offer, released));
      found.push_back(choice);
    }
    return found;
  }

  Solution solution() const override {
    Solution solution;
    solution.weights = range_.weights;
    solution.status = first_.status;
    read_out(run_->state(), solution);
    solution.statistics = first_.statistics;
    return solution;
  }

  bool serves(LinePair pair) const override { return find(pair) != none; }

 private:
  State& state() { return run_->state(); }
  const State& state() const { return run_->state(); }
  Repair<Weight, Score>& repair() { return run_->repair(); }

  std::uint32_t find(LinePair pair) const {
    std::uint32_t p = state().volunteers[pair.volunteer].first_pair;
    while (p != none && state().pairs[p].line != pair.line) p = state().pairs[p].next_of_volunteer;
    return p;
  }

  /// Whether nothing but the place of the pair is at stake once its pin is gone. In a slot, or on
  /// one of several lines, it may do better elsewhere with the same volunteer, which no search from
  /// its place finds; and a pin may have held what is no candidate.
  bool is_simple(std::uint32_t p) {
    const auto& pair = state().pairs[p];
    if (pair.slot != Candidate::no_slot || state().splits_offers || state().has_lines) return false;
    std::vector<Request> requests;
    source_.requests_of(pair.volunteer, requests);
    const std::int64_t points = ReadOut<Weight, Score>(state()).points_of(pair);
    return std::any_of(requests.begin(), requests.end(), [&](const Request& request) {
      return request.line == pair.line && request.slots == 0 && request.points == points;
    });
  }

  /// The same problem from the start, with the plan as it is for the one before.
  Change solve_anew() {
    const std::vector<ChosenPair> before = solution().pairs;
    run_ = std::make_unique<Run>(limits_, source_, range_, Options{});
    for (const ChosenPair& pair : before)
      state().given_up.insert(State::key(pair.need, pair.candidate.volunteer));
    run_->run();
    for (const auto& [line, candidate] : before)
      state().slot_before.emplace(State::key(line, candidate.volunteer), candidate.slot);
    return accept();
  }

  /// A slot of the offer that no pin holds: a free one first.
  std::uint32_t slot_for(LinePair pair, const Offer& offer) const {
    if (offer.slots == 0) return Candidate::no_slot;
    const std::uint32_t slot = state().free_slot(pair.volunteer, offer.slots);
    if (slot != none) return slot;
    for (const std::uint32_t taken : source_.slots(offer.slots))
      if (!state().pairs[state().seat(pair.volunteer, taken)].pinned) return taken;
    return none;
  }

  void note_pin(std::uint32_t p) {
    const auto& pair = state().pairs[p];
    limits_.pinned.push_back(
        {pair.line, {pair.volunteer, pair.slot, ReadOut<Weight, Score>(state()).points_of(pair)}});
  }
  void forget_pin(std::uint32_t p) {
    const auto& pair = state().pairs[p];
    std::erase_if(limits_.pinned, [&](const ChosenPair& pin) {
      return pin.need == pair.line && pin.candidate.volunteer == pair.volunteer;
    });
  }

  /// The plan as it is now is the one before for the next operation.
  Change accept() {
    Change change;
    // What stands in both lists is a pin that a solve from the start began with: no change.
    const auto list = [](const auto& keys, const auto& others, std::vector<LinePair>& out) {
      for (const std::uint64_t key : keys)
        if (!others.contains(key))
          out.push_back({static_cast<std::uint32_t>(key >> 32U), static_cast<std::uint32_t>(key)});
      std::sort(out.begin(), out.end());
    };
    list(state().taken_up, state().given_up, change.added);
    list(state().given_up, state().taken_up, change.dropped);
    for (const auto& [key, slot] : state().slot_before) {
      const LinePair pair{static_cast<std::uint32_t>(key >> 32U), static_cast<std::uint32_t>(key)};
      const std::uint32_t p = find(pair);
      if (p != none && state().pairs[p].slot != slot && !state().taken_up.contains(key))
        change.moved.push_back(pair);
    }
    std::sort(change.moved.begin(), change.moved.end());
    state().accept();
    return change;
  }

  Limits limits_;
  EditableSource source_;
  const ProblemRange range_;
  std::unique_ptr<Run> run_;
  Solution first_;
};

}  // namespace

std::unique_ptr<Replanner> Replanner::make(Limits limits, EditableSource source, int128 demand_max,
                                           std::span<const LinePair> before,
                                           const Options& options) {
  const ProblemRange range(limits, source.points_range(), demand_max, true);
  if (range.is_narrow())
    return std::make_unique<ReplannerOf<std::int64_t, std::int64_t>>(
        std::move(limits), std::move(source), range, before, options);
  return std::make_unique<ReplannerOf<int128, int128>>(std::move(limits), std::move(source), range,
                                                       before, options);
}

}  // namespace jiedui::solver
