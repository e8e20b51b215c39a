#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace jiedui {

/// One list of entries a row; each distinct list is stored once, as few are distinct.
///
/// Row → number of its list → entries. Number 0 is the empty list. What depends on the list alone
/// is worked out once for each distinct list.
template <class Entry>
class Lists {
 public:
  std::size_t size() const { return rows_.size(); }
  std::span<const Entry> operator[](std::size_t row) const { return list(rows_[row]); }
  std::uint32_t number(std::size_t row) const { return rows_[row]; }

  /// How many distinct lists there are, the empty one counted.
  std::size_t distinct() const { return ends_.size(); }
  std::span<const Entry> list(std::uint32_t number) const {
    const std::uint32_t begin = number == 0 ? 0 : ends_[number - 1];
    return {entries_.data() + begin, ends_[number] - begin};
  }

  /// Stores one more distinct list; the caller sees to it that it is distinct. Returns its number.
  std::uint32_t add_list(std::span<const Entry> entries) {
    entries_.insert(entries_.end(), entries.begin(), entries.end());
    ends_.push_back(static_cast<std::uint32_t>(entries_.size()));
    return static_cast<std::uint32_t>(ends_.size() - 1);
  }
  void push_back(std::uint32_t number) { rows_.push_back(number); }
  std::vector<std::uint32_t>& rows() { return rows_; }
  std::vector<Entry>& entries() { return entries_; }
  /// Sorts within each list.
  void sort_entries() {
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends_) {
      std::sort(entries_.begin() + begin, entries_.begin() + end);
      begin = end;
    }
  }

 private:
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> ends_ = {0};
  std::vector<Entry> entries_;
};

}  // namespace jiedui
