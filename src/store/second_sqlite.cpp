#include "store/second_sqlite.hpp"

#include <string>
#include <vector>

#include <dlfcn.h>
#include <sqlite3.h>
#ifdef __linux__
#include <link.h>
#endif

namespace jiedui::detail {

#ifdef __linux__

namespace {

/// How many objects were ever loaded: tells whether something is new.
std::uint64_t count_loaded() {
  std::uint64_t count = 0;
  dl_iterate_phdr(
      [](dl_phdr_info* object, std::size_t, void* out) {
        *static_cast<std::uint64_t*>(out) = object->dlpi_adds;
        return 1;
      },
      &count);
  return count;
}

std::vector<std::string> loaded_objects() {
  std::vector<std::string> names;
  dl_iterate_phdr(
      [](dl_phdr_info* object, std::size_t, void* out) {
        static_cast<std::vector<std::string>*>(out)->emplace_back(object->dlpi_name);
        return 0;
      },
      &names);
  return names;
}

/// Which object an address lies in.
const void* object_of(const void* address) {
  Dl_info info{};
  return dladdr(address, &info) == 0 ? nullptr : info.dli_fbase;
}

}  // namespace

bool SecondSqlite::present() {
  const std::uint64_t loaded = count_loaded();
  if (loaded == loaded_) return present_;
  bool present = false;
  // Through a function that SQLite itself hands out, as the address of one of its functions in a
  // program may be that of the program's jump table.
  const void* own = object_of(sqlite3_sourceid());
  for (const std::string& name : loaded_objects()) {
    void* object = ::dlopen(name.empty() ? nullptr : name.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (object == nullptr) continue;
    const auto found = reinterpret_cast<const char* (*)()>(::dlsym(object, "sqlite3_sourceid"));
    if (found != nullptr && object_of(found()) != own) present = true;
    ::dlclose(object);
  }
  // Only now: a search that found no memory is made again.
  loaded_ = loaded;
  return present_ = present;
}

#else

bool SecondSqlite::present() {
  return false;
}

#endif

}  // namespace jiedui::detail
