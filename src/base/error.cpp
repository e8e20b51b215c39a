#include "jiedui/base/error.hpp"

#include <cstring>
#include <utility>

namespace jiedui {

namespace {

std::string sentence(const Error::Parts& parts) {
  std::string text = "[" + parts.code + "] ";
  if (!parts.place.empty()) text += parts.place + ": ";
  text += parts.message;
  if (!parts.allowed.empty()) text += "; allowed: " + parts.allowed;
  if (!parts.way_out.empty()) text += "; way out: " + parts.way_out;
  return text;
}

std::string place_of(const Problem& problem) {
  std::string place = problem.table;
  if (problem.row > 0) place += " row " + std::to_string(problem.row);
  if (!problem.column.empty()) place += " column " + problem.column;
  return place;
}

Error::Parts parts_of(const std::vector<Problem>& problems, std::int64_t count) {
  JIEDUI_CHECK(!problems.empty());
  const Problem& first = problems.front();
  std::string message = std::to_string(count) + (count == 1 ? " problem" : " problems");
  message += " in the input; the first: " + first.code;
  return {.code = "input_invalid",
          .place = place_of(first),
          .message = std::move(message),
          .allowed = first.allowed,
          .way_out =
              "mend the rows listed in problems(); a network can do without them: keep_good_rows"};
}

}  // namespace

Error::Error(Parts parts) : std::runtime_error(sentence(parts)), parts_(std::move(parts)) {}
Error::Error(const Error&) = default;
Error::~Error() = default;

InputError::InputError(std::vector<Problem> problems, std::int64_t problem_count)
    : Error(parts_of(problems, problem_count)),
      problems_(std::move(problems)),
      problem_count_(problem_count) {}
InputError::InputError(const InputError&) = default;
InputError::~InputError() = default;

InternalError::InternalError(const std::string& what) : std::logic_error(what) {}
InternalError::InternalError(const InternalError&) = default;
InternalError::~InternalError() = default;

void ProblemList::add(Problem problem) {
  ++count_;
  if (listed_.size() < listed_problems_max) listed_.push_back(std::move(problem));
}

void ProblemList::throw_if_any() const {
  if (!empty()) throw InputError(listed_, count_);
}

namespace detail {

void check_failed(const char* condition, const char* file, int line) {
  const char* name = std::strrchr(file, '/');
  throw InternalError("jiedui has a bug: " + std::string(condition) + " does not hold at " +
                      (name != nullptr ? name + 1 : file) + ":" + std::to_string(line) +
                      "; please report it; the object in use must be thrown away");
}

}  // namespace detail
}  // namespace jiedui
