#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "jiedui/network/network.hpp"

// Private to the library: a network whose volunteers and needs change while a day goes on.

namespace jiedui {

/// A copy of a network in which rows are set and appended. Rows keep their numbers; those that are
/// appended are in no order.
class EditableNetwork {
 public:
  explicit EditableNetwork(const Network& of);
  EditableNetwork(const EditableNetwork&) = delete;
  EditableNetwork& operator=(const EditableNetwork&) = delete;
  ~EditableNetwork();

  /// The network as it stands: it changes with this object. find() sees only the rows of the start.
  const Network& network() const { return network_; }
  /// The row of an id. O(1).
  std::optional<std::uint32_t> find_volunteer(std::string_view id) const;
  std::optional<std::uint32_t> find_need(std::string_view id) const;

  /// A row as columns of length 1, checked as NetworkBuilder checks it; sets nothing.
  /// @throws InputError with all problems.
  Volunteers read(const Volunteer& row);
  Needs read(const Need& row);
  /// The row as it stands.
  Volunteers volunteer(std::uint32_t row) const;
  Needs need(std::uint32_t row) const;
  /// Sets the row, or appends it behind the last; an id stays what it is.
  void set(std::uint32_t row, const Volunteers& one);
  void set(std::uint32_t row, const Needs& one);

  struct Frozen {
    Network network;
    std::vector<std::uint32_t> volunteers, needs;  ///< the row here of each row there
  };
  /// The network without the rows marked, as NetworkBuilder would freeze it. What refers to them
  /// forgets them: edges go, and they are excluded by nobody. No live line may be part of a need
  /// that is marked. O(cells + rows · log rows).
  Frozen frozen(std::span<const std::uint8_t> gone_volunteers,
                std::span<const std::uint8_t> gone_needs) const;

 private:
  struct Books;
  /// Takes over words that were read for the first time.
  void keep_words();
  std::shared_ptr<Network::State> state_;
  Network network_;
  std::unique_ptr<Books> books_;
};

}  // namespace jiedui
