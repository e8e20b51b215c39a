#pragma once

#include <initializer_list>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "jiedui/ledger/ledger.hpp"

namespace jiedui {

/// Posts of many threads to one ledger, committed together: what arrives while one commit is on its
/// way to the disk is booked by the next. So 64 callers share the price of one commit. A commit
/// waits for as many calls as shared the last one, as long as that took at most, and never over 10
/// ms.
///
/// It starts one thread, which until close alone uses the ledger, and the store it belongs to; but
/// see `turn`.
/// Every call is whole: its linked commands stay together. A call fails alone if it is its commands
/// that cannot be booked; all that shared a commit fail with it if the commit does, and then
/// nothing of them is in the books. Thread-safe. Not to be used across a fork.
class JIEDUI_API GroupCommit {
 public:
  /// @param ledger must outlive this. @param turn is locked while the ledger is used, so that
  /// others who lock it may use the ledger between two commits; it must outlive this too.
  explicit GroupCommit(Ledger& ledger, std::mutex* turn = nullptr);
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;
  /// As close.
  ~GroupCommit();

  /// Waits until its commands are judged and all that are booked are durable; one outcome a
  /// command, as of Ledger::post. @throws Error of the journal; "group_closed" after close.
  [[nodiscard]] std::vector<Outcome> post(std::span<const Command> commands);
  [[nodiscard]] std::vector<Outcome> post(std::initializer_list<Command> commands);
  Outcome post(const Command& command);

  /// Books what is waiting, then ends the thread; the ledger is the caller's again. Further posts
  /// are refused. May be called again.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
