#include <catch2/catch.hpp>

#include "jiedui/wire/network_files.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

using Lines = std::vector<std::string>;

Lines said(const std::vector<Problem>& problems) {
  Lines lines;
  for (const Problem& problem : problems)
    lines.push_back(problem.table + " " + std::to_string(problem.row) + " " + problem.column + " " +
                    problem.code);
  return lines;
}

Lines refusal(const CsvFiles& files) {
  try {
    read_csv(files);
    return {};
  } catch (const InputError& error) {
    CHECK(error.problem_count() == static_cast<std::int64_t>(error.problems().size()));
    return said(error.problems());
  }
}

std::string any_item() {
  return std::string(std::get<TextColumn>(standard_catalogue().find("id")->cells)[0]);
}

void write_town(const Folder& folder) {
  write_bytes(folder / "volunteers.csv",
              "id,latitude,longitude,skills,capacity\r\nV-2,28.9,118.8,,2\r\nV-1,,,cooking:3,\r\n");
  write_bytes(folder / "needs.csv", "id,item,demand\nN-1," + any_item() + ",2\n");
}

}  // namespace

TEST_CASE("a network from CSV files", "[wire]") {
  const Folder folder;
  write_town(folder);
  const Network network =
      read_csv({.volunteers = folder / "volunteers.csv", .needs = folder / "needs.csv"});
  CHECK(network.volunteer_count() == 2);
  CHECK(network.need(NeedIndex(0)).demand == 2);
  CHECK(network.volunteer(VolunteerIndex(1)).position == Position{289'000'000, 1'188'000'000});
  CHECK(read_csv_folder(folder.path()).tables(Personal::included) ==
        network.tables(Personal::included));
}

TEST_CASE("problems of form and of content come together, with the records of the file", "[wire]") {
  const Folder folder;
  write_bytes(folder / "volunteers.csv",
              "id,capacity\nV-1,1\nV-2\nV-3,many\n\"V-4\n\",1,1\nV-1,1\nV-5,2\n");
  write_bytes(folder / "needs.csv", "id,item\nN-1,no such thing\n");
  const CsvFiles files = csv_files(folder.path());
  const Lines wanted = {"volunteers.csv 3  cell_count",
                        "volunteers.csv 5  cell_count",
                        "volunteers.csv 4 capacity number_invalid",
                        "volunteers.csv 2 id id_duplicate",
                        "volunteers.csv 6 id id_duplicate",
                        "needs.csv 2 item reference_unknown"};
  Lines found = refusal(files);
  Lines sorted = wanted;
  std::sort(found.begin(), found.end());
  std::sort(sorted.begin(), sorted.end());
  CHECK(found == sorted);

  const auto good = read_csv_good_rows(files);
  CHECK(good.problem_count == static_cast<std::int64_t>(wanted.size()));
  CHECK(good.bad_rows.rows() == wanted.size());
  CHECK(good.network.need_count() == 0);
  CHECK(good.network.find(Entity::volunteer, "V-5").has_value());
  CHECK_FALSE(good.network.find(Entity::volunteer, "V-3").has_value());
}

TEST_CASE("a bad header is told before the contents are judged", "[wire]") {
  const Folder folder;
  write_bytes(folder / "a.csv", "id,id\nV-1,1\n");
  write_bytes(folder / "b.csv", "id\n\"x\n");
  const Lines wanted = {"a.csv 1 id header_double", "b.csv 2 id quote_unclosed"};
  CHECK(refusal({.volunteers = folder / "a.csv", .needs = folder / "b.csv"}) == wanted);
  CHECK(error_code([&] {
          read_csv_good_rows({.volunteers = folder / "a.csv", .needs = folder / "b.csv"});
        }) == "input_invalid");
  // Two files of one name are told apart.
  std::filesystem::create_directories(folder / "x");
  write_bytes(folder / "x/a.csv", "id\n\"x\n");
  CHECK(refusal({.volunteers = folder / "a.csv", .needs = folder / "x/a.csv"}) ==
        Lines{"a.csv 1 id header_double", "a.csv (needs) 2 id quote_unclosed"});
}

TEST_CASE("only files of the folder are read", "[wire]") {
  const Folder folder, other;
  CHECK(error_code([&] { read_csv_folder(folder.path()); }) == "file_missing");
  CHECK(error_code([&] { read_csv_folder(folder / "none"); }) == "file_missing");
  write_town(other);
  std::filesystem::create_symlink(other / "volunteers.csv", folder / "volunteers.csv");
  CHECK(error_code([&] { read_csv_folder(folder.path()); }) == "file_not_regular");
}

TEST_CASE("a network written as CSV is read back the same", "[wire]") {
  const Folder folder;
  write_town(folder);
  const Network network = read_csv_folder(folder.path());
  write_csv(network, folder / "out", Personal::included);
  CHECK(read_csv_folder(folder / "out").tables(Personal::included) ==
        network.tables(Personal::included));
  write_csv(network, folder / "out");
  CHECK_FALSE(read_csv_folder(folder / "out").volunteer(VolunteerIndex(1)).position.has_value());
  CHECK(read_bytes(folder / "out/volunteers.csv").find("118.8") == std::string::npos);
}
