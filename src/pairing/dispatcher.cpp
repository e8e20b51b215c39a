#include "jiedui/pairing/dispatcher.hpp"

#include <algorithm>

#include "dispatcher_state.hpp"

namespace jiedui {

Dispatcher::Dispatcher(Market market, const SolveOptions& options)
    : state_(std::make_unique<State>(std::move(market), options)) {}
Dispatcher::Dispatcher(const DispatcherData& data, const DispatcherTerms& terms)
    : state_(std::make_unique<State>(data, terms)) {}
Dispatcher::Dispatcher(Dispatcher&&) noexcept = default;
Dispatcher& Dispatcher::operator=(Dispatcher&&) noexcept = default;
Dispatcher::~Dispatcher() = default;

PlanChange Dispatcher::add_volunteer(const Volunteer& row) {
  state_->add(row);
  return state_->change();
}
PlanChange Dispatcher::edit_volunteer(const Volunteer& row) {
  state_->edit(row);
  return state_->change();
}
PlanChange Dispatcher::withdraw_volunteer(std::string_view volunteer) {
  state_->withdraw_volunteer(volunteer);
  return state_->change();
}
PlanChange Dispatcher::add_need(const Need& row) {
  state_->add(row);
  return state_->change();
}
PlanChange Dispatcher::edit_need(const Need& row) {
  state_->edit(row);
  return state_->change();
}
PlanChange Dispatcher::withdraw_need(std::string_view need) {
  state_->withdraw_need(need);
  return state_->change();
}
PlanChange Dispatcher::decline(std::string_view volunteer, std::string_view need) {
  state_->decline(volunteer, need);
  return state_->change();
}
PlanChange Dispatcher::pin(std::string_view volunteer, std::string_view need) {
  state_->pin(volunteer, need);
  return state_->change();
}
PlanChange Dispatcher::confirm(std::string_view volunteer, std::string_view need) {
  state_->confirm(volunteer, need);
  return state_->change();
}
PlanChange Dispatcher::unpin(std::string_view volunteer, std::string_view need) {
  state_->unpin(volunteer, need);
  return state_->change();
}
PlanChange Dispatcher::set_capacity(std::string_view volunteer, std::int32_t pairs) {
  state_->set_capacity(volunteer, pairs);
  return state_->change();
}
PlanChange Dispatcher::set_demand(std::string_view need, std::int32_t people) {
  state_->set_demand(need, people);
  return state_->change();
}

PlanChange Dispatcher::advance(Instant now) {
  std::vector<std::string> closed = state_->advance(now);
  PlanChange change = state_->change();
  change.closed = std::move(closed);
  return change;
}

std::optional<Instant> Dispatcher::clock() const {
  return state_->day->clock;
}

namespace {

/// The error of an operation of a batch.
[[noreturn]] void refuse_at(std::size_t index, const Error& error) {
  const std::string place = "operation " + std::to_string(index);
  if (const auto* input = dynamic_cast<const InputError*>(&error)) {
    std::vector<Problem> problems = input->problems();
    for (Problem& problem : problems) problem.table = place + ", " + problem.table;
    throw InputError(std::move(problems), input->problem_count());
  }
  Error::Parts parts = error.parts();
  parts.place = place + ", " + parts.place;
  throw Error(std::move(parts));
}

}  // namespace

PlanChange Dispatcher::apply(const Operations& operations) {
  using Kind = Operations::Kind;
  State& state = *state_;
  const auto apply_one = [&](const Operations::One& one) {
    const auto* names = std::get_if<Operations::Names>(&one.what);
    switch (one.kind) {
      case Kind::add_volunteer:
        return state.add(std::get<Volunteer>(one.what));
      case Kind::edit_volunteer:
        return state.edit(std::get<Volunteer>(one.what));
      case Kind::withdraw_volunteer:
        return state.withdraw_volunteer(names->volunteer);
      case Kind::add_need:
        return state.add(std::get<Need>(one.what));
      case Kind::edit_need:
        return state.edit(std::get<Need>(one.what));
      case Kind::withdraw_need:
        return state.withdraw_need(names->need);
      case Kind::decline:
        return state.decline(names->volunteer, names->need);
      case Kind::pin:
        return state.pin(names->volunteer, names->need);
      case Kind::confirm:
        return state.confirm(names->volunteer, names->need);
      case Kind::unpin:
        return state.unpin(names->volunteer, names->need);
      case Kind::set_capacity:
        return state.set_capacity(names->volunteer, names->number);
      case Kind::set_demand:
        return state.set_demand(names->need, names->number);
    }
  };
  state.begin_batch();
  for (std::size_t i = 0; i < operations.size(); ++i) try {
      apply_one(operations.all_[i]);
    } catch (const Error& error) {
      state.undo_batch();
      refuse_at(i, error);
    } catch (...) {
      state.undo_batch();
      throw;
    }
  state.end_batch();
  return state.change();
}

PlanChange Dispatcher::update(Market market, const SolveOptions& options) {
  const Plan before = plan();
  const DayPlan& old = *state_->day;
  SolveOptions with = options;
  with.before = &before;
  auto next = std::make_unique<State>(std::move(market), with);
  DayPlan& now = *next->day;
  const auto carry = [&](LinePair pair, auto apply) {
    const auto v = now.find_volunteer(old.volunteer_id(pair.volunteer));
    const auto n = now.find_line(old.need_id(pair.line));
    if (v && n) apply(LinePair{*n, *v});  // who is gone needs no pin
  };
  for (const LinePair& pair : old.planner->source().forbidden())
    carry(pair, [&](LinePair here) { now.planner->forbid(here); });
  for (const solver::ChosenPair& pin : old.planner->limits_with_pins().pinned) {
    const LinePair pair{pin.need, pin.candidate.volunteer};
    carry(pair, [&](LinePair here) {
      const auto offer = now.offer(here);
      if (now.planner->serves(here) || (offer && now.planner->pin(here, *offer)))
        now.planner->pin(here, {});
    });
  }
  now.planner->accept();
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

namespace {

/// Where a need has several lines, what a choice costs is found by making it, in a plan of its own.
std::vector<solver::Choice> tried(const DayPlan& day, std::uint32_t line,
                                  std::span<const solver::Offer> offers) {
  std::vector<solver::Choice> choices;
  const solver::StateSnapshot now = day.planner->snapshot();
  const solver::Limits limits = day.planner->limits_with_pins();
  for (const solver::Offer& offer : offers) {
    const LinePair pair{line, offer.volunteer};
    solver::Choice choice{offer, 0};
    if (!day.planner->serves(pair)) {
      const auto trial =
          solver::Replanner::make(limits, day.planner->source(), day.planner->range(), now, 1);
      if (!trial->pin(pair, offer)) continue;
      choice.cost = day.planner->value() - trial->value();
    }
    choices.push_back(choice);
  }
  return choices;
}

}  // namespace

std::vector<Proposal> Dispatcher::propose(std::string_view need, std::size_t count) {
  const DayPlan& day = *state_->day;
  const std::uint32_t n = day.line(need);
  std::vector<solver::Offer> offers;
  day.planner->source().best(n, count, offers);
  std::stable_sort(offers.begin(), offers.end(),
                   [](const auto& a, const auto& b) { return a.points > b.points; });
  std::erase_if(offers, [&](const solver::Offer& offer) {
    return day.planner->limits().capacity[offer.volunteer] == 0;
  });
  if (offers.size() > count) offers.resize(count);
  const std::vector<solver::Choice> choices =
      day.planner->limits().need.empty() ? day.planner->choices(n, offers) : tried(day, n, offers);
  std::vector<Proposal> proposals;
  const int128 step = day.planner->range().weights.step;
  for (const solver::Choice& choice : choices) {
    Proposal proposal{.volunteer = day.volunteer_id(choice.offer.volunteer),
                      .points = Points{choice.offer.points},
                      .cost = choice.cost,
                      .points_lost = {}};
    if (choice.cost > -step / 2 && choice.cost < step / 2) proposal.points_lost = choice.cost;
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

Plan Dispatcher::plan() const {
  return state_->day->plan();
}
Market Dispatcher::market() const {
  return state_->day->market();
}
Network Dispatcher::network() const {
  return state_->day->network();
}

DispatcherData Dispatcher::data() {
  DispatcherData data = state_->day->data();
  state_->day = DayPlan::restored(data, state_->day->terms());
  return data;
}

}  // namespace jiedui
