// Crashes between commit and reply: the clients do not know what became of their batches, and send
// them again.

#include <algorithm>

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "survival/books_on_disk.hpp"
#include "survival/disk.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

constexpr std::size_t clients = 10;

bool all_are(const std::vector<Outcome>& outcomes, Outcome outcome) {
  return std::all_of(outcomes.begin(), outcomes.end(), [&](Outcome one) { return one == outcome; });
}

/// A town whose program crashes, time and again, with the replies of some clients not yet sent.
class CrashingTown {
 public:
  explicit CrashingTown(Random& random) : random_(random) {}

  /// One crash, and everything sent again. @return how many batches that were.
  std::int64_t crash_and_send_again() {
    std::vector<std::vector<Command>> batches;
    for (std::size_t i = 0; i < clients; ++i) {
      batches.push_back(Batches::batch(++number_, 1 + random_() % 5));
      entries_ += batches.back().size();
    }
    const std::size_t committed = post_until_crash(batches);
    disk_.restart_process();
    Store store = open();
    for (std::size_t i = 0; i < clients; ++i) {
      const std::vector<Outcome> first = store.books().post(batches[i]);
      REQUIRE((all_are(first, Outcome::exists) || all_are(first, Outcome::booked)));
      if (i < committed) REQUIRE(first.front() == Outcome::exists);
      for (std::uint64_t more = random_() % 3; more > 0; --more)
        REQUIRE(all_are(store.books().post(batches[i]), Outcome::exists));
      if (random_() % 4 == 0) check_other_content(store, batches[i].back());
    }
    REQUIRE(store.books().head().count == Batches::accounts + entries_);
    return static_cast<std::int64_t>(clients);
  }
  void check_all() {
    Store store = open();
    REQUIRE(store.verify().sound());
    store.close();
    REQUIRE(health(path_) == "ok");
  }

 private:
  Store open() const { return Store::open_or_create(path_); }

  /// @return how many batches were committed for certain.
  std::size_t post_until_crash(const std::vector<std::vector<Command>>& batches) {
    std::size_t committed = 0;
    try {
      Store store = open();
      static_cast<void>(store.books().post(Batches::opening()));
      // The crash comes a few calls after a random commit has reached the disk, or with it.
      std::uint64_t syncs = 1 + random_() % clients;
      std::uint64_t calls = random_() % 3;
      disk_.gate = [&](Disk::Call call, Disk::Kind) {
        if (syncs == 0 && calls-- == 0) disk_.stop();
        if (syncs > 0 && call == Disk::Call::sync) --syncs;
        return SQLITE_OK;
      };
      for (const auto& batch : batches) {
        static_cast<void>(store.books().post(batch));
        ++committed;
      }
    } catch (const Error&) {  // the program has crashed
    }
    disk_.gate = nullptr;
    return committed;
  }

  static void check_other_content(Store& store, const Command& command) {
    Transfer other{.id = command.id(),
                   .debit = command.asked().debit,
                   .credit = command.asked().credit,
                   .amount = command.asked().amount + 1,
                   .unit = hours_unit,
                   .reference = command.asked().reference};
    REQUIRE(store.books().post(other) == Outcome::exists_with_different_amount);
    other.amount = command.asked().amount;
    std::swap(other.debit, other.credit);
    REQUIRE(store.books().post(other) == Outcome::exists_with_different_debit);
  }

  Random& random_;
  Folder folder_{memory_folder()};
  Disk disk_{folder_.path()};
  std::filesystem::path path_ = disk_.folder() / "town.jiedui";
  std::uint64_t number_ = 0;
  std::size_t entries_ = 0;
};

}  // namespace

TEST_CASE("batches sent again after a crash are applied once", "[survival]") {
  INFO(seed_text());
  Random random{jiedui::test::seed()};
  std::optional<CrashingTown> town;
  std::int64_t crashes = 0;
  for (std::int64_t left = scaled(20'000, 1'000'000); left > 0; ++crashes) {
    if (crashes % 25 == 0) {
      if (town) town->check_all();
      town.emplace(random);
    }
    left -= town->crash_and_send_again();
  }
  town->check_all();
}
