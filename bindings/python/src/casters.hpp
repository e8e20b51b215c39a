#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include <Python.h>
#include <datetime.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/typing.h>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/quantity.hpp"

// How values cross: 128-bit numbers and quantities as int, dates as datetime.date, instants as
// datetime.datetime in UTC, durations as datetime.timedelta. Floats are refused for whole numbers.

namespace jiedui::python {

/// A whole number given as int, or as anything with __index__; float and bool are refused.
template <class Number>
struct Whole {
  Number value = 0;
  operator Number() const { return value; }  // NOLINT(google-explicit-constructor)
};

/// Any object, annotated in signatures as `Name`.
template <pybind11::typing::StringLiteral Name>
class As : public pybind11::object {
  static bool any(PyObject* /*object*/) { return true; }
  PYBIND11_OBJECT_DEFAULT(As, object, any)
};

using WholeArray = As<"numpy.typing.ArrayLike">;
using NumpyArray = As<"numpy.ndarray">;
using Frame = As<"jiedui.frames.Frame">;
using PandasFrame = As<"pandas.DataFrame">;
using ArrowFrame = As<"pyarrow.Table">;
using Self = As<"typing.Self">;

[[noreturn]] inline void refuse_type(const std::string& wanted, pybind11::handle given) {
  throw pybind11::type_error(wanted + ", not " + Py_TYPE(given.ptr())->tp_name);
}

/// The whole number that an object stands for. @throws TypeError; ValueError out of range.
template <class Number>
Number whole_number(pybind11::handle given, const char* wanted = "a whole number is wanted") {
  namespace py = pybind11;
  if (PyBool_Check(given.ptr()) || !PyIndex_Check(given.ptr())) refuse_type(wanted, given);
  const auto index = py::reinterpret_steal<py::int_>(PyNumber_Index(given.ptr()));
  if (!index) throw py::error_already_set();
  int overflow = 0;
  bool fits = true;
  Number number = 0;
  if constexpr (std::is_same_v<Number, std::uint64_t>) {
    number = PyLong_AsUnsignedLongLong(index.ptr());
    fits = PyErr_Occurred() == nullptr;
    PyErr_Clear();
  } else {
    const long long wide = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
    number = static_cast<Number>(wide);
    fits = overflow == 0 && static_cast<long long>(number) == wide &&
           (wide >= 0 || std::is_signed_v<Number>);
  }
  if (!fits)
    throw py::value_error(std::string(wanted) + " from " +
                          std::to_string(std::numeric_limits<Number>::min()) + " to " +
                          std::to_string(std::numeric_limits<Number>::max()));
  return number;
}

inline pybind11::object int_of(int128 value) {
  namespace py = pybind11;
  const auto low = static_cast<unsigned long long>(static_cast<uint128>(value));
  const auto high = static_cast<long long>(value >> 64);
  py::object result =
      py::reinterpret_steal<py::object>(PyLong_FromLongLong(high)).attr("__lshift__")(64);
  return result.attr("__or__")(py::reinterpret_steal<py::object>(PyLong_FromUnsignedLongLong(low)));
}

/// The API of datetime. Its macros are not used: each file would have an API pointer of its own.
inline const PyDateTime_CAPI& datetime_api() {
  static const auto* api =
      static_cast<PyDateTime_CAPI*>(PyCapsule_Import(PyDateTime_CAPSULE_NAME, 0));
  if (api == nullptr) throw pybind11::error_already_set();
  return *api;
}

inline bool is_a(pybind11::handle object, PyTypeObject* type) {
  return PyObject_TypeCheck(object.ptr(), type);
}

inline int part(pybind11::handle of, const char* name) {
  return of.attr(name).cast<int>();
}

/// The seconds of a datetime.timedelta.
inline std::chrono::seconds seconds_of(pybind11::handle delta) {
  return std::chrono::seconds{std::int64_t{part(delta, "days")} * 86'400 + part(delta, "seconds")};
}

}  // namespace jiedui::python

namespace pybind11::detail {

template <class Number>
struct type_caster<jiedui::python::Whole<Number>> {
  PYBIND11_TYPE_CASTER(jiedui::python::Whole<Number>, const_name("typing.SupportsIndex"));
  bool load(handle source, bool /*convert*/) {
    value = {jiedui::python::whole_number<Number>(source)};
    return true;
  }
  static handle cast(jiedui::python::Whole<Number> number, return_value_policy policy,
                     handle parent) {
    return make_caster<Number>::cast(number.value, policy, parent);
  }
};

template <typing::StringLiteral Name>
struct handle_type_name<jiedui::python::As<Name>> {
  static constexpr auto name = const_name(Name.name);
};

template <>
struct type_caster<jiedui::int128> {
  PYBIND11_TYPE_CASTER(jiedui::int128, const_name("int"));
  bool load(handle /*source*/, bool /*convert*/) { return false; }  // only ever handed out
  static handle cast(jiedui::int128 number, return_value_policy /*policy*/, handle /*parent*/) {
    return jiedui::python::int_of(number).release();
  }
};

template <class Unit>
struct type_caster<jiedui::Quantity<Unit>> {
  PYBIND11_TYPE_CASTER(jiedui::Quantity<Unit>, io_name("typing.SupportsIndex", "int"));
  bool load(handle source, bool /*convert*/) {
    value = jiedui::Quantity<Unit>{jiedui::python::whole_number<std::int64_t>(
        source, ("a whole number of " + std::string(Unit::name) + " is wanted").c_str())};
    return true;
  }
  static handle cast(jiedui::Quantity<Unit> quantity, return_value_policy /*policy*/,
                     handle /*parent*/) {
    return PyLong_FromLongLong(quantity.count());
  }
};

template <>
struct type_caster<jiedui::Date> {
  PYBIND11_TYPE_CASTER(jiedui::Date, const_name("datetime.date"));
  bool load(handle source, bool /*convert*/) {
    const auto& api = jiedui::python::datetime_api();
    if (!jiedui::python::is_a(source, api.DateType)) return false;
    if (jiedui::python::is_a(source, api.DateTimeType)) return false;
    value = std::chrono::year{jiedui::python::part(source, "year")} /
            jiedui::python::part(source, "month") / jiedui::python::part(source, "day");
    return true;
  }
  static handle cast(jiedui::Date date, return_value_policy /*policy*/, handle /*parent*/) {
    const std::chrono::year_month_day day{date};
    const auto& api = jiedui::python::datetime_api();
    return api.Date_FromDate(int{day.year()}, static_cast<int>(unsigned{day.month()}),
                             static_cast<int>(unsigned{day.day()}), api.DateType);
  }
};

template <>
struct type_caster<jiedui::Instant> {
  PYBIND11_TYPE_CASTER(jiedui::Instant, const_name("datetime.datetime"));
  bool load(handle source, bool /*convert*/) {
    const auto& api = jiedui::python::datetime_api();
    if (!jiedui::python::is_a(source, api.DateTimeType)) return false;
    if (source.attr("tzinfo").is_none())
      throw type_error("a datetime with a time zone is wanted: nobody can say when this one is");
    const auto epoch = reinterpret_steal<object>(
        api.DateTime_FromDateAndTime(1970, 1, 1, 0, 0, 0, 0, api.TimeZone_UTC, api.DateTimeType));
    const object since = source.attr("__sub__")(epoch);
    if (jiedui::python::part(since, "microseconds") != 0)
      throw value_error("whole seconds are wanted: use .replace(microsecond=0)");
    value = jiedui::Instant{jiedui::python::seconds_of(since)};
    return true;
  }
  static handle cast(jiedui::Instant instant, return_value_policy /*policy*/, handle /*parent*/) {
    const auto date = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day day{date};
    const auto second = static_cast<int>((instant - date).count());
    const auto& api = jiedui::python::datetime_api();
    return api.DateTime_FromDateAndTime(int{day.year()}, static_cast<int>(unsigned{day.month()}),
                                        static_cast<int>(unsigned{day.day()}), second / 3600,
                                        second / 60 % 60, second % 60, 0, api.TimeZone_UTC,
                                        api.DateTimeType);
  }
};

template <>
struct type_caster<std::chrono::seconds> {
  PYBIND11_TYPE_CASTER(std::chrono::seconds, const_name("datetime.timedelta"));
  bool load(handle source, bool /*convert*/) {
    if (!jiedui::python::is_a(source, jiedui::python::datetime_api().DeltaType)) return false;
    if (jiedui::python::part(source, "microseconds") != 0)
      throw value_error("a whole number of seconds is wanted");
    value = jiedui::python::seconds_of(source);
    return true;
  }
  static handle cast(std::chrono::seconds span, return_value_policy /*policy*/, handle /*parent*/) {
    const auto& api = jiedui::python::datetime_api();
    return api.Delta_FromDelta(static_cast<int>(span.count() / 86'400),
                               static_cast<int>(span.count() % 86'400), 0, 1, api.DeltaType);
  }
};

template <>
struct type_caster<std::chrono::minutes> {
  PYBIND11_TYPE_CASTER(std::chrono::minutes, const_name("datetime.timedelta"));
  bool load(handle source, bool convert) {
    make_caster<std::chrono::seconds> seconds;
    if (!seconds.load(source, convert)) return false;
    const auto span = cast_op<std::chrono::seconds>(seconds);
    value = std::chrono::duration_cast<std::chrono::minutes>(span);
    if (value != span) throw value_error("a whole number of minutes is wanted");
    return true;
  }
  static handle cast(std::chrono::minutes span, return_value_policy policy, handle parent) {
    return make_caster<std::chrono::seconds>::cast(span, policy, parent);
  }
};

/// As datetime.date.isoweekday: 1 Monday to 7 Sunday.
template <>
struct type_caster<std::chrono::weekday> {
  PYBIND11_TYPE_CASTER(std::chrono::weekday, io_name("typing.SupportsIndex", "int"));
  bool load(handle source, bool /*convert*/) {
    const auto number = jiedui::python::whole_number<std::uint32_t>(source);
    if (number < 1 || number > 7) throw value_error("a weekday from 1, Monday, to 7 is wanted");
    value = std::chrono::weekday{number};
    return true;
  }
  static handle cast(std::chrono::weekday day, return_value_policy /*policy*/, handle /*parent*/) {
    return PyLong_FromUnsignedLong(day.iso_encoding());
  }
};

}  // namespace pybind11::detail
