#include "jiedui/ledger/statement.hpp"

#include <functional>
#include <limits>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

std::int64_t as_cell(uint128 value, std::string_view field) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (value > uint128{static_cast<std::uint64_t>(most)}) detail::overflow(field, 0, most);
  return static_cast<std::int64_t>(value);
}

/// The table of `count` entries.
Table table_of(std::size_t count, const std::function<const Entry&(std::size_t)>& entry_at) {
  Table table{.name = "entries"};
  const auto add = [&](const char* name, const std::function<std::int64_t(const Entry&)>& cell) {
    std::vector<std::int64_t> cells(count);
    for (std::size_t row = 0; row < count; ++row) cells[row] = cell(entry_at(row));
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  const auto add_text = [&](const char* name,
                            const std::function<std::string(const Entry&)>& cell) {
    TextColumn cells;
    for (std::size_t row = 0; row < count; ++row) cells.push_back(cell(entry_at(row)));
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  const auto id_text = [](Id128 id) { return id.is_zero() ? std::string() : id.to_string(); };

  add("number", [](const Entry& e) { return as_cell(e.number, "number"); });
  add_text("kind", [](const Entry& e) { return std::string(to_string(e.kind)); });
  add_text("id", [&](const Entry& e) { return id_text(e.id); });
  add_text("debit", [&](const Entry& e) { return id_text(e.debit); });
  add_text("credit", [&](const Entry& e) { return id_text(e.credit); });
  add_text("answers", [&](const Entry& e) { return id_text(e.answers); });
  add_text("reference", [&](const Entry& e) { return id_text(e.reference); });
  add("amount", [](const Entry& e) { return as_cell(e.amount, "amount"); });
  add("released", [](const Entry& e) { return as_cell(e.released, "released"); });
  add_text("unit", [](const Entry& e) { return e.unit.name(); });
  add("code", [](const Entry& e) { return std::int64_t{e.code}; });
  add("reason", [](const Entry& e) { return std::int64_t{e.reason}; });
  add_text("happened", [](const Entry& e) { return format(e.happened); });
  add("booked_ns",
      [](const Entry& e) { return std::int64_t{e.booked.time_since_epoch().count()}; });
  return table;
}

}  // namespace

Table AccountStatement::table() const {
  return table_of(lines.size(), [&](std::size_t row) -> const Entry& { return lines[row].entry; });
}

Table to_table(std::span<const Entry> entries) {
  return table_of(entries.size(), [&](std::size_t row) -> const Entry& { return entries[row]; });
}

Table to_table(std::span<const TrialBalance> lines) {
  Table table{.name = "trial_balance"};
  TextColumn units;
  std::vector<std::int64_t> accounts;
  for (const TrialBalance& line : lines) {
    units.push_back(line.unit.name());
    accounts.push_back(as_cell(line.accounts, "accounts"));
  }
  table.columns.push_back({.name = "unit", .cells = std::move(units)});
  table.columns.push_back({.name = "accounts", .cells = std::move(accounts)});
  const auto add = [&](const char* name, uint128 TrialBalance::*total) {
    std::vector<std::int64_t> cells;
    for (const TrialBalance& line : lines) cells.push_back(as_cell(line.*total, name));
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  add("debits_posted", &TrialBalance::debits_posted);
  add("credits_posted", &TrialBalance::credits_posted);
  add("debits_pending", &TrialBalance::debits_pending);
  add("credits_pending", &TrialBalance::credits_pending);
  return table;
}

}  // namespace jiedui
