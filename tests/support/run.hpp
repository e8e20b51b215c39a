#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace jiedui::test {

/// `count` times the scale of this run (tests/run --scale, --long), at least one.
std::int64_t scaled(std::int64_t count);

/// The same for a test with two counts, of every run and of a long run: `long_run` times the share
/// that is asked for (--only survival --scale, --long), else `scaled(every_run)`.
std::int64_t scaled(std::int64_t every_run, std::int64_t long_run);

/// The seed of random tests: JIEDUI_SEED, else one that never changes, so that a run says the same
/// tomorrow. Long runs vary it.
std::uint32_t seed();

/// The folder of real data of that name; where it is absent, says loudly that its test is skipped.
std::optional<std::filesystem::path> real_data(const std::string& name);

}  // namespace jiedui::test
