#include <cmath>

#include "support.hpp"

namespace jiedui::test {

namespace {

/// A matrix with a header line and a column of row names, row by row.
std::vector<double> matrix(const std::filesystem::path& file) {
  const CsvTable read = read_csv_table(file);
  REQUIRE(read.problems.empty());
  std::vector<double> cells;
  for (std::size_t row = 0; row < read.table.rows(); ++row)
    for (std::size_t column = 1; column < read.table.columns.size(); ++column)
      cells.push_back(real_number(std::get<TextColumn>(read.table.columns[column].cells)[row]));
  return cells;
}

}  // namespace

TEST_CASE("students and projects reach the known optimum, proved", "[real]") {
  const auto folder = real_data("wpi_student_project");
  if (!folder) return;
  const auto year = *folder / "2017-2018";
  const std::vector<double> of_students = matrix(year / "student_preference.csv");
  const std::vector<double> of_projects = matrix(year / "project_preference.csv");
  const CsvTable places = read_csv_table(year / "project_capacity.csv");
  const std::size_t projects = places.table.rows();
  const std::size_t students = of_students.size() / projects;
  REQUIRE(students == 928);
  REQUIRE(projects == 46);
  REQUIRE(of_projects.size() == of_students.size());

  std::vector<std::int32_t> demand;
  for (std::size_t p = 0; p < projects; ++p)
    demand.push_back(static_cast<std::int32_t>(whole_number(texts(places.table, "Capacity")[p])));
  PairColumns pairs;
  for (std::uint32_t s = 0; s < students; ++s) {
    for (std::uint32_t p = 0; p < projects; ++p) {
      const double wish = of_students[s * projects + p];
      if (wish <= 0) continue;
      pairs.volunteer.push_back(s);
      pairs.need.push_back(p);
      pairs.points.push_back(std::llround((wish + of_projects[s * projects + p]) * 1e9));
    }
  }
  REQUIRE(pairs.points.size() == 14'359);

  const ExplicitMarket market(std::move(pairs), std::vector<std::int32_t>(students, 1),
                              std::move(demand));
  const Plan plan = solved_and_proved(market);
  CHECK(plan.filled() == 928);
  // 1404.6733 to four decimals: from 1404.67325 to 1404.67335.
  CHECK(plan.points() >= int128{1'404'673'250'000});
  CHECK(plan.points() < int128{1'404'673'350'000});
}

}  // namespace jiedui::test
