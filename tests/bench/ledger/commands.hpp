#pragma once

#include <cstddef>
#include <filesystem>

#include "ledger/traffic.hpp"

// What the program bench_ledger does, one command a run, so that each starts with clean memory.
// Answers are one JSON object on standard output. Files are made in `folder`.

namespace jiedui::bench {

/// Books a city's entries into a store, and inserts the same rows into a raw SQLite file: batch by
/// batch in turns, so that both meet the machine in the same state. The store stays, as
/// city.jiedui.
void time_batches(const std::filesystem::path& folder, std::size_t entries, std::size_t batch,
                  Ids ids);
/// Commits single entries, raw ones in turns with them, and those of many callers at once.
void time_commits(const std::filesystem::path& folder, std::size_t commits, std::size_t callers);
/// Posts to a journal in memory, and hashes the same entries again.
void time_memory(std::size_t entries, std::size_t batch);
/// Balances, statements, the trial balance beside SQLite's own sum, and opening.
void time_reading(const std::filesystem::path& store, std::size_t readings);

}  // namespace jiedui::bench
