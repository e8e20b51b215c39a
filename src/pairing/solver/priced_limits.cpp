#include "priced_limits.hpp"

#include <string>

#include "slot_price_steps.hpp"
#include "solve_problem.hpp"

namespace jiedui::solver {

PricedLimits::PricedLimits(const Limits& limits, const CandidateSource& source,
                           const Options& options, std::span<const LinePair> before)
    : limits_(limits),
      source_(source),
      options_(options),
      before_(before),
      weights_(strict_weights(limits, source.points_range())),
      table_(limits),
      maker_(limits, table_, weights_),
      offers_before_(source, table_) {
  const PlanDraft pins = maker_.draft(limits.pinned);
  pinned_lent_ = pins.lent;
  pinned_kept_ = pins.kept;
}

Solution PricedLimits::solve() {
  plan_ = first_draft();
  best_ = relax({.lending = std::vector<std::int64_t>(limits_.cross.lending.size(), 0)});
  learn_from(best_->draft);
  for (bool is_better = true; is_better && !is_over();) {
    is_better = search_slot_prices();
    for (std::size_t limit = 0; limit < count() && !is_over(); ++limit)
      is_better = search_price(limit) || is_better;
    if (limits_.cross.slots != 0 && !is_over()) polish();
  }
  while (!is_over() && polish()) {
  }
  report(1);
  Solution solution = std::move(best_->solution);
  solution.pairs = plan_.pairs;
  solution.value = plan_.value;
  solution.bound = best_->bound;
  solution.lending_price.assign(best_->prices.lending.begin(), best_->prices.lending.end());
  solution.change_price = best_->prices.kept;
  add_slot_prices(best_->prices, solution);
  solution.statistics = statistics_;
  const bool is_proved = solution.value == solution.bound;
  solution.status = is_proved     ? Status::optimal
                    : is_stopped_ ? Status::interrupted
                                  : Status::bounded;
  return solution;
}

std::int64_t& PricedLimits::price_of(CrossPrices& prices, std::size_t limit) {
  return limit < prices.lending.size() ? prices.lending[limit] : prices.kept;
}

std::int64_t PricedLimits::excess(const PlanDraft& draft, std::size_t limit) const {
  const auto& lending = limits_.cross.lending;
  return limit < lending.size() ? draft.lent[limit] - lending[limit].at_most
                                : limits_.cross.kept_least() - draft.kept;
}

/// At which no pair is lent. A pair that is kept pushes out five others at most, so that greater
/// prices would hardly keep more.
std::int64_t PricedLimits::greatest_price(std::size_t limit) const {
  return limit < limits_.cross.lending.size() ? greatest_weight() : 5 * greatest_weight();
}

std::int64_t PricedLimits::greatest_weight() const {
  const std::int64_t points = std::max<std::int64_t>(source_.points_range().most, 0);
  return static_cast<std::int64_t>(weights_.least_bonus() + weights_.bonus(1)) + points + 1;
}

PricedLimits::Relaxed PricedLimits::relax(CrossPrices prices) {
  ++solves_;
  Relaxed relaxed{.prices = prices, .solution = {}, .draft = {}};
  const PricedSource source = priced(std::move(prices));
  relaxed.solution = solve_nested(with_seats(limits_, source), source,
                                  inner_options(!best_.has_value()), before_, &weights_);
  count(relaxed.solution.statistics);
  is_stopped_ = is_stopped_ || relaxed.solution.status == Status::interrupted;
  relaxed.draft = maker_.draft(pairs_of(limits_, source, relaxed.solution));
  relaxed.bound = relaxed.solution.bound;
  const auto& lending = limits_.cross.lending;
  for (std::size_t k = 0; k < lending.size(); ++k)
    relaxed.bound += int128{relaxed.prices.lending[k]} * (lending[k].at_most - pinned_lent_[k]);
  relaxed.bound -= int128{relaxed.prices.kept} * (limits_.cross.kept_least() - pinned_kept_);
  for (const auto& [place, price] : relaxed.prices.slots) relaxed.bound += price;
  return relaxed;
}

PricedSource PricedLimits::priced(CrossPrices prices) const {
  prices.lending.resize(limits_.cross.lending.size());
  const std::int64_t too_much = greatest_weight() + prices.kept;
  return {source_, table_, offers_before_, std::move(prices), limits_.volunteers(), too_much};
}

std::vector<ChosenPair> PricedLimits::pairs_of(const Limits& limits, const PricedSource& source,
                                               const Solution& solution) {
  std::vector<ChosenPair> pins = limits.pinned;
  const auto place_of = [](const ChosenPair& pair) {
    return LinePair{pair.need, pair.candidate.volunteer};
  };
  std::sort(pins.begin(), pins.end(),
            [&](const ChosenPair& a, const ChosenPair& b) { return place_of(a) < place_of(b); });
  std::vector<ChosenPair> pairs = solution.pairs;
  auto pin = pins.begin();
  for (ChosenPair& pair : pairs) {
    while (pin != pins.end() && place_of(*pin) < place_of(pair)) ++pin;
    pair.candidate = pin != pins.end() && place_of(*pin) == place_of(pair)
                         ? pin->candidate
                         : source.candidate_of(pair);
  }
  return pairs;
}

Limits PricedLimits::with_seats(Limits limits, const PricedSource& source) {
  for (ChosenPair& pin : limits.pinned) pin.candidate.slot = source.seat_of(pin.candidate);
  return limits;
}

void PricedLimits::learn_from(const PlanDraft& relaxed) {
  const auto take = [&](PlanDraft draft) {
    if (maker_.is_within_limits(draft) && draft.value > plan_.value) plan_ = std::move(draft);
  };
  const PlanDraft apart = maker_.without_overlaps(relaxed);
  take(maker_.mixed(plan_, apart));
  if (!relaxed.overlapping.empty()) take(maker_.mixed(plan_, relaxed));
  take(maker_.without_excess(apart));
}

PricedLimits::Probe PricedLimits::probe(std::size_t limit, std::int64_t price) {
  CrossPrices prices = best_->prices;
  price_of(prices, limit) = price;
  Relaxed relaxed = relax(std::move(prices));
  const Probe found{price, excess(relaxed.draft, limit), relaxed.bound};
  learn_from(relaxed.draft);
  if (relaxed.bound < best_->bound) best_ = std::move(relaxed);
  report(0.1 + 0.8 * solves_ / solves_max);
  return found;
}

/// As a function of one price the bound is convex and made of lines, one for each plan: the next
/// price is where the lines found on both sides meet (Newton's method for such functions).
bool PricedLimits::search_price(std::size_t limit) {
  const int128 bound_before = best_->bound;
  const Probe here{price_of(best_->prices, limit), excess(best_->draft, limit), best_->bound};
  Probe low = here;
  Probe high = here;
  if (here.excess > 0) {
    if (here.price >= greatest_price(limit)) return false;
    high = probe(limit, greatest_price(limit));
  } else {
    if (here.price == 0) return false;
    low = probe(limit, 0);
  }
  while (!is_over() && low.excess > 0 && high.excess <= 0 && high.price - low.price > 1) {
    const int128 meeting =
        low.price + (low.bound - high.at(low.price)) / (int128{low.excess} - high.excess);
    const auto price = static_cast<std::int64_t>(
        std::clamp<int128>(meeting, int128{low.price} + 1, int128{high.price} - 1));
    const Probe next = probe(limit, price);
    // On the lines already, the least bound lies here or one further.
    const bool is_least = next.bound == std::max(low.at(price), high.at(price)) &&
                          (next.excess <= 0 || high.at(price + 1) >= next.bound);
    (next.excess > 0 ? low : high) = next;
    if (is_least) break;
  }
  return best_->bound < bound_before;
}

bool PricedLimits::search_slot_prices() {
  if (limits_.cross.slots == 0) return false;
  const int128 bound_before = best_->bound;
  const auto [least, most] = source_.points_range();
  const bool is_first = best_->prices.slots.empty();
  SlotPriceSteps steps(table_, is_first ? std::max<std::int64_t>(1, (most - least) / 16) : 1,
                       greatest_weight() + best_->prices.kept);
  CrossPrices prices = best_->prices;
  PlanDraft draft = best_->draft;
  for (int i = 0; i < slot_steps && !is_over() && steps.step(draft, prices); ++i) {
    Relaxed relaxed = relax(prices);
    learn_from(relaxed.draft);
    draft = relaxed.draft;
    if (relaxed.bound < best_->bound) best_ = std::move(relaxed);
    report(0.1 + 0.8 * solves_ / solves_max);
  }
  // As long as it closes some of the gap.
  return bound_before - best_->bound > (best_->bound - plan_.value) / 8;
}

bool PricedLimits::polish() {
  const int128 value_before = plan_.value;
  contested_.insert(best_->draft.overlapping.begin(), best_->draft.overlapping.end());
  for (std::size_t known = 0; !is_over(); known = contested_.size()) {
    polish_once();
    if (contested_.size() == known) break;
  }
  return plan_.value > value_before;
}

void PricedLimits::polish_once() {
  ++solves_;
  PricedSource source = priced({});
  source.restrict_to(lent_pairs());
  if (limits_.cross.slots != 0) source.restrict_to(blocks());
  const Limits fixed = with_kept_pinned();
  const Solution solution =
      solve_nested(with_seats(fixed, source), source, inner_options(false), before_, &weights_);
  count(solution.statistics);
  is_stopped_ = is_stopped_ || solution.status == Status::interrupted;
  const PlanDraft draft = maker_.draft(pairs_of(fixed, source, solution));
  contested_.insert(draft.overlapping.begin(), draft.overlapping.end());
  learn_from(draft);
}

SlotBlocks PricedLimits::blocks() const {
  SlotBlocks blocks;
  for (const PlanDraft* draft : {&plan_, &best_->draft})
    for (const ChosenPair& pair : draft->pairs) {
      if (!contested_.contains(pair.candidate.volunteer)) continue;
      const SlotRun run = table_.run(pair.candidate.slot);
      std::vector<SlotRun>& known = blocks[pair.candidate.volunteer];
      if (std::none_of(known.begin(), known.end(),
                       [&](SlotRun other) { return other.overlaps(run); }))
        known.push_back(run);
    }
  return blocks;
}

std::vector<LinePair> PricedLimits::lent_pairs() const {
  std::vector<std::int64_t> room;
  for (std::size_t k = 0; k < limits_.cross.lending.size(); ++k)
    room.push_back(limits_.cross.lending[k].at_most - plan_.lent[k]);
  std::vector<LinePair> lent;
  for (const ChosenPair& pair : plan_.pairs)
    if (table_.lending(pair.need, pair.candidate.volunteer) != CrossTable::no_limit)
      lent.push_back({pair.need, pair.candidate.volunteer});
  for (const ChosenPair& pair : best_->draft.pairs) {
    const LinePair place{pair.need, pair.candidate.volunteer};
    const std::uint32_t k = table_.lending(place.line, place.volunteer);
    if (k == CrossTable::no_limit || room[k] <= 0 || plan_.has(place)) continue;
    lent.push_back(place);
    --room[k];
  }
  std::sort(lent.begin(), lent.end());
  return lent;
}

Limits PricedLimits::with_kept_pinned() const {
  Limits fixed = limits_;
  const PlanDraft pins = maker_.draft(limits_.pinned);
  std::int64_t missing = limits_.cross.kept_least() - pinned_kept_;
  // Those first that the relaxed plan has too.
  for (const bool is_in_both : {true, false})
    for (const ChosenPair& pair : plan_.pairs) {
      const LinePair place{pair.need, pair.candidate.volunteer};
      if (missing <= 0) return fixed;
      if (!table_.was_before(place.line, place.volunteer) || pins.has(place) ||
          best_->draft.has(place) != is_in_both)
        continue;
      fixed.pinned.push_back(pair);
      --missing;
    }
  return fixed;
}

/// The pins alone, or as many pairs of the plan before as there can be.
PlanDraft PricedLimits::first_draft() {
  const CrossLimits& cross = limits_.cross;
  if (pinned_kept_ >= cross.kept_least()) return maker_.draft(limits_.pinned);
  Instance problem;
  static_cast<Limits&>(problem) = limits_;
  problem.cross = {};
  problem.cross.slots = cross.slots;
  problem.tier.assign(problem.needs(), 1);
  problem.load_cost.clear();
  problem.least.clear();
  std::vector<std::int64_t> lent = pinned_lent_;
  std::map<std::pair<LinePair, std::uint32_t>, std::int64_t> points;  // by pair and slot
  problem.first = {0};
  for (std::uint32_t line = 0; line < problem.needs(); ++line) {
    std::map<std::uint32_t, bool> may_lend;
    for (const Offer& offer : offers_before_.of(line)) {
      const std::uint32_t k = table_.lending(line, offer.volunteer);
      const auto [known, is_new] = may_lend.try_emplace(offer.volunteer, true);
      if (is_new && k != CrossTable::no_limit)
        known->second = ++lent[k] <= cross.lending[k].at_most;
      if (!known->second) continue;
      for (const std::uint32_t slot : source_.slots(offer.slots)) {
        points[{{line, offer.volunteer}, slot}] = offer.points;
        problem.candidates.push_back({offer.volunteer, slot, 0});
      }
    }
    problem.first.push_back(problem.candidates.size());
  }
  for (ChosenPair& pin : problem.pinned) {
    points[{{pin.need, pin.candidate.volunteer}, pin.candidate.slot}] = pin.candidate.points;
    pin.candidate.points = 0;
  }
  Solution solution = solver::solve(problem);
  for (ChosenPair& pair : solution.pairs)
    pair.candidate.points = points.at({{pair.need, pair.candidate.volunteer}, pair.candidate.slot});
  PlanDraft draft = maker_.draft(std::move(solution.pairs));
  if (maker_.is_within_limits(draft)) return draft;
  const std::int64_t fewest = cross.before_count - draft.kept;
  throw Error({.code = "changes_infeasible",
               .place = "changes_at_most",
               .message = cross.lending.empty() && solution.status == Status::optimal
                              ? "every plan drops more pairs of the plan before"
                              : "no plan was found that drops so few pairs of the plan before",
               .allowed = std::to_string(fewest) + " or more",
               .way_out = "allow more changes, or raise the limit that the plan before exceeds"});
}

Options PricedLimits::inner_options(bool is_first) {
  Options options{.threads = options_.threads, .stop = options_.stop, .progress = {}};
  // At prices of 0 its bound is one for the whole problem.
  if (is_first && options_.progress)
    options.progress = [this](const Progress& now) {
      options_.progress({.fraction = 0.1 * now.fraction, .value = plan_.value, .bound = now.bound});
    };
  return options;
}

/// A pair that pays for its first slot, because others begin there, pays for it as one of all that
/// it takes: that leaves the bound as it is, and every pair that takes the slot may pay as much.
void PricedLimits::add_slot_prices(const CrossPrices& prices, Solution& solution) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int128> sums;
  for (const auto& [volunteer, slot, price] : solution.slot_price) sums[{volunteer, slot}] = price;
  for (const auto& [place, price] : prices.slots) sums[place] += price;
  solution.slot_price.clear();
  for (const auto& [place, price] : sums)
    solution.slot_price.push_back({place.first, place.second, price});
}

void PricedLimits::report(double fraction) const {
  if (options_.progress)
    options_.progress({.fraction = fraction, .value = plan_.value, .bound = best_->bound});
}

void PricedLimits::count(const Statistics& statistics) {
  statistics_.candidates = std::max(statistics_.candidates, statistics.candidates);
  statistics_.relaxations += statistics.relaxations;
  statistics_.scans += statistics.scans;
  statistics_.paths += statistics.paths;
  statistics_.build_seconds += statistics.build_seconds;
  statistics_.solve_seconds += statistics.solve_seconds;
}

}  // namespace jiedui::solver
