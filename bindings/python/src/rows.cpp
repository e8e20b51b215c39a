#include "common.hpp"
#include "jiedui/network/entities.hpp"
#include "jiedui/network/window.hpp"

// One row of a table as a value: Volunteer(id="V-1", capacity=2). The fields, their order and their
// comments come from the headers.

namespace jiedui::python {
namespace {

/// How a field's type reads in a signature, and how a Python value becomes one.
template <class Value>
struct FieldType;

template <>
struct FieldType<std::string> {
  static std::string name() { return "str"; }
  static std::string read(py::handle given) {
    if (!py::isinstance<py::str>(given)) refuse_type("a text is wanted", given);
    return given.cast<std::string>();
  }
};

template <>
struct FieldType<std::optional<std::int64_t>> {
  static std::string name() { return "typing.SupportsIndex | None"; }
  static std::optional<std::int64_t> read(py::handle given) {
    if (given.is_none()) return std::nullopt;
    return whole_number<std::int64_t>(given);
  }
};

template <class Bound>
Bound read_bound(py::handle given, const std::string& wanted) {
  if (!py::isinstance<Bound>(given)) refuse_type(wanted + " is wanted", given);
  return given.cast<Bound>();
}

template <>
struct FieldType<std::optional<Date>> {
  static std::string name() { return "datetime.date | None"; }
  static std::optional<Date> read(py::handle given) {
    py::detail::make_caster<std::optional<Date>> caster;
    if (!caster.load(given, true)) refuse_type("a datetime.date is wanted", given);
    return py::detail::cast_op<std::optional<Date>>(caster);
  }
};

template <>
struct FieldType<std::optional<Position>> {
  static std::string name() { return "Position | None"; }
  static std::optional<Position> read(py::handle given) {
    if (given.is_none()) return std::nullopt;
    return read_bound<Position>(given, "a Position");
  }
};

template <>
struct FieldType<std::optional<YearRange>> {
  static std::string name() { return "YearRange | typing.SupportsIndex | None"; }
  static std::optional<YearRange> read(py::handle given) {
    if (given.is_none()) return std::nullopt;
    if (py::isinstance<YearRange>(given)) return given.cast<YearRange>();
    const auto year = whole_number<std::int16_t>(given, "a year is wanted");
    return YearRange{year, year};
  }
};

template <class Enumeration>
requires std::is_enum_v<Enumeration>
struct FieldType<Enumeration> {
  static std::string name() {
    return py::type::of(py::cast(Enumeration{})).attr("__name__").template cast<std::string>() +
           " | str";
  }
  static Enumeration read(py::handle given) {
    if (py::isinstance<py::str>(given)) return chosen<Enumeration>(given.cast<std::string>());
    return given.cast<Enumeration>();
  }
};

/// Lists: anything that can be walked through, but not a text.
template <class Entry>
struct FieldType<std::vector<Entry>> {
  static std::string name() {
    if constexpr (std::is_same_v<Entry, std::string>) {
      return "collections.abc.Iterable[str]";
    } else {
      const auto entry = py::type::of<Entry>().attr("__name__").template cast<std::string>();
      return "collections.abc.Iterable[" + entry +
             (std::is_same_v<Entry, Window> ? " | str]" : "]");
    }
  }
  static std::vector<Entry> read(py::handle given) {
    if (py::isinstance<py::str>(given) || !py::isinstance<py::iterable>(given))
      refuse_type("a list is wanted", given);
    std::vector<Entry> entries;
    for (const py::handle entry : py::reinterpret_borrow<py::iterable>(given)) {
      if constexpr (std::is_same_v<Entry, std::string>) {
        entries.push_back(FieldType<std::string>::read(entry));
      } else if constexpr (std::is_same_v<Entry, Window>) {
        if (!py::isinstance<py::str>(entry)) {
          entries.push_back(read_bound<Window>(entry, "a Window or its text"));
          continue;
        }
        const auto windows = parse_window(entry.cast<std::string>());
        if (!windows) throw py::value_error("no window: such as 'Mon 09:00-11:30' is wanted");
        entries.insert(entries.end(), windows->begin(), windows->end());
      } else {
        const auto name = py::type::of<Entry>().attr("__name__").template cast<std::string>();
        entries.push_back(read_bound<Entry>(entry, "a " + name));
      }
    }
    return entries;
  }
};

/// What a field is where it is left out, as a signature says it.
template <class Value>
std::string default_text() {
  if constexpr (std::is_same_v<Value, std::string>) return "''";
  if constexpr (std::is_enum_v<Value>) return "'" + std::string(name(Value{})) + "'";
  return requires(Value value) {
    value.push_back({});
  }
  ? "()" : "None";
}

/// The name of a field in Python, where some are words of the language.
std::string python_name(std::string_view field) {
  return field == "from" ? "from_" : std::string(field);
}

template <class Row>
Row row_of(const std::string& type, const py::kwargs& given) {
  Row row{};
  std::size_t used = 0;
  Row::each(
      [&](const char* field_name, auto& field) {
        const std::string name = python_name(field_name);
        if (!given.contains(name)) return;
        ++used;
        try {
          field = FieldType<std::remove_reference_t<decltype(field)>>::read(given[name.c_str()]);
        } catch (const py::type_error& error) {
          throw py::type_error(type + "." + name + ": " + error.what());
        } catch (const py::value_error& error) {
          throw py::value_error(type + "." + name + ": " + error.what());
        }
      },
      row);
  if (used == given.size()) return row;
  std::string unknown;
  for (const auto& item : given) {
    bool known = false;
    const auto name = item.first.cast<std::string>();
    Row::each(
        [&](const char* field, auto& /*value*/) { known = known || name == python_name(field); },
        row);
    if (!known) unknown = name;
  }
  throw py::type_error(type + " has no field '" + unknown + "'");
}

template <class Row>
void bind_row(py::module_& m, const std::string& type) {
  std::string signature = "__init__(self";
  Row::each(
      [&, sep = std::string(", *, ")](const char* name, auto& field) mutable {
        using Value = std::remove_reference_t<decltype(field)>;
        signature += sep + python_name(name) + ": " + FieldType<Value>::name() + " = " +
                     default_text<Value>();
        sep = ", ";
      },
      *std::make_unique<Row>());

  py::options options;
  py::class_<Row> bound(m, type.c_str(), find_doc(type + "Fields"));
  options.disable_function_signatures();
  bound.def(py::init([type](const py::kwargs& fields) { return row_of<Row>(type, fields); }),
            (signature + ") -> None").c_str());
  options.enable_function_signatures();
  Row::each(
      [&](const char* name, auto& field) {
        using Value = std::remove_reference_t<decltype(field)>;
        bound.def_property_readonly(
            python_name(name).c_str(),
            [name](const Row& self) {
              Value value{};
              Row::each(
                  [&](const char* at, auto& found) {
                    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(found)>, Value>)
                      if (std::string_view(at) == name) value = found;
                  },
                  self);
              return value;
            },
            find_doc(type + "Fields." + name));
      },
      *std::make_unique<Row>());
  bound.def("__repr__",
            [type](const Row& self) { return "<jiedui." + type + " '" + self.id + "'>"; });
}

void bind_field_types(py::module_& m) {
  py::class_<YearRange> years(m, "YearRange", DOC("YearRange"));
  years.attr("earliest") = YearRange::earliest;
  years.attr("latest") = YearRange::latest;
  years
      .def(py::init([](Whole<std::int16_t> first, std::optional<Whole<std::int16_t>> last) {
             return YearRange{first.value, last ? last->value : first.value};
           }),
           "first"_a, "last"_a = py::none())
      .def_readonly("first", &YearRange::first)
      .def_readonly("last", &YearRange::last)
      .def("__eq__", &equal<YearRange>, "other"_a)
      .def("__repr__", [](const YearRange& self) {
        return "YearRange(" + std::to_string(self.first) + ", " + std::to_string(self.last) + ")";
      });
  py::class_<SkillLevel>(m, "SkillLevel", DOC("SkillLevel"))
      .def(py::init([](const std::string& skill, Whole<std::int64_t> level) {
             return SkillLevel{skill, level.value};
           }),
           "skill"_a, "level"_a = Whole<std::int64_t>{1})
      .def_readonly("skill", &SkillLevel::skill)
      .def_readonly("level", &SkillLevel::level)
      .def("__eq__", &equal<SkillLevel>, "other"_a)
      .def("__repr__", [](const SkillLevel& self) {
        return "SkillLevel('" + self.skill + "', " + std::to_string(self.level) + ")";
      });
  py::class_<Credential>(m, "Credential", DOC("Credential"))
      .def(py::init([](const std::string& credential, std::optional<Date> from,
                       std::optional<Date> until) {
             return Credential{credential, from, until};
           }),
           "credential"_a, "from_"_a = py::none(), "until"_a = py::none())
      .def_readonly("credential", &Credential::credential)
      .def_readonly("from_", &Credential::from)
      .def_readonly("until", &Credential::until)
      .def("__eq__", &equal<Credential>, "other"_a)
      .def("__repr__",
           [](const Credential& self) { return "<jiedui.Credential '" + self.credential + "'>"; });
}

void bind_windows(py::module_& m) {
  py::class_<Window> window(m, "Window", DOC("Window"));
  py::native_enum<Window::Kind>(window, "Kind", "enum.Enum")
      .value("weekly", Window::Kind::weekly)
      .value("dated", Window::Kind::dated)
      .value("except_", Window::Kind::except)
      .finalize();
  window
      .def(py::init([](Window::Kind kind, Whole<std::int32_t> day, Whole<std::int32_t> begin,
                       Whole<std::int32_t> end) {
             return Window{kind, day.value, begin.value, end.value};
           }),
           "kind"_a, "day"_a, "begin"_a = Whole<std::int32_t>{0},
           "end"_a = Whole<std::int32_t>{86'400})
      .def_readonly("kind", &Window::kind)
      .def_readonly("day", &Window::day, DOC("Window.day"))
      .def_readonly("begin", &Window::begin, DOC("Window.begin"))
      .def_readonly("end", &Window::end)
      .def("__eq__", &equal<Window>, "other"_a)
      .def(
          "__str__", [](const Window& self) { return format(self); }, DOC("format#3"))
      .def("__repr__", [](const Window& self) { return "<jiedui.Window '" + format(self) + "'>"; });
  m.def("parse_window", &parse_window, "term"_a, DOC("parse_window"));

  py::class_<Interval>(m, "Interval", DOC("Interval"))
      .def(py::init([](Whole<std::int64_t> begin, Whole<std::int64_t> end) {
             return Interval{begin.value, end.value};
           }),
           "begin"_a, "end"_a)
      .def_readonly("begin", &Interval::begin)
      .def_readonly("end", &Interval::end)
      .def("__eq__", &equal<Interval>, "other"_a)
      .def("__repr__", [](const Interval& self) {
        return "Interval(" + std::to_string(self.begin) + ", " + std::to_string(self.end) + ")";
      });
  m.def(
      "open_intervals",
      [](const std::vector<Window>& windows, Date from, Date until) {
        return open_intervals(windows, from, until);
      },
      "windows"_a, "from_"_a, "until"_a, DOC("open_intervals"));
  m.def(
      "intersection",
      [](const std::vector<Interval>& a, const std::vector<Interval>& b) {
        return intersection(a, b);
      },
      "a"_a, "b"_a, DOC("intersection"));
}

}  // namespace

void bind_rows(py::module_& m) {
  bind_enum<Gender>(m, "Gender", DOC("Gender"));
  bind_enum<TravelMode>(m, "TravelMode", DOC("TravelMode"));
  bind_enum<OrganisationKind>(m, "OrganisationKind", DOC("OrganisationKind"));
  bind_enum<ServiceClass>(m, "ServiceClass", DOC("ServiceClass"));
  bind_enum<YesNo>(m, "YesNo", DOC("YesNo"));
  bind_enum<EdgeKind>(m, "EdgeKind", DOC("EdgeKind"));
  bind_windows(m);
  bind_field_types(m);
  bind_row<Place>(m, "Place");
  bind_row<Organisation>(m, "Organisation");
  bind_row<Household>(m, "Household");
  bind_row<Beneficiary>(m, "Beneficiary");
  bind_row<Volunteer>(m, "Volunteer");
  bind_row<Activity>(m, "Activity");
  bind_row<Item>(m, "Item");
  bind_row<Need>(m, "Need");
  bind_row<Edge>(m, "Edge");
}

}  // namespace jiedui::python
