#include "jiedui/ledger/group_commit.hpp"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

/// So many calls share a commit at most: who posts next need not wait for ever longer ones.
constexpr std::size_t calls_at_once = 4'096;

struct Call {
  std::span<const Command> commands;  // of the caller, who waits
  std::promise<std::vector<Outcome>> answer;
};

/// Books the calls in one commit. Where a call's own commands are the trouble, each is booked for
/// itself, so that the others do not fail with it.
void book(Ledger& ledger, std::span<Call> calls) {
  bool began = false;
  bool posted = false;
  std::vector<std::vector<Outcome>> answers;
  try {
    LedgerTransaction transaction = ledger.begin();
    began = true;
    for (const Call& call : calls) answers.push_back(transaction.post(call.commands));
    posted = true;
    transaction.commit();
  } catch (...) {
    if (began && !posted && calls.size() > 1) {
      for (std::size_t i = 0; i < calls.size(); ++i) book(ledger, calls.subspan(i, 1));
    } else {
      for (Call& call : calls) call.answer.set_exception(std::current_exception());
    }
    return;
  }
  for (std::size_t i = 0; i < calls.size(); ++i) calls[i].answer.set_value(std::move(answers[i]));
}

}  // namespace

struct GroupCommit::State {
  Ledger& ledger;
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<Call> waiting;  // guarded by the mutex, as is closing
  bool closing = false;
  std::once_flag joined;
  std::thread writer;

  explicit State(Ledger& books) : ledger(books) {
    writer = std::thread([this] { write(); });
  }

  void write() {
    for (;;) {
      std::vector<Call> calls;
      {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [this] { return closing || !waiting.empty(); });
        if (waiting.empty()) return;
        calls.swap(waiting);
      }
      for (std::size_t at = 0; at < calls.size(); at += calls_at_once)
        book(ledger, std::span(calls).subspan(at, std::min(calls_at_once, calls.size() - at)));
    }
  }
};

GroupCommit::GroupCommit(Ledger& ledger) : state_(std::make_unique<State>(ledger)) {}

GroupCommit::~GroupCommit() {
  close();
}

std::vector<Outcome> GroupCommit::post(std::span<const Command> commands) {
  Call call{.commands = commands, .answer = {}};
  std::future<std::vector<Outcome>> answer = call.answer.get_future();
  {
    const std::scoped_lock lock(state_->mutex);
    if (state_->closing)
      throw Error({.code = "group_closed",
                   .place = "ledger",
                   .message = "no more posts are taken",
                   .allowed = "posts before close",
                   .way_out = "post to the ledger itself, or make a new GroupCommit"});
    state_->waiting.push_back(std::move(call));
  }
  state_->arrived.notify_one();
  return answer.get();
}

std::vector<Outcome> GroupCommit::post(std::initializer_list<Command> commands) {
  return post(std::span<const Command>(commands.begin(), commands.size()));
}

Outcome GroupCommit::post(const Command& command) {
  return post(std::span<const Command>(&command, 1)).front();
}

void GroupCommit::close() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->closing = true;
  }
  state_->arrived.notify_all();
  std::call_once(state_->joined, [this] { state_->writer.join(); });
}

}  // namespace jiedui
