#include "jiedui/ledger/group_commit.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include <catch2/catch.hpp>

#include "ledger/books.hpp"
#include "store/town.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

constexpr int callers = 64;

void open_accounts(Ledger& books) {
  for (const std::uint64_t number : {1U, 2U})
    REQUIRE(books.post(OpenAccount{.id = id(number), .unit = hours_unit}) == Outcome::booked);
}

}  // namespace

TEST_CASE("what a group commit has answered is in the file", "[store]") {
  const Town town;
  Store store = town.open();
  open_accounts(store.books());
  std::atomic<int> missing{0};
  {
    GroupCommit group{store.books()};
    std::vector<std::jthread> threads;
    for (std::uint64_t caller = 0; caller < 8; ++caller)
      threads.emplace_back([&, caller] {
        Store reader = Store::open(town.path, StoreAccess::read_only);
        for (std::uint64_t i = 0; i < 20; ++i) {
          const std::uint64_t number = 1'000 + 20 * caller + i;
          if (group.post(transfer(number, 1)) != Outcome::booked) ++missing;
          if (!reader.books().find_entry(id(number))) ++missing;
        }
      });
  }
  CHECK(missing == 0);
  CHECK(store.verify().sound());
  CHECK(store.books().balance(id(1)).debits_posted == 160);
}

TEST_CASE("64 callers against single commits", "[.measure]") {
  using Clock = std::chrono::steady_clock;
  const auto rate = [](int entries, Clock::time_point since) {
    return entries / std::chrono::duration<double>(Clock::now() - since).count();
  };
  const Town town;
  Store store = town.open();
  open_accounts(store.books());
  std::uint64_t number = 1'000;
  const auto begun = Clock::now();
  for (int i = 0; i < 1'000; ++i)
    REQUIRE(store.books().post(transfer(++number, 1)) == Outcome::booked);
  const double single = rate(1'000, begun);
  constexpr int posts = 500;
  const auto together = Clock::now();
  {
    GroupCommit group{store.books()};
    std::vector<std::jthread> threads;
    for (std::uint64_t caller = 0; caller < callers; ++caller)
      threads.emplace_back([&, caller] {
        for (std::uint64_t i = 0; i < posts; ++i)
          static_cast<void>(group.post(transfer(100'000 + caller * posts + i, 1)));
      });
  }
  const double grouped = rate(callers * posts, together);
  WARN("single " << single << "/s, 64 callers " << grouped << "/s, ratio " << grouped / single);
  CHECK(store.books().balance(id(1)).debits_posted == 1'000 + callers * posts);
}
