#include "books.hpp"
#include "values.hpp"

namespace jiedui::python {
namespace {

/// The class GroupCommit of Python. It takes turns with all else that uses the same books.
class HeldGroup {
 public:
  explicit HeldGroup(std::shared_ptr<Owner> owner) : owner_(std::move(owner)) {
    const py::gil_scoped_release unlocked;
    const std::scoped_lock lock(owner_->mutex);
    group_ = std::make_shared<GroupCommit>(owner_->books(), &owner_->mutex);
    std::erase_if(owner_->groups, [](const auto& group) { return group.expired(); });
    owner_->groups.push_back(group_);
  }
  HeldGroup(const HeldGroup&) = delete;
  HeldGroup& operator=(const HeldGroup&) = delete;
  // Its thread may wait for one that waits for the interpreter.
  ~HeldGroup() { close(); }

  auto post(const auto& commands) {
    const py::gil_scoped_release unlocked;
    return group_->post(commands);
  }
  void close() {
    const py::gil_scoped_release unlocked;
    if (group_ != nullptr) group_->close();
  }

 private:
  std::shared_ptr<Owner> owner_;
  std::shared_ptr<GroupCommit> group_;
};

}  // namespace

void Owner::close_groups(std::unique_lock<std::mutex>& lock) {
  while (!groups.empty()) {
    const auto closing = std::exchange(groups, {});
    lock.unlock();
    for (const auto& closed : closing)
      if (const auto group = closed.lock()) group->close();
    lock.lock();
  }
}

void bind_group_commit(py::module_& m) {
  py::class_<HeldGroup>(m, "GroupCommit", DOC("GroupCommit"))
      .def(py::init(
               [](const HeldBooks& ledger) { return std::make_unique<HeldGroup>(ledger.owner); }),
           "ledger"_a,
           "Of Store.books, or Ledger(). Other uses of the same store take turns with it; closing "
           "the "
           "store closes it.")
      .def(
          "post",
          [](HeldGroup& self, const std::vector<Command>& commands) { return self.post(commands); },
          "commands"_a, DOC("GroupCommit.post"))
      .def(
          "post", [](HeldGroup& self, const Command& command) { return self.post(command); },
          "command"_a, "Posts one command.")
      .def("close", &HeldGroup::close, DOC("GroupCommit.close"))
      .def("__enter__", [](const py::object& self) -> Self { return Self(self); })
      .def(
          "__exit__",
          [](HeldGroup& self, const py::object& /*type*/, const py::object& /*value*/,
             const py::object& /*traceback*/) { self.close(); },
          "exception_type"_a, "exception"_a, "traceback"_a);
}

}  // namespace jiedui::python
