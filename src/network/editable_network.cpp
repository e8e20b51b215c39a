#include "editable_network.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <variant>

#include "checks.hpp"
#include "row_table.hpp"
#include "sort_words.hpp"

namespace jiedui {

namespace {

template <class Storage>
struct BookType {
  using type = std::monostate;
};
/// Lists by what they hold.
template <class Entry>
struct BookType<Lists<Entry>> {
  using type = std::map<std::vector<Entry>, std::uint32_t>;
};
template <class Field>
using BookOf = typename BookType<StorageOf<Field>>::type;

template <class Entry>
std::uint32_t number_of(Lists<Entry>& lists, std::map<std::vector<Entry>, std::uint32_t>& book,
                        std::span<const Entry> entries) {
  const auto [known, is_new] = book.try_emplace({entries.begin(), entries.end()}, 0);
  if (is_new) known->second = lists.add_list(entries);
  return known->second;
}

template <class Entry>
void note_all(const Lists<Entry>& lists, std::map<std::vector<Entry>, std::uint32_t>& book) {
  for (std::uint32_t number = 0; number < lists.distinct(); ++number) {
    const auto list = lists.list(number);
    book.try_emplace({list.begin(), list.end()}, number);
  }
}
template <class Storage>
void note_all(const Storage& /*storage*/, std::monostate /*book*/) {}

void set_cell(TextColumn& storage, std::uint32_t row, const TextColumn& one,
              std::monostate /*book*/) {
  if (row == storage.size()) storage.push_back(one[0]);
}
template <class Value>
void set_cell(std::vector<Value>& storage, std::uint32_t row, const std::vector<Value>& one,
              std::monostate /*book*/) {
  if (row == storage.size())
    storage.push_back(one[0]);
  else
    storage[row] = one[0];
}
template <class Entry>
void set_cell(Lists<Entry>& storage, std::uint32_t row, const Lists<Entry>& one,
              std::map<std::vector<Entry>, std::uint32_t>& book) {
  const std::uint32_t number = number_of(storage, book, one[0]);
  if (row == storage.size())
    storage.push_back(number);
  else
    storage.rows()[row] = number;
}

// Rows that come later are to cost no copy of the column.
constexpr std::size_t room_for(std::size_t rows) {
  return rows + rows / 8 + 4096;
}
void make_room(TextColumn& storage) {
  storage.reserve(room_for(storage.size()), room_for(storage.bytes().size()));
}
template <class Value>
void make_room(std::vector<Value>& storage) {
  storage.reserve(room_for(storage.size()));
}
template <class Entry>
void make_room(Lists<Entry>& storage) {
  storage.rows().reserve(room_for(storage.size()));
}

void take_cell(const TextColumn& storage, std::uint32_t row, TextColumn& one) {
  one.push_back(storage[row]);
}
template <class Value>
void take_cell(const std::vector<Value>& storage, std::uint32_t row, std::vector<Value>& one) {
  one.push_back(storage[row]);
}
template <class Entry>
void take_cell(const Lists<Entry>& storage, std::uint32_t row, Lists<Entry>& one) {
  one.push_back(storage.number(row) == 0 ? 0 : one.add_list(storage[row]));
}

template <template <template <class> class> class Fields>
Fields<StorageOf> row_as_columns(const Fields<StorageOf>& columns, std::uint32_t row) {
  Fields<StorageOf> one;
  codec::each_field<Fields>([&](std::string_view /*name*/, auto /*codec*/, const auto& storage,
                                auto& of) { take_cell(storage, row, of); },
                            columns, one);
  return one;
}

/// The rows that stay, in the order of their ids.
std::vector<std::uint32_t> rows_left(const TextColumn& ids, std::span<const std::uint8_t> gone) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t row = 0; row < ids.size(); ++row)
    if (gone[row] == 0) order.push_back(row);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
  return order;
}

template <class Index>
std::vector<Index> new_indexes(std::size_t rows, const std::vector<std::uint32_t>& order) {
  std::vector<Index> found(rows);
  for (std::uint32_t i = 0; i < order.size(); ++i) found[order[i]] = Index{i};
  return found;
}

template <template <template <class> class> class Fields>
void gather_all(Fields<StorageOf>& columns, const std::vector<std::uint32_t>& order) {
  codec::each_field<Fields>([&](std::string_view /*name*/, auto /*codec*/,
                                auto& storage) { codec::gather(storage, order); },
                            columns);
}

template <class Index>
Lists<Index> renumbered(const Lists<Index>& lists, const std::vector<Index>& to) {
  Lists<Index> found;
  std::map<std::vector<Index>, std::uint32_t> book = {{{}, 0}};
  std::vector<std::uint32_t> number;
  for (std::uint32_t list = 0; list < lists.distinct(); ++list) {
    std::vector<Index> entries;
    for (const Index entry : lists.list(list))
      if (to[entry.value()].has_value()) entries.push_back(to[entry.value()]);
    std::sort(entries.begin(), entries.end());
    number.push_back(number_of(found, book, std::span<const Index>(entries)));
  }
  for (std::size_t row = 0; row < lists.size(); ++row) found.push_back(number[lists.number(row)]);
  return found;
}

}  // namespace

struct EditableNetwork::Books {
  cells::WordTable words;
  std::array<cells::TextIndex, entity_count> ids;
  VolunteerFields<BookOf> volunteers;
  NeedFields<BookOf> needs;

  cells::TextIndex& ids_of(Entity entity) { return ids[static_cast<std::size_t>(entity)]; }
};

EditableNetwork::EditableNetwork(const Network& of)
    : state_(std::make_shared<Network::State>(*of.state_)),
      network_(state_),
      books_(std::make_unique<Books>()) {
  for (const std::string& word : state_->words) books_->words.intern(word);
  for (std::size_t entity = 0; entity < entity_count; ++entity) {
    const TextColumn& ids = state_->ids(static_cast<Entity>(entity));
    books_->ids[entity] = cells::TextIndex(ids, ids.size());
    for (std::uint32_t row = 0; row < ids.size(); ++row) books_->ids[entity].insert(row);
  }
  const auto note = [](std::string_view /*name*/, auto /*codec*/, auto& storage, auto& book) {
    make_room(storage);
    note_all(storage, book);
  };
  codec::each_field<VolunteerFields>(note, std::get<Volunteers>(state_->tables),
                                     books_->volunteers);
  codec::each_field<NeedFields>(note, std::get<Needs>(state_->tables), books_->needs);
}

EditableNetwork::~EditableNetwork() = default;

std::optional<std::uint32_t> EditableNetwork::find_volunteer(std::string_view id) const {
  return books_->ids_of(Entity::volunteer).find(id);
}
std::optional<std::uint32_t> EditableNetwork::find_need(std::string_view id) const {
  return books_->ids_of(Entity::need).find(id);
}

namespace {

/// Reads one row into columns of length 1.
template <template <template <class> class> class Fields>
Fields<StorageOf> read_one(const Fields<ValueOf>& row, cells::WordTable& words,
                           const std::array<cells::TextIndex, entity_count>& ids,
                           ProblemList& problems) {
  const Table table = table_of_row(row);
  std::vector<std::uint8_t> bad(1, 0);
  cells::Reading reading{table, words, ids, bad, problems};
  Fields<StorageOf> one;
  codec::each_field<Fields>([&](std::string_view name, auto codec,
                                auto& storage) { decltype(codec)::read(reading, name, storage); },
                            one);
  checks::check_rows(reading, one);
  return one;
}

/// A row that is part of a need takes from there what it does not say itself, as
/// checks::complete_parts has it for whole tables.
void complete_part(const Need& row, const Needs& all, Needs& one, ProblemList& problems) {
  const NeedIndex whole = one.part_of[0];
  if (!whole.has_value()) return;
  if (all.part_of[whole.value()].has_value() || all.id[whole.value()] == row.id) {
    problems.add({"needs", 1, "part_of", "part_of_part",
                  "a need that is not itself part of one, nor this row"});
    return;
  }
  const std::uint32_t from = whole.value();
  if (!one.beneficiary[0].has_value()) one.beneficiary[0] = all.beneficiary[from];
  if (!one.place[0].has_value() && !one.position[0].has_value()) {
    one.place[0] = all.place[from];
    one.position[0] = all.position[from];
  }
  if (one.windows.number(0) == 0 && all.windows.number(from) != 0)
    one.windows.rows()[0] = one.windows.add_list(all.windows[from]);
  if (!row.duration_minutes) one.duration_minutes[0] = all.duration_minutes[from];
}

}  // namespace

void EditableNetwork::keep_words() {
  const auto& words = books_->words.words();
  state_->words.insert(state_->words.end(),
                       words.begin() + static_cast<std::ptrdiff_t>(state_->words.size()),
                       words.end());
}

Volunteers EditableNetwork::read(const Volunteer& row) {
  ProblemList problems;
  Volunteers one = read_one<VolunteerFields>(row, books_->words, books_->ids, problems);
  keep_words();
  problems.throw_if_any();
  return one;
}

Needs EditableNetwork::read(const Need& row) {
  ProblemList problems;
  Needs one = read_one<NeedFields>(row, books_->words, books_->ids, problems);
  keep_words();
  if (problems.empty()) complete_part(row, network_.needs(), one, problems);
  problems.throw_if_any();
  return one;
}

Volunteers EditableNetwork::volunteer(std::uint32_t row) const {
  return row_as_columns<VolunteerFields>(network_.volunteers(), row);
}
Needs EditableNetwork::need(std::uint32_t row) const {
  return row_as_columns<NeedFields>(network_.needs(), row);
}

void EditableNetwork::set(std::uint32_t row, const Volunteers& one) {
  Volunteers& all = std::get<Volunteers>(state_->tables);
  const bool is_new = row == all.id.size();
  codec::each_field<VolunteerFields>(
      [&](std::string_view /*name*/, auto /*codec*/, auto& storage, const auto& cell, auto& book) {
        set_cell(storage, row, cell, book);
      },
      all, one, books_->volunteers);
  if (is_new) books_->ids_of(Entity::volunteer).insert(row);
}

void EditableNetwork::set(std::uint32_t row, const Needs& one) {
  Needs& all = std::get<Needs>(state_->tables);
  const bool is_new = row == all.id.size();
  codec::each_field<NeedFields>(
      [&](std::string_view /*name*/, auto /*codec*/, auto& storage, const auto& cell, auto& book) {
        set_cell(storage, row, cell, book);
      },
      all, one, books_->needs);
  if (is_new) books_->ids_of(Entity::need).insert(row);
}

EditableNetwork::Frozen EditableNetwork::frozen(std::span<const std::uint8_t> gone_volunteers,
                                                std::span<const std::uint8_t> gone_needs) const {
  auto state = std::make_shared<Network::State>(*state_);
  Volunteers& volunteers = std::get<Volunteers>(state->tables);
  Needs& needs = std::get<Needs>(state->tables);
  Edges& edges = std::get<Edges>(state->tables);
  auto volunteer_order = rows_left(volunteers.id, gone_volunteers);
  auto need_order = rows_left(needs.id, gone_needs);
  const auto new_volunteer = new_indexes<VolunteerIndex>(volunteers.id.size(), volunteer_order);
  const auto new_need = new_indexes<NeedIndex>(needs.id.size(), need_order);

  needs.excluded = renumbered(needs.excluded, new_volunteer);
  for (NeedIndex& whole : needs.part_of)
    if (whole.has_value()) whole = new_need[whole.value()];
  gather_all<VolunteerFields>(volunteers, volunteer_order);
  gather_all<NeedFields>(needs, need_order);

  std::vector<std::uint32_t> edge_order;
  for (std::uint32_t e = 0; e < edges.kind.size(); ++e) {
    bool is_left = true;
    for (EntityRef* end : {&state->edge_from[e], &state->edge_to[e]}) {
      if (end->entity != Entity::volunteer) continue;
      is_left = is_left && new_volunteer[end->index].has_value();
      end->index = new_volunteer[end->index].value();
    }
    if (is_left) edge_order.push_back(e);
  }
  gather_all<EdgeFields>(edges, edge_order);
  codec::gather(state->edge_from, edge_order);
  codec::gather(state->edge_to, edge_order);

  std::vector<std::string> words = std::move(state->words);
  state->words.clear();
  sort_words(*state, words);
  return {Network(std::move(state)), std::move(volunteer_order), std::move(need_order)};
}

}  // namespace jiedui
