#include <fstream>

#include "support.hpp"

namespace jiedui::test {

namespace {

struct Instance {
  std::string file;
  std::int64_t optimum;  // least cost, from SOURCE.txt
};

/// OR-Library's form: n, then n · n costs row by row, or "row column cost" for sparse ones.
ExplicitMarket market_of(const std::filesystem::path& file, bool is_sparse) {
  std::ifstream in(file);
  std::uint32_t n = 0;
  REQUIRE(in >> n);
  PairColumns pairs;
  const auto add = [&](std::uint32_t row, std::uint32_t column, std::int64_t cost) {
    pairs.volunteer.push_back(row);
    pairs.need.push_back(column);
    pairs.points.push_back(-cost);
  };
  std::int64_t cost = 0;
  if (is_sparse) {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    while (in >> row >> column >> cost) add(row - 1, column - 1, cost);
  } else {
    for (std::uint32_t i = 0; i < n * n; ++i) {
      REQUIRE(in >> cost);
      add(i / n, i % n, cost);
    }
  }
  return ExplicitMarket(std::move(pairs), std::vector<std::int32_t>(n, 1),
                        std::vector<std::int32_t>(n, 1));
}

}  // namespace

TEST_CASE("OR-Library's assignment problems reach their optima, proved", "[real]") {
  const auto folder = real_data("orlib_assign");
  if (!folder) return;
  const auto instance = GENERATE(values<Instance>({{"assign100.txt", 305},
                                                   {"assign200.txt", 475},
                                                   {"assign300.txt", 626},
                                                   {"assign400.txt", 804},
                                                   {"assignp800.txt", 2239}}));
  CAPTURE(instance.file);
  const auto market = market_of(*folder / instance.file, instance.file == "assignp800.txt");
  const Plan plan = solved_and_proved(market);
  CHECK(plan.filled() == plan.demand());
  CHECK(plan.points() == -int128{instance.optimum});
}

}  // namespace jiedui::test
