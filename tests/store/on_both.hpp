#pragma once

#include <catch2/catch.hpp>

#include "store/town.hpp"

namespace jiedui::test {

/// Runs a check on books of Shanghai in memory, then on those of a store.
template <class Check>
void on_both(Check&& check) {
  SECTION("in memory") {
    HoursBooks books{"Asia/Shanghai"};
    check(books.ledger);
  }
  SECTION("in a store") {
    const Town town;
    Store store = Store::open_or_create(town.path, {.zone = "Asia/Shanghai"});
    check(store.ledger());
  }
}

}  // namespace jiedui::test
