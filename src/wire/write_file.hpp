#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace jiedui::wire {

/// Writes the parts one behind the other beside `path`, syncs and renames: a reader, or a crash,
/// sees the old file or the whole new one. A file that was there keeps its permissions.
/// @throws Error "file_unwritable".
void write_file(const std::filesystem::path& path, std::span<const std::string_view> parts);

}  // namespace jiedui::wire
