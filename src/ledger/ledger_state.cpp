#include "ledger/ledger_state.hpp"

#include <algorithm>

#include "jiedui/base/error.hpp"
#include "jiedui/ledger/posting_rules.hpp"

namespace jiedui::detail {

namespace {

constexpr std::size_t cached_accounts_max = 1'000'000;

}  // namespace

AnyJournal::~AnyJournal() = default;

void transaction_ended() {
  throw Error({.code = "transaction_ended",
               .place = "ledger",
               .message = "the transaction has ended, or a call within it has thrown",
               .allowed = "calls before commit, and one commit after calls that all returned",
               .way_out = "begin again and post everything again"});
}

void LedgerState::begin() {
  if (writing)
    throw Error({.code = "transaction_open",
                 .place = "ledger",
                 .message = "a transaction of this ledger is still open",
                 .allowed = "one at a time",
                 .way_out = "commit it or let it go first"});
  journal->begin_write();
  try {
    const ChainHead now = journal->head();
    if (now != head || accounts.size() > cached_accounts_max) accounts.clear();
    head = now;
  } catch (...) {
    journal->abandon();
    throw;
  }
  last_booked = head.booked;
  failed = false;
  writing = true;
}

void LedgerState::commit() {
  if (!writing || failed) {
    abandon();
    transaction_ended();
  }
  try {
    std::vector<Hash256> hashes;
    hashes.reserve(entries.size());
    ChainHead after = head;
    for (const Entry& entry : entries) hashes.push_back((after = next_head(after, entry)).hash);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    std::vector<Account> changed;
    changed.reserve(touched.size());
    for (const Id128& id : touched)
      if (const auto at = accounts.find(id); at != accounts.end()) changed.push_back(at->second);
    journal->append({.entries = entries, .hashes = hashes, .accounts = changed});
    head = after;
    writing = false;
  } catch (...) {
    abandon();
    throw;
  }
  touched.clear();
  abandon();
}

void LedgerState::abandon() noexcept {
  for (const Id128& id : touched) accounts.erase(id);
  touched.clear();
  before.clear();
  entries.clear();
  entry_at.clear();
  answer_at.clear();
  if (writing) journal->abandon();
  writing = false;
}

BookedTime LedgerState::next_time(BookedTime now) const {
  return std::max(now, last_booked + std::chrono::nanoseconds{1});
}

Account* LedgerState::account(Id128 id) {
  if (id.is_zero()) return nullptr;
  if (const auto at = accounts.find(id); at != accounts.end()) return &at->second;
  const auto stored = journal->find_account(id);
  if (!stored) return nullptr;
  return &accounts.emplace(id, *stored).first->second;
}

/// The entry that `own` knows in this transaction, else the journal's, kept in `stored`.
const Entry* LedgerState::entry(const ById<std::size_t>& own, std::optional<Entry>& stored,
                                Id128 id, std::optional<Entry> (AnyJournal::*find)(Id128)) {
  if (id.is_zero()) return nullptr;
  if (const auto at = own.find(id); at != own.end()) return &entries[at->second];
  stored = (journal.get()->*find)(id);
  return stored ? &*stored : nullptr;
}

Outcome LedgerState::post(const Command& command, BookedTime now) {
  std::optional<Entry> existing;
  std::optional<Entry> answered;
  std::optional<Entry> answer;
  const Id128 answers = command.asked().answers;
  Facts facts;
  facts.existing = entry(entry_at, existing, command.id(), &AnyJournal::find_entry);
  facts.answered = entry(entry_at, answered, answers, &AnyJournal::find_entry);
  if (facts.answered != nullptr)
    facts.answer = entry(answer_at, answer, answers, &AnyJournal::find_answer);
  const AccountPair pair = accounts_of(command, facts.answered);
  // The second look-up may move the first account: both are found before either is pointed to.
  account(pair.debit);
  account(pair.credit);
  facts.debit = account(pair.debit);
  facts.credit = account(pair.credit);

  const BookedTime booked = next_time(now);
  const Outcome outcome = judge(command, facts, booked);
  if (outcome == Outcome::booked)
    take(make_entry(command, facts, head.count + entries.size() + 1, booked));
  return outcome;
}

void LedgerState::take(const Entry& entry) {
  entry_at.emplace(entry.id, entries.size());
  if (!entry.answers.is_zero()) answer_at.emplace(entry.answers, entries.size());
  entries.push_back(entry);
  last_booked = entry.booked;
  change(entry.debit, entry);
  if (!entry.credit.is_zero()) change(entry.credit, entry);
}

void LedgerState::change(Id128 id, const Entry& entry) {
  const auto at = accounts.find(id);
  before.emplace_back(id, at == accounts.end() ? std::nullopt : std::optional(at->second));
  touched.push_back(id);
  apply(entry, at == accounts.end() ? accounts[id] : at->second);
}

void LedgerState::back_to(const Mark& mark) {
  for (; !before.empty(); before.pop_back()) {
    const auto& [id, account] = before.back();
    if (account)
      accounts[id] = *account;
    else
      accounts.erase(id);
  }
  while (entries.size() > mark.entries) {
    entry_at.erase(entries.back().id);
    answer_at.erase(entries.back().answers);
    entries.pop_back();
  }
  touched.resize(mark.touched);
  last_booked = mark.last_booked;
}

void LedgerState::post_chain(std::span<const Command> chain, BookedTime now,
                             std::span<Outcome> outcomes) {
  const Mark mark{entries.size(), touched.size(), last_booked};
  before.clear();
  std::fill(outcomes.begin(), outcomes.end(), Outcome::linked_entry_failed);
  if (chain.back().linked()) {
    outcomes.back() = Outcome::linked_chain_open;
    return;
  }
  std::size_t existing = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Outcome outcome = post(chain[i], now);
    if (!succeeded(outcome)) {
      back_to(mark);
      std::fill_n(outcomes.begin(), i, Outcome::linked_entry_failed);
      outcomes[i] = outcome;
      return;
    }
    outcomes[i] = outcome;
    if (outcome == Outcome::exists) ++existing;
  }
  // A chain that was booked before exists as a whole; a part of it cannot be booked later on.
  if (existing == 0 || existing == chain.size()) return;
  back_to(mark);
  std::replace(outcomes.begin(), outcomes.end(), Outcome::booked, Outcome::linked_entry_failed);
}

std::vector<Outcome> LedgerState::post_all(std::span<const Command> commands) {
  if (!writing || failed) transaction_ended();
  std::vector<Outcome> outcomes(commands.size(), Outcome::linked_entry_failed);
  failed = true;
  const BookedTime now = clock();
  if (now.time_since_epoch() < std::chrono::nanoseconds{0} ||
      now >= BookedTime{latest_date + std::chrono::days{1}})
    throw Error({.code = "clock_out_of_range",
                 .place = "the ledger's clock",
                 .message = "entries cannot be booked at this time",
                 .allowed = "1970-01-01 to 2199-12-31",
                 .way_out = "set the clock"});
  for (std::size_t begin = 0; begin < commands.size();) {
    std::size_t end = begin;
    while (end < commands.size() && commands[end].linked()) ++end;
    end = std::min(end + 1, commands.size());
    post_chain(commands.subspan(begin, end - begin), now,
               std::span(outcomes).subspan(begin, end - begin));
    begin = end;
  }
  failed = false;
  return outcomes;
}

}  // namespace jiedui::detail
