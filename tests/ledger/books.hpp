#pragma once

#include <memory>
#include <vector>

#include "jiedui/ledger/ledger.hpp"
#include "jiedui/ledger/memory_journal.hpp"

namespace jiedui::test {

inline constexpr Unit hours_unit = Unit::seconds_served();
inline constexpr std::uint64_t u64_max = 0xFFFF'FFFF'FFFF'FFFF;

constexpr Id128 id(std::uint64_t number) {
  return {0, number};
}
constexpr Instant at(std::int64_t second) {
  return Instant{std::chrono::seconds{second}};
}
constexpr BookedTime booked_at(std::int64_t nanosecond) {
  return BookedTime{std::chrono::nanoseconds{nanosecond}};
}

/// A clock that stands until it is set.
class HandClock {
 public:
  void set(std::int64_t nanosecond) { *now_ = booked_at(nanosecond); }
  void advance(std::chrono::nanoseconds by) { *now_ += by; }
  BookedTime now() const { return *now_; }
  LedgerClock clock() const {
    return [now = now_] { return *now; };
  }

 private:
  std::shared_ptr<BookedTime> now_ =
      std::make_shared<BookedTime>(std::chrono::seconds{1'772'000'000});
};

/// Books with two open accounts of seconds served, 1 and 2.
struct Books {
  HandClock clock;
  MemoryJournal journal{Id128{7, 9}};
  Ledger ledger{journal, clock.clock()};

  Books() {
    open(1);
    open(2);
  }
  void open(std::uint64_t account, AccountLimits limits = {}, Unit unit = hours_unit) {
    if (ledger.post(OpenAccount{.id = id(account), .unit = unit, .limits = limits}) !=
        Outcome::booked)
      throw std::runtime_error("the account could not be opened");
  }
  std::vector<Entry> entries() {
    std::vector<Entry> all;
    ledger.read_entries(1, u64_max, [&](const Entry& entry, const Hash256&) {
      all.push_back(entry);
      return true;
    });
    return all;
  }
};

/// A transfer of seconds from account 1 to account 2.
inline Transfer transfer(std::uint64_t number, std::uint64_t amount) {
  return {.id = id(number),
          .debit = id(1),
          .credit = id(2),
          .amount = amount,
          .unit = hours_unit,
          .happened = at(1'000)};
}

inline Claim claim(std::uint64_t number, std::uint64_t amount, std::int64_t timeout = 0) {
  return {.id = id(number),
          .debit = id(1),
          .credit = id(2),
          .amount = amount,
          .unit = hours_unit,
          .timeout = std::chrono::seconds{timeout},
          .happened = at(1'000)};
}

}  // namespace jiedui::test
