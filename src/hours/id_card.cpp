#include <array>
#include <chrono>

#include "jiedui/hours/attestation.hpp"
#include "jiedui/hours/attestation_verifier.hpp"

namespace jiedui {

namespace {

constexpr std::size_t digits = 18;
constexpr unsigned ten = 10;  // the value of the check digit X

/// The value of a digit or of an X, as they are typed with Chinese input methods too.
std::optional<unsigned> value_of(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;  // full-width forms
  if (point >= U'0' && point <= U'9') return static_cast<unsigned>(point - U'0');
  if (point == U'X' || point == U'x') return ten;
  return std::nullopt;
}

bool separates(char32_t point) {
  return point == U' ' || point == 0x3000 || point == U'-' || point == 0xFF0D;
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
    const auto value = value_of(*point);
    if (!value) {
      if (!separates(*point)) run = 0;
      continue;
    }
    std::move(last.begin() + 1, last.end(), last.begin());
    last.back() = *value;
    if (++run >= digits && is_id_card_number(last)) return true;
  }
  return false;
}

}  // namespace jiedui
