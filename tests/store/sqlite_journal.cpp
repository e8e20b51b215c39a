#include "jiedui/store/sqlite_journal.hpp"

#include <optional>
#include <tuple>

#include "ledger/books.hpp"
#include "store/town.hpp"

namespace {

static_assert(jiedui::Journal<jiedui::SqliteJournal>);

struct SqliteFixture {
  static constexpr std::int64_t model_batches = 400;
  jiedui::SqliteJournal& journal() { return store_->journal(); }
  void reopen() {
    store_.reset();
    store_.emplace(town_.open());
  }

 private:
  jiedui::test::Town town_;
  std::optional<jiedui::Store> store_{town_.open()};
};

using JournalFixtures = std::tuple<SqliteFixture>;

}  // namespace

#include "ledger/journal_contract.hpp"
