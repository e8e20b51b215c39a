#pragma once

#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace jiedui::test {

/// Runs in a process of its own, which ends without destructors or tests of its own.
template <class Work>
pid_t in_child(Work&& work) {
  const pid_t child = ::fork();
  // Its number would be -1, and a kill of that ends every process.
  if (child < 0) throw std::runtime_error("no new process");
  if (child != 0) return child;
  int code = 1;
  try {
    work();
    code = 0;
  } catch (...) {
  }
  ::_exit(code);
}

inline bool succeeded_child(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace jiedui::test
