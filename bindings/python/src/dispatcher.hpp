#pragma once

#include <memory>
#include <mutex>

#include "common.hpp"
#include "jiedui/pairing/dispatcher.hpp"
#include "plan.hpp"
#include "running.hpp"

namespace jiedui::python {

/// The class Dispatcher of Python: lets one thread in at a time.
class HeldDispatcher {
 public:
  HeldDispatcher(const Market& market, const std::optional<DrawablePlan>& before, int threads,
                 const SolveWatch& progress) {
    run(progress, threads, before ? &*before : nullptr, [&](const SolveOptions& options) {
      dispatcher_ = std::make_unique<Dispatcher>(market, options);
    });
  }

  explicit HeldDispatcher(Dispatcher dispatcher)
      : dispatcher_(std::make_unique<Dispatcher>(std::move(dispatcher))) {}

  /// Works on it with the interpreter free for other threads.
  template <class Work>
  auto with(Work&& work) {
    const py::gil_scoped_release unlocked;
    const std::scoped_lock lock(mutex_);
    return std::forward<Work>(work)(*dispatcher_);
  }
  PlanChange update(const Market& market, int threads, const SolveWatch& progress) {
    PlanChange change;
    run(progress, threads, nullptr, [&](const SolveOptions& options) {
      const std::scoped_lock lock(mutex_);
      change = dispatcher_->update(market, options);
    });
    return change;
  }

 private:
  /// What is stopped has no result to keep: the interruption goes on.
  static void run(const SolveWatch& progress, int threads, const Plan* before,
                  const std::function<void(const SolveOptions&)>& work) {
    const Interruption interruption = run_watched(progress, threads, before, work);
    if (interruption.error) throw py::error_already_set(*interruption.error);
  }

  std::mutex mutex_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace jiedui::python
