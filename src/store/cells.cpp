#include "store/cells.hpp"

#include <algorithm>
#include <limits>

#include "jiedui/base/error.hpp"

namespace jiedui::detail {

void corrupt(const char* what) {
  throw Error({.code = "store_corrupt",
               .place = "store",
               .message = what,
               .allowed = "rows that only jiedui has written",
               .way_out = "verify the store, and restore a copy that verifies"});
}

void Binder::id(Id128 id) {
  if (id.is_zero())
    null();
  else
    id_always(id);
}

void Binder::id_always(Id128 id) {
  std::array<std::uint8_t, 16> bytes{};
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(id.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(id.low >> (56 - 8 * i));
  }
  statement_.bind(++at_, bytes.data(), static_cast<int>(bytes.size()));
}

void Binder::hash(const Hash256& hash) {
  if (hash.is_zero())
    null();
  else
    statement_.bind(++at_, hash.bytes.data(), static_cast<int>(hash.bytes.size()));
}

void Binder::position(Position position) {
  for (const std::int32_t degrees : {position.latitude, position.longitude})
    if (position.has_value())
      whole(degrees);
    else
      null();
}

std::uint32_t Cells::number32() {
  const std::int64_t value = whole();
  if (value < 0 || value > std::numeric_limits<std::uint32_t>::max())
    corrupt("a number of 32 bits is out of range");
  return static_cast<std::uint32_t>(value);
}

std::optional<std::uint64_t> Cells::amount_if_any() {
  const int column = at_++;
  if (statement_.is_null(column)) return std::nullopt;
  return static_cast<std::uint64_t>(statement_.whole(column));
}

std::string Cells::text() {
  const int column = at_++;
  const auto* text = reinterpret_cast<const char*>(statement_.blob(column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(statement_.bytes(column))};
}

const std::uint8_t* Cells::bytes(int size, const char* else_what) {
  const int column = at_++;
  if (statement_.is_null(column)) return nullptr;
  const std::uint8_t* bytes = statement_.blob(column);
  if (bytes == nullptr || statement_.bytes(column) != size) corrupt(else_what);
  return bytes;
}

Position Cells::position() {
  const auto degrees = [&](std::int64_t most) {
    const int column = at_++;
    if (statement_.is_null(column)) return Position::absent;
    const std::int64_t value = statement_.whole(column);
    if (value < -most || value > most) corrupt("a position is not on the Earth");
    return static_cast<std::int32_t>(value);
  };
  const std::int32_t latitude = degrees(Position::latitude_max);
  const std::int32_t longitude = degrees(Position::longitude_max);
  if (latitude == Position::absent || longitude == Position::absent) return {};
  return {latitude, longitude};
}

Id128 Cells::id() {
  const std::uint8_t* cell = bytes(16, "an id does not have 16 bytes");
  Id128 id;
  if (cell == nullptr) return id;
  for (unsigned i = 0; i < 8; ++i) {
    id.high = (id.high << 8U) | cell[i];
    id.low = (id.low << 8U) | cell[8 + i];
  }
  return id;
}

Hash256 Cells::hash() {
  Hash256 hash;
  const std::uint8_t* cell =
      bytes(static_cast<int>(hash.bytes.size()), "a hash does not have 32 bytes");
  if (cell != nullptr) std::copy(cell, cell + hash.bytes.size(), hash.bytes.begin());
  return hash;
}

}  // namespace jiedui::detail
