#pragma once

#include <cstdint>
#include <vector>

#include "jiedui/base/table.hpp"
#include "wire/arrow_type.hpp"

namespace jiedui::wire {

/// Gathers texts from slices of utf8, large_utf8 and utf8_view arrays. Nulls become empty texts.
class ArrowTexts {
 public:
  /// @throws Error "arrow_invalid" for offsets that fall or texts that are not UTF-8,
  /// "column_too_large".
  void add(const ArrowSlice& slice, char letter, const ArrowPlace& place);
  /// Adds empty texts.
  void add_empty(std::int64_t count);
  TextColumn take() { return TextColumn(std::move(bytes_), std::move(ends_)); }

 private:
  template <class Offset>
  void add_offsets(const ArrowSlice& slice, const ArrowPlace& place);
  void add_views(const ArrowSlice& slice, const ArrowPlace& place);
  void check_room(std::uint64_t bytes, const ArrowPlace& place) const;

  std::vector<char> bytes_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace jiedui::wire
