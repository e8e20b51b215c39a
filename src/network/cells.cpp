#include "cells.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "jiedui/network/fields.hpp"

namespace jiedui::cells {

namespace {

/// The length of the well-formed UTF-8 sequence at the start of `text`, or 0.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  std::size_t length = 0;
  unsigned least = 0x80;
  unsigned most = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  if (length == 0 || text.size() < length) return 0;
  if (lead == 0xE0) least = 0xA0;  // shorter form exists
  if (lead == 0xED) most = 0x9F;   // surrogates
  if (lead == 0xF0) least = 0x90;
  if (lead == 0xF4) most = 0x8F;  // past U+10FFFF
  if (byte(1) < least || byte(1) > most) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  return length;
}

template <class Wide>
std::optional<Wide> parsed(std::string_view text) {
  Wide value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Reads "-118.8954180" exactly, without floating point; empty if it is not plain decimal.
std::optional<std::int64_t> parsed_degrees(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::int64_t value = 0;
  int fraction_digits = -1;
  int digits = 0;
  bool round_up = false;
  for (const char c : text) {
    if (c == '.' && fraction_digits < 0) {
      fraction_digits = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    ++digits;
    if (fraction_digits == 7) round_up = c >= '5';
    if (fraction_digits >= 0) ++fraction_digits;
    if (fraction_digits > 7) continue;
    value = value * 10 + (c - '0');
    if (value > std::int64_t{Position::longitude_max} * 10) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  for (int i = std::max(fraction_digits, 0); i < 7; ++i) value *= 10;
  value += round_up ? 1 : 0;
  return negative ? -value : value;
}

}  // namespace

Cell CellColumn::operator[](std::size_t row) const {
  if (column_ == nullptr) return {};
  if (!column_->present.empty() && column_->present[row] == 0) return {};
  return std::visit(
      [row](const auto& cells) -> Cell {
        using Cells = std::decay_t<decltype(cells)>;
        std::string_view text;
        if constexpr (std::is_same_v<Cells, std::vector<std::int64_t>>) {
          return {.kind = Cell::Kind::whole, .whole = cells[row]};
        } else if constexpr (std::is_same_v<Cells, std::vector<double>>) {
          return {.kind = Cell::Kind::real, .real = cells[row]};
        } else if constexpr (std::is_same_v<Cells, DictionaryColumn>) {
          if (cells.codes[row] != DictionaryColumn::absent) text = cells.texts[cells.codes[row]];
        } else {
          text = cells[row];
        }
        if (text.empty()) return {};
        return {.kind = Cell::Kind::text, .text = text};
      },
      column_->cells);
}

Symbol WordTable::intern(std::string_view word) {
  const auto found = numbers_.find(word);
  if (found != numbers_.end()) return Symbol{found->second};
  const auto number = static_cast<std::uint32_t>(words_.size());
  words_.emplace_back(word);
  numbers_.emplace(std::string(word), number);
  return Symbol{number};
}

void TextIndex::put(std::uint32_t row) {
  std::size_t place = place_of((*texts_)[row]);
  while (places_[place] != free) place = (place + 1) & (places_.size() - 1);
  places_[place] = row;
}

void TextIndex::insert(std::uint32_t row) {
  if (2 * (count_ + 1) > places_.size()) {
    const std::vector<std::uint32_t> rows =
        std::exchange(places_, std::vector<std::uint32_t>(4 * places_.size(), free));
    for (const std::uint32_t known : rows)
      if (known != free) put(known);
  }
  put(row);
  ++count_;
}

std::optional<std::uint32_t> TextIndex::find(std::string_view text) const {
  if (places_.empty()) return std::nullopt;
  for (std::size_t place = place_of(text); places_[place] != free;
       place = (place + 1) & (places_.size() - 1))
    if ((*texts_)[places_[place]] == text) return places_[place];
  return std::nullopt;
}

bool is_clean_text(std::string_view text) {
  // Nearly all bytes are printable ASCII.
  while (!text.empty() && text.front() >= 0x20 && text.front() < 0x7F) text.remove_prefix(1);
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::optional<Fault> check_id(std::string_view text) {
  if (text.size() > field::id_bytes_max) return Fault{"id_too_long", "1 to 128 bytes"};
  if (!is_clean_text(text) || text.find(';') != std::string_view::npos || text.front() == ' ' ||
      text.back() == ' ')
    return Fault{"id_invalid", "UTF-8 without control characters, ';' and spaces at the ends"};
  return std::nullopt;
}

std::optional<Fault> check_word(std::string_view text) {
  if (text.empty() || text.size() > 64 || !is_clean_text(text) ||
      text.find_first_of(";:@") != std::string_view::npos || text.front() == ' ' ||
      text.back() == ' ')
    return Fault{"word_invalid",
                 "1 to 64 bytes of UTF-8 without control characters, ';', ':', '@' and spaces at "
                 "the ends"};
  return std::nullopt;
}

std::optional<std::string_view> as_text(const Cell& cell, std::array<char, 24>& buffer) {
  if (cell.kind == Cell::Kind::text) return cell.text;
  const auto whole = as_whole(cell);
  if (!whole) return std::nullopt;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *whole);
  JIEDUI_CHECK(error == std::errc{});
  return std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
}

std::optional<std::int64_t> as_whole(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::whole:
      return cell.whole;
    case Cell::Kind::text:
      return parsed<std::int64_t>(cell.text);
    case Cell::Kind::real:
      // Frames hold whole numbers as real ones where a cell of the column is missing.
      if (std::abs(cell.real) <= 9'007'199'254'740'992.0 && std::trunc(cell.real) == cell.real)
        return static_cast<std::int64_t>(cell.real);
      return std::nullopt;
    case Cell::Kind::absent:
      break;
  }
  return std::nullopt;
}

std::optional<std::int32_t> as_degrees(const Cell& cell, std::int32_t most) {
  std::optional<std::int64_t> value;
  if (cell.kind == Cell::Kind::text) {
    value = parsed_degrees(cell.text);
  } else if (cell.kind == Cell::Kind::whole && cell.whole >= -180 && cell.whole <= 180) {
    value = cell.whole * 10'000'000;
  } else if (cell.kind == Cell::Kind::real && cell.real >= -180.0 && cell.real <= 180.0) {
    value = std::llround(cell.real * 1e7);
  }
  if (!value || *value < -std::int64_t{most} || *value > most) return std::nullopt;
  return static_cast<std::int32_t>(*value);
}

}  // namespace jiedui::cells
