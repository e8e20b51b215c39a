#include "jiedui/ledger/ledger.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "jiedui/base/error.hpp"
#include "ledger/ledger_state.hpp"

namespace jiedui {

namespace {

constexpr std::size_t expiries_at_once_max = 10'000;

Instant time_of(const Entry& entry, TimeAxis axis) {
  if (axis == TimeAxis::happened) return entry.happened;
  return std::chrono::floor<std::chrono::seconds>(entry.booked);
}

[[noreturn]] void account_unknown(Id128 id) {
  throw Error({.code = "account_unknown",
               .place = "account " + id.to_string(),
               .message = "the books have no account of that id",
               .allowed = "the id of an OpenAccount that was booked",
               .way_out = "open the account, or look it up with find_account"});
}

}  // namespace

LedgerClock utc_clock() {
  return [] {
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
  };
}

LedgerTransaction::LedgerTransaction(detail::LedgerState& state) : state_(&state) {
  state.begin();
}
LedgerTransaction::LedgerTransaction(LedgerTransaction&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)) {}
LedgerTransaction::~LedgerTransaction() {
  if (state_ != nullptr) state_->abandon();
}

std::vector<Outcome> LedgerTransaction::post(std::span<const Command> commands) {
  if (state_ == nullptr) detail::transaction_ended();
  return state_->post_all(commands);
}
std::vector<Outcome> LedgerTransaction::post(std::initializer_list<Command> commands) {
  return post(std::span(commands.begin(), commands.size()));
}
Outcome LedgerTransaction::post(const Command& command) {
  return post(std::span(&command, 1)).front();
}
Outcome LedgerTransaction::expire(const Entry& claim) {
  return post(Command::expire(claim.id));
}

std::optional<Account> LedgerTransaction::find_account(Id128 id) {
  const Account* account = state_->account(id);
  return account == nullptr ? std::nullopt : std::optional(*account);
}
std::optional<Entry> LedgerTransaction::find_entry(Id128 id) {
  std::optional<Entry> stored;
  const Entry* found = state_->entry(state_->entry_at, stored, id, &detail::AnyJournal::find_entry);
  return found == nullptr ? std::nullopt : std::optional(*found);
}
std::optional<Entry> LedgerTransaction::find_answer(Id128 id) {
  std::optional<Entry> stored;
  const Entry* found =
      state_->entry(state_->answer_at, stored, id, &detail::AnyJournal::find_answer);
  return found == nullptr ? std::nullopt : std::optional(*found);
}
std::size_t LedgerTransaction::entry_count() const {
  return state_->entries.size();
}

void LedgerTransaction::commit() {
  state_->commit();
}

LedgerSnapshot::LedgerSnapshot(detail::AnyJournal& journal) : journal_(&journal) {
  journal.begin_read();
}
LedgerSnapshot::LedgerSnapshot(LedgerSnapshot&& other) noexcept
    : journal_(std::exchange(other.journal_, nullptr)) {}
LedgerSnapshot::~LedgerSnapshot() {
  if (journal_ != nullptr) journal_->end_read();
}

Ledger::Ledger(std::unique_ptr<detail::AnyJournal> journal, LedgerClock clock)
    : state_(std::make_unique<detail::LedgerState>()) {
  state_->journal = std::move(journal);
  state_->clock = std::move(clock);
}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

LedgerSnapshot Ledger::snapshot() {
  return LedgerSnapshot{*state_->journal};
}
LedgerTransaction Ledger::begin() {
  return LedgerTransaction{*state_};
}

std::vector<Outcome> Ledger::post(std::span<const Command> commands) {
  LedgerTransaction transaction = begin();
  std::vector<Outcome> outcomes = transaction.post(commands);
  if (transaction.entry_count() > 0) transaction.commit();
  return outcomes;
}
std::vector<Outcome> Ledger::post(std::initializer_list<Command> commands) {
  return post(std::span(commands.begin(), commands.size()));
}
Outcome Ledger::post(const Command& command) {
  return post(std::span(&command, 1)).front();
}

std::size_t Ledger::advance() {
  std::size_t expired = 0;
  for (bool more = true; more;) {
    LedgerTransaction transaction = begin();
    std::vector<Entry> claims;
    state_->journal->read_due_claims(state_->next_time(state_->clock()),
                                     [&](const Entry& claim, const Hash256&) {
                                       claims.push_back(claim);
                                       return claims.size() < expiries_at_once_max;
                                     });
    for (const Entry& claim : claims)
      if (!succeeded(transaction.expire(claim)))
        throw Error({.code = "books_inconsistent",
                     .place = "claim " + claim.id.to_string(),
                     .message = "the journal lists it as open and due, its entries do not",
                     .allowed = "lists that only the ledger has changed",
                     .way_out = "verify the books to find what was changed, and restore a copy"});
    if (!claims.empty()) transaction.commit();
    expired += claims.size();
    more = claims.size() == expiries_at_once_max;
  }
  return expired;
}

std::optional<Account> Ledger::find_account(Id128 id) {
  return state_->journal->find_account(id);
}
std::optional<Entry> Ledger::find_entry(Id128 id) {
  return state_->journal->find_entry(id);
}
std::optional<Entry> Ledger::find_answer(Id128 id) {
  return state_->journal->find_answer(id);
}
void Ledger::read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit) {
  state_->journal->read_entries(first, last, visit);
}
void Ledger::read_entries_of(Id128 account, const EntryVisitor& visit) {
  state_->journal->read_entries_of(account, visit);
}
void Ledger::read_entries_about(Id128 reference, const EntryVisitor& visit) {
  state_->journal->read_entries_about(reference, visit);
}
void Ledger::read_open_claims(const EntryVisitor& visit) {
  state_->journal->read_due_claims(BookedTime::max(), visit);
}
ChainHead Ledger::head() {
  return state_->journal->head();
}

Balance Ledger::balance(Id128 account) {
  const auto found = find_account(account);
  if (!found) account_unknown(account);
  return found->balance;
}

Balance Ledger::balance(Id128 account, Instant at, TimeAxis axis) {
  const LedgerSnapshot still = snapshot();
  if (!find_account(account)) account_unknown(account);
  Balance balance;
  state_->journal->read_entries_of(account, [&](const Entry& entry, const Hash256&) {
    if (time_of(entry, axis) <= at) apply(entry, account, balance);
    return true;
  });
  return balance;
}

AccountStatement Ledger::statement(Id128 account, Period period, TimeAxis axis) {
  if (period.until < period.from)
    throw Error({.code = "period_reversed",
                 .place = "period",
                 .message = "it ends before it begins",
                 .allowed = "from ≤ until",
                 .way_out = "swap the two"});
  const LedgerSnapshot still = snapshot();
  const auto found = find_account(account);
  if (!found) account_unknown(account);
  AccountStatement statement{.account = *found, .period = period, .axis = axis};
  state_->journal->read_entries_of(account, [&](const Entry& entry, const Hash256&) {
    const Instant time = time_of(entry, axis);
    if (time < period.from)
      apply(entry, account, statement.opening);
    else if (time < period.until)
      statement.lines.push_back({.entry = entry});
    return true;
  });
  std::stable_sort(statement.lines.begin(), statement.lines.end(),
                   [&](const AccountLine& a, const AccountLine& b) {
                     return time_of(a.entry, axis) < time_of(b.entry, axis);
                   });
  statement.closing = statement.opening;
  for (AccountLine& line : statement.lines) {
    apply(line.entry, account, statement.closing);
    line.after = statement.closing;
  }
  return statement;
}

std::vector<TrialBalance> Ledger::trial_balance() {
  std::map<Unit, TrialBalance> totals;
  state_->journal->read_accounts([&](const Account& account) {
    TrialBalance& total = totals[account.unit];
    total.unit = account.unit;
    ++total.accounts;
    total.debits_posted += account.balance.debits_posted;
    total.credits_posted += account.balance.credits_posted;
    total.debits_pending += account.balance.debits_pending;
    total.credits_pending += account.balance.credits_pending;
    return true;
  });
  std::vector<TrialBalance> lines;
  lines.reserve(totals.size());
  for (const auto& [unit, total] : totals) lines.push_back(total);
  return lines;
}

AuditReport Ledger::verify(std::span<const ChainHead> exported) {
  const LedgerSnapshot still = snapshot();
  const ChainHead head = state_->journal->head();
  Audit audit{head.book, [&](Id128 id) { return find_entry(id); }, exported};
  state_->journal->read_entries(
      1, std::numeric_limits<std::uint64_t>::max(),
      [&](const Entry& entry, const Hash256& hash) { return audit.add(entry, hash); });
  state_->journal->read_accounts([&](const Account& account) { return audit.add(account); });
  return audit.finish();
}

}  // namespace jiedui
