#include "wire/csv_column.hpp"

#include <algorithm>
#include <cstring>

#include "wire/csv_cell.hpp"

namespace jiedui::wire {

namespace {

/// So many rows are looked at before a column is taken for one of few distinct texts.
constexpr std::size_t sample_min = 256, sample_max = 1024;

/// The cell of the row as it stands, quotes and all.
inline std::string_view raw_cell(const CsvCells& cells, std::size_t row) {
  const std::uint32_t* cut = cells.cuts + row * cells.columns;
  const char* begin = cells.text + (cut[-1] + 1U);
  auto length = static_cast<std::size_t>(cells.text + cut[0] - begin);
  if (cells.trim && length > 0 && begin[length - 1] == '\r') --length;
  return {begin, length};
}

/// Whether the cell may mean something else than it says.
inline bool is_special(std::string_view cell) {
  return !cell.empty() && (cell.front() == '"' || cell.front() == '\'');
}

/// What a special cell means, copied to `out`; returns the new end.
char* copy_special(std::string_view cell, char* out) {
  char* end = out;
  if (cell.front() == '"') {
    end = copy_unquoted(cell.substr(1, cell.size() - 2), out);
  } else {
    std::memcpy(out, cell.data(), cell.size());
    end += cell.size();
  }
  const std::string_view copied(out, static_cast<std::size_t>(end - out));
  const std::string_view meant = without_apostrophe(copied);
  if (meant.size() == copied.size()) return end;
  std::memmove(out, meant.data(), meant.size());
  return out + meant.size();
}

void check_room(std::size_t have, std::size_t more) {
  if (more > TextColumn::bytes_max - have)
    throw Error({.code = "column_too_large",
                 .place = "text column",
                 .message = "the texts of one column are too long together",
                 .allowed = std::to_string(TextColumn::bytes_max) + " bytes",
                 .way_out = "split the file"});
}

}  // namespace

void CsvColumn::add(const CsvCells& cells, CsvScratch& scratch) {
  if (coded_)
    add_codes(cells, scratch);
  else
    add_texts(cells, scratch);
  if (undecided_) decide();
}

void CsvColumn::add(std::string_view text) {
  if (coded_) {
    const std::uint32_t code = text.empty() ? CsvDictionary::none : code_of(text);
    if (text.empty() || code != CsvDictionary::none) {
      codes_.push_back(code);
      return;
    }
    give_up_dictionary();
  }
  check_room(bytes_.size(), text.size());
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  if (undecided_) decide();
}

/// As CsvDictionary::code, for a text that has no room behind it.
std::uint32_t CsvColumn::code_of(std::string_view text) {
  std::string padded(text);
  padded.resize(text.size() + CsvDictionary::padding);
  return dictionary_.code(std::string_view(padded).substr(0, text.size()));
}

void CsvColumn::add_texts(const CsvCells& cells, CsvScratch& scratch) {
  constexpr std::size_t wide = 16;
  const auto base = static_cast<std::uint32_t>(bytes_.size());
  std::uint32_t* const ends = scratch.numbers.data();
  char* const first = scratch.bytes.data();
  char* out = first;
  for (std::size_t row = 0; row < cells.rows; ++row) {
    const std::string_view cell = raw_cell(cells, row);
    if (is_special(cell)) [[unlikely]] {
      out = copy_special(cell, out);
    } else {
      std::memcpy(out, cell.data(), wide);  // both sides have room; most cells are shorter
      if (cell.size() > wide) std::memcpy(out + wide, cell.data() + wide, cell.size() - wide);
      out += cell.size();
    }
    ends[row] = base + static_cast<std::uint32_t>(out - first);
  }
  check_room(bytes_.size(), static_cast<std::size_t>(out - first));
  bytes_.insert(bytes_.end(), first, out);
  ends_.insert(ends_.end(), ends, ends + cells.rows);
}

void CsvColumn::add_codes(const CsvCells& cells, CsvScratch& scratch) {
  std::uint32_t* const codes = scratch.numbers.data();
  for (std::size_t row = 0; row < cells.rows; ++row) {
    std::string_view cell = raw_cell(cells, row);
    if (is_special(cell)) [[unlikely]] {
      char* const begin = scratch.bytes.data();
      cell = {begin, static_cast<std::size_t>(copy_special(cell, begin) - begin)};
    }
    codes[row] = cell.empty() ? CsvDictionary::none : dictionary_.code(cell);
    if (codes[row] == CsvDictionary::none && !cell.empty()) [[unlikely]] {
      codes_.insert(codes_.end(), codes, codes + row);
      give_up_dictionary();
      CsvCells rest = cells;
      rest.cuts += row * cells.columns;
      rest.rows -= row;
      add_texts(rest, scratch);
      return;
    }
  }
  codes_.insert(codes_.end(), codes, codes + cells.rows);
}

std::string_view CsvColumn::text(std::size_t row) const {
  const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
  return {bytes_.data() + begin, ends_[row] - begin};
}

/// Makes it a dictionary if the first rows repeat themselves as often as rows drawn from the texts
/// that a dictionary holds: n draws from N texts bring about n² / 2N repeats.
void CsvColumn::decide() {
  if (ends_.size() < sample_min) return;
  undecided_ = false;
  // The dictionary reads behind the last text.
  bytes_.resize(bytes_.size() + CsvDictionary::padding);
  const std::size_t sample = std::min(ends_.size(), sample_max);
  std::size_t repeats = 0;
  for (std::size_t row = 0; row < ends_.size(); ++row) {
    const std::string_view cell = text(row);
    const std::size_t known = dictionary_.texts().size();
    const std::uint32_t code = cell.empty() ? CsvDictionary::none : dictionary_.code(cell);
    if (row < sample && dictionary_.texts().size() == known) ++repeats;
    const bool many = row + 1 == sample && 2 * CsvDictionary::texts_max * repeats < sample * sample;
    if (many || (code == CsvDictionary::none && !cell.empty())) {
      bytes_.resize(bytes_.size() - CsvDictionary::padding);
      dictionary_ = CsvDictionary();
      codes_ = {};
      return;
    }
    codes_.push_back(code);
  }
  coded_ = true;
  bytes_ = {};
  ends_ = {};
}

void CsvColumn::give_up_dictionary() {
  coded_ = false;
  const TextColumn texts = dictionary_.take();
  ends_.reserve(codes_.capacity());
  for (const std::uint32_t code : codes_) {
    const std::string_view text =
        code == DictionaryColumn::absent ? std::string_view() : texts[code];
    check_room(bytes_.size(), text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  codes_ = {};
  dictionary_ = CsvDictionary();
}

void CsvColumn::reserve(double times, std::size_t bytes_max) {
  const auto grown = [&](std::size_t size) {
    const double more = static_cast<double>(size) * times;
    return size +
           (more < static_cast<double>(bytes_max) ? static_cast<std::size_t>(more) : bytes_max);
  };
  if (coded_) {
    codes_.reserve(grown(codes_.size()));
  } else {
    bytes_.reserve(grown(bytes_.size()));
    ends_.reserve(grown(ends_.size()));
  }
}

Column::Cells CsvColumn::take() {
  if (coded_) return DictionaryColumn{dictionary_.take(), std::move(codes_)};
  return TextColumn(std::move(bytes_), std::move(ends_));
}

}  // namespace jiedui::wire
