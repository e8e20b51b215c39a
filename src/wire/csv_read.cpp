#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "jiedui/wire/csv.hpp"
#include "wire/csv_cell.hpp"
#include "wire/csv_column.hpp"
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
  void read_record();
  void parse_record();
  void judge_cells();
  void keep_record();
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
  std::vector<CsvColumn> columns_;
  std::vector<std::int64_t> records_;
  bool left_out_ = false;
  CsvScratch scratch_;
  ProblemList problems_;
};

std::optional<CsvTable> CsvReader::read() {
  if (read_header()) {
    const std::size_t stretch = std::min(stretch_bytes, text_.size() + 1);
    scratch_.bytes.resize(stretch + CsvText::padding);
    scratch_.numbers.resize(stretch);
    while (!stopped_ && (at_ < text_.loaded().size() || !text_.complete())) read_stretch();
  }
  if (stopped_) return std::nullopt;
  CsvTable result;
  result.table.name = std::move(name_);
  result.table.first_row = 2;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    result.table.columns.push_back(
        {.name = std::move(names_[i]), .cells = columns_[i].take(), .present = {}});
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
  columns_.assign(names_.size(), CsvColumn(options_.dictionaries));
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
  const std::size_t columns = columns_.size();
  const std::size_t rows = scan_.lines();
  for (std::size_t c = 0; c < columns; ++c)
    columns_[c].add({.text = text,
                     .cuts = scan_.cuts() + c,
                     .columns = columns,
                     .rows = rows,
                     .trim = scan_.has_carriage_return() && c + 1 == columns},
                    scratch_);
  for (std::size_t row = 0; left_out_ && row < rows; ++row)
    records_.push_back(record_number_ + static_cast<std::int64_t>(row));
  record_number_ += static_cast<std::int64_t>(rows);
  const std::size_t consumed = std::size_t{scan_.cuts()[scan_.cut_count() - 1]} + 1;
  at_ += consumed;
  if (reserved_ || consumed >= text_.size()) return;
  // The first stretch foretells the size of all; a tenth more, but never more than there is.
  reserved_ = true;
  const std::size_t left = text_.size() - consumed;
  for (CsvColumn& column : columns_)
    column.reserve(1.1 * static_cast<double>(left) / static_cast<double>(consumed), left);
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
    std::string_view text = cell.text;
    if (cell.quoted) {
      if (scratch_.bytes.size() < text.size()) scratch_.bytes.resize(text.size());
      char* const begin = scratch_.bytes.data();
      text = {begin, static_cast<std::size_t>(copy_unquoted(text, begin) - begin)};
    }
    columns_[i].add(without_apostrophe(text));
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
