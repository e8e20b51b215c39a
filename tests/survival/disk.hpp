#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace jiedui::test {

using Random = std::mt19937_64;

/// A disk in memory whose power can be cut, and whose every call can fail.
///
/// Assumptions. A sync that returned has brought all of the file to the disk. A sector of 512 bytes
/// is written whole or not at all. Until the sync, each sector that was written may hold what it
/// held before or after any of the writes to it, independently of the others; a file that grew or
/// shrank may have any of its sizes; what lies between old and new end may be zeros or rubbish; a
/// name that was made or removed may be there or not, until the folder is synced. The first sync of
/// a new journal or WAL makes its name durable, as SQLite's unix VFS does. Where overwriting is not
/// safe (`powersafe` false), the rest of a sector that is written in part may become rubbish.
class Disk {
 public:
  enum class Call { open, read, write, truncate, sync, size, remove, look, lock, share };
  enum class Kind { database, journal, wal, other };

  struct Options {
    bool powersafe = true;       ///< whether the rest of a sector survives a write to a part of it
    bool says_powersafe = true;  ///< what SQLite is told of it
    bool syncs_folder = true;    ///< whether syncing the folder has any effect
  };
  static constexpr std::size_t sector = 512;

  /// A sector as it was after a write to its bytes from `begin` to `end`.
  struct Version {
    std::string bytes;
    std::size_t begin = 0;
    std::size_t end = sector;
  };
  struct File {
    Kind kind = Kind::other;
    std::string now;                                       // what the running system reads
    std::string durable;                                   // what the last sync brought to the disk
    std::map<std::size_t, std::vector<Version>> unsynced;  // by sector, the oldest first
    std::vector<std::size_t> sizes;                        // since the last sync
    std::vector<std::unique_ptr<std::uint64_t[]>> shared;  // SQLite's index of the WAL

    void write(std::size_t offset, const char* bytes, std::size_t count);
    void truncate(std::size_t size);
    void sync();
  };
  using FilePtr = std::shared_ptr<File>;

  /// Becomes SQLite's default VFS, for files in `folder`, which must exist.
  Disk(std::filesystem::path folder, const Options& options);
  explicit Disk(std::filesystem::path folder) : Disk(std::move(folder), Options{}) {}
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  ~Disk();

  /// Asked before every call; what is not SQLITE_OK is the call's answer.
  std::function<int(Call, Kind)> gate;
  /// Nothing works from now on, until the power is back or the process restarts.
  void stop() { running_ = false; }
  bool running() const { return running_; }
  /// Leaves on the disk what a loss of power may leave, and starts anew.
  void restart_without_power(Random& random);
  /// What was written is still there, synced or not, as after kill -9.
  void restart_process();

  /// The whole of a file, and a file put in its place. For copies between disks.
  std::string content(const std::string& name) const;
  void put(const std::string& name, std::string bytes);

  // What the VFS is made of.
  int ask(Call call, Kind kind) const;
  FilePtr find(const std::string& name) const;
  FilePtr create(const std::string& name, Kind kind);
  void remove(const std::string& name, bool folder_too);
  void sync_name(const std::string& name);
  void sync_folder();
  int epoch() const { return epoch_; }
  const Options& options() const { return options_; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Vfs;
  void show() const;
  void survive(File& file, Random& random) const;

  std::filesystem::path folder_;
  Options options_;
  std::map<std::string, FilePtr> names_;
  std::map<std::string, FilePtr> durable_names_;
  bool running_ = true;
  int epoch_ = 0;  // handles opened before a restart are dead
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace jiedui::test
