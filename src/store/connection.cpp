#include "store/connection.hpp"

#include <cerrno>
#include <fstream>
#include <new>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "jiedui/ledger/hash.hpp"
#include "store/schema.hpp"

namespace jiedui::detail {

namespace {

constexpr std::chrono::milliseconds patience{5'000};
constexpr int wal_frames_max = 4'000;  // 16 MiB at SQLite's page of 4 KiB
constexpr int text_bytes_max = 64 << 20;

/// "town.jiedui": where the file lies may tell who uses it.
std::string name_of(const std::filesystem::path& path) {
  return path.filename().string();
}

[[noreturn]] void foreign(const std::filesystem::path& path, const char* message) {
  throw Error({.code = "store_foreign",
               .place = name_of(path),
               .message = message,
               .allowed = "files made by jiedui",
               .way_out = "check the path; to start a new store, name a file that does not exist"});
}

/// One name for the file, however it was reached, so that all its writers meet at one lock.
std::filesystem::path whole(const std::filesystem::path& path) {
  std::error_code failed;
  auto found = std::filesystem::weakly_canonical(std::filesystem::absolute(path, failed), failed);
  return failed ? path : found;
}

[[noreturn]] void altered(const std::filesystem::path& path, const char* message,
                          const char* way_out) {
  throw Error({.code = "store_altered",
               .place = name_of(path),
               .message = message,
               .allowed = "files that only jiedui has written",
               .way_out = way_out});
}

/// Refuses what SQLite would not open, with a clearer word, and a rollback journal, which SQLite
/// would play back into the file.
void check_header(const std::filesystem::path& path) {
  static constexpr std::string_view magic{"SQLite format 3\0", 16};
  static constexpr std::string_view wal_mode{"\2\2", 2};  // at 18: how to write and read it
  static constexpr std::uintmax_t page_bytes = 4'096;
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (ignored || size == 0) return;
  std::string first(20, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(first.data(), static_cast<std::streamsize>(first.size()));
  if (!first.starts_with(magic)) foreign(path, "the file is no SQLite database");
  // While a store is made there is such a journal: the file is one page then.
  std::filesystem::path journal = path;
  journal += "-journal";
  const auto left = std::filesystem::file_size(journal, ignored);
  if (!ignored && left > 0 && size > page_bytes && first.ends_with(wal_mode))
    altered(path, "a rollback journal lies beside it, which jiedui never makes for a store",
            "move the file that ends in -journal away, and verify the store");
}

/// Makes the file's name durable, and that SQLite's first journal is gone. At every opening: who
/// made the file may have ended before doing so.
void sync_folder(const std::filesystem::path& path) {
  const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  const bool failed = ::fsync(folder) != 0 && errno != EINVAL;  // some file systems have no need
  ::close(folder);
  if (failed)
    throw Error({.code = "store_io",
                 .place = name_of(path),
                 .message = "the folder could not be synced to the disk",
                 .allowed = "a disk that works",
                 .way_out = "mend the disk, open the store again and verify it"});
}

}  // namespace

Connection::Connection(const std::filesystem::path& path, OpenMode mode, const std::string& zone,
                       bool untrusted)
    : path_(whole(path)), mode_(mode), process_(::getpid()) {
  std::error_code ignored;
  const bool exists = std::filesystem::exists(path_, ignored);
  if (!exists && mode != OpenMode::create)
    throw Error({.code = "store_missing",
                 .place = name_of(path_),
                 .message = "there is no such file",
                 .allowed = "the path of a store",
                 .way_out = "check the path, or use open_or_create"});
  if (exists) check_header(path_);
  if (!read_only()) {
    refuse_second_sqlite();
    lock_.emplace(path_);
  }
  run([&] {
    open(mode);
    configure();
    migrate(mode, zone, untrusted);
    if (!read_only()) look_for_writers();
  });
  if (!read_only()) sync_folder(path_);
}

Connection::~Connection() {
  if (!database_) return;
  if (forked()) {
    // The connection and the lock are the parent's too: closing them here would let go of them
    // there.
    static_cast<void>(database_.release());
    return;
  }
  rollback();
  // A WAL left behind is read at the next opening; emptying it only makes the file easier to move.
  if (!read_only() && !broken_ && lock_ && lock_->lock(std::chrono::milliseconds{0})) {
    checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    lock_->unlock();
  }
}

void Connection::open(OpenMode mode) {
  int flags = SQLite::OPEN_READWRITE;
  if (mode == OpenMode::read_only) flags = SQLite::OPEN_READONLY;
  if (mode == OpenMode::create) flags |= SQLite::OPEN_CREATE;
  // A store is used by one thread at a time: SQLite need not lock it at every value.
  flags |= SQLite::OPEN_NOMUTEX;
  database_ =
      std::make_unique<SQLite::Database>(path_.string(), flags, static_cast<int>(patience.count()));
}

void Connection::configure() {
  sqlite3* handle = database_->getHandle();
  sqlite3_extended_result_codes(handle, 1);
  // Whoever can write to the file must not be able to make this process run SQL of theirs.
  for (const auto& [option, value] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                      {SQLITE_DBCONFIG_DQS_DML, 0},
                                      {SQLITE_DBCONFIG_DQS_DDL, 0},
                                      {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                      {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}})
    sqlite3_db_config(handle, option, value, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, text_bytes_max);
  sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 10);
  // mmap is off because a stray pointer could then write into the file; the checkpoints are ours.
  // fullfsync counts on macOS only, where fsync leaves data in the disk's own memory.
  database_->exec(
      "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON;"
      "PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;"
      "PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON; PRAGMA cache_size=-65536; PRAGMA "
      "wal_autocheckpoint=0");
  sqlite3_wal_hook(
      handle,
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<Connection*>(self)->wal_frames_ = frames;
        return SQLITE_OK;
      },
      this);
}

/// Checks whose file this is, and brings it to the version of this library.
void Connection::migrate(OpenMode mode, const std::string& zone, bool untrusted) {
  const auto pragma = [&](const char* name) {
    return database_->execAndGet(std::string("PRAGMA ") + name).getInt();
  };
  const auto look = [&] {
    const bool fresh = pragma("application_id") == 0 && pragma("user_version") == 0 &&
                       database_->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
    if (!fresh && pragma("application_id") != application_id)
      foreign(path_, "the SQLite file belongs to another program");
    if (fresh && mode != OpenMode::create) foreign(path_, "the file is empty");
    return pragma("user_version");
  };
  int version = look();
  if (version > schema_version)
    throw Error(
        {.code = "store_newer",
         .place = name_of(path_),
         .message = "the store has version " + std::to_string(version) + ", made by a newer jiedui",
         .allowed = "versions up to " + std::to_string(schema_version),
         .way_out = "update jiedui"});
  const bool wal = database_->execAndGet("PRAGMA journal_mode").getString() == "wal";
  if (version == schema_version && (wal || (untrusted && read_only()))) return;
  if (version == schema_version && !untrusted)
    altered(path_, "a program that is not jiedui has changed its journal mode, or written it anew",
            "open it as untrusted, which checks all of it and sets the mode right");
  if (read_only())
    throw Error({.code = "store_older",
                 .place = name_of(path_),
                 .message = "the store has to be brought to version " +
                            std::to_string(schema_version) + " first",
                 .allowed = "version " + std::to_string(schema_version),
                 .way_out = "open it once for writing"});
  lock();
  try {
    database_->exec("PRAGMA journal_mode=WAL");
    database_->exec("BEGIN IMMEDIATE");
    version = look();  // another process may have been quicker
    const bool fresh = version == 0;
    for (; version < schema_version; ++version)
      database_->exec(migrations[static_cast<std::size_t>(version)]);
    if (fresh) identify(zone);
    database_->exec("PRAGMA user_version=" + std::to_string(schema_version));
    database_->exec("COMMIT");
  } catch (...) {
    database_->tryExec("ROLLBACK");
    lock_->unlock();
    throw;
  }
  lock_->unlock();
}

/// Says of a new store whose it is, and gives it what never changes.
void Connection::identify(const std::string& zone) {
  database_->exec("PRAGMA application_id=" + std::to_string(application_id));
  const Hash256 random = random_secret();
  SQLite::Statement setting{*database_, "INSERT INTO settings (name, value) VALUES (?, ?)"};
  setting.bind(1, "book");
  setting.bind(2, random.bytes.data(), 16);
  setting.exec();
  setting.reset();
  setting.bind(1, "zone");
  setting.bind(2, zone);
  setting.exec();
}

void Connection::refuse_second_sqlite() {
  if (!second_sqlite_.present()) return;
  throw Error({.code = "store_second_sqlite",
               .place = name_of(path_),
               .message = "this process has loaded a second copy of SQLite, which could let go of"
                          " the locks on the file",
               .allowed = "one copy of SQLite in a process that writes; reading is allowed",
               .way_out = "use the system's SQLite in all of the process, or another process"});
}

void Connection::lock() {
  if (lock_->lock(patience)) return;
  throw Error({.code = "store_busy",
               .place = name_of(path_),
               .message = "another writer has held the store for 5 s",
               .allowed = "one writer at a time",
               .way_out = "try again; end programs that keep a transaction open"});
}

void Connection::refuse_broken() const {
  if (broken_)
    throw Error({.code = "store_broken",
                 .place = name_of(path_),
                 .message =
                     "the disk failed earlier; what is durable is uncertain until it is read "
                     "again",
                 .allowed = "reading",
                 .way_out = "mend the disk, open the store again and verify it"});
}

/// Only under the lock: whoever is in the way then does not know it.
void Connection::begin_immediate() {
  const int code = database_->tryExec("BEGIN IMMEDIATE");
  if ((code & 0xFF) == SQLITE_BUSY)
    throw Error({.code = "store_busy",
                 .place = name_of(path_),
                 .message = "a program that is not jiedui has held the file for 5 s",
                 .allowed = "reading only, in other programs",
                 .way_out = "end that program, or let it open the file with mode=ro"});
  if (code != SQLITE_OK) throw SQLite::Exception(database_->getHandle(), code);
}

/// Whether another program is writing at this moment. A writer of jiedui's has the lock.
void Connection::look_for_writers() {
  if (!lock_->lock(std::chrono::milliseconds{0})) return;
  try {
    begin_immediate();
  } catch (...) {
    lock_->unlock();
    throw;
  }
  ending_ = true;
  end_transaction();
}

void Connection::begin_write() {
  if (read_only())
    throw Error({.code = "store_read_only",
                 .place = name_of(path_),
                 .message = "the store was opened for reading only",
                 .allowed = "reading",
                 .way_out = "open it for writing"});
  refuse_second_sqlite();
  refuse_broken();
  if (forked())
    throw Error({.code = "store_forked",
                 .place = name_of(path_),
                 .message = "the store was opened before this process was forked",
                 .allowed = "a store of the process's own",
                 .way_out = "open the store again in the new process"});
  if (reading_ > 0)
    throw Error({.code = "snapshot_open",
                 .place = name_of(path_),
                 .message = "nothing can be written while the books are held still for reading",
                 .allowed = "a snapshot, or a transaction",
                 .way_out = "let the snapshot go first"});
  JIEDUI_CHECK(!writing_);
  settle();
  lock();
  try {
    run([&] { begin_immediate(); });
  } catch (...) {
    lock_->unlock();
    throw;
  }
  writing_ = true;
}

void Connection::commit() {
  JIEDUI_CHECK(writing_);
  run([&] { database_->exec("COMMIT"); });
  writing_ = false;
  // The commit is durable already: a checkpoint that does not succeed is made up for by the next.
  if (wipe_)
    wipe_ = checkpoint(SQLITE_CHECKPOINT_TRUNCATE) != SQLITE_OK;
  else if (wal_frames_ > wal_frames_max)
    checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  lock_->unlock();
}

bool Connection::forked() const {
  return process_ != ::getpid();
}

void Connection::rollback() noexcept {
  if (!writing_ || forked()) return;
  writing_ = false;
  ending_ = true;
  end_transaction();
}

/// Without memory it stays open, and is ended before anything else is done.
void Connection::end_transaction() noexcept {
  database_->tryExec("ROLLBACK");
  if (sqlite3_get_autocommit(database_->getHandle()) == 0) return;
  ending_ = false;
  if (lock_) lock_->unlock();
}

void Connection::settle() {
  if (ending_) end_transaction();
  if (ending_) throw std::bad_alloc();
}

void Connection::begin_read() {
  if (reading_ == 0 && !writing_) run([&] { database_->exec("BEGIN"); });
  ++reading_;
}

void Connection::end_read() noexcept {
  --reading_;
  if (reading_ > 0 || writing_) return;
  ending_ = true;
  end_transaction();
}

bool Connection::empty_wal() {
  if (read_only() || writing_ || forked()) return false;
  refuse_broken();
  settle();
  lock();
  const int code = checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  lock_->unlock();
  const int kind = code & 0xFF;
  if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) return false;
  if (code != SQLITE_OK) run([&] { throw SQLite::Exception(database_->getHandle(), code); });
  return true;
}

/// Only under the lock. Does not wait for readers.
int Connection::checkpoint(int sqlite_mode) noexcept {
  sqlite3* handle = database_->getHandle();
  sqlite3_busy_timeout(handle, 0);
  const int code = sqlite3_wal_checkpoint_v2(handle, nullptr, sqlite_mode, nullptr, nullptr);
  sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
  if (code == SQLITE_OK) wal_frames_ = 0;
  broken_ = broken_ || (code & 0xFF) == SQLITE_IOERR;
  return code;
}

void Connection::fail(const SQLite::Exception& exception) {
  const int code = exception.getExtendedErrorCode() > 0 ? exception.getExtendedErrorCode()
                                                        : exception.getErrorCode();
  Error::Parts parts{.place = name_of(path_),
                     .message = std::string("SQLite says: ") + exception.what() + " (" +
                                std::to_string(code) + ")"};
  if ((code & 0xFF) == SQLITE_NOMEM) throw std::bad_alloc();
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      parts.code = "store_busy";
      parts.allowed = "one writer at a time";
      parts.way_out = "try again; end programs that keep a transaction open";
      break;
    case SQLITE_FULL:
      parts.code = "store_full";
      parts.allowed = "free space on the disk";
      parts.way_out = "make room; nothing of this call is in the store";
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      parts.code = "store_corrupt";
      parts.allowed = "files that only jiedui has written";
      parts.way_out = "verify the store, and restore a copy that verifies";
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      parts.code = "store_not_writable";
      parts.allowed = "a file and a folder that this program may write to";
      parts.way_out = "check path and permissions, or open read-only";
      break;
    case SQLITE_IOERR:
      broken_ = broken_ || writing_;
      parts.code = "store_io";
      parts.allowed = "a disk that works";
      parts.way_out = "mend the disk, open the store again and verify it";
      break;
    case SQLITE_CONSTRAINT:
      parts.code = "store_inconsistent";
      parts.allowed = "rows that only jiedui has written";
      parts.way_out = "verify the store, and restore a copy that verifies";
      break;
    case SQLITE_TOOBIG:
      parts.code = "text_too_large";
      parts.allowed = "64 MiB a cell";
      parts.way_out = "shorten the text";
      break;
    default:
      parts.code = "store_failed";
      parts.allowed = "";
      parts.way_out = "verify the store; if it is sound, report this";
  }
  throw Error(std::move(parts));
}

}  // namespace jiedui::detail
