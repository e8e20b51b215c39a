#include "jiedui/pairing/solver/instance.hpp"

#include "common.hpp"

// The pairing problem in numbers: what Market.limits and Market.instance() show.

namespace jiedui::python {
namespace {

using solver::Candidate;
using solver::ChosenPair;
using solver::Instance;
using solver::Limits;

std::optional<std::uint32_t> slot_of(const Candidate& candidate) {
  if (candidate.slot == Candidate::no_slot) return std::nullopt;
  return candidate.slot;
}

std::string described(const Candidate& candidate) {
  const auto slot = slot_of(candidate);
  return "volunteer " + std::to_string(candidate.volunteer) + ", slot " +
         (slot ? std::to_string(*slot) : "none") + ", " + std::to_string(candidate.points) +
         " points>";
}

template <auto Member>
NumpyArray numbers_view(const py::object& self) {
  return view(self.cast<const Limits&>().*Member, self);
}

NumpyArray candidates_view(const py::object& self, std::uint64_t first, std::uint64_t end) {
  const auto& candidates = self.cast<const Instance&>().candidates;
  py::array_t<Candidate> array(static_cast<py::ssize_t>(end - first), candidates.data() + first,
                               self);
  array.attr("setflags")("write"_a = false);
  return array;
}

void check_index(std::size_t index, std::size_t size, const char* what) {
  if (index >= size) throw py::index_error(std::string("there is no such ") + what);
}

void bind_candidates(py::module_& m) {
  PYBIND11_NUMPY_DTYPE(Candidate, volunteer, slot, points);
  py::class_<Candidate> candidate(m, "Candidate", DOC("solver.Candidate"));
  candidate.attr("no_slot") = Candidate::no_slot;
  candidate
      .def(py::init([](Whole<std::uint32_t> volunteer, Whole<std::int64_t> points,
                       std::optional<Whole<std::uint32_t>> slot) {
             return Candidate{volunteer, slot ? slot->value : Candidate::no_slot, points};
           }),
           "volunteer"_a, "points"_a = Whole<std::int64_t>{0}, "slot"_a = py::none())
      .def_property_readonly("volunteer",
                             [](const Candidate& self) { return VolunteerIndex{self.volunteer}; })
      .def_property_readonly("slot", &slot_of, "The stretch of time it takes, or None.")
      .def_readonly("points", &Candidate::points)
      .def("__eq__", &equal<Candidate>, "other"_a)
      .def("__repr__",
           [](const Candidate& self) { return "<jiedui.Candidate " + described(self); });
  py::class_<ChosenPair>(m, "ChosenPair", "A candidate of a need, or of a line of one.")
      .def(py::init([](Whole<std::uint32_t> need, const Candidate& candidate) {
             return ChosenPair{need, candidate};
           }),
           "need"_a, "candidate"_a)
      .def_property_readonly(
          "need", [](const ChosenPair& self) { return NeedIndex{self.need}; },
          DOC("solver.ChosenPair.need"))
      .def_readonly("candidate", &ChosenPair::candidate)
      .def("__eq__", &equal<ChosenPair>, "other"_a)
      .def("__repr__", [](const ChosenPair& self) {
        return "<jiedui.ChosenPair need " + std::to_string(self.need) + ", " +
               described(self.candidate);
      });
}

void bind_limits(py::module_& m) {
  py::class_<Limits> limits(m, "Limits", DOC("solver.Limits"));
  limits.attr("tiers_max") = Limits::tiers_max;
  limits.attr("points_max") = Limits::points_max;
  limits.attr("no_organisation") = Limits::no_organisation;
  const auto column = [&](const char* name, auto get) {
    limits.def_property_readonly(name, get, doc("solver.Limits." + std::string(name)));
  };
  column("capacity", &numbers_view<&Limits::capacity>);
  column("demand", &numbers_view<&Limits::demand>);
  column("tier", &numbers_view<&Limits::tier>);
  column("need", &numbers_view<&Limits::need>);
  column("least", &numbers_view<&Limits::least>);
  column("load_cost", &numbers_view<&Limits::load_cost>);
  column("load_before", &numbers_view<&Limits::load_before>);
  column("organisation", &numbers_view<&Limits::organisation>);
  column("organisation_total", &numbers_view<&Limits::organisation_total>);
  limits.def_readonly("pinned", &Limits::pinned, DOC("solver.Limits.pinned"))
      .def_property_readonly("volunteers", &Limits::volunteers, "How many volunteers there are.")
      .def_property_readonly("needs", &Limits::needs, "How many lines of needs there are.")
      .def(
          "need_of",
          [](const Limits& self, Whole<std::uint32_t> line) {
            check_index(line, self.needs(), "line");
            return self.need_of(line);
          },
          "line"_a, "The need that a line is of.")
      .def(
          "cost_of",
          [](const Limits& self, Whole<std::uint32_t> volunteer, Whole<std::int32_t> number) {
            check_index(volunteer, self.volunteers(), "volunteer");
            if (number < 1) throw py::value_error("pairs are counted from 1");
            return self.cost_of(volunteer, number);
          },
          "volunteer"_a, "number"_a, DOC("solver.Limits.cost_of"))
      .def("__repr__", [](const Limits& self) {
        return "<jiedui.Limits of " + std::to_string(self.volunteers()) + " volunteers, " +
               std::to_string(self.needs()) + " lines of needs, " +
               std::to_string(self.pinned.size()) + " pins>";
      });
}

}  // namespace

void bind_instance(py::module_& m) {
  bind_candidates(m);
  bind_limits(m);
  py::class_<Instance, Limits>(m, "Instance", DOC("solver.Instance"))
      .def_property_readonly(
          "first",
          [](const py::object& self) -> NumpyArray {
            return view(self.cast<const Instance&>().first, self);
          },
          DOC("solver.Instance.first"))
      .def_property_readonly(
          "candidates",
          [](const py::object& self) {
            return candidates_view(self, 0, self.cast<const Instance&>().candidates.size());
          },
          "All candidates, need by need, as an array of (volunteer, slot, points).")
      .def(
          "candidates_of",
          [](const py::object& self, Whole<std::uint32_t> need) {
            const auto& numbers = self.cast<const Instance&>();
            check_index(need, numbers.needs(), "need");
            return candidates_view(self, numbers.first[need], numbers.first[need.value + 1]);
          },
          "need"_a, "The candidates of one need, by its index.")
      .def("__repr__", [](const Instance& self) {
        return "<jiedui.Instance: " + std::to_string(self.volunteers()) + " volunteers, " +
               std::to_string(self.needs()) + " lines of needs, " +
               std::to_string(self.candidates.size()) + " candidates>";
      });
}

}  // namespace jiedui::python
