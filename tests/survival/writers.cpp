// Many processes and threads on one file, with checkpoints and readers in between.

#include <atomic>
#include <iostream>
#include <thread>

#include <catch2/catch.hpp>

#include "support/process.hpp"
#include "survival/books_on_disk.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

constexpr int processes = 8;
constexpr int threads = 2;

/// One writer: `count` transfers of 1 to the account of its own process, one commit each, with a
/// checkpoint and a reading now and then.
void write_transfers(const std::filesystem::path& path, std::uint64_t writer, std::int64_t count) {
  Store store = Store::open(path);
  for (std::int64_t i = 0; i < count; ++i) {
    const Transfer one{.id = {100 + writer, static_cast<std::uint64_t>(i) + 1},
                       .debit = id(Batches::accounts),
                       .credit = id(1 + writer % (Batches::accounts - 1)),
                       .amount = 1,
                       .unit = hours_unit,
                       .happened = at(1'000)};
    if (store.books().post(one) != Outcome::booked) throw std::runtime_error("not booked");
    if (i % 64 == 0) store.checkpoint();
    if (i % 32 == 7)
      for (const TrialBalance& line : store.books().trial_balance())
        if (!line.sums_to_zero()) throw std::runtime_error("a reader saw half a transfer");
  }
}

void write_from_threads(const std::filesystem::path& path, int process, std::int64_t each) {
  std::atomic<int> failed{0};
  std::vector<std::thread> writers;
  for (int thread = 0; thread < threads; ++thread)
    writers.emplace_back([&, thread] {
      try {
        write_transfers(path, static_cast<std::uint64_t>(process * threads + thread), each);
      } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        ++failed;
      }
    });
  for (std::thread& writer : writers) writer.join();
  if (failed > 0) throw std::runtime_error("a writer failed");
}

}  // namespace

TEST_CASE("many writers and readers take turns", "[survival]") {
  const Folder folder{memory_folder()};
  const std::filesystem::path path = folder / "town.jiedui";
  {
    Store store = Store::open_or_create(path);
    REQUIRE(store.books().post(Batches::opening()).front() == Outcome::booked);
  }
  constexpr int writers = processes * threads;
  const std::int64_t each = (scaled(40'000, 2'000'000) + writers - 1) / writers;
  std::vector<pid_t> children;
  for (int process = 0; process < processes; ++process)
    children.push_back(in_child([&] { write_from_threads(path, process, each); }));
  for (const pid_t child : children) CHECK(succeeded_child(child));

  Store store = Store::open(path);
  const auto booked = static_cast<std::uint64_t>(writers * each);
  CHECK(store.books().head().count == Batches::accounts + booked);  // no gap: verify counts them
  CHECK(store.books().balance(id(Batches::accounts)).debits_posted == booked);
  std::uint64_t credited = 0;
  for (std::uint64_t account = 1; account < Batches::accounts; ++account)
    credited += store.books().balance(id(account)).credits_posted;
  CHECK(credited == booked);
  const AuditReport report = store.verify();
  INFO(report);
  CHECK(report.sound());
  store.close();
  CHECK(health(path) == "ok");
}
