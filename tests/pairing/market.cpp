// Rules and points of a market, each by an example worked out by hand.

#include "jiedui/pairing/market.hpp"

#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;

namespace {

constexpr Position here{289'405'180, 1'188'955'180};
/// 0.01° of latitude is 1,111 m.
constexpr Position north(int hundredths) {
  return {here.latitude + hundredths * 100'000, here.longitude};
}

Volunteer able() {
  return {.id = "v",
          .position = here,
          .skills = {{"electrical", 3}},
          .credentials = {{"electrician", parse_date("2024-01-01"), parse_date("2026-03-04")}},
          .insured_until = parse_date("2026-12-31"),
          .languages = {"zh", "wuu"},
          .gender = Gender::female,
          .birth_year = YearRange{1980, 1980}};
}
Need wiring() {
  return {.id = "n",
          .item = "B2",  // electrical, level 2, electrician, 18 to 60 years, stairs, dangerous
          .position = north(1),
          .windows = *parse_window("2026-03-03 09:00-12:00")};
}

std::vector<std::string> reasons(const Volunteer& volunteer, const Need& need,
                                 Rules rules = standard_rules()) {
  NetworkBuilder builder;
  builder.add(Beneficiary{.id = "b", .languages = {"wuu"}});
  builder.add(volunteer).add(need);
  const Market market(builder.build(), std::move(rules));
  std::vector<std::string> codes;
  for (const Reason& reason : market.reasons_against(VolunteerIndex{0}, NeedIndex{0})) {
    CHECK_FALSE(reason.text.empty());
    codes.push_back(reason.code);
  }
  // What keeps the two apart also keeps the pair out of the market, and nothing else does.
  CHECK(codes.empty() == (market.pair_count() == 1));
  CHECK(codes.empty() == !market.candidates(VolunteerIndex{0}, NeedIndex{0}).empty());
  return codes;
}
template <class Change>
std::vector<std::string> reasons_if(Change&& change) {
  Volunteer volunteer = able();
  Need need = wiring();
  change(volunteer, need);
  return reasons(volunteer, need);
}
using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("each rule keeps two apart for its own reason", "[pairing]") {
  CHECK(reasons(able(), wiring()).empty());
  CHECK(reasons_if([](Volunteer& v, Need&) { v.capacity = 0; }) == Codes{"capacity"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.skills = {{"electrical", 1}}; }) == Codes{"skill"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.skills.clear(); }) == Codes{"skill"});
  CHECK(reasons_if([](Volunteer&, Need& n) { n.least_level = 4; }) == Codes{"skill"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.credentials.clear(); }) == Codes{"credential"});
  CHECK(reasons_if([](Volunteer&, Need& n) {
          n.windows = *parse_window("2026-03-05 09:00-12:00");  // a day after it ends
        }) == Codes{"credential"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.insured_until = parse_date("2026-03-02"); }) ==
        Codes{"insurance"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.insured_until.reset(); }) == Codes{"insurance"});
  CHECK(reasons_if([](Volunteer& v, Need&) {
          v.birth_year = YearRange{2009, 2009};
        }) == Codes{"age"});
  CHECK(reasons_if([](Volunteer& v, Need&) {
          v.birth_year = YearRange{1965, 1965};
        }) == Codes{"age"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.birth_year.reset(); }) == Codes{"age"});
  // A band fits only if every year of it does: 2026 − 1966 = 60 is allowed, 61 is not.
  CHECK(reasons_if([](Volunteer& v, Need&) { v.birth_year = YearRange{1966, 1975}; }).empty());
  CHECK(reasons_if([](Volunteer& v, Need&) {
          v.birth_year = YearRange{1965, 1975};
        }) == Codes{"age"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.health_limits = {"stairs"}; }) == Codes{"health"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.health_limits = {"lifting"}; }).empty());
  CHECK(reasons_if([](Volunteer&, Need& n) { n.language = "wuu"; }).empty());
  CHECK(reasons_if([](Volunteer&, Need& n) { n.language = "yue"; }) == Codes{"language"});
  CHECK(reasons_if([](Volunteer&, Need& n) { n.gender = Gender::female; }).empty());
  CHECK(reasons_if([](Volunteer&, Need& n) { n.gender = Gender::male; }) == Codes{"wish"});
  CHECK(reasons_if([](Volunteer&, Need& n) { n.excluded = {"v"}; }) == Codes{"excluded"});
  // Somebody who is both (mechanism C5) does not serve himself.
  CHECK(reasons_if([](Volunteer& v, Need& n) {
          v.id = "b";
          n.beneficiary = "b";
        }) == Codes{"excluded"});
  CHECK(reasons_if([](Volunteer& v, Need&) { v.position.reset(); }) == Codes{"reach"});
  CHECK(reasons_if([](Volunteer& v, Need&) {
          v.availability = *parse_window("Mon 09:00-12:00");
        }) == Codes{"availability"});  // 2026-03-03 is a Tuesday
  CHECK(reasons_if([](Volunteer& v, Need& n) {
          v.skills.clear();
          n.gender = Gender::male;
        }) == Codes{"skill", "wish"});
}

TEST_CASE("who may be too young before the birthday is not certainly old enough", "[pairing]") {
  const auto born = [](std::int16_t year) {
    return reasons_if([&](Volunteer& v, Need&) { v.birth_year = YearRange{year, year}; });
  };
  CHECK(born(2008) == Codes{"age"});  // 17 or 18 in 2026
  CHECK(born(2007).empty());
}

TEST_CASE("training is asked for by the item", "[pairing]") {
  Volunteer volunteer = able();
  volunteer.skills = {{"tutoring", 2}};
  Need need = wiring();
  need.item = "D1";
  CHECK(reasons(volunteer, need) == Codes{"training"});
  volunteer.training = {"child_protection"};
  CHECK(reasons(volunteer, need).empty());
}

TEST_CASE("reach is metres and minutes at the speed of the travel mode", "[pairing]") {
  const auto within = [](TravelMode mode, std::optional<std::int64_t> metres,
                         std::optional<std::int64_t> minutes, int hundredths) {
    Volunteer volunteer = able();
    volunteer.travel_mode = mode;
    volunteer.reach_metres = metres;
    volunteer.reach_minutes = minutes;
    Need need = wiring();
    need.position = north(hundredths);
    return reasons(volunteer, need).empty();
  };
  // 15 minutes on foot at 5 km/h are 1,250 m; 0.01° are 1,111 m, 0.02° are 2,223 m.
  CHECK(within(TravelMode::walk, {}, {}, 1));
  CHECK_FALSE(within(TravelMode::walk, {}, {}, 2));
  CHECK(within(TravelMode::walk, {}, 27, 2));        // 2,250 m
  CHECK_FALSE(within(TravelMode::walk, {}, 26, 2));  // 2,166 m
  CHECK(within(TravelMode::walk, 2'223, {}, 2));
  CHECK_FALSE(within(TravelMode::walk, 2'222, {}, 2));
  CHECK_FALSE(within(TravelMode::walk, 10'000, 15, 2));  // both must hold
  // A car starts after 3 minutes and makes 30 km/h: 12 minutes of driving are 6,000 m.
  CHECK(within(TravelMode::car, {}, {}, 5));
  CHECK_FALSE(within(TravelMode::car, {}, {}, 6));
  CHECK_FALSE(within(TravelMode::car, {}, 2, 0));  // is not even out of the door
}

TEST_CASE("a place stands in for a position; remote items need none", "[pairing]") {
  NetworkBuilder builder;
  builder.add(Place{.id = "village", .level = 4, .position = north(1)});
  Volunteer caller = able();
  caller.skills = {{"telephone_care", 1}};
  caller.training = {"telephone_care"};
  caller.position.reset();
  Volunteer walker = able();
  walker.id = "w";
  walker.position.reset();
  walker.place = "village";
  Need call = wiring();
  call.id = "call";
  call.item = "C5";
  call.position.reset();
  builder.add(caller).add(walker).add(wiring()).add(call);
  const Market market(builder.build());
  CHECK(market.pair_count() == 2);
  CHECK(market.metres(VolunteerIndex{1}, market.need_index("n"))->count() == 0);
  CHECK_FALSE(market.metres(VolunteerIndex{0}, market.need_index("call")));
}

TEST_CASE("a need without windows must be possible throughout the horizon", "[pairing]") {
  const auto found = [](const char* credentials, const char* available) {
    NetworkBuilder builder;
    Table table{.name = "volunteers", .columns = {}};
    const auto add = [&](const char* column, const char* cell) {
      TextColumn cells;
      cells.push_back(cell);
      table.columns.push_back({column, std::move(cells), {}});
    };
    add("id", "v");
    add("skills", "electrical:3");
    add("credentials", credentials);
    add("availability", available);
    add("birth_year", "1980");
    add("insured_until", "2026-12-31");
    add("latitude", "28.94");
    add("longitude", "118.89");
    builder.add(Entity::volunteer, table);
    builder.add(Need{.id = "n", .item = "B2", .position = Position{289'400'000, 1'188'900'000}});
    const Market market(builder.build(), standard_rules(), standard_points(),
                        {.from = parse_date("2026-03-02"), .days = 7});
    Codes codes;
    for (const Reason& reason : market.reasons_against(VolunteerIndex{0}, NeedIndex{0}))
      codes.push_back(reason.code);
    CHECK(codes.empty() == (market.pair_count() == 1));
    return codes;
  };
  CHECK(found("electrician", "").empty());
  CHECK(found("electrician@2026-03-02..2026-03-08", "").empty());
  CHECK(found("electrician@..2026-03-07", "") == Codes{"credential"});
  CHECK(found("electrician@..2026-03-04;electrician@2026-03-05..", "").empty());
  CHECK(found("electrician@..2026-03-03;electrician@2026-03-05..", "") == Codes{"credential"});
  CHECK(found("electrician", "2030-01-01") == Codes{"availability"});
  CHECK(found("electrician", "Wed 09:00-10:00").empty());
  CHECK(found("electrician", "Wed 09:00-09:30") == Codes{"availability"});
}

TEST_CASE("a change of the clocks does not bring two visits together", "[pairing]") {
  // New York, 2026-03-08: 02:00 to 03:00 does not exist.
  NetworkBuilder builder;
  Volunteer volunteer = able();
  volunteer.capacity = 2;
  volunteer.credentials = {{"electrician", {}, {}}};
  builder.add(volunteer);
  Need need = wiring();
  need.windows = *parse_window("2026-03-08 02:00-03:00");
  builder.add(need);
  need.id = "m";
  need.windows = *parse_window("2026-03-08 03:00-04:00");
  builder.add(need);
  const Market market(builder.build(), standard_rules(), standard_points(),
                      {.zone = "America/New_York", .slot_cuts = {10'800}});
  CHECK(market.needs_without_slot() == std::vector{market.need_index("n")});
  const Plan plan = solve(market);
  CHECK(verify(plan, market));
  REQUIRE(plan.size() == 1);
  CHECK(format(*plan.pair(0).begins) == "2026-03-08T07:00:00Z");
}

TEST_CASE("windows outside the horizon are told apart from faults of the volunteer", "[pairing]") {
  NetworkBuilder builder;
  builder.add(able()).add(wiring());
  const Market market(builder.build(), standard_rules(), standard_points(),
                      {.from = parse_date("2026-05-04"), .days = 7});
  const auto reasons = market.reasons_against(VolunteerIndex{0}, NeedIndex{0});
  REQUIRE(reasons.size() == 1);
  CHECK(reasons[0].text.find("no slot of the horizon") != std::string::npos);
}

TEST_CASE("slots keep one person from being in two places", "[pairing]") {
  // Three needs on one morning, and one in the afternoon; the volunteer could take four.
  NetworkBuilder builder;
  Volunteer volunteer = able();
  volunteer.capacity = 4;
  volunteer.availability = *parse_window("2026-03-03 08:00-17:00");
  builder.add(volunteer);
  for (int i = 0; i < 4; ++i) {
    Need need = wiring();
    need.id = "n" + std::to_string(i);
    if (i == 3) need.windows = *parse_window("2026-03-03 11:00-15:00");
    builder.add(need);
  }
  const Market market(builder.build());
  const Plan plan = solve(market);
  CHECK(verify(plan, market, {.exhaustive = true}));
  REQUIRE(plan.size() == 2);
  const auto afternoon = plan.pairs_of_need("n3");
  REQUIRE(afternoon.size() == 1);
  CHECK(format(*afternoon[0].begins) == "2026-03-03T04:00:00Z");  // 12:00 in Shanghai
  CHECK(format(*afternoon[0].ends) == "2026-03-03T05:00:00Z");
  // Slots cut otherwise: the whole day is one.
  const Market one_slot(market.network(), standard_rules(), standard_points(), {.slot_cuts = {}});
  CHECK(solve(one_slot).size() == 1);
}

TEST_CASE("a duration that no slot holds is named", "[pairing]") {
  NetworkBuilder builder;
  Need need = wiring();
  need.windows = *parse_window("2026-03-03 10:00-14:00");
  need.duration_minutes = 180;  // two hours on either side of noon
  builder.add(able()).add(need);
  const Network network = builder.build();
  const Market market(network);
  CHECK(market.needs_without_slot() == std::vector{NeedIndex{0}});
  CHECK(solve(market).needs_without_slot() == std::vector<std::string>{"n"});
  CHECK(market.reasons_against(VolunteerIndex{0}, NeedIndex{0}).at(0).code == "availability");
  CHECK(Market(network, standard_rules(), standard_points(), {.slot_cuts = {}}).pair_count() == 1);
}

TEST_CASE("the points of a pair add up as documented", "[pairing]") {
  NetworkBuilder builder;
  builder.add(Organisation{.id = "o"});
  builder.add(Activity{.id = "a", .organisation = "o"});
  builder.add(Beneficiary{.id = "b", .languages = {"wuu"}});
  Volunteer volunteer = able();
  volunteer.organisation = "o";
  volunteer.registered_since = parse_date("2020-03-04");  // five full years on 2026-03-03
  builder.add(volunteer);
  Need need = wiring();
  need.beneficiary = "b";
  need.activity = "a";
  builder.add(need);
  builder.add(Edge{.id = "e", .kind = EdgeKind::bond, .from = "v", .to = "b"});
  const Network network = builder.build();
  const auto points = [&](const PointTerms& terms) {
    return Market(network, standard_rules(), terms).instance().candidates.at(0).points;
  };
  // 1,111 m on foot are 799 s: 3600 − 799 = 2801. Level 3 where 2 is asked: 30.
  const std::int64_t all = 2801 + 30 + 5 * 15 + 3600 + 300 + 300;
  CHECK(points(standard_points()) == all);
  CHECK(points(standard_points().weight(StandardTerm::continuity, 0)) == all - 3600);
  CHECK(points(standard_points().weight(StandardTerm::nearness, -2)) == all - 3 * 2801);
  CHECK(points(standard_points().add("metres", -3, [](const PairView& pair) {
          return pair.metres->count();
        })) == all - 3 * 1'111);
  CHECK_THROWS_AS(points(standard_points().add(
                      "huge", 1'000'000, [](const PairView&) { return std::int64_t{1} << 60; })),
                  Error);
  CHECK_THROWS_AS(standard_points().weight(StandardTerm::level, 1'000'001), Error);
}

TEST_CASE("own rules work beside the standard ones", "[pairing]") {
  const Rules rules =
      standard_rules().add("no_car", "does not come by car", [](const PairView& pair) {
        return pair.network.volunteers().travel_mode[pair.volunteer.value()] == TravelMode::car;
      });
  CHECK(reasons(able(), wiring(), rules) == Codes{"no_car"});
  Volunteer driver = able();
  driver.travel_mode = TravelMode::car;
  CHECK(reasons(driver, wiring(), rules).empty());
  CHECK_THROWS_AS(rules.add("no_car", "twice", [](const PairView&) { return true; }), Error);
  CHECK_THROWS_AS(rules.add("skill", "taken", [](const PairView&) { return true; }), Error);
  Volunteer unskilled = driver;
  unskilled.skills.clear();
  CHECK(reasons(unskilled, wiring(), rules.without(StandardRule::skill)).empty());
}

TEST_CASE("the index finds exactly the pairs that the rules allow", "[pairing]") {
  // Around the poles and the 180th meridian too, with reaches from nothing to the whole Earth.
  std::mt19937_64 random(31);
  const std::vector<std::string> skills = {"company", "haircut", "culture"};
  const std::vector<std::string> items = {"A1", "A3", "E3"};
  for (std::int64_t run = 0; run < test::scaled(60); ++run) {
    NetworkBuilder builder;
    const auto draw = [&](std::int64_t least, std::int64_t most) {
      return std::uniform_int_distribution<std::int64_t>(least, most)(random);
    };
    const std::int64_t spread = std::int64_t{1} << draw(8, 30);
    const auto near_zero = draw(0, 3);
    const Position middle{near_zero == 0   ? Position::latitude_max
                          : near_zero == 1 ? -Position::latitude_max
                                           : 300'000'000,
                          near_zero == 2 ? Position::longitude_max : 1'200'000'000};
    const auto anywhere = [&] {
      const std::int64_t latitude = middle.latitude + draw(-spread, spread);
      std::int64_t longitude = middle.longitude + draw(-spread, spread);
      if (longitude > Position::longitude_max)
        longitude -= 2 * std::int64_t{Position::longitude_max};
      return Position{static_cast<std::int32_t>(std::clamp<std::int64_t>(
                          latitude, -Position::latitude_max, Position::latitude_max)),
                      static_cast<std::int32_t>(longitude)};
    };
    for (int v = 0; v < 60; ++v)
      builder.add(Volunteer{.id = "v" + std::to_string(v),
                            .position = anywhere(),
                            .skills = {{skills[draw(0, 2)], 3}, {skills[draw(0, 2)], 2}},
                            .birth_year = YearRange{1980, 1980},
                            .capacity = draw(0, 2),
                            .reach_metres = std::int64_t{1} << draw(0, 24),
                            .registered_since = parse_date("2026-01-01")});
    for (int n = 0; n < 30; ++n)
      builder.add(Need{.id = "n" + std::to_string(n),
                       .item = items[draw(0, 2)],
                       .position = anywhere(),
                       .demand = draw(1, 3),
                       .tier = draw(1, 3)});
    const Market market(builder.build());
    std::set<std::pair<std::uint32_t, std::uint32_t>> found;
    const solver::Instance instance = market.instance();
    for (std::uint32_t n = 0; n < 30; ++n)
      for (const solver::Candidate& candidate : instance.candidates_of(n))
        found.insert({candidate.volunteer, n});
    std::set<std::pair<std::uint32_t, std::uint32_t>> allowed;
    for (std::uint32_t v = 0; v < 60; ++v)
      for (std::uint32_t n = 0; n < 30; ++n)
        if (market.reasons_against(VolunteerIndex{v}, NeedIndex{n}).empty()) allowed.insert({v, n});
    CHECK(found == allowed);
    const Plan plan = solve(market);
    CHECK(verify(plan, market));
    CHECK(verify(plan, market, {.exhaustive = true}));
  }
}

TEST_CASE("what a market cannot be made from is said", "[pairing]") {
  NetworkBuilder builder;
  Need need = wiring();
  need.windows = *parse_window("Tue 09:00-12:00");
  builder.add(able()).add(need);
  const Network network = builder.build();
  const auto code = [&](MarketOptions options) -> std::string {
    try {
      Market(network, standard_rules(), standard_points(), std::move(options));
      return "none";
    } catch (const Error& error) {
      CHECK_FALSE(error.parts().allowed.empty());
      return error.code();
    }
  };
  CHECK(code({}) == "horizon_unknown");
  const auto monday = parse_date("2026-03-02");
  CHECK(code({.from = monday}) == "none");
  CHECK(code({.from = monday, .days = 0}) == "days_out_of_range");
  CHECK(code({.from = monday, .days = 367}) == "days_out_of_range");
  CHECK(code({.from = monday, .zone = "Mars/Olympus"}) == "zone_unknown");
  CHECK(code({.from = monday, .slot_cuts = {600, 500}}) == "slot_cuts_invalid");
  CHECK(code({.from = monday, .slot_cuts = {86'400}}) == "slot_cuts_invalid");
  CHECK(code({.from = monday, .threads = 0}) == "overflow");
  // Pairs are listed only where somebody asks for them, or where a term has no bounds.
  const Market few(network, standard_rules(), standard_points(), {.from = monday, .pairs_max = 0});
  CHECK(few.pair_count() == 1);
  CHECK_THROWS_WITH(few.instance(), Catch::Contains("too_many_pairs"));
  const auto zero = [](const PairView&) { return std::int64_t{0}; };
  const auto with_term = [&](std::optional<TermBounds> bounds) {
    return Market(network, standard_rules(), standard_points().add("zero", 1, zero, bounds),
                  {.from = monday, .pairs_max = 0});
  };
  CHECK_THROWS_WITH(with_term({}), Catch::Contains("too_many_pairs"));
  CHECK(with_term(TermBounds{0, 0}).pair_count() == 1);
  Need stale = wiring();
  stale.id = "stale";
  stale.windows = *parse_window("2025-03-03 09:00-12:00");
  builder.add(stale);
  Need late = wiring();
  late.id = "late";
  builder.add(late);
  const Network years = builder.build();
  CHECK_THROWS_WITH(Market(years), Catch::Contains("horizon_too_wide"));
  CHECK(Market(years, standard_rules(), standard_points(), {.from = monday}).pair_count() > 0);
}

TEST_CASE("making a market and verifying a plan can be stopped", "[pairing]") {
  NetworkBuilder builder;
  builder.add(able()).add(wiring());
  const Network network = builder.build();
  std::stop_source stop;
  stop.request_stop();
  const Control stopped{.stop = stop.get_token(), .progress = {}};
  CHECK_THROWS_AS(Market(network, standard_rules(), standard_points(), {.control = stopped}),
                  Error);
  const Market market(network);
  const Plan plan = solve(market);
  CHECK(verify(plan, market));
  const Verification verification = verify(plan, market, {.control = stopped});
  CHECK_FALSE(verification.feasible);
  CHECK(verification.findings.back().code == "interrupted");
}

TEST_CASE("the answer does not depend on the order of the rows", "[pairing]") {
  std::mt19937_64 random(32);
  std::vector<Volunteer> volunteers;
  std::vector<Need> needs;
  for (int v = 0; v < 40; ++v)
    volunteers.push_back({.id = "v" + std::to_string(v),
                          .position = north(static_cast<int>(random() % 3)),
                          .skills = {{"company", 2}},
                          .birth_year = YearRange{1990, 1990},
                          .capacity = static_cast<std::int64_t>(random() % 3)});
  for (int n = 0; n < 30; ++n)
    needs.push_back({.id = "n" + std::to_string(n),
                     .item = "A1",
                     .position = north(static_cast<int>(random() % 3)),
                     .windows = *parse_window("2026-03-03 09:00-12:00"),
                     .demand = static_cast<std::int64_t>(1 + random() % 2)});
  std::optional<Plan> first;
  for (int run = 0; run < 10; ++run) {
    NetworkBuilder builder;
    for (const Volunteer& volunteer : volunteers) builder.add(volunteer);
    for (const Need& need : needs) builder.add(need);
    const Plan plan = solve(Market(builder.build()));
    if (!first) first = plan;
    CHECK(plan == *first);
    std::shuffle(volunteers.begin(), volunteers.end(), random);
    std::shuffle(needs.begin(), needs.end(), random);
  }
}
