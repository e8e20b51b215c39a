#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include "jiedui/wire/jiedui.capnp.h"
#include "jiedui/wire/snapshot.hpp"
#include "wire/source.hpp"

namespace jiedui::wire {

/// What a snapshot without a file is called in errors.
inline constexpr const char* in_memory = "snapshot";
/// The number that Frame.format must not exceed.
inline constexpr std::uint32_t frame_format = 1;
/// What one list of Cap'n Proto holds.
inline constexpr std::size_t list_items_max = (std::size_t{1} << 29) - 1;

[[noreturn]] void snapshot_invalid(const std::string& name, const char* message);
[[noreturn]] void snapshot_of_other_kind(const std::string& name, const char* wanted);
/// @throws Error "snapshot_too_large" if a list of that many items cannot be written.
void check_list(std::size_t items, const std::string& place);

/// Whole words that hold so many bytes.
constexpr std::size_t words(std::size_t bytes) {
  return (bytes + 7) / 8;
}

/// A snapshot while it is written.
class FrameWriter {
 public:
  /// @param content_words about as many as the content takes: it then lies in one segment.
  explicit FrameWriter(std::size_t content_words);
  schema::Frame::Builder frame() { return frame_; }
  std::string bytes();
  /// @throws Error "file_unwritable".
  void save(const std::filesystem::path& path);

 private:
  std::string segment_table();
  capnp::MallocMessageBuilder message_;
  schema::Frame::Builder frame_;
};

/// Holds the framing to its limits before Cap'n Proto sees the bytes: whole words, at most 64
/// segments, whose lengths add up to the bytes exactly.
/// @throws Error "snapshot_invalid", "snapshot_too_large".
void check_framing(std::string_view bytes, const std::string& name, const SnapshotLimits& limits);

capnp::ReaderOptions reader_options(std::string_view bytes);

/// @throws Error "snapshot_too_new", "snapshot_invalid".
void check_format(schema::Frame::Reader frame, const std::string& name);

/// The value of read(frame) for a snapshot in memory, which need not be aligned.
/// @throws Error as above, and what `read` throws.
template <class Read>
auto read_frame(std::string_view bytes, const std::string& name, const SnapshotLimits& limits,
                Read read) {
  check_framing(bytes, name, limits);
  kj::Array<capnp::word> copy;
  const auto* begin = reinterpret_cast<const capnp::word*>(bytes.data());
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(capnp::word) != 0) {
    copy = kj::heapArray<capnp::word>(words(bytes.size()));
    std::memcpy(copy.begin(), bytes.data(), bytes.size());
    begin = copy.begin();
  }
  try {
    capnp::FlatArrayMessageReader message(kj::arrayPtr(begin, words(bytes.size())),
                                          reader_options(bytes));
    const auto frame = message.getRoot<schema::Frame>();
    check_format(frame, name);
    return read(frame);
  } catch (const kj::Exception&) {
    // Its text is for Cap'n Proto's developers, and making it may start another program.
    snapshot_invalid(name, "the bytes are damaged");
  }
}

/// The value of read(bytes, name, limits) for a snapshot in a file.
template <class Read>
auto from_file(const std::filesystem::path& path, const SnapshotLimits& limits, Read read) {
  const Bytes bytes = read_all(FileSource(path, limits.bytes_max));
  return read(bytes.view(), shown_name(path), limits);
}

}  // namespace jiedui::wire
