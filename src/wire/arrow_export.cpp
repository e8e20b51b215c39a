#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "jiedui/wire/arrow.hpp"
#include "wire/table_check.hpp"

namespace jiedui {

namespace wire {
namespace {

/// What a schema of ours owns. Each child is released on its own, as the interface demands.
struct SchemaOwner {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> child_pointers;
  ArrowSchema dictionary{};
};

void release_schema(ArrowSchema* schema) {
  const std::unique_ptr<SchemaOwner> owner(static_cast<SchemaOwner*>(schema->private_data));
  for (ArrowSchema* child : owner->child_pointers)
    if (child->release != nullptr) child->release(child);
  if (schema->dictionary != nullptr && schema->dictionary->release != nullptr)
    schema->dictionary->release(schema->dictionary);
  schema->release = nullptr;
}

/// What an array of ours owns; `table` keeps the bytes alive that are not copied.
struct ArrayOwner {
  std::shared_ptr<const Table> table;
  std::vector<std::uint8_t> validity;
  std::vector<std::int32_t> offsets;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
  ArrowArray dictionary{};
};

void release_array(ArrowArray* array) {
  const std::unique_ptr<ArrayOwner> owner(static_cast<ArrayOwner*>(array->private_data));
  for (ArrowArray* child : owner->child_pointers)
    if (child->release != nullptr) child->release(child);
  if (array->dictionary != nullptr && array->dictionary->release != nullptr)
    array->dictionary->release(array->dictionary);
  array->release = nullptr;
}

const char* format_of(const Column::Cells& cells) {
  switch (cells.index()) {
    case 0:
      return "u";
    case 1:
      return "l";
    case 2:
      return "g";
    default:
      return "i";
  }
}

void fill_schema(ArrowSchema& out, const char* format, std::string name) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->name = std::move(name);
  out = {};
  out.format = format;
  out.name = owner->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE;
  out.private_data = owner.release();
  out.release = release_schema;
}

SchemaOwner& owner_of(ArrowSchema& schema) {
  return *static_cast<SchemaOwner*>(schema.private_data);
}

/// Releases a half-made structure when filling it fails.
template <class Structure>
class Guard {
 public:
  Guard() = default;
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() {
    if (structure_.release != nullptr) structure_.release(&structure_);
  }
  Structure& operator*() { return structure_; }
  Structure take() { return std::exchange(structure_, {}); }

 private:
  Structure structure_{};
};

ArrowSchema schema_of(const Table& table) {
  Guard<ArrowSchema> schema;
  fill_schema(*schema, "+s", table.name);
  (*schema).flags = 0;
  SchemaOwner& owner = owner_of(*schema);
  owner.children.resize(table.columns.size());
  owner.child_pointers.reserve(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    ArrowSchema& child = owner.children[i];
    fill_schema(child, format_of(column.cells), column.name);
    owner.child_pointers.push_back(&child);
    if (std::holds_alternative<DictionaryColumn>(column.cells)) {
      fill_schema(owner_of(child).dictionary, "u", "");
      child.dictionary = &owner_of(child).dictionary;
    }
  }
  (*schema).n_children = static_cast<std::int64_t>(owner.children.size());
  (*schema).children = owner.child_pointers.data();
  return schema.take();
}

ArrayOwner& fill_array(ArrowArray& out, const std::shared_ptr<const Table>& table,
                       std::size_t length) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->table = table;
  out = {};
  out.length = static_cast<std::int64_t>(length);
  ArrayOwner& kept = *owner;
  out.private_data = owner.release();
  out.release = release_array;
  return kept;
}

/// Where the items stand; never null, which some readers do not take even for no items.
template <class Item>
const void* start_of(const std::vector<Item>& items) {
  static const std::uint64_t nothing = 0;
  return items.empty() ? static_cast<const void*>(&nothing) : items.data();
}

void set_buffers(ArrowArray& out, ArrayOwner& owner, std::vector<const void*> buffers) {
  owner.buffers = std::move(buffers);
  out.n_buffers = static_cast<std::int64_t>(owner.buffers.size());
  out.buffers = owner.buffers.data();
}

/// Sets the validity bits from is_valid(row); none when all are valid.
template <class IsValid>
const void* set_validity(ArrowArray& out, ArrayOwner& owner, IsValid is_valid) {
  const auto rows = static_cast<std::size_t>(out.length);
  owner.validity.assign((rows + 7) / 8, 0);
  std::int64_t nulls = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool valid = is_valid(row);
    nulls += valid ? 0 : 1;
    owner.validity[row / 8] |= static_cast<std::uint8_t>((valid ? 1U : 0U) << (row % 8));
  }
  out.null_count = nulls;
  if (nulls == 0) return nullptr;
  return owner.validity.data();
}

template <class Number>
void fill_cells(ArrowArray& out, ArrayOwner& owner, const Column& column,
                const std::vector<Number>& cells) {
  const void* validity = nullptr;
  if (!column.present.empty())
    validity = set_validity(out, owner, [&](std::size_t row) { return column.present[row] != 0; });
  set_buffers(out, owner, {validity, start_of(cells)});
}

void fill_texts(ArrowArray& out, ArrayOwner& owner, const TextColumn& texts, const void* validity) {
  owner.offsets.reserve(texts.size() + 1);
  owner.offsets.push_back(0);
  for (const std::uint32_t end : texts.ends())
    owner.offsets.push_back(static_cast<std::int32_t>(end));
  set_buffers(out, owner, {validity, start_of(owner.offsets), start_of(texts.bytes())});
}

void fill_cells(ArrowArray& out, ArrayOwner& owner, const Column& column, const TextColumn& cells) {
  const void* validity = set_validity(out, owner, [&](std::size_t row) {
    return !cells[row].empty() && (column.present.empty() || column.present[row] != 0);
  });
  fill_texts(out, owner, cells, validity);
}

void fill_cells(ArrowArray& out, ArrayOwner& owner, const Column& column,
                const DictionaryColumn& cells) {
  const void* validity = set_validity(out, owner, [&](std::size_t row) {
    return cells.codes[row] != DictionaryColumn::absent && !cells.texts[cells.codes[row]].empty() &&
           (column.present.empty() || column.present[row] != 0);
  });
  // int32 and not uint32, which pandas refuses; an absent code becomes −1 under a null.
  set_buffers(out, owner, {validity, start_of(cells.codes)});
  ArrayOwner& dictionary = fill_array(owner.dictionary, owner.table, cells.texts.size());
  out.dictionary = &owner.dictionary;
  fill_texts(owner.dictionary, dictionary, cells.texts, nullptr);
}

ArrowArray array_of(const std::shared_ptr<const Table>& table) {
  Guard<ArrowArray> array;
  ArrayOwner& owner = fill_array(*array, table, table->rows());
  owner.children.resize(table->columns.size());
  owner.child_pointers.reserve(table->columns.size());
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    const Column& column = table->columns[i];
    ArrowArray& child = owner.children[i];
    ArrayOwner& child_owner = fill_array(child, table, table->rows());
    owner.child_pointers.push_back(&child);
    std::visit([&](const auto& cells) { fill_cells(child, child_owner, column, cells); },
               column.cells);
  }
  set_buffers(*array, owner, {nullptr});
  (*array).n_children = static_cast<std::int64_t>(owner.children.size());
  (*array).children = owner.child_pointers.data();
  return array.take();
}

struct StreamOwner {
  std::shared_ptr<const Table> table;
  bool delivered = false;
};

StreamOwner& owner_of(ArrowArrayStream* stream) {
  return *static_cast<StreamOwner*>(stream->private_data);
}

// Nothing may be thrown through a C interface; what can fail here is memory alone.

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  try {
    *out = schema_of(*owner_of(stream).table);
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  try {
    StreamOwner& owner = owner_of(stream);
    ArrowArray array{};
    if (!owner.delivered) array = array_of(owner.table);
    owner.delivered = true;
    *out = array;
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

const char* get_last_error(ArrowArrayStream* /*stream*/) {
  return "out of memory";
}

void release_stream(ArrowArrayStream* stream) {
  const std::unique_ptr<StreamOwner> owner(&owner_of(stream));
  stream->release = nullptr;
}

}  // namespace
}  // namespace wire

void export_arrow(std::shared_ptr<const Table> table, ArrowArrayStream* out) {
  if (table == nullptr || out == nullptr)
    throw Error({.code = "argument_missing",
                 .place = "export_arrow",
                 .message = "there is no table, or no stream to fill",
                 .way_out = "pass both"});
  wire::check_table(*table);
  wire::check_texts(*table);
  auto owner = std::make_unique<wire::StreamOwner>(wire::StreamOwner{std::move(table)});
  *out = {.get_schema = wire::get_schema,
          .get_next = wire::get_next,
          .get_last_error = wire::get_last_error,
          .release = wire::release_stream,
          .private_data = owner.release()};
}

}  // namespace jiedui
