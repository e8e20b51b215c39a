#include "made_town/made_town.hpp"

#include "jiedui/base/id128.hpp"
#include "support.hpp"

using jiedui::Table;
using made_town::Kind;

namespace {

made_town::Options small(Kind kind = Kind::roomy) {
  made_town::Options options;
  options.volunteers = 600;
  options.needs = 150;
  options.kind = kind;
  return options;
}

/// FNV-1a over the files that the town would be written to.
std::uint64_t fingerprint(const made_town::Options& options) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325U;
  for (const auto& [entity, table] : made_town::tables(options))
    for (const char c : jiedui::to_csv(table))
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01B3U;
  return hash;
}

}  // namespace

TEST_CASE("a made town is the same to the byte everywhere", "[made_town]") {
  CHECK(fingerprint(small()) == 0xe507'dd69'6a81'7ee4U);
  CHECK(fingerprint(small(Kind::scarce)) == 0x7eeb'2f02'bde7'ccf6U);
  CHECK(fingerprint(small(Kind::clustered)) == 0xf043'd9b9'b6be'a838U);
  CHECK(fingerprint(small(Kind::ties)) == 0xd277'a742'd977'1699U);
  CHECK(fingerprint(small(Kind::adversarial)) == 0x5d89'c630'd376'4488U);
  auto other = small();
  other.seed = 2;
  CHECK(fingerprint(other) != fingerprint(small()));
}

TEST_CASE("every kind of town is paired and proved", "[made_town]") {
  const auto kind =
      GENERATE(Kind::roomy, Kind::scarce, Kind::clustered, Kind::ties, Kind::adversarial);
  CAPTURE(made_town::kind_names[static_cast<std::size_t>(kind)]);
  const jiedui::Network network = made_town::network(small(kind));
  REQUIRE(network.volunteer_count() == 600);
  REQUIRE(network.need_count() == 150);
  const jiedui::Plan plan = jiedui::test::solved_and_proved(jiedui::Market{network});
  jiedui::test::check_by_hand(plan, network);
  CHECK(plan.filled() > 0);
}

TEST_CASE("in a scarce town more is left undone than in a roomy one", "[made_town]") {
  const auto unfilled = [](Kind kind) {
    made_town::Options options;
    options.kind = kind;
    const jiedui::Plan plan = jiedui::solve(jiedui::Market{made_town::network(options)});
    return plan.demand() - plan.filled();
  };
  CHECK(unfilled(Kind::scarce) > 3 * unfilled(Kind::roomy));
}

TEST_CASE("the last request of a street moves everybody", "[made_town]") {
  const jiedui::Network network = made_town::network(small(Kind::adversarial));
  const jiedui::Plan plan = jiedui::test::solved_and_proved(jiedui::Market{network});
  CHECK(plan.filled() == 150);
  // Everybody prefers the next house and serves his own.
  for (const jiedui::PlannedPair& pair : plan.pairs()) CHECK(pair.metres->count() > 150);
}

TEST_CASE("a larger town begins with the volunteers of a smaller one", "[made_town]") {
  auto options = small();
  const auto skills = [&] {
    const jiedui::Network network = made_town::network(options);
    std::vector<jiedui::Volunteer> rows;
    for (std::uint32_t v = 0; v < 600; ++v)
      rows.push_back(network.volunteer(jiedui::VolunteerIndex{v}));
    return rows;
  };
  const auto few = skills();
  options.needs = 300;
  const auto more = skills();
  for (std::size_t v = 0; v < few.size(); ++v) {
    CHECK(few[v].id == more[v].id);
    CHECK(few[v].skills == more[v].skills);
    CHECK(few[v].position == more[v].position);
  }
}

TEST_CASE("a town of nobody and one past all measure are refused", "[made_town]") {
  const auto count = GENERATE(std::int64_t{0}, std::int64_t{-1}, std::int64_t{10'000'001});
  auto options = small();
  options.volunteers = count;
  CHECK_THROWS_AS(made_town::tables(options), jiedui::Error);
  options = small();
  options.needs = count;
  CHECK_THROWS_AS(made_town::tables(options), jiedui::Error);
}
