#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/position.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/network/kinds.hpp"
#include "jiedui/network/lists.hpp"
#include "jiedui/network/window.hpp"

namespace jiedui {

/// A first and a last year of birth, the same when the year is known. A programme that keeps age
/// bands only gives the years: an age goes stale, a year of birth does not.
struct YearRange {
  static constexpr std::int32_t earliest = 1880;
  static constexpr std::int32_t latest = 2199;
  std::int16_t first = 0;
  std::int16_t last = 0;
  constexpr bool has_value() const { return first != 0; }
  friend constexpr auto operator<=>(const YearRange&, const YearRange&) = default;
};

/// A skill and how well it is mastered: 1 (beginner) to 9.
struct SkillLevel {
  std::string skill;
  std::int64_t level = 1;
  friend bool operator==(const SkillLevel&, const SkillLevel&) = default;
};
struct SkillEntry {
  Symbol skill;
  std::int32_t level = 1;
  friend constexpr auto operator<=>(const SkillEntry&, const SkillEntry&) = default;
};

/// A credential and the days on which it is valid, both inclusive; an absent bound is open.
struct Credential {
  std::string credential;
  std::optional<Date> from, until;
  friend bool operator==(const Credential&, const Credential&) = default;
};
struct CredentialEntry {
  Symbol credential;
  Date from = earliest_date;
  Date until = latest_date;
  friend constexpr auto operator<=>(const CredentialEntry&, const CredentialEntry&) = default;
};

/// The types of the fields: `Value` is what one row holds, `Storage` what a column of them holds.
namespace field {

inline constexpr std::size_t id_bytes_max = 128;
inline constexpr std::size_t text_bytes_max = 1000;
inline constexpr Date no_date = Date{std::chrono::days{std::numeric_limits<std::int32_t>::min()}};
inline constexpr std::int32_t no_number = std::numeric_limits<std::int32_t>::min();

/// An external id: 1 to 128 bytes of UTF-8 without control characters and ';'.
struct Id {
  using Value = std::string;
  using Storage = TextColumn;
};
/// A name or note of at most 1,000 bytes; of places, organisations, activities and items only.
struct Text {
  using Value = std::string;
  using Storage = TextColumn;
};
/// The external id of a row of another table.
template <class Tag>
struct Reference {
  using Value = std::string;
  using Storage = std::vector<Index<Tag>>;
};
template <class Tag>
struct References {
  using Value = std::vector<std::string>;
  using Storage = Lists<Index<Tag>>;
};
/// A word: 1 to 64 bytes of UTF-8 without control characters, spaces at the ends, ';', ':' and '@'.
struct Word {
  using Value = std::string;
  using Storage = std::vector<Symbol>;
};
struct Words {
  using Value = std::vector<std::string>;
  using Storage = Lists<Symbol>;
};
struct Skills {
  using Value = std::vector<SkillLevel>;
  using Storage = Lists<SkillEntry>;
};
struct Credentials {
  using Value = std::vector<Credential>;
  using Storage = Lists<CredentialEntry>;
};
struct Windows {
  using Value = std::vector<Window>;
  using Storage = Lists<Window>;
};
/// A whole number; `Default` stands where the cell is empty.
template <std::int32_t Least, std::int32_t Most, std::int32_t Default = no_number>
struct Number {
  static constexpr std::int32_t least = Least;
  static constexpr std::int32_t most = Most;
  static constexpr std::int32_t otherwise = Default;
  using Value = std::optional<std::int64_t>;
  using Storage = std::vector<std::int32_t>;
};
struct Day {
  using Value = std::optional<Date>;
  using Storage = std::vector<Date>;
};
struct Years {
  using Value = std::optional<YearRange>;
  using Storage = std::vector<YearRange>;
};
/// Two cells, latitude and longitude in degrees, stored in whole 1e-7 degrees.
struct Point {
  using Value = std::optional<Position>;
  using Storage = std::vector<Position>;
};
template <class Enumeration>
struct Choice {
  using Value = Enumeration;
  using Storage = std::vector<Enumeration>;
};

}  // namespace field

template <class Field>
using ValueOf = typename Field::Value;
template <class Field>
using StorageOf = typename Field::Storage;

}  // namespace jiedui
