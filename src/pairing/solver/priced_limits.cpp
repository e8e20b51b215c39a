#include "priced_limits.hpp"

#include <string>

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
    is_better = false;
    for (std::size_t limit = 0; limit < count() && !is_over(); ++limit)
      is_better = search_price(limit) || is_better;
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
  const std::int64_t points = std::max<std::int64_t>(source_.points_range().most, 0);
  const auto weight =
      static_cast<std::int64_t>(weights_.least_bonus() + weights_.bonus(1)) + points + 1;
  return limit < limits_.cross.lending.size() ? weight : 5 * weight;
}

PricedLimits::Relaxed PricedLimits::relax(CrossPrices prices) {
  ++solves_;
  Relaxed relaxed{.prices = prices, .solution = {}, .draft = {}};
  const PricedSource source(source_, table_, offers_before_, std::move(prices));
  relaxed.solution =
      solve_nested(limits_, source, inner_options(!best_.has_value()), before_, &weights_);
  count(relaxed.solution.statistics);
  is_stopped_ = is_stopped_ || relaxed.solution.status == Status::interrupted;
  std::vector<LinePair> pins;
  for (const ChosenPair& pin : limits_.pinned) pins.push_back({pin.need, pin.candidate.volunteer});
  std::sort(pins.begin(), pins.end());
  std::vector<ChosenPair> pairs = std::move(relaxed.solution.pairs);
  for (ChosenPair& pair : pairs) {
    const LinePair place{pair.need, pair.candidate.volunteer};
    if (!std::binary_search(pins.begin(), pins.end(), place))
      pair.candidate.points += source.price(place.line, place.volunteer);
  }
  relaxed.draft = maker_.draft(std::move(pairs));
  relaxed.bound = relaxed.solution.bound;
  const auto& lending = limits_.cross.lending;
  for (std::size_t k = 0; k < lending.size(); ++k)
    relaxed.bound += int128{relaxed.prices.lending[k]} * (lending[k].at_most - pinned_lent_[k]);
  relaxed.bound -= int128{relaxed.prices.kept} * (limits_.cross.kept_least() - pinned_kept_);
  return relaxed;
}

void PricedLimits::learn_from(const PlanDraft& relaxed) {
  const auto take = [&](PlanDraft draft) {
    if (maker_.is_within_limits(draft) && draft.value > plan_.value) plan_ = std::move(draft);
  };
  take(maker_.mixed(plan_, relaxed));
  take(maker_.without_excess(relaxed));
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

bool PricedLimits::polish() {
  ++solves_;
  PricedSource source(source_, table_, offers_before_,
                      {.lending = std::vector<std::int64_t>(limits_.cross.lending.size(), 0)});
  source.restrict_to(lent_pairs());
  const Limits fixed = with_kept_pinned();
  const Solution solution = solve_nested(fixed, source, inner_options(false), before_, &weights_);
  count(solution.statistics);
  is_stopped_ = is_stopped_ || solution.status == Status::interrupted;
  PlanDraft draft = maker_.draft(solution.pairs);
  if (!maker_.is_within_limits(draft) || draft.value <= plan_.value) return false;
  plan_ = std::move(draft);
  return true;
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
               .message = cross.lending.empty()
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
