#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/export.hpp"

namespace jiedui {

/// One fault found in what the caller gave. Never carries a cell's content: that may be personal.
struct Problem {
  std::string table;  ///< file name, or the name of the table: "volunteers"
  std::int64_t row =
      0;  ///< number of the record, from 1, the header of a CSV file counted; 0: whole table
  std::string column;   ///< empty when the whole row is meant
  std::string code;     ///< stable, listed in docs/errors.md: "id_duplicate"
  std::string allowed;  ///< the allowed range or form, in words
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// Bad input from the caller, or a broken disk or file.
///
/// `what()` reads "[code] place: message; allowed: …; way out: …". Codes are stable and listed in
/// docs/errors.md.
class JIEDUI_API Error : public std::runtime_error {
 public:
  struct Parts {
    std::string code;     ///< stable: "overflow"
    std::string place;    ///< "volunteers.csv row 7 column capacity"; never a person's name
    std::string message;  ///< what is wrong
    std::string allowed;  ///< the allowed range, if there is one
    std::string way_out;  ///< what the caller can do
  };
  explicit Error(Parts parts);
  Error(const Error&);
  ~Error() override;

  const std::string& code() const { return parts_.code; }
  const Parts& parts() const { return parts_; }

 private:
  Parts parts_;
};

/// Input in which problems were found; all of them were looked for, at most 1,000 are listed.
class JIEDUI_API InputError : public Error {
 public:
  InputError(std::vector<Problem> problems, std::int64_t problem_count);
  InputError(const InputError&);
  ~InputError() override;

  const std::vector<Problem>& problems() const { return problems_; }
  /// How many there are in all, listed or not.
  std::int64_t problem_count() const { return problem_count_; }

 private:
  std::vector<Problem> problems_;
  std::int64_t problem_count_;
};

/// Our own bug: a broken invariant. The object that threw must not be used any more.
class JIEDUI_API InternalError : public std::logic_error {
 public:
  explicit InternalError(const std::string& what);
  InternalError(const InternalError&);
  ~InternalError() override;
};

/// At most this many problems are listed; all are counted.
inline constexpr std::size_t listed_problems_max = 1000;

/// Collects problems without stopping at the first.
class JIEDUI_API ProblemList {
 public:
  void add(Problem problem);
  /// Counts problems that another list counted and did not list.
  void count_unlisted(std::int64_t count) { count_ += count; }
  bool empty() const { return count_ == 0; }
  std::int64_t count() const { return count_; }
  const std::vector<Problem>& listed() const { return listed_; }
  /// Throws InputError if anything was added.
  void throw_if_any() const;

 private:
  std::vector<Problem> listed_;
  std::int64_t count_ = 0;
};

namespace detail {
[[noreturn]] JIEDUI_API void check_failed(const char* condition, const char* file, int line);
}

}  // namespace jiedui

/// A check of our own logic that stays on in release builds.
#define JIEDUI_CHECK(condition)                                       \
  do {                                                                \
    if (!(condition)) [[unlikely]]                                    \
      ::jiedui::detail::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
