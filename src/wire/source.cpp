#include "wire/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jiedui/base/error.hpp"
#include "wire/encoding.hpp"

namespace jiedui::wire {

namespace {

[[noreturn]] void unreadable(const std::string& name, int error) {
  if (error == ENOENT || error == ENOTDIR)
    throw Error({.code = "file_missing",
                 .place = name,
                 .message = "there is no such file",
                 .way_out = "check the folder and the spelling"});
  throw Error({.code = "file_unreadable",
               .place = name,
               .message = std::generic_category().message(error),
               .way_out = "check the permissions and the disk"});
}

}  // namespace

void MemorySource::read(std::size_t offset, char* to, std::size_t count) const {
  if (count > 0) std::memcpy(to, bytes_.data() + offset, count);
}

FileSource::FileSource(const std::filesystem::path& path, std::size_t bytes_max)
    : name_(shown_name(path)) {
  // Without O_NONBLOCK, opening a named pipe would wait for its writer.
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file_ < 0) unreadable(name_, errno);
  try {
    struct stat status {};
    if (::fstat(file_, &status) != 0) unreadable(name_, errno);
    if (!S_ISREG(status.st_mode))
      throw Error({.code = "file_not_regular",
                   .place = name_,
                   .message = "this is a folder, a device or a pipe",
                   .allowed = "regular files",
                   .way_out = "name a file, or read the bytes yourself and pass them"});
    size_ = static_cast<std::size_t>(status.st_size);
    if (size_ > bytes_max)
      throw Error({.code = "file_too_large",
                   .place = name_,
                   .message = "the file has " + std::to_string(size_) + " bytes",
                   .allowed = "at most " + std::to_string(bytes_max) + " bytes",
                   .way_out = "split the file, or raise the limit in the options"});
  } catch (...) {
    ::close(file_);
    throw;
  }
}

FileSource::~FileSource() {
  ::close(file_);
}

void FileSource::read(std::size_t offset, char* to, std::size_t count) const {
  constexpr std::size_t at_once = std::size_t{1} << 30;
  while (count > 0) {
    const ssize_t got = ::pread(file_, to, std::min(count, at_once), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) unreadable(name_, errno);
    if (got == 0)
      throw Error({.code = "file_unreadable",
                   .place = name_,
                   .message = "the file became shorter while it was read",
                   .way_out = "read it when nobody writes to it"});
    offset += static_cast<std::size_t>(got);
    to += got;
    count -= static_cast<std::size_t>(got);
  }
}

Bytes read_all(const Source& source) {
  Bytes bytes{std::make_unique_for_overwrite<char[]>(source.size()), source.size()};
  source.read(0, bytes.data.get(), bytes.size);
  return bytes;
}

std::string shown_name(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  if (is_utf8(name)) return name;
  for (char& byte : name)  // an error's text must be one that every host can show
    if (static_cast<unsigned char>(byte) >= 0x80) byte = '?';
  return name;
}

}  // namespace jiedui::wire
