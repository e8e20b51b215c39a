#include "wire/write_file.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jiedui/base/error.hpp"
#include "jiedui/base/id128.hpp"
#include "wire/source.hpp"

namespace jiedui::wire {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool valid() const { return number_ >= 0; }
  /// Closes now; on some file systems a late write error shows only here.
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

std::string reason(int error) {
  return std::generic_category().message(error);
}

[[noreturn]] void unwritable(const std::filesystem::path& path, int error) {
  throw Error({.code = "file_unwritable",
               .place = shown_name(path),
               .message = reason(error) + "; what was there before is untouched",
               .way_out = "check the folder, its permissions and the space left"});
}

/// Removes the unfinished file unless it was renamed.
class Unfinished {
 public:
  explicit Unfinished(std::filesystem::path path) : path_(std::move(path)) {}
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  const char* name() const { return path_.c_str(); }
  void keep() { path_.clear(); }

 private:
  std::filesystem::path path_;
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::write(file, bytes.data(), std::min<std::size_t>(bytes.size(), 1 << 30));
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

void write_file(const std::filesystem::path& path, std::span<const std::string_view> parts) {
  if (!path.has_filename()) unwritable(path, EISDIR);
  std::filesystem::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  IdGenerator ids;
  const std::string name = ids.next(0).to_string();
  Unfinished unfinished(folder / std::string(".").append(name).append(".unfinished"));
  Descriptor file(::open(unfinished.name(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.valid()) {
    const int error = errno;
    unfinished.keep();
    unwritable(path, error);
  }
  struct stat before {};
  if (::lstat(path.c_str(), &before) == 0 && S_ISREG(before.st_mode) &&
      ::fchmod(file.number(), before.st_mode & 07777) != 0)
    unwritable(path, errno);
  for (const std::string_view part : parts)
    if (!write_all(file.number(), part)) unwritable(path, errno);
  if (::fsync(file.number()) != 0 || !file.close()) unwritable(path, errno);
  if (::rename(unfinished.name(), path.c_str()) != 0) unwritable(path, errno);
  unfinished.keep();
  // The new name itself is safe only once the folder is on the disk.
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid() || (::fsync(directory.number()) != 0 && errno != EINVAL))
    throw Error({.code = "file_unwritable",
                 .place = shown_name(path),
                 .message = "the new file is in place, but the disk did not confirm its name: " +
                            reason(errno),
                 .way_out = "check the disk and write again"});
}

}  // namespace jiedui::wire
