#include "replanner.hpp"

#include "problem_range.hpp"
#include "solver_run.hpp"
#include "state_check.hpp"

namespace jiedui::solver {

namespace {

template <class Weight, class Score>
class ReplannerOf final : public Replanner {
  using State = PairingState<Weight, Score>;
  using Run = SolverRun<Weight, Score>;

 public:
  ReplannerOf(Limits limits, EditableSource source, const ProblemRange& range,
              std::span<const StateSnapshot::Seat> before, const Options& options)
      : Replanner(std::move(limits), std::move(source), range),
        run_(limits_, source_, range_, options) {
    for (const auto& [pair, slot] : before)
      state().given_up.insert(State::key(pair.line, pair.volunteer));
    first_ = run_.run();
    for (const auto& [pair, slot] : before)
      state().slot_before.emplace(State::key(pair.line, pair.volunteer), slot);
    limits_.pinned.clear();
    state().make_index();
    state().make_room();
  }
  ReplannerOf(Limits limits, EditableSource source, const ProblemRange& range,
              const StateSnapshot& snapshot, int threads)
      : Replanner(std::move(limits), std::move(source), range),
        run_(limits_, source_, range_, Options{}) {
    put_back(state(), snapshot, threads);
    limits_.pinned.clear();
    is_proved_ = holds_inside(state());
    // As many offers are read as the profits ask for.
    for (std::uint32_t n = 0; n < state().lines.size(); ++n) {
      const auto& line = state().lines[n];
      if (line.demand == 0) continue;
      const Weight profit = line.profit;
      repair().raise_profit(n);
      is_proved_ = is_proved_ && (line.profit == profit || !has_open_room(state(), n));
    }
    state().make_index();
    state().make_room();
  }

  Limits limits_with_pins() const override {
    Limits limits = limits_;
    for (std::uint32_t n = 0; n < state().lines.size(); ++n)
      for (const Held& held : pairs_of_line(n))
        if (held.pinned) limits.pinned.push_back(held.pair);
    return limits;
  }

  void forbid(LinePair pair) override {
    source_.forbid(pair.line, pair.volunteer);
    const std::uint32_t p = find(pair);
    if (p != none && !state().pairs[p].pinned) return repair().forbid(p);
    state().forget_offers(pair.line, pair.volunteer);
    if (p != none) let_go(p);
  }

  bool pin(LinePair pair, const Offer& offer, std::uint32_t slot) override {
    const std::uint32_t p = find(pair);
    if (p != none) {
      if (!state().pairs[p].pinned) state().pin(p);
      return true;
    }
    if (offer.slots != 0 && slot == none) slot = slot_for(pair, offer);
    if (slot == none && offer.slots != 0) return false;
    if (!repair().can_hold_one_more(pair.line, pair.volunteer)) return false;
    repair().force(pair.line, pair.volunteer, offer.slots, slot, offer.points);
    return true;
  }

  void unpin(LinePair pair) override {
    const std::uint32_t p = find(pair);
    if (p == none || !state().pairs[p].pinned) return;
    if (is_simple(p))
      repair().unpin(p);
    else
      let_go(p);
  }

  void set_capacity(std::uint32_t v, std::int32_t capacity) override {
    const bool is_new = limits_.capacity[v] == 0 && capacity > 0;
    limits_.capacity[v] = capacity;
    if (is_new) state().admit(v);
    hold_to(v, capacity);
  }

  void set_demand(std::uint32_t n, std::int32_t demand) override {
    std::int32_t& now = limits_.demand[n];
    demand_ += demand - now;
    while (now > demand) {
      --now;
      repair().lower_demand(n);
    }
    while (now < demand) {
      ++now;
      repair().raise_demand(n);
    }
  }

  void add_volunteer(std::uint32_t organisation) override {
    limits_.capacity.push_back(0);
    if (!limits_.least.empty()) limits_.least.push_back(0);
    if (!limits_.load_before.empty()) limits_.load_before.push_back(0);
    if (!limits_.organisation.empty()) limits_.organisation.push_back(organisation);
    state().add_volunteer();
  }
  void source_changed() override { state().has_newcomers = true; }
  void forget_offers(std::uint32_t v) override {
    state().index->requests_of(v, requests_);
    for (const Request& request : requests_) state().forget_offers(request.line, v);
  }
  void add_line(std::int32_t tier) override {
    limits_.demand.push_back(0);
    limits_.tier.push_back(tier);
    state().add_line(range_.weights);
  }
  void renew_line(std::uint32_t n, std::int32_t tier) override {
    limits_.tier[n] = tier;
    state().renew_line(n, static_cast<Weight>(range_.weights.bonus(tier)) * state().scale);
  }
  void reread_line(std::uint32_t n) override {
    state().clear_offers(n);
    for (std::uint32_t p = state().lines[n].first_pair; p != none;
         p = state().pairs[p].next_of_line) {
      auto& pair = state().pairs[p];
      if (pair.pinned || pair.slot == Candidate::no_slot) continue;
      source_.requests_of(pair.volunteer, requests_);
      for (const Request& request : requests_)
        if (request.line == n) pair.slots = request.slots;
    }
    if (state().lines[n].demand > 0) repair().raise_profit(n);
  }
  void forget_least(std::uint32_t v) override {
    if (!limits_.least.empty()) limits_.least[v] = 0;
  }

  Change accept() override {
    Change change;
    // What stands in both lists is a pin that a solve from the start began with: no change.
    const auto list = [](const auto& keys, const auto& others, std::vector<LinePair>& out) {
      for (const std::uint64_t key : keys)
        if (!others.contains(key)) out.push_back(pair_of(key));
      std::sort(out.begin(), out.end());
    };
    list(state().taken_up, state().given_up, change.added);
    list(state().given_up, state().taken_up, change.dropped);
    for (const auto& [key, slot] : state().slot_before) {
      const std::uint32_t p = find(pair_of(key));
      const bool is_new = state().taken_up.contains(key) && !state().given_up.contains(key);
      if (p != none && state().pairs[p].slot != slot && !is_new)
        change.moved.push_back(pair_of(key));
    }
    std::sort(change.moved.begin(), change.moved.end());
    state().accept();
    return change;
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
    read_out(run_.state(), solution);
    solution.statistics = first_.statistics;
    return solution;
  }
  int128 value() const override { return ReadOut<Weight, Score>(state()).whole(state().value); }
  StateSnapshot snapshot() const override { return snapshot_of(state()); }
  bool is_proved() const override { return is_proved_; }

  bool serves(LinePair pair) const override { return find(pair) != none; }
  bool is_pinned(LinePair pair) const override {
    const std::uint32_t p = find(pair);
    return p != none && state().pairs[p].pinned;
  }
  std::vector<Held> pairs_of_volunteer(std::uint32_t v) const override {
    std::vector<Held> pairs;
    for (std::uint32_t p = state().volunteers[v].first_pair; p != none;
         p = state().pairs[p].next_of_volunteer)
      pairs.push_back(held(p));
    return pairs;
  }
  std::vector<Held> pairs_of_line(std::uint32_t n) const override {
    std::vector<Held> pairs;
    for (std::uint32_t p = state().lines[n].first_pair; p != none;
         p = state().pairs[p].next_of_line)
      pairs.push_back(held(p));
    return pairs;
  }

 private:
  State& state() { return run_.state(); }
  const State& state() const { return run_.state(); }
  Repair<Weight, Score>& repair() { return run_.repair(); }

  static LinePair pair_of(std::uint64_t key) {
    return {static_cast<std::uint32_t>(key >> 32U), static_cast<std::uint32_t>(key)};
  }
  std::uint32_t find(LinePair pair) const {
    std::uint32_t p = state().volunteers[pair.volunteer].first_pair;
    while (p != none && state().pairs[p].line != pair.line) p = state().pairs[p].next_of_volunteer;
    return p;
  }
  Held held(std::uint32_t p) const {
    const auto& pair = state().pairs[p];
    const std::int64_t points = ReadOut<Weight, Score>(state()).points_of(pair);
    return {{pair.line, {pair.volunteer, pair.slot, points}}, pair.pinned};
  }

  /// Lets the volunteer have so many pairs, whatever the limits say.
  void hold_to(std::uint32_t v, std::int32_t capacity) {
    while (state().volunteers[v].capacity > capacity) repair().lower_capacity(v);
    while (state().volunteers[v].capacity < capacity) repair().raise_capacity(v);
  }

  /// Whether nothing but the place of the pair is at stake once its pin is gone. In a slot, or on
  /// one of several lines, it may do better elsewhere with the same volunteer, which no search from
  /// its place finds; and a pin may have held what is no candidate.
  bool is_simple(std::uint32_t p) {
    const auto& pair = state().pairs[p];
    if (pair.slot != Candidate::no_slot || state().splits_offers || state().has_lines) return false;
    const auto offers = state().lines[pair.line].offers.all();
    return std::any_of(offers.begin(), offers.end(), [&](const auto& offer) {
      return offer.volunteer == pair.volunteer && offer.slots == 0 && offer.points == pair.points;
    });
  }

  /// Unpins a pair wherever its volunteer may do better: he leaves but for his other pins, and
  /// comes again like one who is new.
  void let_go(std::uint32_t p) {
    const std::uint32_t v = state().pairs[p].volunteer;
    hold_to(v, state().volunteers[v].pinned);
    repair().take_back(p);
    hold_to(v, limits_.capacity[v]);
  }

  /// A slot of the offer that no pin holds: a free one first.
  std::uint32_t slot_for(LinePair pair, const Offer& offer) const {
    const std::uint32_t slot = state().free_slot(pair.volunteer, offer.slots);
    if (slot != none) return slot;
    for (const std::uint32_t taken : source_.slots(offer.slots))
      if (!state().pairs[state().seat(pair.volunteer, taken)].pinned) return taken;
    return none;
  }

  Run run_;
  Solution first_;
  bool is_proved_ = true;
  std::vector<Request> requests_;
};

template <class... From>
std::unique_ptr<Replanner> make_of(const ProblemRange& range, Limits&& limits,
                                   EditableSource&& source, const From&... from) {
  if (range.is_narrow())
    return std::make_unique<ReplannerOf<std::int64_t, std::int64_t>>(
        std::move(limits), std::move(source), range, from...);
  return std::make_unique<ReplannerOf<int128, int128>>(std::move(limits), std::move(source), range,
                                                       from...);
}

}  // namespace

std::unique_ptr<Replanner> Replanner::make(Limits limits, EditableSource source, int128 demand_max,
                                           std::span<const StateSnapshot::Seat> before,
                                           const Options& options) {
  const ProblemRange range(limits, source.points_range(), demand_max, true);
  return make_of(range, std::move(limits), std::move(source), before, options);
}

std::unique_ptr<Replanner> Replanner::make(Limits limits, EditableSource source,
                                           const ProblemRange& range, const StateSnapshot& snapshot,
                                           int threads) {
  return make_of(range, std::move(limits), std::move(source), snapshot, threads);
}

}  // namespace jiedui::solver
