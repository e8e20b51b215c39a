#pragma once

#include <set>

#include "codec.hpp"

// Private to the room: the fields that hold a list. Each distinct text is parsed once.

namespace jiedui::codec {

/// What a list field says of one entry: `parse` appends what one part between ';' means and tells
/// whether it fits; `text` is the inverse.
template <class Field>
struct EntryCodec;

template <>
struct EntryCodec<field::Words> {
  using Entry = Symbol;
  using Row = std::string;
  static std::string allowed() { return "words separated by ';'"; }
  static bool parse(Reading& reading, std::string_view part, std::vector<Entry>& entries) {
    if (cells::check_word(part)) return false;
    entries.push_back(reading.words.intern(part));
    return true;
  }
  static Symbol* symbol(Entry& entry) { return &entry; }
  static Row row(const Entry& entry, const Writing& with) { return with.words[entry.value()]; }
  static std::string text(const Row& word) { return word; }
  static bool can_be_written(const Row& word) { return !cells::check_word(word); }
};

template <>
struct EntryCodec<field::Skills> {
  using Entry = SkillEntry;
  using Row = SkillLevel;
  static std::string allowed() { return "skill or skill:level separated by ';', level 1 to 9"; }
  static bool parse(Reading& reading, std::string_view part, std::vector<Entry>& entries) {
    const std::size_t colon = part.find(':');
    const std::string_view skill = part.substr(0, colon);
    if (cells::check_word(skill)) return false;
    Entry entry{.skill = {}, .level = 1};
    if (colon != std::string_view::npos) {
      const std::string_view level = part.substr(colon + 1);
      if (level.size() != 1 || level[0] < '1' || level[0] > '9') return false;
      entry.level = level[0] - '0';
    }
    entry.skill = reading.words.intern(skill);
    entries.push_back(entry);
    return true;
  }
  static Symbol* symbol(Entry& entry) { return &entry.skill; }
  static Row row(const Entry& entry, const Writing& with) {
    return {with.words[entry.skill.value()], entry.level};
  }
  static std::string text(const Row& row) { return row.skill + ":" + std::to_string(row.level); }
  static bool can_be_written(const Row& row) { return !cells::check_word(row.skill); }
};

template <>
struct EntryCodec<field::Credentials> {
  using Entry = CredentialEntry;
  using Row = Credential;
  static std::string allowed() {
    return "credential or credential@from..until separated by ';', dates as YYYY-MM-DD, either "
           "may be left out, from not after until";
  }
  static bool parse(Reading& reading, std::string_view part, std::vector<Entry>& entries) {
    const std::size_t at = part.find('@');
    const std::string_view name = part.substr(0, at);
    if (cells::check_word(name)) return false;
    Entry entry;
    if (at != std::string_view::npos) {
      const std::string_view validity = part.substr(at + 1);
      const std::size_t dots = validity.find("..");
      if (dots == std::string_view::npos) return false;
      const std::string_view from = validity.substr(0, dots);
      const std::string_view until = validity.substr(dots + 2);
      if (!from.empty() && !assign(from, entry.from)) return false;
      if (!until.empty() && !assign(until, entry.until)) return false;
      if (entry.until < entry.from) return false;
    }
    entry.credential = reading.words.intern(name);
    entries.push_back(entry);
    return true;
  }
  static bool assign(std::string_view text, Date& date) {
    const auto parsed = parse_date(text);
    if (parsed) date = *parsed;
    return parsed.has_value();
  }
  static Symbol* symbol(Entry& entry) { return &entry.credential; }
  static Row row(const Entry& entry, const Writing& with) {
    Row row{with.words[entry.credential.value()], entry.from, entry.until};
    if (entry.from == earliest_date) row.from.reset();
    if (entry.until == latest_date) row.until.reset();
    return row;
  }
  static bool can_be_written(const Row& row) { return !cells::check_word(row.credential); }
  static std::string text(const Row& row) {
    if (!row.from && !row.until) return row.credential;
    return row.credential + "@" + (row.from ? format(*row.from) : "") + ".." +
           (row.until ? format(*row.until) : "");
  }
};

template <>
struct EntryCodec<field::Windows> {
  using Entry = Window;
  using Row = Window;
  static std::string allowed() {
    return "windows separated by ';': 'Mon 09:00-11:30', 'Mon-Fri 09:00-11:30', 'daily "
           "09:00-11:30', '2026-03-05 09:00-12:00', '2026-03-05', 'not 2026-03-05'; the end after "
           "the begin, up to 48:00";
  }
  static bool parse(Reading& /*reading*/, std::string_view part, std::vector<Entry>& entries) {
    const auto windows = parse_window(part);
    if (!windows) return false;
    entries.insert(entries.end(), windows->begin(), windows->end());
    return true;
  }
  static Symbol* symbol(Entry& /*entry*/) { return nullptr; }
  static Row row(const Entry& entry, const Writing& /*with*/) { return entry; }
  static std::string text(const Row& row) { return format(row); }
  static bool can_be_written(const Row& row) {
    const bool day = row.kind == Window::Kind::weekly ? row.day >= 0 && row.day < 7
                                                      : row.kind <= Window::Kind::except;
    return day && row.begin % 60 == 0 && row.end % 60 == 0;
  }
};

template <class Tag>
struct EntryCodec<field::References<Tag>> {
  using Entry = Index<Tag>;
  using Row = std::string;
  static std::string allowed() {
    return "ids of " + std::string(table_names[number_of<Tag>]) + " separated by ';'";
  }
  static bool parse(Reading& reading, std::string_view part, std::vector<Entry>& entries) {
    const cells::TextIndex& ids = reading.ids[number_of<Tag>];
    const auto found = ids.find(part);
    if (!found) return false;
    entries.push_back(Entry{*found});
    return true;
  }
  static Symbol* symbol(Entry& /*entry*/) { return nullptr; }
  static Row row(const Entry& entry, const Writing& with) {
    return std::string((*with.ids[number_of<Tag>])[entry.value()]);
  }
  static std::string text(const Row& row) { return row; }
  static bool can_be_written(const Row& row) { return !row.empty() && !cells::check_id(row); }
};

template <class Field>
struct ListCodec {
  using Of = EntryCodec<Field>;
  using Entry = typename Of::Entry;
  using Storage = Lists<Entry>;

  static void read(Reading& reading, std::string_view name, Storage& storage) {
    TextColumn texts;  // distinct ones, and the list that each means
    std::vector<std::uint32_t> list_of_text;
    cells::TextIndex by_text(texts);
    // Two texts can mean one list: "a;b" and "b; a".
    std::map<std::vector<Entry>, std::uint32_t> by_content = {{{}, 0}};
    std::vector<Entry> entries;
    std::array<char, 24> buffer{};
    storage.rows().resize(reading.bad.size(), 0);
    cells::read_each(reading, name, storage.rows(),
                     [&](const Cell& cell, std::uint32_t& list) -> std::optional<Fault> {
                       const auto text = cells::as_text(cell, buffer);
                       const bool stays = cell.kind == Cell::Kind::text;
                       if (stays) {
                         if (const auto known = by_text.find(*text)) {
                           list = list_of_text[*known];
                           return std::nullopt;
                         }
                       }
                       entries.clear();
                       if (!text || !parse(reading, *text, entries))
                         return Fault{"list_invalid", Of::allowed()};
                       const auto [place, added] = by_content.try_emplace(entries, 0);
                       if (added) place->second = storage.add_list(entries);
                       list = place->second;
                       if (stays) {
                         texts.push_back(*text);
                         list_of_text.push_back(list);
                         by_text.insert(static_cast<std::uint32_t>(texts.size() - 1));
                       }
                       return std::nullopt;
                     });
  }
  template <class Use>
  static void each_symbol(Storage& storage, Use&& use) {
    for (Entry& entry : storage.entries())
      if (Symbol* symbol = Of::symbol(entry)) use(*symbol);
  }
  static std::vector<typename Of::Row> rows(std::span<const Entry> entries, const Writing& with) {
    std::vector<typename Of::Row> list;
    list.reserve(entries.size());
    for (const Entry& entry : entries) list.push_back(Of::row(entry, with));
    return list;
  }
  static auto value(const Storage& storage, std::size_t row, const Writing& with) {
    return rows(storage[row], with);
  }
  static std::string text(const std::vector<typename Of::Row>& list) {
    std::string text;
    for (const auto& entry : list)
      text +=
          (text.empty() ? "" : ";") + (Of::can_be_written(entry) ? Of::text(entry) : refused_text);
    return text;
  }
  static void write(const Storage& storage, std::string_view name, const Writing& with,
                    std::vector<Column>& out) {
    out.push_back(dictionary(
        name, storage.size(), storage.distinct() - 1,
        [&](std::size_t i) {
          return text(rows(storage.list(static_cast<std::uint32_t>(i + 1)), with));
        },
        // The empty list is an absent cell: 0 - 1 is DictionaryColumn::absent.
        [&](std::size_t row) { return storage.number(row) - 1; }));
  }

 private:
  /// Sorted and without repeats, so that equal lists are equal.
  static bool parse(Reading& reading, std::string_view text, std::vector<Entry>& entries) {
    bool fits = true;
    cells::for_each_part(
        text, [&](std::string_view part) { fits = fits && Of::parse(reading, part, entries); });
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    return fits;
  }
};

template <>
struct Codec<field::Words> : ListCodec<field::Words> {};
template <>
struct Codec<field::Skills> : ListCodec<field::Skills> {};
template <>
struct Codec<field::Credentials> : ListCodec<field::Credentials> {};
template <>
struct Codec<field::Windows> : ListCodec<field::Windows> {};
template <class Tag>
struct Codec<field::References<Tag>> : ListCodec<field::References<Tag>> {};

}  // namespace jiedui::codec
