#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/position.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/network/kinds.hpp"

namespace made_town {

/// Cells of which few are distinct: words, lists, references.
class Words {
 public:
  void add(std::string_view text) {
    if (text.empty()) {
      column_.codes.push_back(jiedui::DictionaryColumn::absent);
      return;
    }
    const auto [entry, is_new] =
        numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(numbers_.size()));
    if (is_new) column_.texts.push_back(text);
    column_.codes.push_back(entry->second);
  }
  jiedui::DictionaryColumn take() { return std::move(column_); }

 private:
  jiedui::DictionaryColumn column_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// Whole numbers, some of them absent.
class Numbers {
 public:
  void add(std::optional<std::int64_t> number) {
    cells_.push_back(number.value_or(0));
    present_.push_back(number ? 1 : 0);
  }
  jiedui::Column take(std::string name) {
    if (std::find(present_.begin(), present_.end(), 0) == present_.end()) present_.clear();
    return {std::move(name), std::move(cells_), std::move(present_)};
  }

 private:
  std::vector<std::int64_t> cells_;
  std::vector<std::uint8_t> present_;
};

/// Positions as two columns of degrees. Dividing a whole number by a power of ten gives the double
/// nearest to the decimal on every machine.
class Points {
 public:
  void add(jiedui::Position position) {
    const bool known = position.has_value();
    latitudes_.push_back(known ? position.latitude / 1e7 : 0.0);
    longitudes_.push_back(known ? position.longitude / 1e7 : 0.0);
    present_.push_back(known ? 1 : 0);
  }
  void take(std::vector<jiedui::Column>& columns) {
    columns.push_back({"latitude", std::move(latitudes_), present_});
    columns.push_back({"longitude", std::move(longitudes_), std::move(present_)});
  }

 private:
  std::vector<double> latitudes_, longitudes_;
  std::vector<std::uint8_t> present_;
};

/// Puts finished columns together to the table of an entity.
class TableMaker {
 public:
  explicit TableMaker(jiedui::Entity entity) {
    table_.name = jiedui::table_names[static_cast<std::size_t>(entity)];
  }
  TableMaker& add(std::string name, jiedui::TextColumn cells) {
    table_.columns.push_back({std::move(name), std::move(cells), {}});
    return *this;
  }
  TableMaker& add(std::string name, Words& cells) {
    table_.columns.push_back({std::move(name), cells.take(), {}});
    return *this;
  }
  TableMaker& add(std::string name, Numbers& cells) {
    table_.columns.push_back(cells.take(std::move(name)));
    return *this;
  }
  TableMaker& add(Points& cells) {
    cells.take(table_.columns);
    return *this;
  }
  jiedui::Table take() { return std::move(table_); }

 private:
  jiedui::Table table_;
};

/// A number with leading zeros.
inline std::string padded(std::int64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

inline std::string joined(std::string_view first, std::string_view second) {
  return std::string(first).append(second);
}

/// "V-0042": as many digits as the largest number of its kind has, at least four.
class Ids {
 public:
  Ids(std::string_view prefix, std::int64_t largest)
      : prefix_(prefix), digits_(std::max<std::size_t>(4, std::to_string(largest).size())) {}
  /// @param number from 0; the ids begin with 1.
  std::string operator()(std::int64_t number) const {
    return prefix_ + "-" + padded(number + 1, digits_);
  }

 private:
  std::string prefix_;
  std::size_t digits_;
};

/// Joins the parts of a list cell by ';'.
inline void append(std::string& list, std::string_view part) {
  if (!list.empty()) list += ';';
  list += part;
}

}  // namespace made_town
