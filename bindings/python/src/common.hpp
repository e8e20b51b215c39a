#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <pybind11/native_enum.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "casters.hpp"
#include "docstrings.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui::python {

namespace py = pybind11;
using namespace pybind11::literals;  // NOLINT(google-build-using-namespace): "name"_a

/// Frees the interpreter for other threads while C++ works.
using Unlocked = py::call_guard<py::gil_scoped_release>;

// One function for each room; types are bound before the functions that use them.
void bind_base(py::module_& m);
void bind_tables(py::module_& m);
void bind_network(py::module_& m);
void bind_rows(py::module_& m);
void bind_rules(py::module_& m);
void bind_instance(py::module_& m);
void bind_market(py::module_& m);
void bind_explicit_market(py::module_& m);
void bind_plan(py::module_& m);
void bind_solve(py::module_& m);
void bind_dispatcher(py::module_& m);
void bind_graph(py::module_& m);
void bind_ledger(py::module_& m);
void bind_books(py::module_& m);
void bind_hours(py::module_& m);
void bind_rule_packs(py::module_& m);
void bind_attestations(py::module_& m);
void bind_time_bank(py::module_& m);
void bind_auction(py::module_& m);
void bind_reciprocal_service(py::module_& m);
void bind_store(py::module_& m);
void bind_wire(py::module_& m);

/// The table that any frame stands for: a Table, or whatever frames.py can read.
std::shared_ptr<Table> table_of(const py::object& frame, const std::string& name);
/// A column as numpy sees it: text as an array of str and None, whole numbers as int64 (masked
/// where some are absent), real numbers as float64.
py::object array_of(const Column& column);

/// Binds an enumeration of the headers with the names of `names(Enumeration{})`.
template <class Enumeration>
void bind_enum(py::module_& m, const char* name, const char* doc) {
  py::native_enum<Enumeration> bound(m, name, "enum.Enum", doc);
  std::size_t value = 0;
  for (const std::string_view word : names(Enumeration{})) {
    const std::string member(word.empty() ? "unstated" : word);
    bound.value(member.c_str(), static_cast<Enumeration>(value++),
                find_doc(std::string(name) + "." + member));
  }
  bound.finalize();
}

/// An enumeration's value, or its name.
template <class Enumeration>
using EnumOrName = std::variant<Enumeration, std::string>;

/// The value that was meant. @throws TypeError naming the choices.
template <class Enumeration, class Names>
Enumeration chosen(const EnumOrName<Enumeration>& given, const Names& choices) {
  if (const auto* value = std::get_if<Enumeration>(&given)) return *value;
  const std::string& word = std::get<std::string>(given);
  std::string all;
  std::size_t value = 0;
  for (const std::string_view choice : choices) {
    if (choice == word) return static_cast<Enumeration>(value);
    all += (value++ == 0 ? "" : ", ") + std::string(choice.empty() ? "''" : choice);
  }
  throw Error({.code = "choice_unknown",
               .place = "argument '" + word + "'",
               .message = "there is no such choice",
               .allowed = all,
               .way_out = "use one of these words, or the enumeration"});
}
template <class Enumeration>
Enumeration chosen(const EnumOrName<Enumeration>& given) {
  return chosen(given, names(Enumeration{}));
}

/// An entity, its table's name or its own.
using EntityOrName = EnumOrName<Entity>;
Entity entity_of(const EntityOrName& given);

/// A volunteer or a need, by index or by external id.
using VolunteerOrId = std::variant<VolunteerIndex, std::string>;
using NeedOrId = std::variant<NeedIndex, std::string>;

/// Personal fields in Python: personal=True.
inline Personal personal_of(bool personal) {
  return personal ? Personal::included : Personal::left_out;
}

/// __eq__ of a class of values; an object of another class is different.
template <class Class>
bool equal(const Class& self, const py::object& other) {
  return py::isinstance<Class>(other) && self == other.cast<const Class&>();
}

/// Gives an object with a `table()` the Arrow protocol, to_pandas() and to_arrow().
template <class Class>
void add_frame_methods(Class& bound) {
  const auto table = [](const py::object& self) { return self.attr("table")(); };
  bound
      .def(
          "__arrow_c_stream__",
          [table](const py::object& self, const py::object& requested_schema) {
            return table(self).attr("__arrow_c_stream__")(requested_schema);
          },
          "requested_schema"_a = py::none(), "The rows as an Arrow C stream.")
      .def(
          "__arrow_c_schema__",
          [table](const py::object& self) { return table(self).attr("__arrow_c_schema__")(); },
          "The columns as an Arrow C schema.")
      .def(
          "to_pandas",
          [table](const py::object& self) -> PandasFrame {
            return PandasFrame{table(self).attr("to_pandas")()};
          },
          "The rows as a pandas.DataFrame; whole numbers stay whole (Int64).")
      .def(
          "to_arrow",
          [table](const py::object& self) -> ArrowFrame {
            return ArrowFrame{table(self).attr("to_arrow")()};
          },
          "The rows as a pyarrow.Table.");
}

/// A read-only view of numbers that `owner` keeps alive.
template <class Number>
py::array_t<Number> view(const std::vector<Number>& numbers, const py::handle& owner) {
  py::array_t<Number> array(static_cast<py::ssize_t>(numbers.size()), numbers.data(), owner);
  array.attr("setflags")("write"_a = false);
  return array;
}

/// Numbers in an array of their own.
template <class Number>
py::array_t<Number> copied(const std::vector<Number>& numbers) {
  return py::array_t<Number>(static_cast<py::ssize_t>(numbers.size()), numbers.data());
}

/// The whole numbers of an array, a list or a column of a frame. Real numbers are refused, and so
/// are numbers that Number cannot hold. @throws TypeError; Error "number_out_of_range".
template <class Number>
std::vector<Number> whole_numbers(const WholeArray& given, const char* name);

}  // namespace jiedui::python
