#pragma once

#include <stop_token>

#include "common.hpp"
#include "jiedui/base/control.hpp"
#include "jiedui/pairing/solve.hpp"

namespace jiedui::python {

/// What the argument `progress` of a long call may be.
using Progress = As<"bool | collections.abc.Callable[[float], object] | None">;

/// Shows how far a long call is, as the user asked for, and lets Ctrl-C through.
class Watch {
 public:
  Watch(const py::object& progress, const char* what)
      : watcher_(py::module_::import("jiedui.progress").attr("Watcher")(progress, what)) {}

  /// For a call on this thread, with the interpreter free: an exception of a signal handler or of
  /// the user's function ends it. Valid while this watch lives.
  Control control() {
    return {.stop = {}, .progress = [this](double fraction) {
              const py::gil_scoped_acquire locked;
              if (PyErr_CheckSignals() != 0) throw py::error_already_set();
              show(fraction);
            }};
  }
  /// The same for a call that keeps what it found: Ctrl-C asks it to stop, a second one ends it.
  Control keeping_control() {
    return {.stop = asked_.get_token(), .progress = [this](double fraction) {
              const py::gil_scoped_acquire locked;
              if (PyErr_CheckSignals() != 0) {
                if (asked_.stop_requested() || PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) == 0)
                  throw py::error_already_set();
                PyErr_Clear();
                asked_.request_stop();
              }
              show(fraction);
            }};
  }
  void show(double fraction) { watcher_.attr("show")(fraction); }
  void show(const SolveProgress& at) {
    watcher_.attr("show_solve")(at.fraction, at.value, at.bound);
  }
  void close() { watcher_.attr("close")(); }

 private:
  py::object watcher_;
  std::stop_source asked_;
};

}  // namespace jiedui::python
