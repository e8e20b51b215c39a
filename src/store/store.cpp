#include "jiedui/store/store.hpp"

#include <new>

#include "jiedui/network/builder.hpp"
#include "store/backup.hpp"
#include "store/cells.hpp"
#include "store/opening_checks.hpp"
#include "store/plan_tables.hpp"
#include "store/saved_tables.hpp"
#include "store/sqlite_directory.hpp"

namespace jiedui {

namespace {

constexpr const char* network_tables = "network";
constexpr const char* plan_tables = "plan";

std::string zone_of(detail::Connection& connection) {
  return connection.run([&] {
    detail::Prepared setting{connection.database(),
                             "SELECT value FROM settings WHERE name = 'zone'"};
    if (!setting.step()) detail::corrupt("the zone of the store is missing");
    return detail::Cells{setting}.text();
  });
}

/// The zone of the store, which must be the one that is asked for.
std::string agreed_zone(detail::Connection& connection, const StoreOptions& options) {
  std::string zone = zone_of(connection);
  if (options.zone && *options.zone != zone)
    throw Error({.code = "zone_differs",
                 .place = connection.path().filename().string(),
                 .message = "the store was made for the zone " + zone,
                 .allowed = zone,
                 .way_out = "leave the zone open, or start a new store for another zone"});
  return zone;
}

[[noreturn]] void missing(const char* code, const char* what, const char* way_out) {
  throw Error({.code = code,
               .place = "store",
               .message = std::string("the store holds no ") + what,
               .allowed = "",
               .way_out = way_out});
}

}  // namespace

struct Store::State {
  std::shared_ptr<detail::Connection> connection;
  SqliteJournal journal;
  detail::SqliteDirectory directory;
  HoursLedger ledger;

  State(std::shared_ptr<detail::Connection> shared, const StoreOptions& options)
      : connection(std::move(shared)),
        journal(connection),
        directory(connection->run([&] { return detail::SqliteDirectory(connection); })),
        ledger(journal, directory,
               {.zone = agreed_zone(*connection, options), .clock = options.clock}) {}

  /// The state of a store that has passed the checks of an opening.
  static std::unique_ptr<State> checked(std::shared_ptr<detail::Connection> connection,
                                        const StoreOptions& options) {
    if (options.untrusted) detail::check_file(*connection);
    auto state = std::make_unique<State>(std::move(connection), options);
    detail::check_end(state->journal);
    if (!options.untrusted) {
      if (!state->connection->read_only()) detail::check_schema(*state->connection);
      return state;
    }
    const AuditReport report = state->ledger.books().verify();
    if (report.sound()) return state;
    throw Error({.code = "store_unsound",
                 .place = "entry " + std::to_string(report.first_bad_entry),
                 .message = "the books do not verify: " + std::string(to_string(report.finding)),
                 .allowed = "books that verify",
                 .way_out = "verify the store, and restore a copy that verifies"});
  }
};

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open_or_create(const std::filesystem::path& path, const StoreOptions& options) {
  const std::string zone = options.zone.value_or("UTC");
  if (options.zone) static_cast<void>(Zone{zone});  // an unknown one must not get into the file
  auto connection =
      std::make_shared<detail::Connection>(path, detail::OpenMode::create, zone, options.untrusted);
  return Store{State::checked(std::move(connection), options)};
}

Store Store::open(const std::filesystem::path& path, StoreAccess access,
                  const StoreOptions& options) {
  const auto mode =
      access == StoreAccess::read_only ? detail::OpenMode::read_only : detail::OpenMode::read_write;
  auto connection = std::make_shared<detail::Connection>(path, mode, "UTC", options.untrusted);
  return Store{State::checked(std::move(connection), options)};
}

std::optional<Store> Store::open_if_exists(const std::filesystem::path& path, StoreAccess access,
                                           const StoreOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  return open(path, access, options);
}

Store::State& Store::state() const {
  if (state_ == nullptr)
    throw Error({.code = "store_closed",
                 .place = "store",
                 .message = "the store was closed",
                 .allowed = "",
                 .way_out = "open it again"});
  return *state_;
}

void Store::close() {
  state_.reset();
}
bool Store::is_open() const {
  return state_ != nullptr;
}
const std::filesystem::path& Store::path() const {
  return state().connection->path();
}
Id128 Store::book() {
  return state().journal.head().book;
}
HoursLedger& Store::ledger() {
  return state().ledger;
}
Ledger& Store::books() {
  return state().ledger.books();
}
SqliteJournal& Store::journal() {
  return state().journal;
}

void Store::save(const Network& network, Personal personal) {
  detail::save_tables(*state().connection, network_tables, network.tables(personal));
}

bool Store::has_network() {
  return detail::has_tables(*state().connection, network_tables);
}

Network Store::load_network() {
  std::vector<Table> tables = detail::load_tables(*state().connection, network_tables);
  if (tables.empty()) missing("network_missing", "network", "save one, or see has_network()");
  NetworkBuilder builder;
  for (Table& table : tables)
    for (std::size_t i = 0; i < entity_count; ++i)
      if (table_names[i] == table.name) {
        builder.add(static_cast<Entity>(i), std::move(table));
        break;
      }
  return builder.build();
}

void Store::save(const Plan& plan) {
  detail::save_tables(*state().connection, plan_tables, detail::tables_of(plan.data()));
}

bool Store::has_plan() {
  return detail::has_tables(*state().connection, plan_tables);
}

Plan Store::load_plan() {
  const std::vector<Table> tables = detail::load_tables(*state().connection, plan_tables);
  if (tables.empty()) missing("plan_missing", "plan", "save one, or see has_plan()");
  return Plan{detail::plan_of(tables)};
}

AuditReport Store::verify(std::span<const ChainHead> exported) {
  detail::Connection& connection = *state().connection;
  AuditReport unreadable{.finding = Finding::unreadable};
  try {
    const std::string health = connection.run(
        [&] { return connection.database().execAndGet("PRAGMA quick_check(1)").getString(); });
    // SQLite tells of missing memory as if the file were damaged.
    if (health.ends_with("error code=7")) throw std::bad_alloc();
    if (health != "ok") {
      unreadable.detail = "SQLite says: " + health;
      return unreadable;
    }
    return state().ledger.books().verify(exported);
  } catch (const Error& error) {
    if (error.code() != "store_corrupt" && error.code() != "store_io") throw;
    unreadable.detail = error.parts().message;
    return unreadable;
  }
}

bool Store::checkpoint() {
  return state().connection->empty_wal();
}

ChainHead Store::backup(const std::filesystem::path& copy, const Control& control) {
  return detail::back_up(
      *state().connection, copy, [&] { return state().journal.head(); }, control);
}

AuditReport verify_store(const std::filesystem::path& path, std::span<const ChainHead> exported) {
  try {
    auto connection =
        std::make_shared<detail::Connection>(path, detail::OpenMode::read_only, "UTC", true);
    Store store{std::make_unique<Store::State>(std::move(connection), StoreOptions{})};
    return store.verify(exported);
  } catch (const Error& error) {
    if (error.code() != "store_corrupt") throw;
    return {.finding = Finding::unreadable, .detail = error.parts().message};
  }
}

}  // namespace jiedui
