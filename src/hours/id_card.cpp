#include <array>
#include <chrono>

#include "jiedui/hours/attestation.hpp"
#include "jiedui/hours/attestation_verifier.hpp"

namespace jiedui {

namespace {

constexpr std::size_t digits = 18;
constexpr unsigned ten = 10;  // the value of the check digit X

/// What a full-width form or a mathematical digit (Unicode 15, Halfwidth and Fullwidth Forms,
/// Mathematical Alphanumeric Symbols) is a form of.
char32_t plain(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) return point - 0xFEE0;
  if (point >= 0x1'D7CE && point <= 0x1'D7FF) return U'0' + (point - 0x1'D7CE) % 10;
  return point;
}

/// The value of a digit, or of an X and the Greek, Cyrillic and Roman letters that look like it.
std::optional<unsigned> value_of(char32_t point) {
  if (point >= U'0' && point <= U'9') return static_cast<unsigned>(point - U'0');
  constexpr std::u32string_view crosses = U"Xx\u03A7\u03C7\u0425\u0445\u2169\u2179";
  if (crosses.find(point) != crosses.npos) return ten;
  return std::nullopt;
}

/// Whether a character is neither letter nor digit: white space, punctuation, a symbol or a mark.
bool separates(char32_t point) {
  using Range = std::pair<char32_t, char32_t>;
  constexpr std::array<Range, 20> ranges{
      Range{0, U'/'},   {U':', U'@'},     {U'[', U'`'},     {U'{', 0xA9},     {0xAB, 0xB4},
      {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2B0, 0x36F},
      {0x1680, 0x1680}, {0x2000, 0x206F}, {0x20A0, 0x20FF}, {0x2190, 0x245F}, {0x2500, 0x2BFF},
      {0x2E00, 0x3004}, {0x3008, 0x3020}, {0x302A, 0x3030}, {0x303D, 0x303F}, {0x30FB, 0x30FC}};
  constexpr std::array<Range, 4> forms{
      Range{0xFE00, 0xFE6F}, {0xFF5F, 0xFF65}, {0xFFE0, 0xFFFF}, {0xE'0000, 0x10'FFFF}};
  const auto within = [point](const Range& range) {
    return point >= range.first && point <= range.second;
  };
  return std::any_of(ranges.begin(), ranges.end(), within) ||
         std::any_of(forms.begin(), forms.end(), within);
}

/// GB 11643-1999: area, date of birth, sequence, check digit. @param id 18 values, the last up
/// to 10.
bool is_id_card_number(const std::array<unsigned, digits>& id) {
  constexpr std::array<unsigned, digits> weights{7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                 3, 7, 9,  10, 5, 8, 4, 2, 1};
  unsigned sum = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (id[i] == ten && i + 1 < digits) return false;
    sum += weights[i] * id[i];
  }
  const auto number = [&](std::size_t at, std::size_t length) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + length; ++i) value = ten * value + id[i];
    return value;
  };
  const std::chrono::year_month_day born{std::chrono::year{static_cast<int>(number(6, 4))},
                                         std::chrono::month{number(10, 2)},
                                         std::chrono::day{number(12, 2)}};
  return id[0] != 0 && sum % 11 == 1 && born.ok() && number(6, 4) >= 1800 && number(6, 4) < 2200;
}

}  // namespace

bool holds_id_card_number(std::string_view text) {
  std::array<unsigned, digits> last{};  // the values that precede without a break
  std::size_t run = 0;
  while (!text.empty()) {
    const auto point = offline::take_code_point(text);
    if (!point) {
      text.remove_prefix(1);
      run = 0;
      continue;
    }
    const auto value = value_of(plain(*point));
    if (!value) {
      if (!separates(plain(*point))) run = 0;
      continue;
    }
    std::move(last.begin() + 1, last.end(), last.begin());
    last.back() = *value;
    if (++run >= digits && is_id_card_number(last)) return true;
  }
  return false;
}

}  // namespace jiedui
