#include "jiedui/network/builder.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "support/run.hpp"

using namespace jiedui;

namespace {

Table table(std::string name, std::vector<std::pair<std::string, std::vector<std::string>>> given) {
  Table table{.name = std::move(name), .columns = {}, .first_row = 2};
  for (auto& [column, texts] : given) {
    TextColumn cells;
    for (const std::string& text : texts) cells.push_back(text);
    table.columns.push_back({column, std::move(cells), {}});
  }
  return table;
}

std::vector<Problem> problems_of(const NetworkBuilder& builder) {
  try {
    (void)builder.build();
  } catch (const InputError& error) {
    CHECK(error.problem_count() >= static_cast<std::int64_t>(error.problems().size()));
    return error.problems();
  }
  return {};
}

/// table, row, column and code of the only problem.
std::string only_problem(Entity entity, const Table& given) {
  NetworkBuilder builder;
  builder.add(entity, given);
  const auto problems = problems_of(builder);
  if (problems.size() != 1) return std::to_string(problems.size()) + " problems";
  const Problem& problem = problems.front();
  CHECK_FALSE(problem.allowed.empty());
  return problem.table + " " + std::to_string(problem.row) + " " + problem.column + " " +
         problem.code;
}

NetworkBuilder small_town() {
  NetworkBuilder builder;
  builder.add(Place{.id = "county", .level = 1});
  builder.add(Place{.id = "village",
                    .level = 4,
                    .parent = "county",
                    .position = Position{289'405'180, 1'188'955'180}});
  builder.add(Household{.id = "h1", .place = "village"});
  builder.add(Beneficiary{.id = "b1", .household = "h1", .birth_year = YearRange{1935, 1935}});
  builder.add(Volunteer{.id = "v1",
                        .place = "village",
                        .skills = {{"haircut", 3}, {"company", 1}},
                        .credentials = {{"nurse", {}, parse_date("2027-01-01")}},
                        .languages = {"zh", "wuu"},
                        .availability = *parse_window("Mon-Fri 09:00-12:00"),
                        .capacity = 2});
  builder.add(Need{.id = "n1", .beneficiary = "b1", .item = "A3", .excluded = {"v1"}});
  builder.add(Edge{.id = "e1", .kind = EdgeKind::bond, .from = "v1", .to = "b1"});
  return builder;
}

}  // namespace

TEST_CASE("rows become a frozen network, and rows again", "[network]") {
  const Network network = small_town().build();
  const Volunteer volunteer = network.volunteer(network.volunteer_index("v1"));
  CHECK(volunteer.skills == std::vector<SkillLevel>{{"company", 1}, {"haircut", 3}});
  CHECK(volunteer.credentials ==
        std::vector<Credential>{{"nurse", std::nullopt, parse_date("2027-01-01")}});
  CHECK(volunteer.availability.size() == 5);
  CHECK(volunteer.capacity == 2);
  CHECK(volunteer.place == "village");
  const Need need = network.need(network.need_index("n1"));
  CHECK(need.tier == 4);  // the least urgent unless stated
  CHECK(need.demand == 1);
  CHECK(need.excluded == std::vector<std::string>{"v1"});
  CHECK(network.size(Entity::item) == 23);  // the built-in catalogue
  // No position of its own, nor a place: the household's place.
  CHECK(network.position(NeedIndex{0}) == Position{289'405'180, 1'188'955'180});
  CHECK(network.edge_from(EdgeIndex{0}) == EntityRef{Entity::volunteer, 0});
  CHECK(network.edge_to(EdgeIndex{0}) == EntityRef{Entity::beneficiary, 0});
  CHECK_THROWS_AS(network.volunteer_index("v2"), Error);
  CHECK_THROWS_AS(network.volunteer(VolunteerIndex{1}), Error);
}

TEST_CASE("tables of a network build the same network", "[network]") {
  const Network network = small_town().build();
  const auto tables = network.tables(Personal::included);
  NetworkBuilder builder;
  for (std::size_t i = 0; i < tables.size(); ++i) builder.add(static_cast<Entity>(i), tables[i]);
  CHECK(builder.build().tables(Personal::included) == tables);
}

TEST_CASE("personal fields are left out unless asked for", "[network]") {
  const Network network = small_town().build();
  const Table open = network.table(Entity::beneficiary, Personal::left_out);
  CHECK(open.find("birth_year") == nullptr);
  CHECK(open.find("gender") == nullptr);
  CHECK(open.find("latitude") == nullptr);
  CHECK(open.find("tags") == nullptr);
  CHECK(network.table(Entity::volunteer, Personal::left_out).find("health_limits") == nullptr);
  CHECK(network.table(Entity::beneficiary, Personal::included).find("birth_year") != nullptr);
  // A place is no person.
  CHECK(network.table(Entity::place, Personal::left_out).find("latitude") != nullptr);
}

TEST_CASE("each fault of a cell has its code, row and column", "[network]") {
  const auto volunteer = [](const std::string& column, const std::string& cell) {
    return only_problem(Entity::volunteer,
                        table("v.csv", {{"id", {"good", "bad"}}, {column, {"", cell}}}));
  };
  CHECK(volunteer("capacity", "-1") == "v.csv 3 capacity number_out_of_range");
  CHECK(volunteer("capacity", "1.5") == "v.csv 3 capacity number_invalid");
  CHECK(volunteer("capacity", "99999999999999999999") == "v.csv 3 capacity number_invalid");
  CHECK(volunteer("insured_until", "2026-02-30") == "v.csv 3 insured_until date_invalid");
  CHECK(volunteer("birth_year", "58") == "v.csv 3 birth_year year_invalid");
  CHECK(volunteer("birth_year", "1960-1950") == "v.csv 3 birth_year year_invalid");
  CHECK(volunteer("gender", "f") == "v.csv 3 gender choice_unknown");
  CHECK(volunteer("skills", "haircut:0") == "v.csv 3 skills list_invalid");
  CHECK(volunteer("skills", "haircut:12") == "v.csv 3 skills list_invalid");
  CHECK(volunteer("credentials", "nurse@2026-01-01..2025-01-01") ==
        "v.csv 3 credentials list_invalid");
  CHECK(volunteer("availability", "Mon 09:00-08:00") == "v.csv 3 availability list_invalid");
  CHECK(volunteer("languages", "zh;a:b") == "v.csv 3 languages list_invalid");
  CHECK(volunteer("channel", "a;b") == "v.csv 3 channel word_invalid");
  CHECK(volunteer("place", "nowhere") == "v.csv 3 place reference_unknown");
  CHECK(volunteer("nickname", "x") == "v.csv 0 number 2 column_unknown");
  CHECK(volunteer("latitude", "28.9") == "v.csv 3 longitude position_incomplete");

  const auto id = [](const std::string& cell) {
    return only_problem(Entity::volunteer, table("v.csv", {{"id", {"good", cell}}}));
  };
  CHECK(id("") == "v.csv 3 id id_missing");
  CHECK(id(std::string(129, 'x')) == "v.csv 3 id id_too_long");
  CHECK(id("a;b") == "v.csv 3 id id_invalid");
  CHECK(id(" a") == "v.csv 3 id id_invalid");
  CHECK(id("a\nb") == "v.csv 3 id id_invalid");
  CHECK(id("\xED\xA0\x80") == "v.csv 3 id id_invalid");  // a surrogate is no UTF-8
  CHECK(id("\xC0\xAF") == "v.csv 3 id id_invalid");      // an overlong '/'
  CHECK(only_problem(Entity::volunteer, table("v.csv", {{"capacity", {"1"}}})).find("2 problems") ==
        0);  // the missing column, and the id missing in its row
}

TEST_CASE("positions are read exactly and refused where impossible", "[network]") {
  const auto read = [](const std::string& latitude, const std::string& longitude) {
    NetworkBuilder builder;
    builder.add(Entity::volunteer,
                table("v", {{"id", {"v"}}, {"latitude", {latitude}}, {"longitude", {longitude}}}));
    const auto result = builder.keep_good_rows();
    return result.network.volunteer_count() == 1 ? result.network.volunteers().position[0]
                                                 : Position{};
  };
  CHECK(read("28.940518", "118.895463") == Position{289'405'180, 1'188'954'630});
  CHECK(read("-0.00000005", "180") == Position{-1, 1'800'000'000});  // half away from zero
  CHECK(read("90", "-180.0000000") == Position{900'000'000, -1'800'000'000});
  for (const char* wrong : {"nan", "inf", "-inf", "90.0000001", "1e1", "--1", ".", "28,9", "0x1",
                            "99999999999999999999999999"})
    CHECK_FALSE(read(wrong, "0").has_value());

  Table reals{.name = "v", .columns = {}};
  TextColumn ids;
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> values = {std::nan(""), infinity, -infinity, 90.1, -90.1, 45.0};
  for (std::size_t i = 0; i < values.size(); ++i) ids.push_back("v" + std::to_string(i));
  reals.columns.push_back({"id", ids, {}});
  reals.columns.push_back({"latitude", values, {}});
  reals.columns.push_back({"longitude", std::vector<double>(values.size(), -0.0), {}});
  NetworkBuilder builder;
  builder.add(Entity::volunteer, reals);
  const auto result = builder.keep_good_rows();
  CHECK(result.problem_count == 5);
  REQUIRE(result.network.volunteer_count() == 1);
  CHECK(result.network.volunteers().position[0] == Position{450'000'000, 0});
}

TEST_CASE("whole numbers may come as real ones, but not half ones", "[network]") {
  Table given{.name = "v", .columns = {}};
  given.columns.push_back({"id", std::vector<std::int64_t>{7, 8, 9}, {}});
  given.columns.push_back({"capacity", std::vector<double>{3.0, 2.5, 0.0}, {1, 1, 0}});
  NetworkBuilder builder;
  builder.add(Entity::volunteer, given);
  const auto result = builder.keep_good_rows();
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].code == "number_invalid");
  CHECK(result.problems[0].row == 2);
  CHECK(result.network.volunteer(result.network.volunteer_index("7")).capacity == 3);
  CHECK(result.network.volunteer(result.network.volunteer_index("9")).capacity == 1);
}

TEST_CASE("rows that no cell could hold are refused, not read as something else", "[network]") {
  const auto code = [](const Volunteer& row) {
    NetworkBuilder builder;
    builder.add(row);
    const auto problems = problems_of(builder);
    return problems.empty() ? std::string{} : problems[0].column + " " + problems[0].code;
  };
  CHECK(code({.id = "v", .skills = {{"x;law", 9}}}) == "skills list_invalid");
  CHECK(code({.id = "v", .skills = {{"law", 12}}}) == "skills list_invalid");
  CHECK(code({.id = "v", .languages = {"zh;en"}}) == "languages list_invalid");
  CHECK(code({.id = "v", .gender = static_cast<Gender>(99)}) == "gender choice_unknown");
  CHECK(code({.id = "v", .availability = {Window{.day = 1'000'000}}}) ==
        "availability list_invalid");
  CHECK(code({.id = "v", .availability = {Window{.begin = 59}}}) == "availability list_invalid");
  CHECK(code({.id = "v", .capacity = -1}) == "capacity number_out_of_range");
  CHECK(code({.id = "v", .position = Position{950'000'000, 0}}) == "latitude position_invalid");
}

TEST_CASE("tables that would be read beyond their bounds are refused", "[network]") {
  const auto code = [](Column column) -> std::string {
    Table given{.name = "v", .columns = {}};
    given.columns.push_back({"id", std::vector<std::int64_t>{1, 2}, {}});
    given.columns.push_back(std::move(column));
    NetworkBuilder builder;
    builder.add(Entity::volunteer, std::move(given));
    try {
      (void)builder.build();
      return "none";
    } catch (const Error& error) {
      return error.code();
    }
  };
  CHECK(code({"capacity", std::vector<std::int64_t>{1}, {}}) == "column_length");
  CHECK(code({"capacity", std::vector<std::int64_t>{1, 2}, {1}}) == "column_length");
  DictionaryColumn dictionary;
  dictionary.texts.push_back("a");
  dictionary.codes = {0, 1};
  CHECK(code({"channel", dictionary, {}}) == "code_out_of_range");
  dictionary.codes = {0, DictionaryColumn::absent};
  CHECK(code({"channel", dictionary, {}}) == "none");
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  Table positions{.name = "v", .columns = {}};
  positions.columns.push_back({"id", std::vector<std::int64_t>{1}, {}});
  positions.columns.push_back({"latitude", std::vector<std::int64_t>{least}, {}});
  positions.columns.push_back({"longitude", std::vector<std::int64_t>{least}, {}});
  NetworkBuilder builder;
  builder.add(Entity::volunteer, positions);
  CHECK(builder.keep_good_rows().problem_count == 2);
}

TEST_CASE("several tables are read by the same rules as one", "[network]") {
  for (const int tables : {1, 2}) {
    NetworkBuilder builder;
    for (int i = 0; i < tables; ++i) {
      Table given{.name = "v", .columns = {}};
      given.columns.push_back({"id", std::vector<double>{1.5 + i, 1e300}, {}});
      builder.add(Entity::volunteer, given);
    }
    CHECK(builder.keep_good_rows().problem_count == 2 * tables);
  }
}

TEST_CASE("a double column is not read, and a missing header leaks no cell", "[network]") {
  NetworkBuilder builder;
  builder.add(Entity::volunteer,
              table("v", {{"id", {"a"}}, {"capacity", {"5"}}, {"capacity", {"7"}}}));
  const auto result = builder.keep_good_rows();
  CHECK(result.problem_count == 1);
  CHECK(result.network.volunteer(VolunteerIndex{0}).capacity == 1);
  NetworkBuilder headless;
  headless.add(Entity::volunteer, table("v", {{"Zhang San 13800000000", {"x"}}}));
  try {
    (void)headless.build();
    FAIL("no error");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).find("138") == std::string::npos);
    for (const Problem& problem : error.problems())
      CHECK(problem.column.find("138") == std::string::npos);
  }
}

TEST_CASE("a row that names a bad row is bad itself", "[network]") {
  NetworkBuilder builder;
  builder.add(Entity::place, table("p", {{"id", {"a", "b", "c", "d", "e", "f"}},
                                         {"level", {"9", "2", "3", "1", "2", "2"}},
                                         {"parent", {"", "a", "b", "", "f", "e"}}}));
  builder.add(Entity::volunteer, table("v", {{"id", {"x", "y"}}, {"place", {"c", "d"}}}));
  const auto result = builder.keep_good_rows();
  CHECK(result.network.size(Entity::place) == 1);  // d
  CHECK(result.network.volunteer_count() == 1);    // y
  const auto has = [&](std::int64_t row, const std::string& code) {
    return std::any_of(result.problems.begin(), result.problems.end(), [&](const Problem& problem) {
      return problem.row == row && problem.code == code;
    });
  };
  CHECK(has(2, "number_out_of_range"));
  CHECK(has(3, "reference_unknown"));
  CHECK(has(4, "reference_unknown"));
  CHECK(has(6, "parent_cycle"));
  CHECK(has(7, "parent_cycle"));
  CHECK(result.bad_rows.rows() == result.problems.size());
}

TEST_CASE("rows that share an id are all refused, whatever their order", "[network]") {
  NetworkBuilder builder;
  builder.add(Entity::volunteer, table("v", {{"id", {"a", "b", "a"}}}));
  const auto result = builder.keep_good_rows();
  CHECK(result.problem_count == 2);
  CHECK(result.network.volunteer_count() == 1);
  CHECK_THROWS_AS(builder.build(), InputError);
}

TEST_CASE("a thousand problems are listed and all are counted", "[network]") {
  std::vector<std::string> ids;
  for (int i = 0; i < 2'500; ++i) ids.push_back("v" + std::to_string(i));
  NetworkBuilder builder;
  builder.add(Entity::volunteer,
              table("v", {{"id", ids}, {"capacity", std::vector<std::string>(2'500, "many")}}));
  try {
    (void)builder.build();
    FAIL("no error");
  } catch (const InputError& error) {
    CHECK(error.problems().size() == 1'000);
    CHECK(error.problem_count() == 2'500);
  }
}

TEST_CASE("several tables of one entity keep their own rows", "[network]") {
  NetworkBuilder builder;
  builder.add(Entity::volunteer, table("one.csv", {{"id", {"a"}}, {"capacity", {"2"}}}));
  builder.add(Entity::volunteer, table("two.csv", {{"id", {"b", "c"}}, {"capacity", {"x", "3"}}}));
  const auto problems = problems_of(builder);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].table == "two.csv");
  CHECK(problems[0].row == 2);
}

TEST_CASE("edges join what their kind allows", "[network]") {
  const auto problem = [](Edge edge) {
    NetworkBuilder builder = small_town();
    builder.add(Organisation{.id = "o1"});
    edge.id = "e2";
    builder.add(edge);
    const auto problems = problems_of(builder);
    return problems.empty() ? std::string{} : problems.front().column + " " + problems.front().code;
  };
  CHECK(problem({.kind = EdgeKind::member, .from = "v1", .to = "o1"}).empty());
  CHECK(problem({.kind = EdgeKind::bond, .from = "v1", .to = "o1"}) == "to reference_unknown");
  CHECK(problem({.kind = EdgeKind::recruited_by, .from = "v1", .to = "o1"}) ==
        "to_kind edge_end_kind");
  CHECK(
      problem({.kind = EdgeKind::recruited_by, .from = "v1", .to_kind = "organisation", .to = "o1"})
          .empty());
  CHECK(problem({.kind = EdgeKind::supervises, .from = "v1", .to = "v1"}) == "to edge_to_itself");
  CHECK(problem({.kind = EdgeKind::located, .from = "v1", .to = "village"}) ==
        "kind edge_kind_derived");
  CHECK(problem({.kind = EdgeKind::member,
                 .from = "v1",
                 .to = "o1",
                 .starts = parse_date("2026-01-02"),
                 .ends = parse_date("2026-01-01")}) == "ends ends_before_start");
}

TEST_CASE("the order of the rows does not show", "[network]") {
  std::mt19937 random(5);
  const std::vector<std::string> skills = {"a:1;b:2", "b:2; a", "c", "", "a:3"};
  const std::size_t rows = 60;
  std::vector<std::size_t> order(rows);
  std::vector<std::vector<std::string>> columns(4);
  for (std::size_t i = 0; i < rows; ++i) {
    order[i] = i;
    columns[0].push_back("v" + std::to_string(i));
    columns[1].push_back(skills[random() % skills.size()]);
    columns[2].push_back(
        std::vector<std::string>{"daily 08:00-09:00", "Mon 09:00-10:00", ""}[random() % 3]);
    columns[3].push_back(std::vector<std::string>{"web", "hotline", ""}[random() % 3]);
  }
  std::optional<std::vector<Table>> first;
  for (std::int64_t run = 0; run < test::scaled(30); ++run) {
    std::vector<std::vector<std::string>> shuffled(4);
    for (std::size_t column = 0; column < 4; ++column)
      for (const std::size_t row : order) shuffled[column].push_back(columns[column][row]);
    NetworkBuilder builder;
    builder.add(Entity::volunteer, table("v", {{"id", shuffled[0]},
                                               {"skills", shuffled[1]},
                                               {"availability", shuffled[2]},
                                               {"channel", shuffled[3]}}));
    const auto tables = builder.build().tables(Personal::included);
    if (!first) first = tables;
    CHECK(tables == *first);
    std::shuffle(order.begin(), order.end(), random);
  }
}

TEST_CASE("the built-in catalogue has 5 groups and 23 items", "[network]") {
  const Network network = NetworkBuilder{}.build();
  CHECK(network.size(Entity::item) == 23);
  std::vector<std::string> groups;
  for (std::uint32_t i = 0; i < 23; ++i) groups.push_back(network.item(ItemIndex{i}).group);
  std::sort(groups.begin(), groups.end());
  CHECK(std::unique(groups.begin(), groups.end()) - groups.begin() == 5);
}
