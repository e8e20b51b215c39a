// A Dispatcher in a file: it goes on as if it had never stopped, and takes no bytes on trust.

#include <random>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/verify.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "made_town/made_town.hpp"
#include "support/random_day.hpp"
#include "support/run.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

Network town(std::uint64_t seed, std::int64_t volunteers = 60, std::int64_t needs = 30) {
  const auto kind = seed % 2 == 0 ? made_town::Kind::roomy : made_town::Kind::scarce;
  return made_town::network(
      {.volunteers = volunteers, .needs = needs, .seed = seed, .kind = kind, .communities = {}});
}

/// The change, and the code of the refusal if there is one.
std::pair<PlanChange, std::string> done(Dispatcher& day, const RandomDay::Operation& operation) {
  PlanChange change;
  std::string refusal = error_code([&] { change = operation(day); });
  return {change, refusal};
}

/// A day on which everything that a file holds occurs.
Dispatcher full_day() {
  const Network network = town(3, 40, 20);
  MarketOptions options;
  options.load_cost = {0, 100, 300};
  options.least = {{network.volunteer(VolunteerIndex{1}).id, 1}};
  options.load_before = {{network.volunteer(VolunteerIndex{2}).id, 1}};
  options.organisation_totals = {{network.organisation(OrganisationIndex{0}).id, 4}};
  Dispatcher day(Market(network, standard_rules(), standard_points(), options));
  const PlannedPair first = day.plan().pair(0);
  day.confirm(first.volunteer, first.need);
  const PlannedPair last = day.plan().pair(day.plan().size() - 1);
  day.decline(last.volunteer, last.need);
  day.withdraw_volunteer(last.volunteer);
  std::optional<Instant> begin;
  for (const PlannedPair& pair : day.plan().pairs())
    if (pair.begins && (!begin || *pair.begins < *begin)) begin = pair.begins;
  REQUIRE(begin);
  day.advance(*begin);
  return day;
}

}  // namespace

TEST_CASE("a Dispatcher that is loaded goes on like the one that was saved", "[wire]") {
  const Folder folder;
  std::mt19937_64 random(61);
  for (std::int64_t run = 0; run < scaled(60); ++run) {
    INFO("run " << run);
    MarketOptions options;
    if (run % 3 == 0) options.load_cost = {0, 300};
    if (run % 4 == 1) options.slot_cuts = {8 * 3600, 10 * 3600, 14 * 3600};
    DispatcherTerms terms;
    if (run % 5 == 1) terms.points = terms.points.weight(StandardTerm::nearness, 0);  // ties
    if (run % 6 == 2)
      terms.rules = terms.rules.add("even", "the tier is even", [](const PairView& pair) {
        return pair.network.needs().tier[pair.need.value()] % 2 != 0;
      });
    Dispatcher day(
        Market(town(static_cast<std::uint64_t>(run)), terms.rules, terms.points, options));
    RandomDay operations(random(), Instant(std::chrono::sys_days(day.market().from())));
    for (int step = 0; step < 15; ++step) done(day, operations.next(day));
    const auto path = folder / "day.capnp";
    save(path, day);
    Dispatcher other = load_dispatcher(path, terms);
    REQUIRE(other.plan() == day.plan());
    for (int step = 0; step < 15; ++step) {
      INFO("step " << step);
      const auto operation = operations.next(day);
      const auto change = done(day, operation);
      REQUIRE(done(other, operation) == change);
      REQUIRE(other.plan() == day.plan());
      REQUIRE(other.plan().proof() == day.plan().proof());
      REQUIRE(other.clock() == day.clock());
      REQUIRE(verify(other.plan(), other.market()));
    }
    // What is the same is saved the same.
    REQUIRE(to_bytes(other) == to_bytes(day));
  }
}

TEST_CASE("all that a Dispatcher holds is in its file", "[wire]") {
  Dispatcher day = full_day();
  const std::string bytes = to_bytes(day);
  Dispatcher other = dispatcher_from_bytes(bytes);
  const DispatcherData data = day.data();
  const DispatcherData read = other.data();
  CHECK(read.pairs == data.pairs);
  CHECK(read.declined.size() == 1);
  CHECK(read.declined == data.declined);
  CHECK(read.price == data.price);
  CHECK(read.profit == data.profit);
  CHECK(read.total_price == data.total_price);
  CHECK(read.capacity == data.capacity);
  CHECK(read.demand == data.demand);
  CHECK(read.least == data.least);
  CHECK(read.load_before == data.load_before);
  CHECK(read.rules == data.rules);
  CHECK(read.points == data.points);
  CHECK(read.options.begin_after == data.options.begin_after);
  CHECK(read.network.tables(Personal::included) == data.network.tables(Personal::included));
  CHECK(std::any_of(read.pairs.begin(), read.pairs.end(),
                    [](const auto& pair) { return pair.hold == DispatcherData::Hold::begun; }));
  CHECK(other.market().limits().load_cost == day.market().limits().load_cost);
  CHECK(other.market().limits().organisation_total == std::vector<std::int32_t>{4});
}

TEST_CASE("damaged files of a Dispatcher are refused, or prove their plan", "[wire]") {
  Dispatcher day = full_day();
  const std::string sound = to_bytes(day);
  REQUIRE(error_code([&] { dispatcher_from_bytes(sound); }).empty());
  for (std::int64_t cut = 0; cut < scaled(300); ++cut) {
    const auto length = sound.size() * static_cast<std::size_t>(cut) / 6'000 * 20;
    CHECK(error_code([&] { dispatcher_from_bytes(sound.substr(0, length)); }) ==
          "snapshot_invalid");
  }
  std::mt19937_64 random(62);
  std::int64_t proved = 0, refused = 0;
  for (std::int64_t i = 0; i < scaled(4'000); ++i) {
    std::string bytes = sound;
    const std::size_t at = random() % bytes.size();
    const std::size_t word = at / 8 * 8;
    const std::uint64_t any = random() % 3 == 0 ? random() : random() % 64;
    if (random() % 2 == 0)
      bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << random() % 8));
    else
      bytes.replace(word, 8, std::string(reinterpret_cast<const char*>(&any), 8));
    INFO("byte " << at);
    const std::string code = error_code([&] {
      Dispatcher other = dispatcher_from_bytes(bytes);
      REQUIRE(verify(other.plan(), other.market()));
      other.withdraw_volunteer(other.network().volunteer(VolunteerIndex{0}).id);
      REQUIRE(verify(other.plan(), other.market()));
    });
    ++(code.empty() ? proved : refused);
  }
  CHECK(proved > 0);  // a name, say
  CHECK(refused > 0);
}

TEST_CASE("a file of a Dispatcher is no other file", "[wire]") {
  Dispatcher day = full_day();
  const std::string bytes = to_bytes(day);
  const auto code = [](auto act) { return error_code(act); };
  CHECK(code([&] { plan_from_bytes(bytes); }) == "snapshot_of_other_kind");
  CHECK(code([&] { network_from_bytes(bytes); }) == "snapshot_of_other_kind");
  CHECK(code([] { dispatcher_from_bytes(to_bytes(Plan())); }) == "snapshot_of_other_kind");
  CHECK(code([&] { dispatcher_from_bytes(bytes, {}, {.bytes_max = 64}); }) == "snapshot_too_large");
  CHECK(code([&] {
          dispatcher_from_bytes(bytes,
                                {.points = standard_points().weight(StandardTerm::level, 3)});
        }) == "terms_differ");
  std::string newer = bytes;
  const std::size_t root = 8 + 8;  // behind the segment table and the root pointer
  newer[root] = 2;
  CHECK(code([&] { dispatcher_from_bytes(newer); }) == "snapshot_too_new");
  CHECK(code([] { load_dispatcher("no-such-file.capnp"); }) == "file_missing");
}
