#include "jiedui/ledger/command_table.hpp"

#include <array>
#include <set>

#include <catch2/catch.hpp>

#include "ledger/books.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

Column texts(std::string name, const std::vector<std::string>& cells) {
  TextColumn column;
  for (const std::string& cell : cells) column.push_back(cell);
  return {.name = std::move(name), .cells = std::move(column), .present = {}};
}
Column numbers(std::string name, std::vector<std::int64_t> cells,
               std::vector<std::uint8_t> present = {}) {
  return {.name = std::move(name), .cells = std::move(cells), .present = std::move(present)};
}
Table table(std::vector<Column> columns) {
  return {.name = "commands", .columns = std::move(columns), .first_row = 1};
}
std::string text(std::uint64_t number) {
  return id(number).to_string();
}

/// Code and row of each problem, "row column code".
std::set<std::string> problems_of(const Table& commands) {
  std::set<std::string> found;
  try {
    static_cast<void>(commands_of(commands));
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems())
      found.insert(std::to_string(problem.row) + " " + problem.column + " " + problem.code);
  }
  return found;
}

std::vector<std::string> outcomes_of(const Table& outcomes) {
  std::vector<std::string> words;
  const auto& cells = std::get<TextColumn>(outcomes.find("outcome")->cells);
  for (std::size_t row = 0; row < cells.size(); ++row) words.emplace_back(cells[row]);
  return words;
}

bool same(const Command& one, const Command& other) {
  return one.asked() == other.asked() && one.has_amount() == other.has_amount() &&
         one.has_happened() == other.has_happened();
}

}  // namespace

TEST_CASE("each kind of command is read from its row", "[ledger]") {
  const Hash256 commitment = blake2b(std::array<std::uint8_t, 1>{1});
  const std::vector<Command> wanted{
      linked(OpenAccount{.id = id(1),
                         .unit = Unit::money("CNY"),
                         .code = 4'294'967'295,
                         .limits = {.debits_over_credits_max = 0},
                         .reference = id(77)}),
      ChangeLimits{.id = id(2),
                   .account = id(1),
                   .limits = {.credits_over_debits_max = u64_max},
                   .reason = 3},
      CloseAccount{.id = id(3), .account = id(1), .reason = 4},
      Transfer{.id = id(4),
               .debit = id(1),
               .credit = id(9),
               .amount = u64_max,
               .unit = Unit::other("KWH"),
               .code = 5,
               .reason = 6,
               .happened = at(1'772'674'200),
               .reference = id(8),
               .commitment = commitment},
      Claim{.id = id(5),
            .debit = id(1),
            .credit = id(9),
            .amount = 7,
            .unit = Unit::seconds_served(),
            .timeout = std::chrono::seconds{60}},
      Confirm{.id = id(6), .claim = id(5), .amount = 3},
      Confirm{.id = id(10), .claim = id(5)},
      Decline{.id = id(7), .claim = id(5), .reason = 9},
      Correct{.id = id(8), .entry = id(4), .commitment = commitment},
  };
  const std::string hash = commitment.to_string();
  const Table commands = table({
      texts("kind", {"open_account", "change_limits", "close_account", "", "claim", "confirm",
                     "confirm", "decline", "correct"}),
      texts("linked", {"yes", "no", "", "", "", "", "", "", ""}),
      texts("id", {text(1), text(2), text(3), "00000000-0000-0000-0000-000000000004", text(5),
                   text(6), text(10), text(7), text(8)}),
      texts("debit", {"", text(1), text(1), text(1), text(1), "", "", "", ""}),
      texts("credit", {"", "", "", text(9), text(9), "", "", "", ""}),
      texts("answers", {"", "", "", "", "", text(5), text(5), text(5), text(4)}),
      texts("reference", {text(77), "", "", text(8), "", "", "", "", ""}),
      texts("amount", {"", "", "", "18446744073709551615", "7", "3", "", "", ""}),
      texts("unit", {"money CNY", "", "", "other KWH", "seconds_served", "", "", "", ""}),
      texts("code", {"4294967295", "", "", "5", "", "", "", "", ""}),
      numbers("reason", {0, 3, 4, 6, 0, 0, 0, 9, 0}, {0, 1, 1, 1, 0, 0, 0, 1, 0}),
      numbers("timeout", {0, 0, 0, 0, 60, 0, 0, 0, 0}, {0, 0, 0, 0, 1, 0, 0, 0, 0}),
      texts("happened", {"", "", "", "2026-03-05T01:30:00Z", "", "", "", "", ""}),
      texts("debits_over_credits_max", {"0", "", "", "", "", "", "", "", ""}),
      texts("credits_over_debits_max", {"", "18446744073709551615", "", "", "", "", "", "", ""}),
      texts("commitment", {"", "", "", hash, "", "", "", "", hash}),
  });
  const std::vector<Command> read = commands_of(commands);
  REQUIRE(read.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    INFO("row " << i + 1);
    CHECK(same(read[i], wanted[i]));
  }
}

TEST_CASE("every bad cell is named, and nothing is posted", "[ledger]") {
  const Table commands = table({
      texts("kind", {"expire", "decline", "transfer", "transfer"}),
      texts("id", {text(1), "12", text(3), text(4)}),
      numbers("amount", {1, 5, -1, 1}),
      texts("unit", {"hours", "", "money cny", "seconds_served"}),
      texts("linked", {"yes", "maybe", "", "no"}),
      texts("happened", {"2026-03-05", "", "2026-02-30T00:00:00Z", ""}),
      texts("commitment", {"", "AB", "", ""}),
      {.name = "code", .cells = std::vector<double>{1, 2, 3.5, 4}, .present = {0, 0, 1, 0}},
      texts("reason", {"1x", "", "4294967296", ""}),
      numbers("debit", {0, 0, 5, 0}, {0, 0, 1, 0}),
      texts("colour", {"", "", "", ""}),
  });
  const std::set<std::string> wanted{
      "0 colour column_unknown",      "1 kind choice_unknown",        "1 unit choice_unknown",
      "1 happened instant_invalid",   "1 reason number_invalid",      "2 id id128_invalid",
      "2 amount cell_not_taken",      "2 linked choice_unknown",      "2 commitment hash_invalid",
      "3 amount number_out_of_range", "3 unit choice_unknown",        "3 happened instant_invalid",
      "3 code number_invalid",        "3 reason number_out_of_range", "3 debit text_invalid"};
  CHECK(problems_of(commands) == wanted);
  Books books;
  CHECK_THROWS_AS(books.ledger.post_many(commands), InputError);
  CHECK(books.entries().size() == 2);
}

TEST_CASE("columns of unequal length, double columns and wild codes are refused", "[ledger]") {
  CHECK_THROWS_AS(commands_of(table({texts("id", {text(1)}), texts("debit", {})})), Error);
  CHECK(problems_of(table({texts("id", {text(1)}), texts("id", {text(1)})})) ==
        std::set<std::string>{"0 id column_double"});
  DictionaryColumn words;
  words.texts.push_back("transfer");
  words.codes = {0, DictionaryColumn::absent, 1};
  CHECK(problems_of(table({{.name = "kind", .cells = words, .present = {}}})) ==
        std::set<std::string>{"3 kind code_out_of_range"});
}

TEST_CASE("a table is posted in order, and posted again it exists", "[ledger]") {
  Books books;
  constexpr std::size_t rows = 25'000;  // more than two commits' worth
  std::vector<std::string> ids, debits, credits, linked_words;
  std::vector<std::int64_t> amounts;
  for (std::size_t row = 0; row < rows; ++row) {
    ids.push_back(text(100 + row));
    debits.push_back(text(1));
    credits.push_back(text(row == 7 ? 666 : 2));
    amounts.push_back(static_cast<std::int64_t>(row % 100));
    // A chain across the place where a commit would end otherwise.
    linked_words.push_back(row >= 9'990 && row < 10'020 ? "yes" : "no");
  }
  const Table commands = table({texts("id", ids), texts("debit", debits), texts("credit", credits),
                                texts("unit", std::vector<std::string>(rows, "seconds_served")),
                                numbers("amount", amounts), texts("linked", linked_words)});
  const std::vector<std::string> outcomes = outcomes_of(books.ledger.post_many(commands));
  REQUIRE(outcomes.size() == rows);
  for (std::size_t row = 0; row < rows; ++row) {
    std::string wanted = amounts[row] == 0 ? "amount_is_zero" : "booked";
    if (row == 7) wanted = "credit_not_found";
    if (row >= 9'990 && row <= 10'020)
      wanted = row == 10'000 ? "amount_is_zero" : "linked_entry_failed";
    INFO("row " << row);
    REQUIRE(outcomes[row] == wanted);
  }
  const ChainHead head = books.ledger.head();
  const std::vector<std::string> again = outcomes_of(books.ledger.post_many(commands));
  for (std::size_t row = 0; row < rows; ++row)
    REQUIRE(again[row] == (outcomes[row] == "booked" ? "exists" : outcomes[row]));
  CHECK(books.ledger.head() == head);
  CHECK(books.ledger.verify().sound());
}

TEST_CASE("a posting that is stopped says how far it came", "[ledger]") {
  Books books;
  std::stop_source stop;
  stop.request_stop();
  const Table commands = table({texts("id", {text(5)})});
  try {
    static_cast<void>(books.ledger.post_many(commands, {.stop = stop.get_token(), .progress = {}}));
    FAIL("it was not stopped");
  } catch (const Error& error) {
    CHECK(error.code() == "interrupted");
    CHECK(error.parts().place == "commands row 1");
  }
}

TEST_CASE("a trial balance as a table", "[ledger]") {
  Books books;
  books.open(3, {}, Unit::money("CNY"));
  REQUIRE(books.ledger.post(transfer(50, 90)) == Outcome::booked);
  REQUIRE(books.ledger.post(claim(51, 7)) == Outcome::booked);
  const Table lines = to_table(books.ledger.trial_balance());
  REQUIRE(lines.rows() == 2);
  const auto cell = [&](const char* column, std::size_t row) {
    return std::get<std::vector<std::int64_t>>(lines.find(column)->cells)[row];
  };
  CHECK(std::get<TextColumn>(lines.find("unit")->cells)[0] == "seconds_served");
  CHECK(cell("accounts", 0) == 2);
  CHECK(cell("debits_posted", 0) == 90);
  CHECK(cell("credits_posted", 0) == 90);
  CHECK(cell("debits_pending", 0) == 7);
  CHECK(cell("credits_pending", 0) == 7);
  CHECK(cell("accounts", 1) == 1);
  const std::vector<TrialBalance> huge{{.unit = hours_unit, .debits_posted = uint128{u64_max} + 2}};
  CHECK_THROWS_AS(to_table(huge), Error);
}
