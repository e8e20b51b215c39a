#include "wire/csv_cell.hpp"

#include <algorithm>
#include <cstring>

#include "jiedui/base/error.hpp"

namespace jiedui::wire {

namespace {

/// -?digits, perhaps with a fraction.
bool is_plain_number(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = std::min(text.find_first_not_of(digits), text.size());
  if (whole == 0) return false;
  text.remove_prefix(whole);
  if (text.empty()) return true;
  return text.front() == '.' && text.size() > 1 &&
         text.find_first_not_of(digits, 1) == std::string_view::npos;
}

}  // namespace

void check_separator(char separator) {
  const bool letter_or_digit = (separator >= '0' && separator <= '9') ||
                               (separator >= 'a' && separator <= 'z') ||
                               (separator >= 'A' && separator <= 'Z');
  if ((separator < ' ' && separator != '\t') || separator > '~' || letter_or_digit ||
      std::string_view(" \"'.-+").find(separator) != std::string_view::npos)
    throw Error({.code = "option_invalid",
                 .place = "separator",
                 .message = "this character cannot separate cells",
                 .allowed = "a tab or a printable ASCII sign such as , ; |",
                 .way_out = "choose one of these"});
}

bool looks_like_formula(std::string_view text) {
  const std::size_t begin = text.find_first_not_of('\'');
  if (begin == std::string_view::npos) return false;
  text.remove_prefix(begin);
  if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) return true;
  return text.starts_with("\uFF1D") || text.starts_with("\uFF0B") || text.starts_with("\uFF0D") ||
         text.starts_with("\uFF20");
}

bool needs_apostrophe(std::string_view text) {
  return looks_like_formula(text) && !is_plain_number(text);
}

char* copy_unquoted(std::string_view inner, char* out) {
  while (true) {
    const std::size_t quote = inner.find('"');
    const std::size_t length = quote == std::string_view::npos ? inner.size() : quote + 1;
    if (length > 0) std::memcpy(out, inner.data(), length);
    out += length;
    if (quote == std::string_view::npos) return out;
    inner.remove_prefix(std::min(quote + 2, inner.size()));
  }
}

}  // namespace jiedui::wire
