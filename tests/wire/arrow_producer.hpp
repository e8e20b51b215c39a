#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "jiedui/wire/arrow.hpp"

// A producer of Arrow streams that can be as wrong as a test wants it.

namespace jiedui::test {

/// One array of a producer of ours, which counts what is released.
struct Made {
  std::string format = "i", name = "c";
  std::deque<std::vector<char>> buffers;
  std::vector<bool> is_null;  ///< buffers to pass as null pointers
  std::int64_t length = 0, offset = 0, null_count = 0;
  std::shared_ptr<Made> dictionary;

  template <class Item>
  Made& add(const std::vector<Item>& items) {
    std::vector<char> bytes(items.size() * sizeof(Item));
    if (!items.empty()) std::memcpy(bytes.data(), items.data(), bytes.size());
    buffers.push_back(std::move(bytes));
    is_null.push_back(false);
    return *this;
  }
  Made& add_null() {
    buffers.emplace_back();
    is_null.push_back(true);
    return *this;
  }
};

/// A stream of batches with one column, whose structures are counted.
struct Producer {
  Made schema;
  std::vector<Made> batches;
  std::int64_t batch_offset = 0, batch_length = -1;  ///< −1: as the column
  std::string root_format = "+s";
  std::int64_t columns = 1;
  std::size_t next = 0;
  int fail_with = 0;
  int live = 0;  ///< structures not yet released
  bool stream_released = false;

  struct Kept {
    Producer* owner;
    std::vector<const void*> buffers;
    std::vector<std::unique_ptr<ArrowArray>> arrays;
    std::vector<ArrowArray*> array_children;
    std::vector<std::unique_ptr<ArrowSchema>> schemas;
    std::vector<ArrowSchema*> schema_children;
  };

  template <class Structure>
  static void release(Structure* structure) {
    std::unique_ptr<Kept> kept(static_cast<Kept*>(structure->private_data));
    for (int i = 0; i < static_cast<int>(structure->n_children); ++i)
      if (structure->children[i]->release != nullptr)
        structure->children[i]->release(structure->children[i]);
    if (structure->dictionary != nullptr) structure->dictionary->release(structure->dictionary);
    --kept->owner->live;
    structure->release = nullptr;
  }

  Kept* keep() {
    ++live;
    return new Kept{this, {}, {}, {}, {}, {}};
  }

  ArrowSchema make_schema(const Made& made) {
    Kept* kept = keep();
    ArrowSchema out{};
    out.format = made.format.c_str();
    out.name = made.name.c_str();
    out.release = release<ArrowSchema>;
    out.private_data = kept;
    if (made.dictionary != nullptr) {
      kept->schemas.push_back(std::make_unique<ArrowSchema>(make_schema(*made.dictionary)));
      out.dictionary = kept->schemas.back().get();
    }
    return out;
  }

  ArrowArray make_array(const Made& made) {
    Kept* kept = keep();
    for (std::size_t i = 0; i < made.buffers.size(); ++i)
      kept->buffers.push_back(made.is_null[i] ? nullptr : made.buffers[i].data());
    ArrowArray out{};
    out.length = made.length;
    out.offset = made.offset;
    out.null_count = made.null_count;
    out.n_buffers = static_cast<std::int64_t>(kept->buffers.size());
    out.buffers = kept->buffers.data();
    out.release = release<ArrowArray>;
    out.private_data = kept;
    if (made.dictionary != nullptr) {
      kept->arrays.push_back(std::make_unique<ArrowArray>(make_array(*made.dictionary)));
      out.dictionary = kept->arrays.back().get();
    }
    return out;
  }

  static Producer& of(ArrowArrayStream* stream) {
    return *static_cast<Producer*>(stream->private_data);
  }

  ArrowArrayStream stream() {
    ArrowArrayStream out{};
    out.private_data = this;
    out.get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
      Producer& self = of(stream);
      Kept* kept = self.keep();
      for (std::int64_t i = 0; i < self.columns; ++i) {
        kept->schemas.push_back(std::make_unique<ArrowSchema>(self.make_schema(self.schema)));
        kept->schema_children.push_back(kept->schemas.back().get());
      }
      *schema = {};
      schema->format = self.root_format.c_str();
      schema->n_children = self.columns;
      schema->children = kept->schema_children.data();
      schema->release = release<ArrowSchema>;
      schema->private_data = kept;
      return 0;
    };
    out.get_next = [](ArrowArrayStream* stream, ArrowArray* array) {
      Producer& self = of(stream);
      *array = {};
      if (self.fail_with != 0) return self.fail_with;
      if (self.next == self.batches.size()) return 0;
      const Made& made = self.batches[self.next++];
      Kept* kept = self.keep();
      kept->arrays.push_back(std::make_unique<ArrowArray>(self.make_array(made)));
      kept->array_children.push_back(kept->arrays.back().get());
      kept->buffers.push_back(nullptr);
      array->length = self.batch_length >= 0 ? self.batch_length : made.length - self.batch_offset;
      array->offset = self.batch_offset;
      array->n_buffers = 1;
      array->buffers = kept->buffers.data();
      array->n_children = 1;
      array->children = kept->array_children.data();
      array->release = release<ArrowArray>;
      array->private_data = kept;
      return 0;
    };
    out.get_last_error = [](ArrowArrayStream*) { return "the disk is on fire"; };
    out.release = [](ArrowArrayStream* stream) {
      of(stream).stream_released = true;
      stream->release = nullptr;
    };
    return out;
  }

  Table read() {
    next = 0;
    stream_released = false;
    ArrowArrayStream made = stream();
    struct AtEnd {
      Producer& self;
      ~AtEnd() {
        CHECK(self.live == 0);
        CHECK(self.stream_released);
      }
    } at_end{*this};
    return import_arrow(&made, "t");
  }
};

template <class Number>
Made numbers(const char* format, const std::vector<Number>& cells) {
  Made made{.format = format};
  made.length = static_cast<std::int64_t>(cells.size());
  made.add_null().add(cells);
  return made;
}

template <class Offset>
Made strings(const char* format, const std::vector<std::string>& cells) {
  std::vector<Offset> offsets{0};
  std::string bytes;
  for (const std::string& cell : cells)
    bytes += cell, offsets.push_back(static_cast<Offset>(bytes.size()));
  Made made{.format = format};
  made.length = static_cast<std::int64_t>(cells.size());
  made.add_null().add(offsets).add(std::vector<char>(bytes.begin(), bytes.end()));
  return made;
}

/// The same with rows 1 and 3 of four null.
inline Made with_nulls(Made made) {
  made.buffers[0] = {0b0101};
  made.is_null[0] = false;
  made.null_count = 2;
  return made;
}

}  // namespace jiedui::test
