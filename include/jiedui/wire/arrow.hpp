#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "jiedui/base/error.hpp"
#include "jiedui/base/table.hpp"

// The structures of the Arrow C data and stream interfaces, word for word as the specification
// gives them (arrow.apache.org, "The Arrow C data interface" and "The Arrow C stream interface").
// They are its whole ABI: no Arrow library is needed to hand tables over.
extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif  // ARROW_C_STREAM_INTERFACE
}

namespace jiedui {

/// Hands a table over as a stream of one record batch. Numbers and texts are not copied: the table
/// lives until the consumer has released all that it got.
///
/// Whole numbers become int64, real numbers float64, texts utf8, dictionaries dictionary<int32,
/// utf8>; absent cells and empty texts become nulls. O(rows) for offsets and validity bits.
/// @param out is overwritten; whoever gets it calls its release.
/// @throws Error "table_invalid", and "cell_invalid" for a text that is not UTF-8; `out` is then
/// untouched.
JIEDUI_API void export_arrow(std::shared_ptr<const Table> table, ArrowArrayStream* out);

/// Limits on what a stream may bring.
struct ArrowLimits {
  std::int64_t rows_max = 0x7FFF'FFFF;
  std::int64_t columns_max = 1000;
};

/// Reads a stream of record batches into a table, and releases it, also on failure.
///
/// Integers of all widths and bool become whole numbers (uint64 past 2^63 − 1 is refused), float32
/// and float64 real numbers, utf8, large_utf8 and utf8_view texts, dictionaries of these
/// dictionaries, date32 and date64 "2026-03-05", timestamps with a zone
/// "2026-03-05T01:30:00Z" (and a fraction of a second where there is one), columns of nulls absent
/// texts. Timestamps without a zone are dates where all stand at midnight, else refused, since
/// nobody can say when they are. All counts, offsets and texts are checked; that buffers are as
/// long as they must be is the producer's promise, which the interface cannot express.
///
/// @throws Error naming the column: "arrow_type_refused", "arrow_invalid", "arrow_value_refused",
/// "arrow_too_large", "column_too_large"; "arrow_stream_failed" with the producer's words.
JIEDUI_API Table import_arrow(ArrowArrayStream* stream, std::string name,
                              const ArrowLimits& limits = {});

}  // namespace jiedui
