#include "jiedui/ledger/command_table.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "jiedui/ledger/ledger.hpp"
#include "ledger/table_cells.hpp"

namespace jiedui {

namespace {

using detail::TableCells;

constexpr std::uint64_t code_max = std::numeric_limits<std::uint32_t>::max();

enum Field : std::size_t {
  f_kind,
  f_linked,
  f_id,
  f_debit,
  f_credit,
  f_answers,
  f_reference,
  f_amount,
  f_unit,
  f_code,
  f_reason,
  f_timeout,
  f_happened,
  f_debit_limit,
  f_credit_limit,
  f_commitment,
};
constexpr std::array<std::string_view, 16> field_names = {"kind",
                                                          "linked",
                                                          "id",
                                                          "debit",
                                                          "credit",
                                                          "answers",
                                                          "reference",
                                                          "amount",
                                                          "unit",
                                                          "code",
                                                          "reason",
                                                          "timeout",
                                                          "happened",
                                                          "debits_over_credits_max",
                                                          "credits_over_debits_max",
                                                          "commitment"};

constexpr unsigned set_of(std::initializer_list<Field> fields) {
  unsigned set = 0;
  for (const Field field : fields) set |= 1U << field;
  return set;
}
constexpr unsigned always = set_of({f_kind, f_linked, f_id});
constexpr unsigned limits = set_of({f_debit_limit, f_credit_limit});
constexpr unsigned answer = always | set_of({f_answers, f_reason, f_commitment});
constexpr unsigned movement = always | set_of({f_debit, f_credit, f_reference, f_amount, f_unit,
                                               f_code, f_reason, f_happened, f_commitment});

/// The cells that a kind of command takes.
unsigned taken_by(EntryKind kind) {
  switch (kind) {
    case EntryKind::open_account:
      return always | limits | set_of({f_unit, f_code, f_reference, f_commitment});
    case EntryKind::change_limits:
      return always | limits | set_of({f_debit, f_reason});
    case EntryKind::close_account:
      return always | set_of({f_debit, f_reason});
    case EntryKind::transfer:
      return movement;
    case EntryKind::claim:
      return movement | set_of({f_timeout});
    case EntryKind::confirm:
      return answer | set_of({f_amount});
    default:
      return answer;
  }
}

class CommandRows {
 public:
  CommandRows(const Table& table, ProblemList& problems) : cells_(table, field_names, problems) {}

  std::size_t rows() const { return cells_.rows(); }

  Command read(std::size_t row) {
    const EntryKind kind = kind_of(row);
    const unsigned taken = taken_by(kind);
    for (std::size_t field = 0; field < field_names.size(); ++field)
      if ((taken >> field & 1U) == 0 && cells_.has(field, row))
        cells_.refuse(field, row, "cell_not_taken",
                      "no cell in a row of kind " + std::string(to_string(kind)));
    Command command = made(kind, row);
    if (cells_.yes(f_linked, row)) command.link();
    return command;
  }
  std::string_view id_text(std::size_t row) { return cells_.text(f_id, row); }

 private:
  EntryKind kind_of(std::size_t row) {
    const std::string_view word = cells_.text(f_kind, row);
    if (word.empty()) return EntryKind::transfer;
    for (int number = 1; number <= 9; ++number) {
      const auto kind = static_cast<EntryKind>(number);
      if (kind != EntryKind::expire && word == to_string(kind)) return kind;
    }
    cells_.refuse(f_kind, row, "choice_unknown",
                  "open_account, change_limits, close_account, transfer, claim, confirm, decline,"
                  " correct");
    return EntryKind::transfer;
  }

  Unit unit(std::size_t row) {
    const std::string_view name = cells_.text(f_unit, row);
    if (name.empty()) return {};
    const std::optional<Unit> unit = Unit::from_name(name);
    if (!unit)
      cells_.refuse(
          f_unit, row, "choice_unknown",
          "seconds_served, time_credits, grams, millilitres, pieces, money CNY, other KWH");
    return unit.value_or(Unit{});
  }
  std::uint32_t number32(Field field, std::size_t row) {
    return static_cast<std::uint32_t>(cells_.number(field, row, code_max).value_or(0));
  }
  AccountLimits limits_of(std::size_t row) {
    return {.debits_over_credits_max = cells_.number(f_debit_limit, row),
            .credits_over_debits_max = cells_.number(f_credit_limit, row)};
  }

  Command made(EntryKind kind, std::size_t row) {
    const auto id = [&](Field field) { return cells_.id(field, row); };
    const Hash256 commitment = cells_.hash(f_commitment, row);
    const std::uint32_t reason = number32(f_reason, row);
    switch (kind) {
      case EntryKind::open_account:
        return OpenAccount{.id = id(f_id),
                           .unit = unit(row),
                           .code = number32(f_code, row),
                           .limits = limits_of(row),
                           .reference = id(f_reference),
                           .commitment = commitment};
      case EntryKind::change_limits:
        return ChangeLimits{
            .id = id(f_id), .account = id(f_debit), .limits = limits_of(row), .reason = reason};
      case EntryKind::close_account:
        return CloseAccount{.id = id(f_id), .account = id(f_debit), .reason = reason};
      case EntryKind::claim:
        return Claim{.id = id(f_id),
                     .debit = id(f_debit),
                     .credit = id(f_credit),
                     .amount = cells_.number(f_amount, row).value_or(0),
                     .unit = unit(row),
                     .code = number32(f_code, row),
                     .reason = reason,
                     .timeout = std::chrono::seconds{number32(f_timeout, row)},
                     .happened = cells_.instant(f_happened, row),
                     .reference = id(f_reference),
                     .commitment = commitment};
      case EntryKind::confirm:
        return Confirm{.id = id(f_id),
                       .claim = id(f_answers),
                       .amount = cells_.number(f_amount, row),
                       .reason = reason,
                       .commitment = commitment};
      case EntryKind::decline:
        return Decline{
            .id = id(f_id), .claim = id(f_answers), .reason = reason, .commitment = commitment};
      case EntryKind::correct:
        return Correct{
            .id = id(f_id), .entry = id(f_answers), .reason = reason, .commitment = commitment};
      default:
        return Transfer{.id = id(f_id),
                        .debit = id(f_debit),
                        .credit = id(f_credit),
                        .amount = cells_.number(f_amount, row).value_or(0),
                        .unit = unit(row),
                        .code = number32(f_code, row),
                        .reason = reason,
                        .happened = cells_.instant(f_happened, row),
                        .reference = id(f_reference),
                        .commitment = commitment};
    }
  }

  TableCells cells_;
};

/// The rows of a table in which every cell has been found good.
CommandRows checked_rows(const Table& table, ProblemList& problems) {
  CommandRows commands{table, problems};
  for (std::size_t row = 0; row < commands.rows(); ++row) static_cast<void>(commands.read(row));
  problems.throw_if_any();
  return commands;
}

}  // namespace

std::vector<Command> commands_of(const Table& table) {
  ProblemList problems;
  CommandRows rows{table, problems};
  std::vector<Command> commands;
  commands.reserve(rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) commands.push_back(rows.read(row));
  problems.throw_if_any();
  return commands;
}

Table Ledger::post_many(const Table& table, const Control& control) {
  ProblemList problems;
  CommandRows rows = checked_rows(table, problems);
  detail::PostingProgress progress{control, table};
  TextColumn ids, words;
  std::vector<Command> commands;
  for (std::size_t row = 0; row < rows.rows();) {
    progress.at(row);
    commands.clear();
    while (row < rows.rows() &&
           (commands.size() < detail::rows_at_once || commands.back().linked())) {
      commands.push_back(rows.read(row));
      ids.push_back(rows.id_text(row++));
    }
    for (const Outcome outcome : post(commands)) words.push_back(to_string(outcome));
  }
  return {.name = "outcomes",
          .columns = {{.name = "id", .cells = std::move(ids)},
                      {.name = "outcome", .cells = std::move(words)}}};
}

}  // namespace jiedui
