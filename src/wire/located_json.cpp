#include "wire/located_json.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace jiedui::detail {

namespace {

constexpr std::size_t depth_max = 64;

struct ReadSoFar {
  std::int64_t line = 1;
  bool at_break = false;  // the last character was a line feed
};

/// Reads characters and counts the lines passed.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, ReadSoFar* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    read_->at_break = *at_++ == '\n';
    read_->line += read_->at_break;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  ReadSoFar* read_;
};

std::string escaped(const std::string& name) {
  std::string text;
  for (const char c : name) {
    if (c == '~')
      text += "~0";
    else if (c == '/')
      text += "~1";
    else
      text += c;
  }
  return text;
}

/// Notes the line of each value, and the first thing that is wrong.
class Locator final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Locator(const ReadSoFar& read) : read_(read) {}

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool string(string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool start_object(std::size_t) override { return begin(false); }
  bool start_array(std::size_t) override { return begin(true); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool key(string_t& name) override {
    if (!levels_.back().names.insert(name).second) return fail("each name once in an object");
    levels_.back().name = escaped(name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return fail("JSON as in RFC 8259");
  }

  std::map<std::string, std::int64_t> lines;
  std::string allowed;  // empty if nothing is wrong
  std::int64_t wrong_line = 0;

 private:
  struct Level {
    bool array;
    std::size_t index = 0;
    std::string name;
    std::set<std::string> names;
  };
  std::string pointer() const {
    std::string text;
    for (const Level& level : levels_)
      text += '/' + (level.array ? std::to_string(level.index) : level.name);
    return text;
  }
  bool value() { return value_at(read_.line); }
  /// A number ends where something else begins: that one character has been read.
  bool number() { return value_at(read_.line - (read_.at_break ? 1 : 0)); }
  bool value_at(std::int64_t line) {
    lines.emplace(pointer(), line);
    next();
    return true;
  }
  void next() {
    if (!levels_.empty() && levels_.back().array) ++levels_.back().index;
  }
  bool begin(bool array) {
    if (levels_.size() == depth_max) return fail("at most 64 levels");
    lines.emplace(pointer(), read_.line);
    levels_.push_back({.array = array});
    return true;
  }
  bool end() {
    levels_.pop_back();
    next();
    return true;
  }
  bool fail(const char* what) {
    allowed = what;
    wrong_line = read_.line;
    return false;
  }

  const ReadSoFar& read_;
  std::vector<Level> levels_;
};

}  // namespace

std::int64_t LocatedJson::line_of(std::string pointer) const {
  while (!lines.contains(pointer)) {
    const std::size_t slash = pointer.rfind('/');
    if (slash == std::string::npos) return 1;
    pointer.resize(slash);
  }
  return lines.at(pointer);
}

LocatedJson parse_located(std::string_view text, std::string_view name, ProblemList& problems) {
  ReadSoFar read;
  Locator locator{read};
  const CountingIterator begin{text.data(), &read}, end{text.data() + text.size(), &read};
  if (!nlohmann::json::sax_parse(begin, end, &locator)) {
    problems.add({std::string(name), locator.wrong_line, "", "json_invalid", locator.allowed});
    return {};
  }
  return {nlohmann::json::parse(text), std::move(locator.lines)};
}

}  // namespace jiedui::detail
