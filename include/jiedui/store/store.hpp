#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "jiedui/base/control.hpp"
#include "jiedui/hours/hours_ledger.hpp"
#include "jiedui/network/network.hpp"
#include "jiedui/pairing/plan.hpp"
#include "jiedui/store/sqlite_journal.hpp"

namespace jiedui {

enum class StoreAccess : std::uint8_t { read_write, read_only };

struct StoreOptions {
  /// IANA name of the zone in which the days of statements begin and end; kept in the file when it
  /// is made. Empty: that of the file, "UTC" for a new one.
  std::optional<std::string> zone = {};
  LedgerClock clock = utc_clock();
  /// The file comes from elsewhere: check all of it before anything else reads it. Its tables,
  /// indexes and triggers must be those that jiedui makes, SQLite must find it whole, and the books
  /// must verify. O(size of the file).
  bool untrusted = false;
};

/// One file that holds a town's network, its plan and its books.
///
/// A SQLite file (WAL, every commit synced) that other programs may read: open it there with
/// `file:…?mode=ro`. Only jiedui writes to it. Writers of all processes take turns by an exclusive
/// lock on the file `<store>.jiedui-lock` beside it, and wait up to 5 s for each other. For local
/// file systems. Not thread-safe: one store a thread, also on the same file; and one a process, as
/// nothing of SQLite may cross a fork.
///
/// Errors: "store_missing", "store_foreign" (not a store), "store_newer" (made by a newer jiedui),
/// "store_older" (read-only, and to be migrated), "store_not_writable", "store_read_only",
/// "store_busy", "store_full", "store_io", "store_broken" (after a failed write to the disk),
/// "store_corrupt", "store_inconsistent", "store_forked", "store_closed", "store_second_sqlite"
/// (another copy of SQLite is loaded in this process: writing is refused), "store_altered" and
/// "store_unsound" (an untrusted file).
class JIEDUI_API Store {
 public:
  /// Opens a store, and makes the file if there is none.
  /// @throws Error as above; "zone_unknown"; "zone_differs" if the file was made for another zone.
  static Store open_or_create(const std::filesystem::path& path, const StoreOptions& options = {});
  /// Opens a store that exists, and brings an older one to this version. Checks whose file it is,
  /// and that the last entry continues the chain: milliseconds, however large the file.
  static Store open(const std::filesystem::path& path, StoreAccess access = StoreAccess::read_write,
                    const StoreOptions& options = {});
  /// The same; empty if there is no such file.
  static std::optional<Store> open_if_exists(const std::filesystem::path& path,
                                             StoreAccess access = StoreAccess::read_write,
                                             const StoreOptions& options = {});
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  /// Discards what was not committed.
  ~Store();

  /// Lets go of the file; everything else then throws "store_closed", but for close itself.
  void close();
  bool is_open() const;
  const std::filesystem::path& path() const;
  /// The random id of the book; zero never.
  Id128 book();

  /// The books of hours by people's ids. Valid while the store is open.
  HoursLedger& ledger();
  /// The same books by account ids, for every unit.
  Ledger& books();
  /// Where the books lie, for a Ledger of one's own.
  SqliteJournal& journal();

  /// Keeps a network in place of the former one, as readable tables network_volunteers … With
  /// `left_out`, what can point to a person is not kept, and is absent after loading.
  void save(const Network& network, Personal personal = Personal::included);
  bool has_network();
  /// @throws Error "network_missing" if none was saved; InputError if the tables were changed.
  Network load_network();

  /// Keeps a plan with its proof in place of the former one, as readable tables plan_pairs …
  void save(const Plan& plan);
  bool has_plan();
  /// @throws Error "plan_missing" if none was saved; "store_corrupt" or "plan_invalid" if the
  /// tables were changed.
  Plan load_plan();

  /// Checks the file and recomputes the books. @param exported heads kept outside the store.
  AuditReport verify(std::span<const ChainHead> exported = {});
  /// Carries the write-ahead log over into the file and empties it, so that the file alone holds
  /// everything. False if a reader is in the way.
  bool checkpoint();
  /// Copies the store as it is now into a new file, while others may write, and verifies the copy:
  /// SQLite's integrity check, and the head. File and folder are synced. O(size); when it throws,
  /// or is stopped, no file is left behind. @return the head of the copy.
  /// @throws Error "file_exists", "file_unwritable", "interrupted", "backup_differs"; "store_busy"
  /// within a transaction of this store.
  ChainHead backup(const std::filesystem::path& copy, const Control& control = {});

 private:
  friend JIEDUI_API AuditReport verify_store(const std::filesystem::path& path,
                                             std::span<const ChainHead> exported);
  struct State;
  explicit Store(std::unique_ptr<State> state);
  State& state() const;
  std::unique_ptr<State> state_;
};

/// Opens a store read-only, whatever its end looks like, and verifies it; what cannot be read to
/// its end is `unreadable`.
/// @throws Error where there is no such file, or where it is not a store.
JIEDUI_API AuditReport verify_store(const std::filesystem::path& path,
                                    std::span<const ChainHead> exported = {});

}  // namespace jiedui
