#include "survival/disk.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <sqlite3.h>

namespace jiedui::test {

namespace {

void fill(std::string& bytes, std::size_t begin, std::size_t end, Random& random) {
  for (std::size_t i = begin; i < end; ++i) bytes[i] = static_cast<char>(random());
}

}  // namespace

void Disk::File::write(std::size_t offset, const char* bytes, std::size_t count) {
  const std::size_t end = offset + count;
  if (end > now.size()) {
    now.resize(end);
    sizes.push_back(end);
  }
  std::copy_n(bytes, count, now.begin() + static_cast<std::ptrdiff_t>(offset));
  for (std::size_t at = offset / sector; at * sector < end; ++at) {
    const std::size_t begins = at * sector;
    Version version{.bytes = now.substr(begins, sector),
                    .begin = std::max(begins, offset) - begins,
                    .end = std::min(begins + sector, end) - begins};
    version.bytes.resize(sector);
    unsynced[at].push_back(std::move(version));
  }
}

void Disk::File::truncate(std::size_t size) {
  const std::size_t before = now.size();
  now.resize(size);
  sizes.push_back(size);
  // What grows again from here grows from zeros.
  for (std::size_t at = (size + sector - 1) / sector; at * sector < before; ++at)
    unsynced[at].push_back({.bytes = std::string(sector, '\0')});
}

void Disk::File::sync() {
  durable.resize(now.size());
  for (const auto& [at, versions] : unsynced) {
    const std::size_t begins = at * sector;
    if (begins >= now.size()) continue;
    const std::size_t count = std::min(sector, now.size() - begins);
    durable.replace(begins, count, now, begins, count);
  }
  unsynced.clear();
  sizes.clear();
}

int Disk::ask(Call call, Kind kind) const {
  if (!running_) return SQLITE_IOERR;
  const int answer = gate ? gate(call, kind) : SQLITE_OK;
  return running_ ? answer : SQLITE_IOERR;
}

Disk::FilePtr Disk::find(const std::string& name) const {
  const auto at = names_.find(name);
  return at == names_.end() ? nullptr : at->second;
}

Disk::FilePtr Disk::create(const std::string& name, Kind kind) {
  auto file = std::make_shared<File>();
  file->kind = kind;
  if (name.empty()) return file;
  names_[name] = file;
  show();
  return file;
}

void Disk::remove(const std::string& name, bool folder_too) {
  names_.erase(name);
  if (folder_too) durable_names_.erase(name);
  show();
}

void Disk::sync_name(const std::string& name) {
  if (const auto at = names_.find(name); at != names_.end()) durable_names_[name] = at->second;
}

void Disk::sync_folder() {
  if (options_.syncs_folder && running_) durable_names_ = names_;
}

/// Empty files on the real disk, as the library asks the file system which stores there are.
void Disk::show() const {
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    if (entry.path().extension() == ".jiedui" && !names_.contains(entry.path().string()))
      std::filesystem::remove(entry.path());
  for (const auto& [name, file] : names_)
    if (file->kind == Kind::database) std::ofstream(name, std::ios::app);
}

/// Leaves of one file what a loss of power may leave.
void Disk::survive(File& file, Random& random) const {
  file.sizes.push_back(file.durable.size());
  const std::size_t size = file.sizes[random() % file.sizes.size()];
  const std::size_t before = file.durable.size();
  std::string& left = file.durable;
  left.resize(size);
  if (size > before && random() % 2 == 0) fill(left, before, size, random);
  for (const auto& [at, versions] : file.unsynced) {
    const std::size_t begins = at * sector;
    const std::size_t chosen = random() % (versions.size() + 1);
    if (chosen == 0 || begins >= size) continue;
    const Version& version = versions[chosen - 1];
    std::string bytes = version.bytes;
    if (!options_.powersafe && random() % 2 == 0) {
      fill(bytes, 0, version.begin, random);
      fill(bytes, version.end, sector, random);
    }
    left.replace(begins, std::min(sector, size - begins), bytes, 0,
                 std::min(sector, size - begins));
  }
  file.now = left;
  file.unsynced.clear();
  file.sizes.clear();
}

void Disk::restart_without_power(Random& random) {
  std::set<std::string> names;
  for (const auto* folder : {&names_, &durable_names_})
    for (const auto& [name, file] : *folder) names.insert(name);
  std::map<std::string, FilePtr> left;
  for (const std::string& name : names) {
    const auto& folder = random() % 2 == 0 ? names_ : durable_names_;
    if (const auto at = folder.find(name); at != folder.end()) left.emplace(name, at->second);
  }
  names_ = left;
  durable_names_ = left;
  for (const auto& [name, file] : names_) survive(*file, random);
  restart_process();
}

void Disk::restart_process() {
  for (const auto& [name, file] : names_) file->shared.clear();
  ++epoch_;
  running_ = true;
  show();
}

std::string Disk::content(const std::string& name) const {
  return find(name)->now;
}

void Disk::put(const std::string& name, std::string bytes) {
  FilePtr file = find(name);
  if (file == nullptr) file = create(name, Kind::database);
  file->now = std::move(bytes);
  file->durable = file->now;
  file->unsynced.clear();
  file->sizes.clear();
}

}  // namespace jiedui::test
