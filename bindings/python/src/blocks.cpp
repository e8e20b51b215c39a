#include "blocks.hpp"

#include <map>

namespace jiedui::python {

const py::object& ColumnCache::column(const std::string& name) {
  const auto known = columns_.find(name);
  if (known != columns_.end()) return known->second;
  if (!table_) table_ = network_.table(entity_, Personal::included);
  const Column* column = table_->find(name);
  if (column == nullptr) throw py::key_error(name);
  return columns_.emplace(name, array_of(*column)).first->second;
}

/// The function and the columns it has asked for. Dies with the interpreter's lock held.
struct BlockFunction::Held {
  std::string place;
  py::object function;
  std::shared_ptr<ColumnCache> volunteers;
  std::shared_ptr<ColumnCache> needs;
};

BlockFunction::BlockFunction(std::string place, py::object function)
    : held_(new Held{std::move(place), std::move(function), nullptr, nullptr}, [](Held* held) {
        const py::gil_scoped_acquire locked;
        delete held;
      }) {
  if (!PyCallable_Check(held_->function.ptr()))
    refuse_type(held_->place + ": a function over a block of candidates is wanted",
                held_->function);
}

namespace {

/// Raises jiedui.Error for a function that failed or gave what it must not, from its own exception.
[[noreturn]] void fail(const std::string& code, const std::string& place,
                       const std::string& message, const std::string& allowed,
                       const py::object& cause) {
  const py::object error =
      py::module_::import("jiedui.errors")
          .attr("Error")(code, place, message, allowed, "mend the function; it gets a PairBlock");
  if (cause) PyException_SetCause(error.ptr(), py::object(cause).release().ptr());
  PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
  throw py::error_already_set();
}

/// Metres as numpy sees them: masked where a position is unknown.
py::object metres_of(std::span<const std::int32_t> metres) {
  const auto rows = static_cast<py::ssize_t>(metres.size());
  const py::array_t<std::int32_t> array(rows, metres.data());
  if (std::find(metres.begin(), metres.end(), PairBlock::metres_unknown) == metres.end())
    return array;
  py::array_t<bool> unknown(rows);
  for (std::size_t i = 0; i < metres.size(); ++i)
    unknown.mutable_data()[i] = metres[i] == PairBlock::metres_unknown;
  return py::module_::import("numpy.ma").attr("MaskedArray")(array, "mask"_a = unknown);
}

}  // namespace

template <class Number, class Take>
void BlockFunction::call(const PairBlock& block, std::span<Number> out, char kinds,
                         Take&& take) const {
  const py::gil_scoped_acquire locked;
  Held& held = *held_;
  if (!held.volunteers || !held.volunteers->of(block.network)) {
    held.volunteers = std::make_shared<ColumnCache>(block.network, Entity::volunteer);
    held.needs = std::make_shared<ColumnCache>(block.network, Entity::need);
  }
  static_assert(sizeof(VolunteerIndex) == sizeof(std::uint32_t));
  const auto rows = static_cast<py::ssize_t>(block.size());
  const py::array_t<std::int64_t> index(rows);
  auto* row = const_cast<std::int64_t*>(index.data());
  for (const VolunteerIndex volunteer : block.volunteers) *row++ = volunteer.value();
  Block seen{
      block.network, {held.volunteers, index}, {held.needs, block.need}, metres_of(block.metres)};

  py::object given;
  try {
    given = held.function(py::cast(std::move(seen)));
  } catch (py::error_already_set& error) {
    if (!error.matches(PyExc_Exception)) throw;  // KeyboardInterrupt, SystemExit
    const std::string what = py::str(error.type().attr("__name__")).cast<std::string>() + ": " +
                             py::str(error.value()).cast<std::string>();
    fail("function_failed", held.place, what, "", error.value());
  }
  const py::module_ numpy = py::module_::import("numpy");
  const bool integers = kinds == 'i';
  const std::string allowed = "an array of " + std::string(integers ? "whole numbers" : "bool") +
                              ", one for each of the " + std::to_string(rows) + " candidates";
  if (py::isinstance(given, py::module_::import("numpy.ma").attr("MaskedArray")) &&
      given.attr("mask").attr("any")().cast<bool>())
    fail("answer_missing", held.place, "no answer where the column has no value",
         allowed + "; say with filled() what holds where a value is absent", {});
  const py::array array = numpy.attr("asarray")(given).cast<py::array>();
  const char kind = array.dtype().kind();
  const bool right = integers ? kind == 'i' || kind == 'u' : kind == 'b';
  if (array.ndim() != 1 || array.size() != rows)
    fail("answer_length", held.place,
         "the function gave " + (array.ndim() == 1 ? std::to_string(array.size()) + " answers"
                                                   : std::string("no one-dimensional array")),
         allowed, {});
  if (!right && rows != 0)
    fail("answer_type", held.place,
         "the function gave " + py::str(array.dtype()).cast<std::string>(), allowed, {});
  take(array, out);
}

void BlockFunction::fill(const PairBlock& block, std::span<std::uint8_t> fits) const {
  call(block, fits, 'b', [](const py::array& given, std::span<std::uint8_t> out) {
    const auto answers = py::array_t<bool, py::array::forcecast>::ensure(given);
    for (std::size_t i = 0; i < out.size(); ++i)
      if (!answers.data()[i]) out[i] = 0;
  });
}

void BlockFunction::fill(const PairBlock& block, std::span<std::int64_t> points) const {
  call(block, points, 'i', [this](const py::array& given, std::span<std::int64_t> out) {
    if (given.dtype().kind() == 'u' && given.size() != 0 &&
        given.attr("max")().attr("__gt__")(std::numeric_limits<std::int64_t>::max()).cast<bool>())
      fail("points_out_of_range", held_->place, "the function gave more than 64 bits hold",
           "-4611686018427387904 to 4611686018427387904", {});
    const auto answers =
        py::array_t<std::int64_t, py::array::forcecast | py::array::c_style>::ensure(given);
    std::copy_n(answers.data(), out.size(), out.begin());
  });
}

}  // namespace jiedui::python
