#include "store/plan_tables.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "store/cells.hpp"

namespace jiedui::detail {

namespace {

using Wholes = std::vector<std::int64_t>;

template <class Items, class Pick>
Column texts(const char* name, const Items& items, Pick pick) {
  TextColumn cells;
  for (const auto& item : items) cells.push_back(pick(item));
  return {.name = name, .cells = std::move(cells), .present = {}};
}

template <class Items, class Pick>
Column wholes(const char* name, const Items& items, Pick pick) {
  Wholes cells;
  for (const auto& item : items) cells.push_back(pick(item));
  return {.name = name, .cells = std::move(cells), .present = {}};
}

/// Whole numbers of which some may be absent.
template <class Items, class Pick>
Column wholes_if_any(const char* name, const Items& items, Pick pick) {
  Wholes cells;
  std::vector<std::uint8_t> present;
  for (const auto& item : items) {
    const std::optional<std::int64_t> value = pick(item);
    cells.push_back(value.value_or(0));
    present.push_back(value ? 1 : 0);
  }
  return {.name = name, .cells = std::move(cells), .present = std::move(present)};
}

std::string text_of(const std::optional<Instant>& instant) {
  return instant ? format(*instant) : std::string();
}

std::optional<std::int64_t> slot_of(std::uint32_t slot) {
  if (slot == solver::Candidate::no_slot) return std::nullopt;
  return slot;
}

int128 whole_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  constexpr std::size_t digits_max = 39;
  if (text.empty() || text.size() > digits_max) corrupt("a weight of the plan is no whole number");
  int128 value = 0;
  for (const char digit : text) {
    int128 next = 0;
    const bool sound = digit >= '0' && digit <= '9' &&
                       !__builtin_mul_overflow(value, int128{10}, &next) &&
                       !__builtin_sub_overflow(next, int128{digit - '0'}, &value);
    if (!sound) corrupt("a weight of the plan is no whole number of 128 bits");
  }
  // Gathered below zero, where there is one number more than above.
  if (negative) return value;
  int128 positive = 0;
  if (__builtin_sub_overflow(int128{0}, value, &positive))
    corrupt("a weight of the plan is no whole number of 128 bits");
  return positive;
}

/// Reads one saved table by the names of its columns.
class Reader {
 public:
  Reader(const std::vector<Table>& tables, std::string_view name) {
    for (const Table& table : tables)
      if (table.name == name) table_ = &table;
    if (table_ == nullptr) corrupt("a table of the plan is missing");
  }
  std::size_t rows() const { return table_->rows(); }
  bool has(const char* column) const { return table_->find(column) != nullptr; }
  std::string_view text(const char* column, std::size_t row) const {
    return cells<TextColumn>(column)[row];
  }
  std::optional<std::int64_t> whole_if_any(const char* column, std::size_t row) const {
    const Wholes& values = cells<Wholes>(column);
    const auto& present = table_->find(column)->present;
    if (!present.empty() && present[row] == 0) return std::nullopt;
    return values[row];
  }
  std::int64_t whole(const char* column, std::size_t row) const {
    const auto value = whole_if_any(column, row);
    if (!value) corrupt("a number of the plan is missing");
    return *value;
  }
  std::uint32_t slot(std::size_t row) const {
    const auto value = whole_if_any("slot", row);
    if (!value) return solver::Candidate::no_slot;
    if (*value < 0 || *value >= solver::Candidate::no_slot) corrupt("there is no such slot");
    return static_cast<std::uint32_t>(*value);
  }
  std::int32_t number(const char* column, std::size_t row) const {
    const std::int64_t value = whole(column, row);
    if (!std::in_range<std::int32_t>(value)) corrupt("a number of the plan is out of range");
    return static_cast<std::int32_t>(value);
  }
  std::optional<Instant> instant(const char* column, std::size_t row) const {
    const std::string_view written = text(column, row);
    if (written.empty()) return std::nullopt;
    const auto read = parse_instant(written);
    if (!read) corrupt("a time of the plan cannot be read");
    return read;
  }
  double real(const char* column, std::size_t row) const {
    return cells<std::vector<double>>(column)[row];
  }

 private:
  template <class Cells>
  const Cells& cells(const char* column) const {
    const Column* found = table_->find(column);
    const Cells* held = found == nullptr ? nullptr : std::get_if<Cells>(&found->cells);
    if (held == nullptr) corrupt("a column of the plan is missing");
    return *held;
  }
  const Table* table_ = nullptr;
};

Table summary_of(const PlanData& plan) {
  const std::vector<const PlanData*> one{&plan};
  const auto seconds = [](const char* name, double value) {
    return Column{.name = name, .cells = std::vector<double>{value}, .present = {}};
  };
  const auto count = [&](const char* name, std::int64_t value) {
    return wholes(name, one, [&](const PlanData*) { return value; });
  };
  const auto weight = [&](const char* name, int128 value) {
    return texts(name, one, [&](const PlanData*) { return to_string(value); });
  };
  const solver::Statistics& statistics = plan.statistics;
  return {
      .name = "summary",
      .columns = {
          count("status", static_cast<std::int64_t>(plan.status)), count("tiers", plan.proof.tiers),
          weight("step", plan.proof.step), weight("value", plan.value), weight("bound", plan.bound),
          weight("load_cost", plan.load_cost), weight("change_price", plan.proof.change_price),
          count("candidates", statistics.candidates), count("relaxations", statistics.relaxations),
          count("scans", statistics.scans), count("paths", statistics.paths),
          seconds("build_seconds", statistics.build_seconds),
          seconds("solve_seconds", statistics.solve_seconds)}};
}

void read_summary(const Reader& in, PlanData& plan) {
  if (in.rows() != 1) corrupt("the summary of the plan is missing");
  const std::int64_t status = in.whole("status", 0);
  if (status < 0 || status > static_cast<std::int64_t>(PlanStatus::bounded))
    corrupt("there is no such status of a plan");
  plan.status = static_cast<PlanStatus>(status);
  plan.proof.tiers = in.number("tiers", 0);
  plan.proof.step = whole_of(in.text("step", 0));
  plan.value = whole_of(in.text("value", 0));
  plan.bound = whole_of(in.text("bound", 0));
  plan.statistics = {.candidates = in.whole("candidates", 0),
                     .relaxations = in.whole("relaxations", 0),
                     .scans = in.whole("scans", 0),
                     .paths = in.whole("paths", 0),
                     .build_seconds = in.real("build_seconds", 0),
                     .solve_seconds = in.real("solve_seconds", 0)};
}

void read_cross_prices(const std::vector<Table>& tables, const Reader& summary,
                       OptimalityProof& proof) {
  proof.change_price = whole_of(summary.text("change_price", 0));
  const Reader lending{tables, "lending"};
  for (std::size_t row = 0; row < lending.rows(); ++row)
    proof.lending.push_back({std::string(lending.text("from", row)),
                             std::string(lending.text("to", row)),
                             whole_of(lending.text("price", row))});
  const Reader bonuses{tables, "bonuses"};
  for (std::size_t row = 0; row < bonuses.rows(); ++row)
    proof.bonuses.push_back(whole_of(bonuses.text("bonus", row)));
}

}  // namespace

std::vector<Table> tables_of(const PlanData& plan) {
  using Entry = PlanData::Entry;
  const auto& pairs = plan.pairs;
  const Table pair_table{
      .name = "pairs",
      .columns = {texts("need", pairs, [](const Entry& one) { return one.pair.need; }),
                  texts("volunteer", pairs, [](const Entry& one) { return one.pair.volunteer; }),
                  wholes("points", pairs, [](const Entry& one) { return one.pair.points.count(); }),
                  wholes_if_any("metres", pairs,
                                [](const Entry& one) -> std::optional<std::int64_t> {
                                  if (!one.pair.metres) return std::nullopt;
                                  return one.pair.metres->count();
                                }),
                  texts("begins", pairs, [](const Entry& one) { return text_of(one.pair.begins); }),
                  texts("ends", pairs, [](const Entry& one) { return text_of(one.pair.ends); }),
                  wholes_if_any("slot", pairs, [](const Entry& one) { return slot_of(one.slot); }),
                  wholes("pinned", pairs, [](const Entry& one) { return one.pinned ? 1 : 0; })}};
  const Table tiers{
      .name = "tiers",
      .columns = {wholes("tier", plan.tiers, [](const TierCount& one) { return one.tier; }),
                  wholes("demand", plan.tiers, [](const TierCount& one) { return one.demand; }),
                  wholes("filled", plan.tiers, [](const TierCount& one) { return one.filled; })}};
  const Table without{
      .name = "needs_without_slot",
      .columns = {texts("need", plan.without_slot, [](const std::string& id) { return id; })}};
  using Price = OptimalityProof::Price;
  const auto& all_prices = plan.proof.prices;
  const Table prices{
      .name = "prices",
      .columns = {
          texts("volunteer", all_prices, [](const Price& one) { return one.volunteer; }),
          wholes_if_any("slot", all_prices, [](const Price& one) { return slot_of(one.slot); }),
          texts("price", all_prices, [](const Price& one) { return to_string(one.price); })}};
  using Profit = OptimalityProof::Profit;
  const auto& all_profits = plan.proof.profits;
  const Table profits{
      .name = "profits",
      .columns = {
          texts("need", all_profits, [](const Profit& one) { return one.need; }),
          texts("profit", all_profits, [](const Profit& one) { return to_string(one.profit); })}};
  using TotalPrice = OptimalityProof::TotalPrice;
  const auto& all_totals = plan.proof.totals;
  const Table totals{
      .name = "totals",
      .columns = {
          texts("organisation", all_totals, [](const TotalPrice& one) { return one.organisation; }),
          texts("price", all_totals, [](const TotalPrice& one) { return to_string(one.price); })}};
  using LendingPrice = OptimalityProof::LendingPrice;
  const auto& all_lending = plan.proof.lending;
  const Table lending{
      .name = "lending",
      .columns = {texts("from", all_lending, [](const LendingPrice& one) { return one.from; }),
                  texts("to", all_lending, [](const LendingPrice& one) { return one.to; }),
                  texts("price", all_lending,
                        [](const LendingPrice& one) { return to_string(one.price); })}};
  const Table bonuses{.name = "bonuses",
                      .columns = {texts("bonus", plan.proof.bonuses,
                                        [](int128 bonus) { return to_string(bonus); })}};
  using Unmet = PlanData::Unmet;
  const Table unmet{
      .name = "unmet",
      .columns = {texts("volunteer", plan.unmet, [](const Unmet& one) { return one.volunteer; }),
                  wholes("missing", plan.unmet, [](const Unmet& one) { return one.missing; })}};
  return {pair_table, tiers,   without, prices, profits,
          totals,     lending, bonuses, unmet,  summary_of(plan)};
}

PlanData plan_of(const std::vector<Table>& tables) {
  PlanData plan;
  const Reader summary{tables, "summary"};
  read_summary(summary, plan);
  // Earlier versions knew neither pins nor what the limits beyond capacity and demand cost.
  const bool has_limits = summary.has("load_cost");
  const Reader pairs{tables, "pairs"};
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    PlanData::Entry entry;
    entry.pair.need = pairs.text("need", row);
    entry.pair.volunteer = pairs.text("volunteer", row);
    entry.pair.points = Points{pairs.whole("points", row)};
    if (const auto metres = pairs.whole_if_any("metres", row)) entry.pair.metres = Metres{*metres};
    entry.pair.begins = pairs.instant("begins", row);
    entry.pair.ends = pairs.instant("ends", row);
    entry.slot = pairs.slot(row);
    entry.pinned = has_limits && pairs.whole("pinned", row) != 0;
    plan.pairs.push_back(std::move(entry));
  }
  const Reader tiers{tables, "tiers"};
  for (std::size_t row = 0; row < tiers.rows(); ++row)
    plan.tiers.push_back(
        {tiers.number("tier", row), tiers.whole("demand", row), tiers.whole("filled", row)});
  const Reader without{tables, "needs_without_slot"};
  for (std::size_t row = 0; row < without.rows(); ++row)
    plan.without_slot.emplace_back(without.text("need", row));
  const Reader prices{tables, "prices"};
  for (std::size_t row = 0; row < prices.rows(); ++row)
    plan.proof.prices.push_back({std::string(prices.text("volunteer", row)), prices.slot(row),
                                 whole_of(prices.text("price", row))});
  const Reader profits{tables, "profits"};
  for (std::size_t row = 0; row < profits.rows(); ++row)
    plan.proof.profits.push_back(
        {std::string(profits.text("need", row)), whole_of(profits.text("profit", row))});
  if (has_limits) {
    const Reader totals{tables, "totals"};
    for (std::size_t row = 0; row < totals.rows(); ++row)
      plan.proof.totals.push_back(
          {std::string(totals.text("organisation", row)), whole_of(totals.text("price", row))});
    const Reader unmet{tables, "unmet"};
    for (std::size_t row = 0; row < unmet.rows(); ++row)
      plan.unmet.push_back(
          {std::string(unmet.text("volunteer", row)), unmet.number("missing", row)});
    plan.load_cost = whole_of(summary.text("load_cost", 0));
  }
  if (summary.has("change_price")) read_cross_prices(tables, summary, plan.proof);
  return plan;
}

}  // namespace jiedui::detail
