#include "jiedui/ledger/outcome.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"

namespace {

using namespace jiedui;

/// The rows of the table in docs/outcomes.md: "| 30 | `id_is_zero` | cause | cure |".
std::vector<std::string> documented_rows() {
  std::ifstream file("docs/outcomes.md");
  REQUIRE(file);
  std::vector<std::string> rows;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("| ") && line[2] >= '0' && line[2] <= '9') rows.push_back(line);
  return rows;
}

}  // namespace

TEST_CASE("docs/outcomes.md lists every outcome in order of precedence", "[ledger]") {
  const auto rows = documented_rows();
  REQUIRE(rows.size() == outcome_list.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const OutcomeInfo& one = outcome_list[i];
    std::ostringstream row;
    row << "| " << static_cast<unsigned>(one.outcome) << " | `" << one.name << "` | " << one.cause
        << " | " << one.cure << " |";
    CHECK(rows[i] == row.str());
  }
}

TEST_CASE("every outcome has a name of its own, a cause and a cure", "[ledger]") {
  std::set<std::string_view> names;
  for (const OutcomeInfo& one : outcome_list) {
    CHECK(names.insert(one.name).second);
    CHECK(to_string(one.outcome) == one.name);
    CHECK_FALSE(one.cause.empty());
    CHECK_FALSE(one.cure.empty());
  }
  CHECK_THROWS_AS(to_string(static_cast<Outcome>(15)), Error);
}

TEST_CASE("what is in the books has succeeded", "[ledger]") {
  CHECK(succeeded(Outcome::booked));
  CHECK(succeeded(Outcome::exists));
  CHECK_FALSE(succeeded(Outcome::exists_with_different_amount));
  CHECK_FALSE(succeeded(Outcome::linked_entry_failed));
}
