#include "jiedui/ledger/unit.hpp"

#include <algorithm>
#include <utility>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_letter_or_digit(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

constexpr std::uint32_t plain_kinds_max = 6;

/// The three characters in the upper bytes of a unit's value.
std::string letters_of(std::uint32_t value) {
  std::string letters;
  for (unsigned shift = 8; shift < 32; shift += 8)
    letters += static_cast<char>((value >> shift) & 0xFFU);
  return letters;
}

Unit spelt(Unit::Kind kind, std::string_view letters, bool digits_too) {
  const auto allowed = digits_too ? is_letter_or_digit : is_letter;
  if (letters.size() != 3 || !std::all_of(letters.begin(), letters.end(), allowed))
    throw Error({.code = "unit_invalid",
                 .place = "unit",
                 .message = "this is no name of a unit",
                 .allowed = digits_too ? "three of A to Z and 0 to 9" : "three of A to Z, as CNY",
                 .way_out = "give the currency's code of ISO 4217, or a code of your own"});
  auto value = static_cast<std::uint32_t>(kind);
  for (unsigned i = 0; i < 3; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(letters[i])) << (8 * (i + 1));
  return *Unit::from_value(value);
}

}  // namespace

Unit Unit::money(std::string_view currency) {
  return spelt(Kind::money, currency, false);
}

Unit Unit::other(std::string_view name) {
  return spelt(Kind::other, name, true);
}

std::optional<Unit> Unit::from_value(std::uint32_t value) {
  Unit unit;
  unit.value_ = value;
  const std::string letters = letters_of(value);
  switch (unit.kind()) {
    case Kind::money:
      if (!std::all_of(letters.begin(), letters.end(), is_letter)) return std::nullopt;
      return unit;
    case Kind::other:
      if (!std::all_of(letters.begin(), letters.end(), is_letter_or_digit)) return std::nullopt;
      return unit;
    default:
      if (value > plain_kinds_max) return std::nullopt;
      return unit;
  }
}

std::string Unit::name() const {
  switch (kind()) {
    case Kind::none:
      return "none";
    case Kind::seconds_served:
      return "seconds_served";
    case Kind::time_credits:
      return "time_credits";
    case Kind::money:
      return "money " + letters_of(value_);
    case Kind::grams:
      return "grams";
    case Kind::millilitres:
      return "millilitres";
    case Kind::pieces:
      return "pieces";
    case Kind::other:
      return "other " + letters_of(value_);
  }
  return "none";
}

std::optional<Unit> Unit::from_name(std::string_view name) {
  for (const auto& [kind, word] : {std::pair{Kind::money, std::string_view("money ")},
                                   {Kind::other, std::string_view("other ")}})
    if (name.starts_with(word) && name.size() == word.size() + 3) {
      auto value = static_cast<std::uint32_t>(kind);
      for (unsigned i = 0; i < 3; ++i)
        value |= std::uint32_t{static_cast<unsigned char>(name[word.size() + i])} << (8 * (i + 1));
      return from_value(value);
    }
  for (std::uint32_t value = 1; value <= plain_kinds_max; ++value)
    if (const auto unit = from_value(value); unit && unit->name() == name) return unit;
  return std::nullopt;
}

}  // namespace jiedui
