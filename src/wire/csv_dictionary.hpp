#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "jiedui/base/table.hpp"

namespace jiedui::wire {

/// Numbers texts by first appearance, up to a limit.
///
/// Open addressing. Texts of up to 16 bytes are compared as two words within the table itself.
/// Probing that goes on too long counts as too many texts, so that nobody can slow it down with
/// texts made to collide.
class CsvDictionary {
 public:
  static constexpr std::size_t texts_max = 4096;
  /// Bytes behind a text that may be read.
  static constexpr std::size_t padding = 16;
  static constexpr std::uint32_t none = DictionaryColumn::absent;

  CsvDictionary() : slots_(64) {}
  /// The number of a text that is not empty; `none` when there are too many, or it is too long.
  std::uint32_t code(std::string_view text) {
    const Slot wanted = key(text);
    const Slot& slot = slots_[place(wanted)];
    if (is_at(slot, wanted, text)) [[likely]]
      return slot.code;
    return search(wanted, text);
  }
  const TextColumn& texts() const { return texts_; }
  TextColumn take() { return std::move(texts_); }

 private:
  struct Slot {
    std::uint64_t low = 0, high = 0;  ///< the text itself, or two hashes of a longer one
    std::uint32_t length = 0;         ///< 0: the slot is free
    std::uint32_t code = 0;
  };
  static constexpr std::size_t wide = 16;
  // Odd numbers without a pattern: the fractions of the golden ratio and of the root of three.
  static constexpr std::uint64_t first_factor = 0x9E37'79B9'7F4A'7C15;
  static constexpr std::uint64_t second_factor = 0xBB67'AE85'84CA'A73B;

  static std::uint64_t word_at(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
  }
  static std::uint64_t mixed(std::uint64_t low, std::uint64_t high) {
    const std::uint64_t sum = (low * first_factor) ^ std::rotl(high * second_factor, 29);
    return sum ^ (sum >> 32);
  }
  static Slot key(std::string_view text) {
    static_assert(std::endian::native == std::endian::little);
    const char* begin = text.data();
    const std::size_t length = text.size();
    Slot key{word_at(begin), word_at(begin + 8), static_cast<std::uint32_t>(length), 0};
    if (length > wide) {
      key.low = mixed(key.low, key.high);
      for (std::size_t at = wide; at + wide < length; at += wide)
        key.low = mixed(key.low, mixed(word_at(begin + at), word_at(begin + at + 8)));
      key.high = mixed(word_at(begin + length - wide), word_at(begin + length - 8));
    } else if (length > 8) {
      key.high &= ~std::uint64_t{0} >> (8 * (wide - length));
    } else {
      key.low &= ~std::uint64_t{0} >> (8 * (8 - length));
      key.high = 0;
    }
    return key;
  }
  std::size_t place(const Slot& key) const {
    return (mixed(key.low, key.high) * first_factor) >> shift_;
  }
  bool is_at(const Slot& slot, const Slot& key, std::string_view text) const {
    if (slot.low != key.low || slot.high != key.high || slot.length != key.length) return false;
    if (text.size() <= wide) return true;
    const std::string_view known = texts_[slot.code];
    if (text.size() > 2 * wide) return known == text;
    return std::memcmp(known.data(), text.data(), wide) == 0 &&
           std::memcmp(known.data() + text.size() - wide, text.data() + text.size() - wide, wide) ==
               0;
  }
  std::uint32_t search(Slot wanted, std::string_view text);
  void grow();

  std::vector<Slot> slots_;  ///< 2^(64 − shift_) of them, at most half full
  int shift_ = 58;
  TextColumn texts_;
};

}  // namespace jiedui::wire
