#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/town.hpp"
#include "support/process.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

ServiceRecord second_of(const std::string& volunteer, std::int64_t number) {
  return {.id = {1, static_cast<std::uint64_t>(number)},
          .volunteer = volunteer,
          .served = std::chrono::seconds{1}};
}

/// Holds the lock beside a store, as another writer would.
class HeldLock {
 public:
  explicit HeldLock(const Town& town)
      : file_(::open((town.path.string() + ".jiedui-lock").c_str(), O_RDWR)) {
    REQUIRE(::flock(file_, LOCK_EX) == 0);
  }
  ~HeldLock() { ::close(file_); }

 private:
  int file_;
};

}  // namespace

TEST_CASE("writers in several processes take turns and lose nothing", "[store]") {
  const Town town;
  town.open();
  const std::int64_t each = scaled(60);
  constexpr int processes = 3;
  std::vector<pid_t> children;
  for (int process = 0; process < processes; ++process)
    children.push_back(in_child([&] {
      Store store = town.open();
      for (std::int64_t i = 0; i < each; ++i) {
        const Outcome outcome =
            store.ledger().post(second_of("V" + std::to_string(i % 5), process * each + i + 1));
        if (outcome != Outcome::booked) throw std::runtime_error("not booked");
        if (i % 16 == 0) store.checkpoint();
      }
    }));
  for (const pid_t child : children) CHECK(succeeded_child(child));
  Store store = town.open();
  Seconds sum;
  for (int i = 0; i < 5; ++i) sum += store.ledger().balance("V" + std::to_string(i)).confirmed;
  CHECK(sum == Seconds{processes * each});
  CHECK(store.books().head().count ==
        static_cast<std::uint64_t>(processes * each + std::min<std::int64_t>(each, 5) + 1));
  CHECK(store.verify().sound());
}

TEST_CASE("threads with a store each take turns", "[store]") {
  const Town town;
  town.open();
  const std::int64_t each = scaled(50);
  std::vector<std::thread> threads;
  std::atomic<std::int64_t> booked{0};
  for (int thread = 0; thread < 3; ++thread)
    threads.emplace_back([&, thread] {
      Store store = town.open();
      for (std::int64_t i = 0; i < each; ++i)
        if (store.ledger().post(second_of("V", thread * each + i + 1)) == Outcome::booked) ++booked;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(booked == 3 * each);
  Store store = town.open();
  CHECK(store.ledger().balance("V").confirmed == Seconds{3 * each});
  CHECK(store.verify().sound());
}

TEST_CASE("a writer waits for the lock, and gives up after 5 s", "[store]") {
  const Town town;
  Store store = town.open();
  SECTION("it is let go in time") {
    auto held = std::make_unique<HeldLock>(town);
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
      held.reset();
    });
    CHECK(store.ledger().post(second_of("V", 1)) == Outcome::booked);
    other.join();
  }
  SECTION("it is not") {
    const HeldLock held{town};
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_code([&] { static_cast<void>(store.ledger().post(second_of("V", 1))); }) ==
          "store_busy");
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds{4'900});
    CHECK(store.ledger().balance("V") == Hours{});  // reading needs no lock
  }
  CHECK(store.ledger().post(second_of("V", 2)) == Outcome::booked);
}

TEST_CASE("a store is not shared with a forked process", "[store]") {
  const Town town;
  Store store = town.open();
  CHECK(succeeded_child(in_child([&] {
    if (error_code([&] { static_cast<void>(store.ledger().post(second_of("V", 1))); }) !=
        "store_forked")
      throw std::runtime_error("it wrote");
    store.close();
  })));
  CHECK(store.ledger().post(second_of("V", 1)) == Outcome::booked);
  CHECK(store.verify().sound());
}

TEST_CASE("a forked process that ends leaves its parent's transaction alone", "[store]") {
  const Town town;
  town.open();
  int go[2];
  REQUIRE(::pipe(go) == 0);
  // Forked before anything is open: SQLite's own state must not cross a fork.
  const pid_t rival = in_child([&] {
    char sign = 0;
    if (::read(go[0], &sign, 1) != 1) throw std::runtime_error("no sign");
    Store other = town.open();
    if (other.ledger().post(second_of("V", 1)) != Outcome::booked)
      throw std::runtime_error("not booked");
  });
  Store store = town.open();
  LedgerTransaction transaction = store.books().begin();
  CHECK(transaction.post(OpenAccount{.id = id(1), .unit = hours_unit}) == Outcome::booked);
  CHECK(succeeded_child(in_child([&] {
    { const LedgerTransaction inherited = std::move(transaction); }
    store.close();
  })));
  REQUIRE(::write(go[1], "!", 1) == 1);
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  CHECK(::waitpid(rival, nullptr, WNOHANG) == 0);  // it waits: the lock is still held here
  transaction.commit();
  CHECK(succeeded_child(rival));
  CHECK(store.books().head().count == 4);
  CHECK(store.verify().sound());
  ::close(go[0]);
  ::close(go[1]);
}
