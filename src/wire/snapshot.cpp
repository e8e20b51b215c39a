#include "jiedui/wire/snapshot.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "jiedui/network/builder.hpp"
#include "wire/frame.hpp"
#include "wire/snapshot_entries.hpp"
#include "wire/snapshot_tables.hpp"

namespace jiedui {

namespace wire {
namespace {

std::unique_ptr<FrameWriter> frame_of(std::span<const Table> tables) {
  auto writer = std::make_unique<FrameWriter>(words_of(tables));
  write_tables(tables, writer->frame().initTables());
  return writer;
}

std::unique_ptr<FrameWriter> frame_of(const Network& network, Personal personal) {
  const std::vector<Table> tables = network.tables(personal);
  auto writer = std::make_unique<FrameWriter>(words_of(tables));
  write_tables(tables, writer->frame().initNetwork());
  return writer;
}

std::unique_ptr<FrameWriter> frame_of(const EntryRun& run) {
  auto writer = std::make_unique<FrameWriter>(words_of(run));
  write_entries(run, writer->frame().initEntries());
  return writer;
}

std::vector<Table> tables_of(std::string_view bytes, const std::string& name,
                             const SnapshotLimits& limits) {
  return read_frame(bytes, name, limits, [&](schema::Frame::Reader frame) {
    if (!frame.isTables()) snapshot_of_other_kind(name, "tables");
    return read_tables(frame.getTables(), name);
  });
}

Network network_of(std::string_view bytes, const std::string& name, const SnapshotLimits& limits) {
  return network_from(read_frame(bytes, name, limits,
                                 [&](schema::Frame::Reader frame) {
                                   if (!frame.isNetwork())
                                     snapshot_of_other_kind(name, "a network");
                                   return read_tables(frame.getNetwork(), name);
                                 }),
                      name);
}

EntryRun entries_of(std::string_view bytes, const std::string& name, const SnapshotLimits& limits) {
  return read_frame(bytes, name, limits, [&](schema::Frame::Reader frame) {
    if (!frame.isEntries()) snapshot_of_other_kind(name, "entries");
    return read_entries(frame.getEntries(), name);
  });
}

}  // namespace

Network network_from(std::vector<Table> tables, const std::string& name) {
  NetworkBuilder builder;
  for (Table& table : tables) {
    const auto* const found = std::find(table_names.begin(), table_names.end(), table.name);
    if (found == table_names.end()) snapshot_invalid(name, "there is no such table in a network");
    builder.add(static_cast<Entity>(found - table_names.begin()), std::move(table));
  }
  return builder.build();
}

}  // namespace wire

void save(const std::filesystem::path& path, const Network& network, Personal personal) {
  wire::frame_of(network, personal)->save(path);
}
void save(const std::filesystem::path& path, const EntryRun& run) {
  wire::frame_of(run)->save(path);
}
void save(const std::filesystem::path& path, std::span<const Table> tables) {
  wire::frame_of(tables)->save(path);
}

std::string to_bytes(const Network& network, Personal personal) {
  return wire::frame_of(network, personal)->bytes();
}
std::string to_bytes(const EntryRun& run) {
  return wire::frame_of(run)->bytes();
}
std::string to_bytes(std::span<const Table> tables) {
  return wire::frame_of(tables)->bytes();
}

Network load_network(const std::filesystem::path& path, const SnapshotLimits& limits) {
  return wire::from_file(path, limits, wire::network_of);
}
EntryRun load_entries(const std::filesystem::path& path, const SnapshotLimits& limits) {
  return wire::from_file(path, limits, wire::entries_of);
}
std::vector<Table> load_tables(const std::filesystem::path& path, const SnapshotLimits& limits) {
  return wire::from_file(path, limits, wire::tables_of);
}

Network network_from_bytes(std::string_view bytes, const SnapshotLimits& limits) {
  return wire::network_of(bytes, wire::in_memory, limits);
}
EntryRun entries_from_bytes(std::string_view bytes, const SnapshotLimits& limits) {
  return wire::entries_of(bytes, wire::in_memory, limits);
}
std::vector<Table> tables_from_bytes(std::string_view bytes, const SnapshotLimits& limits) {
  return wire::tables_of(bytes, wire::in_memory, limits);
}

}  // namespace jiedui
