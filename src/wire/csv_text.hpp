#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "wire/source.hpp"

namespace jiedui::wire {

/// The text of a CSV file, a part of it at a time: a byte order mark at the beginning and empty
/// lines at the end are left out.
///
/// A million bytes stay in the cache and need no memory of their own; a longer record makes the
/// part grow.
class CsvText {
 public:
  /// Bytes behind the loaded part that may be read, whatever they are.
  static constexpr std::size_t padding = 64;

  /// The source must outlive the text.
  explicit CsvText(const Source& source);

  /// What is loaded. The byte behind it is a line feed.
  std::string_view loaded() const { return {buffer_.get(), loaded_}; }
  /// Where the loaded part begins in the source.
  std::size_t offset() const { return offset_; }
  /// Whether the loaded part reaches the end of the text.
  bool complete() const { return offset_ + loaded_ == end_; }
  /// Length of the whole text.
  std::size_t size() const { return end_ - begin_; }
  /// Drops what stands before `at` of the loaded part, and loads more behind the rest; the rest
  /// moves to the beginning. Not when complete.
  void load(std::size_t at);

 private:
  const Source& source_;
  std::size_t begin_ = 0, end_ = 0;  ///< of the text in the source
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t offset_ = 0;
  std::size_t loaded_ = 0;
};

}  // namespace jiedui::wire
