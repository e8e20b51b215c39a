#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "common.hpp"
#include "jiedui/hours/hours_ledger.hpp"
#include "jiedui/ledger/group_commit.hpp"
#include "jiedui/ledger/memory_journal.hpp"
#include "jiedui/store/store.hpp"

namespace jiedui::python {

/// What owns books: a store, or a journal in memory. One thread at a time is let in.
struct Owner {
  virtual ~Owner() = default;
  virtual HoursLedger& hours() = 0;
  virtual Ledger& books() = 0;
  /// Ends the threads that still use the books. @param lock of the mutex; let go of meanwhile.
  void close_groups(std::unique_lock<std::mutex>& lock);
  std::mutex mutex;
  std::vector<std::weak_ptr<GroupCommit>> groups;  // guarded by the mutex
};

/// Something of an owner, which lives as long as it is held in Python. After Store.close every use
/// raises "store_closed".
template <class Thing, Thing& (Owner::*get)()>
struct Held {
  std::shared_ptr<Owner> owner;
  /// Works on it with the interpreter free for other threads.
  template <class Work>
  auto with(Work&& work) const {
    const py::gil_scoped_release unlocked;
    const std::scoped_lock lock(owner->mutex);
    return std::forward<Work>(work)((owner.get()->*get)());
  }
};
using HeldHours = Held<HoursLedger, &Owner::hours>;
using HeldBooks = Held<Ledger, &Owner::books>;

/// What keeps accounts of its own in an owner's books of hours, as Held.
template <class Keeper>
struct KeeperOnHours {
  std::shared_ptr<Owner> owner;
  std::shared_ptr<Keeper> keeper;
  template <class Work>
  auto with(Work&& work) const {
    const py::gil_scoped_release unlocked;
    const std::scoped_lock lock(owner->mutex);
    (void)owner->hours();  // raises once the store is closed
    return std::forward<Work>(work)(*keeper);
  }
};

struct StoreOwner final : Owner {
  explicit StoreOwner(Store opened) : store(std::move(opened)) {}
  HoursLedger& hours() override { return store.ledger(); }
  Ledger& books() override { return store.books(); }
  Store store;
};

struct MemoryOwner final : Owner {
  explicit MemoryOwner(const std::string& zone) : ledger(journal, directory, {.zone = zone}) {}
  HoursLedger& hours() override { return ledger; }
  Ledger& books() override { return ledger.books(); }
  MemoryJournal journal;
  MemoryDirectory directory;
  HoursLedger ledger;
};

/// Records handed in under rules, and what becomes of them: parts of bind_hours.
void bind_submission(py::module_& m);
void bind_submitting(py::class_<HeldHours>& hours);
void bind_reports(py::module_& m);
void bind_reports_of(py::class_<HeldHours>& hours);

// Parts of bind_books: keys, and heads as text; GroupCommit.
void bind_signed_heads(py::module_& m);
void bind_group_commit(py::module_& m);

}  // namespace jiedui::python
