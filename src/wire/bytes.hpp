#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace jiedui::wire {

/// Bytes with 64 readable bytes behind them, so that wide loads may run past the end. The first of
/// them is a line feed: a last line without one needs no case of its own.
class PaddedBytes {
 public:
  static constexpr std::size_t padding = 64;

  explicit PaddedBytes(std::size_t size);
  explicit PaddedBytes(std::string_view bytes);

  char* data() { return bytes_.get(); }
  const char* data() const { return bytes_.get(); }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

/// The file's name without its folders: what an error may show.
std::string shown_name(const std::filesystem::path& path);

/// The whole of a regular file.
/// @throws Error "file_missing", "file_unreadable", "file_not_regular", "file_too_large".
PaddedBytes read_file(const std::filesystem::path& path, std::size_t bytes_max);

/// Writes the parts one behind the other beside `path`, syncs and renames: a reader, or a crash,
/// sees the old file or the whole new one. A file that was there keeps its permissions.
/// @throws Error "file_unwritable".
void write_file(const std::filesystem::path& path, std::span<const std::string_view> parts);

}  // namespace jiedui::wire
