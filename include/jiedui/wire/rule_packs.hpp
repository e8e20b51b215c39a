#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "jiedui/hours/rule_pack.hpp"

namespace jiedui {

/// The most bytes that a rule pack may have.
inline constexpr std::size_t rule_pack_bytes_max = 1'000'000;

/// Reads a rule pack, format 1: JSON in UTF-8 (RFC 8259) as rule_pack_schema() allows, with rising
/// levels and tiers, a known zone, and a source for each part.
/// @param name what problems are listed under; their row is the line in the text, their column the
/// field as a JSON pointer (RFC 6901), such as "/stars/levels/2/hours".
/// @throws InputError with the codes "json_invalid", "field_invalid", "date_invalid",
/// "zone_unknown", "period_invalid", "levels_not_rising", "tiers_not_rising",
/// "rule_source_missing"; Error "file_too_large" past rule_pack_bytes_max.
JIEDUI_API RulePack parse_rule_pack(std::string_view text, std::string_view name = "rule pack");

/// Reads a file with a rule pack. @throws Error "file_unreadable", and as parse_rule_pack.
JIEDUI_API RulePack read_rule_pack(const std::filesystem::path& path);

/// The packs that come with the library: their ids, and each by its id.
JIEDUI_API std::span<const std::string_view> shipped_rule_packs();
/// @throws Error "rule_pack_unknown" with the ids that there are.
JIEDUI_API RulePack shipped_rule_pack(std::string_view id);
/// The text of a shipped pack, to start one's own from. @throws Error "rule_pack_unknown".
JIEDUI_API std::string_view rule_pack_text(std::string_view id);

/// The JSON Schema (draft 7) of rule packs, for editors and other programs.
JIEDUI_API std::string_view rule_pack_schema();

}  // namespace jiedui
