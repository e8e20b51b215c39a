#pragma once

#include <cstdlib>
#include <memory_resource>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

// Private to the room.

namespace jiedui::solver {

/// Memory in huge pages where the system has them to give. A solve reads all over its arrays, and
/// with small pages most of those reads would look up an address first.
class HugePages final : public std::pmr::memory_resource {
 public:
  static HugePages* get() {
    static HugePages resource;
    return &resource;
  }

 private:
  static constexpr std::size_t page = std::size_t{2} << 20U;

  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (bytes < page) return ::operator new (bytes, std::align_val_t{alignment});
    void* memory = ::operator new (bytes, std::align_val_t{page});
#if defined(__linux__)
    ::madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return memory;
  }
  void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override {
    ::operator delete (memory, std::align_val_t{bytes < page ? alignment : page});
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace jiedui::solver
