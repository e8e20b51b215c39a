#include "jiedui/ledger/group_commit.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"
#include "ledger/books.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

Error failure() {
  return Error({.code = "store_io", .place = "test", .message = "", .allowed = "", .way_out = ""});
}

/// A journal that cannot find account 666, and fails to append when it is told to.
struct FaultyJournal {
  MemoryJournal inner{Id128{7, 9}};
  std::atomic<bool> full{false};
  std::atomic<int> commits{0};

  ChainHead head() { return inner.head(); }
  std::optional<Account> find_account(Id128 wanted) {
    if (wanted == id(666)) throw failure();
    return inner.find_account(wanted);
  }
  std::optional<Entry> find_entry(Id128 wanted) { return inner.find_entry(wanted); }
  std::optional<Entry> find_answer(Id128 wanted) { return inner.find_answer(wanted); }
  void read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit) {
    inner.read_entries(first, last, visit);
  }
  void read_entries_of(Id128 account, const EntryVisitor& visit) {
    inner.read_entries_of(account, visit);
  }
  void read_entries_about(Id128 reference, const EntryVisitor& visit) {
    inner.read_entries_about(reference, visit);
  }
  void read_due_claims(BookedTime time, const EntryVisitor& visit) {
    inner.read_due_claims(time, visit);
  }
  void read_accounts(const AccountVisitor& visit) { inner.read_accounts(visit); }
  void begin_read() { inner.begin_read(); }
  void end_read() noexcept { inner.end_read(); }
  void begin_write() { inner.begin_write(); }
  void append(const Batch& batch) {
    if (full) throw failure();
    inner.append(batch);
    ++commits;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // as a disk, so that groups form
  }
  void abandon() noexcept { inner.abandon(); }
};

struct SharedBooks {
  FaultyJournal journal;
  Ledger ledger{journal};
  SharedBooks() {
    for (const std::uint64_t number : {1U, 2U})
      REQUIRE(ledger.post(OpenAccount{.id = id(number), .unit = hours_unit}) == Outcome::booked);
  }
};

constexpr int callers = 16;
constexpr int posts = 25;

/// What each of many threads got: how often booked, exists, and an Error.
struct Got {
  std::atomic<int> booked{0}, exists{0}, failed{0}, closed{0};
  void add(GroupCommit& group, const Command& command) {
    try {
      const Outcome outcome = group.post(command);
      if (outcome == Outcome::booked) ++booked;
      if (outcome == Outcome::exists) ++exists;
    } catch (const Error& error) {
      ++(error.code() == "group_closed" ? closed : failed);
    }
  }
};

template <class Work>
void in_threads(Work work) {
  std::vector<std::jthread> threads;
  for (int caller = 0; caller < callers; ++caller) threads.emplace_back([=] { work(caller); });
}

std::uint64_t number_of(int caller, int post) {
  return static_cast<std::uint64_t>(1'000 + caller * posts + post);
}

}  // namespace

TEST_CASE("many callers share commits and each gets its outcome", "[ledger]") {
  SharedBooks books;
  Got got;
  {
    GroupCommit group{books.ledger};
    in_threads([&](int caller) {
      for (int i = 0; i < posts; ++i) {
        got.add(group, transfer(number_of(caller, i), 3));
        got.add(group, transfer(number_of(caller, i), 3));
      }
    });
  }
  CHECK(got.booked == callers * posts);
  CHECK(got.exists == callers * posts);
  CHECK(got.failed == 0);
  CHECK(books.ledger.head().count == 2 + callers * posts);
  CHECK(books.ledger.balance(id(2)).credits_posted == 3ULL * callers * posts);
  CHECK(books.ledger.verify().sound());
  CHECK(books.journal.commits < callers * posts);
}

TEST_CASE("a call that cannot be booked fails alone", "[ledger]") {
  SharedBooks books;
  Got good;
  Got bad;
  {
    GroupCommit group{books.ledger};
    in_threads([&](int caller) {
      for (int i = 0; i < posts; ++i) {
        Transfer one = transfer(number_of(caller, i), 1);
        const bool faulty = (caller + i) % 5 == 0;
        if (faulty) one.credit = id(666);
        (faulty ? bad : good).add(group, one);
      }
    });
  }
  CHECK(bad.failed == callers * posts / 5);
  CHECK(bad.booked == 0);
  CHECK(good.booked == callers * posts - callers * posts / 5);
  CHECK(good.failed == 0);
  CHECK(books.ledger.verify().sound());
}

TEST_CASE("a commit that fails is told to all who shared it, and the next works", "[ledger]") {
  SharedBooks books;
  GroupCommit group{books.ledger};
  books.journal.full = true;
  Got got;
  in_threads([&](int caller) { got.add(group, transfer(number_of(caller, 0), 1)); });
  CHECK(got.failed == callers);
  CHECK(got.booked == 0);
  books.journal.full = false;
  in_threads([&](int caller) { got.add(group, transfer(number_of(caller, 0), 1)); });
  CHECK(got.booked == callers);
  group.close();
  CHECK(books.ledger.head().count == 2 + callers);
}

TEST_CASE("linked commands of a call stay together", "[ledger]") {
  SharedBooks books;
  std::atomic<int> wrong{0};
  {
    GroupCommit group{books.ledger};
    in_threads([&](int caller) {
      for (int i = 0; i < posts / 2; ++i) {
        const auto outcomes = group.post({linked(transfer(number_of(caller, 2 * i), 1)),
                                          transfer(number_of(caller, 2 * i + 1), 1)});
        if (outcomes != std::vector<Outcome>(2, Outcome::booked)) ++wrong;
      }
    });
  }
  CHECK(wrong == 0);
  CHECK(books.ledger.verify().sound());
}

TEST_CASE("closing books what waits and refuses what comes", "[ledger]") {
  SharedBooks books;
  Got got;
  {
    GroupCommit group{books.ledger};
    std::jthread closer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      group.close();
    });
    in_threads([&](int caller) {
      for (int i = 0; i < posts; ++i) got.add(group, transfer(number_of(caller, i), 1));
    });
    group.close();
  }
  CHECK(got.booked + got.closed == callers * posts);
  CHECK(got.failed == 0);
  CHECK(books.ledger.head().count == 2 + static_cast<std::uint64_t>(got.booked.load()));
}
