#include "jiedui/ledger/group_commit.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

/// So many calls share a commit at most: who posts next need not wait for ever longer ones.
constexpr std::size_t calls_at_once = 4'096;
/// So long a commit waits at most for those who shared the last one.
constexpr std::chrono::nanoseconds patience{10'000'000};

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
  std::mutex* turn;
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<Call> waiting;  // guarded by the mutex, as are these two
  std::size_t wanted = 1;     // how many the thread waits for
  bool closing = false;
  std::once_flag joined;
  std::thread writer;

  State(Ledger& books, std::mutex* shared) : ledger(books), turn(shared) {
    writer = std::thread([this] { write(); });
  }

  void book_in_turn(std::span<Call> calls) {
    const auto taken = turn == nullptr ? std::unique_lock<std::mutex>() : std::unique_lock(*turn);
    book(ledger, calls);
  }

  /// Waits for a call, and for as many as shared the last commit, but no longer than that took:
  /// whom it has just answered will mostly post again.
  std::vector<Call> next_calls(std::size_t last, std::chrono::nanoseconds took) {
    std::unique_lock lock(mutex);
    const auto here = [this] { return closing || waiting.size() >= wanted; };
    wanted = 1;
    arrived.wait(lock, here);
    wanted = last;
    arrived.wait_for(lock, took, here);
    return std::exchange(waiting, {});
  }

  void write() {
    std::size_t last = 1;
    std::chrono::nanoseconds took{0};
    for (;;) {
      std::vector<Call> calls = next_calls(last, std::min(took, patience));
      if (calls.empty()) return;
      last = calls.size();
      const auto begun = std::chrono::steady_clock::now();
      for (std::size_t at = 0; at < calls.size(); at += calls_at_once)
        book_in_turn(std::span(calls).subspan(at, std::min(calls_at_once, calls.size() - at)));
      took = std::chrono::steady_clock::now() - begun;
    }
  }
};

GroupCommit::GroupCommit(Ledger& ledger, std::mutex* turn)
    : state_(std::make_unique<State>(ledger, turn)) {}

GroupCommit::~GroupCommit() {
  close();
}

std::vector<Outcome> GroupCommit::post(std::span<const Command> commands) {
  Call call{.commands = commands, .answer = {}};
  std::future<std::vector<Outcome>> answer = call.answer.get_future();
  bool enough = false;
  {
    const std::scoped_lock lock(state_->mutex);
    if (state_->closing)
      throw Error({.code = "group_closed",
                   .place = "ledger",
                   .message = "no more posts are taken",
                   .allowed = "posts before close",
                   .way_out = "post to the ledger itself, or make a new GroupCommit"});
    state_->waiting.push_back(std::move(call));
    enough = state_->waiting.size() >= state_->wanted;
  }
  if (enough) state_->arrived.notify_one();
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
