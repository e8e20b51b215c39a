// kill -9 at random moments: while a store is made, opened, recovered, written and emptied.

#include <chrono>
#include <csignal>
#include <thread>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "support/process.hpp"
#include "survival/books_on_disk.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

/// What a writer tells its parent of each batch, once it is durable.
struct Reply {
  std::uint64_t count = 0;
  Hash256 hash;
};

class Pipe {
 public:
  Pipe() {
    if (::pipe(ends_) != 0) throw std::runtime_error("no pipe");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    ::close(ends_[0]);
    close_writing();
  }
  bool write(const Reply& reply) const {
    return ::write(ends_[1], &reply, sizeof reply) == sizeof reply;
  }
  bool read(Reply& reply) const { return ::read(ends_[0], &reply, sizeof reply) == sizeof reply; }
  void close_writing() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

void write_for_ever(const std::filesystem::path& path, std::uint64_t number, const Pipe& replies) {
  Store store = Store::open_or_create(path);
  static_cast<void>(store.books().post(Batches::opening()));
  for (;; ++number) {
    for (const Outcome outcome : store.books().post(Batches::batch(number, 1 + number % 6)))
      if (outcome != Outcome::booked) throw std::runtime_error("not booked");
    const ChainHead head = store.books().head();
    if (!replies.write({head.count, head.hash})) return;
    const ServiceRecord record{.id = {1, number},
                               .volunteer = "V" + std::to_string(number % 20),
                               .need = "N" + std::to_string(number),
                               .served = std::chrono::seconds{60}};
    if (number % 3 == 0) static_cast<void>(store.ledger().post(record));
    if (number % 5 == 0) store.checkpoint();
    if (number % 17 == 0) {
      store.close();
      store = Store::open(path);
    }
  }
}

/// The batches of which only a part is in the books.
std::size_t half_batches(Store& store, std::uint64_t from) {
  std::map<std::uint64_t, std::int64_t> missing;
  store.books().read_entries(from, u64_max, [&](const Entry& entry, const Hash256&) {
    const Id128 batch = entry.reference;
    if (entry.kind != EntryKind::transfer || entry.id.high != batch.high) return true;
    const auto [at, is_new] = missing.emplace(batch.high, static_cast<std::int64_t>(batch.low));
    if (--at->second == 0) missing.erase(at);
    return true;
  });
  return missing.size();
}

}  // namespace

TEST_CASE("kill -9 loses nothing that was acknowledged", "[survival]") {
  INFO(seed_text());
  std::mt19937_64 random{jiedui::test::seed()};
  std::optional<Folder> folder;
  std::filesystem::path path;
  Reply last;
  std::uint64_t number = 1;
  std::int64_t replies = 0;
  std::int64_t killed_unopened = 0;
  for (std::int64_t kill = 0, kills = scaled(1'000, 10'000); kill < kills; ++kill) {
    INFO("kill " << kill);
    if (kill % 12 == 0) {
      folder.emplace(memory_folder());
      path = *folder / "town.jiedui";
      last = {};
      number = 1;
    }
    Pipe pipe;
    const pid_t child = in_child([&] { write_for_ever(path, number, pipe); });
    pipe.close_writing();
    // Every third is killed before or soon after its first reply, at opening or recovery.
    const bool early = kill % 3 == 0;
    if (!early && pipe.read(last)) ++replies;
    std::this_thread::sleep_for(std::chrono::microseconds{random() % (early ? 3'000 : 4'000)});
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (pipe.read(last)) ++replies;

    if (!std::filesystem::exists(path)) {
      REQUIRE(last.count == 0);
      ++killed_unopened;
      continue;
    }
    Store store = Store::open_or_create(path);
    std::vector<ChainHead> exported;
    if (last.count > 0) exported.push_back({store.book(), last.count, last.hash});
    const AuditReport report = store.verify(exported);
    INFO(report.detail);
    REQUIRE(report.sound());
    REQUIRE(report.heads_matched == exported.size());
    REQUIRE(half_batches(store, 1) == 0);
    REQUIRE(health(path) == "ok");
    const ChainHead head = store.books().head();
    if (head.count > 0) last = {head.count, head.hash};
    store.books().read_entries(1, u64_max, [&](const Entry& entry, const Hash256&) {
      if (entry.id.high == entry.reference.high)
        number = std::max(number, entry.reference.high + 1);
      return true;
    });
  }
  // The kills are worth something only if they meet writers at work.
  CHECK(replies > scaled(1'000, 10'000));
  CHECK(killed_unopened < scaled(1'000, 10'000) / 10 + 2);
}
