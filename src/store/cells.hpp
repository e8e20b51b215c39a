#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "jiedui/base/id128.hpp"
#include "jiedui/base/position.hpp"
#include "jiedui/ledger/hash.hpp"
#include "store/prepared.hpp"

namespace jiedui::detail {

/// Binds one value after the other to a statement's parameters.
class Binder {
 public:
  explicit Binder(Prepared& statement) : statement_(statement) {}

  void whole(std::int64_t value) { statement_.bind(++at_, value); }
  /// The same 64 bits, read as a signed number.
  void amount(std::uint64_t value) { whole(static_cast<std::int64_t>(value)); }
  void amount(const std::optional<std::uint64_t>& value) {
    if (value)
      amount(*value);
    else
      null();
  }
  /// Absent if zero.
  void id(Id128 id);
  void id_always(Id128 id);
  /// Absent if zero.
  void hash(const Hash256& hash);
  /// Absent if empty.
  void text(const std::string& text) {
    if (text.empty())
      null();
    else
      statement_.bind(++at_, text);
  }
  /// Latitude and longitude; both absent if there is no position.
  void position(Position position);
  void text_always(const std::string& text) { statement_.bind(++at_, text); }
  void null() { statement_.bind(++at_); }

 private:
  Prepared& statement_;
  int at_ = 0;
};

/// Reads the columns of a row in order. A value that no store holds throws Error "store_corrupt".
class Cells {
 public:
  explicit Cells(const Prepared& statement) : statement_(statement) {}

  std::int64_t whole() { return statement_.whole(at_++); }
  std::uint64_t amount() { return static_cast<std::uint64_t>(whole()); }
  std::uint32_t number32();
  bool yes() { return whole() != 0; }
  std::optional<std::uint64_t> amount_if_any();
  /// Zero if absent.
  Id128 id();
  /// Zero if absent.
  Hash256 hash();
  /// Latitude and longitude; none if one of them is absent.
  Position position();
  /// Empty if absent.
  std::string text();

 private:
  /// The bytes of the next cell, which are so many; null if it is absent.
  const std::uint8_t* bytes(int size, const char* else_what);
  const Prepared& statement_;
  int at_ = 0;
};

[[noreturn]] void corrupt(const char* what);

}  // namespace jiedui::detail
