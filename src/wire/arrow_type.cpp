#include "wire/arrow_type.hpp"

#include <utility>

namespace jiedui::wire {

void arrow_invalid(const ArrowPlace& place, std::string message) {
  throw Error({.code = "arrow_invalid",
               .place = place.table + " column " + place.column,
               .message = std::move(message),
               .allowed = "arrays as the Arrow C data interface demands",
               .way_out = "this is a fault of the program that made the table"});
}

void arrow_refused(const ArrowPlace& place, std::string message, std::string allowed,
                   std::string way_out) {
  throw Error({.code = "arrow_value_refused",
               .place = place.table + " column " + place.column,
               .message = std::move(message),
               .allowed = std::move(allowed),
               .way_out = std::move(way_out)});
}

ArrowType arrow_type(std::string_view format, const ArrowPlace& place) {
  using Kind = ArrowType::Kind;
  if (format.size() == 1) {
    const char letter = format.front();
    if (letter == 'n') return {.kind = Kind::null, .letter = letter};
    if (letter == 'b') return {.kind = Kind::boolean, .letter = letter};
    if (letter == 'f' || letter == 'g') return {.kind = Kind::real, .letter = letter};
    if (letter == 'u' || letter == 'U') return {.kind = Kind::text, .letter = letter};
    if (std::string_view("cCsSiIlL").find(letter) != std::string_view::npos)
      return {.kind = Kind::integer, .letter = letter};
  }
  if (format == "vu") return {.kind = Kind::text, .letter = 'v'};
  if (format == "tdD") return {.kind = Kind::date32, .letter = 'D'};
  if (format == "tdm") return {.kind = Kind::date64, .letter = 'm'};
  if (format.size() >= 4 && format.starts_with("ts") && format[3] == ':') {
    ArrowType type{.kind = Kind::timestamp,
                   .letter = format[2],
                   .per_second = 1,
                   .has_zone = format.size() > 4};
    constexpr std::string_view units = "smun";
    const std::size_t unit = units.find(type.letter);
    for (std::size_t i = 0; i < unit && unit < units.size(); ++i) type.per_second *= 1000;
    if (unit < units.size()) return type;
  }
  throw Error({.code = "arrow_type_refused",
               .place = place.table + " column " + place.column,
               .message = "columns of the Arrow format '" + std::string(format.substr(0, 40)) +
                          "' are not read",
               .allowed = "integers, bool, float32, float64, texts, dictionaries of texts, dates, "
                          "timestamps, nulls",
               .way_out = "turn the column into one of these, or leave it out"});
}

ArrowValidity::ArrowValidity(const ArrowSlice& slice) : begin_(slice.begin) {
  if (slice.array.null_count != 0 && slice.array.n_buffers > 0)
    bits_ = static_cast<const std::uint8_t*>(slice.array.buffers[0]);
}

void check_array(const ArrowArray& array, const ArrowType& type, const ArrowPlace& place) {
  using Kind = ArrowType::Kind;
  constexpr std::int64_t counts_max = std::int64_t{1} << 48;
  if (array.release == nullptr) arrow_invalid(place, "the array was released before it was read");
  if (array.length < 0 || array.offset < 0 || array.length > counts_max ||
      array.offset > counts_max)
    arrow_invalid(place, "a length or an offset is out of range");
  if (array.null_count < -1 || array.null_count > array.length)
    arrow_invalid(place, "the count of nulls is out of range");
  if (array.n_children != 0) arrow_invalid(place, "the array has children");
  const std::int64_t wanted = type.kind == Kind::null ? 0 : type.kind == Kind::text ? 3 : 2;
  const bool variadic = type.kind == Kind::text && type.letter == 'v';
  if (variadic ? array.n_buffers < wanted : array.n_buffers != wanted)
    arrow_invalid(place, "the array has the wrong number of buffers");
  if (wanted == 0) return;
  if (array.buffers == nullptr) arrow_invalid(place, "the buffers are missing");
  if (array.null_count > 0 && array.buffers[0] == nullptr)
    arrow_invalid(place, "nulls are counted but not marked");
}

}  // namespace jiedui::wire
