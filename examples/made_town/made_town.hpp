#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jiedui/base/position.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/network/builder.hpp"

// A town that does not exist, with as many made-up people as one asks for. Whole numbers alone
// decide, so that the same options give the same town on every machine.

namespace made_town {

/// What makes the pairing of the town hard.
enum class Kind : std::uint8_t {
  roomy,        ///< enough volunteers nearly everywhere
  scarce,       ///< in 9 communities of 10 few volunteers have what is asked for
  clustered,    ///< most people live in a few dense towns
  ties,         ///< volunteers of one community are all alike
  adversarial,  ///< streets in which the last request moves everybody to the next house
};
inline constexpr std::string_view kind_names[] = {"roomy", "scarce", "clustered", "ties",
                                                  "adversarial"};

/// A village or community in which people live, with the places above it.
struct Community {
  std::string id, name;
  std::string town_id, town;
  std::string county_id, county;
  std::string region_id, region;
  jiedui::Position position;
  std::int64_t weight = 1;      ///< its share of the people
  std::int64_t spread_m = 900;  ///< how far from its position they live at most
};

struct Options {
  std::int64_t volunteers = 4000;  ///< 1 to 10,000,000
  std::int64_t needs = 1100;       ///< 1 to 10,000,000
  std::uint64_t seed = 1;
  Kind kind = Kind::roomy;
  /// Where the people live; empty: made as well, one community for 222 volunteers, at least 60.
  std::vector<Community> communities;
};

/// The week for which help is asked for.
inline constexpr jiedui::Date first_day = std::chrono::year{2026} / 3 / 2;
inline constexpr jiedui::Date last_day = std::chrono::year{2026} / 3 / 8;

/// One table for each entity but the catalogue, which is the built-in one.
///
/// @throws Error "option_invalid".
std::vector<std::pair<jiedui::Entity, jiedui::Table>> tables(const Options& options);

/// The tables of a town, checked and frozen.
jiedui::Network network(const Options& options);

/// Reads real communities: a CSV file with the columns code, name, street_code, street,
/// county_code, county, lat and lon, and, if it has one, ur_code_2016 (the statistical code of
/// town and country, which gives the weight). Communities that share a point are spread around it.
/// @throws Error as read_csv_table, InputError for columns that are missing or no positions.
std::vector<Community> read_communities(const std::filesystem::path& file);

}  // namespace made_town
