#include "jiedui/pairing/solve.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "common.hpp"
#include "jiedui/pairing/verify.hpp"
#include "plan.hpp"
#include "watch.hpp"

namespace jiedui::python {
namespace {

/// How often the interpreter looks for signals and shows progress while a solve runs.
constexpr std::chrono::milliseconds glance{20};

/// A solve on a thread of its own, and what it tells the interpreter's thread.
class Running {
 public:
  Running(const Market& market, int threads)
      : thread_([this, market, threads] { run(market, threads); }) {}
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
  Plan result() {
    if (failed_) std::rethrow_exception(failed_);
    return std::move(plan_);
  }

 private:
  void run(const Market& market, int threads) {
    try {
      plan_ = solve(market, {.threads = threads,
                             .stop = stop_.get_token(),
                             .progress = [this](const SolveProgress& at) {
                               const std::scoped_lock lock(mutex_);
                               news_ = at;
                             }});
    } catch (...) {
      failed_ = std::current_exception();
    }
    const std::scoped_lock lock(mutex_);
    has_ended_ = true;
    ended_.notify_all();
  }

  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;
  std::optional<SolveProgress> news_;
  Plan plan_;
  std::exception_ptr failed_;
  std::thread thread_;
};

DrawablePlan solve_watched(const Market& market, Whole<int> threads, const Progress& progress,
                           bool raise_interrupt) {
  Watch watch(progress, "pairing");
  std::optional<py::error_already_set> interruption;
  Plan plan;
  {
    Running running(market, threads);
    while (!running.wait()) {
      try {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (const auto news = running.news(); news && !interruption) watch.show(news->fraction);
      } catch (py::error_already_set& error) {
        if (interruption) raise_interrupt = true;  // asked again: waiting is not wanted
        interruption = error;
        running.stop();
      }
    }
    plan = running.result();
  }
  watch.close();
  if (interruption && (raise_interrupt || !interruption->matches(PyExc_KeyboardInterrupt)))
    throw py::error_already_set(*interruption);
  return DrawablePlan(std::move(plan), market.network());
}

}  // namespace

void bind_solve(py::module_& m) {
  m.def("solve", &solve_watched, "market"_a, py::kw_only(), "threads"_a = Whole<int>{1},
        "progress"_a = py::none(), "raise_interrupt"_a = false,
        (std::string(DOC("solve")) +
         "\n\nthreads: to use, 1 to 64; the answer is the same for any number.\n\nCtrl-C ends the "
         "solve and returns what was found, with status interrupted; with "
         "raise_interrupt=True it raises KeyboardInterrupt instead.\n\n"
         "progress: by default a bar where it takes over a second; True for a bar at once, False "
         "for none, or a function that gets the fraction done.")
            .c_str());

  py::class_<Verification> verification(m, "Verification", DOC("Verification"));
  py::class_<Verification::Finding>(verification, "Finding", "One thing that is wrong.")
      .def_readonly("code", &Verification::Finding::code, DOC("Verification.Finding.code"))
      .def_readonly("place", &Verification::Finding::place, DOC("Verification.Finding.place"))
      .def("__repr__", [](const Verification::Finding& self) {
        return "<jiedui.Verification.Finding " + self.code + ": " + self.place + ">";
      });
  verification.def_readonly("feasible", &Verification::feasible)
      .def_readonly("optimal", &Verification::optimal)
      .def_readonly("findings", &Verification::findings, DOC("Verification.findings"))
      .def_readonly("finding_count", &Verification::finding_count)
      .def_readonly("pairs_checked", &Verification::pairs_checked,
                    DOC("Verification.pairs_checked"))
      .def("__bool__", [](const Verification& self) { return static_cast<bool>(self); })
      .def("__repr__", [](const Verification& self) {
        return "<jiedui.Verification: " + std::string(self.feasible ? "" : "not ") + "feasible, " +
               (self.optimal ? "" : "not ") + "proved optimal, " +
               std::to_string(self.pairs_checked) + " pairs held against the prices, " +
               std::to_string(self.finding_count) + " findings>";
      });
  m.def(
      "verify",
      [](const DrawablePlan& plan, const Market& market, bool exhaustive, Whole<int> threads,
         const Progress& progress) {
        Watch watch(progress, "verifying");
        Verification found;
        {
          const py::gil_scoped_release unlocked;
          found =
              verify(plan, market,
                     {.exhaustive = exhaustive, .threads = threads, .control = watch.control()});
        }
        watch.close();
        return found;
      },
      "plan"_a, "market"_a, py::kw_only(), "exhaustive"_a = false, "threads"_a = Whole<int>{1},
      "progress"_a = py::none(),
      (std::string(DOC("verify")) +
       "\n\nexhaustive: looks at every volunteer for every need, by the definitions of the rules "
       "alone.\nthreads: to use, 1 to 64; the answer is the same for any number.\nprogress: as for "
       "solve.")
          .c_str());
}

}  // namespace jiedui::python
