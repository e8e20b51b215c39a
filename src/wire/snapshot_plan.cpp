#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include "wire/frame.hpp"
#include "wire/snapshot_ids.hpp"
#include "wire/snapshot_lists.hpp"
#include "wire/snapshot_tables.hpp"

namespace jiedui {

namespace wire {
namespace {

constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::min();

void check_length(std::size_t length, std::size_t wanted, const std::string& name) {
  if (length != wanted) snapshot_invalid(name, "the lists of a plan differ in length");
}

std::int64_t seconds(const std::optional<Instant>& instant) {
  return instant ? instant->time_since_epoch().count() : unknown;
}

/// `value` if it lies in the range, so that no reader of the plan meets one that it cannot add up.
template <class Number>
Number in_range(Number value, Number least, Number most, const std::string& name) {
  if (value < least || value > most) snapshot_invalid(name, "a number of the plan is out of range");
  return value;
}

std::optional<Instant> instant(std::int64_t seconds, const std::string& name) {
  if (seconds == unknown) return std::nullopt;
  const std::int64_t least = Instant(earliest_date).time_since_epoch().count();
  const std::int64_t most = Instant(latest_date).time_since_epoch().count();
  return Instant(std::chrono::seconds(in_range(seconds, least, most, name)));
}

std::optional<Metres> distance(std::int64_t metres, const std::string& name) {
  constexpr std::int64_t metres_max = std::int64_t{1} << 40;
  if (metres == unknown) return std::nullopt;
  return Metres(in_range(metres, std::int64_t{0}, metres_max, name));
}

int128 weight(int128 value, const std::string& name) {
  constexpr int128 most = int128{1} << 125;
  return in_range(value, -most, most, name);
}

void write_pairs(const std::vector<PlanData::Entry>& pairs, schema::Pairs::Builder out) {
  const unsigned length = length_of(pairs.size());
  write_ids(
      out.initVolunteers(), pairs, [](const auto& entry) { return entry.pair.volunteer; },
      "volunteer");
  write_ids(
      out.initNeeds(), pairs, [](const auto& entry) { return entry.pair.need; }, "need");
  fill(out.initPoints(length), [&](unsigned i) { return pairs[i].pair.points.count(); });
  fill(out.initMetres(length),
       [&](unsigned i) { return pairs[i].pair.metres ? pairs[i].pair.metres->count() : unknown; });
  fill(out.initBegins(length), [&](unsigned i) { return seconds(pairs[i].pair.begins); });
  fill(out.initEnds(length), [&](unsigned i) { return seconds(pairs[i].pair.ends); });
  fill(out.initSlots(length), [&](unsigned i) { return pairs[i].slot; });
  const bool has_pins =
      std::any_of(pairs.begin(), pairs.end(), [](const auto& entry) { return entry.pinned; });
  if (has_pins) fill(out.initPinned(length), [&](unsigned i) { return pairs[i].pinned; });
}

std::vector<PlanData::Entry> read_pairs(schema::Pairs::Reader in, const std::string& name) {
  std::vector<std::string> volunteers = read_ids(in.getVolunteers(), name);
  std::vector<std::string> needs = read_ids(in.getNeeds(), name);
  const auto points = in.getPoints();
  const auto metres = in.getMetres();
  const auto begins = in.getBegins();
  const auto ends = in.getEnds();
  const auto slots = in.getSlots();
  const auto pinned = in.getPinned();
  if (pinned.size() != 0) check_length(pinned.size(), volunteers.size(), name);
  for (const std::size_t length :
       {needs.size(), std::size_t{points.size()}, std::size_t{metres.size()},
        std::size_t{begins.size()}, std::size_t{ends.size()}, std::size_t{slots.size()}})
    check_length(length, volunteers.size(), name);
  std::vector<PlanData::Entry> pairs(volunteers.size());
  for (unsigned i = 0; i < pairs.size(); ++i) {
    PlannedPair& pair = pairs[i].pair;
    pair.volunteer = std::move(volunteers[i]);
    pair.need = std::move(needs[i]);
    pair.points = Points(in_range(std::int64_t{points[i]}, -solver::Instance::points_max,
                                  solver::Instance::points_max, name));
    pair.metres = distance(metres[i], name);
    pair.begins = instant(begins[i], name);
    pair.ends = instant(ends[i], name);
    pairs[i].slot = slots[i];
    pairs[i].pinned = pinned.size() != 0 && pinned[i];
  }
  return pairs;
}

void write_proof(const OptimalityProof& proof, schema::Proof::Builder out) {
  out.setTiers(proof.tiers);
  set_halves(out.initStep(), proof.step);
  const auto& prices = proof.prices;
  const unsigned price_count = length_of(prices.size());
  write_ids(
      out.initPriceVolunteers(), prices, [](const auto& price) { return price.volunteer; },
      "price");
  fill(out.initPriceSlots(price_count), [&](unsigned i) { return prices[i].slot; });
  fill(out.initPriceHigh(price_count), [&](unsigned i) { return high_half(prices[i].price); });
  fill(out.initPriceLow(price_count), [&](unsigned i) { return low_half(prices[i].price); });
  const auto& profits = proof.profits;
  const unsigned profit_count = length_of(profits.size());
  write_ids(
      out.initProfitNeeds(), profits, [](const auto& profit) { return profit.need; }, "profit");
  fill(out.initProfitHigh(profit_count), [&](unsigned i) { return high_half(profits[i].profit); });
  fill(out.initProfitLow(profit_count), [&](unsigned i) { return low_half(profits[i].profit); });
  const auto& totals = proof.totals;
  const unsigned total_count = length_of(totals.size());
  write_ids(
      out.initTotalOrganisations(), totals, [](const auto& total) { return total.organisation; },
      "organisation");
  fill(out.initTotalHigh(total_count), [&](unsigned i) { return high_half(totals[i].price); });
  fill(out.initTotalLow(total_count), [&](unsigned i) { return low_half(totals[i].price); });
  const unsigned bonus_count = length_of(proof.bonuses.size());
  fill(out.initBonusHigh(bonus_count), [&](unsigned i) { return high_half(proof.bonuses[i]); });
  fill(out.initBonusLow(bonus_count), [&](unsigned i) { return low_half(proof.bonuses[i]); });
  const auto& lending = proof.lending;
  const unsigned lending_count = length_of(lending.size());
  write_ids(
      out.initLendingFrom(), lending, [](const auto& price) { return price.from; }, "lending");
  write_ids(
      out.initLendingTo(), lending, [](const auto& price) { return price.to; }, "lending");
  fill(out.initLendingHigh(lending_count), [&](unsigned i) { return high_half(lending[i].price); });
  fill(out.initLendingLow(lending_count), [&](unsigned i) { return low_half(lending[i].price); });
  set_halves(out.initChangePrice(), proof.change_price);
}

void read_cross_prices(schema::Proof::Reader in, OptimalityProof& proof, const std::string& name) {
  const auto bonus_high = in.getBonusHigh();
  const auto bonus_low = in.getBonusLow();
  check_length(bonus_low.size(), bonus_high.size(), name);
  if (bonus_high.size() > solver::Instance::tiers_max + 1)
    snapshot_invalid(name, "the plan has too many bonuses");
  for (unsigned i = 0; i < bonus_high.size(); ++i)
    proof.bonuses.push_back(weight(from_halves(bonus_high[i], bonus_low[i]), name));
  std::vector<std::string> from = read_ids(in.getLendingFrom(), name);
  std::vector<std::string> to = read_ids(in.getLendingTo(), name);
  const auto high = in.getLendingHigh();
  const auto low = in.getLendingLow();
  check_length(to.size(), from.size(), name);
  check_length(high.size(), from.size(), name);
  check_length(low.size(), from.size(), name);
  for (unsigned i = 0; i < from.size(); ++i)
    proof.lending.push_back({.from = std::move(from[i]),
                             .to = std::move(to[i]),
                             .price = weight(from_halves(high[i], low[i]), name)});
  proof.change_price = weight(halves(in.getChangePrice()), name);
}

OptimalityProof read_proof(schema::Proof::Reader in, const std::string& name) {
  OptimalityProof proof;
  proof.tiers = in_range(in.getTiers(), 1, solver::Instance::tiers_max, name);
  proof.step = weight(halves(in.getStep()), name);
  std::vector<std::string> volunteers = read_ids(in.getPriceVolunteers(), name);
  const auto slots = in.getPriceSlots();
  const auto price_high = in.getPriceHigh();
  const auto price_low = in.getPriceLow();
  check_length(slots.size(), volunteers.size(), name);
  check_length(price_high.size(), volunteers.size(), name);
  check_length(price_low.size(), volunteers.size(), name);
  for (unsigned i = 0; i < slots.size(); ++i)
    proof.prices.push_back({.volunteer = std::move(volunteers[i]),
                            .slot = slots[i],
                            .price = weight(from_halves(price_high[i], price_low[i]), name)});
  std::vector<std::string> needs = read_ids(in.getProfitNeeds(), name);
  const auto profit_high = in.getProfitHigh();
  const auto profit_low = in.getProfitLow();
  check_length(profit_high.size(), needs.size(), name);
  check_length(profit_low.size(), needs.size(), name);
  for (unsigned i = 0; i < profit_high.size(); ++i)
    proof.profits.push_back({.need = std::move(needs[i]),
                             .profit = weight(from_halves(profit_high[i], profit_low[i]), name)});
  std::vector<std::string> organisations = read_ids(in.getTotalOrganisations(), name);
  const auto total_high = in.getTotalHigh();
  const auto total_low = in.getTotalLow();
  check_length(total_high.size(), organisations.size(), name);
  check_length(total_low.size(), organisations.size(), name);
  for (unsigned i = 0; i < total_high.size(); ++i)
    proof.totals.push_back({.organisation = std::move(organisations[i]),
                            .price = weight(from_halves(total_high[i], total_low[i]), name)});
  read_cross_prices(in, proof, name);
  return proof;
}

std::size_t words_of(const PlanData& plan) {
  std::size_t bytes = 1024;
  for (const PlanData::Entry& entry : plan.pairs)
    bytes += 48 + entry.pair.volunteer.size() + entry.pair.need.size();
  for (const std::string& need : plan.without_slot) bytes += 8 + need.size();
  for (const OptimalityProof::Price& price : plan.proof.prices)
    bytes += 28 + price.volunteer.size();
  for (const OptimalityProof::Profit& profit : plan.proof.profits) bytes += 24 + profit.need.size();
  for (const OptimalityProof::TotalPrice& total : plan.proof.totals)
    bytes += 24 + total.organisation.size();
  for (const OptimalityProof::LendingPrice& lending : plan.proof.lending)
    bytes += 32 + lending.from.size() + lending.to.size();
  bytes += 16 * plan.proof.bonuses.size();
  for (const PlanData::Unmet& unmet : plan.unmet) bytes += 12 + unmet.volunteer.size();
  return words(bytes);
}

void write_plan(const PlanData& plan, schema::Plan::Builder out) {
  out.setStatus(static_cast<schema::Plan::Status>(plan.status));  // in the same order
  write_pairs(plan.pairs, out.initPairs());
  const unsigned tiers = length_of(plan.tiers.size());
  fill(out.initTiers(tiers), [&](unsigned i) { return plan.tiers[i].tier; });
  fill(out.initTierDemand(tiers), [&](unsigned i) { return plan.tiers[i].demand; });
  fill(out.initTierFilled(tiers), [&](unsigned i) { return plan.tiers[i].filled; });
  write_ids(
      out.initWithoutSlot(), plan.without_slot, [](const std::string& need) { return need; },
      "without_slot");
  write_proof(plan.proof, out.initProof());
  set_halves(out.initValue(), plan.value);
  set_halves(out.initBound(), plan.bound);
  auto statistics = out.initStatistics();
  statistics.setCandidates(plan.statistics.candidates);
  statistics.setRelaxations(plan.statistics.relaxations);
  statistics.setScans(plan.statistics.scans);
  statistics.setPaths(plan.statistics.paths);
  statistics.setBuildSeconds(plan.statistics.build_seconds);
  statistics.setSolveSeconds(plan.statistics.solve_seconds);
  write_ids(
      out.initUnmetVolunteers(), plan.unmet, [](const auto& unmet) { return unmet.volunteer; },
      "unmet");
  fill(out.initUnmetMissing(length_of(plan.unmet.size())),
       [&](unsigned i) { return plan.unmet[i].missing; });
  set_halves(out.initLoadCost(), plan.load_cost);
}

PlanData read_plan(schema::Plan::Reader in, const std::string& name) {
  PlanData plan;
  switch (in.getStatus()) {
    case schema::Plan::Status::OPTIMAL:
      plan.status = PlanStatus::optimal;
      break;
    case schema::Plan::Status::INTERRUPTED:
      plan.status = PlanStatus::interrupted;
      break;
    case schema::Plan::Status::BOUNDED:
      plan.status = PlanStatus::bounded;
      break;
    default:
      snapshot_invalid(name, "the status of the plan is unknown");
  }
  plan.pairs = read_pairs(in.getPairs(), name);
  const auto tiers = in.getTiers();
  const auto demand = in.getTierDemand();
  const auto filled = in.getTierFilled();
  check_length(demand.size(), tiers.size(), name);
  check_length(filled.size(), tiers.size(), name);
  constexpr std::int64_t demand_max = std::int64_t{1} << 48;
  if (tiers.size() > solver::Instance::tiers_max)
    snapshot_invalid(name, "the plan has too many tiers");
  for (unsigned i = 0; i < tiers.size(); ++i)
    plan.tiers.push_back(
        {.tier = in_range(std::int32_t{tiers[i]}, 1, solver::Instance::tiers_max, name),
         .demand = in_range(std::int64_t{demand[i]}, std::int64_t{0}, demand_max, name),
         .filled = in_range(std::int64_t{filled[i]}, std::int64_t{0}, demand_max, name)});
  plan.without_slot = read_ids(in.getWithoutSlot(), name);
  plan.proof = read_proof(in.getProof(), name);
  plan.value = weight(halves(in.getValue()), name);
  plan.bound = weight(halves(in.getBound()), name);
  const auto statistics = in.getStatistics();
  plan.statistics = {.candidates = statistics.getCandidates(),
                     .relaxations = statistics.getRelaxations(),
                     .scans = statistics.getScans(),
                     .paths = statistics.getPaths(),
                     .build_seconds = statistics.getBuildSeconds(),
                     .solve_seconds = statistics.getSolveSeconds()};
  std::vector<std::string> volunteers = read_ids(in.getUnmetVolunteers(), name);
  const auto missing = in.getUnmetMissing();
  check_length(missing.size(), volunteers.size(), name);
  for (unsigned i = 0; i < missing.size(); ++i)
    plan.unmet.push_back({std::move(volunteers[i]), missing[i]});
  plan.load_cost = weight(halves(in.getLoadCost()), name);
  return plan;
}

Plan plan_of(std::string_view bytes, const std::string& name, const SnapshotLimits& limits) {
  return Plan(read_frame(bytes, name, limits, [&](schema::Frame::Reader frame) {
    if (!frame.isPlan()) snapshot_of_other_kind(name, "a plan");
    return read_plan(frame.getPlan(), name);
  }));
}

std::unique_ptr<FrameWriter> frame_of(const Plan& plan) {
  auto writer = std::make_unique<FrameWriter>(words_of(plan.data()));
  write_plan(plan.data(), writer->frame().initPlan());
  return writer;
}

}  // namespace
}  // namespace wire

void save(const std::filesystem::path& path, const Plan& plan) {
  wire::frame_of(plan)->save(path);
}

std::string to_bytes(const Plan& plan) {
  return wire::frame_of(plan)->bytes();
}

Plan load_plan(const std::filesystem::path& path, const SnapshotLimits& limits) {
  return wire::from_file(path, limits, wire::plan_of);
}

Plan plan_from_bytes(std::string_view bytes, const SnapshotLimits& limits) {
  return wire::plan_of(bytes, wire::in_memory, limits);
}

}  // namespace jiedui
