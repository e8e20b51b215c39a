#include "jiedui/pairing/dispatcher.hpp"

#include <algorithm>

#include "market_state.hpp"
#include "plan_of.hpp"
#include "refusal.hpp"
#include "solver/problem_range.hpp"
#include "solver/replanner.hpp"

namespace jiedui {

using solver::LinePair;

struct Dispatcher::State {
  const auto& room() const { return MarketAccess::state(market); }

  State(Market of, const SolveOptions& options) : market(std::move(of)) {
    std::vector<LinePair> before;
    if (options.before != nullptr) before = kept_pairs(market, *options.before);
    make(room().numbered_limits(), solver::EditableSource(room().source()), before, options);
  }

  void make(solver::Limits limits, solver::EditableSource source, std::span<const LinePair> before,
            const SolveOptions& options) {
    refuse_cross_limits(limits);
    demand_max = 2 * solver::total_demand(limits) + 1'000;
    planner = solver::Replanner::make(std::move(limits), std::move(source), demand_max, before,
                                      numeric(options));
    if (planner->solution().status == PlanStatus::interrupted)
      throw Error({.code = "interrupted",
                   .place = "dispatcher",
                   .message = "stopped before the first plan was optimal",
                   .allowed = "",
                   .way_out = "solve() gives a plan when stopped"});
  }
  std::vector<LinePair> pairs() const {
    std::vector<LinePair> found;
    for (const solver::ChosenPair& pair : planner->solution().pairs)
      found.push_back({pair.need, pair.candidate.volunteer});
    return found;
  }

  std::uint32_t volunteer(std::string_view id) const {
    return room().volunteers().number(market.volunteer_index(id).value());
  }
  std::uint32_t line(std::string_view id) const {
    return room().lines().number(market.need_index(id).value());
  }
  LinePair pair(std::string_view volunteer_id, std::string_view need_id) const {
    return {line(need_id), volunteer(volunteer_id)};
  }
  std::string volunteer_id(std::uint32_t number) const {
    return market.volunteer_id(VolunteerIndex{room().volunteer_row(number)});
  }
  std::string need_id(std::uint32_t number) const {
    return market.need_id(NeedIndex{room().line_row(number)});
  }

  PlanChange named(const solver::Change& change) const {
    PlanChange named;
    const auto name = [&](const std::vector<LinePair>& pairs, std::vector<PairName>& out) {
      for (const LinePair& pair : pairs)
        out.push_back({volunteer_id(pair.volunteer), need_id(pair.line)});
    };
    name(change.added, named.added);
    name(change.dropped, named.dropped);
    name(change.moved, named.moved);
    complete(named);
    return named;
  }
  static void complete(PlanChange& change) {
    for (auto* list : {&change.added, &change.dropped, &change.moved}) {
      std::sort(list->begin(), list->end(), [](const PairName& a, const PairName& b) {
        return std::tie(a.need, a.volunteer) < std::tie(b.need, b.volunteer);
      });
      for (const PairName& pair : *list) {
        change.volunteers.push_back(pair.volunteer);
        change.needs.push_back(pair.need);
      }
    }
    for (auto* ids : {&change.volunteers, &change.needs}) {
      std::sort(ids->begin(), ids->end());
      ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
    }
  }

  /// The offer of the volunteer for the line.
  std::optional<solver::Offer> offer(LinePair pair) const {
    std::vector<solver::Request> requests;
    planner->source().requests_of(pair.volunteer, requests);
    for (const solver::Request& request : requests)
      if (request.line == pair.line)
        return solver::Offer{pair.volunteer, request.slots, request.points};
    return std::nullopt;
  }

  std::int32_t pinned(std::uint32_t number, bool of_line) const {
    std::int32_t count = 0;
    for (const solver::ChosenPair& pin : planner->limits().pinned)
      count += (of_line ? pin.need : pin.candidate.volunteer) == number ? 1 : 0;
    return count;
  }

  Market market;
  std::unique_ptr<solver::Replanner> planner;
  int128 demand_max = 0;
};

namespace {

std::string place_of(std::string_view volunteer, std::string_view need) {
  return place_of(PairName{std::string(volunteer), std::string(need)});
}

}  // namespace

Dispatcher::Dispatcher(Market market, const SolveOptions& options)
    : state_(std::make_unique<State>(std::move(market), options)) {}
Dispatcher::Dispatcher(Dispatcher&&) noexcept = default;
Dispatcher& Dispatcher::operator=(Dispatcher&&) noexcept = default;
Dispatcher::~Dispatcher() = default;

PlanChange Dispatcher::decline(std::string_view volunteer, std::string_view need) {
  return state_->named(state_->planner->forbid(state_->pair(volunteer, need)));
}

PlanChange Dispatcher::pin(std::string_view volunteer, std::string_view need) {
  const LinePair pair = state_->pair(volunteer, need);
  const auto offer = state_->offer(pair);
  if (!offer)
    refuse("pin_not_eligible", place_of(volunteer, need), "the two may not be paired",
           "eligible pairs", "see market().reasons_against()");
  const auto change = state_->planner->pin(pair, *offer);
  if (!change)
    refuse("pin_infeasible", place_of(volunteer, need), "other pins leave no room for the pair",
           "pins within capacity, slots, demand and totals", "unpin another pair first");
  return state_->named(*change);
}

PlanChange Dispatcher::confirm(std::string_view volunteer, std::string_view need) {
  if (!state_->planner->serves(state_->pair(volunteer, need)))
    refuse("pair_unknown", place_of(volunteer, need), "the plan does not have the pair",
           "pairs of plan()", "pin() puts a pair into the plan");
  return pin(volunteer, need);
}

PlanChange Dispatcher::unpin(std::string_view volunteer, std::string_view need) {
  return state_->named(state_->planner->unpin(state_->pair(volunteer, need)));
}

PlanChange Dispatcher::set_capacity(std::string_view volunteer, std::int32_t pairs) {
  const std::uint32_t v = state_->volunteer(volunteer);
  const std::int32_t least = state_->pinned(v, false);
  // The market knows no candidates of one who had no capacity when it was made.
  const std::int32_t most =
      state_->market.limits().capacity[state_->room().volunteer_row(v)] > 0 ? 10'000 : 0;
  if (pairs < least || pairs > most)
    refuse("capacity_out_of_range", "volunteer " + std::string(volunteer),
           std::to_string(pairs) + " pairs cannot be the capacity",
           std::to_string(least) + " to " + std::to_string(most),
           "unpin pairs, or make a market in which the volunteer has a capacity");
  return state_->named(state_->planner->set_capacity(v, pairs));
}

PlanChange Dispatcher::set_demand(std::string_view need, std::int32_t people) {
  const std::uint32_t n = state_->line(need);
  const std::int32_t least = state_->pinned(n, true);
  if (people < least || people > 100'000)
    refuse("demand_out_of_range", "need " + std::string(need),
           std::to_string(people) + " people cannot be the demand",
           std::to_string(least) + " to 100000", "unpin pairs, or ask for fewer");
  const solver::Limits& limits = state_->planner->limits();
  if (solver::total_demand(limits) - limits.demand[n] + people > state_->demand_max) {
    // The weights leave no room for so many: the same problem with larger ones.
    solver::Limits grown = limits;
    const auto before = state_->pairs();
    state_->make(std::move(grown), state_->planner->source(), before, {});
  }
  return state_->named(state_->planner->set_demand(n, people));
}

PlanChange Dispatcher::update(Market market, const SolveOptions& options) {
  const Plan before = plan();
  auto next = std::make_unique<State>(std::move(market), [&] {
    SolveOptions with = options;
    with.before = &before;
    return with;
  }());
  const auto carry = [&](std::uint32_t line, std::uint32_t volunteer, auto apply) {
    const auto v = next->market.find_volunteer(state_->volunteer_id(volunteer));
    const auto n = next->market.find_need(state_->need_id(line));
    if (!v || !n) return;  // who is gone needs no pin
    apply(LinePair{next->room().lines().number(n->value()),
                   next->room().volunteers().number(v->value())});
  };
  for (const LinePair& pair : state_->planner->source().forbidden())
    carry(pair.line, pair.volunteer, [&](LinePair now) { next->planner->forbid(now); });
  for (const solver::ChosenPair& pin : state_->planner->limits().pinned)
    carry(pin.need, pin.candidate.volunteer, [&](LinePair now) {
      if (const auto offer = next->offer(now)) next->planner->pin(now, *offer);
    });
  state_ = std::move(next);

  PlanChange change;
  const Plan after = plan();
  const auto is_less = [](const PlanData::Entry& a, const PlanData::Entry& b) {
    return std::tie(a.pair.need, a.pair.volunteer) < std::tie(b.pair.need, b.pair.volunteer);
  };
  const auto& old_pairs = before.data().pairs;
  const auto& new_pairs = after.data().pairs;
  auto a = old_pairs.begin();
  auto b = new_pairs.begin();
  while (a != old_pairs.end() || b != new_pairs.end()) {
    if (b == new_pairs.end() || (a != old_pairs.end() && is_less(*a, *b))) {
      change.dropped.push_back({a->pair.volunteer, a->pair.need});
      ++a;
    } else if (a == old_pairs.end() || is_less(*b, *a)) {
      change.added.push_back({b->pair.volunteer, b->pair.need});
      ++b;
    } else {
      if (a->pair.begins != b->pair.begins)
        change.moved.push_back({a->pair.volunteer, a->pair.need});
      ++a;
      ++b;
    }
  }
  State::complete(change);
  return change;
}

std::vector<Proposal> Dispatcher::propose(std::string_view need, std::size_t count) {
  const std::uint32_t n = state_->line(need);
  if (!state_->planner->limits().need.empty())
    refuse("lines_not_proposed", "need " + std::string(need),
           "what a choice costs is not worked out where a need of the market has several lines",
           "markets without part_of", "pin() the pair and look at the change");
  std::vector<solver::Offer> offers;
  state_->planner->source().best(n, count, offers);
  std::stable_sort(offers.begin(), offers.end(),
                   [](const auto& a, const auto& b) { return a.points > b.points; });
  std::erase_if(offers, [&](const solver::Offer& offer) {
    return state_->planner->limits().capacity[offer.volunteer] == 0;
  });
  if (offers.size() > count) offers.resize(count);
  std::vector<Proposal> proposals;
  const int128 step = state_->planner->weights().step;
  for (const solver::Choice& choice : state_->planner->choices(n, offers)) {
    Proposal proposal{.volunteer = state_->volunteer_id(choice.offer.volunteer),
                      .points = Points{choice.offer.points},
                      .cost = choice.cost,
                      .points_lost = {}};
    if (choice.cost > -step / 2 && choice.cost < step / 2) proposal.points_lost = choice.cost;
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

Plan Dispatcher::plan() const {
  return plan_of(market(), state_->planner->solution());
}

Market Dispatcher::market() const {
  std::vector<RowPair> forbidden;  // volunteer, need
  for (const LinePair& pair : state_->planner->source().forbidden())
    forbidden.emplace_back(state_->room().volunteer_row(pair.volunteer),
                           state_->room().line_row(pair.line));
  return MarketAccess::with(state_->market, state_->room().limits_by_row(state_->planner->limits()),
                            forbidden);
}

}  // namespace jiedui
