#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace jiedui {

/// A dense index into one table, typed by the table so that two kinds cannot be mixed up.
///
/// Indexes live inside one frozen object; outside, people and things are named by external ids.
template <class Tag>
class Index {
 public:
  constexpr Index() = default;
  constexpr explicit Index(std::uint32_t value) : value_(value) {}
  static constexpr Index none() { return Index{}; }

  constexpr std::uint32_t value() const { return value_; }
  constexpr bool has_value() const { return value_ != absent; }
  friend constexpr auto operator<=>(Index, Index) = default;

 private:
  static constexpr std::uint32_t absent = 0xFFFF'FFFF;
  std::uint32_t value_ = absent;
};

}  // namespace jiedui

template <class Tag>
struct std::hash<jiedui::Index<Tag>> {
  std::size_t operator()(jiedui::Index<Tag> index) const noexcept { return index.value(); }
};
