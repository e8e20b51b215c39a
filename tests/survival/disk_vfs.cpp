// The disk as SQLite sees it. One connection at a time: nothing is locked.

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "survival/disk.hpp"
#include "survival/failing_memory.hpp"

namespace jiedui::test {

namespace {

using Call = Disk::Call;

std::atomic<Disk*> present = nullptr;  // whose folder a call of fsync may mean

struct Open {
  Disk* disk;
  Disk::FilePtr file;
  std::string name;
  int epoch;
  bool name_durable;

  bool dead() const { return epoch != disk->epoch(); }
  int ask(Call call) const { return dead() ? SQLITE_IOERR : disk->ask(call, file->kind); }
};

struct Handle {
  sqlite3_file base;
  Open* open;
};

Open& of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->open;
}

int close(sqlite3_file* file) {
  delete reinterpret_cast<Handle*>(file)->open;
  return SQLITE_OK;
}

int read(sqlite3_file* handle, void* to, int count, sqlite3_int64 offset) {
  const Open& open = of(handle);
  const auto wanted = static_cast<std::size_t>(count);
  if (const int failed = open.ask(Call::read)) {
    if (failed == SQLITE_IOERR_SHORT_READ) std::memset(to, 0, wanted);
    return failed;
  }
  const std::string& bytes = open.file->now;
  const auto begin = std::min(static_cast<std::size_t>(offset), bytes.size());
  const std::size_t got = std::min(wanted, bytes.size() - begin);
  std::memcpy(to, bytes.data() + begin, got);
  if (got == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + got, 0, wanted - got);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* handle, const void* from, int count, sqlite3_int64 offset) {
  const Undisturbed memory;
  const Open& open = of(handle);
  const bool ran = !open.dead() && open.disk->running();
  const int failed = open.ask(Call::write);
  // What was on its way when the power went may have arrived.
  const bool on_its_way = ran && !open.disk->running();
  if (failed == SQLITE_OK || on_its_way)
    open.file->write(static_cast<std::size_t>(offset), static_cast<const char*>(from),
                     static_cast<std::size_t>(count));
  return failed;
}

int truncate(sqlite3_file* handle, sqlite3_int64 size) {
  const Undisturbed memory;
  const Open& open = of(handle);
  if (const int failed = open.ask(Call::truncate)) return failed;
  open.file->truncate(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int sync(sqlite3_file* handle, int /*flags*/) {
  const Undisturbed memory;
  Open& open = of(handle);
  if (const int failed = open.ask(Call::sync)) return failed;
  open.file->sync();
  if (!open.name_durable) open.disk->sync_name(open.name);
  open.name_durable = true;
  return SQLITE_OK;
}

int size_of(sqlite3_file* handle, sqlite3_int64* size) {
  const Open& open = of(handle);
  if (const int failed = open.ask(Call::size)) return failed;
  *size = static_cast<sqlite3_int64>(open.file->now.size());
  return SQLITE_OK;
}

int lock(sqlite3_file* handle, int /*level*/) {
  return of(handle).ask(Call::lock);
}
int unlock(sqlite3_file*, int) {
  return SQLITE_OK;
}
int is_reserved(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(Disk::sector);
}
int traits(sqlite3_file* handle) {
  return of(handle).disk->options().says_powersafe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

int share(sqlite3_file* handle, int region, int size, int extend, void volatile** at) {
  const Undisturbed memory;
  const Open& open = of(handle);
  *at = nullptr;
  if (const int failed = open.ask(Call::share)) return failed;
  auto& shared = open.file->shared;
  const auto index = static_cast<std::size_t>(region);
  if (index >= shared.size() && extend == 0) return SQLITE_OK;
  while (index >= shared.size())
    shared.push_back(std::make_unique<std::uint64_t[]>(static_cast<std::size_t>(size) / 8));
  *at = shared[index].get();
  return SQLITE_OK;
}
int share_lock(sqlite3_file* handle, int, int, int flags) {
  return (flags & SQLITE_SHM_UNLOCK) != 0 ? SQLITE_OK : of(handle).ask(Call::lock);
}
void share_barrier(sqlite3_file*) {}
int unshare(sqlite3_file* handle, int) {
  if (!of(handle).dead()) of(handle).file->shared.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods methods = {.iVersion = 2,
                                    .xClose = close,
                                    .xRead = read,
                                    .xWrite = write,
                                    .xTruncate = truncate,
                                    .xSync = sync,
                                    .xFileSize = size_of,
                                    .xLock = lock,
                                    .xUnlock = unlock,
                                    .xCheckReservedLock = is_reserved,
                                    .xFileControl = control,
                                    .xSectorSize = sector_size,
                                    .xDeviceCharacteristics = traits,
                                    .xShmMap = share,
                                    .xShmLock = share_lock,
                                    .xShmBarrier = share_barrier,
                                    .xShmUnmap = unshare,
                                    .xFetch = nullptr,
                                    .xUnfetch = nullptr};

Disk::Kind kind_of(int flags) {
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return Disk::Kind::database;
  if ((flags & SQLITE_OPEN_MAIN_JOURNAL) != 0) return Disk::Kind::journal;
  if ((flags & SQLITE_OPEN_WAL) != 0) return Disk::Kind::wal;
  return Disk::Kind::other;
}

Disk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<Disk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* handle, int flags, int* became) {
  const Undisturbed memory;
  handle->pMethods = nullptr;
  Disk& disk = disk_of(vfs);
  const Disk::Kind kind = kind_of(flags);
  if (const int failed = disk.ask(Call::open, kind)) return failed;
  const std::string name = path == nullptr ? "" : path;
  Disk::FilePtr file = disk.find(name);
  if (file == nullptr) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    file = disk.create(name, kind);
  }
  const bool journals = kind == Disk::Kind::journal || kind == Disk::Kind::wal;
  auto* opened = reinterpret_cast<Handle*>(handle);
  opened->open = new Open{&disk, std::move(file), name, disk.epoch(), !journals};
  handle->pMethods = &methods;
  if (became != nullptr) *became = flags;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  const Undisturbed memory;
  Disk& disk = disk_of(vfs);
  if (const int failed = disk.ask(Call::remove, Disk::Kind::other)) return failed;
  if (disk.find(path) == nullptr) return SQLITE_IOERR_DELETE_NOENT;
  disk.remove(path, sync_folder != 0);
  return SQLITE_OK;
}

int look(sqlite3_vfs* vfs, const char* path, int flags, int* answer) {
  const Undisturbed memory;
  Disk& disk = disk_of(vfs);
  if (const int failed = disk.ask(Call::look, Disk::Kind::other)) return failed;
  const Disk::FilePtr file = disk.find(path);
  // As unix does: an empty file is no journal.
  *answer = file != nullptr && (flags != SQLITE_ACCESS_EXISTS || !file->now.empty()) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int room, char* to) {
  sqlite3_snprintf(room, to, "%s", path);
  return SQLITE_OK;
}

}  // namespace

struct Disk::Vfs : sqlite3_vfs {
  sqlite3_vfs* before = sqlite3_vfs_find(nullptr);
};

Disk::Disk(std::filesystem::path folder, const Options& options)
    : folder_(std::filesystem::canonical(folder)), options_(options) {
  sqlite3_initialize();
  vfs_ = std::make_unique<Vfs>();
  // Time, sleep and random numbers are those of the system.
  static_cast<sqlite3_vfs&>(*vfs_) = *vfs_->before;
  vfs_->iVersion = 2;
  vfs_->szOsFile = sizeof(Handle);
  vfs_->pNext = nullptr;
  vfs_->zName = "jiedui-test-disk";
  vfs_->pAppData = this;
  vfs_->xOpen = open_file;
  vfs_->xDelete = remove_file;
  vfs_->xAccess = look;
  vfs_->xFullPathname = full_path;
  sqlite3_vfs_register(vfs_.get(), 1);
  present = this;
}

Disk::~Disk() {
  present = nullptr;
  sqlite3_vfs_unregister(vfs_.get());
  sqlite3_vfs_register(vfs_->before, 1);
}

}  // namespace jiedui::test

/// The library syncs a store's folder by itself, past SQLite: the disk has to hear of it.
extern "C" int fsync(int file) {
  const jiedui::test::Undisturbed memory;
  struct stat found {};
  if (jiedui::test::Disk* disk = jiedui::test::present;
      disk != nullptr && ::fstat(file, &found) == 0 && S_ISDIR(found.st_mode)) {
    struct stat own {};
    if (::stat(disk->folder().c_str(), &own) == 0 && own.st_ino == found.st_ino)
      disk->sync_folder();
    return 0;
  }
  return static_cast<int>(::syscall(SYS_fsync, file));
}
