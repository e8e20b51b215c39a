#include "store/file_lock.hpp"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "jiedui/base/error.hpp"

namespace jiedui::detail {

FileLock::FileLock(const std::filesystem::path& store) {
  std::filesystem::path side = store;
  side += ".jiedui-lock";
  file_ = ::open(side.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file_ < 0)
    throw Error({.code = "store_not_writable",
                 .place = side.filename().string(),
                 .message = "the lock file beside the store cannot be opened (system error " +
                            std::to_string(errno) + ")",
                 .allowed = "an existing folder in which files may be made",
                 .way_out = "check the path and the folder's permissions, or open read-only"});
}

FileLock::~FileLock() {
  ::close(file_);
}

bool FileLock::lock(std::chrono::milliseconds patience) {
  using namespace std::chrono_literals;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  // Waits a little longer each time: most writers are done within a commit's few milliseconds.
  for (auto pause = 100us;; pause = std::min<std::chrono::microseconds>(2 * pause, 10ms)) {
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return true;
    const bool held_by_other = errno == EWOULDBLOCK || errno == EINTR;
    if (!held_by_other || std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(pause);
  }
}

void FileLock::unlock() noexcept {
  ::flock(file_, LOCK_UN);
}

}  // namespace jiedui::detail
