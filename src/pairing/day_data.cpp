#include <algorithm>
#include <limits>
#include <tuple>

#include "clock_lifted.hpp"
#include "day_plan.hpp"
#include "refusal.hpp"

// A day as plain data, and back.

namespace jiedui {

namespace {

using solver::ChosenPair;
using solver::ProblemRange;
using solver::StateSnapshot;
using Hold = DispatcherData::Hold;

constexpr std::int32_t capacity_most = 10'000;
constexpr std::int32_t demand_most = 100'000;

[[noreturn]] void refuse_data(std::string place, std::string message, std::string allowed) {
  refuse("dispatcher_invalid", std::move(place), std::move(message), std::move(allowed),
         "save the Dispatcher again, or make one from the market");
}
[[noreturn]] void refuse_proof(std::string place, std::string message) {
  refuse("dispatcher_not_proved", std::move(place), std::move(message),
         "what a Dispatcher with the same rules and points has saved",
         "make a Dispatcher from the market");
}

std::vector<std::string> names_of(const Rules& rules) {
  std::vector<std::string> found;
  constexpr auto standard = names(StandardRule{});
  for (std::size_t i = 0; i < standard.size(); ++i)
    if (rules.has(static_cast<StandardRule>(i))) found.emplace_back(standard[i]);
  for (const Rules::Own& own : rules.own()) found.push_back(own.code);
  return found;
}
std::vector<DispatcherData::TermWeight> weights_of(const PointTerms& terms) {
  std::vector<DispatcherData::TermWeight> found;
  constexpr auto standard = names(StandardTerm{});
  for (std::size_t i = 0; i < standard.size(); ++i)
    found.push_back({std::string(standard[i]), terms.weight_of(static_cast<StandardTerm>(i))});
  for (const PointTerms::Own& own : terms.own()) found.push_back({own.code, own.weight});
  return found;
}

Market market_of(const DispatcherData& data, const DispatcherTerms& terms) {
  const auto hold = [](bool is_same, const char* place) {
    if (!is_same)
      refuse("terms_differ", place, "the Dispatcher was saved with others",
             "those that it was made with", "give the same ones again");
  };
  hold(data.rules == names_of(terms.rules), "rules");
  hold(data.points == weights_of(terms.points), "points");
  hold(data.is_by_road == terms.roads.has_value(), "roads");
  MarketOptions options = data.options;
  options.roads = terms.roads;
  options.threads = terms.threads;
  options.control = {};
  return Market(data.network, terms.rules, terms.points, std::move(options));
}

template <class Number>
void check_column(const std::vector<Number>& column, std::size_t rows, Number least, Number most,
                  const char* place) {
  if (column.size() != rows) refuse_data(place, "the column has another length", "a row each");
  for (const Number number : column)
    if (number < least || number > most)
      refuse_data(place, "a number is out of range", "the range that operations hold to");
}

/// Columns and pairs, but for what they have to do with each other.
void check_rows(const DispatcherData& data) {
  const std::size_t volunteers = data.network.volunteer_count();
  const std::size_t needs = data.network.need_count();
  constexpr std::int32_t any = std::numeric_limits<std::int32_t>::max();
  check_column(data.capacity, volunteers, 0, capacity_most, "capacity");
  check_column(data.demand, needs, 0, demand_most, "demand");
  if (!data.least.empty()) check_column(data.least, volunteers, 0, any, "least");
  if (!data.load_before.empty()) check_column(data.load_before, volunteers, 0, any, "load_before");
  const DispatcherData::Pair* before = nullptr;
  for (const DispatcherData::Pair& pair : data.pairs) {
    if (pair.volunteer >= volunteers || pair.need >= needs)
      refuse_data("pairs", "a pair names a row that is not there", "rows of the network");
    if (pair.hold > Hold::begun)
      refuse_data("pairs", "how a pair is held is unknown", "free, pinned or begun");
    if (before != nullptr &&
        std::pair(before->need, before->volunteer) >= std::pair(pair.need, pair.volunteer))
      refuse_data("pairs", "a pair is out of order", "pairs by need, then volunteer, each once");
    before = &pair;
  }
}

/// That all pairs together keep the limits: as if each were a pin.
void check_limits(const DispatcherData& data, const solver::Limits& by_row) {
  solver::Instance instance;
  static_cast<solver::Limits&>(instance) = by_row;
  instance.least.clear();  // a capacity may be less
  instance.pinned.clear();
  instance.first.assign(by_row.needs() + 1, 0);
  for (const DispatcherData::Pair& pair : data.pairs)
    instance.pinned.push_back({pair.need, {pair.volunteer, pair.slot, pair.points}});
  try {
    solver::check(instance);
  } catch (const Error& error) {
    refuse_data(error.parts().place, "the pairs do not keep the limits", error.parts().allowed);
  }
}

/// That the pairs so held are candidates, with the points and in the slots that they have.
void check_eligible(const DispatcherData& data, const Eligibility& eligibility, bool of_free) {
  std::vector<std::uint32_t> volunteers;
  std::vector<solver::Candidate> ways;
  for (auto begin = data.pairs.begin(); begin != data.pairs.end();) {
    const std::uint32_t need = begin->need;
    const auto end =
        std::find_if(begin, data.pairs.end(), [&](const auto& pair) { return pair.need != need; });
    volunteers.clear();
    ways.clear();
    for (auto pair = begin; pair != end; ++pair)
      if ((pair->hold == Hold::free) == of_free) volunteers.push_back(pair->volunteer);
    eligibility.append_candidates(need, volunteers, ways);
    for (auto pair = begin; pair != end; ++pair)
      if ((pair->hold == Hold::free) == of_free &&
          std::find(ways.begin(), ways.end(),
                    solver::Candidate{pair->volunteer, pair->slot, pair->points}) == ways.end())
        refuse_proof(place_of(PairName{std::string(data.network.volunteers().id[pair->volunteer]),
                                       std::string(data.network.needs().id[need])}),
                     "the pair is not eligible so, or for other points");
    begin = end;
  }
}

}  // namespace

DispatcherTerms DayPlan::terms() const {
  const Eligibility& eligibility = *room().eligibility;
  return {eligibility.rules(), eligibility.terms(), eligibility.options().roads, room().threads};
}

DispatcherData DayPlan::data() const {
  if (is_explicit())
    refuse("market_explicit", "dispatcher", "a market of arrays has no rows of people to save",
           "markets of a network", "save the plan, and give it as the one before");
  const auto frozen = editable->frozen(gone_volunteers, gone_needs);
  DispatcherData data{.network = frozen.network, .options = options(clock)};
  data.options.roads.reset();
  data.options.threads = 1;
  std::sort(data.options.organisation_totals.begin(), data.options.organisation_totals.end(),
            [](const auto& a, const auto& b) { return a.organisation < b.organisation; });
  const DispatcherTerms given_terms = terms();
  data.rules = names_of(given_terms.rules);
  data.points = weights_of(given_terms.points);
  data.is_by_road = given_terms.roads.has_value();

  constexpr std::uint32_t nobody = 0xFFFF'FFFF;
  const auto numbers_of = [&](const std::vector<std::uint32_t>& rows, const Numbering& numbering) {
    std::vector<std::uint32_t> numbers;
    for (const std::uint32_t row : rows) numbers.push_back(numbering.number(row));
    return numbers;
  };
  const auto volunteers = numbers_of(frozen.volunteers, room().volunteers());
  const auto lines = numbers_of(frozen.needs, room().lines());
  const auto rows_of = [&](const std::vector<std::uint32_t>& numbers, std::size_t all) {
    std::vector<std::uint32_t> rows(all, nobody);
    for (std::uint32_t row = 0; row < numbers.size(); ++row) rows[numbers[row]] = row;
    return rows;
  };
  const auto take = [](const auto& column, const std::vector<std::uint32_t>& numbers) {
    std::remove_cvref_t<decltype(column)> found;
    if (column.empty()) return found;
    for (const std::uint32_t number : numbers) found.push_back(column[number]);
    return found;
  };
  const solver::Limits limits = planner->limits_with_pins();
  const StateSnapshot snapshot = planner->snapshot();
  data.capacity = take(limits.capacity, volunteers);
  data.demand = take(limits.demand, lines);
  data.least = take(limits.least, volunteers);
  data.load_before = take(limits.load_before, volunteers);
  data.price = take(snapshot.price, volunteers);
  data.profit = take(snapshot.profit, lines);
  // Where pins leave a volunteer no room, his price is out of reach, and no part of the proof.
  std::vector<std::int32_t> room_left = limits.capacity;
  for (const ChosenPair& pin : limits.pinned) --room_left[pin.candidate.volunteer];
  for (std::size_t row = 0; row < volunteers.size(); ++row)
    if (room_left[volunteers[row]] == 0) data.price[row] = 0;
  data.total_price = snapshot.organisation_price;
  data.tiers = planner->range().weights.tiers;
  data.step = planner->range().weights.step;
  data.demand_max = demand_max;

  const auto volunteer_row_of = rows_of(volunteers, limits.capacity.size());
  const auto need_row_of = rows_of(lines, limits.demand.size());
  const auto add = [&](const ChosenPair& pair, Hold hold, int128 price) {
    const auto& [number, slot, points] = pair.candidate;
    data.pairs.push_back({volunteer_row_of[number], need_row_of[pair.need], slot, points, hold,
                          slot == solver::Candidate::no_slot ? 0 : price});
  };
  for (const StateSnapshot::Pair& pair : snapshot.pairs) add(pair.pair, Hold::free, pair.price);
  for (const ChosenPair& pin : limits.pinned)
    add(pin, has_begun({pin.need, pin.candidate.volunteer}) ? Hold::begun : Hold::pinned, 0);
  std::sort(data.pairs.begin(), data.pairs.end(), [](const auto& a, const auto& b) {
    return std::pair(a.need, a.volunteer) < std::pair(b.need, b.volunteer);
  });
  for (const LinePair& pair : planner->source().forbidden()) data.declined.push_back(name_of(pair));
  for (const auto& [id, name] : declined_away) data.declined.push_back(name);
  std::sort(data.declined.begin(), data.declined.end(), [](const auto& a, const auto& b) {
    return std::tie(a.need, a.volunteer) < std::tie(b.need, b.volunteer);
  });
  return data;
}

std::unique_ptr<DayPlan> DayPlan::restored(const DispatcherData& data,
                                           const DispatcherTerms& terms) {
  check_rows(data);
  return std::unique_ptr<DayPlan>(new DayPlan(market_of(data, terms), data));
}

DayPlan::DayPlan(Market of, const DispatcherData& data) : DayPlan(std::move(of)) {
  const auto& state = MarketAccess::state(given);
  solver::Limits by_row = given.limits();
  refuse_cross_limits(by_row);
  by_row.capacity = data.capacity;
  by_row.demand = data.demand;
  by_row.least = data.least;
  by_row.load_before = data.load_before;
  check_limits(data, by_row);
  check_eligible(data, *state.eligibility, true);
  {
    const ClockLifted lifted(*state.eligibility);
    check_eligible(data, *state.eligibility, false);
  }
  by_row.pinned.clear();
  for (const DispatcherData::Pair& pair : data.pairs)
    if (pair.hold != Hold::free)
      by_row.pinned.push_back({pair.need, {pair.volunteer, pair.slot, pair.points}});
  const Numbering& volunteers = room().volunteers();
  const Numbering& lines = room().lines();
  solver::Limits limits = solver::by_number(std::move(by_row), volunteers, lines);

  solver::EditableSource from(source ? *source : state.source());
  for (const PairName& name : data.declined) forbid_or_note(from, name);
  StateSnapshot snapshot;
  for (const DispatcherData::Pair& pair : data.pairs) {
    const LinePair here{lines.number(pair.need), volunteers.number(pair.volunteer)};
    if (from.is_forbidden(here.line, here.volunteer))
      refuse_data("pairs", "a pair of the plan is declined", "pairs that are not declined");
    snapshot.before.push_back({here, pair.slot});
    if (pair.hold == Hold::begun) begun.insert(key(here));
    if (pair.hold == Hold::free)
      snapshot.pairs.push_back({{here.line, {here.volunteer, pair.slot, pair.points}}, pair.price});
  }
  const auto in_order = [](const auto& a, const auto& b) { return a.pair < b.pair; };
  std::sort(snapshot.before.begin(), snapshot.before.end(), in_order);
  std::sort(snapshot.pairs.begin(), snapshot.pairs.end(), [](const auto& a, const auto& b) {
    return LinePair{a.pair.need, a.pair.candidate.volunteer} <
           LinePair{b.pair.need, b.pair.candidate.volunteer};
  });

  constexpr int128 most = int128{1} << 62U;
  constexpr int128 step_most = int128{1} << 116U;
  demand_max = data.demand_max;
  if (demand_max < solver::total_demand(limits) || demand_max > most || data.step < 1 ||
      data.step > step_most || data.tiers < 1 || data.tiers > solver::Limits::tiers_max)
    refuse_data("weights", "demand, step or tiers are out of range", "those of a Dispatcher");
  const solver::Weights weights{.tiers = data.tiers, .step = data.step, .bonuses = {}};
  const ProblemRange range(limits, from.points_range(), demand_max, true, &weights);
  if (!range.covers(ProblemRange(limits, from.points_range(), demand_max, true)))
    refuse_proof("weights", "the step does not keep the tiers strict");
  // Twice: under a term without bounds the range of points is measured anew.
  const int128 price_most = 2 * range.greatest;
  const auto check_prices = [&](const std::vector<int128>& prices, std::size_t count,
                                const char* place) {
    check_column(prices, count, -price_most, price_most, place);
  };
  check_prices(data.price, given.volunteer_count(), "price");
  check_prices(data.profit, given.need_count(), "profit");
  check_prices(data.total_price, limits.organisation_total.size(), "total_price");
  for (const DispatcherData::Pair& pair : data.pairs)
    if (pair.price < -price_most || pair.price > price_most)
      refuse_data("pairs", "a price is out of range", "prices up to the greatest weight");
  for (std::uint32_t v = 0; v < data.price.size(); ++v)
    snapshot.price.push_back(data.price[volunteers.row(v)]);
  for (std::uint32_t n = 0; n < data.profit.size(); ++n)
    snapshot.profit.push_back(data.profit[lines.row(n)]);
  snapshot.organisation_price = data.total_price;
  planner =
      solver::Replanner::make(std::move(limits), std::move(from), range, snapshot, room().threads);
  if (!planner->is_proved())
    refuse_proof("prices", "the prices do not prove that the plan is best");
}

void DayPlan::forbid_or_note(solver::EditableSource& from, const PairName& name) {
  const auto v = find_volunteer(name.volunteer);
  const auto n = find_line(name.need);
  if (v && n)
    from.forbid(*n, *v);
  else
    declined_away.emplace(v ? name.need : name.volunteer, name);
}

}  // namespace jiedui
