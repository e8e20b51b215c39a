#pragma once

#include "common.hpp"
#include "jiedui/pairing/rules.hpp"

namespace jiedui::python {

/// The columns of one table as numpy arrays, each made when it is first asked for. They hold the
/// personal fields too: a rule may need them, and they stay in the user's own function.
class ColumnCache {
 public:
  ColumnCache(Network network, Entity entity) : network_(std::move(network)), entity_(entity) {}
  const py::object& column(const std::string& name);
  bool of(const Network& network) const {
    return &network.volunteers() == &network_.volunteers();  // copies share their tables
  }

 private:
  Network network_;
  Entity entity_;
  std::optional<Table> table_;
  std::map<std::string, py::object> columns_;
};

/// The volunteers of a block, column by column.
struct BlockVolunteers {
  std::shared_ptr<ColumnCache> cache;
  py::object index;
};

/// The need of a block, field by field.
struct BlockNeed {
  std::shared_ptr<ColumnCache> cache;
  NeedIndex index;
};

/// What a user's function gets.
struct Block {
  Network network;
  BlockVolunteers volunteers;
  BlockNeed need;
  py::object metres;
};

/// A user's function over blocks, safe to hold and to call without the interpreter's lock.
class BlockFunction {
 public:
  BlockFunction(std::string place, py::object function);
  void fill(const PairBlock& block, std::span<std::uint8_t> fits) const;
  void fill(const PairBlock& block, std::span<std::int64_t> points) const;

 private:
  struct Held;
  template <class Number, class Take>
  void call(const PairBlock& block, std::span<Number> out, char kinds, Take&& take) const;
  std::shared_ptr<Held> held_;
};

}  // namespace jiedui::python
