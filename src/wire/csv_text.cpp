#include "wire/csv_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "jiedui/base/error.hpp"

namespace jiedui::wire {

namespace {

constexpr std::size_t part_bytes = std::size_t{1} << 20;

/// Where the line ends at the end of the source begin.
std::size_t end_of_text(const Source& source, std::size_t begin) {
  std::array<char, 4096> bytes;
  std::size_t end = source.size();
  while (end > begin) {
    const std::size_t count = std::min(end - begin, bytes.size());
    source.read(end - count, bytes.data(), count);
    const std::size_t last = std::string_view(bytes.data(), count).find_last_not_of("\r\n");
    if (last != std::string_view::npos) return end - count + last + 1;
    end -= count;
  }
  return begin;
}

std::size_t begin_of_text(const Source& source) {
  constexpr std::string_view mark = "\uFEFF";
  std::array<char, mark.size()> bytes;
  if (source.size() < bytes.size()) return 0;
  source.read(0, bytes.data(), bytes.size());
  return std::string_view(bytes.data(), bytes.size()) == mark ? mark.size() : 0;
}

}  // namespace

CsvText::CsvText(const Source& source)
    : source_(source), begin_(begin_of_text(source)), end_(end_of_text(source, begin_)) {
  capacity_ = std::min(part_bytes, size());
  buffer_ = std::make_unique<char[]>(capacity_ + padding);
  buffer_[0] = '\n';
  offset_ = begin_;
  if (!complete()) load(0);
}

void CsvText::load(std::size_t at) {
  JIEDUI_CHECK(!complete() && at <= loaded_);
  const std::size_t rest = loaded_ - at;
  if (rest > capacity_ / 2) {
    capacity_ = std::max(2 * capacity_, rest);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_ + padding);
    std::memcpy(larger.get(), buffer_.get() + at, rest);
    std::memset(larger.get() + capacity_, 0, padding);
    buffer_ = std::move(larger);
  } else if (rest > 0) {
    std::memmove(buffer_.get(), buffer_.get() + at, rest);
  }
  offset_ += at;
  const std::size_t count = std::min(capacity_ - rest, end_ - offset_ - rest);
  source_.read(offset_ + rest, buffer_.get() + rest, count);
  loaded_ = rest + count;
  buffer_[loaded_] = '\n';
}

}  // namespace jiedui::wire
