#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "jiedui/base/error.hpp"

namespace jiedui::detail {

/// JSON, and on which line each value begins.
struct LocatedJson {
  nlohmann::json json;
  std::map<std::string, std::int64_t> lines;  // by JSON pointer (RFC 6901)

  /// Of the value, or of the nearest one around it.
  std::int64_t line_of(std::string pointer) const;
};

/// Adds a problem "json_invalid" with its line if the text is no JSON; a name given twice in one
/// object, and more than 64 levels, are refused too.
LocatedJson parse_located(std::string_view text, std::string_view name, ProblemList& problems);

}  // namespace jiedui::detail
