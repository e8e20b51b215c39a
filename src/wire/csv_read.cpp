#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <unordered_set>
#include <utility>

#include "jiedui/wire/csv.hpp"
#include "wire/csv_cell.hpp"
#include "wire/csv_record.hpp"
#include "wire/csv_scan.hpp"
#include "wire/csv_text.hpp"
#include "wire/encoding.hpp"
#include "wire/source.hpp"

namespace jiedui {

namespace wire {
namespace {

/// How much is scanned at once: the cuts of a stretch and its bytes stay in the second-level cache.
constexpr std::size_t stretch_bytes = 64 * 1024;

/// Cells of one column while they are gathered.
struct Gathered {
  std::vector<char> bytes;
  std::vector<std::uint32_t> ends;
};

/// What to do about cells that are not UTF-8.
enum class BadUtf8 { list, stop };

class CsvReader {
 public:
  /// `bad` holds the offsets in the source of characters that could not be converted.
  CsvReader(const Source& source, std::string name, const CsvOptions& options, BadUtf8 on_bad_utf8,
            const std::vector<std::size_t>& bad)
      : text_(source),
        name_(std::move(name)),
        options_(options),
        on_bad_utf8_(on_bad_utf8),
        bad_(bad),
        scan_(options.separator) {}

  /// Nothing where the text is not UTF-8 and reading was to stop.
  std::optional<CsvTable> read();

 private:
  bool read_header();
  void read_stretch();
  bool is_regular(std::string_view text) const;
  void gather(const char* text);
  std::size_t gather_column(const char* text, std::size_t column, std::uint32_t base);
  void read_record();
  void parse_record();
  void judge_cells();
  void keep_record();
  void reserve(std::size_t consumed);
  void problem(std::string column, const char* code, std::string allowed);
  std::string column_name(std::size_t cell) const;
  bool encoded_well(std::string_view cell) const;

  CsvText text_;
  std::string name_;
  const CsvOptions& options_;
  const BadUtf8 on_bad_utf8_;
  bool stopped_ = false;
  const std::vector<std::size_t>& bad_;

  CsvScan scan_;
  CsvRecord record_;
  std::size_t at_ = 0;              ///< where the next record begins
  std::int64_t record_number_ = 1;  ///< of the next record
  bool record_good_ = true;
  bool reserved_ = false;
  std::vector<std::string> names_;
  std::vector<Gathered> columns_;
  std::vector<std::int64_t> records_;
  bool left_out_ = false;
  std::vector<char> cell_bytes_;
  std::vector<std::uint32_t> cell_ends_;
  ProblemList problems_;
};

std::optional<CsvTable> CsvReader::read() {
  if (read_header()) {
    const std::size_t stretch = std::min(stretch_bytes, text_.size() + 1);
    cell_bytes_.resize(stretch + CsvText::padding);
    cell_ends_.resize(stretch);
    while (!stopped_ && (at_ < text_.loaded().size() || !text_.complete())) read_stretch();
  }
  if (stopped_) return std::nullopt;
  CsvTable result;
  result.table.name = std::move(name_);
  result.table.first_row = 2;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    result.table.columns.push_back(
        {.name = std::move(names_[i]),
         .cells = TextColumn(std::move(columns_[i].bytes), std::move(columns_[i].ends)),
         .present = {}});
  result.problems = std::move(problems_);
  if (left_out_) result.records = std::move(records_);
  return result;
}

bool CsvReader::read_header() {
  if (text_.size() == 0) {
    problem({}, "header_missing", "a first line with the names of the columns");
    return false;
  }
  parse_record();
  record_good_ = true;
  if (record_.cells().size() > options_.columns_max) {
    problem({}, "columns_too_many", "at most " + std::to_string(options_.columns_max) + " columns");
    return false;
  }
  std::unordered_set<std::string_view> seen;
  std::string buffer;
  for (const CsvRecord::Cell& cell : record_.cells()) {
    buffer.resize(cell.text.size());
    std::string_view name = cell.text;
    if (cell.quoted)
      name = {buffer.data(),
              static_cast<std::size_t>(copy_unquoted(cell.text, buffer.data()) - buffer.data())};
    names_.emplace_back(without_apostrophe(name));
  }
  judge_cells();
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].empty())
      problem(column_name(i), "header_empty", "a name for every column");
    else if (!seen.insert(names_[i]).second)
      problem(column_name(i), "header_double", "each name once");
  }
  columns_.resize(names_.size());
  ++record_number_;
  return true;
}

void CsvReader::read_stretch() {
  if (!text_.complete() && text_.loaded().size() - at_ < stretch_bytes) {
    text_.load(at_);
    at_ = 0;
  }
  // At the end, the line feed behind the text ends a last line without one.
  const std::string_view text = text_.loaded().substr(at_);
  const std::size_t size = std::min(stretch_bytes, text.size() + (text_.complete() ? 1 : 0));
  scan_.scan(text.data(), size);
  if (is_regular(text)) {
    gather(text.data());
    return;
  }
  // Record by record, with care, up to the end of this stretch.
  const std::size_t end = text_.offset() + at_ + size;
  while (!stopped_ && text_.offset() + at_ < end &&
         (at_ < text_.loaded().size() || !text_.complete()))
    read_record();
}

/// Whether the scanned stretch holds only whole, good records.
bool CsvReader::is_regular(std::string_view text) const {
  const std::size_t columns = columns_.size();
  const std::size_t cuts = scan_.cut_count();
  if (!bad_.empty() || !scan_.regular() || scan_.lines() == 0 ||
      options_.cell_bytes_max < stretch_bytes || cuts != scan_.lines() * columns)
    return false;
  // As many line feeds as records: if each record ends with one, none is elsewhere.
  for (std::size_t k = columns - 1; k < cuts; k += columns)
    if (text.data()[scan_.cuts()[k]] != '\n') return false;
  return is_utf8(text.substr(0, scan_.cuts()[cuts - 1]));
}

void CsvReader::gather(const char* text) {
  const std::size_t rows = scan_.lines();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Gathered& column = columns_[c];
    const std::size_t bytes =
        gather_column(text, c, static_cast<std::uint32_t>(column.bytes.size()));
    if (bytes > TextColumn::bytes_max - column.bytes.size())
      throw Error({.code = "column_too_large",
                   .place = name_ + " column " + column_name(c),
                   .message = "the texts of one column are too long together",
                   .allowed = std::to_string(TextColumn::bytes_max) + " bytes",
                   .way_out = "split the file"});
    column.bytes.insert(column.bytes.end(), cell_bytes_.data(), cell_bytes_.data() + bytes);
    column.ends.insert(column.ends.end(), cell_ends_.data(), cell_ends_.data() + rows);
  }
  for (std::size_t row = 0; left_out_ && row < rows; ++row)
    records_.push_back(record_number_ + static_cast<std::int64_t>(row));
  record_number_ += static_cast<std::int64_t>(rows);
  const std::size_t consumed = std::size_t{scan_.cuts()[scan_.cut_count() - 1]} + 1;
  at_ += consumed;
  if (!reserved_) reserve(consumed);
}

/// Copies the cells of one column behind each other to cell_bytes_, and their ends, counted from
/// `base`, to cell_ends_. Returns the number of bytes.
std::size_t CsvReader::gather_column(const char* text, std::size_t column, std::uint32_t base) {
  constexpr std::size_t wide = 16;
  const std::size_t columns = columns_.size();
  const std::size_t rows = scan_.lines();
  const bool trim = scan_.has_carriage_return() && column + 1 == columns;
  const std::uint32_t* cut = scan_.cuts() + column;
  std::uint32_t* ends = cell_ends_.data();
  char* const first = cell_bytes_.data();
  char* out = first;
  for (std::size_t row = 0; row < rows; ++row, cut += columns) {
    const char* cell = text + (cut[-1] + 1U);
    auto length = static_cast<std::size_t>(text + cut[0] - cell);
    if (trim && length > 0 && cell[length - 1] == '\r') --length;
    if ((*cell == '"' || *cell == '\'') && length > 0) [[unlikely]] {
      char* const begin = out;
      if (*cell == '"') {
        out = copy_unquoted({cell + 1, length - 2}, out);
      } else {
        std::memcpy(out, cell, length);
        out += length;
      }
      const std::string_view copied(begin, static_cast<std::size_t>(out - begin));
      if (const auto kept = without_apostrophe(copied); kept.size() != copied.size()) {
        std::memmove(begin, kept.data(), kept.size());
        --out;
      }
    } else {
      std::memcpy(out, cell, wide);  // both sides have room; most cells are shorter
      if (length > wide) std::memcpy(out + wide, cell + wide, length - wide);
      out += length;
    }
    ends[row] = base + static_cast<std::uint32_t>(out - first);
  }
  return static_cast<std::size_t>(out - first);
}

/// Foresees the size of each column from the first stretch, with a tenth more; for each at most
/// what is left of the text.
void CsvReader::reserve(std::size_t consumed) {
  reserved_ = true;
  const double left = static_cast<double>(text_.size()) - static_cast<double>(consumed);
  const double times = 1.1 * left / static_cast<double>(consumed);
  for (Gathered& column : columns_) {
    const auto grown = [&](std::size_t size) {
      return size + static_cast<std::size_t>(
                        std::clamp(static_cast<double>(size) * times, 0.0, std::max(left, 0.0)));
    };
    column.bytes.reserve(grown(column.bytes.size()));
    column.ends.reserve(grown(column.ends.size()));
  }
}

/// Reads the record at at_, loading until all of it is there.
void CsvReader::parse_record() {
  while (true) {
    const std::size_t next = record_.read(text_.loaded(), at_, options_.separator);
    if (next <= text_.loaded().size() || text_.complete()) {
      at_ = next;
      return;
    }
    text_.load(at_);
    at_ = 0;
  }
}

void CsvReader::read_record() {
  parse_record();
  record_good_ = true;
  judge_cells();
  if (record_.cells().size() != columns_.size() && !record_.unclosed())
    problem({}, "cell_count", std::to_string(columns_.size()) + " cells");
  if (record_good_) {
    keep_record();
  } else if (!left_out_) {
    left_out_ = true;
    for (std::int64_t record = 2; record < record_number_; ++record) records_.push_back(record);
  }
  ++record_number_;
}

void CsvReader::judge_cells() {
  for (const CsvFault& fault : record_.faults())
    problem(column_name(fault.cell), fault.code, fault.allowed);
  for (std::size_t i = 0; i < record_.cells().size(); ++i) {
    const std::string_view cell = record_.cells()[i].text;
    if (cell.size() > options_.cell_bytes_max)
      problem(column_name(i), "cell_too_long",
              "at most " + std::to_string(options_.cell_bytes_max) + " bytes");
    if (cell.find('\0') != std::string_view::npos)
      problem(column_name(i), "cell_nul", "text without NUL");
    if (encoded_well(cell)) continue;
    stopped_ |= on_bad_utf8_ == BadUtf8::stop;
    problem(column_name(i), "cell_encoding",
            bad_.empty() ? "well-formed UTF-8" : "well-formed GB18030");
  }
}

void CsvReader::keep_record() {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const CsvRecord::Cell& cell = record_.cells()[i];
    if (cell_bytes_.size() < cell.text.size()) cell_bytes_.resize(cell.text.size());
    std::string_view text = cell.text;
    if (cell.quoted)
      text = {cell_bytes_.data(), static_cast<std::size_t>(copy_unquoted(text, cell_bytes_.data()) -
                                                           cell_bytes_.data())};
    text = without_apostrophe(text);
    Gathered& column = columns_[i];
    if (text.size() > TextColumn::bytes_max - column.bytes.size())
      throw Error({.code = "column_too_large",
                   .place = name_ + " column " + column_name(i),
                   .message = "the texts of one column are too long together",
                   .allowed = std::to_string(TextColumn::bytes_max) + " bytes",
                   .way_out = "split the file"});
    column.bytes.insert(column.bytes.end(), text.begin(), text.end());
    column.ends.push_back(static_cast<std::uint32_t>(column.bytes.size()));
  }
  if (left_out_) records_.push_back(record_number_);
}

void CsvReader::problem(std::string column, const char* code, std::string allowed) {
  record_good_ = false;
  problems_.add({.table = name_,
                 .row = record_number_,
                 .column = std::move(column),
                 .code = code,
                 .allowed = std::move(allowed)});
}

/// The header's name where it can be shown, else the number of the column from 1.
std::string CsvReader::column_name(std::size_t cell) const {
  constexpr std::size_t shown_max = 100;
  if (cell < names_.size() && !names_[cell].empty() && names_[cell].size() <= shown_max &&
      is_utf8(names_[cell]) && names_[cell].find('\0') == std::string::npos)
    return names_[cell];
  return std::string("#").append(std::to_string(cell + 1));
}

bool CsvReader::encoded_well(std::string_view cell) const {
  const std::size_t begin =
      text_.offset() + static_cast<std::size_t>(cell.data() - text_.loaded().data());
  const auto bad = std::lower_bound(bad_.begin(), bad_.end(), begin);
  return (bad == bad_.end() || *bad >= begin + cell.size()) && is_utf8(cell);
}

[[noreturn]] void encoding_unknown(const std::string& name, std::string_view bytes) {
  const std::size_t first_bad = valid_utf8(bytes);
  const auto line =
      1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(first_bad), '\n');
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  throw Error(
      {.code = "encoding_unknown",
       .place = name,
       .message = utf16 ? std::string("the file begins like UTF-16")
                        : "the file is neither UTF-8 (byte " + std::to_string(first_bad + 1) +
                              ", line " + std::to_string(line) + ") nor GB18030",
       .allowed = "UTF-8, GB18030",
       .way_out = "save it as UTF-8; or give the encoding in the options to have every bad cell "
                  "listed"});
}

CsvTable read_source(const Source& source, const std::string& name, const CsvOptions& options) {
  const auto read = [&](const Source& text, BadUtf8 on_bad_utf8,
                        const std::vector<std::size_t>& bad) {
    return CsvReader(text, name, options, on_bad_utf8, bad).read();
  };
  if (options.encoding == Encoding::utf8) return *read(source, BadUtf8::list, {});
  if (options.encoding == Encoding::automatic)
    if (std::optional<CsvTable> table = read(source, BadUtf8::stop, {})) return *std::move(table);
  const Bytes bytes = read_all(source);
  const Converted converted = from_gb18030(bytes.view());
  if (!converted.bad.empty() && options.encoding == Encoding::automatic)
    encoding_unknown(name, bytes.view());
  return *read(MemorySource(converted.utf8), BadUtf8::list, converted.bad);
}

}  // namespace
}  // namespace wire

CsvTable read_csv_table(const std::filesystem::path& path, const CsvOptions& options) {
  wire::check_separator(options.separator);
  return wire::read_source(wire::FileSource(path, options.file_bytes_max), wire::shown_name(path),
                           options);
}

CsvTable parse_csv(std::string_view bytes, const std::string& name, const CsvOptions& options) {
  wire::check_separator(options.separator);
  if (bytes.size() > options.file_bytes_max)
    throw Error({.code = "file_too_large",
                 .place = name,
                 .message = "there are " + std::to_string(bytes.size()) + " bytes",
                 .allowed = "at most " + std::to_string(options.file_bytes_max) + " bytes",
                 .way_out = "split the text, or raise the limit in the options"});
  return wire::read_source(wire::MemorySource(bytes), name, options);
}

}  // namespace jiedui
