#pragma once

#include <functional>
#include <optional>

#include "jiedui/pairing/solve.hpp"
#include "watch.hpp"

namespace jiedui::python {

/// What the argument `progress` of a solve may be.
using SolveWatch =
    As<"bool | collections.abc.Callable[[jiedui.progress.SolveProgress], object] | None">;

/// Why a solve was stopped: the exception of a signal handler, or of the user's progress.
struct Interruption {
  std::optional<py::error_already_set> error;
  bool is_urgent = false;  ///< asked for twice
};

/// Calls work(options) on a thread of its own, with the interpreter free, while this one shows
/// progress and lets Ctrl-C through, which stops the solve.
///
/// @throws what the work throws; if that is because it was stopped, the exception that stopped it.
Interruption run_watched(const SolveWatch& progress, int threads, const Plan* before,
                         std::function<void(const SolveOptions&)> work);

}  // namespace jiedui::python
