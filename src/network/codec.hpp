#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>
#include <string>

#include "cells.hpp"
#include "jiedui/network/entities.hpp"

// Private to the room: for each type of field how a column is read, put into order, written back
// and turned into the value of one row.

namespace jiedui::codec {

using cells::Cell;
using cells::CellColumn;
using cells::Fault;
using cells::Reading;

/// What writing needs: the words and the ids that indexes stand for.
struct Writing {
  const std::vector<std::string>& words;
  std::array<const TextColumn*, entity_count> ids;
};

template <class Tag>
struct EntityOf;
// clang-format off
template <> struct EntityOf<PlaceTag> { static constexpr Entity entity = Entity::place; };
template <> struct EntityOf<OrganisationTag> { static constexpr Entity entity = Entity::organisation; };
template <> struct EntityOf<HouseholdTag> { static constexpr Entity entity = Entity::household; };
template <> struct EntityOf<BeneficiaryTag> { static constexpr Entity entity = Entity::beneficiary; };
template <> struct EntityOf<VolunteerTag> { static constexpr Entity entity = Entity::volunteer; };
template <> struct EntityOf<ActivityTag> { static constexpr Entity entity = Entity::activity; };
template <> struct EntityOf<ItemTag> { static constexpr Entity entity = Entity::item; };
template <> struct EntityOf<NeedTag> { static constexpr Entity entity = Entity::need; };
// clang-format on
template <class Tag>
inline constexpr auto number_of = static_cast<std::size_t>(EntityOf<Tag>::entity);

/// Stands in a cell for a value that no text means: every type of field refuses it.
inline const std::string refused_text = "\x01";

template <class Entry>
void gather(std::vector<Entry>& storage, const std::vector<std::uint32_t>& order) {
  std::vector<Entry> ordered;
  ordered.reserve(order.size());
  for (const std::uint32_t row : order) ordered.push_back(storage[row]);
  storage = std::move(ordered);
}
inline void gather(TextColumn& storage, const std::vector<std::uint32_t>& order) {
  TextColumn ordered;
  ordered.reserve(order.size(), storage.bytes().size());
  for (const std::uint32_t row : order) ordered.push_back(storage[row]);
  storage = std::move(ordered);
}
/// Numbers the lists by first appearance, so that the order of the rows read does not show.
template <class Entry>
void gather(Lists<Entry>& storage, const std::vector<std::uint32_t>& order) {
  constexpr std::uint32_t unseen = 0xFFFF'FFFF;
  std::vector<std::uint32_t> renumbered(storage.distinct(), unseen);
  renumbered[0] = 0;
  Lists<Entry> ordered;
  ordered.rows().reserve(order.size());
  for (const std::uint32_t row : order) {
    std::uint32_t& number = renumbered[storage.number(row)];
    if (number == unseen) number = ordered.add_list(storage[row]);
    ordered.push_back(number);
  }
  storage = std::move(ordered);
}

/// A column of texts of which few are distinct.
template <class TextOf>
Column dictionary(std::string_view name, std::size_t rows, std::size_t distinct, TextOf&& text_of,
                  auto&& code_of) {
  DictionaryColumn cells;
  for (std::size_t i = 0; i < distinct; ++i) cells.texts.push_back(text_of(i));
  cells.codes.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) cells.codes.push_back(code_of(row));
  return {.name = std::string(name), .cells = std::move(cells), .present = {}};
}

template <class Field>
struct Codec;

template <>
struct Codec<field::Text> {
  static void read(Reading& reading, std::string_view name, TextColumn& storage) {
    read_checked(reading, name, storage, [](std::string_view text) -> std::optional<Fault> {
      if (text.size() <= field::text_bytes_max && cells::is_clean_text(text)) return std::nullopt;
      return Fault{"text_invalid", "up to 1,000 bytes of UTF-8 without control characters"};
    });
  }
  /// Takes each text that `check` finds no fault with; leaves the others and absent cells empty.
  template <class Check>
  static void read_checked(Reading& reading, std::string_view name, TextColumn& storage,
                           Check&& check) {
    std::array<char, 24> buffer{};
    const auto fill_to = [&](std::size_t row) {
      while (storage.size() < row) storage.push_back({});
    };
    cells::each_cell(reading.column(name), [&](std::size_t row, const Cell& cell) {
      fill_to(row);
      const auto text = cells::as_text(cell, buffer);
      const std::optional<Fault> fault =
          text ? check(*text) : Fault{"text_invalid", "a text or a whole number"};
      storage.push_back(fault ? std::string_view{} : *text);
      if (fault) reading.refuse(row, name, *fault);
    });
    fill_to(reading.bad.size());
  }
  static std::string text(const std::string& value) { return value; }
  static std::string value(const TextColumn& storage, std::size_t row, const Writing& /*with*/) {
    return std::string(storage[row]);
  }
  static void write(const TextColumn& storage, std::string_view name, const Writing& /*with*/,
                    std::vector<Column>& out) {
    out.push_back({.name = std::string(name), .cells = storage, .present = {}});
  }
};

template <>
struct Codec<field::Id> : Codec<field::Text> {
  static void read(Reading& reading, std::string_view name, TextColumn& storage) {
    read_checked(reading, name, storage, cells::check_id);
    for (std::size_t row = 0; row < reading.bad.size(); ++row)
      if (storage[row].empty() && reading.bad[row] == 0)
        reading.refuse(row, name, {"id_missing", "1 to 128 bytes"});
  }
};

template <class Tag>
struct Codec<field::Reference<Tag>> {
  using Storage = std::vector<Index<Tag>>;
  static void read(Reading& reading, std::string_view name, Storage& storage) {
    const cells::TextIndex& ids = reading.ids[number_of<Tag>];
    std::array<char, 24> buffer{};
    storage.resize(reading.bad.size());
    cells::read_each(reading, name, storage,
                     [&](const Cell& cell, Index<Tag>& value) -> std::optional<Fault> {
                       const auto text = cells::as_text(cell, buffer);
                       const auto found = text ? ids.find(*text) : std::nullopt;
                       if (!found) return unknown();
                       value = Index<Tag>{*found};
                       return std::nullopt;
                     });
  }
  static Fault unknown() {
    return {"reference_unknown", "an id of " + std::string(table_names[number_of<Tag>])};
  }
  static std::string text(const std::string& value) { return value; }
  static std::string value(const Storage& storage, std::size_t row, const Writing& with) {
    if (!storage[row].has_value()) return {};
    return std::string((*with.ids[number_of<Tag>])[storage[row].value()]);
  }
  static void write(const Storage& storage, std::string_view name, const Writing& with,
                    std::vector<Column>& out) {
    TextColumn cells;
    for (std::size_t row = 0; row < storage.size(); ++row)
      cells.push_back(storage[row].has_value() ? (*with.ids[number_of<Tag>])[storage[row].value()]
                                               : std::string_view{});
    out.push_back({.name = std::string(name), .cells = std::move(cells), .present = {}});
  }
};

template <>
struct Codec<field::Word> {
  using Storage = std::vector<Symbol>;
  static void read(Reading& reading, std::string_view name, Storage& storage) {
    std::array<char, 24> buffer{};
    storage.resize(reading.bad.size());
    cells::read_each(reading, name, storage, [&](const Cell& cell, Symbol& value) {
      const auto text = cells::as_text(cell, buffer);
      auto fault = cells::check_word(text.value_or(""));
      if (!fault) value = reading.words.intern(*text);
      return fault;
    });
  }
  template <class Use>
  static void each_symbol(Storage& storage, Use&& use) {
    for (Symbol& symbol : storage)
      if (symbol.has_value()) use(symbol);
  }
  static std::string text(const std::string& value) { return value; }
  static std::string value(const Storage& storage, std::size_t row, const Writing& with) {
    return storage[row].has_value() ? with.words[storage[row].value()] : std::string{};
  }
  static void write(const Storage& storage, std::string_view name, const Writing& with,
                    std::vector<Column>& out) {
    std::map<Symbol, std::uint32_t> codes;
    std::vector<Symbol> used;
    for (const Symbol symbol : storage)
      if (symbol.has_value() &&
          codes.emplace(symbol, static_cast<std::uint32_t>(codes.size())).second)
        used.push_back(symbol);
    out.push_back(dictionary(
        name, storage.size(), used.size(),
        [&](std::size_t i) { return with.words[used[i].value()]; },
        [&](std::size_t row) {
          return storage[row].has_value() ? codes[storage[row]] : DictionaryColumn::absent;
        }));
  }
};

template <std::int32_t Least, std::int32_t Most, std::int32_t Default>
struct Codec<field::Number<Least, Most, Default>> {
  using Storage = std::vector<std::int32_t>;
  static void read(Reading& reading, std::string_view name, Storage& storage) {
    storage.assign(reading.bad.size(), Default);
    cells::read_each(
        reading, name, storage, [](const Cell& cell, std::int32_t& value) -> std::optional<Fault> {
          const auto number = cells::as_whole(cell);
          if (!number || *number < Least || *number > Most)
            return Fault{
                number ? "number_out_of_range" : "number_invalid",
                "a whole number from " + std::to_string(Least) + " to " + std::to_string(Most)};
          value = static_cast<std::int32_t>(*number);
          return std::nullopt;
        });
  }
  static std::string text(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string{};
  }
  static std::optional<std::int64_t> value(const Storage& storage, std::size_t row,
                                           const Writing& /*with*/) {
    if (storage[row] == field::no_number) return std::nullopt;
    return storage[row];
  }
  static void write(const Storage& storage, std::string_view name, const Writing& /*with*/,
                    std::vector<Column>& out) {
    std::vector<std::int64_t> cells(storage.size(), 0);
    std::vector<std::uint8_t> present(storage.size(), 0);
    for (std::size_t row = 0; row < storage.size(); ++row) {
      present[row] = storage[row] != field::no_number ? 1 : 0;
      if (present[row] != 0) cells[row] = storage[row];
    }
    if (std::find(present.begin(), present.end(), 0) == present.end()) present.clear();
    out.push_back({std::string(name), std::move(cells), std::move(present)});
  }
};

template <>
struct Codec<field::Day> {
  using Storage = std::vector<Date>;
  static void read(Reading& reading, std::string_view name, Storage& storage) {
    storage.assign(reading.bad.size(), field::no_date);
    cells::read_each(reading, name, storage,
                     [](const Cell& cell, Date& value) -> std::optional<Fault> {
                       const auto date = parse_date(cell.text);
                       if (!date)
                         return Fault{"date_invalid", "YYYY-MM-DD, 1900-01-01 to 2199-12-31"};
                       value = *date;
                       return std::nullopt;
                     });
  }
  static std::string text(const std::optional<Date>& value) {
    return value ? format(*value) : std::string{};
  }
  static std::optional<Date> value(const Storage& storage, std::size_t row,
                                   const Writing& /*with*/) {
    if (storage[row] == field::no_date) return std::nullopt;
    return storage[row];
  }
  static void write(const Storage& storage, std::string_view name, const Writing& with,
                    std::vector<Column>& out) {
    TextColumn cells;
    for (std::size_t row = 0; row < storage.size(); ++row)
      cells.push_back(text(value(storage, row, with)));
    out.push_back({.name = std::string(name), .cells = std::move(cells), .present = {}});
  }
};

template <>
struct Codec<field::Years> {
  using Storage = std::vector<YearRange>;
  static std::optional<YearRange> parse(const Cell& cell) {
    const auto year = [](std::optional<std::int64_t> number) -> std::int16_t {
      return number && *number >= YearRange::earliest && *number <= YearRange::latest
                 ? static_cast<std::int16_t>(*number)
                 : std::int16_t{0};
    };
    YearRange years;
    if (cell.kind == Cell::Kind::text && cell.text.size() == 9 && cell.text[4] == '-') {
      years.first = year(cells::as_whole({.kind = cell.kind, .text = cell.text.substr(0, 4)}));
      years.last = year(cells::as_whole({.kind = cell.kind, .text = cell.text.substr(5)}));
    } else {
      years.first = years.last = year(cells::as_whole(cell));
    }
    if (years.first == 0 || years.last < years.first) return std::nullopt;
    return years;
  }
  static void read(Reading& reading, std::string_view name, Storage& storage) {
    storage.resize(reading.bad.size());
    cells::read_each(reading, name, storage,
                     [](const Cell& cell, YearRange& value) -> std::optional<Fault> {
                       const auto years = parse(cell);
                       if (!years)
                         return Fault{"year_invalid", "1958 or 1950-1959, from 1880 to 2199"};
                       value = *years;
                       return std::nullopt;
                     });
  }
  static std::string text(const std::optional<YearRange>& value) {
    if (!value) return {};
    std::string years = std::to_string(value->first);
    if (value->last != value->first) years += "-" + std::to_string(value->last);
    return years;
  }
  static std::optional<YearRange> value(const Storage& storage, std::size_t row,
                                        const Writing& /*with*/) {
    if (!storage[row].has_value()) return std::nullopt;
    return storage[row];
  }
  static void write(const Storage& storage, std::string_view name, const Writing& with,
                    std::vector<Column>& out) {
    TextColumn cells;
    for (std::size_t row = 0; row < storage.size(); ++row)
      cells.push_back(text(value(storage, row, with)));
    out.push_back({.name = std::string(name), .cells = std::move(cells), .present = {}});
  }
};

template <class Enumeration>
struct Codec<field::Choice<Enumeration>> {
  using Storage = std::vector<Enumeration>;
  static constexpr auto choices = names(Enumeration{});
  static void read(Reading& reading, std::string_view name, Storage& storage) {
    storage.resize(reading.bad.size());
    cells::read_each(reading, name, storage,
                     [](const Cell& cell, Enumeration& value) -> std::optional<Fault> {
                       const auto found = std::find(choices.begin(), choices.end(), cell.text);
                       if (cell.kind != Cell::Kind::text || found == choices.end())
                         return Fault{"choice_unknown", list_of_choices()};
                       value = static_cast<Enumeration>(found - choices.begin());
                       return std::nullopt;
                     });
  }
  static std::string list_of_choices() {
    std::string list;
    for (const std::string_view choice : choices)
      if (!choice.empty()) list += (list.empty() ? "" : ", ") + std::string(choice);
    return list;
  }
  static std::string text(Enumeration value) {
    return static_cast<std::size_t>(value) < choices.size() ? std::string(name(value))
                                                            : refused_text;
  }
  static Enumeration value(const Storage& storage, std::size_t row, const Writing& /*with*/) {
    return storage[row];
  }
  static void write(const Storage& storage, std::string_view name, const Writing& /*with*/,
                    std::vector<Column>& out) {
    out.push_back(dictionary(
        name, storage.size(), choices.size(), [](std::size_t i) { return choices[i]; },
        [&](std::size_t row) { return static_cast<std::uint32_t>(storage[row]); }));
  }
};

template <>
struct Codec<field::Point> {
  using Storage = std::vector<Position>;
  static constexpr std::array<std::string_view, 2> columns = {"latitude", "longitude"};

  static void read(Reading& reading, std::string_view /*name*/, Storage& storage) {
    const CellColumn latitudes(reading.column(columns[0]));
    const CellColumn longitudes(reading.column(columns[1]));
    storage.resize(reading.bad.size());
    for (std::size_t row = 0; row < storage.size(); ++row) {
      const Cell latitude = latitudes[row];
      const Cell longitude = longitudes[row];
      if ((latitude.kind == Cell::Kind::absent) != (longitude.kind == Cell::Kind::absent)) {
        const bool first = latitude.kind == Cell::Kind::absent;
        reading.refuse(row, columns[first ? 0 : 1],
                       {"position_incomplete", "both latitude and longitude, or neither"});
        continue;
      }
      if (latitude.kind == Cell::Kind::absent) continue;
      const auto north = cells::as_degrees(latitude, Position::latitude_max);
      const auto east = cells::as_degrees(longitude, Position::longitude_max);
      if (!north) reading.refuse(row, columns[0], {"position_invalid", "-90 to 90 degrees"});
      if (!east) reading.refuse(row, columns[1], {"position_invalid", "-180 to 180 degrees"});
      if (north && east) storage[row] = {*north, *east};
    }
  }
  static std::optional<Position> value(const Storage& storage, std::size_t row,
                                       const Writing& /*with*/) {
    if (!storage[row].has_value()) return std::nullopt;
    return storage[row];
  }
  static void write(const Storage& storage, std::string_view /*name*/, const Writing& /*with*/,
                    std::vector<Column>& out) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      std::vector<double> cells(storage.size(), 0.0);
      std::vector<std::uint8_t> present(storage.size(), 0);
      for (std::size_t row = 0; row < storage.size(); ++row) {
        const Position& position = storage[row];
        present[row] = position.has_value() ? 1 : 0;
        // Dividing gives the double nearest to the decimal, so that reading it back is exact.
        if (position.has_value())
          cells[row] = (axis == 0 ? position.latitude : position.longitude) / 1e7;
      }
      out.push_back({std::string(columns[axis]), std::move(cells), std::move(present)});
    }
  }
};

}  // namespace jiedui::codec
