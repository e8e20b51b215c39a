// Lost power: whatever was not synced is dropped, reordered or torn, again and again, also while a
// store is made, recovered from the cut before, or carries its WAL over into the file.

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "survival/books_on_disk.hpp"
#include "survival/disk.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using Call = Disk::Call;
using Kind = Disk::Kind;

/// What was wrong after a cut; nothing if all was well.
using Complaint = std::string;

/// A town on a disk that loses power, and what was acknowledged there.
class TownWithoutPower {
 public:
  TownWithoutPower(Random& random, const Disk::Options& options)
      : random_(random), disk_(folder_.path(), options) {}

  /// Works until the power goes, then looks at what is left.
  Complaint live_until_a_cut(bool long_wal) {
    calls_left_ = -1;
    const std::uint64_t draw = random_();
    // Where the WAL is carried over is worth as many cuts as everything else.
    const bool at_checkpoint = long_wal || draw % 2 == 0;
    if (!at_checkpoint) calls_left_ = static_cast<std::int64_t>(draw / 2 % 700);
    disk_.gate = [&, at_checkpoint](Call call, Kind kind) {
      const bool carries_over = call == Call::write && kind == Kind::database;
      if (at_checkpoint && calls_left_ < 0 && carries_over && (!long_wal || posts_ > 100))
        calls_left_ = static_cast<std::int64_t>(draw / 2 % 90);
      const bool counts = call != Call::read && call != Call::look && call != Call::lock;
      if (counts && calls_left_ >= 0 && calls_left_-- == 0) disk_.stop();
      return SQLITE_OK;
    };
    posts_ = 0;
    work(long_wal);
    disk_.stop();
    disk_.gate = nullptr;
    disk_.restart_without_power(random_);
    try {
      return look();
    } catch (const Error& error) {
      return error.what();
    }
  }
  std::uint64_t entries() const { return acknowledged_.count; }

 private:
  Store open() const { return Store::open_or_create(path_); }

  void work(bool long_wal) {
    try {
      Store store = open();
      post(store, Batches::opening());
      const int posts_max = long_wal ? 700 : 60;
      while (disk_.running() && posts_ < posts_max) {
        const std::uint64_t draw = random_();
        if (!long_wal && draw % 8 == 0) store.checkpoint();
        if (!long_wal && draw % 11 == 0) {
          store.close();  // the disk serves one connection at a time
          store = open();
        }
        post(store, Batches::batch(++number_, 1 + draw / 128 % 5));
      }
    } catch (const Error&) {  // the power is gone
    }
  }

  void post(Store& store, const std::vector<Command>& commands) {
    ++posts_;
    on_its_way_ = commands.size();
    static_cast<void>(store.books().post(commands));
    // The reply is out: from here on the entries must be there.
    acknowledged_ = store.books().head();
    on_its_way_ = 0;
  }

  Complaint look() {
    Store store = open();
    const ChainHead head = store.books().head();
    const std::uint64_t lost =
        acknowledged_.count > head.count ? acknowledged_.count - head.count : 0;
    if (lost > 0) return std::to_string(lost) + " acknowledged entries are lost";
    const std::uint64_t more = head.count - acknowledged_.count;
    if (more != 0 && more != on_its_way_) return "half a batch is there";
    // A book of which nothing was acknowledged may have been made anew.
    const std::vector<ChainHead> exported{acknowledged_.count > 0 ? acknowledged_ : head};
    const AuditReport report = store.verify(exported);
    if (!report.sound()) return std::string(to_string(report.finding)) + ": " + report.detail;
    for (const TrialBalance& line : store.books().trial_balance())
      if (!line.sums_to_zero()) return "the balances do not sum to zero";
    acknowledged_ = head;
    on_its_way_ = 0;
    store.close();
    const std::string said = health(path_);
    return said == "ok" ? "" : said;
  }

  Random& random_;
  Folder folder_{memory_folder()};
  Disk disk_;
  std::filesystem::path path_ = disk_.folder() / "town.jiedui";
  ChainHead acknowledged_;
  std::size_t on_its_way_ = 0;
  std::uint64_t number_ = 0;
  int posts_ = 0;
  std::int64_t calls_left_ = -1;
};

/// Cuts the power that often; what went wrong first, if anything.
Complaint cut_often(std::int64_t cuts, const Disk::Options& options) {
  Random random{jiedui::test::seed()};
  std::optional<TownWithoutPower> town;
  for (std::int64_t cut = 0; cut < cuts; ++cut) {
    if (!town || town->entries() > 600 || random() % 25 == 0) town.emplace(random, options);
    const Complaint complaint = town->live_until_a_cut(cut % 100 == 99);
    if (!complaint.empty()) return "cut " + std::to_string(cut) + ": " + complaint;
  }
  return "";
}

/// While it lives, every new connection is set to synchronous=OFF, and stays so.
class WithoutSync {
 public:
  WithoutSync() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&set)); }
  WithoutSync(const WithoutSync&) = delete;
  WithoutSync& operator=(const WithoutSync&) = delete;
  ~WithoutSync() { sqlite3_reset_auto_extension(); }

 private:
  static int set(sqlite3* database, char**, const void*) {
    sqlite3_exec(database, "PRAGMA synchronous=OFF", nullptr, nullptr, nullptr);
    return sqlite3_set_authorizer(database, &ignore, nullptr);
  }
  static int ignore(void*, int action, const char* name, const char* value, const char*,
                    const char*) {
    const bool sets_sync =
        action == SQLITE_PRAGMA && value != nullptr && std::string_view(name) == "synchronous";
    return sets_sync ? SQLITE_IGNORE : SQLITE_OK;
  }
};

}  // namespace

TEST_CASE("lost power loses nothing that was acknowledged", "[survival]") {
  INFO(seed_text());
  CHECK(cut_often(scaled(1'500, 75'000), {}) == "");
}

TEST_CASE("lost power where overwriting a sector in part damages the rest of it", "[survival]") {
  INFO(seed_text());
  CHECK(cut_often(scaled(500, 25'000), {.powersafe = false, .says_powersafe = false}) == "");
}

TEST_CASE("the cuts catch what does not sync", "[survival]") {
  INFO(seed_text());
  SECTION("synchronous=OFF") {
    const WithoutSync off;
    CHECK(cut_often(200, {}) != "");
  }
  SECTION("a folder that is not synced after a file was made in it") {
    CHECK(cut_often(2'000, {.syncs_folder = false}) != "");
  }
  SECTION("a disk that damages what was not overwritten, and hides it") {
    CHECK(cut_often(2'000, {.powersafe = false, .says_powersafe = true}) != "");
  }
}
