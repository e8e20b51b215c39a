#pragma once

#include <cstdint>
#include <filesystem>

#include "made_town/made_town.hpp"

// What the program bench_pairing does, one command a run, so that each starts with clean memory.
// Answers are one JSON object on standard output.

namespace jiedui::bench {

struct Town {
  made_town::Kind kind = made_town::Kind::roomy;
  std::int64_t volunteers = 40'000;
  std::int64_t needs = 11'000;
};

/// Writes the `per_need` best candidates of each need to `folder`, and the same numbered for
/// locality to `folder`/renumbered.
void make_arrays(const Town& town, std::size_t per_need, const std::filesystem::path& folder);
/// As make_arrays, with all capacities and demands 1, one tier, and a stand-in for each need, so
/// that all can be filled; not numbered for locality.
void make_one_to_one(const Town& town, std::size_t per_need, const std::filesystem::path& folder);
/// Writes the town as a snapshot.
void make_network(const Town& town, const std::filesystem::path& file);

/// Times solver::solve, and checks each answer.
void time_solver(const std::filesystem::path& folder, int threads, int repeats);
/// Times a snapshot's network from Market to the verified plan.
void time_implied(const std::filesystem::path& file, int threads, int repeats);
/// Times one single-threaded pass that adds up the points of all its eligible pairs.
void time_plain_pass(const std::filesystem::path& file, int repeats);
/// Times operations of a Dispatcher, each kind but the clock equally often; verifies its plan after
/// every thousandth.
void time_dispatch(const std::filesystem::path& file, int operations, int threads);

}  // namespace jiedui::bench
