#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jiedui::wire {

/// Where cells end in a stretch of CSV, found 64 bytes at a time.
///
/// One bit a byte says where quotes, separators and line ends stand; a running exclusive-or over
/// the quotes says which of them lie inside a quoted cell (Langdale and Lemire, "Parsing Gigabytes
/// of JSON per Second", 2019, section 3.1). The scan judges the well-formed only: whatever else it
/// meets, it says so, and the stretch is read again with care.
class CsvScan {
 public:
  explicit CsvScan(char separator) : separator_(separator) {}

  /// Scans [text, text + size), which begins with a record; 63 bytes behind it must be readable.
  void scan(const char* text, std::size_t size);

  /// Offsets of the separators and line feeds outside quotes, rising; up to the last line feed.
  /// cuts()[-1] + 1 is 0, so that cell k is always [cuts()[k - 1] + 1, cuts()[k]).
  const std::uint32_t* cuts() const { return cuts_.data() + 1; }
  std::size_t cut_count() const { return cut_count_; }
  /// The line feeds among the cuts.
  std::size_t lines() const { return lines_; }
  /// Whether all was well-formed: quotes only around whole cells, CR only before LF, no NUL.
  bool regular() const { return regular_; }
  /// Whether there was any CR outside quotes.
  bool has_carriage_return() const { return has_carriage_return_; }

 private:
  char separator_;
  std::vector<std::uint32_t> cuts_;
  std::size_t cut_count_ = 0;
  std::size_t lines_ = 0;
  bool regular_ = true;
  bool has_carriage_return_ = false;
};

}  // namespace jiedui::wire
