#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace jiedui::python {

/// The comment of a public name of the headers, "Plan.gap", or null if none declares it. Made by
/// docstrings.py.
const char* find_doc(std::string_view name);

/// The same; the module does not import if no header declares the name.
inline const char* doc(std::string_view name) {
  const char* found = find_doc(name);
  if (found == nullptr) throw std::logic_error("no header declares " + std::string(name));
  return found;
}

}  // namespace jiedui::python

#define DOC(name) ::jiedui::python::doc(name)
