#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jiedui/pairing/plan.hpp"
#include "survival/books_on_disk.hpp"
#include "survival/disk.hpp"

namespace jiedui::test {

/// A town on a disk in memory, with some accounts, hours, a network and a plan.
struct SmallTown {
  Folder folder{memory_folder()};
  Disk disk{folder.path()};
  std::filesystem::path path = disk.folder() / "town.jiedui";
  HandClock clock;
  Network network;
  std::optional<Store> store;

  SmallTown();
  ~SmallTown() { store.reset(); }
  SmallTown(const SmallTown&) = delete;
  SmallTown& operator=(const SmallTown&) = delete;
  void open() { store.emplace(Store::open_or_create(path, {.clock = clock.clock()})); }
  void reopen() {
    store.reset();
    open();
  }
};

/// What a town's books say.
struct BooksNow {
  ChainHead head;
  std::vector<Account> accounts;
  friend bool operator==(const BooksNow&, const BooksNow&) = default;
};
BooksNow books_of(Store& store);

/// One way to use a store, in one state of it.
struct Scenario {
  std::string name;
  std::function<void(SmallTown&, std::uint64_t)> prepare;  // what it needs, undisturbed
  /// What is to fail; with the same number it can be called again. @return whether it was right.
  std::function<bool(SmallTown&, std::uint64_t)> run;
  bool opens = false;   // it opens the store by itself
  bool writes = false;  // it commits something
  int stride = 1;       // one in so many fails in an ordinary run, as it takes thousands
};

/// Every call of a store in each of three states: in use, just opened, its WAL just emptied; and
/// every way to open one.
std::vector<Scenario> all_scenarios();

}  // namespace jiedui::test
