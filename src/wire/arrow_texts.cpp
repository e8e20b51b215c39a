#include "wire/arrow_texts.hpp"

#include <cstring>
#include <string_view>

#include "wire/encoding.hpp"

namespace jiedui::wire {

namespace {

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// One view of a utf8_view array (specification, "Variable-size Binary View Layout").
struct View {
  static constexpr std::int32_t inline_max = 12;
  std::int32_t length;
  char prefix[4];
  std::int32_t buffer;
  std::int32_t offset;
};
static_assert(sizeof(View) == 16);

}  // namespace

void ArrowTexts::add(const ArrowSlice& slice, char letter, const ArrowPlace& place) {
  if (slice.count == 0) return;
  if (letter == 'u')
    add_offsets<std::int32_t>(slice, place);
  else if (letter == 'U')
    add_offsets<std::int64_t>(slice, place);
  else
    add_views(slice, place);
}

void ArrowTexts::add_empty(std::int64_t count) {
  ends_.insert(ends_.end(), static_cast<std::size_t>(count),
               static_cast<std::uint32_t>(bytes_.size()));
}

void ArrowTexts::check_room(std::uint64_t bytes, const ArrowPlace& place) const {
  if (bytes > TextColumn::bytes_max - bytes_.size())
    throw Error({.code = "column_too_large",
                 .place = place.table + " column " + place.column,
                 .message = "the texts of one column are too long together",
                 .allowed = std::to_string(TextColumn::bytes_max) + " bytes",
                 .way_out = "split the table"});
}

template <class Offset>
void ArrowTexts::add_offsets(const ArrowSlice& slice, const ArrowPlace& place) {
  const auto* offsets = arrow_buffer<Offset>(slice, 1, place);
  const ArrowValidity valid(slice);
  const std::int64_t rows = slice.count;
  bool falls = offsets[0] < 0;
  bool hidden = false;  // bytes under a null
  for (std::int64_t row = 0; row < rows; ++row) falls |= offsets[row + 1] < offsets[row];
  if (falls) arrow_invalid(place, "the offsets of the texts fall");
  for (std::int64_t row = 0; !valid.all() && row < rows; ++row)
    hidden |= !valid[row] && offsets[row + 1] != offsets[row];
  const auto length = static_cast<std::uint64_t>(offsets[rows] - offsets[0]);
  check_room(length, place);
  const auto* data = static_cast<const char*>(slice.array.buffers[2]);
  if (data == nullptr && length > 0) arrow_invalid(place, "the bytes of the texts are missing");

  ends_.reserve(ends_.size() + static_cast<std::size_t>(rows));
  if (hidden) {
    for (std::int64_t row = 0; row < rows; ++row) {
      if (valid[row]) {
        const std::string_view text(data + offsets[row],
                                    static_cast<std::size_t>(offsets[row + 1] - offsets[row]));
        if (!is_utf8(text)) arrow_invalid(place, "a text is not UTF-8");
        bytes_.insert(bytes_.end(), text.begin(), text.end());
      }
      ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
    return;
  }
  if (length > 0) {
    const std::string_view run(data + offsets[0], static_cast<std::size_t>(length));
    bool whole = is_utf8(run);
    // Within valid bytes each text is valid unless one begins inside a character.
    for (std::int64_t row = 0; whole && row < rows; ++row)
      whole = offsets[row] == offsets[rows] || !continues_character(data[offsets[row]]);
    if (!whole) arrow_invalid(place, "a text is not UTF-8");
    bytes_.insert(bytes_.end(), run.begin(), run.end());
  }
  const auto base = static_cast<std::uint32_t>(bytes_.size() - length);
  for (std::int64_t row = 0; row < rows; ++row)
    ends_.push_back(base + static_cast<std::uint32_t>(offsets[row + 1] - offsets[0]));
}

void ArrowTexts::add_views(const ArrowSlice& slice, const ArrowPlace& place) {
  const auto* views = arrow_buffer<View>(slice, 1, place);
  const ArrowValidity valid(slice);
  // Behind the views stand the data buffers, and behind these one buffer with their sizes.
  const std::int64_t data_buffers = slice.array.n_buffers - 3;
  const auto* sizes =
      static_cast<const std::int64_t*>(slice.array.buffers[slice.array.n_buffers - 1]);
  if (sizes == nullptr && data_buffers > 0) arrow_invalid(place, "a buffer is missing");
  for (std::int64_t row = 0; row < slice.count; ++row) {
    if (valid[row]) {
      View view;
      std::memcpy(&view, views + row, sizeof view);
      if (view.length < 0) arrow_invalid(place, "a text has a negative length");
      const char* start = reinterpret_cast<const char*>(views + row) + sizeof view.length;
      if (view.length > View::inline_max) {
        if (view.buffer < 0 || view.buffer >= data_buffers || view.offset < 0 ||
            std::int64_t{view.offset} + view.length > sizes[view.buffer])
          arrow_invalid(place, "a text lies outside its buffer");
        const auto* data = static_cast<const char*>(slice.array.buffers[2 + view.buffer]);
        if (data == nullptr) arrow_invalid(place, "the bytes of the texts are missing");
        start = data + view.offset;
      }
      const std::string_view text(start, static_cast<std::size_t>(view.length));
      if (!is_utf8(text)) arrow_invalid(place, "a text is not UTF-8");
      check_room(text.size(), place);
      bytes_.insert(bytes_.end(), text.begin(), text.end());
    }
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
}

}  // namespace jiedui::wire
