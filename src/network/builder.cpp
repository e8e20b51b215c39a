#include "jiedui/network/builder.hpp"

#include <map>
#include <set>

#include "checks.hpp"
#include "row_table.hpp"
#include "sort_words.hpp"

namespace jiedui {

namespace {

using cells::Reading;
using cells::TextIndex;

template <template <template <class> class> class Fields>
std::set<std::string_view> column_names() {
  std::set<std::string_view> names;
  codec::each_field<Fields>([&]<class Codec>(std::string_view name, Codec /*codec*/) {
    if constexpr (std::is_same_v<Codec, codec::Codec<field::Point>>)
      names.insert(Codec::columns.begin(), Codec::columns.end());
    else
      names.insert(name);
  });
  return names;
}

[[noreturn]] void refuse_table(std::string code, const Table& table, std::size_t column,
                               std::string allowed) {
  throw Error({.code = std::move(code),
               .place = table.name + " column " + std::to_string(column + 1),
               .message = "the table does not hold together",
               .allowed = std::move(allowed),
               .way_out = "give columns of equal length, and codes of texts that are there"});
}

/// A table that would be read beyond its bounds is refused at once.
void check_shape(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const std::size_t present = column.present.size();
    if (column.size() != table.rows() || (present != 0 && present != table.rows()))
      refuse_table("column_length", table, i, std::to_string(table.rows()) + " rows");
    const auto* dictionary = std::get_if<DictionaryColumn>(&column.cells);
    if (dictionary == nullptr) continue;
    for (const std::uint32_t code : dictionary->codes)
      if (code != DictionaryColumn::absent && code >= dictionary->texts.size())
        refuse_table("code_out_of_range", table, i,
                     "below " + std::to_string(dictionary->texts.size()));
  }
}

/// Unknown and double columns of one table. Names that are not known are told by their position: of
/// a file without a header line they are somebody's cells.
void check_columns(const Table& table, const std::set<std::string_view>& known,
                   ProblemList& problems) {
  check_shape(table);
  std::string all;
  for (const std::string_view name : known) all += (all.empty() ? "" : ", ") + std::string(name);
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& name = table.columns[i].name;
    const std::string place = "number " + std::to_string(i + 1);
    if (!known.contains(name))
      problems.add({table.name, 0, place, "column_unknown", all});
    else if (!seen.insert(name).second)
      problems.add({table.name, 0, name, "column_double", "each column once"});
  }
  if (table.rows() > 0 && !seen.contains("id"))
    problems.add(
        {table.name, 0, "id", "column_missing", "a header line with a column of unique ids"});
}

/// Reads the tables of one entity one after the other into one set of columns.
template <template <template <class> class> class Fields>
class TableReader {
 public:
  TableReader(std::vector<const Table*> tables, cells::WordTable& words,
              std::array<TextIndex, entity_count>& ids, ProblemList& problems)
      : tables_(std::move(tables)), words_(words), ids_(ids), problems_(problems) {}

  /// Reads, checks, and puts the good rows in the order of their ids.
  void read_into(Fields<StorageOf>& columns, std::vector<EntityRef>& from,
                 std::vector<EntityRef>& to) {
    for (const Table* each : tables_) check_columns(*each, column_names<Fields>(), problems_);
    const Table merged = tables_.size() == 1 ? Table{} : merge();
    const Table& table = tables_.size() == 1 ? *tables_.front() : merged;
    std::vector<std::uint8_t> bad(table.rows(), 0);
    ProblemList found;
    Reading reading{table, words_, ids_, bad, found};

    codec::Codec<field::Id>::read(reading, "id", columns.id);
    std::vector<std::uint32_t> order = order_by_id(reading, columns.id);
    TextIndex& own = ids_[static_cast<std::size_t>(columns.entity)];
    // Needs are many, and few of them have several lines.
    const bool refers_to_itself = requires {
      columns.parent;
    }
    || table.find("part_of") != nullptr;
    if (refers_to_itself) {
      own = TextIndex(columns.id, order.size());
      for (const std::uint32_t row : order) own.insert(row);
    }
    codec::each_field<Fields>(
        [&](std::string_view name, auto codec, auto& storage) {
          if (name != "id") decltype(codec)::read(reading, name, storage);
        },
        columns);
    checks::check_rows(reading, columns);
    if constexpr (requires { columns.parent; }) checks::check_parents(reading, columns.parent);
    if constexpr (requires { columns.part_of; }) checks::complete_parts(reading, columns);
    if constexpr (Fields<StorageOf>::entity == Entity::edge)
      checks::resolve_edges(reading, columns, from, to);
    report(found);

    std::erase_if(order, [&](std::uint32_t row) { return bad[row] != 0; });
    codec::each_field<Fields>([&](std::string_view /*name*/, auto /*codec*/,
                                  auto& storage) { codec::gather(storage, order); },
                              columns);
    if constexpr (Fields<StorageOf>::entity == Entity::edge) {
      codec::gather(from, order);
      codec::gather(to, order);
    }
    if constexpr (requires { columns.parent; }) renumber_parents(columns.parent, order, bad.size());
    if constexpr (requires { columns.part_of; })
      renumber_parents(columns.part_of, order, bad.size());
    own = {};
  }

 private:
  /// One table with all the rows, as texts.
  Table merge() {
    Table all{.name = tables_.empty() ? "" : tables_.front()->name, .columns = {}};
    for (const std::string_view name : column_names<Fields>()) {
      TextColumn cells;
      for (const Table* table : tables_) {
        const cells::CellColumn column(table->find(name));
        for (std::size_t row = 0; row < table->rows(); ++row)
          cells.push_back(text_of(name, column[row]));
      }
      all.columns.push_back({.name = std::string(name), .cells = std::move(cells), .present = {}});
    }
    return all;
  }
  static std::string text_of(std::string_view column, const cells::Cell& cell) {
    switch (cell.kind) {
      case cells::Cell::Kind::absent:
        return {};
      case cells::Cell::Kind::text:
        return std::string(cell.text);
      case cells::Cell::Kind::whole:
        return std::to_string(cell.whole);
      case cells::Cell::Kind::real:
        break;
    }
    if (const auto whole = cells::as_whole(cell)) return std::to_string(*whole);
    // Only degrees may have a fraction.
    const auto& degrees = codec::Codec<field::Point>::columns;
    if (std::find(degrees.begin(), degrees.end(), column) == degrees.end())
      return codec::refused_text;
    std::array<char, 64> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), cell.real, std::chars_format::fixed);
    return error == std::errc{} ? std::string(text.data(), end) : codec::refused_text;
  }

  /// Passes problems on, with the table and row that they were found in.
  void report(const ProblemList& found) {
    for (Problem problem : found.listed()) {
      if (tables_.size() != 1 && problem.row > 0) {
        std::int64_t row = problem.row - 1;
        for (const Table* table : tables_) {
          const auto rows = static_cast<std::int64_t>(table->rows());
          if (row < rows) {
            problem.table = table->name;
            problem.row = table->first_row + row;
            break;
          }
          row -= rows;
        }
      }
      problems_.add(std::move(problem));
    }
    problems_.count_unlisted(found.count() - static_cast<std::int64_t>(found.listed().size()));
  }

  /// The rows with an id, in its order; rows that share one are all refused.
  static std::vector<std::uint32_t> order_by_id(Reading& reading, const TextColumn& ids) {
    std::vector<std::uint32_t> order;
    order.reserve(ids.size());
    for (std::uint32_t row = 0; row < ids.size(); ++row)
      if (reading.bad[row] == 0) order.push_back(row);
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; };
    if (!std::is_sorted(order.begin(), order.end(), before))
      std::stable_sort(order.begin(), order.end(), before);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const bool doubled = (i > 0 && ids[order[i - 1]] == ids[order[i]]) ||
                           (i + 1 < order.size() && ids[order[i + 1]] == ids[order[i]]);
      if (doubled) reading.refuse(order[i], "id", {"id_duplicate", "each id once"});
    }
    std::erase_if(order, [&](std::uint32_t row) { return reading.bad[row] != 0; });
    return order;
  }

  /// Parents are rows of the input until the rows have their final order.
  template <class Tag>
  static void renumber_parents(std::vector<Index<Tag>>& parents,
                               const std::vector<std::uint32_t>& order, std::size_t rows) {
    std::vector<Index<Tag>> final_index(rows);
    for (std::uint32_t i = 0; i < order.size(); ++i) final_index[order[i]] = Index<Tag>{i};
    for (Index<Tag>& parent : parents)
      if (parent.has_value()) parent = final_index[parent.value()];
  }

  std::vector<const Table*> tables_;
  cells::WordTable& words_;
  std::array<TextIndex, entity_count>& ids_;
  ProblemList& problems_;
};

}  // namespace

struct NetworkBuilder::Pending {
  std::array<std::vector<Table>, entity_count> tables;

  std::shared_ptr<Network::State> freeze(ProblemList& problems) const {
    auto state = std::make_shared<Network::State>();
    cells::WordTable words;
    std::array<TextIndex, entity_count> ids;
    const Table catalogue = standard_catalogue();
    state->each_table(
        [&]<template <template <class> class> class Fields>(Fields<StorageOf>& columns) {
          const auto number = static_cast<std::size_t>(columns.entity);
          std::vector<const Table*> given;
          for (const Table& table : tables[number]) given.push_back(&table);
          if (given.empty() && columns.entity == Entity::item) given.push_back(&catalogue);
          TableReader<Fields>(given, words, ids, problems)
              .read_into(columns, state->edge_from, state->edge_to);
          if (!is_referred_to(columns.entity)) return;
          ids[number] = TextIndex(columns.id, columns.id.size());
          for (std::uint32_t row = 0; row < columns.id.size(); ++row) ids[number].insert(row);
        });
    sort_words(*state, words.words());
    return state;
  }

 private:
  /// Nearly all volunteers are named by nobody: their ids are looked up only if somebody is.
  bool is_referred_to(Entity entity) const {
    if (entity == Entity::need || entity == Entity::edge) return false;
    if (entity != Entity::volunteer) return true;
    if (!tables[static_cast<std::size_t>(Entity::edge)].empty()) return true;
    const auto& needs = tables[static_cast<std::size_t>(Entity::need)];
    return std::any_of(needs.begin(), needs.end(),
                       [](const Table& table) { return table.find("excluded") != nullptr; });
  }
};

NetworkBuilder::NetworkBuilder() : pending_(std::make_unique<Pending>()) {}
NetworkBuilder::NetworkBuilder(NetworkBuilder&&) noexcept = default;
NetworkBuilder& NetworkBuilder::operator=(NetworkBuilder&&) noexcept = default;
NetworkBuilder::~NetworkBuilder() = default;

NetworkBuilder& NetworkBuilder::add(Entity entity, Table table) {
  if (table.name.empty()) table.name = table_names[static_cast<std::size_t>(entity)];
  pending_->tables[static_cast<std::size_t>(entity)].push_back(std::move(table));
  return *this;
}

NetworkBuilder& NetworkBuilder::add(const Place& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Organisation& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Household& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Beneficiary& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Volunteer& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Activity& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Item& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Need& row) {
  return add(row.entity, table_of_row(row));
}
NetworkBuilder& NetworkBuilder::add(const Edge& row) {
  return add(row.entity, table_of_row(row));
}

Network NetworkBuilder::build() const {
  ProblemList problems;
  auto state = pending_->freeze(problems);
  problems.throw_if_any();
  return Network(std::move(state));
}

NetworkBuilder::GoodRows NetworkBuilder::keep_good_rows() const {
  ProblemList problems;
  auto state = pending_->freeze(problems);
  return {.network = Network(std::move(state)),
          .bad_rows = problem_table(problems.listed()),
          .problems = problems.listed(),
          .problem_count = problems.count()};
}

Table problem_table(const std::vector<Problem>& problems) {
  TextColumn tables;
  std::vector<std::int64_t> rows;
  TextColumn columns;
  TextColumn codes;
  TextColumn allowed;
  for (const Problem& problem : problems) {
    tables.push_back(problem.table);
    rows.push_back(problem.row);
    columns.push_back(problem.column);
    codes.push_back(problem.code);
    allowed.push_back(problem.allowed);
  }
  Table table{.name = "problems", .columns = {}};
  table.columns.push_back({"table", std::move(tables), {}});
  table.columns.push_back({"row", std::move(rows), {}});
  table.columns.push_back({"column", std::move(columns), {}});
  table.columns.push_back({"code", std::move(codes), {}});
  table.columns.push_back({"allowed", std::move(allowed), {}});
  return table;
}

}  // namespace jiedui
