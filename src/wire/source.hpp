#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace jiedui::wire {

/// Bytes of known number that can be read from any place.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  virtual std::size_t size() const = 0;
  /// Copies `count` bytes from `offset` on. @throws Error "file_unreadable".
  virtual void read(std::size_t offset, char* to, std::size_t count) const = 0;
};

class MemorySource : public Source {
 public:
  /// The bytes must outlive the source.
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const override { return bytes_.size(); }
  void read(std::size_t offset, char* to, std::size_t count) const override;

 private:
  std::string_view bytes_;
};

/// A regular file, held open.
class FileSource : public Source {
 public:
  /// @throws Error "file_missing", "file_unreadable", "file_not_regular", "file_too_large".
  FileSource(const std::filesystem::path& path, std::size_t bytes_max);
  ~FileSource() override;
  std::size_t size() const override { return size_; }
  void read(std::size_t offset, char* to, std::size_t count) const override;

 private:
  std::string name_;
  int file_ = -1;
  std::size_t size_ = 0;
};

/// Bytes that nobody set to zero first.
struct Bytes {
  std::unique_ptr<char[]> data;
  std::size_t size = 0;
  std::string_view view() const { return {data.get(), size}; }
};

Bytes read_all(const Source& source);

/// The file's name without its folders: what an error may show.
std::string shown_name(const std::filesystem::path& path);

}  // namespace jiedui::wire
