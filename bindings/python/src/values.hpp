#pragma once

#include "common.hpp"

namespace jiedui::python {

/// Binds a class of plain values: read-only fields with the comments of the headers, and ==.
template <class Class>
class Value {
 public:
  /// @param name in Python; @param declared in the headers, where that is another one.
  Value(py::handle scope, const char* name, std::string declared = {})
      : bound(scope, name, find_doc(declared.empty() ? name : declared)),
        name_(declared.empty() ? name : std::move(declared)) {
    if constexpr (requires(const Class& a) { a == a; })
      bound.def("__eq__", &equal<Class>, "other"_a);
  }

  template <class Member>
  Value& field(const char* field, Member Class::*member) {
    return property(field, [member](const Class& self) -> const Member& { return self.*member; });
  }
  /// A field that is shown in another form than it has.
  template <class Get>
  Value& property(const char* field, Get&& get) {
    const char* doc = find_doc(name_ + "." + field);
    bound.def_property_readonly(field, std::forward<Get>(get), doc == nullptr ? "" : doc);
    return *this;
  }

  py::class_<Class> bound;

 private:
  std::string name_;
};

/// Booked times are whole nanoseconds; datetime holds microseconds only.
inline std::int64_t nanoseconds(std::chrono::sys_time<std::chrono::nanoseconds> time) {
  return time.time_since_epoch().count();
}

}  // namespace jiedui::python
