#include <memory>

#include "wire/frame.hpp"
#include "wire/snapshot_ids.hpp"
#include "wire/snapshot_lists.hpp"
#include "wire/snapshot_tables.hpp"

namespace jiedui {

namespace wire {
namespace {

using Reader = schema::Dispatcher::Reader;
using Builder = schema::Dispatcher::Builder;

constexpr std::size_t cuts_max = 288;  // the slots of a year then take a few megabytes

template <class List, class Values>
void write_list(List list, const Values& values) {
  fill(list, [&](unsigned i) { return values[i]; });
}
template <class High, class Low>
void write_wide(High high, Low low, const std::vector<int128>& values) {
  fill(high, [&](unsigned i) { return high_half(values[i]); });
  fill(low, [&](unsigned i) { return low_half(values[i]); });
}

void check_length(std::size_t length, std::size_t wanted, const std::string& name) {
  if (length != wanted) snapshot_invalid(name, "the lists of a dispatcher differ in length");
}
template <class Number>
Number in_range(Number value, Number least, Number most, const std::string& name) {
  if (value < least || value > most)
    snapshot_invalid(name, "a number of the dispatcher is out of range");
  return value;
}

template <class High, class Low>
std::vector<int128> read_wide(const High& high, const Low& low, const std::string& name) {
  check_length(low.size(), high.size(), name);
  std::vector<int128> values;
  values.reserve(high.size());
  for (unsigned i = 0; i < high.size(); ++i) values.push_back(from_halves(high[i], low[i]));
  return values;
}

void write_options(const DispatcherData& data, Builder out) {
  const MarketOptions& options = data.options;
  auto horizon = out.initHorizon();
  horizon.setHasFrom(options.from.has_value());
  if (options.from)
    horizon.setFromDay(static_cast<std::int32_t>(options.from->time_since_epoch().count()));
  horizon.setDays(options.days.value_or(0));
  horizon.setHasClock(options.begin_after.has_value());
  if (options.begin_after) horizon.setClockSeconds(options.begin_after->time_since_epoch().count());
  horizon.setZone(options.zone);
  if (options.slot_cuts.size() > cuts_max)
    throw Error({.code = "snapshot_too_large",
                 .place = "slot_cuts",
                 .message = "the day is cut into too many slots for a snapshot",
                 .allowed = "at most 288 cuts",
                 .way_out = "cut it into fewer"});
  write_list(horizon.initSlotCuts(length_of(options.slot_cuts.size())), options.slot_cuts);
  const auto modes = static_cast<unsigned>(options.travel.size());
  fill(out.initMetresPerHour(modes), [&](unsigned i) { return options.travel[i].metres_per_hour; });
  fill(out.initStartSeconds(modes), [&](unsigned i) { return options.travel[i].start_seconds; });
  write_list(out.initLoadCost(length_of(options.load_cost.size())), options.load_cost);
  const auto& totals = options.organisation_totals;
  write_ids(
      out.initTotalOrganisations(), totals, [](const auto& total) { return total.organisation; },
      "organisation");
  fill(out.initTotalPairs(length_of(totals.size())), [&](unsigned i) { return totals[i].pairs; });
  out.setPairsMax(options.pairs_max);
  write_ids(
      out.initRules(), data.rules, [](const std::string& rule) { return rule; }, "rule");
  write_ids(
      out.initTerms(), data.points, [](const auto& term) { return term.term; }, "term");
  fill(out.initTermWeights(length_of(data.points.size())),
       [&](unsigned i) { return data.points[i].weight; });
  out.setIsByRoad(data.is_by_road);
}

void write_plan(const DispatcherData& data, Builder out) {
  write_list(out.initCapacity(length_of(data.capacity.size())), data.capacity);
  write_list(out.initDemand(length_of(data.demand.size())), data.demand);
  write_list(out.initLeast(length_of(data.least.size())), data.least);
  write_list(out.initLoadBefore(length_of(data.load_before.size())), data.load_before);
  const auto& pairs = data.pairs;
  const unsigned count = length_of(pairs.size());
  fill(out.initPairVolunteers(count), [&](unsigned i) { return pairs[i].volunteer; });
  fill(out.initPairNeeds(count), [&](unsigned i) { return pairs[i].need; });
  fill(out.initPairSlots(count), [&](unsigned i) { return pairs[i].slot; });
  fill(out.initPairPoints(count), [&](unsigned i) { return pairs[i].points; });
  fill(out.initPairHolds(count),
       [&](unsigned i) { return static_cast<std::uint8_t>(pairs[i].hold); });
  fill(out.initPairPriceHigh(count), [&](unsigned i) { return high_half(pairs[i].price); });
  fill(out.initPairPriceLow(count), [&](unsigned i) { return low_half(pairs[i].price); });
  write_ids(
      out.initDeclinedVolunteers(), data.declined, [](const auto& pair) { return pair.volunteer; },
      "volunteer");
  write_ids(
      out.initDeclinedNeeds(), data.declined, [](const auto& pair) { return pair.need; }, "need");
  out.setTiers(data.tiers);
  set_halves(out.initStep(), data.step);
  set_halves(out.initDemandMax(), data.demand_max);
  const unsigned volunteers = length_of(data.price.size());
  write_wide(out.initPriceHigh(volunteers), out.initPriceLow(volunteers), data.price);
  const unsigned needs = length_of(data.profit.size());
  write_wide(out.initProfitHigh(needs), out.initProfitLow(needs), data.profit);
  const unsigned totals = length_of(data.total_price.size());
  write_wide(out.initTotalPriceHigh(totals), out.initTotalPriceLow(totals), data.total_price);
}

MarketOptions read_options(Reader in, const std::string& name) {
  MarketOptions options;
  const auto horizon = in.getHorizon();
  if (horizon.getHasFrom()) {
    const auto least = static_cast<std::int32_t>(earliest_date.time_since_epoch().count());
    const auto most = static_cast<std::int32_t>(latest_date.time_since_epoch().count());
    options.from = Date(std::chrono::days(in_range(horizon.getFromDay(), least, most, name)));
  }
  if (const std::int32_t days = in_range(horizon.getDays(), 0, 366, name); days > 0)
    options.days = days;
  if (horizon.getHasClock()) {
    const std::int64_t least = Instant(earliest_date).time_since_epoch().count();
    const std::int64_t most = Instant(latest_date).time_since_epoch().count();
    options.begin_after =
        Instant(std::chrono::seconds(in_range(horizon.getClockSeconds(), least, most, name)));
  }
  const auto zone = horizon.getZone();
  options.zone.assign(zone.begin(), zone.size());
  const auto cuts = horizon.getSlotCuts();
  if (cuts.size() > cuts_max) snapshot_invalid(name, "the day is cut into too many slots");
  options.slot_cuts = numbers<std::int32_t>(cuts);
  const auto speeds = in.getMetresPerHour();
  const auto starts = in.getStartSeconds();
  check_length(speeds.size(), options.travel.size(), name);
  check_length(starts.size(), options.travel.size(), name);
  for (unsigned i = 0; i < speeds.size(); ++i) options.travel[i] = {speeds[i], starts[i]};
  options.load_cost = numbers<std::int64_t>(in.getLoadCost());
  std::vector<std::string> organisations = read_ids(in.getTotalOrganisations(), name);
  const auto totals = in.getTotalPairs();
  check_length(totals.size(), organisations.size(), name);
  for (unsigned i = 0; i < totals.size(); ++i)
    options.organisation_totals.push_back({std::move(organisations[i]), totals[i]});
  options.pairs_max = in.getPairsMax();
  return options;
}

void read_pairs(Reader in, const std::string& name, DispatcherData& data) {
  const auto volunteers = in.getPairVolunteers();
  const auto needs = in.getPairNeeds();
  const auto slots = in.getPairSlots();
  const auto points = in.getPairPoints();
  const auto holds = in.getPairHolds();
  const std::vector<int128> prices = read_wide(in.getPairPriceHigh(), in.getPairPriceLow(), name);
  for (const std::size_t length :
       {std::size_t{needs.size()}, std::size_t{slots.size()}, std::size_t{points.size()},
        std::size_t{holds.size()}, prices.size()})
    check_length(length, volunteers.size(), name);
  for (unsigned i = 0; i < volunteers.size(); ++i)
    data.pairs.push_back({.volunteer = volunteers[i],
                          .need = needs[i],
                          .slot = slots[i],
                          .points = points[i],
                          .hold = static_cast<DispatcherData::Hold>(holds[i]),
                          .price = prices[i]});
  std::vector<std::string> declined = read_ids(in.getDeclinedVolunteers(), name);
  std::vector<std::string> of_needs = read_ids(in.getDeclinedNeeds(), name);
  check_length(of_needs.size(), declined.size(), name);
  for (std::size_t i = 0; i < declined.size(); ++i)
    data.declined.push_back({std::move(declined[i]), std::move(of_needs[i])});
}

/// Tables are made a network once the lists have turned out sound.
std::pair<std::vector<Table>, DispatcherData> read_dispatcher(Reader in, const std::string& name) {
  DispatcherData data;
  data.options = read_options(in, name);
  data.rules = read_ids(in.getRules(), name);
  std::vector<std::string> terms = read_ids(in.getTerms(), name);
  const auto weights = in.getTermWeights();
  check_length(weights.size(), terms.size(), name);
  for (unsigned i = 0; i < weights.size(); ++i)
    data.points.push_back({std::move(terms[i]), weights[i]});
  data.is_by_road = in.getIsByRoad();
  data.capacity = numbers<std::int32_t>(in.getCapacity());
  data.demand = numbers<std::int32_t>(in.getDemand());
  data.least = numbers<std::int32_t>(in.getLeast());
  data.load_before = numbers<std::int32_t>(in.getLoadBefore());
  read_pairs(in, name, data);
  data.tiers = in.getTiers();
  data.step = halves(in.getStep());
  data.demand_max = halves(in.getDemandMax());
  data.price = read_wide(in.getPriceHigh(), in.getPriceLow(), name);
  data.profit = read_wide(in.getProfitHigh(), in.getProfitLow(), name);
  data.total_price = read_wide(in.getTotalPriceHigh(), in.getTotalPriceLow(), name);
  return {read_tables(in.getNetwork(), name), std::move(data)};
}

DispatcherData data_of(std::string_view bytes, const std::string& name,
                       const SnapshotLimits& limits) {
  auto [tables, data] = read_frame(bytes, name, limits, [&](schema::Frame::Reader frame) {
    if (!frame.isDispatcher()) snapshot_of_other_kind(name, "a dispatcher");
    return read_dispatcher(frame.getDispatcher(), name);
  });
  data.network = network_from(std::move(tables), name);
  return std::move(data);
}

std::unique_ptr<FrameWriter> frame_of(const DispatcherData& data) {
  const std::vector<Table> tables = data.network.tables(Personal::included);
  std::size_t bytes = 4096 + 24 * (data.price.size() + data.profit.size()) + 45 * data.pairs.size();
  for (const PairName& pair : data.declined) bytes += 8 + pair.volunteer.size() + pair.need.size();
  auto writer = std::make_unique<FrameWriter>(words_of(tables) + words(bytes));
  auto out = writer->frame().initDispatcher();
  write_tables(tables, out.initNetwork());
  write_options(data, out);
  write_plan(data, out);
  return writer;
}

}  // namespace
}  // namespace wire

void save(const std::filesystem::path& path, Dispatcher& dispatcher) {
  wire::frame_of(dispatcher.data())->save(path);
}

std::string to_bytes(Dispatcher& dispatcher) {
  return wire::frame_of(dispatcher.data())->bytes();
}

Dispatcher load_dispatcher(const std::filesystem::path& path, const DispatcherTerms& terms,
                           const SnapshotLimits& limits) {
  return Dispatcher(wire::from_file(path, limits, wire::data_of), terms);
}

Dispatcher dispatcher_from_bytes(std::string_view bytes, const DispatcherTerms& terms,
                                 const SnapshotLimits& limits) {
  return Dispatcher(wire::data_of(bytes, wire::in_memory, limits), terms);
}

}  // namespace jiedui
