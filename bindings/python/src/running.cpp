#include "running.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace jiedui::python {
namespace {

/// How often the interpreter looks for signals and shows progress while a solve runs.
constexpr std::chrono::milliseconds glance{20};

/// A solve on a thread of its own, and what it tells the interpreter's thread.
class Running {
 public:
  using Work = std::function<void(const SolveOptions&)>;
  Running(int threads, const Plan* before, Work work)
      : work_(std::move(work)), thread_([this, threads, before] { run(threads, before); }) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    stop();
    const py::gil_scoped_release unlocked;
    thread_.join();
  }

  void stop() { stop_.request_stop(); }
  /// Waits for a moment; true once the solve has ended.
  bool wait() {
    const py::gil_scoped_release unlocked;
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, glance, [this] { return has_ended_; });
  }
  /// What has been reported since the last call.
  std::optional<SolveProgress> news() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(news_, std::nullopt);
  }
  std::exception_ptr failure() const { return failed_; }

 private:
  void run(int threads, const Plan* before) {
    SolveOptions options;
    options.threads = threads;
    options.stop = stop_.get_token();
    options.progress = [this](const SolveProgress& at) {
      const std::scoped_lock lock(mutex_);
      news_ = at;
    };
    options.before = before;
    try {
      work_(options);
    } catch (...) {
      failed_ = std::current_exception();
    }
    const std::scoped_lock lock(mutex_);
    has_ended_ = true;
    ended_.notify_all();
  }

  Work work_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;
  std::optional<SolveProgress> news_;
  std::exception_ptr failed_;
  std::thread thread_;
};

}  // namespace

Interruption run_watched(const SolveWatch& progress, int threads, const Plan* before,
                         std::function<void(const SolveOptions&)> work) {
  Watch watch(progress, "pairing");
  Interruption interruption;
  std::exception_ptr failure;
  {
    Running running(threads, before, std::move(work));
    while (!running.wait()) {
      try {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (const auto news = running.news(); news && !interruption.error) watch.show(*news);
      } catch (py::error_already_set& error) {
        interruption.is_urgent = interruption.error.has_value();
        interruption.error = error;
        running.stop();
      }
    }
    failure = running.failure();
  }
  watch.close();
  if (failure && interruption.error) throw py::error_already_set(*interruption.error);
  if (failure) std::rethrow_exception(failure);
  return interruption;
}

}  // namespace jiedui::python
