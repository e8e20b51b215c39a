#pragma once

#include <string>
#include <utility>

#include "jiedui/base/error.hpp"

namespace jiedui::test {

/// The code of the Error that the work throws, "" if it throws none.
template <class Work>
std::string error_code(Work&& work) {
  try {
    std::forward<Work>(work)();
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

}  // namespace jiedui::test
