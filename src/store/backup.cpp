#include "store/backup.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "jiedui/store/sqlite_journal.hpp"

namespace jiedui::detail {

namespace {

constexpr int pages_at_once = 256;

std::string name_of(const std::filesystem::path& path) {
  return path.filename().string();
}

[[noreturn]] void already_there(const std::filesystem::path& path) {
  throw Error({.code = "file_exists",
               .place = name_of(path),
               .message = "there is such a file already",
               .allowed = "a file that does not exist",
               .way_out = "name another file, or remove what an earlier backup has left"});
}

[[noreturn]] void unwritable(const std::filesystem::path& path, int reason) {
  throw Error(
      {.code = "file_unwritable",
       .place = name_of(path),
       .message = "the copy cannot be written (system error " + std::to_string(reason) + ")",
       .allowed = "an existing folder in which files may be made",
       .way_out = "check the path, its permissions and the free space"});
}

[[noreturn]] void interrupted(const std::filesystem::path& path) {
  throw Error({.code = "interrupted",
               .place = name_of(path),
               .message = "the backup was stopped; there is no copy",
               .allowed = "",
               .way_out = "start it again"});
}

/// The copy while it is made, under a name of its own; gone at the end, whatever it has become.
class Part {
 public:
  explicit Part(const std::filesystem::path& copy) : copy_(copy), path_(copy) {
    path_ += ".jiedui-part";
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(copy_, ignored)))
      already_there(copy_);
    const int file =
        ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file < 0 && errno == EEXIST) already_there(path_);
    if (file < 0) unwritable(path_, errno);
    ::close(file);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  ~Part() {
    for (const char* ending : {"", "-journal", "-wal", "-shm"})
      ::unlink((path_.string() + ending).c_str());
  }
  const std::filesystem::path& path() const { return path_; }

  void sync() const {
    const int file = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int reason = errno;
    if (file >= 0) ::close(file);
    if (!synced) unwritable(copy_, reason);
  }
  /// Gives it its name; unlike a renaming this never replaces a file.
  void finish() const {
    if (::link(path_.c_str(), copy_.c_str()) != 0) {
      if (errno == EEXIST) already_there(copy_);
      unwritable(copy_, errno);
    }
    const int folder = ::open(copy_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    const int reason = errno;
    if (folder >= 0) ::close(folder);
    if (synced) return;
    ::unlink(copy_.c_str());
    unwritable(copy_, reason);
  }

 private:
  std::filesystem::path copy_, path_;
};

/// Holds the source still from its first page to its last.
struct Still {
  Connection& connection;
  explicit Still(Connection& source) : connection(source) { connection.begin_read(); }
  Still(const Still&) = delete;
  Still& operator=(const Still&) = delete;
  ~Still() { connection.end_read(); }
};

struct BackupEnd {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

void copy_pages(Connection& connection, const Part& part, const Control& control) {
  SQLite::Database target(part.path().string(), SQLite::OPEN_READWRITE);
  // The file is synced as a whole at the end, and thrown away if it does not come to that.
  target.exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
  const std::unique_ptr<sqlite3_backup, BackupEnd> backup{
      sqlite3_backup_init(target.getHandle(), "main", connection.database().getHandle(), "main")};
  if (backup == nullptr) throw SQLite::Exception(target.getHandle());
  auto reported = std::chrono::steady_clock::now();
  for (int code = SQLITE_OK; code != SQLITE_DONE;) {
    if (control.stop.stop_requested()) interrupted(part.path());
    code = sqlite3_backup_step(backup.get(), pages_at_once);
    if (code != SQLITE_OK && code != SQLITE_DONE)
      throw SQLite::Exception("the copying of pages failed", code);
    const auto now = std::chrono::steady_clock::now();
    if (!control.progress || now - reported < std::chrono::milliseconds(50)) continue;
    reported = now;
    const int all = sqlite3_backup_pagecount(backup.get());
    const int left = sqlite3_backup_remaining(backup.get());
    control.progress(all == 0 ? 0.0 : static_cast<double>(all - left) / all);
  }
}

void verify_copy(const Part& part, const ChainHead& head, const Control& control) {
  auto copy = std::make_shared<Connection>(part.path(), OpenMode::read_only);
  sqlite3* handle = copy->database().getHandle();
  sqlite3_progress_handler(
      handle, 100'000,
      [](void* asked) { return static_cast<const Control*>(asked)->stop.stop_requested() ? 1 : 0; },
      const_cast<Control*>(&control));
  std::string health;
  try {
    health = copy->database().execAndGet("PRAGMA integrity_check(1)").getString();
  } catch (const SQLite::Exception& exception) {
    if (exception.getErrorCode() == SQLITE_INTERRUPT) interrupted(part.path());
    copy->fail(exception);
  }
  sqlite3_progress_handler(handle, 0, nullptr, nullptr);
  if (health == "ok" && SqliteJournal{copy}.head() == head) return;
  throw Error({.code = "backup_differs",
               .place = name_of(part.path()),
               .message = health == "ok" ? "the copy does not end at the head of the store"
                                         : "SQLite says of the copy: " + health,
               .allowed = "a copy equal to a sound store",
               .way_out = "verify the store and check the disks; there is no copy"});
}

}  // namespace

ChainHead back_up(Connection& connection, const std::filesystem::path& copy,
                  const std::function<ChainHead()>& head, const Control& control) {
  const std::filesystem::path whole = std::filesystem::absolute(copy);
  const Part part{whole};
  const ChainHead copied = connection.run([&] {
    const Still still{connection};
    const ChainHead at = head();
    copy_pages(connection, part, control);
    return at;
  });
  part.sync();
  verify_copy(part, copied, control);
  part.finish();
  return copied;
}

}  // namespace jiedui::detail
