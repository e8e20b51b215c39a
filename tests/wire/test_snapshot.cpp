#include <limits>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/ledger/ledger.hpp"
#include "jiedui/ledger/memory_journal.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "support/run.hpp"
#include "wire/support.hpp"

using namespace jiedui;
using namespace jiedui::test;

namespace {

std::vector<Table> sample_tables() {
  const std::vector<std::string> all = hostile_texts();
  const std::size_t rows = all.size();
  std::vector<std::uint8_t> present(rows, 1);
  present[1] = 0;
  std::vector<double> reals(rows, -0.0);
  reals[0] = 5e-324;
  std::vector<std::uint32_t> codes(rows, 1);
  codes[2] = DictionaryColumn::absent;
  return {
      {.name = "volunteers.csv",
       .columns = {column("id", texts(all)),
                   column("n", std::vector<std::int64_t>(rows, -1), present), column("x", reals),
                   column("\u738B", DictionaryColumn{texts({"", "b"}), codes})},
       .first_row = 2},
      {.name = "", .columns = {}},
      {.name = "empty", .columns = {column("t", TextColumn())}}};
}

/// A small table whose snapshot can be damaged at every byte.
std::vector<Table> small_tables() {
  return {{.name = "t",
           .columns = {column("id", texts({"a", "\u738B", ""})),
                       column("n", std::vector<std::int64_t>{1, 2, 3}, {1, 0, 1}),
                       column("x", std::vector<double>{0.5, 1, 2}),
                       column("d", DictionaryColumn{texts({"u", "v"}), {0, 1, 1}})}}};
}

Network sample_network() {
  NetworkBuilder builder;
  for (int i = 0; i < 20; ++i) {
    Volunteer volunteer;
    volunteer.id = "V-" + std::to_string(i);
    volunteer.position = Position{289'000'000 + i, 1'188'000'000};
    builder.add(volunteer);
    Need need;
    need.id = "N-" + std::to_string(i);
    need.item = standard_catalogue().columns.empty()
                    ? ""
                    : std::string(std::get<TextColumn>(standard_catalogue().find("id")->cells)[0]);
    builder.add(need);
  }
  return builder.build();
}

/// A plan as the first version knew them.
PlanData first_plan() {
  PlanData data;
  const Instant begins = Date(std::chrono::year{2026} / 3 / 5);
  data.pairs = {
      {.pair = {"V-2", "N-1", Points(7), Metres(350), begins, begins + std::chrono::hours(1)},
       .slot = 3},
      {.pair = {"V-1", "N-2", Points(-5), {}, {}, {}}}};
  data.tiers = {{.tier = 1, .demand = 3, .filled = 2}, {.tier = 4, .demand = 1, .filled = 0}};
  data.without_slot = {"N-9"};
  data.proof.tiers = 2;
  data.proof.step = (int128{1} << 70) + 5;
  data.proof.prices = {{"V-1", solver::Candidate::no_slot, (int128{1} << 100) + 1}, {"V-2", 3, 12}};
  data.proof.profits = {{"N-1", 99}};
  data.value = -(int128{1} << 90) - 3;
  data.bound = data.value + 1;
  data.status = PlanStatus::interrupted;
  data.statistics = {.candidates = 5,
                     .relaxations = 6,
                     .scans = 7,
                     .paths = 8,
                     .build_seconds = 0.25,
                     .solve_seconds = 0.5};
  return data;
}

/// A plan that says all that a plan can say.
Plan sample_plan() {
  PlanData data = first_plan();
  data.pairs[1].pinned = true;
  data.pairs[1].slot = 0xFFFF'0000;  // a run of slots
  data.proof.prices[1].price = -(int128{1} << 65);
  data.proof.totals = {{"O-1", (int128{1} << 64) + 3}, {"O-2", 1}};
  data.proof.bonuses = {(int128{1} << 70) + 1, 20, 5};
  data.proof.lending = {{"O-1", "O-2", (int128{1} << 65) + 2}, {"O-2", "O-1", 7}};
  data.proof.change_price = (int128{1} << 64) + 4;
  data.unmet = {{"V-3", 2}, {"V-4", 1}};
  data.load_cost = (int128{1} << 66) + 9;
  return Plan(data);
}

/// The bytes that the first version wrote for first_plan().
std::string first_plan_bytes() {
  const std::string_view digits =
      "000000004e00000000000000010001000100000004000000000000000b0006000100000000000000ffff"
      "fffbfffffffffdfffffffffffffffffffffbfffffffffeffffffffffffff050000000000000006000000"
      "0000000007000000000000000800000000000000000000000000d03f000000000000e03f140000000000"
      "070071000000140000007100000015000000750000001500000078000000000002008400000003000700"
      "180000000000020024000000000002003100000015000000350000001500000039000000150000003d00"
      "000015000000410000001400000005000000320000000500000014000000562d32562d31000003000000"
      "06000000050000003200000005000000140000004e2d314e2d3200000300000006000000070000000000"
      "0000fbffffffffffffff5e01000000000000000000000000008080c7a869000000000000000000000080"
      "90d5a86900000000000000000000008003000000ffffffff010000000400000003000000000000000100"
      "00000000000002000000000000000000000000000000050000001a000000050000000c0000004e2d3900"
      "000000000300000000000000020000000000000040000000000000000500000000000000180000000000"
      "02002500000014000000250000001500000029000000150000002c00000000000200390000000d000000"
      "390000000d00000005000000320000000500000014000000562d31562d3200000300000006000000ffff"
      "ffff030000000000000010000000000000000000000001000000000000000c0000000000000005000000"
      "1a000000050000000c0000004e2d31000000000003000000000000000000000000000000630000000000"
      "0000";
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  return bytes;
}

EntryRun sample_run(int transfers = 5) {
  MemoryJournal journal(Id128{5, 5});
  const ChainHead before = journal.head();
  Ledger ledger(journal, [] { return BookedTime(Date(std::chrono::year{2026} / 3 / 5)); });
  const Id128 a{1, 1}, b{1, 2};
  Hash256 commitment;
  commitment.bytes.fill(7);
  REQUIRE(ledger.post(OpenAccount{.id = a,
                                  .unit = Unit::seconds_served(),
                                  .code = 1,
                                  .limits = {.debits_over_credits_max = 9'000'000'000}}) ==
          Outcome::booked);
  REQUIRE(ledger.post(OpenAccount{.id = b, .unit = Unit::seconds_served()}) == Outcome::booked);
  for (int i = 0; i < transfers; ++i)
    REQUIRE(ledger.post(Transfer{.id = {2, static_cast<std::uint64_t>(i) + 1},
                                 .debit = a,
                                 .credit = b,
                                 .amount = 5400,
                                 .unit = Unit::seconds_served(),
                                 .commitment = i % 2 == 0 ? commitment : Hash256{}}) ==
            Outcome::booked);
  EntryRun run{.before = before, .entries = {}};
  journal.read_entries(1, journal.head().count, [&](const Entry& entry, const Hash256& /*hash*/) {
    run.entries.push_back(entry);
    return true;
  });
  return run;
}

}  // namespace

TEST_CASE("tables, networks, plans and entries come back from a snapshot", "[wire]") {
  const Folder folder;
  const auto path = folder / "s.capnp";
  save(path, sample_tables());
  CHECK(load_tables(path) == sample_tables());
  CHECK(tables_from_bytes(to_bytes(sample_tables())) == sample_tables());
  CHECK(tables_from_bytes(to_bytes(std::vector<Table>())).empty());

  save(path, sample_plan());
  CHECK(load_plan(path) == sample_plan());
  CHECK(plan_from_bytes(to_bytes(Plan())) == Plan());
  const Plan plan = plan_from_bytes(to_bytes(sample_plan()));
  CHECK(plan.statistics().paths == 8);
  CHECK(plan.data().pairs[1].pinned);
  CHECK(plan.data().pairs[1].slot == 0xFFFF'0000);
  CHECK(plan.proof() == sample_plan().proof());
  CHECK(plan.unmet() == sample_plan().unmet());
  CHECK(plan.load_cost() == sample_plan().load_cost());

  save(path, sample_run());
  CHECK(load_entries(path) == sample_run());
  const EntryRun none{.before = sample_run().before, .entries = {}};
  CHECK(entries_from_bytes(to_bytes(none)) == none);

  const Network network = sample_network();
  save(path, network);
  const Network back = load_network(path);
  CHECK(back.tables(Personal::included) == network.tables(Personal::included));
  CHECK(back.volunteer(VolunteerIndex(0)).position ==
        network.volunteer(VolunteerIndex(0)).position);
  const std::string without = to_bytes(network, Personal::left_out);
  CHECK_FALSE(network_from_bytes(without).volunteer(VolunteerIndex(0)).position.has_value());
  CHECK(network_from_bytes(to_bytes(Network())).volunteer_count() == 0);
}

TEST_CASE("a plan that the first version saved can still be read", "[wire]") {
  const Plan plan = plan_from_bytes(first_plan_bytes());
  CHECK(plan == Plan(first_plan()));
  CHECK(plan.unmet().empty());
  CHECK(plan.load_cost() == 0);
  CHECK(plan.proof().totals.empty());
  CHECK(plan.proof().lending.empty());
  CHECK(plan.proof().change_price == 0);
}

TEST_CASE("a snapshot is not taken for another", "[wire]") {
  const std::string tables = to_bytes(small_tables());
  CHECK(error_code([&] { network_from_bytes(tables); }) == "snapshot_of_other_kind");
  CHECK(error_code([&] { plan_from_bytes(tables); }) == "snapshot_of_other_kind");
  CHECK(error_code([&] { entries_from_bytes(tables); }) == "snapshot_of_other_kind");
  CHECK(error_code([&] { tables_from_bytes(to_bytes(Plan())); }) == "snapshot_of_other_kind");
  CHECK(error_code([&] { tables_from_bytes(tables, {.bytes_max = 16}); }) == "snapshot_too_large");
  CHECK(error_code([] { load_plan("/dev/zero"); }) == "file_not_regular");
  CHECK(error_code([] { load_plan("no-such-file.capnp"); }) == "file_missing");
  std::string newer = tables;
  // Behind the segment table (one word) and the root pointer stands the format.
  REQUIRE(newer[16] == 1);
  newer[16] = 2;
  CHECK(error_code([&] { tables_from_bytes(newer); }) == "snapshot_too_new");
  newer[16] = 0;
  CHECK(error_code([&] { tables_from_bytes(newer); }) == "snapshot_invalid");
}

TEST_CASE("tables that do not hold together are not saved", "[wire]") {
  const auto code = [](Table table) {
    return error_code([&] { to_bytes(std::vector<Table>{std::move(table)}); });
  };
  CHECK(code({.name = "t", .columns = {column("a", texts({"\xFF"}))}}) == "cell_invalid");
  CHECK(code({.name = "t", .columns = {column("a", texts({"1"})), column("b", texts({}))}}) ==
        "table_invalid");
  CHECK(code({.name = "t", .columns = std::vector<Column>(1001)}) == "table_invalid");
  EntryRun gap = sample_run();
  gap.entries.erase(gap.entries.begin() + 3);
  CHECK(error_code([&] { to_bytes(gap); }) == "chain_broken");
}

TEST_CASE("a changed entry shows, as the chain no longer fits", "[wire]") {
  // The amount of every transfer is 5,400 = 0x1518; each place where it stands is changed in turn.
  const std::string good = to_bytes(sample_run());
  const std::string amount("\x18\x15\0\0\0\0\0\0", 8);
  int found = 0;
  for (std::size_t at = good.find(amount); at != std::string::npos;
       at = good.find(amount, at + 1)) {
    std::string bad = good;
    bad[at] = '\x19';
    CHECK(error_code([&] { entries_from_bytes(bad); }) == "chain_broken");
    ++found;
  }
  CHECK(found == 5);
}

TEST_CASE("a snapshot cut anywhere, or with something behind it, is refused", "[wire]") {
  for (const std::string& good :
       {to_bytes(small_tables()), to_bytes(sample_plan()), to_bytes(sample_run())}) {
    for (std::size_t length = 0; length < good.size(); ++length) {
      const std::string_view cut = std::string_view(good).substr(0, length);
      REQUIRE(error_code([&] { tables_from_bytes(cut); }) == "snapshot_invalid");
    }
    REQUIRE(error_code([&] { tables_from_bytes(good + std::string(8, '\0')); }) ==
            "snapshot_invalid");
    REQUIRE(error_code([&] { tables_from_bytes(good + "x"); }) == "snapshot_invalid");
  }
}

TEST_CASE("a snapshot with flipped bits gives a table or an error, from any address", "[wire]") {
  const auto loads = [](const std::string& bytes, auto load) {
    try {
      load(bytes);
    } catch (const Error& error) {
      const std::string& code = error.code();
      REQUIRE((code == "snapshot_invalid" || code == "snapshot_too_new" ||
               code == "snapshot_of_other_kind" || code == "chain_broken" ||
               code == "plan_invalid" || code == "input_invalid" || code == "column_length"));
    }
  };
  const auto tables = [](std::string_view bytes) { return tables_from_bytes(bytes).size(); };
  const auto plan = [](std::string_view bytes) {
    const Plan plan = plan_from_bytes(bytes);
    return plan.summary().size() + plan.table().rows() + (plan.gap() >= 0 ? 1 : 0);
  };
  const auto entries = [](std::string_view bytes) {
    return entries_from_bytes(bytes).entries.size();
  };
  const auto each_bit = [&](std::string bytes, auto load) {
    for (std::size_t at = 0; at < bytes.size(); ++at)
      for (unsigned bit = 0; bit < 8; ++bit) {
        bytes[at] = static_cast<char>(bytes[at] ^ (1U << bit));
        loads(bytes, load);
        bytes[at] = static_cast<char>(bytes[at] ^ (1U << bit));
      }
  };
  each_bit(to_bytes(small_tables()), tables);
  each_bit(to_bytes(sample_plan()), plan);
  each_bit(to_bytes(sample_run(1)), entries);

  std::mt19937_64 random(42);
  const std::string goods[] = {to_bytes(small_tables()), to_bytes(sample_plan()),
                               to_bytes(sample_run(1)), to_bytes(sample_network())};
  for (std::int64_t i = 0; i < scaled(4000); ++i) {
    std::string bytes = goods[static_cast<std::size_t>(i) % 4];
    for (std::size_t n = random() % 6 + 1; n > 0; --n)
      bytes[random() % bytes.size()] = static_cast<char>(random() % 3 == 0 ? 0xFF : random() % 256);
    loads(bytes, tables);
    loads(bytes, plan);
    loads(bytes, entries);
    if (i % 16 == 3)
      loads(bytes, [](std::string_view all) { return network_from_bytes(all).volunteer_count(); });
    // Not aligned to words.
    const std::string shifted = "x" + bytes;
    loads(shifted, [&](std::string_view all) { return tables(all.substr(1)); });
  }
}
