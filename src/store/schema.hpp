#pragma once

#include <array>
#include <cstdint>

namespace jiedui::detail {

/// Marks a SQLite file as a store of jiedui: "JIED".
inline constexpr std::int32_t application_id = 0x4A494544;

/// Each script takes a store from the version of its place to the next. Scripts are only added:
/// files in the field were made by them.
extern const std::array<const char*, 3> migrations;

/// The version that this library writes.
inline constexpr int schema_version = static_cast<int>(migrations.size());

}  // namespace jiedui::detail
