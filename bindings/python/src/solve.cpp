#include "jiedui/pairing/solve.hpp"

#include "common.hpp"
#include "jiedui/pairing/verify.hpp"
#include "plan.hpp"
#include "running.hpp"

namespace jiedui::python {
namespace {

DrawablePlan solve_watched(const Market& market, const std::optional<DrawablePlan>& before,
                           Whole<int> threads, const SolveWatch& progress, bool raise_interrupt) {
  Plan plan;
  const Interruption interruption =
      run_watched(progress, threads, before ? &*before : nullptr,
                  [&](const SolveOptions& options) { plan = solve(market, options); });
  if (interruption.error && (raise_interrupt || interruption.is_urgent ||
                             !interruption.error->matches(PyExc_KeyboardInterrupt)))
    throw py::error_already_set(*interruption.error);
  return DrawablePlan(std::move(plan), market.network());
}

}  // namespace

void bind_solve(py::module_& m) {
  m.def(
      "solve", &solve_watched, "market"_a, py::kw_only(), "before"_a = py::none(),
      "threads"_a = Whole<int>{1}, "progress"_a = py::none(), "raise_interrupt"_a = false,
      (std::string(DOC("solve")) +
       "\n\nbefore: a plan; among equally good plans the one with the fewest changes against it is "
       "given. Pairs of people or needs that the market does not know are left aside.\n"
       "threads: to use, 1 to 64; the answer is the same for any number.\n\nCtrl-C ends the "
       "solve and returns what was found, with status interrupted; with "
       "raise_interrupt=True it raises KeyboardInterrupt instead.\n\n"
       "progress: by default a bar where it takes over a second; True for a bar at once, False "
       "for none, or a function that gets a SolveProgress: the fraction done, with value and "
       "bound.")
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
