#pragma once

#include <span>
#include <string_view>

namespace jiedui::detail {

/// A file of src/wire/rule_packs, as the build compiles it in.
struct RulePackText {
  std::string_view name;  ///< without ".json"
  std::string_view text;
};
/// By name.
std::span<const RulePackText> rule_pack_texts();

}  // namespace jiedui::detail
