#include "common.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/wire/arrow.hpp"
#include "jiedui/wire/snapshot.hpp"

namespace jiedui::python {
namespace {

constexpr const char* stream_name = "arrow_array_stream";
constexpr const char* schema_name = "arrow_schema";

/// A structure of Arrow's C interface in a capsule that releases it unless the consumer did.
template <class Structure>
py::capsule capsule_of(std::unique_ptr<Structure> structure, const char* name) {
  auto capsule =
      py::reinterpret_steal<py::capsule>(PyCapsule_New(structure.get(), name, [](PyObject* self) {
        std::unique_ptr<Structure> owned(
            static_cast<Structure*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self))));
        if (owned && owned->release != nullptr) owned->release(owned.get());
      }));
  if (!capsule) throw py::error_already_set();
  structure.release();  // NOLINT(bugprone-unused-return-value): the capsule owns it now
  return capsule;
}

std::unique_ptr<ArrowArrayStream> exported(std::shared_ptr<const Table> table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  const py::gil_scoped_release unlocked;
  export_arrow(std::move(table), stream.get());
  return stream;
}

py::capsule export_schema(const std::shared_ptr<Table>& table) {
  const std::unique_ptr<ArrowArrayStream> stream = exported(table);
  auto schema = std::make_unique<ArrowSchema>();
  const int failed = stream->get_schema(stream.get(), schema.get());
  stream->release(stream.get());
  JIEDUI_CHECK(failed == 0);
  return capsule_of(std::move(schema), schema_name);
}

std::shared_ptr<Table> import_stream(const py::object& producer, const std::string& name,
                                     const ArrowLimits& limits) {
  const py::object capsule = producer.attr("__arrow_c_stream__")();
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), stream_name));
  if (stream == nullptr) throw py::error_already_set();
  const py::gil_scoped_release unlocked;
  return std::make_shared<Table>(import_arrow(stream, name, limits));
}

py::object text_array(std::size_t rows, auto&& text_at) {
  py::array array(py::dtype("O"), std::vector<py::ssize_t>{static_cast<py::ssize_t>(rows)});
  auto** cells = static_cast<PyObject**>(array.mutable_data());
  for (std::size_t row = 0; row < rows; ++row) {
    py::object cell = text_at(row);
    PyObject* before = std::exchange(cells[row], cell.release().ptr());
    Py_XDECREF(before);
  }
  return array;
}

py::object text_of(std::string_view text) {
  return text.empty() ? py::object(py::none()) : py::object(py::str(text.data(), text.size()));
}

py::object array_of_cells(const TextColumn& cells, const Column& /*column*/) {
  return text_array(cells.size(), [&](std::size_t row) { return text_of(cells[row]); });
}

py::object array_of_cells(const DictionaryColumn& cells, const Column& /*column*/) {
  std::vector<py::object> texts;
  for (std::size_t i = 0; i < cells.texts.size(); ++i) texts.push_back(text_of(cells.texts[i]));
  return text_array(cells.codes.size(), [&](std::size_t row) {
    const std::uint32_t code = cells.codes[row];
    return code == DictionaryColumn::absent ? py::object(py::none()) : texts[code];
  });
}

py::object array_of_cells(const std::vector<std::int64_t>& cells, const Column& column) {
  py::object array = copied(cells);
  if (column.present.empty()) return array;
  py::array_t<bool> absent(static_cast<py::ssize_t>(cells.size()));
  for (std::size_t row = 0; row < cells.size(); ++row)
    absent.mutable_data()[row] = column.present[row] == 0;
  return py::module_::import("numpy.ma").attr("MaskedArray")(array, "mask"_a = absent);
}

py::object array_of_cells(const std::vector<double>& cells, const Column& column) {
  py::array_t<double> array = copied(cells);
  for (std::size_t row = 0; row < column.present.size(); ++row)
    if (column.present[row] == 0)
      array.mutable_data()[row] = std::numeric_limits<double>::quiet_NaN();
  return array;
}

NumpyArray column_of(const Table& table, const std::string& name) {
  const Column* column = table.find(name);
  if (column == nullptr) throw py::key_error(name);
  return array_of(*column);
}

std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

std::string described(const Table& table) {
  std::string text = "<jiedui.Table '" + table.name + "': " + std::to_string(table.rows()) +
                     (table.rows() == 1 ? " row" : " rows") + ", columns";
  for (const Column& column : table.columns)
    text += (&column == &table.columns.front() ? " " : ", ") + column.name;
  return text + ">";
}

py::object frames(const char* function) {
  return py::module_::import("jiedui.frames").attr(function);
}

}  // namespace

py::object array_of(const Column& column) {
  return std::visit([&](const auto& cells) { return array_of_cells(cells, column); }, column.cells);
}

std::shared_ptr<Table> table_of(const py::object& frame, const std::string& name) {
  if (py::isinstance<Table>(frame)) return frame.cast<std::shared_ptr<Table>>();
  return import_stream(frames("arrow_of")(frame, name), name, {});
}

template <class Number>
std::vector<Number> whole_numbers(const WholeArray& given, const char* name) {
  const auto array = py::module_::import("numpy").attr("asarray")(given).cast<py::array>();
  if (array.ndim() != 1)
    throw py::type_error(std::string(name) + " must be one column of whole numbers");
  const std::string wanted = std::string(name) + " must hold whole numbers";
  const char kind = array.dtype().kind();
  std::vector<Number> numbers;
  numbers.reserve(static_cast<std::size_t>(array.size()));
  const auto keep = [&]<class Wide>(Wide number) {
    if (!std::in_range<Number>(number))
      throw Error({.code = "number_out_of_range",
                   .place = std::string(name) + " entry " + std::to_string(numbers.size()),
                   .message = "the number does not fit",
                   .allowed = std::to_string(std::numeric_limits<Number>::min()) + " to " +
                              std::to_string(std::numeric_limits<Number>::max()),
                   .way_out = "mend the number, or choose a greater unit"});
    numbers.push_back(static_cast<Number>(number));
  };
  if (kind == 'u') {
    const auto wide = py::array_t<std::uint64_t, py::array::forcecast>::ensure(array);
    for (py::ssize_t i = 0; i < wide.size(); ++i) keep(wide.at(i));
  } else if (kind == 'i') {
    const auto wide = py::array_t<std::int64_t, py::array::forcecast>::ensure(array);
    for (py::ssize_t i = 0; i < wide.size(); ++i) keep(wide.at(i));
  } else if (kind == 'O') {
    for (const py::handle cell : array) keep(whole_number<std::int64_t>(cell, wanted.c_str()));
  } else if (array.size() != 0) {
    throw py::type_error(wanted + ", not " + py::str(array.dtype()).cast<std::string>());
  }
  return numbers;
}
template std::vector<std::int32_t> whole_numbers(const WholeArray& given, const char* name);
template std::vector<std::int64_t> whole_numbers(const WholeArray& given, const char* name);
template std::vector<std::uint32_t> whole_numbers(const WholeArray& given, const char* name);

void bind_tables(py::module_& m) {
  py::class_<Table, std::shared_ptr<Table>>(m, "Table", DOC("Table"))
      .def(py::init([](const Frame& frame, const std::string& name) {
             auto made = std::make_shared<Table>(*table_of(frame, name));
             made->name = name;
             return made;
           }),
           "frame"_a, "name"_a = "table",
           "Takes the columns of a frame: pandas, polars, pyarrow, DuckDB, a dict of columns, or "
           "anything with __arrow_c_stream__.")
      .def_readonly("name", &Table::name, DOC("Table.name"))
      .def_property_readonly("columns", &column_names, "The names of the columns.")
      .def_readonly("first_row", &Table::first_row, DOC("Table.first_row"))
      .def_property_readonly("rows", &Table::rows, "How many rows there are.")
      .def("__len__", &Table::rows)
      .def(
          "__contains__",
          [](const Table& self, const std::string& name) { return self.find(name) != nullptr; },
          "column"_a)
      .def("__getitem__", &column_of, "column"_a,
           "A column as a numpy array: texts as str, None where absent; whole numbers as int64, "
           "masked where some are absent; real numbers as float64, NaN where absent.")
      .def(
          "find",
          [](const Table& self, const std::string& name) -> std::optional<NumpyArray> {
            if (self.find(name) == nullptr) return std::nullopt;
            return column_of(self, name);
          },
          "column"_a, "The column of that name as a numpy array, or None.")
      .def("__eq__", &equal<Table>, "other"_a)
      .def(
          "__arrow_c_stream__",
          [](const std::shared_ptr<Table>& self, const py::object& /*requested_schema*/) {
            return capsule_of(exported(self), stream_name);
          },
          "requested_schema"_a = py::none(), "The rows as an Arrow C stream, without copying.")
      .def("__arrow_c_schema__", &export_schema, "The columns as an Arrow C schema.")
      .def(
          "to_arrow", [](const py::object& self) -> ArrowFrame { return frames("to_arrow")(self); },
          "The rows as a pyarrow.Table.")
      .def(
          "to_pandas",
          [](const py::object& self) -> PandasFrame { return frames("to_pandas")(self); },
          "The rows as a pandas.DataFrame. Whole numbers stay whole: Int64 throughout.")
      .def("__repr__", &described)
      .def(py::pickle([](const Table& self) { return py::bytes(to_bytes(std::span(&self, 1))); },
                      [](const py::bytes& bytes) {
                        return std::make_shared<Table>(
                            std::move(tables_from_bytes(std::string_view(bytes)).at(0)));
                      }))
      .def("_repr_html_", [](const py::object& self) {
        return py::str(py::module_::import("jiedui.html").attr("table")(self));
      });
}

}  // namespace jiedui::python
