#include "wire/frame.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "wire/write_file.hpp"

namespace jiedui::wire {

namespace {

constexpr std::size_t segments_max = 64;
constexpr int nesting_max = 16;  // the schema is flatter

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

}  // namespace

void snapshot_invalid(const std::string& name, const char* message) {
  throw Error({.code = "snapshot_invalid",
               .place = name,
               .message = message,
               .allowed = "snapshots written by jiedui",
               .way_out = "fetch the file again, or write it again from its source"});
}

void snapshot_of_other_kind(const std::string& name, const char* wanted) {
  throw Error({.code = "snapshot_of_other_kind",
               .place = name,
               .message = "the snapshot holds something else",
               .allowed = wanted,
               .way_out = "load it with the function for what it holds"});
}

void check_list(std::size_t items, const std::string& place) {
  if (items > list_items_max)
    throw Error({.code = "snapshot_too_large",
                 .place = place,
                 .message = "a column is too large for a snapshot",
                 .allowed = "at most 536870911 rows, and bytes of text",
                 .way_out = "split the table"});
}

FrameWriter::FrameWriter(std::size_t content_words)
    // Some more for names and pointers; past one segment's limit it takes several.
    : message_(static_cast<capnp::uint>(
          std::min(content_words + content_words / 64 + 1024, list_items_max))),
      frame_(message_.initRoot<schema::Frame>()) {
  frame_.setFormat(frame_format);
}

std::string FrameWriter::segment_table() {
  const auto segments = message_.getSegmentsForOutput();
  std::vector<std::uint32_t> numbers{static_cast<std::uint32_t>(segments.size() - 1)};
  for (const auto& segment : segments)
    numbers.push_back(static_cast<std::uint32_t>(segment.size()));
  if (numbers.size() % 2 != 0) numbers.push_back(0);
  std::string table(numbers.size() * sizeof(std::uint32_t), '\0');
  std::memcpy(table.data(), numbers.data(), table.size());
  return table;
}

std::string FrameWriter::bytes() {
  std::string bytes = segment_table();
  for (const auto& segment : message_.getSegmentsForOutput())
    bytes.append(segment.asChars().begin(), segment.asChars().size());
  return bytes;
}

void FrameWriter::save(const std::filesystem::path& path) {
  const std::string table = segment_table();
  std::vector<std::string_view> parts{table};
  for (const auto& segment : message_.getSegmentsForOutput())
    parts.emplace_back(segment.asChars().begin(), segment.asChars().size());
  write_file(path, parts);
}

void check_framing(std::string_view bytes, const std::string& name, const SnapshotLimits& limits) {
  if (bytes.size() > limits.bytes_max)
    throw Error({.code = "snapshot_too_large",
                 .place = name,
                 .message = "the snapshot has " + std::to_string(bytes.size()) + " bytes",
                 .allowed = "at most " + std::to_string(limits.bytes_max),
                 .way_out = "raise the limit if you trust its source"});
  if (bytes.size() < sizeof(capnp::word) || bytes.size() % sizeof(capnp::word) != 0)
    snapshot_invalid(name, "the bytes are not whole words: a part is missing");
  const std::uint32_t last_segment = number_at(bytes, 0);
  if (last_segment >= segments_max) snapshot_invalid(name, "this is no snapshot");
  const std::size_t segments = std::size_t{last_segment} + 1;
  const std::size_t table_words = words(4 * (1 + segments));
  if (words(bytes.size()) < table_words)
    snapshot_invalid(name, "the bytes end within the segment table");
  std::uint64_t content_words = 0;
  for (std::size_t i = 0; i < segments; ++i) content_words += number_at(bytes, 4 * (i + 1));
  if (content_words != words(bytes.size()) - table_words)
    snapshot_invalid(name, "the length does not fit the content: a part is missing or too much");
}

capnp::ReaderOptions reader_options(std::string_view bytes) {
  // Each list is read once, so a sound message is walked through about once. Twice its length is
  // what overlapping pointers can make us copy at most.
  constexpr std::size_t slack = 8192;
  capnp::ReaderOptions options;
  options.traversalLimitInWords = 2 * words(bytes.size()) + slack;
  options.nestingLimit = nesting_max;
  return options;
}

void check_format(schema::Frame::Reader frame, const std::string& name) {
  if (frame.getFormat() == 0) snapshot_invalid(name, "this is no snapshot");
  if (frame.getFormat() > frame_format)
    throw Error({.code = "snapshot_too_new",
                 .place = name,
                 .message = "the snapshot has format " + std::to_string(frame.getFormat()),
                 .allowed = "formats up to " + std::to_string(frame_format),
                 .way_out = "read it with a newer jiedui"});
}

}  // namespace jiedui::wire
