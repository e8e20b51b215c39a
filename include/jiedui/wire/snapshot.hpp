#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/ledger/entry.hpp"
#include "jiedui/network/network.hpp"
#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/plan.hpp"

// Snapshots: one Cap'n Proto message of the schema jiedui/wire/jiedui.capnp, in a file or in
// memory.
//
// Writing replaces a file as a whole: a reader, or a crash, sees the old one or the new one. It
// throws Error "file_unwritable", "snapshot_too_large" (a column past 536,870,911 rows or bytes)
// and "table_invalid" or "cell_invalid" for tables that do not hold together.
//
// Reading takes any bytes: all lengths, indexes and texts are checked, memory stays within a small
// multiple of the bytes. It throws Error "snapshot_invalid", "snapshot_too_new",
// "snapshot_of_other_kind", "snapshot_too_large", and for files "file_missing", "file_unreadable"
// and "file_not_regular". Who wrote a snapshot it cannot tell: take them from those you trust, or
// sign them.

namespace jiedui {

struct SnapshotLimits {
  std::size_t bytes_max = std::size_t{1} << 32;
};

/// A run of the entries of one book, without a gap, behind a head of its chain.
struct EntryRun {
  ChainHead before;
  std::vector<Entry> entries;
  friend bool operator==(const EntryRun&, const EntryRun&) = default;
};

/// Saves a network. Positions, years of birth and health limits are part of it: without them it
/// cannot be paired again. With Personal::left_out it can be handed on.
JIEDUI_API void save(const std::filesystem::path& path, const Network& network,
                     Personal personal = Personal::included);
JIEDUI_API void save(const std::filesystem::path& path, const Plan& plan);
JIEDUI_API void save(const std::filesystem::path& path, const EntryRun& run);
JIEDUI_API void save(const std::filesystem::path& path, std::span<const Table> tables);

/// Saves a Dispatcher: the network as it stands, personal fields included; the plan with its pins,
/// what has begun and what was declined; clock, limits and prices. Rules, points and roads are left
/// to whoever loads it. Costs as much as to load it, and the Dispatcher goes on as the one
/// that is loaded does: Dispatcher::data().
/// @throws Error "market_explicit" for an ExplicitMarket.
JIEDUI_API void save(const std::filesystem::path& path, Dispatcher& dispatcher);

/// As save, to memory.
JIEDUI_API std::string to_bytes(const Network& network, Personal personal = Personal::included);
JIEDUI_API std::string to_bytes(const Plan& plan);
JIEDUI_API std::string to_bytes(const EntryRun& run);
JIEDUI_API std::string to_bytes(std::span<const Table> tables);
JIEDUI_API std::string to_bytes(Dispatcher& dispatcher);

/// @throws Error as above; InputError where the tables are sound, but no network.
JIEDUI_API Network load_network(const std::filesystem::path& path, const SnapshotLimits& = {});
/// @throws Error as above; "plan_invalid" where the lists are sound, but no plan.
JIEDUI_API Plan load_plan(const std::filesystem::path& path, const SnapshotLimits& = {});
/// The entries follow the head before them, and lead to the head that was saved behind them.
/// @throws Error as above; "chain_broken" where they do not: an entry was changed or is missing.
JIEDUI_API EntryRun load_entries(const std::filesystem::path& path, const SnapshotLimits& = {});
JIEDUI_API std::vector<Table> load_tables(const std::filesystem::path& path,
                                          const SnapshotLimits& = {});
/// The Dispatcher goes on where it was saved, without a solve. Its prices are held against the
/// conditions of the proof first.
/// @param terms the rules, points and roads that it was made with.
/// @throws Error as above; InputError where the tables are no network; as Dispatcher.
JIEDUI_API Dispatcher load_dispatcher(const std::filesystem::path& path,
                                      const DispatcherTerms& terms = {},
                                      const SnapshotLimits& = {});

/// As load_network and so on, from memory.
JIEDUI_API Network network_from_bytes(std::string_view bytes, const SnapshotLimits& = {});
JIEDUI_API Plan plan_from_bytes(std::string_view bytes, const SnapshotLimits& = {});
JIEDUI_API EntryRun entries_from_bytes(std::string_view bytes, const SnapshotLimits& = {});
JIEDUI_API std::vector<Table> tables_from_bytes(std::string_view bytes, const SnapshotLimits& = {});
JIEDUI_API Dispatcher dispatcher_from_bytes(std::string_view bytes,
                                            const DispatcherTerms& terms = {},
                                            const SnapshotLimits& = {});

}  // namespace jiedui
