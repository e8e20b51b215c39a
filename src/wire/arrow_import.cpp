#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/wire/arrow.hpp"
#include "wire/arrow_texts.hpp"
#include "wire/arrow_type.hpp"
#include "wire/table_check.hpp"

namespace jiedui {

namespace wire {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

struct FloorDivision {
  std::int64_t quotient, rest;
};
/// rest is never negative.
FloorDivision floor_divide(std::int64_t value, std::int64_t by) {
  const std::int64_t rest = ((value % by) + by) % by;
  return {(value - rest) / by, rest};
}

/// Gathers one column over all batches.
class ColumnReader {
 public:
  ColumnReader(const ArrowSchema& schema, ArrowPlace place) : place_(std::move(place)) {
    type_ = arrow_type(schema.format == nullptr ? "" : schema.format, place_);
    if (schema.dictionary == nullptr) return;
    const char* format = schema.dictionary->format;
    dictionary_ = arrow_type(format == nullptr ? "" : format, place_);
    if (type_.kind != Kind::integer || dictionary_->kind != Kind::text)
      arrow_type(std::string("dictionary of ").append(format == nullptr ? "" : format), place_);
  }

  void add(const ArrowArray& array, std::int64_t begin, std::int64_t count) {
    check_array(array, type_, place_);
    if (begin > array.length || count > array.length - begin)
      arrow_invalid(place_, "the column is shorter than its batch");
    const ArrowSlice slice{array, begin + array.offset, count};
    if (dictionary_.has_value()) return add_coded(slice);
    switch (type_.kind) {
      case Kind::null:
        return texts_.add_empty(count);
      case Kind::text:
        return texts_.add(slice, type_.letter, place_);
      case Kind::boolean:
        return add_booleans(slice);
      case Kind::integer:
        return with_integer(type_.letter, [&](auto as) { add_whole<decltype(as)>(slice); });
      case Kind::real:
        return type_.letter == 'f' ? add_real<float>(slice) : add_real<double>(slice);
      case Kind::date32:
        return add_whole<std::int32_t>(slice);
      case Kind::date64:
      case Kind::timestamp:
        return add_whole<std::int64_t>(slice);
    }
  }

  Column take() {
    Column column;
    column.name = place_.column;
    if (dictionary_.has_value()) {
      column.cells = DictionaryColumn{std::move(dictionary_texts_), std::move(codes_)};
      return column;
    }
    switch (type_.kind) {
      case Kind::null:
      case Kind::text:
        column.cells = texts_.take();
        return column;
      case Kind::boolean:
      case Kind::integer:
        column.cells = std::move(whole_);
        break;
      case Kind::real:
        column.cells = std::move(real_);
        break;
      default:
        column.cells = times();
        return column;
    }
    if (any_absent_) column.present = std::move(present_);
    return column;
  }

 private:
  using Kind = ArrowType::Kind;

  template <class Number>
  void add_whole(const ArrowSlice& slice) {
    const auto* cells = arrow_buffer<Number>(slice, 1, place_);
    const ArrowValidity valid(slice);
    for (std::int64_t row = 0; row < slice.count; ++row) {
      mark(valid[row]);
      if constexpr (std::is_same_v<Number, std::uint64_t>)
        if (valid[row] && cells[row] > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
          arrow_refused(place_, "a whole number is too large", "at most 9223372036854775807",
                        "use smaller numbers, or texts");
      whole_.push_back(valid[row] ? static_cast<std::int64_t>(cells[row]) : 0);
    }
  }

  template <class Number>
  void add_real(const ArrowSlice& slice) {
    const auto* cells = arrow_buffer<Number>(slice, 1, place_);
    const ArrowValidity valid(slice);
    for (std::int64_t row = 0; row < slice.count; ++row) {
      mark(valid[row]);
      real_.push_back(valid[row] ? static_cast<double>(cells[row]) : 0.0);
    }
  }

  void add_booleans(const ArrowSlice& slice) {
    const auto* bits = static_cast<const std::uint8_t*>(slice.array.buffers[1]);
    if (bits == nullptr && slice.count > 0) arrow_invalid(place_, "a buffer is missing");
    const ArrowValidity valid(slice);
    for (std::int64_t row = 0; row < slice.count; ++row) {
      const std::int64_t bit = slice.begin + row;
      mark(valid[row]);
      whole_.push_back(valid[row] ? (bits[bit / 8] >> (bit % 8)) & 1 : 0);
    }
  }

  /// Each batch may bring its own dictionary; equal texts get one code.
  void add_coded(const ArrowSlice& slice) {
    const ArrowArray* dictionary = slice.array.dictionary;
    if (dictionary == nullptr) arrow_invalid(place_, "the dictionary is missing");
    check_array(*dictionary, *dictionary_, place_);
    ArrowTexts reader;
    reader.add({*dictionary, dictionary->offset, dictionary->length}, dictionary_->letter, place_);
    const TextColumn texts = reader.take();
    std::vector<std::uint32_t> own;
    own.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto next = static_cast<std::uint32_t>(dictionary_texts_.size());
      const auto [known, is_new] = code_of_.try_emplace(std::string(texts[i]), next);
      if (is_new) dictionary_texts_.push_back(texts[i]);
      own.push_back(known->second);
    }
    const ArrowValidity valid(slice);
    with_integer(type_.letter, [&](auto as) {
      const auto* indexes = arrow_buffer<decltype(as)>(slice, 1, place_);
      for (std::int64_t row = 0; row < slice.count; ++row) {
        if (!valid[row]) {
          codes_.push_back(DictionaryColumn::absent);
          continue;
        }
        if (std::cmp_less(indexes[row], 0) || std::cmp_greater_equal(indexes[row], own.size()))
          arrow_invalid(place_, "an index is outside the dictionary");
        codes_.push_back(own[static_cast<std::size_t>(indexes[row])]);
      }
    });
  }

  void mark(bool present) {
    present_.push_back(present ? 1 : 0);
    any_absent_ |= !present;
  }

  /// Days and timestamps as texts.
  TextColumn times() const {
    std::int64_t per_second = type_.per_second;
    if (type_.kind == Kind::date64) per_second = 1000;
    bool as_days = type_.kind != Kind::timestamp;
    if (type_.kind == Kind::timestamp && !type_.has_zone) {
      for (const std::int64_t value : whole_)
        if (value % (seconds_per_day * per_second) != 0)
          arrow_refused(place_, "timestamps without a zone can mean any time",
                        "timestamps with a zone, or at midnight throughout, which are days",
                        "give the column its zone (pandas: dt.tz_localize), or turn it into dates");
      as_days = true;
    }
    TextColumn texts;
    for (std::size_t row = 0; row < whole_.size(); ++row) {
      if (present_[row] == 0) {
        texts.push_back({});
      } else if (type_.kind == Kind::date32) {
        texts.push_back(day(whole_[row]));
      } else if (as_days) {
        texts.push_back(day(floor_divide(whole_[row], seconds_per_day * per_second).quotient));
      } else {
        texts.push_back(instant(floor_divide(whole_[row], per_second), per_second));
      }
    }
    return texts;
  }

  std::string day(std::int64_t days) const {
    check_days(days);
    return format(Date(std::chrono::days(days)));
  }

  std::string instant(FloorDivision seconds, std::int64_t per_second) const {
    check_days(floor_divide(seconds.quotient, seconds_per_day).quotient);
    std::string text = format(Instant(std::chrono::seconds(seconds.quotient)));
    if (seconds.rest == 0) return text;
    std::string fraction = std::to_string(per_second + seconds.rest);  // 1 and the digits
    fraction.front() = '.';
    return text.insert(text.size() - 1, fraction);
  }

  /// Years of four digits, which is what the texts have room for.
  void check_days(std::int64_t days) const {
    if (days < -719'528 || days > 2'932'896)
      arrow_refused(place_, "a day is out of range", "0000-01-01 to 9999-12-31",
                    "mend the value, or make it a null");
  }

  ArrowPlace place_;
  ArrowType type_;
  std::optional<ArrowType> dictionary_;
  ArrowTexts texts_;
  std::vector<std::int64_t> whole_;  ///< also days and timestamps until they are texts
  std::vector<double> real_;
  std::vector<std::uint8_t> present_;
  bool any_absent_ = false;
  TextColumn dictionary_texts_;
  std::vector<std::uint32_t> codes_;
  std::unordered_map<std::string, std::uint32_t> code_of_;
};

/// Owns a structure that the producer filled, and releases it.
template <class Structure>
class Released {
 public:
  Released() = default;
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;
  ~Released() {
    if (structure.release != nullptr) structure.release(&structure);
  }
  Structure structure{};
};

class StreamReader {
 public:
  StreamReader(ArrowArrayStream& stream, std::string name, const ArrowLimits& limits)
      : stream_(stream), limits_(limits) {
    table_.name = std::move(name);
  }

  Table read() {
    Released<ArrowSchema> schema;
    call(stream_.get_schema(&stream_, &schema.structure));
    std::vector<ColumnReader> columns = readers(schema.structure);
    while (true) {
      Released<ArrowArray> batch;
      call(stream_.get_next(&stream_, &batch.structure));
      if (batch.structure.release == nullptr) break;
      add(batch.structure, columns);
    }
    for (ColumnReader& column : columns) table_.columns.push_back(column.take());
    check_table(table_);
    return std::move(table_);
  }

 private:
  void call(int error) {
    if (error == 0) return;
    constexpr std::size_t shown_max = 500;
    const char* said = stream_.get_last_error(&stream_);
    throw Error({.code = "arrow_stream_failed",
                 .place = table_.name,
                 .message = "the stream failed with error " + std::to_string(error) + ": " +
                            std::string(said == nullptr ? "" : said).substr(0, shown_max),
                 .way_out = "see what its producer says"});
  }

  std::vector<ColumnReader> readers(const ArrowSchema& schema) const {
    const ArrowPlace whole{table_.name, "(all)"};
    if (schema.release == nullptr || schema.format == nullptr)
      arrow_invalid(whole, "the schema is missing");
    if (std::string_view(schema.format) != "+s")
      throw Error({.code = "arrow_type_refused",
                   .place = table_.name,
                   .message = "the stream holds single arrays, not a table",
                   .allowed = "record batches",
                   .way_out = "pass a table or a frame"});
    if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr))
      arrow_invalid(whole, "the columns are missing");
    if (schema.n_children > limits_.columns_max)
      throw Error({.code = "arrow_too_large",
                   .place = table_.name,
                   .message = "there are too many columns",
                   .allowed = "at most " + std::to_string(limits_.columns_max),
                   .way_out = "leave columns out, or raise the limit"});
    std::vector<ColumnReader> columns;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      const ArrowSchema* child = schema.children[i];
      if (child == nullptr) arrow_invalid(whole, "a column is missing");
      columns.emplace_back(*child,
                           ArrowPlace{table_.name, child->name == nullptr ? "" : child->name});
    }
    return columns;
  }

  void add(const ArrowArray& batch, std::vector<ColumnReader>& columns) {
    const ArrowPlace whole{table_.name, "(all)"};
    constexpr std::int64_t offset_max = std::int64_t{1} << 48;
    if (batch.length < 0 || batch.offset < 0 || batch.offset > offset_max)
      arrow_invalid(whole, "a length or an offset is out of range");
    if (batch.length > limits_.rows_max - rows_)
      throw Error({.code = "arrow_too_large",
                   .place = table_.name,
                   .message = "there are too many rows",
                   .allowed = "at most " + std::to_string(limits_.rows_max),
                   .way_out = "split the table, or raise the limit"});
    if (batch.n_children != static_cast<std::int64_t>(columns.size()) ||
        (!columns.empty() && batch.children == nullptr))
      arrow_invalid(whole, "a batch does not have the columns of the schema");
    if (batch.null_count > 0) arrow_invalid(whole, "whole rows are null");
    if (batch.null_count < 0 && batch.n_buffers > 0 && batch.buffers != nullptr) {
      const ArrowValidity valid({batch, batch.offset, batch.length});
      for (std::int64_t row = 0; !valid.all() && row < batch.length; ++row)
        if (!valid[row]) arrow_invalid(whole, "whole rows are null");
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (batch.children[i] == nullptr) arrow_invalid(whole, "a column is missing");
      columns[i].add(*batch.children[i], batch.offset, batch.length);
    }
    rows_ += batch.length;
  }

  ArrowArrayStream& stream_;
  const ArrowLimits& limits_;
  Table table_;
  std::int64_t rows_ = 0;
};

}  // namespace
}  // namespace wire

Table import_arrow(ArrowArrayStream* stream, std::string name, const ArrowLimits& limits) {
  if (stream == nullptr || stream->release == nullptr)
    throw Error({.code = "argument_missing",
                 .place = name,
                 .message = "there is no stream, or it was read before",
                 .way_out = "a stream can be read once: make a new one"});
  wire::Released<ArrowArrayStream> owned;
  owned.structure = std::exchange(*stream, {});
  return wire::StreamReader(owned.structure, std::move(name), limits).read();
}

}  // namespace jiedui
