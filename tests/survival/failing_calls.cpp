// Every allocation and every call of the disk fails, one after the other.

#include <algorithm>
#include <iostream>

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "survival/failing_memory.hpp"
#include "survival/scenarios.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using Call = Disk::Call;

/// One way to fail, armed for the n-th occasion.
struct Failure {
  std::string name;
  std::function<void(SmallTown&, std::int64_t nth)> arm;
  std::function<bool(SmallTown&)> disarm;  // whether it has failed
  bool of_memory = false;
  bool of_sync = false;
  int stride = 1;  // as a scenario's
};

Failure failing_memory(bool for_good) {
  return {.name = for_good ? "no memory from then on" : "no memory once",
          .arm = [for_good](SmallTown&, std::int64_t nth) { FailingMemory::arm(nth, for_good); },
          .disarm = [](SmallTown&) { return FailingMemory::disarm(); },
          .of_memory = true,
          .stride = for_good ? 3 : 1};
}

/// What SQLite's own VFS would answer for EIO.
int io_error(Call call) {
  switch (call) {
    case Call::open:
      return SQLITE_CANTOPEN;
    case Call::read:
      return SQLITE_IOERR_READ;
    case Call::write:
      return SQLITE_IOERR_WRITE;
    case Call::truncate:
      return SQLITE_IOERR_TRUNCATE;
    case Call::sync:
      return SQLITE_IOERR_FSYNC;
    case Call::size:
      return SQLITE_IOERR_FSTAT;
    case Call::remove:
      return SQLITE_IOERR_DELETE;
    case Call::look:
      return SQLITE_IOERR_ACCESS;
    case Call::lock:
      return SQLITE_IOERR_LOCK;
    case Call::share:
      return SQLITE_IOERR_SHMMAP;
  }
  return SQLITE_IOERR;
}

/// @param answer of the call, SQLITE_OK where it does not fail.
Failure failing_disk(const char* name, bool for_good, int (*answer)(Call)) {
  auto failed = std::make_shared<bool>(false);
  return {.name = name,
          .arm =
              [=](SmallTown& town, std::int64_t nth) {
                *failed = false;
                town.disk.gate = [=, left = nth](Call call, Disk::Kind) mutable {
                  const int code = answer(call);
                  if (code == SQLITE_OK || (left > 0 && --left > 0)) return SQLITE_OK;
                  if (*failed && !for_good) return SQLITE_OK;
                  *failed = true;
                  return code;
                };
              },
          .disarm =
              [=](SmallTown& town) {
                town.disk.gate = nullptr;
                return *failed;
              }};
}

std::vector<Failure> disk_failures() {
  const auto full = [](Call call) {
    const bool grows = call == Call::write || call == Call::truncate || call == Call::share;
    return grows ? SQLITE_FULL : SQLITE_OK;
  };
  const auto short_read = [](Call call) {
    return call == Call::read ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
  };
  const auto sync = [](Call call) { return call == Call::sync ? SQLITE_IOERR_FSYNC : SQLITE_OK; };
  std::vector<Failure> all{
      failing_disk("EIO once", false, io_error), failing_disk("EIO from then on", true, io_error),
      failing_disk("ENOSPC", true, full), failing_disk("a short read", false, short_read),
      failing_disk("fsync", false, sync)};
  all.back().of_sync = true;
  return all;
}

/// What came of a call: "right", "wrong", "no memory" or the code of an Error.
std::string attempt(const Scenario& scenario, SmallTown& town, std::uint64_t number) {
  try {
    return scenario.run(town, number) ? "right" : "wrong";
  } catch (const std::bad_alloc&) {
    return "no memory";
  } catch (const Error& error) {
    return error.code();
  }
}

bool clean(const Failure& failure, const std::string& came) {
  if (failure.of_memory) return came == "no memory" || came == "store_not_writable";
  return came == "store_io" || came == "store_full" || came == "store_corrupt" ||
         came == "store_not_writable" || came == "store_foreign";
}

struct Tally {
  std::int64_t failures = 0;
  std::int64_t without_effect = 0;
};

/// One failure at the nth occasion. False if there were fewer.
bool fail_at(const Scenario& scenario, const Failure& failure, SmallTown& town, std::int64_t nth,
             Tally& tally) {
  INFO(scenario.name << "; " << failure.name << " " << nth);
  const auto number = static_cast<std::uint64_t>(nth);
  if (!town.store) town.open();
  scenario.prepare(town, number);
  BooksNow before;
  if (!scenario.opens) before = books_of(*town.store);
  failure.arm(town, nth);
  const std::string came = attempt(scenario, town, number);
  if (!failure.disarm(town)) {
    REQUIRE(came == "right");
    return false;
  }
  ++tally.failures;
  if (came == "right") {
    ++tally.without_effect;
    // What was durable before a checkpoint failed is no reason to go on with such a disk.
    if (!failure.of_memory && scenario.writes) town.reopen();
    return true;
  }
  INFO("it said " << came);
  REQUIRE(clean(failure, came));
  if (scenario.opens) {
    town.store.reset();
    REQUIRE(attempt(scenario, town, number) == "right");
    return true;
  }
  REQUIRE(books_of(*town.store) == before);
  std::string next = attempt(scenario, town, number);
  if (failure.of_sync && scenario.writes) REQUIRE(next == "store_broken");
  if (next == "store_broken" || !failure.of_memory) {
    town.reopen();
    // What was on its way to the disk may have arrived, as a whole.
    next = attempt(scenario, town, number);
  }
  REQUIRE(next == "right");
  return true;
}

Tally fail_everywhere(const Failure& failure) {
  Tally tally;
  // 1 in an ordinary run, more where a sanitizer makes all slow, 0 in a long run: none is left out.
  const std::int64_t share = scaled(100, 1'000);
  const std::int64_t sparser = share >= 1'000 ? 0 : std::max<std::int64_t>(1, 100 / share);
  for (const Scenario& scenario : all_scenarios()) {
    SmallTown town;
    std::int64_t nth = 1;
    while (fail_at(scenario, failure, town, nth, tally))
      nth += std::max<std::int64_t>(1, scenario.stride * failure.stride * sparser);
    INFO(scenario.name << "; " << failure.name);
    town.reopen();
    REQUIRE(town.store->books().advance() == 0);  // every expiry was booked in the end
    const AuditReport report = town.store->verify();
    INFO(report.detail);
    REQUIRE(report.sound());
    town.store.reset();
    REQUIRE(health(town.path) == "ok");
  }
  std::cout << failure.name << ": " << tally.failures << " failures, " << tally.without_effect
            << " of them without effect\n";
  return tally;
}

}  // namespace

TEST_CASE("every allocation fails", "[survival]") {
  for (const bool for_good : {false, true}) {
    const Tally tally = fail_everywhere(failing_memory(for_good));
    CHECK(tally.failures - tally.without_effect > tally.without_effect);
  }
}

TEST_CASE("every call of the disk fails", "[survival]") {
  for (const Failure& failure : disk_failures()) {
    const Tally tally = fail_everywhere(failure);
    CHECK(tally.failures - tally.without_effect > tally.without_effect);
  }
}
