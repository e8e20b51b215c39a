#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jiedui::wire {

/// @throws Error "option_invalid" unless the character can separate cells.
void check_separator(char separator);

/// Whether a spreadsheet may take a text for a formula: it begins with = + - @, a tab, CR or LF, or
/// a full-width = + - @ (OWASP "CSV Injection"), behind any number of apostrophes. They count
/// because one of them is taken away on reading.
bool looks_like_formula(std::string_view text);

/// Whether writing must put an apostrophe in front: it looks like a formula and is no plain decimal
/// number such as -73.9, which is harmless.
bool needs_apostrophe(std::string_view text);

/// The text without the apostrophe that writing put in front. For every text,
/// without_apostrophe(needs_apostrophe(text) ? "'" + text : text) == text.
inline std::string_view without_apostrophe(std::string_view text) {
  if (text.size() > 1 && text.front() == '\'' && looks_like_formula(text)) text.remove_prefix(1);
  return text;
}

/// Copies what stands between the outer quotes of a cell, doubled quotes halved, to `out`; returns
/// the new end. `out` has room for inner.size() bytes and does not overlap.
char* copy_unquoted(std::string_view inner, char* out);

}  // namespace jiedui::wire
