#include "survival/failing_memory.hpp"

#include <cstdlib>
#include <new>

#include <sqlite3.h>

namespace {

std::int64_t until_failure = -1;  // allocations until one fails; -1: none does
bool fails_for_good = false;
bool has_failed = false;
int undisturbed = 0;

bool fails() {
  if (until_failure < 0 || undisturbed > 0) return false;
  if (until_failure > 0) {
    --until_failure;
    return false;
  }
  has_failed = true;
  if (!fails_for_good) until_failure = -1;
  return true;
}

sqlite3_mem_methods system_methods;

void* failing_malloc(int size) {
  return fails() ? nullptr : system_methods.xMalloc(size);
}
void* failing_realloc(void* memory, int size) {
  return fails() ? nullptr : system_methods.xRealloc(memory, size);
}

/// SQLite takes its allocator before it is used first: before main.
const bool installed = [] {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_methods);
  sqlite3_mem_methods methods = system_methods;
  methods.xMalloc = failing_malloc;
  methods.xRealloc = failing_realloc;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
}();

void* allocate(std::size_t size) {
  if (fails()) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace

namespace jiedui::test {

void FailingMemory::arm(std::int64_t nth, bool for_good) {
  if (!installed) std::abort();
  has_failed = false;
  fails_for_good = for_good;
  until_failure = nth - 1;
}

bool FailingMemory::disarm() {
  until_failure = -1;
  return has_failed;
}

Undisturbed::Undisturbed() {
  ++undisturbed;
}
Undisturbed::~Undisturbed() {
  --undisturbed;
}

}  // namespace jiedui::test

void* operator new(std::size_t size) {
  if (void* memory = allocate(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
