#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "jiedui/wire/arrow.hpp"

namespace jiedui::wire {

/// Where something stands in a stream, for errors: "people column age".
struct ArrowPlace {
  std::string table;
  std::string column;
};

[[noreturn]] void arrow_invalid(const ArrowPlace& place, std::string message);
[[noreturn]] void arrow_refused(const ArrowPlace& place, std::string message, std::string allowed,
                                std::string way_out);

/// What a column's format string says (specification, "Data type description").
struct ArrowType {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    integer,  ///< `letter` is one of c C s S i I l L
    real,     ///< f or g
    text,     ///< u, U or v (utf8_view)
    date32,
    date64,
    timestamp,
  };
  Kind kind = Kind::null;
  char letter = 0;
  std::int64_t per_second = 1;  ///< of a timestamp
  bool has_zone = false;        ///< of a timestamp
};

/// @throws Error "arrow_type_refused" for nested and all other types.
ArrowType arrow_type(std::string_view format, const ArrowPlace& place);

/// Calls use(T{}) with the C++ type of an integer's letter.
template <class Use>
void with_integer(char letter, Use use) {
  switch (letter) {
    case 'c':
      return use(std::int8_t{});
    case 'C':
      return use(std::uint8_t{});
    case 's':
      return use(std::int16_t{});
    case 'S':
      return use(std::uint16_t{});
    case 'i':
      return use(std::int32_t{});
    case 'I':
      return use(std::uint32_t{});
    case 'l':
      return use(std::int64_t{});
    default:
      return use(std::uint64_t{});
  }
}

/// Rows [begin, begin + count) of an array; `begin` includes the array's own offset.
struct ArrowSlice {
  const ArrowArray& array;
  std::int64_t begin;
  std::int64_t count;
};

/// Whether rows are valid, by the validity bitmap of their array. Rows count from the slice.
class ArrowValidity {
 public:
  explicit ArrowValidity(const ArrowSlice& slice);
  bool all() const { return bits_ == nullptr; }
  bool operator[](std::int64_t row) const {
    const std::int64_t bit = begin_ + row;
    return bits_ == nullptr || ((bits_[bit / 8] >> (bit % 8)) & 1U) != 0;
  }

 private:
  const std::uint8_t* bits_ = nullptr;
  std::int64_t begin_;
};

/// A buffer of the array, from the first row of the slice on.
/// @throws Error "arrow_invalid" if it is missing though there are rows.
template <class Item>
const Item* arrow_buffer(const ArrowSlice& slice, std::int64_t index, const ArrowPlace& place) {
  const void* start = slice.array.buffers[index];
  if (start == nullptr && slice.count > 0) arrow_invalid(place, "a buffer is missing");
  return start == nullptr ? nullptr : static_cast<const Item*>(start) + slice.begin;
}

/// Holds an array to its type: counts not negative, as many buffers as the type has, nulls marked.
/// @throws Error "arrow_invalid".
void check_array(const ArrowArray& array, const ArrowType& type, const ArrowPlace& place);

}  // namespace jiedui::wire
