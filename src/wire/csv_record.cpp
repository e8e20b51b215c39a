#include "wire/csv_record.hpp"

namespace jiedui::wire {

namespace {

constexpr const char* quotes_allowed = "quotes around a whole cell, doubled inside";

bool ends_line(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == '\n';
}

/// At a separator, a line feed, the CR before one, or the end.
bool ends_cell(std::string_view text, std::size_t at, char separator) {
  return ends_line(text, at) || text[at] == separator ||
         (text[at] == '\r' && ends_line(text, at + 1));
}

}  // namespace

std::size_t CsvRecord::read(std::string_view text, std::size_t begin, char separator) {
  cells_.clear();
  faults_.clear();
  unclosed_ = false;
  std::size_t at = begin;
  while (true) {
    at = at < text.size() && text[at] == '"' ? read_quoted(text, at, separator)
                                             : read_plain(text, at, separator);
    if (at >= text.size()) return text.size() + 1;
    if (text[at] == separator) {
      ++at;
      continue;
    }
    return at + (text[at] == '\r' ? 2 : 1);
  }
}

std::size_t CsvRecord::read_quoted(std::string_view text, std::size_t begin, char separator) {
  std::size_t at = begin + 1;
  while (true) {
    at = text.find('"', at);
    if (at == std::string_view::npos) {
      faults_.push_back({cells_.size(), "quote_unclosed", "a closing quote"});
      cells_.push_back({text.substr(begin + 1), true});
      unclosed_ = true;
      return text.size();
    }
    if (at + 1 < text.size() && text[at + 1] == '"')
      at += 2;
    else
      break;
  }
  if (ends_cell(text, at + 1, separator)) {
    cells_.push_back({text.substr(begin + 1, at - begin - 1), true});
    return at + 1;
  }
  faults_.push_back({cells_.size(), "quote_misplaced", quotes_allowed});
  while (!ends_cell(text, at, separator)) ++at;
  cells_.push_back({text.substr(begin, at - begin), false});
  return at;
}

std::size_t CsvRecord::read_plain(std::string_view text, std::size_t begin, char separator) {
  std::size_t at = begin;
  bool quote = false, carriage_return = false;
  for (; !ends_cell(text, at, separator); ++at) {
    quote |= text[at] == '"';
    carriage_return |= text[at] == '\r';
  }
  if (quote) faults_.push_back({cells_.size(), "quote_misplaced", quotes_allowed});
  if (carriage_return)
    faults_.push_back(
        {cells_.size(), "line_end_invalid", "LF or CRLF; CR elsewhere only within quotes"});
  cells_.push_back({text.substr(begin, at - begin), false});
  return at;
}

}  // namespace jiedui::wire
