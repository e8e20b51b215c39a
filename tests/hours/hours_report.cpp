#include "jiedui/hours/hours_report.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "hours/served_records.hpp"
#include "jiedui/network/builder.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

/// P1 ◄ P2 ◄ P3 and P4, P1 ◄ P5; P6 by itself. P7 and P8 are unknown.
Network town() {
  NetworkBuilder builder;
  builder.add(Place{.id = "P1", .level = 1});
  builder.add(Place{.id = "P2", .level = 2, .parent = "P1"});
  builder.add(Place{.id = "P3", .level = 3, .parent = "P2"});
  builder.add(Place{.id = "P4", .level = 3, .parent = "P2"});
  builder.add(Place{.id = "P5", .level = 2, .parent = "P1"});
  builder.add(Place{.id = "P6", .level = 1});
  builder.add(Household{.id = "H1", .place = "P4"});
  builder.add(Beneficiary{.id = "B1", .household = "H1"});
  builder.add(Beneficiary{.id = "B2", .place = "P5"});
  builder.add(Need{.id = "N1", .beneficiary = "B1", .item = "A3"});
  builder.add(Need{.id = "N2", .beneficiary = "B1", .item = "A3", .place = "P3"});
  return builder.build();
}

const PlaceHours& of_place(const std::vector<PlaceHours>& places, std::string_view id) {
  return *std::find_if(places.begin(), places.end(),
                       [&](const PlaceHours& place) { return place.place == id; });
}

void add_seconds(HoursLine& sum, const HoursLine& line) {
  for (std::size_t i = 0; i < 4; ++i) sum.by_source[i] += line.by_source[i];
  sum.confirmed += line.confirmed;
  sum.claimed += line.claimed;
}

}  // namespace

TEST_CASE("hours by one key", "[hours]") {
  std::vector<ServedRecord> records = {
      served_on("V1", "2026-03-01", 2), served_on("V1", "2026-03-31", 3),
      served_on("V2", "2026-04-01", 4), served_on("V3", "2026-04-02", 0)};
  records[1].source = RecordSource::clock;
  records[3].claimed = hours(9);
  records[0].people_served = 5;
  const HoursReport report = hours_report(records, {GroupBy::month});
  REQUIRE(report.lines.size() == 2);
  CHECK(report.lines[0] == HoursLine{.keys = {"2026-03"},
                                     .by_source = {hours(3), hours(2), Seconds{}, Seconds{}},
                                     .confirmed = hours(5),
                                     .person_times = 2,
                                     .distinct_persons = 1,
                                     .people_served = 5});
  // A record that only waits is nobody's service yet.
  CHECK(report.lines[1] == HoursLine{.keys = {"2026-04"},
                                     .by_source = {Seconds{}, hours(4), Seconds{}, Seconds{}},
                                     .confirmed = hours(4),
                                     .claimed = hours(9),
                                     .person_times = 1,
                                     .distinct_persons = 1});
  CHECK(report.total.distinct_persons == 2);
  CHECK(report.table().columns.front().name == "month");
  CHECK(std::get<std::vector<std::int64_t>>(report.table().find("clock_seconds")->cells) ==
        std::vector<std::int64_t>{10'800, 0});
  records[0].source = RecordSource{9};
  CHECK_THROWS_AS(hours_report(records, {}), Error);
}

TEST_CASE("organisations that ran it together share the seconds without a rest", "[hours]") {
  ServedRecord record = served_on("V1", "2026-03-01", 0);
  record.confirmed = Seconds{100};
  record.organisation = "O1";
  record.co_organisers = {"O2", "O3"};
  const std::vector<ServedRecord> records = {record};
  const HoursReport report = hours_report(records, {GroupBy::organisation});
  REQUIRE(report.lines.size() == 3);
  CHECK(report.lines[0].confirmed == Seconds{34});
  CHECK(report.lines[1].confirmed == Seconds{33});
  CHECK(report.lines[2].confirmed == Seconds{33});
  CHECK(report.lines[2].person_times == 1);
  CHECK(report.total.person_times == 1);
  // The volunteer keeps them all.
  CHECK(hours_report(records, {GroupBy::volunteer}).lines[0].confirmed == Seconds{100});
}

TEST_CASE("person-times and distinct persons differ", "[hours]") {
  // Mechanism N10, made small: 26 events, 500 person-times by 50 volunteers, 4,200 served.
  std::vector<ServedRecord> records;
  for (int i = 0; i < 500; ++i) {
    ServedRecord record = served_on("V" + std::to_string(i % 50), "2026-03-01", 1);
    record.activity = "event " + std::to_string(i % 26);
    record.people_served = i < 200 ? 9 : 8;
    records.push_back(record);
  }
  const HoursReport report = hours_report(records, {GroupBy::activity});
  CHECK(report.lines.size() == 26);
  CHECK(report.total.person_times == 500);
  CHECK(report.total.distinct_persons == 50);
  CHECK(report.total.people_served == 4'200);
}

TEST_CASE("the parts of a report sum to the whole, in any order", "[hours]") {
  std::mt19937_64 random(seed());
  for (std::int64_t round = scaled(20); round > 0; --round) {
    auto records = random_served(random, random() % 200);
    std::vector<std::vector<GroupBy>> groupings = {{}, {GroupBy::organisation, GroupBy::month}};
    for (std::size_t i = 0; i < names(GroupBy{}).size(); ++i)
      groupings.push_back({static_cast<GroupBy>(i)});
    for (const auto& by : groupings) {
      const HoursReport report = hours_report(records, by);
      HoursLine sum;
      std::int64_t person_times = 0;
      for (const HoursLine& line : report.lines) {
        add_seconds(sum, line);
        person_times += line.person_times;
        const auto& parts = line.by_source;
        REQUIRE(parts[0] + parts[1] + parts[2] + parts[3] == line.confirmed);
        REQUIRE(line.distinct_persons <= line.person_times);
      }
      REQUIRE(sum.by_source == report.total.by_source);
      REQUIRE(sum.confirmed == report.total.confirmed);
      REQUIRE(sum.claimed == report.total.claimed);
      if (std::find(by.begin(), by.end(), GroupBy::organisation) == by.end())
        REQUIRE(person_times == report.total.person_times);
      auto shuffled = records;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      REQUIRE(hours_report(shuffled, by) == report);
    }
    std::set<std::string> persons;
    std::int64_t seconds = 0;
    for (const ServedRecord& record : records) {
      if (record.confirmed.count() == 0) continue;
      seconds += record.confirmed.count();
      persons.insert(record.volunteer.empty() ? record.account.to_string() : record.volunteer);
    }
    const HoursLine total = hours_report(records, {GroupBy::item}).total;
    REQUIRE(total.confirmed.count() == seconds);
    REQUIRE(total.distinct_persons == static_cast<std::int64_t>(persons.size()));
  }
}

TEST_CASE("hours of places roll up over all levels", "[hours]") {
  const Network network = town();
  std::vector<ServedRecord> records = {
      served_on("V1", "2026-03-01", 1),  served_on("V1", "2026-03-01", 2),
      served_on("V2", "2026-03-01", 4),  served_on("V2", "2026-03-01", 8),
      served_on("V2", "2026-03-01", 16), served_on("V2", "2026-03-01", 32)};
  records[0].place = "P3";
  records[1].place = "P4";
  records[2].need = "N1";         // no place: its beneficiary's household's, P4
  records[3].need = "N2";         // its own, P3
  records[4].beneficiary = "B2";  // P5
  records[5].place = "P7";        // unknown
  const auto places = hours_by_place(records, network);
  CHECK(of_place(places, "P3").own.confirmed == hours(9));
  CHECK(of_place(places, "P4").own.confirmed == hours(6));
  CHECK(of_place(places, "P2").own.confirmed == hours(0));
  CHECK(of_place(places, "P2").total.confirmed == hours(15));
  CHECK(of_place(places, "P2").total.person_times == 4);
  CHECK(of_place(places, "P2").total.distinct_persons == 2);
  CHECK(of_place(places, "P1").total.confirmed == hours(31));
  CHECK(of_place(places, "P6").total.confirmed == hours(0));
  CHECK(of_place(places, "P7").total.confirmed == hours(32));
  CHECK(places.back().place == "P7");
  CHECK(place_hours_table(places).rows() == 7);

  std::mt19937_64 random(seed());
  for (std::int64_t round = scaled(20); round > 0; --round) {
    const auto some = random_served(random, random() % 200);
    const HoursLine whole = hours_report(some, {}).total;
    HoursLine own, roots;
    for (const PlaceHours& place : hours_by_place(some, network)) {
      add_seconds(own, place.own);
      const auto row = network.find(Entity::place, place.place);
      if (!row || !network.places().parent[*row].has_value()) add_seconds(roots, place.total);
    }
    REQUIRE(own.by_source == whole.by_source);
    REQUIRE(own.claimed == whole.claimed);
    REQUIRE(roots.by_source == whole.by_source);
    REQUIRE(roots.claimed == whole.claimed);
  }
}

TEST_CASE("equal amounts have equal places", "[hours]") {
  const std::vector<ServedRecord> records = {
      served_on("C", "2026-03-01", 5), served_on("B", "2026-03-01", 5),
      served_on("A", "2026-03-01", 2), served_on("D", "2026-03-01", 9),
      served_on("", "2026-03-01", 50)};
  const HoursReport report = hours_report(records, {GroupBy::volunteer});
  const auto places = [](const std::vector<Ranked>& ranked) {
    std::string text;
    for (const Ranked& one : ranked) text += std::to_string(one.rank) + one.line.keys[0] + ' ';
    return text;
  };
  CHECK(places(ranking(report)) == "1D 2B 2C 4A ");
  CHECK(places(ranking(report, RankBy::confirmed, 2)) == "1D 2B 2C ");
  CHECK(places(ranking(report, RankBy::confirmed, 3)) == "1D 2B 2C ");
  CHECK(places(ranking(report, RankBy::person_times)) == "1A 1B 1C 1D ");
  const Table table = ranking_table(ranking(report), report.by);
  CHECK(table.rows() == 4);
  CHECK(table.columns[1].name == "volunteer");
}

TEST_CASE("records of planned pairs count for whom their need is", "[hours]") {
  NetworkBuilder builder;
  builder.add(Place{.id = "P", .level = 1}).add(Place{.id = "Q", .level = 1});
  builder.add(Household{.id = "H", .place = "P"});
  builder.add(Beneficiary{.id = "B", .household = "H"});
  builder.add(Item{.id = "I", .name = "meals", .skill = "care"});
  builder.add(Need{.id = "N", .beneficiary = "B", .item = "I"});
  const Network network = builder.build();
  std::vector<ServedRecord> records = {served_on("V", "2026-03-01", 2),
                                       served_on("V", "2026-03-01", 3),
                                       served_on("V", "2026-03-01", 4)};
  records[0].need = records[1].need = "N";
  records[1].beneficiary = "C";  // what a record says stays
  records[1].place = "Q";
  records[2].need = "unknown";
  const auto whole = with_needs(records, network);
  CHECK(whole[0].item == "I");
  CHECK(whole[0].beneficiary == "B");
  CHECK(whole[0].place == "P");
  CHECK(whole[1].beneficiary == "C");
  CHECK(whole[1].place == "Q");
  CHECK(whole[2] == records[2]);
  const HoursReport received = hours_report(whole, {GroupBy::beneficiary});
  REQUIRE(received.lines.size() == 3);
  CHECK(received.lines[1].keys == std::vector<std::string>{"B"});
  CHECK(received.lines[1].confirmed == hours(2));
}
