// Candidates that are found best first, held against the definitions of the rules, pair by pair.

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "made_town/made_town.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

using namespace jiedui;
using test::error_code;

namespace {

using Pairs = std::vector<solver::Candidate>;

bool is_before(const solver::Candidate& a, const solver::Candidate& b) {
  if (a.points != b.points) return a.points > b.points;
  return a.volunteer != b.volunteer ? a.volunteer < b.volunteer : a.slot < b.slot;
}

/// All candidates of each need by the definitions alone, best first.
std::vector<Pairs> by_definition(const Market& market) {
  std::vector<VolunteerIndex> everybody;
  for (std::uint32_t v = 0; v < market.volunteer_count(); ++v) everybody.emplace_back(v);
  std::vector<Pairs> all;
  for (std::uint32_t n = 0; n < market.need_count(); ++n) {
    all.push_back(market.candidates(everybody, NeedIndex{n}));
    std::sort(all.back().begin(), all.back().end(), is_before);
  }
  return all;
}

void check_against_definition(const Market& market) {
  const std::vector<Pairs> expected = by_definition(market);
  const auto [least, most] = market.points_range();
  std::vector<std::vector<solver::ChosenPair>> of_volunteer(market.volunteer_count());
  std::int64_t pairs = 0;
  const solver::Instance instance = market.instance();
  for (std::uint32_t n = 0; n < market.need_count(); ++n) {
    const Pairs& all = expected[n];
    REQUIRE(market.best(NeedIndex{n}, 1'000'000) == all);
    for (const std::size_t count : std::vector<std::size_t>{0, 1, 2, 5, 17}) {
      const Pairs best = market.best(NeedIndex{n}, count);
      REQUIRE(best.size() == std::min(count, all.size()));
      REQUIRE(std::equal(best.begin(), best.end(), all.begin()));
    }
    Pairs listed(instance.candidates_of(n).begin(), instance.candidates_of(n).end());
    std::sort(listed.begin(), listed.end(), is_before);
    REQUIRE(listed == all);
    for (const solver::Candidate& candidate : all) {
      REQUIRE(candidate.points >= least);
      REQUIRE(candidate.points <= most);
      of_volunteer[candidate.volunteer].push_back({n, candidate});
    }
    for (std::size_t i = 0; i < all.size(); ++i)
      pairs += std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
                            [&](const auto& other) { return other.volunteer == all[i].volunteer; });
  }
  CHECK(market.pair_count() == pairs);
  for (std::uint32_t v = 0; v < market.volunteer_count(); ++v) {
    std::sort(of_volunteer[v].begin(), of_volunteer[v].end(), [](const auto& a, const auto& b) {
      return a.need != b.need ? a.need < b.need : a.candidate.slot < b.candidate.slot;
    });
    REQUIRE(market.requests(VolunteerIndex{v}) == of_volunteer[v]);
  }
}

std::int64_t draw(std::mt19937_64& random, std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(random);
}

Network small_town(std::mt19937_64& random) {
  return made_town::network({.volunteers = draw(random, 1, 260),
                             .needs = draw(random, 1, 60),
                             .seed = random(),
                             .kind = static_cast<made_town::Kind>(draw(random, 0, 4)),
                             .communities = {}});
}

Rules some_rules(std::mt19937_64& random) {
  Rules rules;
  for (std::size_t r = 0; r < standard_rule_count; ++r)
    if (draw(random, 0, 9) == 0) rules = rules.without(static_cast<StandardRule>(r));
  if (draw(random, 0, 3) == 0)
    rules = rules.add("odd", "the two do not fit together", [](const PairView& pair) {
      return (pair.volunteer.value() + pair.need.value()) % 3 != 0;
    });
  return rules;
}

PointTerms some_terms(std::mt19937_64& random) {
  PointTerms terms;
  // Small points, points in more than a thousand classes, and points beyond 32 bits.
  const std::int64_t scale =
      std::vector<std::int64_t>{1, 1, 1000, 333'333}[static_cast<std::size_t>(draw(random, 0, 3))];
  for (std::size_t t = 0; t < standard_term_count; ++t)
    if (scale > 1 || draw(random, 0, 2) == 0)
      terms = terms.weight(static_cast<StandardTerm>(t), draw(random, -3, 3) * scale);
  const auto own = [](const PairView& pair) {
    return static_cast<std::int64_t>((pair.volunteer.value() * 7 + pair.need.value()) % 500) - 250;
  };
  const std::int64_t kind = draw(random, 0, 5);
  if (kind == 0) terms = terms.add("own", draw(random, -2, 2), own, TermBounds{-250, 249});
  if (kind == 1) terms = terms.add("own", draw(random, -2, 2), own);
  return terms;
}

MarketOptions some_options(std::mt19937_64& random, const Network& network) {
  MarketOptions options;
  if (draw(random, 0, 3) == 0) {
    options.from = made_town::first_day;
    options.days = static_cast<int>(draw(random, 1, 60));
  }
  if (draw(random, 0, 3) == 0) options.slot_cuts.clear();
  if (draw(random, 0, 5) == 0)
    for (int cut = 1800; cut < 86'400; cut += 1800 * static_cast<int>(draw(random, 1, 5)))
      if (options.slot_cuts.empty() || cut > options.slot_cuts.back())
        options.slot_cuts.push_back(cut);
  options.threads = static_cast<int>(draw(random, 1, 3));
  for (int i = 0; i < 5; ++i)
    options.forbidden.push_back(
        {std::string(network.volunteers().id[static_cast<std::size_t>(
             draw(random, 0, static_cast<std::int64_t>(network.volunteer_count()) - 1))]),
         std::string(network.needs().id[static_cast<std::size_t>(
             draw(random, 0, static_cast<std::int64_t>(network.need_count()) - 1))])});
  return options;
}

}  // namespace

TEST_CASE("what is found best first is what the definitions allow", "[pairing]") {
  std::mt19937_64 random(test::seed());
  std::int64_t pairs = 0;
  for (std::int64_t run = 0; run < test::scaled(300); ++run) {
    CAPTURE(run);
    const Network network = small_town(random);
    const Market market(network, some_rules(random), some_terms(random),
                        some_options(random, network));
    check_against_definition(market);
    pairs += market.pair_count();
  }
  CHECK(pairs > 0);
}

TEST_CASE("reach across a continent, and more languages than bits", "[pairing]") {
  std::mt19937_64 random(test::seed());
  const auto place = [&] {
    return Position{static_cast<std::int32_t>(draw(random, 280'000'000, 320'000'000)),
                    static_cast<std::int32_t>(draw(random, -1'800'000'000, 1'800'000'000))};
  };
  const auto language = [&] { return "l" + std::to_string(draw(random, 0, 39)); };
  NetworkBuilder builder;
  for (int b = 0; b < 20; ++b)
    builder.add(Beneficiary{.id = "b" + std::to_string(b), .languages = {language(), language()}});
  for (int v = 0; v < 150; ++v)
    builder.add(Volunteer{.id = "v" + std::to_string(v),
                          .position = place(),
                          .skills = {{"company", 3}},
                          .languages = {language(), language(), language()},
                          .birth_year = YearRange{1990, 1990},
                          .reach_metres = draw(random, 0, 1) == 0 ? 400'000 : 15'000'000,
                          .registered_since = parse_date("2026-01-01")});
  for (int n = 0; n < 60; ++n)
    builder.add(Need{.id = "n" + std::to_string(n),
                     .beneficiary = "b" + std::to_string(n % 20),
                     .item = "A1",
                     .position = place(),
                     .language = n % 3 == 0 ? language() : ""});
  const Market market(builder.build());
  CHECK(market.pair_count() > 0);
  check_against_definition(market);
}

TEST_CASE("a pair that was declined is counted no more", "[pairing]") {
  const Market market(made_town::network({.volunteers = 200, .needs = 40, .seed = 7}));
  Dispatcher dispatcher(market);
  REQUIRE(dispatcher.plan().size() > 0);
  const PlannedPair pair = dispatcher.plan().pair(0);
  dispatcher.decline(pair.volunteer, pair.need);
  CHECK(dispatcher.market().pair_count() == market.pair_count() - 1);
}

namespace {

constexpr Position here{289'405'180, 1'188'955'180};

/// Volunteers "v0" … who can all do everything for company (A1), and needs "n0" … without a time.
NetworkBuilder few(int volunteers, int needs, std::int64_t capacity = 1) {
  NetworkBuilder builder;
  builder.add(Organisation{.id = "o"}).add(Organisation{.id = "below", .parent = "o"});
  builder.add(Beneficiary{.id = "b"});
  for (int v = 0; v < volunteers; ++v)
    builder.add(Volunteer{.id = "v" + std::to_string(v),
                          .organisation = v % 2 == 0 ? "o" : "below",
                          .position = here,
                          .skills = {{"company", 3}},
                          .birth_year = YearRange{1990, 1990},
                          .capacity = capacity,
                          .registered_since = parse_date("2026-01-01")});
  for (int n = 0; n < needs; ++n)
    builder.add(
        Need{.id = "n" + std::to_string(n), .beneficiary = "b", .item = "A1", .position = here});
  return builder;
}

Market market_of(const NetworkBuilder& builder, MarketOptions options,
                 PointTerms terms = standard_points()) {
  return Market(builder.build(), standard_rules(), std::move(terms), std::move(options));
}

}  // namespace

TEST_CASE("the options of a market become limits", "[pairing]") {
  const NetworkBuilder builder = few(3, 2, 2);
  const Market market = market_of(builder, {.pinned = {{"v2", "n1"}},
                                            .forbidden = {{"v0", "n0"}, {"v0", "n0"}},
                                            .least = {{"v1", 2}},
                                            .load_cost = {0, 10, 10},
                                            .load_before = {{"v0", 3}},
                                            .organisation_totals = {{"o", 1}}});
  const solver::Limits& limits = market.limits();
  CHECK(limits.capacity == std::vector<std::int32_t>{2, 2, 2});
  CHECK(limits.least == std::vector<std::int32_t>{0, 2, 0});
  CHECK(limits.load_cost == std::vector<std::int64_t>{0, 10, 10});
  CHECK(limits.load_before == std::vector<std::int32_t>{3, 0, 0});
  // An organisation's total does not cover those below it.
  CHECK(limits.organisation == std::vector<std::uint32_t>{0, solver::Limits::no_organisation, 0});
  CHECK(limits.organisation_total == std::vector<std::int32_t>{1});
  REQUIRE(limits.pinned.size() == 1);
  CHECK(limits.pinned[0].need == 1);
  CHECK(limits.pinned[0].candidate == market.candidates(VolunteerIndex{2}, NeedIndex{1}).front());
  CHECK(market.candidates(VolunteerIndex{0}, NeedIndex{0}).empty());
  REQUIRE(market.reasons_against(VolunteerIndex{0}, NeedIndex{0}).size() == 1);
  CHECK(market.reasons_against(VolunteerIndex{0}, NeedIndex{0})[0].code == "forbidden");
  CHECK(market.pair_count() == 5);
}

TEST_CASE("totals are those of the organisations named, in the order of their ids", "[pairing]") {
  NetworkBuilder builder = few(3, 4, 2);
  builder.add(Organisation{.id = "a"});  // before "o"
  builder.add(Organisation{.id = "p"});
  const Market market = market_of(builder, {.organisation_totals = {{"p", 7}, {"o", 1}}});
  CHECK(market.limits().organisation_total == std::vector<std::int32_t>{1, 7});
  CHECK(market.limits().organisation[0] == 0);
  CHECK(market.organisation_id(0) == "o");
  CHECK(market.organisation_id(1) == "p");
  CHECK(error_code([&] { static_cast<void>(market.organisation_id(2)); }) == "index_out_of_range");
  const Plan plan = solve(market);
  REQUIRE(plan.proof().totals.size() == 1);
  CHECK(plan.proof().totals[0].organisation == "o");
  CHECK(verify(plan, market));
}

TEST_CASE("options that cannot be met are refused by name", "[pairing]") {
  const NetworkBuilder builder = few(3, 2);
  const auto code = [&](MarketOptions options) {
    return error_code([&] { market_of(builder, std::move(options)); });
  };
  CHECK(code({.pinned = {{"nobody", "n0"}}}) == "id_unknown");
  CHECK(code({.forbidden = {{"v0", "nothing"}}}) == "id_unknown");
  CHECK(code({.pinned = {{"v0", "n0"}}, .forbidden = {{"v0", "n0"}}}) == "pin_forbidden");
  CHECK(code({.pinned = {{"v0", "n0"}, {"v0", "n0"}}}) == "pin_infeasible");
  CHECK(code({.pinned = {{"v0", "n0"}, {"v0", "n1"}}}) == "pin_infeasible");  // capacity
  CHECK(code({.pinned = {{"v0", "n0"}, {"v1", "n0"}}}) == "pin_infeasible");  // demand
  CHECK(code({.pinned = {{"v0", "n0"}, {"v2", "n1"}}, .organisation_totals = {{"o", 1}}}) ==
        "pin_infeasible");
  CHECK(code({.pinned = {{"v0", "n0"}, {"v2", "n1"}}, .organisation_totals = {{"o", 2}}}).empty());
  CHECK(code({.least = {{"v0", 2}}}) == "option_invalid");
  CHECK(code({.least = {{"v0", -1}}}) == "option_invalid");
  CHECK(code({.least = {{"v0", 1}, {"v0", 1}}}) == "option_invalid");
  CHECK(code({.load_cost = {3, 2}}) == "option_invalid");
  CHECK(code({.load_cost = {-1}}) == "option_invalid");
  CHECK(code({.load_cost = {1'000'000'001}}) == "option_invalid");
  CHECK(code({.load_before = {{"v0", -1}}}) == "option_invalid");
  CHECK(code({.organisation_totals = {{"o", -1}}}) == "option_invalid");
  CHECK(code({.organisation_totals = {{"o", 1}, {"o", 1}}}) == "option_invalid");
  CHECK(code({.organisation_totals = {{"p", 1}}}) == "id_unknown");
  NetworkBuilder far = few(1, 0);
  far.add(Need{.id = "far", .item = "A1", .position = Position{389'405'180, 1'188'955'180}});
  CHECK_THROWS_WITH(market_of(far, {.pinned = {{"v0", "far"}}}),
                    Catch::Contains("pin_not_eligible") && Catch::Contains("reach"));
}

TEST_CASE("pins of one volunteer share out the slots", "[pairing]") {
  NetworkBuilder builder = few(1, 0, 3);
  const auto add = [&](std::string id, std::string windows) {
    Need need{.id = std::move(id), .item = "A1", .position = here};
    for (std::size_t at = 0; at != std::string::npos;) {
      const std::size_t end = windows.find(';', at);
      const auto parsed = parse_window(windows.substr(at, end - at));
      need.windows.insert(need.windows.end(), parsed->begin(), parsed->end());
      at = end == std::string::npos ? end : end + 1;
    }
    builder.add(need);
  };
  // Morning, afternoon or evening; each later pin must push the earlier ones on.
  add("any", "2026-03-03 09:00-21:00");
  add("day", "2026-03-03 09:00-17:00");
  add("morning", "2026-03-03 09:00-11:00");
  add("noon", "2026-03-03 10:00-12:00");
  const Market market =
      market_of(builder, {.pinned = {{"v0", "any"}, {"v0", "day"}, {"v0", "morning"}}});
  std::map<std::string, std::uint32_t> slot;
  for (const solver::ChosenPair& pin : market.limits().pinned)
    slot[market.need_id(NeedIndex{pin.need})] = pin.candidate.slot;
  CHECK(slot == std::map<std::string, std::uint32_t>{{"any", 2}, {"day", 1}, {"morning", 0}});
  CHECK(error_code([&] {
          market_of(builder, {.pinned = {{"v0", "morning"}, {"v0", "noon"}}});
        }) == "pin_infeasible");
}

TEST_CASE("bonds are pinned as far as the limits allow", "[pairing]") {
  NetworkBuilder builder = few(3, 3);
  builder.add(Edge{.id = "e0", .kind = EdgeKind::bond, .from = "v0", .to = "b"});
  builder.add(Edge{.id = "e2", .kind = EdgeKind::bond, .from = "v2", .to = "b"});
  const auto pins = [&](MarketOptions options) {
    options.pin_bonds = true;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    const Market market = market_of(builder, std::move(options));
    for (const solver::ChosenPair& pin : market.limits().pinned)
      found.emplace_back(pin.candidate.volunteer, pin.need);
    return found;
  };
  using Pins = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  CHECK(pins({}) == Pins{{0, 0}, {2, 1}});
  CHECK(pins({.pinned = {{"v1", "n0"}}}) == Pins{{1, 0}, {0, 1}, {2, 2}});
  CHECK(pins({.forbidden = {{"v0", "n0"}, {"v0", "n1"}}}) == Pins{{2, 0}, {0, 2}});
  CHECK(pins({.organisation_totals = {{"o", 1}}}) == Pins{{0, 0}});
}

TEST_CASE("lines of a need take from it what they leave empty", "[pairing]") {
  NetworkBuilder builder = few(2, 0);
  builder.add(Volunteer{.id = "w",
                        .position = here,
                        .skills = {{"haircut", 3}},
                        .training = {"haircut"},
                        .birth_year = YearRange{1990, 1990}});
  Need need{.id = "n",
            .beneficiary = "b",
            .item = "A1",
            .position = here,
            .windows = *parse_window("2026-03-03 09:00-11:00"),
            .duration_minutes = 90};
  builder.add(need);
  builder.add(Need{.id = "line", .item = "A3", .demand = 2, .part_of = "n"});
  const Network network = builder.build();
  const Need line = network.need(network.need_index("line"));
  CHECK(line.beneficiary == "b");
  CHECK(line.position == here);
  CHECK(line.windows == need.windows);
  CHECK(line.duration_minutes == 90);
  CHECK(line.part_of == "n");
  const Market market(network);
  CHECK(market.limits().need ==
        std::vector<std::uint32_t>{market.need_index("n").value(), market.need_index("n").value()});
  // Reading the tables back changes nothing.
  NetworkBuilder again;
  for (const Table& table : network.tables(Personal::included))
    for (std::size_t e = 0; e < entity_count; ++e)
      if (table_names[e] == table.name) again.add(static_cast<Entity>(e), table);
  const Need read = again.build().need(network.need_index("line"));
  CHECK(read.part_of == line.part_of);
  CHECK(read.windows == line.windows);
  CHECK(read.position == line.position);

  need.id = "m";
  need.windows = *parse_window("2026-03-03 09:00-15:00");
  builder.add(need);
  CHECK_NOTHROW(market_of(builder, {}));  // one line: any slots
  builder.add(Need{.id = "line2", .item = "A3", .part_of = "m"});
  CHECK(error_code([&] { market_of(builder, {}); }) == "lines_with_slots");
  CHECK_NOTHROW(market_of(builder, {.slot_cuts = {}}));
}

TEST_CASE("parts of parts, of themselves and of nothing are refused", "[pairing]") {
  const auto problems = [](std::vector<std::pair<std::string, std::string>> rows) {
    NetworkBuilder builder;
    for (const auto& [id, part_of] : rows)
      builder.add(Need{.id = id, .item = id == "bad" ? "" : "A1", .part_of = part_of});
    std::vector<std::string> codes;
    try {
      builder.build();
    } catch (const InputError& error) {
      for (const Problem& problem : error.problems()) codes.push_back(problem.code);
    }
    return codes;
  };
  using Codes = std::vector<std::string>;
  CHECK(problems({{"a", ""}, {"b", "a"}, {"c", "a"}}).empty());
  CHECK(problems({{"c", "a"}, {"b", ""}, {"a", ""}}).empty());
  CHECK(problems({{"a", "a"}}) == Codes{"part_of_part"});
  CHECK(problems({{"a", ""}, {"b", "a"}, {"c", "b"}}) == Codes{"part_of_part"});
  CHECK(problems({{"a", "b"}, {"b", "a"}}) == Codes{"part_of_part", "part_of_part"});
  CHECK(problems({{"a", "z"}}) == Codes{"reference_unknown"});
  CHECK(problems({{"bad", ""}, {"b", "bad"}}) == Codes{"value_missing", "reference_unknown"});
}

TEST_CASE("bounds declared for a term are held", "[pairing]") {
  const NetworkBuilder builder = few(3, 2);
  const auto term = [](const PairView& pair) { return std::int64_t{pair.volunteer.value()}; };
  const auto with = [&](TermBounds bounds) {
    return market_of(builder, {}, standard_points().add("mine", -2, term, bounds));
  };
  CHECK(with({0, 2}).best(NeedIndex{0}, 1).at(0).volunteer == 0);
  CHECK(with({0, 2}).points_range().first == -4);
  CHECK_THROWS_WITH(with({0, 1}).best(NeedIndex{0}, 3), Catch::Contains("points_bound_broken") &&
                                                            Catch::Contains("mine") &&
                                                            Catch::Contains("v2"));
  CHECK_THROWS_WITH(with({0, 1}).candidates(VolunteerIndex{2}, NeedIndex{1}),
                    Catch::Contains("points_bound_broken"));
  CHECK_THROWS_WITH(with({1, 0}), Catch::Contains("points_bounds_reversed"));
  CHECK_THROWS_AS(with({0, std::int64_t{1} << 62}), Error);
}

TEST_CASE("own functions are asked only about pairs that the standard rules let pass",
          "[pairing]") {
  std::mt19937_64 random(test::seed());
  const Network network = small_town(random);
  const Market plain(network);
  const auto is_allowed = [&](const PairView& pair) {
    CHECK(plain.reasons_against(pair.volunteer, pair.need).empty());
    return true;
  };
  const Market market(network, standard_rules().add("seen", "never", is_allowed),
                      standard_points().add(
                          "seen", 1, [&](const PairView& pair) { return is_allowed(pair) ? 1 : 0; },
                          TermBounds{0, 1}));
  CHECK(market.pair_count() == plain.pair_count());
}

TEST_CASE("a need that wants a whole team is refused, and a team enters as one", "[pairing]") {
  NetworkBuilder builder = few(2, 1);
  builder.add(Need{.id = "rescue", .item = "A1", .position = here, .demand = 5});
  CHECK(Market(builder.build()).need_count() == 2);
  builder.add(
      Need{.id = "team", .item = "A1", .position = here, .demand = 5, .whole_team = YesNo::yes});
  const Network network = builder.build();
  CHECK(network.need(network.need_index("team")).whole_team == YesNo::yes);
  CHECK_THROWS_WITH(Market(network), Catch::Contains("[teams_not_paired] need team:"));
}
